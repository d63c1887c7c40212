"""Generated tables and sources: what a page shows for `<!-- table: name -->` and `<!-- source: module.name -->`."""

import ast
import difflib
import re
from collections.abc import Callable
from html import escape

import weightinit as wi

from . import bibliography, cells, claims, comparison, figkit, glossary, libraries, lookup, notation, spans, terms
from .pages import ROOT, Book, Page
from .tabular import Words, grid

MARKER = re.compile(r"(?m)^(?P<indent>[ \t]*)<!-- (?P<kind>table|source): (?P<name>\S+) -->[ \t]*$")
#: The layer whose numbers the table of schemes shows.
EXAMPLE = (784, 256)
#: The name of each scheme is the glossary's.
SCHEME_TERMS = {
    "xavier": "xavier-init",
    "he": "he-init",
    "lecun": "lecun-init",
    "fan_in_uniform": "uniform-init",
}


def place(markdown: str, lang: str, where: str) -> str:
    """Replace each marker by what it names; an unknown name is an error that says where and what exists."""

    def shown(match: re.Match[str]) -> str:
        line = spans.line_of(markdown, match.start())
        make = source if match["kind"] == "source" else _table
        try:
            text = make(match["name"], lang)
        except KeyError as error:
            raise ValueError(f"{where}:{line}: {error.args[0]}") from None
        return "\n".join(match["indent"] + row if row else "" for row in text.split("\n"))

    return MARKER.sub(shown, markdown)


def _table(name: str, lang: str) -> str:
    if name not in TABLES:
        close = difflib.get_close_matches(name, TABLES, n=1) or sorted(TABLES)
        raise KeyError(
            f"unknown table '{name}': did you mean '{close[0]}'? tables are made in scripts/book/tables.py"
        )
    return TABLES[name](lang)


def source(name: str, lang: str) -> str:
    """The code of a function of the package as it runs, without its docstring, which the API page shows."""
    module, _, function = name.rpartition(".")
    path = ROOT.joinpath("weightinit", *module.split(".")).with_suffix(".py")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            lines = text.split("\n")
            head = lines[node.lineno - 1 : node.body[0].lineno - 1]
            rest = lines[node.body[1].lineno - 1 : node.end_lineno]
            return "\n".join(["```python", *head, *rest, "```"])
    raise KeyError(f"no function '{name}' in weightinit: write module.function, e.g. schemes.xavier.xavier_uniform")


def schemes(lang: str) -> str:
    """Every scheme with its rule and its numbers for one layer."""
    head = Words("방법|분산|표준편차|균등 분포의 범위", "Scheme|Variance|Standard deviation|Uniform limit")(
        lang
    )
    rows = []
    for name, scheme in wi.SCHEMES.items():
        term = terms.load()[SCHEME_TERMS[name]]
        rows.append(
            [
                f"[{term.name(lang)}](glossary.md#{term.id})",
                f"`{rule(scheme)}`",
                f"{wi.std(name, *EXAMPLE):.4f}",
                f"±{wi.bound(name, *EXAMPLE):.4f}",
            ]
        )
    return grid("schemes", head.split("|"), rows)


def rule(scheme: wi.Scheme) -> str:
    """A scheme's rule in words of code: '2 / (fan_in + fan_out)'."""
    fans = [name for name, share in (("fan_in", scheme.in_share), ("fan_out", scheme.out_share)) if share]
    below = " + ".join(fans)
    if scheme.c < 1:
        return f"1 / ({round(1 / scheme.c)} × {below})"
    return f"{scheme.c:g} / {below}" if len(fans) == 1 else f"{scheme.c:g} / ({below})"


def counts(lang: str) -> str:
    """How many things of each kind stand on each page; a notebook has code alone."""
    head = Words("페이지|식|수|그림|표|코드|인용", "Page|Formulas|Numbers|Figures|Tables|Code|Citations")(lang)
    rows = []
    for page in _pages(lang):
        found = [
            sum(formula.states for formula in spans.formulas(page.text)),
            len(spans.numbers(page.text)),
            len(spans.markers(page.text, "fig")),
            len(spans.markers(page.text, "table")),
            len(spans.FENCE.findall(page.text)) + len(spans.markers(page.text, "source")),
            len(list(bibliography.citations(page.text))),
        ]
        if any(found):
            rows.append([page.link, *map(str, found)])
    for name in cells.NAMES:
        code = sum(not cell.lang for cell in cells.read(name))
        title = cells.front_matter(name)[lang]["title"]
        rows.append([f"[{title}]({name}.md)", "0", "0", "0", "0", str(code), "0"])
    return grid("counts", head.split("|"), rows)


def compared(name: str) -> Callable[[str], str]:
    """One quantity of every scheme, activation and depth, side by side."""
    return lambda lang: grid(f"compare-{name}", *comparison.table(name, lang))


