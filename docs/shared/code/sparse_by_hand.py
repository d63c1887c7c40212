import numpy as np

rng = np.random.default_rng(0)
fan_in, fan_out, connections = 784, 256, 15
std = np.sqrt(2 / connections)  # before ReLU; for tanh 1 / np.sqrt(connections)

W = np.zeros((fan_out, fan_in))
for unit in W:  # a row is a unit
    places = rng.choice(fan_in, size=connections, replace=False)
    unit[places] = rng.normal(0.0, std, size=connections)

assert W.shape == (256, 784)
assert (np.count_nonzero(W, axis=1) == 15).all()

# ReLU leaves half of the second moment, and that is as much as came in
x = rng.standard_normal((500, fan_in))
h = np.maximum(x @ W.T, 0)
assert abs(np.mean(h**2) / np.mean(x**2) - 1) < 0.15
