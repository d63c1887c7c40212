"""Terms follow the glossary, link to it, and are never replaced by the synonyms that the book avoids.
용어를 용어집대로 쓰고 처음 나올 때 뜻풀이로 연결하며, 쓰지 않기로 한 말이 본문에 없는지 확인합니다."""

import re
from pathlib import Path

import markdown
import pytest

from scripts.book import cells, glossary, termlint, terms
from scripts.book.pages import LANGUAGES, Book, Page

BOOK = Book.load()
TERMS = glossary.load()
HEADER = "id,ko,en,also,avoid,def_ko,def_en\n"
ROW = "weight,가중치,weight,,,곱하는 수.,A number."


# The glossary itself


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ROW, ROW], r"glossary.csv:3: id 'weight' is also that of 'weight'; change one"),
        ([ROW, ROW.replace("weight,가", "w,가")], r"glossary.csv:3: ko '가중치' is also that of 'weight'"),
        ([ROW.replace("곱하는 수.", " ")], r"glossary.csv:2: def_ko of 'weight' is empty; write it"),
        (
            [ROW.replace("weight,가", "Weight!,가")],
            r"glossary.csv:2: id 'Weight!' is a link's end; write small",
        ),
        ([ROW + ",more"], r"glossary.csv:2: 8 fields instead of 7; quote a field that has a comma"),
        ([ROW.replace(",,,", ",,가중치,")], r"glossary.csv: 'weight' avoids '가중치', the name of 'weight'"),
    ],
)
def test_a_broken_glossary_is_refused(tmp_path: Path, rows: list[str], message: str) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    with pytest.raises(ValueError, match=message):
        terms.load(path)


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text("id,ko\n", encoding="utf-8", newline="\n")
    with pytest.raises(ValueError, match=r"glossary.csv:1: the columns are id,ko; write id,ko,en"):
        terms.load(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_definitions_follow_the_house_style(lang: str) -> None:
    for term in TERMS.values():
        assert not glossary.lint(term.definition(lang), term.id, lang)
        assert term.definition(lang).endswith(".")


# Its table


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_every_term_with_its_anchor(lang: str) -> None:
    table = glossary.table(lang)
    assert re.findall(r'<div id="([^"]+)"', table).count("fan-in") == 1
    assert set(re.findall(r'<div id="([^"]+)"', table)) == set(TERMS)
    assert "팬인" in table and "fan-in" in table and TERMS["fan-in"].definition(lang) in table
    assert "입력 연결 수" in table, "synonyms can be searched for"


def test_the_table_is_sorted_by_the_language_of_its_page() -> None:
    korean = re.findall(r"<dt>(.+?) <span", glossary.table("ko"))
    english = re.findall(r"<dt>(.+?) <span", glossary.table("en"))
    assert korean.index("가중치") < korean.index("층") < korean.index("He 초기화")
    assert english == sorted(english, key=str.lower)


# Introduced terms


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "팬인(fan-in)<!-- term: fan-in -->은"),
        ("ko", "**팬인**(fan-in)<!-- term: fan-in -->은"),
        ("ko", "Xavier 초기화(Xavier initialization)<!-- term: xavier-init -->"),
        ("ko", "독립 동일 분포(i.i.d.)<!-- term: iid -->"),
        ("ko", "전활성값 (pre-activation)<!-- term: pre-activation -->"),
        ("en", "Fan-in<!-- term: fan-in -->"),
        ("en", "**weights**<!-- term: weight -->"),
        ("en", "the forward\npass<!-- term: forward-pass -->"),
        ("en", "a `<!-- term: nothing -->` in code"),
    ],
)
def test_terms_may_be_introduced_so(lang: str, text: str) -> None:
    assert not glossary.check_terms(text, "page.md", lang)


@pytest.mark.parametrize(
    ("lang", "text", "message"),
    [
        ("ko", "팬인<!-- term: fan-in -->", "is introduced as '팬인(fan-in)'; write that before its marker"),
        ("ko", "팬아웃(fan-in)<!-- term: fan-in -->", "is introduced as '팬인(fan-in)'"),
        ("ko", "팬인(fan-out)<!-- term: fan-in -->", "is introduced as '팬인(fan-in)'"),
        ("en", "팬인(fan-in)<!-- term: fan-in -->", "is introduced as 'fan-in'"),
        ("en", "notweight<!-- term: weight -->", "is introduced as 'weight'"),
        (
            "en",
            "fan-in<!-- term: fanin -->",
            "unknown term 'fanin' (did you mean 'fan-in'?); add it to docs/shared",
        ),
        (
            "en",
            "fan-in<!-- term: fan-in -->, fan-in<!-- term: fan-in -->",
            "was introduced in line 3; remove",
        ),
    ],
)
def test_terms_may_not_be_introduced_so(lang: str, text: str, message: str) -> None:
    (problem,) = glossary.check_terms(f"\n\n{text}", "page.md", lang)
    assert (problem.where, problem.line) == ("page.md", 3)
    assert message in problem.message


