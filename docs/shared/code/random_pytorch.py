import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(784, 256)

nn.init.normal_(layer.weight)  # unless told otherwise: std 1
assert abs(layer.weight.std() - 1) < 0.01

nn.init.uniform_(layer.weight)  # unless told otherwise: from 0 to 1, not symmetric
assert layer.weight.min() >= 0 and abs(layer.weight.mean() / 0.5 - 1) < 0.01

nn.init.trunc_normal_(layer.weight, std=0.02)  # the limits stay -2 and 2: nothing is cut
assert abs(layer.weight.std() / 0.02 - 1) < 0.01 and layer.weight.abs().max() > 4 * 0.02

table = nn.Embedding(1000, 200)  # drawn by normal_
assert abs(table.weight.std() - 1) < 0.01
