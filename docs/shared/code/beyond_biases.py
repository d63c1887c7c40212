import numpy as np

import weightinit as wi

sigmoid = wi.activation("sigmoid").f
share = 0.01
labels = np.arange(1000) < 1000 * share  # one example in a hundred is positive
prior = -np.log((1 - share) / share)


def loss(bias):
    p = sigmoid(np.full(1000, bias))  # the weights of the output are 0
    return -np.mean(np.log(np.where(labels, p, 1 - p)))


print(f"bias 0: loss {loss(0.0):.3f}; bias {prior:.3f}: loss {loss(prior):.3f}")
assert loss(0.0) > 12 * loss(prior)
assert min(loss(prior - 0.01), loss(prior + 0.01)) > loss(prior)  # no constant answer does better


def time_constant(bias):
    return -1 / np.log(sigmoid(np.array([bias])))[0]


tau = [time_constant(bias) for bias in (0.0, 1.0, 2.0)]
print("steps until 1/e is left:", np.round(tau, 2))
state = 0.5 ** np.arange(100)  # a cell whose forget gate has bias 0
assert np.allclose(state, np.exp(-np.arange(100) / tau[0]))
assert tau[0] < 1.5 < 3 < tau[1] < 3.5 < tau[2]
