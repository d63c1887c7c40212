"""The formulas of the page on what was corrected in the note."""

from collections.abc import Mapping

import weightinit as wi

from .. import grids, spaces
from . import Claim
from .xavier import activation


def default(pair: grids.Pair) -> Mapping[str, object]:
    """The fan-in, and weights of the uniform distribution that PyTorch draws from."""
    return {"n_in": pair.fan_in, "W": spaces.symmetric_uniform(wi.bound("fan_in_uniform", *pair))}


def without_sign(pair: grids.Pair) -> Mapping[str, object]:
    """The same, if the interval has lost its minus sign."""
    return {"n_in": pair.fan_in, "W": spaces.one_point(wi.bound("fan_in_uniform", *pair))}


def sigmoid(pair: grids.Pair) -> Mapping[str, object]:
    """The sigmoid, and the standard deviation that keeps signals if it were straight."""
    return {**activation("sigmoid")(None), "n_in": pair.fan_in, "sigma": spaces.linear_sigmoid_std(pair)}


def four_rules(pair: grids.Pair) -> Mapping[str, object]:
    """One layer: limits a and standard deviations s by rule, u for the uniform default, x for Xavier, h He, l LeCun."""
    rules = {"u": "fan_in_uniform", "x": "xavier", "h": "he", "l": "lecun"}
    return {
        **{f"a_{key}": wi.bound(rule, *pair) for key, rule in rules.items()},
        **{f"s_{key}": wi.std(rule, *pair) for key, rule in rules.items()},
    }


def note(scheme: str) -> Claim:
    """A formula of the note, compared with the package."""
    return Claim(
        f"`std('{scheme}', …)`의 값과 비교",
        f"against `std('{scheme}', …)`",
        grids.PAIRS,
        lambda pair: {"n_in": pair.fan_in, "n_out": pair.fan_out},
        value=lambda pair: wi.std(scheme, *pair),
    )


CLAIMS: dict[str, Claim] = {
    "corrections-xavier-std": note("xavier"),
    "corrections-he-std": note("he"),
    "corrections-lecun-std": note("lecun"),
    "corrections-default": Claim(
        "양변을 `bound('fan_in_uniform', …)`의 값과 비교",
        "each side against `bound('fan_in_uniform', …)`",
        grids.PAIRS,
        default,
    ),
    "corrections-empty": Claim(
        "범위가 `bound('fan_in_uniform', …)`인데 음의 부호가 빠져 한 점이 된 식",
        "the limit is `bound('fan_in_uniform', …)`; without the minus sign the interval is one point",
        grids.PAIRS,
        default,
        mistaken=without_sign,
    ),
    "corrections-sigmoid": Claim(
        "양변을 `std('lecun', …)`과 `activation('sigmoid')`에서 얻은 값과 비교",
        "each side against what `std('lecun', …)` and `activation('sigmoid')` give",
        grids.PAIRS,
        sigmoid,
    ),
    "corrections-four-rules": Claim(
        "`bound`와 `std`의 값과 비교",
        "against `bound` and `std`",
        grids.FOUR_RULES,
        four_rules,
    ),
}
