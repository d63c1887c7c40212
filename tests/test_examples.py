"""Every example on a page is a file that runs, and every such file is shown on a page.
쪽에 실린 예제가 모두 오류 없이 실행되고, 예제 파일이 빠짐없이 어느 쪽엔가 실려 있는지 확인합니다."""

import re
import runpy
from pathlib import Path

import pytest

import weightinit as wi
from scripts.book import spans
from scripts.book.pages import ROOT, Book

FOLDER = ROOT / "docs" / "shared" / "code"
FRAMEWORKS = ("_pytorch", "_keras", "_jax")
OWN = [path for path in sorted(FOLDER.glob("*.py")) if not path.stem.endswith(FRAMEWORKS)]
FAN_IN, FAN_OUT = 784, 256
INCLUDE = re.compile(r'--8<-- "code/(\w+\.py)"')


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_example_runs_and_checks_itself(path: Path) -> None:
    assert "assert " in path.read_text(encoding="utf-8")
    names = runpy.run_path(str(path))
    if not path.stem.startswith("xavier_"):
        return
    for weights in (names[name] for name in ("W", "V") if name in names):
        assert weights.shape == (FAN_OUT, FAN_IN), "the text speaks of this layer"
        assert abs(weights.std(dtype="float64") / wi.std("xavier", FAN_IN, FAN_OUT) - 1) < 0.01
        assert abs(weights.mean(dtype="float64")) < 5 * wi.std("xavier", FAN_IN, FAN_OUT) / weights.size**0.5
    if "V" in names:
        assert 0.999 < abs(names["V"]).max() / wi.bound("xavier", FAN_IN, FAN_OUT) <= 1
    assert "W" in names


def test_the_measuring_example_prints_both_factors(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "xavier_measure.py"))
    printed = r"forward 1\.\d{3} \([+-]0\.\d\d%\)\nbackward 0\.\d{3} \([+-]0\.\d\d%\)\n"
    assert re.fullmatch(printed, capsys.readouterr().out)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_pages_show_all_examples_and_no_others(lang: str) -> None:
    shown = {name for page in Book.load() if page.lang == lang for name in INCLUDE.findall(page.text)}
    assert shown == {path.name for path in FOLDER.glob("*.py")}


def test_examples_come_with_all_three_frameworks() -> None:
    stems = {path.stem for path in FOLDER.glob("*.py")}
    families = {stem.removesuffix(end) for stem in stems for end in FRAMEWORKS if stem.endswith(end)}
    assert families and all(family + end in stems for family in families for end in FRAMEWORKS)


def test_no_prompt_stands_outside_a_fence() -> None:
    for page in Book.load():
        assert ">>>" not in spans.blank(spans.FENCE, page.text), page.where


def test_every_fence_names_its_language() -> None:
    for page in Book.load():
        for fence in spans.FENCE.finditer(page.text):
            assert re.match(r"\s*(```|~~~)\s?(python|text)\b", fence[0]), f"{page.where}: {fence[0][:40]}"