def test_introduced_terms_come_with_their_lines() -> None:
    text = "fan-in<!-- term: fan-in -->\n\n`<!-- term: weight -->`\n\nbias<!-- term: bias -->"
    assert glossary.introduced(text) == [("fan-in", 1), ("bias", 5)]


# Tooltips


EXTENSIONS = ["admonition", "attr_list", "tables", "pymdownx.arithmatex", "pymdownx.details"]


def rendered(text: str, lang: str, url: str = "xavier/") -> str:
    tooltips = glossary.Tooltips(lang)
    tooltips.open_page(url)
    return str(markdown.markdown(text, extensions=[*EXTENSIONS, tooltips]))


def linked(text: str, lang: str, url: str = "xavier/") -> list[tuple[str, str]]:
    """The linked words and the terms they link to."""
    html = rendered(text, lang, url)
    return re.findall(r'<a class="term" href="\.\./glossary/#([^"]+)" title="[^"]+">([^<]+)</a>', html)


PARTICLES = ["", "은", "이", "을", "과", "의", "마다", "에서는", "으로부터", "입니다", "이므로", "(둘)"]


@pytest.mark.parametrize("particle", PARTICLES)
def test_a_term_is_linked_before_particles(particle: str) -> None:
    assert linked(f"한 팬인{particle} 값.", "ko") == [("fan-in", "팬인")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("층을 지나면", [("layer", "층")]),
        ("층층이, 심층망, 층위, 2층", []),
        (
            "가중치 초기화는 초기화의 하나",
            [("weight-initialization", "가중치 초기화"), ("initialization", "초기화")],
        ),
        (
            "그래디언트\n소실과 그래디언트",
            [("vanishing-gradient", "그래디언트\n소실"), ("gradient", "그래디언트")],
        ),
        ("분산과 분산", [("variance", "분산")]),
        ("초기화합니다", [("initialization", "초기화")]),
        ("**가중치**를", [("weight", "가중치")]),
        ("죽은 ReLU는 ReLU", [("dead-relu", "죽은 ReLU"), ("relu", "ReLU")]),
    ],
)
def test_korean_terms_are_whole_words_and_the_longest_wins(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert linked(text, "ko") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Weights and the weight.", [("weight", "Weights")]),
        ("the weighted, the weightless", []),
        (
            "vanishing gradients, gradient",
            [("vanishing-gradient", "vanishing gradients"), ("gradient", "gradient")],
        ),
        ("a unit and a neuron", [("unit", "unit")]),
        ("Glorot initialization", [("xavier-init", "Glorot initialization")]),
        ("non-bias", []),
        ("the losses", [("loss", "losses")]),
    ],
)
def test_english_terms_are_whole_words_and_may_be_plural(text: str, expected: list[tuple[str, str]]) -> None:
    assert linked(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "# 팬인",
        "`팬인`",
        "    팬인",
        "[팬인](https://example.org)",
        "$팬인$",
        "$$\n팬인\n$$",
        '!!! note "팬인"\n    글',
        '??? note "팬인"\n    글',
        "| 팬인 |\n|---|\n| 값 |",
        "<!-- 팬인 -->",
    ],
)
def test_tooltips_stay_out_of_headings_links_code_and_math(text: str) -> None:
    assert linked(text, "ko") == []
    assert linked(f"{text}\n\n팬인", "ko") == [("fan-in", "팬인")], (
        "the first mention in prose is still linked"
    )


def test_boxes_and_table_cells_are_prose() -> None:
    assert linked('!!! note "제목"\n    팬인은', "ko") == [("fan-in", "팬인")]
    assert linked("| 값 |\n|---|\n| 팬인 |", "ko") == [("fan-in", "팬인")]


@pytest.mark.parametrize("page", list(BOOK), ids=lambda page: page.where)
def test_tooltips_change_no_word_of_a_page(page: Page) -> None:
    html = re.sub(r'<a class="term"[^>]*>([^<]+)</a>', r"\1", rendered(page.text, page.lang))
    assert html == markdown.markdown(page.text, extensions=EXTENSIONS)


def test_the_glossary_does_not_link_to_itself() -> None:
    assert linked("팬인", "ko", "glossary/") == []


def test_links_start_at_the_root_of_the_language() -> None:
    tooltips = glossary.Tooltips("en")
    for url, href in (
        ("", "./glossary/#bias"),
        ("xavier/", "../glossary/#bias"),
        ("a/b/", "../../glossary/#bias"),
    ):
        tooltips.open_page(url)
        assert f'href="{href}"' in markdown.markdown("bias", extensions=[tooltips])


