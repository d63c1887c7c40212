import torch
from torch import nn


def network(classes):
    return nn.Sequential(nn.Linear(144, 48), nn.ReLU(), nn.Linear(48, classes))


saved = network(5).state_dict()  # what torch.load gives back

new = network(3)
before = new[0].weight.clone()
report = new.load_state_dict({f"module.{name}": part for name, part in saved.items()}, strict=False)
assert torch.equal(new[0].weight, before)  # other names: no error, and nothing is copied
assert report.missing_keys == ["0.weight", "0.bias", "2.weight", "2.bias"]  # only this tells

try:
    new.load_state_dict(saved, strict=False)
except RuntimeError as error:
    message = str(error)
assert "size mismatch for 2.weight" in message  # other shapes are an error all the same

hidden = {name: part for name, part in saved.items() if not name.startswith("2.")}
report = new.load_state_dict(hidden, strict=False)
assert report.missing_keys == ["2.weight", "2.bias"] and report.unexpected_keys == []
assert torch.equal(new[0].weight, saved["0.weight"])

new[0].requires_grad_(False)  # frozen
new(torch.ones(1, 144)).sum().backward()
assert new[0].weight.grad is None and new[2].weight.grad is not None
