"""The formulas of the page on He initialization."""

from collections.abc import Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters
from .signal import chances
from .xavier import rule


def sloped(case: grids.Sloped) -> Mapping[str, object]:
    """He's rule for a leaky ReLU: both fans, the slope a, sigma, the limit c and both forms."""
    variance, limit = wi.variance("he", *case.fans, a=case.a), wi.bound("he", *case.fans, a=case.a)
    return {
        "n_in": case.fan_in,
        "n_out": case.fan_out,
        "a": case.a,
        "sigma": wi.std("he", *case.fans, a=case.a),
        "c": limit,
        "W": spaces.centered_normal(variance),
        "f": wi.forward_factor(variance, case.fan_in, "leaky_relu", a=case.a),
        "b": wi.backward_factor(variance, case.fan_out, "leaky_relu", a=case.a),
    }


def sloped_uniform(case: grids.Sloped) -> Mapping[str, object]:
    """The same, with W drawn from the uniform form."""
    return {**sloped(case), "W": spaces.symmetric_uniform(wi.bound("he", *case.fans, a=case.a))}


def fan_out(pair: grids.Pair) -> Mapping[str, object]:
    """The letters of the rule that counts the fan-out."""
    return {"n_in": pair.fan_in, "n_out": pair.fan_out, "sigma": wi.std("he", *pair, mode="fan_out")}


def by_variance(pair: grids.Pair) -> Mapping[str, object]:
    """The mistake of keeping the variance of ReLU's output instead of its second moment."""
    return {"n_in": pair.fan_in, "sigma": spaces.std_by_variance(pair)}


def mirrored(case: grids.Sloped) -> Mapping[str, object]:
    """Leaky ReLU, its slope, and pre-activations that are symmetric about 0 but not normal."""
    phi = wi.activation("leaky_relu", case.a)
    return {"phi": phi.f, "phi'": phi.df, "a": case.a, "z": spaces.mirrored(case.fans).z}


def relu(pair: grids.Pair) -> Mapping[str, object]:
    """ReLU and the same pre-activations, and a factor that may be drawn out."""
    phi = wi.activation("relu")
    return {"phi": phi.f, "phi'": phi.df, "z": spaces.mirrored(pair).z, "k": spaces.SPREAD}


def relu_step(pair: grids.Pair) -> Mapping[str, object]:
    """One ReLU layer forward, of a variance that is not He's: q, what ReLU leaves of it, and the next q."""
    variance = wi.variance("xavier", *pair)
    return {
        "n_in": pair.fan_in,
        "sigma": wi.std("xavier", *pair),
        "q": spaces.SPREAD,
        "m": wi.mean_square("relu", spaces.SPREAD),
        "q'": wi.length_map(spaces.SPREAD, variance, pair.fan_in, "relu"),
    }


def relu_step_back(pair: grids.Pair) -> Mapping[str, object]:
    """One ReLU layer back."""
    below = spaces.gradient_below(wi.variance("xavier", *pair), pair.fan_out, spaces.SPREAD)
    return {"n_out": pair.fan_out, "sigma": wi.std("xavier", *pair), "d": spaces.SPREAD, "d'": below}


def relu_layers(case: grids.Deep) -> Mapping[str, object]:
    """Equal ReLU layers: the second moments of their pre-activations."""
    return {"n": case.width, "sigma": case.std, "L": case.depth, "q": spaces.relu_lengths(case)}


def gaussian(_: None) -> Mapping[str, object]:
    """ReLU, and z from a normal distribution of standard deviation s."""
    return {"phi": wi.activation("relu").f, "s": spaces.SPREAD, "z": spaces.spread_gaussian()}


def end(b: float) -> Mapping[str, object]:
    """The end of a range of integration."""
    return {"b": b}


def funnel(mode: str) -> Letters:
    """A network whose layers differ in width."""

    def letters(widths: tuple[int, ...]) -> Mapping[str, object]:
        net = spaces.funnel(widths, mode)
        return {"n": net.n, "sigma": net.sigma, "q": net.q, "d": net.d, "L": net.depth}

    return letters


def dead(net: grids.Square) -> Mapping[str, object]:
    """A network small enough to try every sign of its weights."""
    return {"N": net.width, "L": net.depth, "P": spaces.dead(net)}


def two_slopes(case: grids.TwoSlopes) -> Mapping[str, object]:
    """An activation with a slope on either side of 0, a and b, behind mirrored pre-activations."""
    return {
        "phi": spaces.two_slopes(case.left, case.right),
        "a": case.left,
        "b": case.right,
        "n_in": case.fan_in,
        "sigma": spaces.two_slopes_std(case.fans, case.left, case.right),
    }


def two_slopes_mirrored(case: grids.TwoSlopes) -> Mapping[str, object]:
    """The same, and the pre-activations."""
    return {**two_slopes(case), "z": spaces.mirrored(case.fans).z}


def symmetric(letters: Letters, cases: list[Any]) -> Claim:
    """An identity about pre-activations that are symmetric about 0."""
    return Claim(
        "가중치의 부호를 모두 바꾸어 보며 작은 층의 기댓값을 세고, `activation`의 값과 비교",
        "each side over every sign of the weights of a small layer, with `activation`",
        cases,
        letters,
        weights=lambda case: spaces.mirrored(grids.Pair(case.fan_in, case.fan_out)).weights,
    )


