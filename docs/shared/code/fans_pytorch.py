import torch
from torch import nn

layer = nn.Conv2d(64, 128, 3, bias=False)
assert layer.weight.shape == (128, 64, 3, 3)  # (out, in, *kernel)

# what PyTorch reads off the shape
read = nn.init._calculate_fan_in_and_fan_out(layer.weight)

# what is there: weights of 1, then inputs of 1, then one input of 1
with torch.no_grad():
    layer.weight.fill_(1)
    ones, point = torch.ones(1, 64, 5, 5), torch.zeros(1, 64, 5, 5)
    point[0, 0, 2, 2] = 1
    fan_in, fan_out = layer(ones)[0, 0, 1, 1], layer(point).sum()

assert read == (fan_in, fan_out) == (576, 1152)

# a matrix of your own, (in, out), for x @ W: hand over its transpose
torch.manual_seed(0)
W = nn.Parameter(torch.empty(784, 256))
nn.init.kaiming_normal_(W.T)
assert abs(W.std() / (2 / 784) ** 0.5 - 1) < 0.01
