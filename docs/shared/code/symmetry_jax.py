import jax
from jax.nn import initializers

key = jax.random.key(0)  # asked for, though nothing is drawn
kernel = initializers.constant(0.1)(key, (64, 32))  # (fan_in, fan_out)
bias = initializers.zeros(key, (32,))
scales = initializers.ones(key, (32,))
identity = jax.numpy.eye(64, 32)

assert (kernel == kernel[0, 0]).all() and not bias.any()
assert (scales == 1).all() and identity.sum() == 32
