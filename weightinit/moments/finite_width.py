"""Layers of finite width: how far one network may stray from the mean over all of them."""

import math

from weightinit._errors import choose, finite, size

LAST_LAYER = {"activations": 5, "pre_activations": 2}  # excess of its mean square's square, times the width


def he_relu_spread(width: int, depth: int, of: str = "activations") -> float:
    """Compute by how much the square of a ReLU network's mean square exceeds the square of its mean, under He.

    `E[m**2] / E[m]**2 = (1 + 5 / width)**depth`, where m is the mean of the squares of the last layer's activations
    for one input; for its pre-activations `(1 + 2 / width) * (1 + 5 / width)**(depth - 1)`.

    Given a layer whose mean square is m, the next pre-activations are independent and normal with second moment 2 * m
    under He. ReLU halves their second moment, to m, and their fourth, to 3 * (2 * m)**2 / 2 = 6 * m**2. So the next
    mean square has mean m and variance (6 * m**2 - m**2) / width: its square grows by 1 + 5 / width. That of the
    pre-activations has mean 2 * m and variance (3 - 1) * (2 * m)**2 / width.

    Args:
        width: number of units of every layer, a positive integer.
        depth: number of layers, a positive integer; the width of the input does not matter.
        of: "activations" or "pre_activations" of the last layer.

    Returns:
        A float of at least 1, exact; 1 would mean that all networks have the same mean square, as very wide ones.

    Assumes:
        Normal weights with mean 0 and variance 2 / fan_in, no biases, ReLU after every layer, an input that is not 0.

    Raises:
        TypeError: a size that is no integer, an `of` that is no name.
        ValueError: a size below 1, an unknown name, a result too large for float64.

    Source:
        The derivation above; `hanin2018` shows that the spread grows with depth / width.

    Examples:
        >>> round(he_relu_spread(100, 20), 6), round(he_relu_spread(512, 50), 6)
        (2.653298, 1.625658)
    """
    units, layers, last = size("width", width), size("depth", depth), choose("of", of, LAST_LAYER)
    try:
        return (1 + LAST_LAYER[last] / units) * (1 + 5 / units) ** (layers - 1)
    except OverflowError:
        return finite("the spread", math.inf)
