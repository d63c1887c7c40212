"""Where formulas are evaluated: fan-in always differs from fan-out, so that a swap cannot hide."""

from itertools import permutations
from typing import NamedTuple

from weightinit.schemes.registry import HeParams


class Pair(NamedTuple):
    """The two fans of a layer."""

    fan_in: int
    fan_out: int


class Deep(NamedTuple):
    """A network of equal layers."""

    width: int
    std: float
    depth: int

    @property
    def variance(self) -> float:
        return self.std**2


#: Every ordered pair of seven widths.
PAIRS = [Pair(*pair) for pair in permutations((2, 3, 10, 64, 256, 784, 4096), 2)]
#: Layers small enough to enumerate every outcome of their weights.
SMALL = [Pair(3, 2), Pair(2, 3)]
#: An index that differs from the last one in both small layers.
FIRST = 1
DEEP = [Deep(256, 0.01, 50), Deep(64, 0.25, 7), Deep(100, 0.09, 20)]
#: The layers that pages use as examples.
MNIST = [Pair(784, 256)]
NARROWING = [Pair(300, 100)]
#: Layers of equal width, and how many.
EQUAL = [Deep(256, 1 / 16, 52)]
#: A claim about constants or about one distribution needs no input.
ONCE = [None]

#: He's rule with slope one is the rule of a linear layer; counted over fan-out, it is the backward condition.
BACKWARD_RULE: HeParams = {"a": 1.0, "mode": "fan_out"}
