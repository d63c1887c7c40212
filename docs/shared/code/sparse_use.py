import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
W = wi.sparse((256, 784), rng=rng)  # for each unit 15 connections of std 1
zeros = np.mean(W == 0)
assert zeros == 769 / 784

std = (2 / 20) ** 0.5  # keeps signals through ReLU
V = wi.sparse((256, 784), rng=rng, connections=20, std=std)
kernel = wi.sparse((3, 3, 64, 128), rng=rng, layout="in_out")  # 15 of the 576 weights of each channel

assert W.shape == V.shape == (256, 784) and abs(20 * std**2 - 2) < 1e-9
for weights, connections, variance in ((W, 15, 15 / 784), (V, 20, 2 / 784), (kernel.reshape(576, 128).T, 15, 15 / 576)):
    assert (np.count_nonzero(weights, axis=1) == connections).all()
    assert abs(np.mean(weights**2) / variance - 1) < 0.2
