"""How many numbers enter and leave a unit: the two sizes on which every variance rule depends."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from weightinit._errors import choose, sizes

LAYOUTS = ("out_in", "in_out")
ALIASES = {
    **dict.fromkeys(("oi", "oihw", "torch", "pytorch"), "'out_in'"),
    **dict.fromkeys(("io", "hwio", "keras", "jax", "flax", "tensorflow"), "'in_out'"),
}


class Fans(NamedTuple):
    """The fan-in and the fan-out of a weight array.

    Attributes:
        fan_in: how many inputs each output is computed from.
        fan_out: how many outputs each input reaches.
    """

    fan_in: int
    fan_out: int


def fans(shape: Sequence[int], layout: str = "out_in") -> Fans:
    """Read the fan-in and the fan-out off the shape of a dense or convolution kernel.

    With k the number of kernel positions (1 for a dense layer):
    `fan_in = k * inputs`, `fan_out = k * outputs`.

    Args:
        shape: sizes of the weight array, two or more: `(outputs, inputs, *kernel)` for "out_in"
            (PyTorch, OIHW), `(*kernel, inputs, outputs)` for "in_out" (Keras and JAX, HWIO).
        layout: "out_in" or "in_out".

    Returns:
        `Fans(fan_in, fan_out)`, two positive integers.

    Assumes:
        One group of channels and no transposed convolution: for those the fans are not in the shape alone.

    Raises:
        TypeError: `shape` is no tuple or list, or one of its sizes is no integer.
        ValueError: fewer than two sizes, a size below 1, or an unknown layout.

    Source:
        `glorot2010` for the two fans, `he2015` for the kernel positions.

    Examples:
        >>> fans((256, 784))
        Fans(fan_in=784, fan_out=256)
        >>> fans((3, 3, 64, 128), layout="in_out")
        Fans(fan_in=576, fan_out=1152)
    """
    numbers = sizes("shape", shape, least=2)
    if choose("layout", layout, LAYOUTS, ALIASES) == "out_in":
        outputs, inputs, *kernel = numbers
    else:
        *kernel, inputs, outputs = numbers
    positions = math.prod(kernel)
    return Fans(fan_in=positions * inputs, fan_out=positions * outputs)
