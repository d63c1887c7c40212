import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

images, digit = load_digits(return_X_y=True)
images = (images - images[digit < 5].mean(axis=0)) / 16  # the mean of the old digits
few = np.stack([np.flatnonzero(digit == k)[:10] for k in range(5, 10)])  # ten of each new digit
unseen = np.setdiff1d(np.flatnonzero(digit > 4), few)

x, labels, rate = images[few.ravel()], np.repeat(np.arange(5), 10), 0.5
settings = {"activation": "relu", "learning_rate": rate, "momentum": 0.0, "batch_size": 50, "epochs": 1}
run = wi.train([wi.zeros((5, 64), np.float64)], None, x, labels, rng=np.random.default_rng(0), **settings)

means = images[few].mean(axis=1)  # one image for each digit: the mean of its ten
assert np.allclose(run.weights[0], rate / 5 * (means - x.mean(axis=0)), atol=1e-15)
assert np.allclose(run.biases[0], 0, atol=1e-15)

right = wi.accuracy(run.weights, run.biases, images[unseen], digit[unseen] - 5, activation="relu")
print(f"after one step {right:.0%} of {len(unseen)} unseen images right")
assert right > 0.8
