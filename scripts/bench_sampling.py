"""Time the drawing of weights beside PyTorch, JAX and Keras: one process, one thread, float32, in turn.

    .cache/frameworks/bin/python scripts/bench_sampling.py

`.ci/run` makes that environment. Square arrays, a small and a large one; a number in brackets above 1 means that
`weightinit` is faster. All make a new array each time, and "PyTorch in place" fills the same one again and again, for
which the system need not find memory. JAX has compiled the whole draw. JAX and Keras have no sparse initialization.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import bench  # before NumPy: it sets the number of threads

torch, jax, keras = (bench.framework(name) for name in ("torch", "jax", "keras"))

import numpy as np  # noqa: E402

import weightinit as wi  # noqa: E402

SMALL, LARGE, LARGE_MATRIX = 256, 4096, 1024  # QR of the largest would take minutes
ROUNDS = {SMALL: 101, LARGE_MATRIX: 9, LARGE: 5}
CONNECTIONS = 15
RULES = {"xavier": (1.0, "fan_avg"), "he": (2.0, "fan_in"), "lecun": (1.0, "fan_in")}  # as JAX and Keras name them
DISTRIBUTIONS = {"normal": "untruncated_normal", "uniform": "uniform", "truncated_normal": "truncated_normal"}
Functions = dict[str, Callable[[], Any]]


def functions(
    size: int, ours: Callable[..., Any], on_torch: Any, on_jax: Any = None, on_keras: Any = None
) -> Functions:
    """Return one function without arguments for each library that has the scheme; they must agree on the std."""
    shape, rng, tensor = (size, size), np.random.default_rng(0), torch.empty(size, size)
    draws: Functions = {
        bench.OURS: lambda: ours(shape, rng=rng),
        "PyTorch in place": lambda: on_torch(tensor),
        "PyTorch": lambda: on_torch(torch.empty(shape)),
    }
    if on_jax:
        compiled, keys = jax.jit(lambda key: on_jax(key, shape)), iter(jax.random.split(jax.random.key(0), 999))
        draws["JAX"] = lambda: compiled(next(keys)).block_until_ready()
    if on_keras:
        draws["Keras"] = lambda: on_keras(shape).block_until_ready()
    stds = {name: float(np.asarray(draw()).std()) for name, draw in draws.items()}
    assert max(stds.values()) < 1.05 * min(stds.values()), stds
    return draws


def by_rule(scheme: str, distribution: str, size: int) -> Functions:
    """A scheme that is a rule of the fans."""

    def ours(shape: tuple[int, int], rng: np.random.Generator) -> Any:
        return wi.initialize(scheme, shape, rng=rng, distribution=distribution)

    def on_torch(tensor: Any) -> Any:
        if distribution == "truncated_normal":
            std = wi.std(scheme, size, size) / wi.truncated_std()
            return torch.nn.init.trunc_normal_(tensor, std=std, a=-2 * std, b=2 * std)
        if scheme == "xavier":
            return getattr(torch.nn.init, f"xavier_{distribution}_")(tensor)
        activation = "relu" if scheme == "he" else "linear"
        return getattr(torch.nn.init, f"kaiming_{distribution}_")(tensor, nonlinearity=activation)

    on_jax = jax.nn.initializers.variance_scaling(*RULES[scheme], distribution)
    seeds = keras.random.SeedGenerator(0)  # an initializer with a number as its seed draws the same at each call
    on_keras = keras.initializers.VarianceScaling(*RULES[scheme], DISTRIBUTIONS[distribution], seed=seeds)
    return functions(size, ours, on_torch, on_jax, on_keras)


def orthogonal_matrix(size: int) -> Functions:
    on_keras = keras.initializers.Orthogonal(seed=keras.random.SeedGenerator(0))
    return functions(size, wi.orthogonal, torch.nn.init.orthogonal_, jax.nn.initializers.orthogonal(), on_keras)


def sparse_matrix(size: int) -> Functions:
    def ours(shape: tuple[int, int], rng: np.random.Generator) -> Any:
        return wi.sparse(shape, rng=rng, connections=CONNECTIONS)

    return functions(size, ours, lambda tensor: torch.nn.init.sparse_(tensor, 1 - CONNECTIONS / size, std=1.0))


if __name__ == "__main__":
    rows = {}
    for size in (SMALL, LARGE):
        for distribution in DISTRIBUTIONS:
            for scheme in RULES:
                draws = by_rule(scheme, distribution, size)
                rows[f"{scheme} {distribution}, {size} x {size}"] = bench.interleave(draws, ROUNDS[size])
    for size in (SMALL, LARGE_MATRIX):
        for name, matrix in (("orthogonal", orthogonal_matrix), ("sparse", sparse_matrix)):
            rows[f"{name}, {size} x {size}"] = bench.interleave(matrix(size), ROUNDS[size])
    print(bench.table(rows))
