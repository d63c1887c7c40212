"""The formulas of the page on random weights of a fixed scale."""

from collections.abc import Mapping

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters
from .signal import chances, normal
from .xavier import activation, rule, small_layer


def layers(case: grids.Scaled) -> Mapping[str, object]:
    """Equal layers: their gain c, their factor f, and m and d by the package's profiles."""
    moments, gradients = spaces.scaled_profile(case)
    return {
        "n": case.width,
        "sigma": case.std,
        "c": case.gain,
        "f": wi.forward_factor(case.variance, case.width, case.activation),
        "L": case.depth,
        "m": moments,
        "d": gradients,
    }


def relu_factors(pair: grids.Pair) -> Mapping[str, object]:
    """The factors of a ReLU layer, forward and backward."""
    variance = wi.variance("xavier", *pair)
    return {
        "n_in": pair.fan_in,
        "n_out": pair.fan_out,
        "sigma": wi.std("xavier", *pair),
        "f": wi.forward_factor(variance, pair.fan_in, "relu"),
        "b": wi.backward_factor(variance, pair.fan_out, "relu"),
    }


def border(scheme: str) -> Letters:
    """The width n and the standard deviation that keeps the signal."""
    return lambda pair: {"n": pair.fan_in, "sigma": wi.std(scheme, *pair)}


def squashed(case: grids.Scaled) -> Mapping[str, object]:
    """A bounded activation behind many layers: q, the next q, chi_1, and u from the standard normal distribution."""
    q = spaces.settled(case)
    return {
        **normal(case.activation)(None),
        "c": case.gain,
        "q": q,
        "q'": wi.length_map(q, case.variance, case.width, case.activation),
        "chi_1": wi.backward_factor(case.variance, case.width, case.activation, q),
    }


def far_below(case: grids.Scaled) -> Mapping[str, object]:
    """One such layer, which receives a large signal: q and the next q."""
    q = spaces.FLOOD
    return {
        **normal(case.activation)(None),
        "c": case.gain,
        "q": q,
        "q'": wi.length_map(q, case.variance, case.width, case.activation),
    }


def end(activation: str) -> Letters:
    """A range of integration that ends at b, an activation, and h, its value there."""

    def letters(b: float) -> dict[str, object]:
        phi = wi.activation(activation)
        return {"b": b, "phi": phi.f, "phi'": phi.df, "h": spaces.at(phi.f, b)}

    return letters


def layers_claim(cases: list[grids.Scaled]) -> Claim:
    """A statement about equal layers."""
    return Claim(
        "양변을 `forward_profile`과 `backward_profile`의 값과 비교",
        "both sides against `forward_profile` and `backward_profile`",
        cases,
        layers,
    )


def squashed_claim(cases: list[grids.Scaled]) -> Claim:
    """A statement about a layer whose activation is bounded."""
    return Claim(
        "정규 분포에서 적분하여 `length_map`과 `backward_factor`의 값과 비교",
        "integrated over a normal u, against `length_map` and `backward_factor`",
        cases,
        squashed,
        weights=chances,
    )


CLAIMS: dict[str, Claim] = {
    # one factor a layer
    "random-relu-factors": rule("forward_factor, backward_factor", relu_factors),
    "random-gain": layers_claim(grids.STRAIGHT),
    "random-depth": layers_claim([*grids.STRAIGHT, *grids.HALVED]),
    "random-border": rule("std('lecun', …)", border("lecun")),
    "random-border-relu": rule("std('he', …)", border("he")),
    "random-window": Claim(
        "`forward_profile`이 열 배가 되는 이득과 비교",
        "against the gain at which `forward_profile` grows tenfold",
        grids.DEPTHS,
        lambda depth: {"L": depth, "c": spaces.tenfold(depth)},
    ),
    "random-window-50": Claim(
        "`forward_profile`이 열 배가 되는 이득과 비교",
        "against the gain at which `forward_profile` grows tenfold",
        grids.FIFTY_LAYERS,
        lambda _: {},
        value=spaces.tenfold,
    ),
    # bounded activations
    "random-bound": Claim(
        "정규 분포에서 적분하여 `length_map`의 값과 비교",
        "integrated over a normal u, against `length_map`",
        grids.SQUASHED,
        far_below,
        weights=chances,
    ),
    "random-chi": squashed_claim(grids.SQUASHED),
    "random-active": squashed_claim(grids.FAR_TANH),
    "random-slopes": Claim(
        "양변을 `activation('tanh')`로 적분하여 비교",
        "both sides integrated with `activation('tanh')`",
        grids.ENDS,
        end("tanh"),
    ),
    "random-tanh-slope": Claim(
        "`activation('tanh')`의 값과 비교",
        "against `activation('tanh')`",
        grids.ENDS,
        lambda z: {**activation("tanh")(None), "z": z},
    ),
    "random-far": squashed_claim(grids.FAR_TANH),
    # the rule
    "random-normal": rule("variance('he', …)", lambda p: {"sigma": wi.std("he", *p), "W": spaces.he_normal(p)}),
    "random-uniform": rule(
        "bound('he', …)", lambda p: {"sigma": wi.std("he", *p), "a": wi.bound("he", *p), "W": spaces.he_uniform(p)}
    ),
    # check yourself
    "random-sigmoid": Claim(
        "양변을 `activation('sigmoid')`로 적분하여 비교",
        "both sides integrated with `activation('sigmoid')`",
        grids.ENDS,
        end("sigmoid"),
    ),
    "random-sigmoid-far": squashed_claim(grids.FAR_SIGMOID),
    "random-sigmoid-border": Claim(
        "`activation('sigmoid')`를 적분하여 얻은 값과 비교",
        "against a value from `activation('sigmoid')`, integrated",
        grids.SIGMOID,
        lambda _: {},
        value=spaces.border_gain,
    ),
    "random-vgg": Claim(
        "`std('he', …, mode='fan_out')`의 값과 비교",
        "against `std('he', …, mode='fan_out')`",
        grids.FILTERS,
        lambda filters: {"r": spaces.he_over(grids.USUAL_STD, filters)},
    ),
    "random-mean": small_layer(shifted=True),
    "random-mean-256": Claim(
        "`forward`로 얻은 값과 비교", "against `forward`", grids.SHIFTED_WIDTH, spaces.positive_sum
    ),
}
