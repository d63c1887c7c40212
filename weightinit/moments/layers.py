"""One layer: by which factor it multiplies second moments, forward and backward."""

from weightinit._errors import finite, number, size
from weightinit.activations import DEFAULT_SLOPE
from weightinit.mean_squares import mean_square, mean_square_slope


def length_map(
    q: float,
    weight_variance: float,
    fan_in: int,
    activation: str = "linear",
    bias_variance: float = 0.0,
    a: float = DEFAULT_SLOPE,
) -> float:
    """Map the second moment of one layer's pre-activations to that of the next.

    `q_next = fan_in * Var[W] * E[phi(sqrt(q) * z)**2] + Var[b]`, z ~ N(0, 1).

    Args:
        q: second moment of the pre-activations, the square of their unit; at least 0.
        weight_variance: Var[W] of the next layer, at least 0.
        fan_in: number of inputs of a unit of the next layer, a positive integer.
        activation: phi between the two layers, one of `ACTIVATIONS`.
        bias_variance: Var[b] of the next layer, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The second moment of the next pre-activations, a float.

    Assumes:
        Weights are independent of each other and of the inputs, with mean 0; biases likewise. For an
        activation that is not linear, pre-activations are normal with mean 0, as in very wide layers.

    Raises:
        TypeError: an argument that is no number, no integer or no name.
        ValueError: one that is negative, zero where a size is due or not finite, an unknown activation,
            or a result too large for float64.

    Source:
        `poole2016`.

    Examples:
        >>> round(length_map(1.0, 2 / 784, 784, "relu", bias_variance=0.5), 12)
        1.5
    """
    weighted = size("fan_in", fan_in) * number("weight_variance", weight_variance, at_least=0)
    q_next = weighted * mean_square(activation, q, a) + number("bias_variance", bias_variance, at_least=0)
    return finite("the next second moment", q_next)


def forward_factor(
    weight_variance: float, fan_in: int, activation: str = "linear", q: float = 1.0, a: float = DEFAULT_SLOPE
) -> float:
    """Compute the factor by which a layer multiplies the second moment of the pre-activations.

    `q_next / q = fan_in * Var[W] * E[phi(sqrt(q) * z)**2] / q`, z ~ N(0, 1).

    Args:
        weight_variance: Var[W] of the layer, at least 0.
        fan_in: number of inputs of a unit of the layer, a positive integer.
        activation: phi before the layer, one of `ACTIVATIONS`.
        q: second moment of the pre-activations that enter phi, the square of their unit; greater than 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The factor, a float without unit; 1 means that the layer keeps the second moment.

    Assumes:
        What `length_map` assumes, and biases of 0.

    Raises:
        TypeError: as `length_map`.
        ValueError: as `length_map`, and a `q` of 0.

    Source:
        `he2015` for ReLU, `poole2016` for any activation.

    Examples:
        >>> round(forward_factor(2 / (784 + 256), 784), 9)
        1.507692308
    """
    before = number("q", q, above=0)
    return finite("the forward factor", length_map(before, weight_variance, fan_in, activation, a=a) / before)


def backward_factor(
    weight_variance: float, fan_out: int, activation: str = "linear", q: float = 1.0, a: float = DEFAULT_SLOPE
) -> float:
    """Compute the factor by which a layer multiplies the second moment of the gradient on its way back.

    `E[delta_before**2] / E[delta_after**2] = fan_out * Var[W] * E[phi'(sqrt(q) * z)**2]`, z ~ N(0, 1), where
    delta is the gradient of the loss with respect to a pre-activation, before and after the layer.

    Args:
        weight_variance: Var[W] of the layer, at least 0.
        fan_out: number of outputs of the layer, a positive integer.
        activation: phi before the layer, one of `ACTIVATIONS`.
        q: second moment of the pre-activations that enter phi, the square of their unit; at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The factor, a float without unit; 1 means that the layer keeps the gradient's second moment.

    Assumes:
        What `length_map` assumes, and gradients that are independent of weights and pre-activations.

    Raises:
        TypeError: as `length_map`.
        ValueError: as `length_map`.

    Source:
        `glorot2010` for linear, `he2015` for ReLU, `schoenholz2017` for any activation.

    Examples:
        >>> round(backward_factor(2 / (784 + 256), 256), 9)
        0.492307692
    """
    weighted = size("fan_out", fan_out) * number("weight_variance", weight_variance, at_least=0)
    return finite("the backward factor", weighted * mean_square_slope(activation, q, a))
