"""scripts/sweep.py gives the same table with one process, two, or a Dask cluster; it keeps runs and says what diverged.
scripts/sweep.py가 프로세스 수나 Dask와 무관하게 같은 표를 내고, 끝난 실험을 보관하고, 발산을 밝히는지 확인합니다."""

import csv
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import weightinit as wi
from scripts import sweep
from scripts.book import comparison, figkit
from scripts.figures import _compare
from scripts.figures._compare import Cell, Result

GRID = (["he", "xavier"], ["relu", "tanh"], [2, 3], [0.1], [1])
SEEDS = 2
SMALL = ["--schemes", "he", "xavier", "--activations", "relu", "tanh", "--depths", "2", "3", "--epochs", "1"]
CALL = [*SMALL, "--seeds", "2", "--jobs", "1"]


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Cell]:
    """The cells that are computed from now on."""
    cells: list[Cell] = []
    run = _compare.run

    def noted(cell: Cell) -> Result:
        cells.append(cell)
        return run(cell)

    monkeypatch.setattr(_compare, "run", noted)
    return cells


def printed(arguments: list[str], kept: Path, capsys: pytest.CaptureFixture[str]) -> str:
    sweep.main([*arguments, "--kept", str(kept)])
    return capsys.readouterr().out


# The runs


def test_the_start_is_that_of_the_package() -> None:
    """Measured again, without the experiment's own code."""
    cell = Cell("xavier", "tanh", 3, 0.1, 1, 0)
    rng = np.random.default_rng([0, 3, *b"xavier tanh"])
    data = _compare.digits(rng)
    x = data.x / np.sqrt(np.mean(data.x**2))
    weights = wi.random_network([64, 32, 32, 10], "xavier", rng=rng, dtype=np.float64)
    z1 = x @ weights[0].T
    z2 = np.tanh(z1) @ weights[1].T
    z3 = np.tanh(z2) @ weights[2].T
    p = np.exp(z3) / np.exp(z3).sum(axis=1, keepdims=True)
    d3 = (p - np.eye(10)[data.labels]) / len(x)
    d2 = d3 @ weights[2] * (1 - np.tanh(z2) ** 2)
    d1 = d2 @ weights[1] * (1 - np.tanh(z1) ** 2)
    result = _compare.run(cell)
    assert result.signal == pytest.approx(np.mean(z3**2), rel=1e-12)
    assert result.gradient == pytest.approx(np.mean(d1**2) / np.mean(d3**2), rel=1e-12)


def test_the_accuracy_is_that_of_one_training() -> None:
    """Training in pieces of one epoch, to look at the accuracy between, is training at a stretch."""
    rng = np.random.default_rng([1, 2, *b"he relu"])
    data = _compare.digits(rng)
    size = np.sqrt(np.mean(data.x**2))
    weights = wi.random_network([64, 32, 10], "he", rng=rng, dtype=np.float64)
    run = wi.train(
        weights,
        None,
        data.x / size,
        data.labels,
        activation="relu",
        rng=rng,
        learning_rate=0.2,
        momentum=0.0,
        batch_size=128,
        epochs=3,
    )
    assert len(run.loss) == 3 * _compare.STEPS
    right = wi.accuracy(run.weights, run.biases, data.test_x / size, data.test_labels, activation="relu")
    found = _compare.run(Cell("he", "relu", 2, 0.2, 3, 1))
    assert found.accuracy[-1] == right and len(found.accuracy) == 3 and found.diverged_at is None


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("small", 1e-4),
        ("fan_in_uniform", 1 / (3 * 32)),
        ("lecun", 1 / 32),
        ("xavier", 1 / 32),
        ("he", 2 / 32),
        ("orthogonal", 2 / 32),
        ("sparse", 15 / 32),
    ],
)
def test_each_scheme_draws_what_its_name_says(scheme: str, expected: float) -> None:
    x = np.random.default_rng(0).standard_normal((128, 64))
    drawn = _compare.SCHEMES[scheme](_compare.widths(12), "relu", x, np.random.default_rng(1))
    assert [w.shape for w in drawn] == [(32, 64), *[(32, 32)] * 10, (10, 32)]
    assert np.mean(np.array(drawn[1:-1]) ** 2) == pytest.approx(expected, rel=0.1)


