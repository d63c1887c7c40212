import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
x = rng.standard_normal((500, 256))

# orthogonal: every length is multiplied by the gain
W = wi.orthogonal((256, 256), rng=rng, gain=1.5, dtype=np.float64)
assert np.allclose(W @ W.T, 1.5**2 * np.eye(256)) and np.allclose(W.T @ W, 1.5**2 * np.eye(256))
wide = wi.orthogonal((512, 256), rng=rng, dtype=np.float64)
per_unit = np.mean((x @ wide.T) ** 2) / np.mean(x**2)  # the length is kept, and shared by twice as many neurons
assert abs(per_unit - 0.5) < 1e-12

# truncated normal: the std asked for is the std drawn
std = 0.02
T = wi.random_truncated_normal((256, 256), std, rng=rng)
assert abs(T.std() - 0.02) < 0.0002 and T.shape == W.shape
assert 2.25 < np.abs(T).max() / std < 2 / wi.truncated_std(2)

# identity and Dirac: what comes in goes out
assert np.array_equal(x @ wi.identity((256, 256)).T, x)
kernel = wi.dirac((8, 8, 3))  # outputs, inputs, kernel positions
signal = rng.standard_normal((8, 30))
out = sum(kernel[:, :, k] @ np.roll(signal, 1 - k, axis=1) for k in range(3))  # a circle of 30 places
assert np.array_equal(out, signal)

# delta-orthogonal: a rotation at the middle of the kernel
turn = wi.delta_orthogonal((8, 8, 3), rng=rng, dtype=np.float64)
assert np.allclose(turn[:, :, 1] @ turn[:, :, 1].T, np.eye(8)) and not turn[:, :, ::2].any()
assert turn.shape == kernel.shape
