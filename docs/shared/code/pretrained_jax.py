import jax
import jax.numpy as jnp


def network(key, classes):
    first, last = jax.random.split(key)
    init = jax.nn.initializers.he_normal()
    return {
        "hidden": {"kernel": init(first, (144, 48)), "bias": jnp.zeros(48)},
        "output": {"kernel": init(last, (48, classes)), "bias": jnp.zeros(classes)},
    }


def outputs(params, x):
    h = jax.nn.relu(x @ params["hidden"]["kernel"] + params["hidden"]["bias"])
    return h @ params["output"]["kernel"] + params["output"]["bias"]


old, fresh = network(jax.random.key(0), 5), network(jax.random.key(1), 3)
params = {**fresh, "hidden": old["hidden"]}  # a dictionary: nothing checks names or shapes
assert jax.tree.map(jnp.shape, params) == jax.tree.map(jnp.shape, fresh)  # so check them
assert jax.tree.map(jnp.shape, old) != jax.tree.map(jnp.shape, fresh)


def loss(output, hidden, x):  # the gradient is taken of the first argument alone: the hidden layer is frozen
    return outputs({"output": output, "hidden": hidden}, x).sum()


slopes = jax.grad(loss)(params["output"], params["hidden"], jnp.ones((1, 144)))
assert set(slopes) == {"kernel", "bias"} and slopes["kernel"].shape == (48, 3)
