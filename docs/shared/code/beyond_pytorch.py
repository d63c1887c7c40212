import math

import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Linear(256, 256)
nn.init.zeros_(layer.bias)

nn.init.orthogonal_(layer.weight)
for product in (layer.weight @ layer.weight.T, layer.weight.T @ layer.weight):
    assert torch.allclose(product, torch.eye(256), atol=1e-4)

std = 0.02
nn.init.trunc_normal_(layer.weight, std=std)  # cut at -2 and 2, not at two standard deviations: an ordinary normal
assert layer.weight.abs().max() > 3.5 * std
before = std / 0.8796  # what the std has to be before it is cut
nn.init.trunc_normal_(layer.weight, std=before, a=-2 * before, b=2 * before)
assert layer.weight.abs().max() <= 2 * before
assert abs(layer.weight.std() / std - 1) < 0.01

output = nn.Linear(256, 1)
nn.init.zeros_(output.weight)
nn.init.constant_(output.bias, -math.log((1 - 0.01) / 0.01))
assert torch.allclose(output(torch.randn(5, 256)).sigmoid(), torch.tensor(0.01))

lstm = nn.LSTM(8, 16)  # gates: input, forget, cell, output
for bias, value in ((lstm.bias_ih_l0, 1.0), (lstm.bias_hh_l0, 0.0)):  # the two are added
    nn.init.zeros_(bias)
    nn.init.constant_(bias.data[16:32], value)
forget = (lstm.bias_ih_l0 + lstm.bias_hh_l0).view(4, 16)
assert (forget[1] == 1).all() and forget.sum() == 16

conv = nn.Conv2d(16, 16, 3, padding=1, bias=False)
nn.init.dirac_(conv.weight)
image = torch.randn(1, 16, 8, 8)
assert torch.allclose(conv(image), image)
