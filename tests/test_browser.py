"""In a real browser no request leaves the site, nothing fails, and switcher, search, quizzes and check marks work.
실제 브라우저로 열어 외부 요청과 오류가 없고, 언어 전환, 검색, 퀴즈, 검증 표시가 잘 작동하는지 확인합니다."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PAGES = ["", "xavier/", "measure/", "checked/", "glossary/", "references/", "api/", "404.html"]
BOTH = [prefix + page for prefix in ("", "en/") for page in PAGES]
DESKTOP, PHONE, SMALL_PHONE = (1280, 900), (390, 844), (320, 640)


def open_context(browser: Browser, size: tuple[int, int], **options: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = open_context(browser, DESKTOP)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_leaves_the_site_and_nothing_fails(browser: Browser, server: str, size: tuple[int, int]) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "response",
        lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    for path in BOTH:
        page.goto(server + path, wait_until="networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.evaluate("document.fonts.ready")
    context.close()
    assert requests and all(url.startswith((server, "data:", "blob:")) for url in requests), [
        url for url in requests if not url.startswith(server)
    ]
    assert complaints == []


@pytest.mark.parametrize("width", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_no_page_scrolls_sideways(browser: Browser, server: str, width: tuple[int, int]) -> None:
    context = open_context(browser, width)
    page = context.new_page()
    wide = []
    for path in BOTH:
        page.goto(server + path)
        page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def test_switcher_keeps_page_and_place(page: Page, server: str) -> None:
    page.goto(server + "xavier/#backward")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(server + "en/xavier/#backward")
    assert page.locator("#backward").bounding_box()["y"] < 200  # type: ignore[index]
    page.get_by_role("link", name="한국어").click()
    expect(page).to_have_url(server + "xavier/#backward")
    page.goto(server + "en/")
    page.get_by_role("link", name="한국어").click()
    expect(page).to_have_url(server)


def test_switcher_works_without_a_server(page: Page, site: Path) -> None:
    page.goto((site / "xavier" / "index.html").as_uri() + "#relu")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url((site / "en" / "xavier" / "index.html").as_uri() + "#relu")
    page.get_by_role("link", name="Glossary", exact=True).first.click()
    expect(page).to_have_url((site / "en" / "glossary" / "index.html").as_uri())


@pytest.mark.parametrize(
    ("start", "words", "found", "text"),
    [
        ("", "가중치를", "symmetry/", "가중치는"),
        ("", "언더플로를", "signal/", "언더플로"),
        ("", "초기화하는", "", "초기화"),
        ("", "조화평균부터", "xavier/", "조화평균"),  # no page has the word with this particle
        ("en/", "gradients", "en/api/", "gradient"),
        ("en/", "harmonic", "en/xavier/", "harmonic mean"),
    ],
)
def test_search_finds_words_in_the_pages_language(
    page: Page, server: str, start: str, words: str, found: str, text: str
) -> None:
    page.goto(server + start)
    page.locator("[name=query]").click()
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("입력|Type"))  # the index has arrived
    page.locator("[name=query]").fill(words)
    page.keyboard.press("End")  # the search looks when a key is released
    results = page.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    addresses = results.evaluate_all("links => links.map(link => link.href)")
    assert any(address.startswith(server + found) for address in addresses), addresses
    assert all(address.startswith(server + "en/") == (start == "en/") for address in addresses)
    page.goto(server + found)
    assert text in page.locator("article").inner_text()


def test_light_and_dark(browser: Browser, server: str) -> None:
    for preferred, toggled in (("light", "slate"), ("dark", "default")):
        context = open_context(browser, DESKTOP, color_scheme=preferred)
        page = context.new_page()
        page.goto(server + "xavier/")
        before = colours(page)
        assert page.evaluate("document.body.dataset.mdColorScheme") == ("default" if preferred == "light" else "slate")
        page.locator("label[for^=__palette]:visible").click()
        assert page.evaluate("document.body.dataset.mdColorScheme") == toggled
        page.goto(server + "en/xavier/")  # the choice holds in the other language
        assert page.evaluate("document.body.dataset.mdColorScheme") == toggled
        assert all(old != new for old, new in zip(before, colours(page), strict=True))
        context.close()


def colours(page: Page) -> list[str]:
    """Of the page's ground, its text, a figure's text and a figure's line."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
            const style = (selector) => getComputedStyle(document.querySelector(selector));
            return [style("body").backgroundColor, style("article p").color,
                    style(".wi-figure text").fill, style(".wi-figure path[style*='--fig-1']").stroke]
        }"""
    )


def test_note_of_a_check_mark_opens_by_pointer_and_keyboard_and_closes(page: Page, server: str) -> None:
    page.goto(server + "xavier/")
    mark = page.locator(".wi-eq .wi-check").first
    button, note = mark.locator("button"), mark.locator("[role=tooltip]")
    expect(note).not_to_be_visible()
    button.hover()
    expect(note).to_be_visible()
    link = note.locator("a")
    link.hover()  # the pointer can reach the link
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).not_to_be_visible()
    page.mouse.move(5, 5)
    button.focus()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).not_to_be_visible()
    button.evaluate("button => button.blur()")
    button.click()
    page.mouse.move(5, 5)
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(server) + r"checked/#eq-[\w-]+$"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "390", "320"])
def test_no_note_is_clipped(browser: Browser, server: str, size: tuple[int, int]) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    page.goto(server + "xavier/")
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    page.locator("#wi-show-checks").check()
    page.mouse.move(0, 0)  # a mark under the pointer would show its own note, too
    for mark in page.locator(".wi-check:not(summary .wi-check)").all():
        mark.locator("button").focus()
        box = mark.locator("[role=tooltip]").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1]
        assert uncovered(mark.locator("[role=tooltip]")), mark.inner_html()
    context.close()


def uncovered(note: Locator) -> bool:
    """Whether the note itself lies on top at its corners and in its middle."""
    return note.evaluate(  # type: ignore[no-any-return]
        """note => {
            const {left, right, top, bottom} = note.getBoundingClientRect();
            const points = [[left + 8, top + 8], [right - 8, bottom - 8], [(left + right) / 2, (top + bottom) / 2]];
            return points.every(([x, y]) => note.contains(document.elementFromPoint(x, y)));
        }"""
    )


def test_marks_of_numbers_show_when_switched_on_and_stay_so(page: Page, server: str) -> None:
    page.goto(server + "xavier/")
    mark = page.locator(".wi-check--inline button").first
    expect(mark).not_to_be_visible()
    switch = page.get_by_role("switch", name="검증 보기")
    switch.focus()
    page.keyboard.press("Space")
    expect(mark).to_be_visible()
    page.goto(server + "en/xavier/")
    expect(page.get_by_role("switch", name="Show checks")).to_be_checked()
    expect(page.locator(".wi-check--inline button").first).to_be_visible()
    page.get_by_role("switch").uncheck()
    page.reload()
    expect(page.locator(".wi-check--inline button").first).not_to_be_visible()


def test_quiz_opens_by_keyboard_and_says_right_or_wrong_by_shape(page: Page, server: str) -> None:
    page.goto(server + "xavier/")
    signs = {}
    for kind in ("right", "wrong"):
        answer = page.locator(f".quiz details.{kind}").first
        closed = sign(answer)
        answer.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(answer.locator("p").first).to_be_visible()
        signs[kind] = (closed, sign(answer))
    assert signs["right"][0] == signs["wrong"][0], "a closed answer gives itself away"
    assert len({signs["right"][0], signs["right"][1], signs["wrong"][1]}) == 3


def test_no_check_mark_stands_beside_an_answer(page: Page, server: str) -> None:
    page.goto(server + "xavier/")
    page.locator("#wi-show-checks").check()
    beside = page.locator(".quiz summary .wi-check")
    assert beside.count() > 0 and not any(mark.is_visible() for mark in beside.all())
    expect(page.locator(".wi-check--inline:not(summary .wi-check)").first).to_be_visible()


def sign(answer: Locator) -> str:
    return answer.locator("summary").evaluate(  # type: ignore[no-any-return]
        "summary => getComputedStyle(summary, '::before').maskImage"
    )


@pytest.mark.parametrize(("path", "letters", "least", "most"), [("xavier/", "가", 38, 42), ("en/xavier/", "", 66, 78)])
def test_lines_have_a_readable_length(page: Page, server: str, path: str, letters: str, least: int, most: int) -> None:
    """Hangul letters that fit on a line; for English, the average of the page's own lines."""
    page.goto(server + path)
    page.evaluate("document.fonts.ready")
    lengths = page.evaluate(
        """(letters) => [...document.querySelectorAll("article > p")].flatMap(p => {
            if (letters) p.textContent = letters.repeat(200);
            const lines = Math.round(p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight));
            if (p.querySelector(".wi-math") || lines < 3) return [];
            return letters ? [Math.ceil(200 / lines)] : [[...p.innerText].length / (lines - 0.5)];
        })""",
        letters,
    )
    assert len(lengths) >= 3 and least <= sum(lengths) / len(lengths) <= most, lengths