def test_lsuv_gives_every_layer_variance_one() -> None:
    x = np.random.default_rng(0).standard_normal((128, 64))
    drawn = _compare.SCHEMES["lsuv"](_compare.widths(5), "tanh", x, np.random.default_rng(1))
    pre, _ = wi.forward(x, drawn, "tanh")
    assert [float(np.var(z)) for z in pre] == pytest.approx([1] * 5, abs=0.03)


def test_all_draws_of_two_cells_differ() -> None:
    values = itertools.product(("he", "lecun"), ("relu", "tanh"), (2, 3), (0.1,), (1,), (0, 1))
    cells = [Cell(*each) for each in values]
    assert len({_compare.run(cell).signal for cell in cells}) == len(cells)


def test_what_diverges_says_when() -> None:
    found = _compare.run(Cell("sparse", "relu", 10, 0.1, 8, 0))
    assert found.diverged_at is not None and 1 < found.diverged_at < 12 and found.accuracy == []
    (row,) = sweep.table((["sparse"], ["relu"], [10], [0.1], [8]), 1)
    assert row["note"] == f"diverged at step {found.diverged_at}" and row["accuracy"] is None
    assert "nan" not in sweep.text([row]).lower() and "inf" not in sweep.text([row]).lower()
    json.dumps(row, allow_nan=False)


def test_the_step_is_counted_from_the_first_epoch() -> None:
    """The run of the page that diverges after the second epoch."""
    found = _compare.run(Cell("he", "relu", 10, 0.3, 3, 0))
    assert len(found.accuracy) == 2 and found.diverged_at == figkit.data("compare-rates")["he"]["0.3"]["diverged_at"]
    assert 2 * _compare.STEPS < found.diverged_at <= 3 * _compare.STEPS


@pytest.mark.parametrize(("size", "step"), [(1e90, None), (1e200, 1)])
def test_what_is_not_finite_at_the_start_is_no_number(
    monkeypatch: pytest.MonkeyPatch, size: float, step: int | None
) -> None:
    """Outputs whose squares leave the range of float64, and outputs that do so themselves."""

    def huge(widths: list[int], *_: Any) -> list[wi.sampling.Array]:
        return [np.full((after, before), size) for before, after in itertools.pairwise(widths)]

    monkeypatch.setitem(_compare.SCHEMES, "he", huge)
    cell = Cell("he", "relu", 2, 0.1, 1, 0)
    found = _compare.run(cell)
    assert (found.signal, found.diverged_at) == (None, step)
    row = _compare.row([cell], [found])
    assert row["signal"] is None and row["note"] == ("diverged at step 1" if step else "")
    json.dumps(row, allow_nan=False)


# A row


def test_a_row_holds_medians_and_ranges() -> None:
    cells = [Cell("he", "relu", 2, 0.1, 3, seed) for seed in range(4)]
    runs = [
        Result(1.0, 0.5, [0.1, 0.8, 0.9], None),
        Result(4.0, 0.25, [0.8, 0.9, 0.9], None),
        Result(2.0, 1.0, [0.1, 0.2, 0.3], None),
        Result(3.0, 2.0, [0.5], 17),
    ]
    row = _compare.row(cells, runs)
    assert (row["signal_low"], row["signal"], row["signal_high"]) == (1.0, 2.5, 4.0)
    assert (row["accuracy_low"], row["accuracy"], row["accuracy_high"]) == (0.3, 0.9, 0.9)
    assert (row["steps_low"], row["steps"], row["steps_high"], row["reached"]) == (11, 16.5, 22, 2)
    assert row["note"] == "diverged at step 17 (1 of 4 seeds)"
    assert (row["scheme"], row["depth"], row["seeds"], row["diverged"]) == ("he", 2, 4, 1)


def test_several_divergences_are_one_note() -> None:
    cells = [Cell("he", "relu", 2, 0.1, 3, seed) for seed in range(2)]
    assert _compare.row(cells, [Result(1.0, 1.0, [], 5), Result(1.0, 1.0, [], 3)])["note"] == "diverged at steps 3-5"


# What is kept


