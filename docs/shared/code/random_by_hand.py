import numpy as np

rng = np.random.default_rng(0)
std, outputs, batch, depth = 0.01, 400, 200, 50

for width in (100, 1000, 10_000):
    x = rng.standard_normal((batch, width))
    W = rng.normal(0.0, std, size=(outputs, width))  # the second argument is the standard deviation
    z = x @ W.T
    factor = width * std**2  # of a linear layer; ReLU halves it
    measured = np.mean(z**2) / np.mean(x**2)
    print(f"width {width:5}: factor {factor:.2f}, after {depth} layers {factor**depth:.0e}")
    assert abs(measured / factor - 1) < 0.02
