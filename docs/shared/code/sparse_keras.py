import keras
from keras import ops


def sparse(shape, dtype=None, connections=15, std=1.0):  # shape: (fan_in, fan_out)
    order = ops.argsort(ops.argsort(keras.random.uniform(shape), axis=0), axis=0)  # each unit shuffles its inputs
    return ops.where(order < connections, keras.random.normal(shape, stddev=std, dtype=dtype), 0.0)


keras.utils.set_random_seed(0)
layer = keras.layers.Dense(256, kernel_initializer=sparse)
layer.build((None, 784))
kernel = keras.ops.convert_to_numpy(layer.kernel.value)

assert kernel.shape == (784, 256) and ((kernel != 0).sum(axis=0) == 15).all()
assert len(set((kernel != 0).sum(axis=1))) > 5  # for each input: several numbers
assert abs((kernel**2).mean() / (15 / 784) - 1) < 0.2
