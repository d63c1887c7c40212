import jax
import jax.numpy as jnp


def sparse(key, shape, dtype=jnp.float32, connections=15, std=1.0):  # shape: (fan_in, fan_out)
    places, values = jax.random.split(key)
    order = jnp.argsort(jnp.argsort(jax.random.uniform(places, shape), axis=0), axis=0)
    return jnp.where(order < connections, std * jax.random.normal(values, shape, dtype), 0)


kernel = sparse(jax.random.key(0), (784, 256))

assert kernel.shape == (784, 256) and ((kernel != 0).sum(axis=0) == 15).all()
assert len(jnp.unique((kernel != 0).sum(axis=1))) > 5  # for each input: several numbers
assert abs((kernel**2).mean() / (15 / 784) - 1) < 0.2
