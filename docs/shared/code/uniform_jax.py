import jax

for_kernel, for_bias, for_skewed = jax.random.split(jax.random.key(0), 3)
limit = 784**-0.5
init = jax.nn.initializers.variance_scaling(1 / 3, "fan_in", "uniform")
kernel = init(for_kernel, (784, 256))  # (fan_in, fan_out)
bias = jax.random.uniform(for_bias, kernel.shape[1:], minval=-limit, maxval=limit)

assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
assert -limit <= bias.min() < -0.9 * limit and 0.9 * limit < bias.max() <= limit

skewed = jax.nn.initializers.uniform(limit)(for_skewed, kernel.shape)
assert skewed.min() >= 0  # from 0 to limit, nothing below 0
