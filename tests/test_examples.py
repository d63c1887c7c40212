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
    scheme = path.stem.partition("_")[0]
    if scheme not in wi.SCHEMES:
        return
    for weights in (names[name] for name in ("W", "V") if name in names):
        assert weights.shape == (FAN_OUT, FAN_IN), "the text speaks of this layer"
        assert abs(weights.std(dtype="float64") / wi.std(scheme, FAN_IN, FAN_OUT) - 1) < 0.01
        assert abs(weights.mean(dtype="float64")) < 5 * wi.std(scheme, FAN_IN, FAN_OUT) / weights.size**0.5
    if "V" in names:
        assert 0.999 < abs(names["V"]).max() / wi.bound(scheme, FAN_IN, FAN_OUT) <= 1
    if path.stem.endswith(("_by_hand", "_use")):
        assert "W" in names


def test_the_measuring_example_prints_both_factors(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "xavier_measure.py"))
    printed = r"forward 1\.\d{3} \([+-]0\.\d\d%\)\nbackward 0\.\d{3} \([+-]0\.\d\d%\)\n"
    assert re.fullmatch(printed, capsys.readouterr().out)


def test_the_other_draws_of_he_are_what_their_comments_say() -> None:
    names = runpy.run_path(str(FOLDER / "he_use.py"))
    for weights in (names[name] for name in ("T", "leaky", "back")):
        assert weights.shape == (FAN_OUT, FAN_IN), "the text speaks of this layer"
    largest = abs(names["T"]).max() / wi.std("he", FAN_IN, FAN_OUT)
    assert largest == pytest.approx(2 / wi.truncated_std(2), rel=1e-4)


def test_the_dead_networks_are_those_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "he_dead.py"))
    assert (names["width"], names["depth"], names["nets"]) == (4, 20, 800)
    assert names["x"].shape == (1, 4) and [weights.shape for weights in names["he"]] == [(4, 4)] * 20
    for he, small in zip(names["he"], names["small"], strict=True):
        assert small / he == pytest.approx(0.1 / 0.5**0.5, rel=1e-12)
    assert capsys.readouterr().out == "formula 0.725, share 0.713 (-0.8 standard errors)\n"


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
