import torch
from torch import nn

torch.manual_seed(0)
n, depth = 256, 20
linears = [nn.Linear(n, n) for _ in range(depth)]  # weights and biases: uniform ±1/√n
model = nn.Sequential(*[part for linear in linears for part in (linear, nn.ReLU())])

moments = []


def measure(module, inputs, output):
    moments.append(output.detach().square().mean().item())


for part in model:
    if isinstance(part, nn.ReLU):
        part.register_forward_hook(measure)
model(torch.randn(1000, n))

assert len(moments) == depth
assert abs(moments[0] / (1 / 6) - 1) < 0.05  # the signal
assert abs(moments[-1] / (1 / (5 * n)) - 1) < 0.15  # the biases alone
