"""What the benchmarks share: one thread for everybody, functions timed in turn, one table.

Import this before NumPy and the frameworks: they read the thread settings when they are loaded.
"""

import gc
import importlib
import os
import random
import statistics
import time
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

OURS = "weightinit"
REQUIREMENTS = "requirements-frameworks.txt"

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
if hasattr(os, "sched_setaffinity"):  # Linux: XLA takes no number of threads, but it counts the processors
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ["KERAS_BACKEND"] = "jax"


def framework(name: str) -> Any:
    """Import a framework, limited to one thread; say what to do if it is missing."""
    try:
        module: ModuleType = importlib.import_module(name)
    except ImportError as error:
        raise SystemExit(
            f"{name} is not installed here ({error}): make an environment with {REQUIREMENTS}, as .ci/run does,"
            " and run this script with its python"
        ) from None
    if name == "torch":
        module.set_num_threads(1)
    return module


def interleave(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Call all functions in turn, `rounds` times, each turn in another order; return the median seconds of each.

    What slows the machine down for a while then slows all of them down. Each is called twice and timed once, warm:
    the first call finds the caches, the memory and the threads as another library has left them.
    """
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    names, order = list(functions), random.Random(0)
    gc.disable()
    for _ in range(rounds):
        order.shuffle(names)
        for name in names:
            functions[name]()
            start = time.perf_counter()
            functions[name]()
            seconds[name].append(time.perf_counter() - start)
    gc.enable()
    return {name: statistics.median(times) for name, times in seconds.items()}


def table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Format median seconds, one row a task: milliseconds, and in brackets how many times those of `weightinit`."""
    names = list(dict.fromkeys(name for medians in rows.values() for name in medians))
    lines = [["median milliseconds", *names]]
    for task, medians in rows.items():
        known = {name: f"{1e3 * s:.4g} ({s / medians[OURS]:.2f} x)" for name, s in medians.items()}
        lines.append([task, *(known.get(name, "-") for name in names)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines)
