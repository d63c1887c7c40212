"""How much narrower a normal distribution is once its tails are cut off."""

import math

from weightinit._errors import number


def truncated_std(cut: float = 2.0) -> float:
    """Compute the standard deviation of a standard normal number that lies between -cut and cut.

    `sqrt(1 - sqrt(2 / pi) * cut * exp(-cut**2 / 2) / erf(cut / sqrt(2)))`.

    Args:
        cut: where the tails begin, in standard deviations; finite, greater than 0.

    Returns:
        A float, from `cut / sqrt(3)` for small cuts to 1 for large ones; the relative error is below 1e-15.

    Assumes:
        Nothing.

    Raises:
        TypeError: a `cut` that is no number.
        ValueError: a `cut` that is not finite or not above 0.

    Source:
        Integration by parts of z**2 * exp(-z**2 / 2) from -cut to cut.

    Examples:
        >>> round(truncated_std(), 12), round(truncated_std(3), 9)
        (0.879625661034, 0.986578393)
    """
    c = number("cut", cut, above=0)
    if c > 1:
        return math.sqrt(1 - math.sqrt(2 / math.pi) * c * math.exp(-c * c / 2) / math.erf(c / math.sqrt(2)))
    share = 0.0  # as a series, because the difference above would lose its digits
    for odd in range(29, 2, -2):
        share = (1 + c * c * share) / odd
    return c * math.sqrt(share / (1 + c * c * share))
