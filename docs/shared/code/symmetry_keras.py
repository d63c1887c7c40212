import keras

constant = keras.initializers.Constant(0.1)  # or "zeros", "ones", "identity"
layer = keras.layers.Dense(32, kernel_initializer=constant)
layer.build((None, 64))
kernel = keras.ops.convert_to_numpy(layer.kernel.value)
bias = keras.ops.convert_to_numpy(layer.bias.value)
assert (kernel == kernel[0, 0]).all() and not bias.any()  # biases are 0 by default

norm = keras.layers.LayerNormalization()
norm.build((None, 32))
scales, shifts = (keras.ops.convert_to_numpy(part.value) for part in (norm.gamma, norm.beta))
assert (scales == 1).all() and not shifts.any()  # by default