def test_what_is_kept_is_not_computed_again(tmp_path: Path, computed: list[Cell]) -> None:
    first = sweep.table(GRID, SEEDS, kept=tmp_path)
    assert len(computed) == len(set(computed)) == 16
    assert sweep.table(GRID, SEEDS, kept=tmp_path) == first
    sweep.table(GRID, SEEDS + 1, kept=tmp_path)
    assert len(computed) == 24 and {cell.seed for cell in computed[16:]} == {2}


def _truncated(stored: bytes) -> bytes:
    return stored[:-1]


def _changed(stored: bytes) -> bytes:
    return stored[:-2] + b"9" + stored[-1:]


def _emptied(stored: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_truncated, _changed, _emptied])
def test_a_damaged_run_is_computed_again(
    tmp_path: Path, computed: list[Cell], damage: Callable[[bytes], bytes]
) -> None:
    first = sweep.table(GRID, SEEDS, kept=tmp_path)
    victim = min(tmp_path.iterdir())
    victim.write_bytes(damage(victim.read_bytes()))
    computed.clear()
    assert sweep.table(GRID, SEEDS, kept=tmp_path) == first
    assert len(computed) == 1


@pytest.mark.parametrize("field", Cell._fields)
def test_the_name_of_a_run_depends_on_every_parameter(tmp_path: Path, field: str) -> None:
    cell = Cell("he", "relu", 2, 0.1, 1, 0)
    other = cell._replace(**{field: 7})
    assert sweep._path(cell, tmp_path) != sweep._path(other, tmp_path)


@pytest.mark.parametrize("changed", ["weightinit/training/sgd.py", "scripts/figures/_compare.py"])
def test_a_change_of_the_source_makes_all_runs_anew(monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    before, read = sweep.source.__wrapped__(), Path.read_bytes

    def edited(path: Path) -> bytes:
        return read(path) + (b"#" if path == sweep.ROOT / changed else b"")

    monkeypatch.setattr(Path, "read_bytes", edited)
    assert sweep.source.__wrapped__() != before


def test_an_interrupted_sweep_goes_on(tmp_path: Path, computed: list[Cell], monkeypatch: pytest.MonkeyPatch) -> None:
    run = _compare.run

    def stopped(cell: Cell) -> Result:
        if len(computed) == 10:
            raise KeyboardInterrupt
        return run(cell)

    monkeypatch.setattr(_compare, "run", stopped)
    with pytest.raises(KeyboardInterrupt):
        sweep.table(GRID, SEEDS, kept=tmp_path)
    monkeypatch.setattr(_compare, "run", run)
    computed.clear()
    sweep.table(GRID, SEEDS, kept=tmp_path)
    assert len(computed) == 8, "the first share of 8 runs is kept"


# The command


def test_the_table_is_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(CALL, tmp_path / "kept", capsys)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["scheme"], row["activation"], row["depth"]) for row in rows] == [
        (scheme, activation, depth) for scheme in ("he", "xavier") for activation in ("relu", "tanh") for depth in "23"
    ]
    direct = [_compare.run(Cell("he", "relu", 2, 0.1, 1, seed)) for seed in range(2)]
    assert float(rows[0]["signal"]) == np.median([run.signal for run in direct if run.signal is not None])
    sweep.main([*CALL, "--kept", str(tmp_path / "kept"), "--out", str(tmp_path / "table.csv")])
    assert (tmp_path / "table.csv").read_text(encoding="utf-8") == text


def test_progress_is_shown_on_the_error_stream(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep.main([*CALL, "--kept", str(tmp_path)])
    shown = capsys.readouterr().err
    assert "] 0/16 runs" in shown and "] 8/16 runs" in shown and shown.endswith(f"[{'#' * 30}] 16/16 runs\n")


def test_two_processes_give_the_table_of_one(tmp_path: Path) -> None:
    one = sweep.table(GRID, SEEDS, kept=tmp_path / "one")
    assert sweep.text(sweep.table(GRID, SEEDS, kept=tmp_path / "two", jobs=2)) == sweep.text(one)


@pytest.mark.parametrize(
    "wrong", [["--depths", "1"], ["--rates", "0"], ["--seeds", "0"], ["--epochs", "0"], ["--jobs", "0"]]
)
def test_a_wrong_option_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sweep.options(wrong)
    assert "expected depths of 2 or more, positive rates" in capsys.readouterr().err


def test_an_unknown_scheme_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sweep.options(["--schemes", "kaiming"])
    assert "'kaiming'" in (said := capsys.readouterr().err) and "lsuv" in said


def test_without_dask_the_command_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SystemExit, match=r"--backend dask needs Dask, .*: python -m pip install -e '\.\[dask\]'"):
        sweep.main([*CALL, "--kept", str(tmp_path), "--backend", "dask"])


