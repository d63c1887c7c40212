import jax
from jax.nn import initializers

key, shape = jax.random.key(0), (784, 256)  # (fan_in, fan_out)

normal = initializers.normal()(key, shape)  # std 0.01
assert abs(normal.std() / 0.01 - 1) < 0.01

uniform = initializers.uniform()(key, shape)  # from 0 to 0.01, not symmetric
assert uniform.min() >= 0 and abs(uniform.mean() / 0.005 - 1) < 0.01

cut = initializers.truncated_normal()(key, shape)  # std 0.01 before cutting, 0.0088 after
assert abs(cut.std() / 0.0088 - 1) < 0.01

symmetric = jax.random.uniform(key, shape, minval=-0.01, maxval=0.01)
assert symmetric.min() < -0.0099 and abs(symmetric.mean()) < 0.0001
