import jax
import jax.numpy as jnp

n, depth = 256, 20
keys = jax.random.split(jax.random.key(0), depth + 1)
kernels = [jax.nn.initializers.he_normal()(key, (n, n)) for key in keys[1:]]


@jax.jit
def moments_of(kernels, h):
    moments = []
    for kernel in kernels:
        h = jax.nn.relu(h @ kernel)
        moments.append(jnp.mean(h**2))
    return moments


moments = [float(m) for m in moments_of(kernels, jax.random.normal(keys[0], (1000, n)))]

assert abs(moments[0] - 1) < 0.05
assert 0.5 < moments[-1] < 2
