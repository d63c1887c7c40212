import math

import keras
import numpy as np

keras.utils.set_random_seed(0)
numpy = keras.ops.convert_to_numpy

shape = (256, 256)
W = numpy(keras.initializers.Orthogonal()(shape))
assert np.allclose(W @ W.T, np.eye(256), atol=1e-4) and np.allclose(W.T @ W, np.eye(256), atol=1e-4)

std = 0.02
T = numpy(keras.initializers.TruncatedNormal(stddev=std)(shape))
assert abs(T.std() / (0.8796 * std) - 1) < 0.01  # cut at two standard deviations, and smaller than asked
T = numpy(keras.initializers.TruncatedNormal(stddev=std / 0.8796)(shape))
assert abs(T.std() - 0.02) < 0.0002

prior = keras.initializers.Constant(-math.log((1 - 0.01) / 0.01))
output = keras.layers.Dense(1, "sigmoid", kernel_initializer="zeros", bias_initializer=prior)
assert np.allclose(numpy(output(np.ones((5, 256)))), 0.01)

lstm = keras.layers.LSTM(16)
lstm.build((None, 10, 8))
forget = numpy(lstm.cell.bias.value).reshape(4, 16)  # gates: input, forget, cell, output
assert (forget[1] == 1).all() and forget.sum() == 16  # unit_forget_bias=True is the default

conv = keras.layers.Conv2D(16, 3, padding="same", use_bias=False)
conv.build((None, 8, 8, 16))
kernel = np.zeros(conv.kernel.shape)  # positions, inputs, outputs; Keras has no name for this
kernel[1, 1] = np.eye(16)
conv.set_weights([kernel])
image = np.random.default_rng(0).standard_normal((1, 8, 8, 16))
assert np.allclose(numpy(conv(image)), image, atol=1e-5)
