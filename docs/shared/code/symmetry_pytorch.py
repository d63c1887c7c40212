from torch import nn

layer = nn.Linear(64, 32)
assert layer.bias.abs().max() > 0  # biases are random by default

nn.init.constant_(layer.weight, 0.1)  # or nn.init.zeros_, nn.init.ones_, nn.init.eye_
nn.init.zeros_(layer.bias)
assert (layer.weight == layer.weight[0]).all() and not layer.bias.any()

norm = nn.LayerNorm(32)
assert (norm.weight == 1).all() and not norm.bias.any()  # scales 1, shifts 0 by default
