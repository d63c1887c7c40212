import jax
import jax.numpy as jnp
from jax.nn.initializers import normal, variance_scaling

key, shape = jax.random.key(0), (3, 3, 64, 128)  # (*kernel, in, out)

# what JAX reads off the shape: the same random numbers, unscaled and scaled
unscaled = normal(1.0)(key, shape)
read = []
for mode in ("fan_in", "fan_out"):
    scaled = variance_scaling(1.0, mode, "normal", in_axis=-2, out_axis=-1)(key, shape)  # the defaults
    read.append(round(float((unscaled / scaled)[0, 0, 0, 0] ** 2)))


# what is there: weights of 1, then inputs of 1, then one input of 1
def layer(x):
    axes = ("NHWC", "HWIO", "NHWC")
    return jax.lax.conv_general_dilated(x, jnp.ones(shape), (1, 1), "VALID", dimension_numbers=axes)


point = jnp.zeros((1, 5, 5, 64)).at[0, 2, 2, 0].set(1)
fan_in, fan_out = layer(jnp.ones((1, 5, 5, 64)))[0, 1, 1, 0], layer(point).sum()

assert read == [fan_in, fan_out] == [576, 1152]

# a kernel stored as (out, in, *kernel): say which axis is which
he = jax.nn.initializers.he_normal(in_axis=1, out_axis=0)
assert abs(he(key, (128, 64, 3, 3)).std() / (2 / 576) ** 0.5 - 1) < 0.01