def test_the_extra_that_the_message_names_exists() -> None:
    assert '\ndask = ["distributed' in (sweep.ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed: see the extra in pyproject.toml")
def test_a_dask_cluster_gives_the_table_bit_for_bit(tmp_path: Path) -> None:
    command = [sys.executable, str(sweep.ROOT / "scripts" / "sweep.py"), *SMALL, "--seeds", "2", "--jobs", "2"]
    own = ["--kept", str(tmp_path / "dask"), "--backend", "dask"]
    done = subprocess.run([*command, *own], capture_output=True, encoding="utf-8", timeout=600, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "16/16 runs" in done.stderr
    assert done.stdout == sweep.text(sweep.table(GRID, SEEDS, kept=tmp_path / "joblib"))


# The page


def test_the_page_shows_the_grid_of_the_command() -> None:
    chosen = sweep.options([])
    grid = [(s, a, d) for s in chosen.schemes for a in chosen.activations for d in chosen.depths]
    data = figkit.data("compare-map")
    assert chosen.rates == [data["rate"]] and chosen.seeds == data["seeds"] and chosen.epochs == data["epochs"]
    shown = [(s, a, int(d)) for a in comparison.ACTIVATIONS for d in data[a] for s in data[a][d]]
    assert sorted(shown) == sorted(grid) and {s for s, _, _ in grid} == comparison.NAMES.keys()


def row(**known: Any) -> dict[str, Any]:
    usual = {"diverged": 0, "reached": 5, "seeds": 5, "steps_low": 11, "steps": 22, "steps_high": 33}
    return usual | {"accuracy_low": 0.912, "accuracy": 0.934, "accuracy_high": 0.951} | known


@pytest.mark.parametrize(
    ("name", "known", "ko", "en"),
    [
        ("accuracy", {}, "93<br>(91–95)", "93<br>(91–95)"),
        ("steps", {}, "22<br>(11–33)", "22<br>(11–33)"),
        ("steps", {"reached": 2, "steps": 16.5}, "16.5<br>(11–33)<br>2/5", "16.5<br>(11–33)<br>2/5"),
        ("steps", {"reached": 0}, "–", "–"),
        (
            "steps",
            {"diverged": 4, "diverged_at_low": 3, "diverged_at_high": 5},
            "발산<br>3–5걸음<br>4/5",
            "diverged<br>at step 3–5<br>4/5",
        ),
        (
            "accuracy",
            {"diverged": 1, "diverged_at_low": 3, "diverged_at_high": 3},
            "발산<br>3걸음<br>1/5",
            "diverged<br>at step 3<br>1/5",
        ),
        ("signal", {"signal_low": 1e-5, "signal": 1e-4, "signal_high": 1e-3}, "−4.0<br>± 1.0", "−4.0<br>± 1.0"),
        ("signal", {"signal": None}, "–", "–"),
        ("gradient", {"gradient_low": 0.97, "gradient": 0.98, "gradient_high": 0.99}, "0.0<br>± 0.0", "0.0<br>± 0.0"),
    ],
)
def test_cells_of_the_tables(name: str, known: dict[str, Any], ko: str, en: str) -> None:
    assert [comparison.CELLS[name](row(**known), lang) for lang in ("ko", "en")] == [ko, en]


def test_the_command_finds_its_own_repository(tmp_path: Path) -> None:
    """Also where the project is not installed."""
    script = str(sweep.ROOT / "scripts" / "sweep.py")
    code = (
        "import runpy, sys; from pathlib import Path;"
        "sys.path = [path for path in sys.path if not Path(path, 'scripts', 'sweep.py').exists()];"
        f"sys.argv = ['sweep.py', '--help']; runpy.run_path({script!r}, run_name='__main__')"
    )
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path, env=bare)
    assert done.returncode == 0 and "--backend" in done.stdout, done.stderr
