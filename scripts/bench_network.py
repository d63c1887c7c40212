"""Time networks of the package beside PyTorch, JAX and Keras: one process, one thread, float32, in turn.

    .cache/frameworks/bin/python scripts/bench_network.py

`.ci/run` makes that environment. Two tasks are a forward and a backward pass with the gradient of every weight;
one trains on random data of the size of scikit-learn's digits. Keras, which runs on JAX, only trains.
"""

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import bench  # before NumPy: it sets the number of threads

torch, jax, keras = (bench.framework(name) for name in ("torch", "jax", "keras"))

import numpy as np  # noqa: E402

import weightinit as wi  # noqa: E402

DEPTH, WIDTH, BATCH, ROUNDS = 50, 512, 256, 15
WIDTHS, SAMPLES, MINIBATCH, EPOCHS, RATE, MOMENTUM = (64, 64, 64, 64, 64, 64, 10), 1797, 64, 5, 0.05, 0.9
Functions = dict[str, Callable[[], Any]]


def passes(activation: str) -> Functions:
    """One network forward and backward; each function returns the gradient of W_1, ..., W_L."""
    rng = np.random.default_rng(0)
    weights = wi.random_network((WIDTH,) * (DEPTH + 1), "he", rng=rng)
    x, output_gradient = wi.normal((BATCH, WIDTH), rng=rng), wi.normal((BATCH, WIDTH), rng=rng)
    torch_phi, jax_phi = getattr(torch, activation), getattr(jax.nn, activation)

    def ours() -> Any:
        pre, post = wi.forward(x, weights, activation)
        return wi.weight_gradients(x, post, wi.backward(weights, pre, output_gradient, activation))

    torch_weights = [torch.from_numpy(w).requires_grad_() for w in weights]

    def on_torch() -> Any:
        h = torch.from_numpy(x)
        for w in torch_weights:
            h = torch_phi(torch.nn.functional.linear(h, w))
        return torch.autograd.grad(h, torch_weights, torch.from_numpy(output_gradient))

    def loss(weights: Any, h: Any, output_gradient: Any) -> Any:
        for w in weights:
            h = jax_phi(h @ w.T)
        return (h * output_gradient).sum()

    gradient, given = jax.jit(jax.grad(loss)), jax.device_put((weights, x, output_gradient))
    functions: Functions = {bench.OURS: ours, "PyTorch": on_torch}
    functions["JAX"] = lambda: jax.block_until_ready(gradient(*given))
    first = ours()[0]
    for name, function in functions.items():  # the work is the same; 50 kinks of ReLU enlarge rounding errors
        assert np.linalg.norm(first - np.asarray(function()[0])) < 0.02 * np.linalg.norm(first), name
    return functions


def training() -> Functions:
    """One network trained from random weights, on the same samples, by the same rule."""
    rng = np.random.default_rng(0)
    x, weights = wi.normal((SAMPLES, WIDTHS[0]), rng=rng), wi.random_network(WIDTHS, "he", rng=rng)
    labels = rng.integers(WIDTHS[-1], size=SAMPLES)

    def ours() -> None:
        wi.train(weights, None, x, labels, activation="relu", rng=rng, learning_rate=RATE, momentum=MOMENTUM,
                 batch_size=MINIBATCH, epochs=EPOCHS)  # fmt: skip

    def on_torch() -> None:
        layers = [(torch.nn.Linear(*fans), torch.nn.ReLU()) for fans in pairwise(WIDTHS)]
        model = torch.nn.Sequential(*[part for layer in layers for part in layer][:-1])
        optimizer = torch.optim.SGD(model.parameters(), lr=RATE, momentum=MOMENTUM)
        torch_x, torch_labels = torch.from_numpy(x), torch.from_numpy(labels)
        for _ in range(EPOCHS):
            for rows in torch.randperm(SAMPLES).split(MINIBATCH):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(torch_x[rows]), torch_labels[rows]).backward()
                optimizer.step()

    def loss(parameters: Any, h: Any, labels: Any) -> Any:
        for w, b in parameters[:-1]:
            h = jax.nn.relu(h @ w.T + b)
        logits = h @ parameters[-1][0].T + parameters[-1][1]
        return -jax.nn.log_softmax(logits)[jax.numpy.arange(len(labels)), labels].mean()

    def step(parameters: Any, velocity: Any, x: Any, labels: Any) -> Any:
        slopes = jax.grad(loss)(parameters, x, labels)
        velocity = jax.tree.map(lambda v, g: MOMENTUM * v - RATE * g, velocity, slopes)
        return jax.tree.map(jax.numpy.add, parameters, velocity), velocity

    compiled_step = jax.jit(step)

    def on_jax() -> None:
        parameters: Any = [(w, np.zeros(len(w), np.float32)) for w in weights]
        velocity = jax.tree.map(np.zeros_like, parameters)
        for _ in range(EPOCHS):
            for rows in np.split(rng.permutation(SAMPLES), range(MINIBATCH, SAMPLES, MINIBATCH)):
                parameters, velocity = compiled_step(parameters, velocity, x[rows], labels[rows])
        jax.block_until_ready(parameters)

    hidden = [keras.layers.Dense(width, "relu") for width in WIDTHS[1:-1]]
    model = keras.Sequential([keras.Input(WIDTHS[:1]), *hidden, keras.layers.Dense(WIDTHS[-1])])
    model.compile(keras.optimizers.SGD(RATE, MOMENTUM), keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def on_keras() -> None:
        model.fit(x, labels, batch_size=MINIBATCH, epochs=EPOCHS, verbose=0)

    return {bench.OURS: ours, "PyTorch": on_torch, "JAX": on_jax, "Keras": on_keras}


if __name__ == "__main__":
    tasks = {f"{DEPTH} x {WIDTH}, {name}, batch {BATCH}": passes(name) for name in ("relu", "tanh")}
    tasks[f"digits, {EPOCHS} epochs"] = training()
    print(bench.table({task: bench.interleave(functions, ROUNDS) for task, functions in tasks.items()}))
