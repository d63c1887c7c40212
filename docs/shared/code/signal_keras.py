import keras
import numpy as np

keras.utils.set_random_seed(0)
n, depth = 256, 20
x = inputs = keras.Input((n,))
outputs = []
for _ in range(depth):  # weights: Xavier, biases: 0
    x = keras.layers.Dense(n, activation="relu")(x)
    outputs.append(x)
model = keras.Model(inputs, outputs)

activations = model(np.random.default_rng(0).standard_normal((1000, n)))
moments = [float(keras.ops.mean(keras.ops.square(h))) for h in activations]

assert abs(moments[0] / 0.5 - 1) < 0.05
assert 0.5 < moments[-1] / 0.5**depth < 2
