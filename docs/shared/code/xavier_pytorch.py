import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(784, 256)
nn.init.xavier_uniform_(layer.weight)  # or nn.init.xavier_normal_
nn.init.zeros_(layer.bias)  # random by default

limit = (6 / (784 + 256)) ** 0.5
assert layer.weight.abs().max() <= limit
assert abs(layer.weight.std() * 3**0.5 / limit - 1) < 0.01
