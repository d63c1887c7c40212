import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
x, labels = rng.standard_normal((100, 40)), rng.integers(10, size=100)
start = [wi.sparse(shape, rng=rng, dtype=np.float64) for shape in ((30, 40), (10, 30))]
masks = [weights != 0 for weights in start]

for training in ("free", "masked"):
    weights, biases, losses = start, None, []
    for _ in range(50):  # steps, each with all samples
        run = wi.train(weights, biases, x, labels, activation="tanh", rng=rng, learning_rate=0.1, batch_size=100)
        weights, biases = run.weights, run.biases
        losses.append(run.loss[0])
        if training == "masked":
            weights = [w * mask for w, mask in zip(weights, masks, strict=True)]
    assert len(losses) == 50 and losses[-1] < 0.8 * losses[0]
    assert [w.shape for w in weights] == [(30, 40), (10, 30)]
    assert all(w.all() for w in weights) == (training == "free")
assert training == "masked" and all(((w != 0) == mask).all() for w, mask in zip(weights, masks, strict=True))