def rule_of_slope(call: str, letters: Letters = sloped) -> Claim:
    """A formula about fans and a slope."""
    return Claim(f"양변을 `{call}`의 값과 비교", f"each side against `{call}`", grids.SLOPED, letters)


NORMAL = Claim(
    "정규 분포를 따르는 z에서 양변을 적분하여 비교",
    "both sides integrated over a normal z",
    grids.ONCE,
    gaussian,
    weights=chances,
)

CLAIMS: dict[str, Claim] = {
    # the half
    "he-mirror": symmetric(relu, grids.SMALL),
    "he-relu": symmetric(relu, grids.SMALL),
    "he-homogeneous": symmetric(relu, grids.SMALL),
    "he-forward": rule("mean_square, length_map", relu_step),
    "he-next-q": Claim(
        "`length_map`의 값과 비교",
        "against `length_map`",
        grids.PAIRS,
        relu_step,
        value=lambda p: wi.length_map(spaces.SPREAD, wi.variance("xavier", *p), p.fan_in, "relu"),
    ),
    "he-condition": rule("std('he', …)", lambda p: {"n_in": p.fan_in, "sigma": wi.std("he", *p)}),
    "he-depth": Claim(
        "양변을 `forward_profile`의 값과 비교", "both sides against `forward_profile`", grids.DEEP, relu_layers
    ),
    # not the variance
    "he-tail": Claim("양변을 적분하여 비교", "both sides, integrated", grids.ENDS, end),
    "he-mean": NORMAL,
    "he-variance-left": NORMAL,
    "he-by-variance": Claim(
        "2차 적률 대신 분산을 지키는 식. `std('he', …)`와 다름",
        "keeps the variance instead of the second moment, and is not `std('he', …)`",
        grids.PAIRS,
        lambda p: {"n_in": p.fan_in, "sigma": wi.std("he", *p)},
        mistaken=by_variance,
    ),
    # backward
    "he-backward": rule("backward_profile", relu_step_back),
    "he-next-d": Claim(
        "`backward_profile`의 값과 비교",
        "against `backward_profile`",
        grids.PAIRS,
        relu_step_back,
        value=lambda p: spaces.gradient_below(wi.variance("xavier", *p), p.fan_out, spaces.SPREAD),
    ),
    "he-fan-out": rule("std('he', …, mode='fan_out')", fan_out),
    "he-telescope": Claim(
        "모든 변을 `backward_profile`의 값과 비교",
        "each side against `backward_profile`",
        grids.CHAINS,
        funnel("fan_in"),
    ),
    "he-telescope-out": Claim(
        "모든 변을 `forward_profile`의 값과 비교",
        "each side against `forward_profile`",
        grids.CHAINS,
        funnel("fan_out"),
    ),
    # leaky ReLU
    "he-leaky": symmetric(mirrored, grids.SLOPED_SMALL),
    "he-leaky-slope": symmetric(mirrored, grids.SLOPED_SMALL),
    "he-leaky-variance": rule_of_slope("std('he', …, a=…)"),
    # the rule
    "he-normal": rule_of_slope("variance('he', …, a=…)"),
    "he-uniform": rule_of_slope("bound('he', …, a=…)", sloped_uniform),
    # where it breaks
    "he-dead": Claim(
        "작은 신경망의 모든 가중치 부호를 바꾸어 보며 `forward`로 세어 비교",
        "against a count, with `forward`, over every sign of the weights of small networks",
        grids.TINY,
        dead,
    ),
    # check yourself
    "he-quiz-default": Claim(
        "양변을 `variance('fan_in_uniform', …)`의 값과 비교",
        "each side against `variance('fan_in_uniform', …)`",
        grids.PAIRS,
        lambda p: {"n_in": p.fan_in},
        value=lambda p: wi.variance("fan_in_uniform", *p),
    ),
    "he-two-slopes": symmetric(two_slopes_mirrored, grids.TWO_SLOPES_SMALL),
    "he-two-slopes-variance": Claim(
        "양변을 `std('he', …, a=…)`에서 얻은 값과 비교",
        "each side against a value from `std('he', …, a=…)`",
        grids.TWO_SLOPES,
        two_slopes,
    ),
    "he-absolute": Claim("`std('he', …, a=-1)`의 값과 비교", "against `std('he', …, a=-1)`", grids.ABSOLUTE, sloped),
    "he-exercise-fans": Claim(
        "`fans((128, 64, 3, 3))`의 값과 비교",
        "against `fans((128, 64, 3, 3))`",
        grids.CONVOLUTION_SHAPE,
        lambda shape: {"n_in": wi.fans(shape).fan_in, "n_out": wi.fans(shape).fan_out},
    ),
    "he-exercise-conv": Claim(
        "`std`, `bound`, `backward_factor`의 값과 비교",
        "against `std`, `bound`, `backward_factor`",
        grids.SLOPED_CONVOLUTION,
        sloped,
    ),
}
