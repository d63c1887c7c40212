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
#: What a page calls by another name than the package does.
SCHEME = {"uniform": "fan_in_uniform"}
INCLUDE = re.compile(r'--8<-- "code/(\w+\.py)"')


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_example_runs_and_checks_itself(path: Path) -> None:
    assert "assert " in path.read_text(encoding="utf-8")
    names = runpy.run_path(str(path))
    page = path.stem.partition("_")[0]
    scheme = SCHEME.get(page, page)
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


def test_the_selu_networks_are_those_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "lecun_selu.py"))
    assert (names["n"], names["depth"], names["networks"]) == (256, 40, 5)
    assert names["x"].shape == (32, 256) and names["x"].std() == pytest.approx(3, rel=0.05)
    assert [weights.shape for weights in names["weights"]] == [(256, 256)] * 40
    assert capsys.readouterr().out == (
        "gain 1: mean -0.047 to +0.012, second moment 0.942 to 1.026, theory 1.000\n"
        "gain 0.75: mean -0.044 to -0.029, second moment 0.041 to 0.046, theory 0.041\n"
    )


def test_the_default_biases_and_the_point_are_what_the_comments_say() -> None:
    limit = wi.bound("fan_in_uniform", FAN_IN, FAN_OUT)
    by_hand, use = (runpy.run_path(str(FOLDER / f"uniform_{end}.py")) for end in ("by_hand", "use"))
    assert by_hand["limit"] == use["limit"] == limit
    for names in (by_hand, use):
        assert names["b"].shape == (FAN_OUT,) and 0.97 * limit < abs(names["b"]).max() <= limit
        assert 0.999 < abs(names["W"]).max() / limit <= 1 and names["W"].min() < -0.999 * limit
    assert by_hand["equal"].shape == (FAN_OUT, FAN_IN)
    assert by_hand["x"].shape[1] == FAN_IN and by_hand["h"].shape[1] == FAN_OUT


def test_the_gap_between_two_inputs_is_that_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "uniform_gap.py"))
    assert names["x"].shape == (2, 128) and [b.shape for b in names["biases"]] == [(128,)] * 10
    assert [weights.shape for weights in names["weights"]] == [(128, 128)] * 10
    assert capsys.readouterr().out == (
        "biases: 0.114 after the first layer, 0.169 before the last\n"
        "no biases: 0.114 after the first layer, 0.150 before the last\n"
    )


def test_the_start_of_a_network_is_measured_and_predicted(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "compare_by_hand.py"))
    assert capsys.readouterr().out == (
        "He       measured 2.2e+00, formula 2.0e+00\n"
        "LeCun    measured 2.0e-03, formula 2.0e-03\n"
        "uniform  measured 3.5e-08, formula 3.3e-08\n"
    )
    runpy.run_path(str(FOLDER / "compare_start.py"))
    assert capsys.readouterr().out == (
        "signal   8.5e-04, expected 2.0e-03\ngradient 5.0e-04, expected 6.1e-04\n"
    )


def test_fixed_standard_deviations_are_measured_as_the_text_says(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "random_by_hand.py"))
    assert (names["W"].shape, names["x"].shape) == ((400, 10_000), (200, 10_000))
    assert names["W"].std() == pytest.approx(0.01, rel=0.002) and abs(names["W"].mean()) < 1e-5 * 5
    printed = (
        "width   100: factor 0.01, after 50 layers 1e-100\n"
        "width  1000: factor 0.10, after 50 layers 1e-50\n"
        "width 10000: factor 1.00, after 50 layers 1e+00\n"
    )
    assert capsys.readouterr().out == printed


def test_three_distributions_of_one_standard_deviation(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "random_use.py"))
    assert names["std"] == 0.05
    for weights in (names[name] for name in "WVT"):
        assert weights.shape == (FAN_OUT, FAN_IN), "the text speaks of this layer"
        assert weights.std(dtype="float64") == pytest.approx(0.05, rel=0.01)
    assert abs(names["V"]).max() == pytest.approx(0.05 * 3**0.5, rel=1e-4)
    assert abs(names["T"]).max() == pytest.approx(0.05 * 2 / wi.truncated_std(2), rel=1e-3)
    printed = "largest weight: 4.6 standard deviations\nfactor of a layer: linear 1.96, ReLU 0.98\n"
    assert capsys.readouterr().out == printed


def test_weights_that_are_not_centered_grow_by_the_square_of_their_sum(capsys: pytest.CaptureFixture[str]) -> None:
    names = runpy.run_path(str(FOLDER / "random_shift.py"))
    assert (names["width"], names["depth"], names["limit"]) == (256, 20, 0.01)
    assert names["x"].shape == (200, 256) and [w.shape for w in names["shifted"]] == [(256, 256)] * 20
    for shifted, centered in zip(names["shifted"], names["centered"], strict=True):
        assert 0 <= shifted.min() < 1e-6 and 0.01 - 1e-6 < shifted.max() <= 0.01
        assert shifted - centered == pytest.approx(0.005, rel=1e-9)
    printed = (
        "centered: factor 0.00104, formula 0.00107, units apart 1.58\n"
        "shifted: factor 1.63896, formula 1.63840, units apart 0.04\n"
    )
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (
            "beyond_biases",
            "bias 0: loss 0.693; bias -4.595: loss 0.056\nsteps until 1/e is left: [1.44 3.19 7.88]\n",
        ),
        ("beyond_lsuv", "before: 3e-07 in the last layer at most; after: 0.88 to 1.07 in all layers\n"),
        (
            "beyond_scale",
            "first loss 2.3026, 2.3026, 2.3026\nlast loss 0.0431, 0.2211, 0.0431\n",
        ),
    ],
)
def test_the_experiments_beyond_print_what_the_text_says(
    name: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(FOLDER / f"{name}.py"))
    assert capsys.readouterr().out == printed


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
