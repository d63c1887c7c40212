import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(784, 256)
assert layer.weight.abs().max() <= (1 / 784) ** 0.5  # the default: kaiming_uniform_ with a=sqrt(5), not He

nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")  # or nn.init.kaiming_normal_
nn.init.zeros_(layer.bias)  # random by default

limit = (6 / 784) ** 0.5
assert layer.weight.abs().max() <= limit
assert abs(layer.weight.std() * 3**0.5 / limit - 1) < 0.01
