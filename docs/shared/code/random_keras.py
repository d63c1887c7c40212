import keras
from keras import initializers


def draw(init):
    return keras.ops.convert_to_numpy(init((784, 256)))  # (fan_in, fan_out)


normal = draw(initializers.RandomNormal(seed=0))  # std 0.05
assert abs(normal.std() / 0.05 - 1) < 0.01

uniform = draw(initializers.RandomUniform(seed=0))  # limit 0.05, so std 0.0289
assert abs(uniform).max() <= 0.05 and abs(uniform.std() / 0.0289 - 1) < 0.01

cut = draw(initializers.TruncatedNormal(seed=0))  # std 0.05 before cutting, 0.0440 after
assert abs(cut.std() / 0.0440 - 1) < 0.01
