import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(20, 3))
y = x[:, :2]  # what the two outputs have to learn
W, V = np.full((4, 3), 0.1), np.full((2, 4), 0.1)  # hidden layer, output layer

for _ in range(500):
    h = np.tanh(x @ W.T)
    r = (h @ V.T - y) / len(x)  # gradient at the outputs, half the mean squared error
    delta = (r @ V) * (1 - h**2)  # gradient at the pre-activations
    V -= 0.5 * r.T @ h
    W -= 0.5 * delta.T @ x

print(W.round(2))  # one row a neuron
assert np.allclose(W, W[0])  # the neurons are still equal
assert np.ptp(W[0]) > 0.2  # the weights of a neuron are not