# The lint of words


def found(text: str, lang: str) -> list[str]:
    return [problem.message for problem in glossary.lint(text, "page.md", lang)]


AVOIDED = [(word, term.ko) for term in TERMS.values() for word in term.avoid]


@pytest.mark.parametrize(("word", "instead"), AVOIDED)
@pytest.mark.parametrize("particle", ["", "의", "에서는"])
def test_every_avoided_word_is_found(word: str, instead: str, particle: str) -> None:
    assert found(f"이것은 {word}{particle} 값입니다.", "ko") == [
        f"'{word.lower()}' is not used; write '{instead}'"
    ]


def test_synonyms_that_the_book_does_not_use_are_in_the_glossary() -> None:
    assert set(termlint.UNUSED_SYNONYMS) <= {word for term in TERMS.values() for word in term.also}


@pytest.mark.parametrize("term", list(TERMS.values()), ids=lambda term: term.id)
def test_no_term_is_taken_for_an_avoided_word(term: terms.Term) -> None:
    assert not found(f"{term.ko} 또는 {term.ko}에서는 다릅니다.", "ko")
    assert not found(f"The {term.en} differs.", "en")


@pytest.mark.parametrize(
    "text",
    [
        "미니배치와 배치 정규화를 씁니다.",
        "배치 정규화합니다.",
        "점을 고르게 배치합니다.",
        "`레이어`와 「기울기」와 “파라미터”를 봅니다.",
        "<!-- 레이어 -->글입니다.",
        "$\\text{레이어}$를 봅니다.",
        "[글](https://example.org/레이어)을 봅니다.",
        "```python\n레이어 = 1  # 이다.\n```",
        "---\ntitle: 제목\ngoals:\n  - 뜻을 말할 수 있습니다.\n---\n",
        "::: weightinit.fans\n    options:\n      heading_level: 3",
        "우리말로 적습니다. 아닙니다. 어렵습니다.",
    ],
)
def test_good_korean_passes(text: str) -> None:
    assert found(text, "ko") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("기울기가 큽니다.", "'기울기' is not used; write '그래디언트(gradient) 또는 미분계수(slope)'"),
        ("기울기 소실은 나쁩니다.", "'기울기 소실' is not used; write '그래디언트 소실'"),
        ("레이어마다 다릅니다.", "'레이어' is not used; write '층'"),
        ("배치를 뽑습니다.", "'배치' is not used; write '미니배치'"),
        ("파인튜닝하면 됩니다.", "'파인튜닝' is not used; write '미세 조정'"),
        ("---\ntitle: 레이어\n---\n", "'레이어' is not used; write '층'"),
        ("우리는 봅니다.", "'우리' addresses the reader"),
        ("당신의 신경망입니다.", "'당신' addresses the reader"),
        ("값은 다음과 같습니다:\n\n", "the line ends in a colon"),
        ("값은 0이다.", "the sentence ends in '이다.'; end it in -ㅂ니다"),
        ("값이 아니다.", "the sentence ends in '아니다.'"),
        ("값을 **구했다.**", "the sentence ends in '구했다.'"),
    ],
)
def test_bad_korean_is_found(text: str, message: str) -> None:
    (only,) = found(text, "ko")
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("a nonlinearity", "activation function"),
        ("The fan in of a layer", "fan-in"),
        ("preactivations", "pre-activation"),
        ("a mini-batch", "minibatch"),
        ("Initialisation", "initialization"),
        ("fine tuning", "fine-tuning"),
    ],
)
def test_bad_english_is_found(text: str, instead: str) -> None:
    (only,) = found(text, "en")
    assert only.endswith(f"write '{instead}'")
    assert not found(f"`{text}` “{text}”", "en")


def test_a_problem_says_its_line() -> None:
    text = "---\ntitle: 제목\n---\n\n글입니다.\n\n```\n레이어\n```\n\n레이어를 봅니다.\n"
    assert [problem.line for problem in glossary.lint(text, "page.md", "ko")] == [11]


# The book


@pytest.mark.parametrize("page", list(BOOK), ids=lambda page: page.where)
def test_the_pages_keep_to_the_glossary(page: Page) -> None:
    problems = [
        *glossary.lint(page.text, page.where, page.lang),
        *glossary.check_terms(page.text, page.where, page.lang),
    ]
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("name", cells.NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebooks_keep_to_the_glossary(lang: str, name: str) -> None:
    where = cells.where(name)
    texts = [(cell.line, cell.text if cell.lang == lang else cell.alt.get(lang, "")) for cell in cells.read(name)]
    problems = [(line + p.line, p.message) for line, text in texts for p in glossary.lint(text, where, lang)]
    assert not problems, problems
    assert not [p for text in cells.front_matter(name)[lang].values() for p in glossary.lint(text, where, lang)]
