import math

import jax
import jax.numpy as jnp
from jax.nn import initializers

key = jax.random.key(0)

shape = (256, 256)
W = initializers.orthogonal()(key, shape)  # scale=1 is the gain
assert jnp.allclose(W @ W.T, jnp.eye(256), atol=1e-4) and jnp.allclose(W.T @ W, jnp.eye(256), atol=1e-4)

std = 0.02
T = initializers.truncated_normal(std)(key, shape)
assert abs(T.std() / (0.8796 * std) - 1) < 0.01  # cut at two standard deviations, and smaller than asked
T = initializers.truncated_normal(std / 0.8796)(key, shape)
assert abs(T.std() - 0.02) < 0.0002

bias = initializers.constant(-math.log((1 - 0.01) / 0.01))(key, (1,))
assert jnp.allclose(jax.nn.sigmoid(bias), 0.01)

forget = jnp.zeros((4, 16)).at[1].set(1.0).ravel()  # JAX has no LSTM; here the forget gate is the second
assert forget[16:32].all() and forget.sum() == 16

kernel = jnp.zeros((3, 3, 16, 16)).at[1, 1].set(jnp.eye(16))  # positions, inputs, outputs
image = jax.random.normal(key, (1, 8, 8, 16))
out = jax.lax.conv_general_dilated(image, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
assert jnp.allclose(out, image, atol=1e-5)
turn = initializers.delta_orthogonal()(key, (3, 3, 16, 16))
assert jnp.allclose(turn[1, 1] @ turn[1, 1].T, jnp.eye(16), atol=1e-4) and abs(turn).sum() == abs(turn[1, 1]).sum()
