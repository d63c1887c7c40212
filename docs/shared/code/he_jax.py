import jax

init = jax.nn.initializers.he_uniform()  # or he_normal()
kernel = init(jax.random.key(0), (784, 256))  # (fan_in, fan_out)

limit = (6 / 784) ** 0.5
assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
