import keras

keras.utils.set_random_seed(0)
layer = keras.layers.Dense(256, activation="selu", kernel_initializer="lecun_uniform")  # or "lecun_normal"
layer.build((None, 784))
kernel = keras.ops.convert_to_numpy(layer.kernel.value)  # (fan_in, fan_out)

limit = (3 / 784) ** 0.5
assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
