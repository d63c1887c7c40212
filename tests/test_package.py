"""The package offers each of its public functions by name, and nothing else.
패키지가 공개 함수를 빠짐없이 이름으로 내보내는지 확인합니다.
"""

import subprocess
import sys
import types

import weightinit


def test_every_public_name_is_there() -> None:
    offered = {name for name in vars(weightinit) if not name.startswith("_")}
    # A function may carry the name of its module, as fans does; the other modules are not part of the offer.
    modules = {name for name in offered if isinstance(getattr(weightinit, name), types.ModuleType)}
    assert set(weightinit.__all__) == offered - modules
    assert len(weightinit.__all__) == len(set(weightinit.__all__))


def test_the_package_needs_numpy_alone() -> None:
    """In a process of its own: the tests themselves load much more."""
    code = "import sys, numpy; a = set(sys.modules); import weightinit; print(*(set(sys.modules) - a))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    roots = {name.split(".")[0] for name in done.stdout.split()}
    assert roots - set(sys.stdlib_module_names) - {"numpy"} == {"weightinit"}
    assert "numpy.random" not in done.stdout.split()  # a sixth of NumPy's own time; drawing loads it
