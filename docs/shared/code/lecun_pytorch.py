import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(784, 256)  # followed by nn.SELU()
nn.init.kaiming_uniform_(layer.weight, nonlinearity="linear")  # or kaiming_normal_; not nonlinearity="selu"
nn.init.zeros_(layer.bias)  # random by default

limit = (3 / 784) ** 0.5
assert layer.weight.abs().max() <= limit
assert abs(layer.weight.std() * 3**0.5 / limit - 1) < 0.01
assert nn.init.calculate_gain("linear") == 1
assert nn.init.calculate_gain("selu") == 3 / 4
