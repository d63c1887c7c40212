import tempfile
import warnings

import keras


def network(classes):
    layers = [keras.layers.Dense(48, activation="relu"), keras.layers.Dense(classes)]
    return keras.Sequential([keras.Input((144,)), *layers])


def kernel(layer):
    return keras.ops.convert_to_numpy(layer.kernel.value)


old, new = network(5), network(3)
output = kernel(new.layers[1])
with tempfile.TemporaryDirectory() as folder:
    path = f"{folder}/old.weights.h5"
    old.save_weights(path)
    try:
        new.load_weights(path)
    except ValueError as error:
        message = str(error)
    assert "(48, 3)" in message and "(48, 5)" in message  # both shapes

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        new.load_weights(path, skip_mismatch=True)
    assert "could not be loaded" in str(told[0].message)  # a warning names what stays fresh

assert (kernel(new.layers[0]) == kernel(old.layers[0])).all()  # copied by place, not by name
assert (kernel(new.layers[1]) == output).all()

new.layers[0].trainable = False  # frozen, if set before compile()
assert len(new.trainable_variables) == 2
