import keras

keras.utils.set_random_seed(0)
limit = 784**-0.5
layer = keras.layers.Dense(
    256,
    kernel_initializer=keras.initializers.VarianceScaling(1 / 3, "fan_in", "uniform"),
    bias_initializer=keras.initializers.RandomUniform(-limit, limit),  # "zeros" unless told otherwise
)
layer.build((None, 784))
kernel = keras.ops.convert_to_numpy(layer.kernel.value)  # (fan_in, fan_out)
bias = keras.ops.convert_to_numpy(layer.bias.value)

assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
assert -limit <= bias.min() < -0.9 * limit and 0.9 * limit < bias.max() <= limit
