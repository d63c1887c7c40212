import torch
from torch import nn

limit = 784**-0.5

torch.manual_seed(0)
layer = nn.Linear(784, 256)  # weights and biases: uniform, from -limit to limit

torch.manual_seed(0)
weight, bias = torch.empty(256, 784), torch.empty(256)
nn.init.uniform_(weight, -limit, limit)
nn.init.uniform_(bias, -limit, limit)

assert torch.allclose(layer.weight, weight)  # kaiming_uniform_ with a=sqrt(5) is nothing else
assert torch.allclose(layer.bias, bias)
assert abs(layer.weight.std() * 3**0.5 / limit - 1) < 0.01
