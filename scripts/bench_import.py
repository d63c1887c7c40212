"""How long importing the package takes, against NumPy alone: the ratio of medians of fresh, alternating processes.

python scripts/run.py python scripts/bench_import.py
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15


def seconds(module: str) -> float:
    """The time to start Python and import one module, from its compiled files as on every day but the first."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, env=environ, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the two times, without that of a bare interpreter, and their ratio."""
    modules = ("sys", "numpy", "weightinit")  # sys is there already: the bare interpreter
    for module in modules:
        seconds(module)  # fills the disk cache and writes the compiled files
    rounds = [[seconds(module) for module in modules] for _ in range(ROUNDS)]
    bare, numpy, package = (median(times) for times in zip(*rounds, strict=True))
    print(f"numpy {1e3 * (numpy - bare):.0f} ms, weightinit {1e3 * (package - bare):.0f} ms (with numpy)")
    print(f"weightinit takes {(package - bare) / (numpy - bare):.2f} times as long as numpy alone")


if __name__ == "__main__":
    main()
