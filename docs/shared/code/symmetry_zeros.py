import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
x, labels = rng.standard_normal((8, 3)), np.array([0, 0, 0, 0, 0, 1, 1, 1])
zero_hidden, zero_output = wi.zeros((4, 3), np.float64), wi.zeros((2, 4), np.float64)
hidden, output = (wi.xavier_normal(shape, rng=rng, dtype=np.float64) for shape in ((4, 3), (2, 4)))


def moving(activation, *weights):
    """Does the hidden layer, does the output layer have a gradient in the first step?"""
    pre, post = wi.forward(x, weights, activation, last="linear")
    _, r = wi.cross_entropy(post[-1], labels)
    grad = wi.backward(weights, pre, r, activation, last="linear")
    return [bool(slopes.any()) for slopes in wi.weight_gradients(x, post, grad)]


for activation in ("tanh", "relu"):
    assert moving(activation, zero_hidden, zero_output) == [False, False]
    assert moving(activation, hidden, zero_output) == [False, True]
assert moving("tanh", zero_hidden, output) == [True, False]
assert moving("relu", zero_hidden, output) == [False, False]
assert moving("sigmoid", zero_hidden, zero_output) == [False, True]