def formulas(lang: str) -> str:
    """Every claim, what it is compared with, and the pages on which it stands."""
    head = Words("식|무엇과 견주는가|페이지", "Formula|What it is compared with|Page")(lang)
    rows = []
    for name in claims.CLAIMS:
        pages = [page for page in _pages(lang) if any(f.arg == name for f in spans.formulas(page.text))]
        wrong = Words("틀린 식임을 확인: ", "shown to be false: ")(lang) if claims.CLAIMS[name].mistaken else ""
        compared = wrong + claims.describe(name, lang)
        rows.append([f'<span id="eq-{name}">`{name}`</span>', compared, ", ".join(page.link for page in pages)])
    return grid("formulas", head.split("|"), rows)


def numbers(lang: str) -> str:
    """Every number of the text with the expression that gives it."""
    head = Words("수|그 수를 계산하는 식|페이지", "Number|The expression that gives it|Page")(lang)
    found: dict[tuple[str, str], list[str]] = {}
    for page in _pages(lang):
        for number in spans.numbers(page.text):
            places = found.setdefault((number.token, number.expr), [])
            places += [] if page.link in places else [page.link]
    rows = [[token, f"`{expr}`", ", ".join(places)] for (token, expr), places in found.items()]
    return grid("numbers", head.split("|"), rows)


def figures(lang: str) -> str:
    """Every figure and how many statements of its caption and description are computed."""
    head = Words("그림|설명|확인한 주장", "Figure|Caption|Statements checked")(lang)
    rows = []
    for slug in figkit.slugs():
        drawn = figkit.figure(slug, lang)
        rows.append(
            [f'<span id="fig-{slug}">`{slug}`</span>', escape(drawn.caption), str(len(figkit.claims(slug)))]
        )
    return grid("figures", head.split("|"), rows)


def tables(lang: str) -> str:
    """Every generated table and the function that makes it."""
    head = Words("표|만드는 함수|내용", "Table|Made by|What it shows")(lang)
    rows = [
        [f'<span id="tab-{name}">`{name}`</span>', f"`{maker(name)}`", words(lang)]
        for name, words in CONTENTS.items()
    ]
    return grid("tables", head.split("|"), rows)


def maker(name: str) -> str:
    """The function that makes a table."""
    if name.startswith("compare-"):
        return "comparison.table"
    module = next((each for each in (lookup, libraries, notation) if name in each.TABLES), None)
    return f"{module.__name__.rpartition('.')[2] if module else 'tables'}.{name}"


def tests(lang: str) -> str:
    """Every test file: what it checks, in its own words, and how many tests it holds."""
    head = Words("파일|확인하는 것|테스트 수", "File|What it checks|Tests")(lang)
    rows = []
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        english, _, korean = (ast.get_docstring(tree) or "").partition("\n")
        names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        amount = sum(name.startswith("test_") for name in names)
        rows.append([f"`{path.name}`", escape(korean.strip() if lang == "ko" else english), str(amount)])
    return grid("tests", head.split("|"), rows)


def _pages(lang: str) -> list[Page]:
    return [page for page in Book.load() if page.lang == lang]


#: The tables of other modules, each with what it shows.
OTHERS = lookup.TABLES | libraries.TABLES | notation.TABLES
CONTENTS = {
    "schemes": Words(
        "방법마다 계산한 표준편차와 범위", "standard deviation and limit computed for each scheme"
    ),
    **{name: words for name, (_, words) in OTHERS.items()},
    "compare-signal": Words(
        "마지막 층에서 신호의 2차 적률", "second moment of the signal at the last layer"
    ),
    "compare-gradient": Words(
        "첫 층과 마지막 층에서 그래디언트의 2차 적률의 비", "second moments of the gradient, first layer over last"
    ),
    "compare-accuracy": Words("학습이 끝난 뒤의 정확도", "accuracy after training"),
    "compare-steps": Words("정한 정확도에 이른 걸음 수", "steps to a given accuracy"),
    "counts": Words(
        "원고에서 센 식, 수, 그림, 코드, 인용", "formulas, numbers, figures, code, citations in the pages"
    ),
    "formulas": Words("식마다 견주는 값", "what each formula is compared with"),
    "numbers": Words("본문의 수를 내는 식", "the expression behind each number of the text"),
    "figures": Words("그림마다 확인하는 주장", "the statements checked for each figure"),
    "tests": Words("테스트 파일의 설명과 테스트의 수", "descriptions and sizes of the test files"),
}
TABLES: dict[str, Callable[[str], str]] = {
    "schemes": schemes,
    **{name: make for name, (make, _) in OTHERS.items()},
    **{f"compare-{name}": compared(name) for name in comparison.CELLS},
    "counts": counts,
    "formulas": formulas,
    "numbers": numbers,
    "figures": figures,
    "tables": tables,
    "tests": tests,
    "glossary": glossary.table,
    "references": bibliography.table,
}
