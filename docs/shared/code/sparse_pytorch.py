import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(784, 256)
nn.init.sparse_(layer.weight, sparsity=251 / 256)
assert layer.weight.abs().max() < 0.1  # by default std=0.01
assert (layer.weight.count_nonzero(dim=0) == 5).all()  # for each input
assert layer.weight.count_nonzero(dim=1).unique().numel() > 5  # for each unit: several numbers

nn.init.sparse_(layer.weight.data.T, sparsity=769 / 784, std=1.0)  # the transpose: 15 for each unit
assert layer.weight.shape == (256, 784) and (layer.weight.count_nonzero(dim=1) == 15).all()
assert abs(layer.weight.pow(2).mean() / (15 / 784) - 1) < 0.2

assert not nn.init.sparse_(torch.empty(4, 3), sparsity=1.5).any()  # accepted: everything is 0
