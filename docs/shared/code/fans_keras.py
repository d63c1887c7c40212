import keras
import numpy as np

layer = keras.layers.Conv2D(128, 3, use_bias=False)
layer.build((None, 5, 5, 64))
shape = tuple(layer.kernel.shape)
assert shape == (3, 3, 64, 128)  # (*kernel, in, out)

# what Keras reads off the shape: the same random numbers, unscaled and scaled
unscaled = keras.initializers.RandomNormal(stddev=1.0, seed=0)(shape)
read = []
for mode in ("fan_in", "fan_out"):
    scaling = keras.initializers.VarianceScaling(1.0, mode, "untruncated_normal", seed=0)
    read.append(round(float((unscaled[0, 0, 0, 0] / scaling(shape)[0, 0, 0, 0]) ** 2)))

# what is there: weights of 1, then inputs of 1, then one input of 1
layer.set_weights([np.ones(shape)])
ones, point = np.ones((1, 5, 5, 64)), np.zeros((1, 5, 5, 64))
point[0, 2, 2, 0] = 1
fan_in, fan_out = layer(ones)[0, 1, 1, 0], keras.ops.sum(layer(point))

assert read == [fan_in, fan_out] == [576, 1152]
