"""Train one network from many starts: `python scripts/run.py python scripts/sweep.py`.

A grid goes in, a small table (CSV) comes out: one row for each scheme, activation, depth and learning rate, with the
median and the range over the seeds. Without options it is the grid of the page "Side by side". Runs are kept under
.cache/sweep, so that only what is new is computed; `--backend dask` has it computed by a Dask cluster, whose machines
need this repository and its environment.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import io
import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import joblib
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

import weightinit  # noqa: E402
from scripts.book import cache as files  # noqa: E402
from scripts.figures import _compare  # noqa: E402
from scripts.figures._compare import Cell, Result  # noqa: E402

KEPT = ROOT / ".cache" / "sweep"
MISSING = "--backend dask needs Dask, which is not installed here: python -m pip install -e '.[dask]'"


@cache
def source() -> str:
    """What every result depends on: the package, the experiment, and NumPy."""
    own = [ROOT / "scripts" / "figures" / name for name in ("_compare.py", "_digits.py")]
    paths = [*sorted((ROOT / "weightinit").rglob("*.py")), *own]
    return files.key(np.__version__, *(part for path in paths for part in (path.name, path.read_bytes())))


def _path(cell: Cell, kept: Path) -> Path:
    return kept / files.key(source(), json.dumps(cell))


def _read(path: Path) -> Result | None:
    """A kept result; None if there is none, or one that is damaged."""
    stored = files.load(path)
    return None if stored is None else Result(*json.loads(stored))


def results(cells: Sequence[Cell], jobs: int = 1, kept: Path = KEPT, progress: TextIO | None = None) -> list[Result]:
    """The results of the cells, in their order: those that are kept, and the others computed by joblib."""
    found = {cell: _read(_path(cell, kept)) for cell in cells}
    todo = [cell for cell, result in found.items() if result is None]
    share = 8 * joblib.effective_n_jobs(jobs)  # kept after each share: what is interrupted goes on from there
    with joblib.Parallel(n_jobs=jobs) as parallel:
        for done in range(0, len(todo), share):
            _show(progress, len(found) - len(todo) + done, len(found))
            part = todo[done : done + share]
            for cell, result in zip(part, parallel(joblib.delayed(_compare.run)(c) for c in part), strict=True):
                files.store(_path(cell, kept), json.dumps(result).encode())
                found[cell] = result
    _show(progress, len(found), len(found))
    return [result for cell in cells if (result := found[cell]) is not None]


def _show(stream: TextIO | None, done: int, total: int) -> None:
    if stream is not None:
        bar = "#" * (30 * done // total)
        end = "\n" if done == total else ""
        print(f"\r[{bar:<30}] {done}/{total} runs", end=end, file=stream, flush=True)


def table(grid: Sequence[Sequence[Any]], seeds: int, **options: Any) -> list[dict[str, Any]]:
    """One row for each combination of scheme, activation, depth, rate and epochs."""
    rows = [[Cell._make([*values, seed]) for seed in range(seeds)] for values in itertools.product(*grid)]
    found = iter(results([cell for cells in rows for cell in cells], **options))
    return [_compare.row(cells, list(itertools.islice(found, seeds))) for cells in rows]


def text(rows: Sequence[dict[str, Any]]) -> str:
    """The table as CSV; a number that does not exist is an empty field."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


@contextmanager
def backend(name: str, jobs: int, scheduler: str | None) -> Iterator[None]:
    """Where joblib sends its work: processes of this machine, or a Dask cluster."""
    if name == "joblib":
        yield
        return
    try:
        client = importlib.import_module("distributed").Client
    except ImportError:
        raise SystemExit(MISSING) from None
    own = {"n_workers": joblib.effective_n_jobs(jobs), "threads_per_worker": 1, "dashboard_address": None}
    where = own if scheduler is None else {"address": scheduler}
    with client(**where), joblib.parallel_config(backend="dask", wait_for_workers_timeout=60):
        yield


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    add = parser.add_argument
    add("--schemes", nargs="+", choices=_compare.SCHEMES, default=[*_compare.SCHEMES])
    add("--activations", nargs="+", choices=sorted(weightinit.ACTIVATIONS), default=_compare.ACTIVATIONS)
    add("--depths", nargs="+", type=int, default=_compare.DEPTHS, help="weight layers, 2 or more")
    add("--rates", nargs="+", type=float, default=[_compare.RATE], help="learning rates")
    add("--epochs", type=int, default=_compare.EPOCHS)
    add("--seeds", type=int, default=_compare.SEEDS, help="runs of each combination")
    add("--out", type=Path, help="file for the table; otherwise it is printed")
    add("--jobs", type=int, default=-1, help="processes; all cores if not given")
    add("--kept", type=Path, default=KEPT, help="folder of finished runs")
    add("--backend", choices=["joblib", "dask"], default="joblib")
    add("--scheduler", help="address of a Dask scheduler; a cluster on this machine if not given")
    chosen = parser.parse_args(arguments)
    if min(chosen.depths) < 2 or min(chosen.rates) <= 0 or min(chosen.epochs, chosen.seeds) < 1 or chosen.jobs == 0:
        parser.error("expected depths of 2 or more, positive rates, epochs and seeds, and jobs other than 0")
    return chosen


def main(arguments: Sequence[str]) -> None:
    chosen = options(arguments)
    grid = (chosen.schemes, chosen.activations, chosen.depths, chosen.rates, [chosen.epochs])
    with backend(chosen.backend, chosen.jobs, chosen.scheduler):
        rows = table(grid, chosen.seeds, jobs=chosen.jobs, kept=chosen.kept, progress=sys.stderr)
    if chosen.out is None:
        sys.stdout.write(text(rows))
    else:
        files.write(chosen.out, text(rows).encode())


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    main(sys.argv[1:])
