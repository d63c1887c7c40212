import jax

init = jax.nn.initializers.lecun_uniform()  # or lecun_normal(), the default of Flax's Dense
kernel = init(jax.random.key(0), (784, 256))  # (fan_in, fan_out); followed by jax.nn.selu

limit = (3 / 784) ** 0.5
assert abs(kernel).max() <= limit
assert abs(kernel.std() * 3**0.5 / limit - 1) < 0.01
