"""The formulas of the page on uniform initialization."""

from collections.abc import Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters
from .he import sloped
from .xavier import rule


def scheme(name: str) -> Letters:
    """A scheme's sigma and limit c, and W between the limits."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        limit = wi.bound(name, *pair)
        return {
            "n_in": pair.fan_in,
            "n_out": pair.fan_out,
            "sigma": wi.std(name, *pair),
            "c": limit,
            "W": spaces.symmetric_uniform(limit),
            "b": spaces.symmetric_uniform(limit),
        }

    return letters


def factors(activation: str) -> Letters:
    """The same, with the two factors of a layer."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        variance = wi.variance("fan_in_uniform", *pair)
        return {
            **scheme("fan_in_uniform")(pair),
            "f": wi.forward_factor(variance, pair.fan_in, activation),
            "b": wi.backward_factor(variance, pair.fan_out, activation),
        }

    return letters


def missing_sign(pair: grids.Pair) -> Mapping[str, object]:
    """The mistake of writing the upper end twice."""
    return {**scheme("fan_in_uniform")(pair), "W": spaces.point(wi.bound("fan_in_uniform", *pair))}


def named_he(case: grids.Sloped) -> Mapping[str, object]:
    """The call of PyTorch: the rule of He for a leaky ReLU, with its gain g."""
    return {**sloped(case), "g": wi.gain("leaky_relu", case.a)}


def apart(pair: grids.Pair) -> Mapping[str, object]:
    """Two inputs: pre-activations y and z of one neuron, and the mean squared difference here and one layer on."""
    phi, two = wi.activation("relu"), spaces.apart(pair)
    return {
        "phi": phi.f,
        "n_in": pair.fan_in,
        "sigma": wi.std("fan_in_uniform", *pair),
        "y": two.y,
        "z": two.z,
        "D": two.gap,
        "D'": two.next_gap,
    }


def positive(pair: grids.Pair) -> Mapping[str, object]:
    """Weights between 0 and c, and equal inputs x."""
    one = spaces.positive(pair)
    return {"n": pair.fan_in, "c": wi.bound("fan_in_uniform", *pair), "W": one.w, "z": one.z, "x": one.x}


def depth(activation: str) -> Claim:
    """What 50 layers leave."""
    return Claim(
        "`forward_profile`의 값과 비교",
        "against `forward_profile`",
        grids.FIFTY,
        lambda _: {},
        value=lambda net: spaces.left_after(net, activation),
    )


def option(call: str, value: Any) -> Claim:
    """An answer to choose from."""
    return Claim(f"`{call}`의 값과 비교", f"against `{call}`", grids.PAIRS, scheme("fan_in_uniform"), value=value)


APART = Claim(
    "작은 두 층의 모든 가중치와 편향의 부호를 바꾸어 보며, `forward`로 얻은 기댓값과 비교",
    "each side over every sign of the weights and biases of two small layers run through `forward`",
    grids.SMALL,
    apart,
    weights=lambda pair: spaces.apart(pair).weights,
)

POSITIVE = Claim(
    "0과 `bound`의 값 사이에서 뽑은 가중치의 기댓값을 정확한 구적법으로 세어 비교",
    "each side over weights between 0 and `bound`, by a quadrature that is exact for these moments",
    grids.SMALL,
    positive,
    weights=lambda pair: spaces.positive(pair).weights,
)

CLAIMS: dict[str, Claim] = {
    # the limit and the standard deviation
    "uniform-mean-square": rule("bound('xavier', …), std('xavier', …)", scheme("xavier")),
    "uniform-limit": rule("bound('xavier', …), std('xavier', …)", scheme("xavier")),
    "uniform-range": rule("bound('fan_in_uniform', …)", scheme("fan_in_uniform")),
    "uniform-std": rule("std('fan_in_uniform', …)", scheme("fan_in_uniform")),
    "uniform-wanted": rule("bound('lecun', …)", scheme("lecun")),
    "uniform-rule": rule("bound('fan_in_uniform', …)", scheme("fan_in_uniform")),
    "uniform-missing-sign": Claim(
        "두 끝이 `bound('fan_in_uniform', …)`의 양수와 음수여야 하는데 양수를 두 번 쓴 식",
        "the ends should be `bound('fan_in_uniform', …)` and its negative; this writes the positive one twice",
        grids.PAIRS,
        scheme("fan_in_uniform"),
        mistaken=missing_sign,
    ),
    # the factors
    "uniform-linear": rule("forward_factor, backward_factor", factors("linear")),
    "uniform-relu": rule("forward_factor, backward_factor", factors("relu")),
    "uniform-depth-linear": depth("linear"),
    "uniform-depth-relu": depth("relu"),
    # the call of PyTorch
    "uniform-gain": Claim(
        "양변을 `gain('leaky_relu', √5)`의 값과 비교",
        "each side against `gain('leaky_relu', √5)`",
        grids.ROOT_FIVE,
        named_he,
    ),
    "uniform-root-five": Claim(
        "양변을 `bound('he', …, a=√5)`의 값과 비교",
        "each side against `bound('he', …, a=√5)`",
        grids.ROOT_FIVE,
        named_he,
    ),
    # two inputs
    "uniform-apart": APART,
    "uniform-mirror": APART,
    "uniform-kept": APART,
    "uniform-next": APART,
    "uniform-next-gap": Claim(
        "`forward`로 얻은 다음 층의 값과 비교",
        "against the next layer's value from `forward`",
        grids.SMALL,
        apart,
        value=lambda pair: spaces.apart(pair).next_gap,
    ),
    # check yourself
    "uniform-quiz-variance": option(
        "variance('fan_in_uniform', …)", lambda pair: wi.variance("fan_in_uniform", *pair)
    ),
    "uniform-positive": POSITIVE,
    "uniform-positive-sum": POSITIVE,
    "uniform-convolution": Claim(
        "`bound`, `std`, `forward_factor`, `backward_factor`의 값과 비교",
        "against `bound`, `std`, `forward_factor`, `backward_factor`",
        grids.CONVOLUTION_FANS,
        factors("relu"),
    ),
}