def test_wide_formula_scrolls_in_its_own_box_and_by_keyboard(browser: Browser, server: str) -> None:
    context = open_context(browser, PHONE)
    page = context.new_page()
    page.goto(server + "xavier/")
    wide = page.locator(".wi-eq__scroll[tabindex='0']").first
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    context.close()


def test_print_shows_solutions_and_no_controls(page: Page, server: str) -> None:
    page.goto(server + "xavier/")
    page.emulate_media(media="print")
    expect(page.locator("details.solution p").first).to_be_visible()
    for control in (".md-header", ".md-sidebar--primary", ".wi-eq .wi-check", ".wi-switch"):
        expect(page.locator(control).first).not_to_be_visible()


@pytest.mark.parametrize("width", [1280, 390, 371, 352, 333, 320])
def test_no_line_breaks_between_a_formula_or_number_and_its_particle(browser: Browser, server: str, width: int) -> None:
    context = open_context(browser, (width, 800))
    page = context.new_page()
    page.goto(server + "xavier/")
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    page.locator("#wi-show-checks").check()
    page.evaluate("document.fonts.ready")
    tried, torn = page.evaluate(
        """() => {
            const joins = [...document.querySelectorAll(".wi-join")].filter(
                join => join.checkVisibility() && join.lastChild.nodeType === Node.TEXT_NODE);
            const torn = joins.filter(join => {
                const range = document.createRange();
                range.selectNodeContents(join.lastChild);
                const after = range.getBoundingClientRect();
                const parts = join.lastElementChild.querySelectorAll(".base, button");
                const before = [...(parts.length ? [...parts].at(-1) : join.lastElementChild).getClientRects()].at(-1);
                return before.bottom <= after.top || before.right > after.left + 1;
            });
            return [joins.length, torn.map(join => join.textContent)];
        }"""
    )
    context.close()
    assert tried > 40 and torn == []


