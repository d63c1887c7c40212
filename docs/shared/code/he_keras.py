import keras

keras.utils.set_random_seed(0)
layer = keras.layers.Dense(256, activation="relu", kernel_initializer="he_uniform")  # or "he_normal"
layer.build((None, 784))
kernel = keras.ops.convert_to_numpy(layer.kernel.value)  # (fan_in, fan_out)

limit = (6 / 784) ** 0.5
assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
