"""A figure that cannot be drawn stops the build and is named, and a damaged or unfinished drawing is never used.
그릴 수 없는 그림이 있으면 위치를 알리며 빌드를 멈추고, 깨지거나 덜 그려진 그림은 쓰지 않는지 확인합니다."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from scripts.book import build, draw, figkit, figstyle, figsvg
from scripts.book.build import FigureError, Place

# What breaks a figure


SCRIPT = '''"""A small figure."""
from scripts.book.figstyle import BLUE, figure
def compute():
    return {"x": [0, 1]}
def draw(data, lang):
    result, axes = figure(100)
    axes.plot(data["x"], color=BLUE)
    axes.set_title("TITLE")
    return result
def caption(data, lang):
    return "A line. It rises."
def alt(data, lang):
    return "A line."
def claims(data):
    return {"it rises": data["x"][1] > data["x"][0]}
'''


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "figures").mkdir()
    write(result := Place(tmp_path / "figures", tmp_path / "cache"))
    return result


def write(place: Place, old: str = "", new: str = "") -> None:
    assert old in SCRIPT
    (place.figures / "small_line.py").write_text(SCRIPT.replace(old, new), encoding="utf-8", newline="\n")


def run(place: Place) -> None:
    """What build.py has a new process do, in this one."""
    draw.main([str(place.figures), str(place.cache), "small-line"])


def entries(place: Place) -> list[Path]:
    return sorted(place.cache.iterdir()) if place.cache.exists() else []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('{"x": [0, 1]}', "1 / 0", 4, "ZeroDivisionError"),
        ('{"x": [0, 1]}', '{"x": float("nan")}', 3, "compute() returns finite floats"),
        ('{"x": [0, 1]}', '{"x": {1, 2}}', 3, "compute() returns finite floats"),
        ('{"x": [0, 1]}', '{"x": [1, 0]}', 14, "no longer true: it rises"),
        (
            "    return {",
            "    import numpy; numpy.float32(1e30) * numpy.float32(1e30)\n    return {",
            4,
            "RuntimeWarning: overflow",
        ),
        (
            "    return result",
            "    import warnings; warnings.warn('odd')\n    return result",
            9,
            "UserWarning: odd",
        ),
        ("TITLE", "漢", 5, "use a character that the font in docs/shared/vendor/font has"),
        ("color=BLUE", "color='#123456'", 5, "colour #123456 is not in the palette"),
        ("return result", "return result.", 9, "SyntaxError"),
        ('"TITLE"', "lang.missing", 8, "AttributeError"),
    ],
)
def test_broken_script_is_named_with_its_line(
    place: Place, old: str, new: str, line: int, message: str
) -> None:
    write(place, old, new)
    with pytest.raises(SystemExit) as stopped:
        run(place)
    text = str(stopped.value)
    assert message in text
    assert re.search(rf"small_line\.py:{line}: ", text), text
    assert entries(place) == []


def test_a_failure_in_the_package_names_both_places(place: Place) -> None:
    write(place, '{"x": [0, 1]}', "__import__('weightinit').std('kaiming', 1, 1)")
    with pytest.raises(SystemExit) as stopped:
        run(place)
    assert re.search(r"small_line\.py:4: ValueError: .*\(in weightinit/\w+\.py:\d+\)", str(stopped.value))


def test_build_stops_with_the_message_of_the_drawing_process(place: Place) -> None:
    write(place, '{"x": [0, 1]}', "1 / 0")
    with pytest.raises(
        FigureError, match=r"small_line\.py:4: ZeroDivisionError: division by zero; mend the script"
    ):
        build.prepare(place)
    assert entries(place) == []


def test_killed_drawing_leaves_no_entry(place: Place) -> None:
    write(place, "    return result", "    import os; os._exit(9)")
    with pytest.raises(FigureError):
        build.prepare(place)
    assert entries(place) == []


def test_interrupted_write_leaves_no_entry(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(place)
    assert entries(place) == []


# The cache


def test_drawn_once_read_afterwards(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build.prepare(place)["small-line"]
    assert first.drawn["ko"].caption == "A line. It rises."
    assert first.data == {"x": [0, 1]}

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a figure that did not change is drawn again")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert build.prepare(place)["small-line"] == first


def test_new_script_replaces_the_old_drawing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    run(place)
    old = entries(place)
    (script,) = place.figures.glob("*.py")
    before = script.stat()
    write(place, "[0, 1]", "[0, 2]")
    os.utime(script, ns=(before.st_atime_ns, before.st_mtime_ns))  # an edit within the same second, of the same size
    run(place)
    assert len(old) == len(entries(place)) == 1
    assert old != entries(place)
    assert build.prepare(place)["small-line"].data == {"x": [0, 2]}


def test_damaged_entry_is_never_used_and_drawn_again(place: Place) -> None:
    run(place)
    key, path = build.keys(place)["small-line"], entries(place)[0]
    whole, content = build.read("small-line", key, place), path.read_bytes()
    assert whole is not None
    for damaged in (content[:-1], content[:100], b"", content.replace(b"rises", b"rizes")):
        path.write_bytes(damaged)
        assert build.read("small-line", key, place) is None
    assert build.prepare(place)["small-line"] == whole


def test_key_follows_package_script_style_and_font(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [build.keys(place)["small-line"]]
    for number, name in enumerate(("PACKAGE", "FONTS")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.py").write_text("1", encoding="utf-8")
        (folder / "a.ttf").write_bytes(b"1")
        monkeypatch.setattr(build, name, folder)
        seen.append(build.keys(place)["small-line"])
        (folder / ("a.py", "a.ttf")[number]).write_bytes(b"2")
        seen.append(build.keys(place)["small-line"])
    (tmp_path / "PACKAGE" / "inner").mkdir()
    (tmp_path / "PACKAGE" / "inner" / "b.py").write_text("1", encoding="utf-8")
    seen.append(build.keys(place)["small-line"])
    (place.figures / "_shared.py").write_text("1", encoding="utf-8")
    seen.append(build.keys(place)["small-line"])
    write(place, "rises", "climbs")
    seen.append(build.keys(place)["small-line"])
    assert len(set(seen)) == len(seen)
    assert list(build.keys(place)) == ["small-line"]


# On the page


def test_marker_becomes_a_filled_figure() -> None:
    page = figkit.place("text\n\n<!-- fig: xavier-depth -->\n", "docs/ko/x.md")
    html = figkit.inline(f"<p>text</p>{page}", "ko")
    assert 'id="fig-xavier-depth"' in html
    assert figkit.figure("xavier-depth", "ko").svg in html
    assert '<span data-mark="fig:xavier-depth"></span></figcaption></figure>' in html
    assert html.count("<figure") == html.count("</figure>") == 1
    ET.fromstring(f"<div>{html.split('</p>')[1].replace(' data-search-exclude', '')}</div>")


def test_indented_marker_keeps_its_indent() -> None:
    assert (
        figkit.place("!!! rule\n\n    <!-- fig: xavier-depth -->", "x.md")
        .splitlines()[2]
        .startswith("    <figure ")
    )


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        (
            "a\n<!-- fig: xavier-dept -->",
            r"docs/ko/x\.md:2: unknown figure 'xavier-dept': .*did you mean 'xavier-depth'\?",
        ),
        ("a <!-- fig: xavier-depth -->", r"docs/ko/x\.md:1: .* shares its line"),
        ("<!-- fig: xavier-depth -->\n" * 2, r"docs/ko/x\.md:2: .* stands on this page already"),
    ],
)
def test_wrong_marker_is_refused(markdown: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        figkit.place(markdown, "docs/ko/x.md")


def test_caption_is_text_not_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = build.Drawn("<svg></svg>", "a < b & c", "")
    monkeypatch.setattr(figkit, "figure", lambda slug, lang: drawn)
    html = figkit.inline(figkit.place("<!-- fig: xavier-depth -->", "x.md"), "en")
    assert "<figcaption>a &lt; b &amp; c<span" in html


def test_powers_and_signs_are_unicode() -> None:
    assert (figstyle.power(-5), figstyle.power(0), figstyle.power(12)) == ("10⁻⁵", "1", "10¹²")
    assert figstyle.order(4e-40) == "10⁻³⁹"
    assert figstyle.fixed(-0.0438, 4) == "−0.0438"
    assert figstyle.percent(0.0834) == "8.3\xa0%"


def test_svg_outside_the_palette_is_refused() -> None:
    path = '<path d="M 0 0" style="fill: #abcdef"/>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{path}</svg>'
    with pytest.raises(ValueError, match="#abcdef is not in the palette: expected one of #24292f"):
        figsvg.inline(text, "x", "title", "words", figstyle.VARIABLES)