@pytest.mark.parametrize("path", ["checked/", "en/checked/"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "390"])
def test_no_word_of_a_table_is_broken(browser: Browser, server: str, size: tuple[int, int], path: str) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    page.goto(server + path)
    page.evaluate("document.fonts.ready")
    words, broken = page.evaluate(
        """() => {
            const words = [], broken = [];
            for (const cell of document.querySelectorAll("article td, article th")) {
                const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) for (const match of walker.currentNode.data.matchAll(/[\\w.가-힣]+/g)) {
                    const range = document.createRange();
                    range.setStart(walker.currentNode, match.index);
                    range.setEnd(walker.currentNode, match.index + match[0].length);
                    words.push(match[0]);
                    if (new Set([...range.getClientRects()].map(rect => rect.top)).size > 1) broken.push(match[0]);
                }
            }
            return [words.length, broken];
        }"""
    )
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".wi-table")].filter(box => box.querySelector(".wi-check")).map(box => {
            const [table, mark] = ["table", ".wi-check button"].map(s => box.querySelector(s).getBoundingClientRect());
            return [mark.top - table.bottom, box.getBoundingClientRect().right - mark.right];
        })"""
    )
    context.close()
    assert words > 100 and broken == []
    assert len(gaps) >= 3 and all(0 <= below < 24 and 0 <= beside < 24 for below, beside in gaps), gaps


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_fits_a_telephone_and_its_controls_are_seen(browser: Browser, server: str, scheme: Any) -> None:
    context = open_context(browser, PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto(server + "xavier/")
    code = page.locator(".highlight pre > code").first
    characters, bar = code.evaluate(
        """code => {
            const style = getComputedStyle(code);
            const letter = code.appendChild(Object.assign(document.createElement("span"), {textContent: "0"}));
            const room = code.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            return [room / letter.getBoundingClientRect().width, style.scrollbarColor.split(/ (?=rgb)/)[0]];
        }"""
    )
    ground = code.evaluate("code => getComputedStyle(code).backgroundColor")
    page.mouse.move(5, 5)
    icon = page.locator(".highlight :is(.md-code__button, .md-clipboard)").first
    assert 55 <= characters <= 62
    assert contrast(icon.evaluate("icon => getComputedStyle(icon).color"), ground) > 4.5
    assert contrast(bar, ground) > 3
    context.close()


def contrast(one: str, other: str) -> float:
    """The contrast of two opaque colours as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
