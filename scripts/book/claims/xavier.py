"""The formulas of the page on Xavier initialization."""

from collections.abc import Callable, Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters


def fans(scheme: str) -> Letters:
    """The letters of a rule: both fans, sigma, the limit a, both forms, the two factors and the two wishes u, v."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        variance, limit = wi.variance(scheme, *pair), wi.bound(scheme, *pair)
        return {
            "n_in": pair.fan_in,
            "n_out": pair.fan_out,
            "sigma": wi.std(scheme, *pair),
            "a": limit,
            "W": spaces.centered_normal(variance),
            "W'": spaces.symmetric_uniform(limit),
            "f": wi.forward_factor(variance, pair.fan_in),
            "b": wi.backward_factor(variance, pair.fan_out),
            "u": wi.variance("lecun", *pair),
            "v": wi.variance("he", *pair, **grids.BACKWARD_RULE),
        }

    return letters


def uniform(scheme: str) -> Letters:
    """The same, with W drawn from the uniform form."""
    return lambda pair: {**fans(scheme)(pair), "W": spaces.symmetric_uniform(wi.bound(scheme, *pair))}


def shape_fans(pair: grids.Pair) -> wi.Fans:
    """What the package counts in an array of this layer's shape."""
    return wi.fans((pair.fan_out, pair.fan_in))


def backward_fans(pair: grids.Pair) -> Mapping[str, object]:
    """The letters of the rule that keeps gradients."""
    return {"n_out": pair.fan_out, "sigma": wi.std("he", *pair, **grids.BACKWARD_RULE)}


def mean_of_wishes(kind: str) -> Letters:
    """The two factors if another mean of the two wishes were the variance."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        forward, backward = wi.variance("lecun", *pair), wi.variance("he", *pair, **grids.BACKWARD_RULE)
        variance = spaces.mean(kind, forward, backward)
        return {
            **fans("xavier")(pair),
            "f": wi.forward_factor(variance, pair.fan_in),
            "b": wi.backward_factor(variance, pair.fan_out),
        }

    return letters


def std_as_limit(pair: grids.Pair) -> Mapping[str, object]:
    """The mistake of taking the standard deviation for the limit."""
    return {**fans("xavier")(pair), "W": spaces.symmetric_uniform(wi.std("xavier", *pair))}


def outcomes(pair: grids.Pair) -> Any:
    """The probabilities of a small layer's outcomes."""
    return spaces.layer(pair).weights


def layer(scheme: str = "xavier", shifted: bool = False) -> Letters:
    """A small layer of which every outcome is enumerated; z and g come from the package's forward and backward."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        one = spaces.layer(pair, scheme, shifted)
        return {
            "n_in": pair.fan_in,
            "n_out": pair.fan_out,
            "i": pair.fan_in,
            "j": pair.fan_out,
            "k": grids.FIRST,
            "sigma": wi.std(scheme, *pair),
            "mu": one.mean,
            "w": one.w,
            "x": one.x,
            "z": one.z,
            "delta": one.delta,
            "g": one.g,
            "m": spaces.mean_moment(one.x, pair.fan_in, one.weights),
            "d": spaces.mean_moment(one.delta, pair.fan_out, one.weights),
        }

    return letters


def activation(name: str) -> Letters:
    """phi and its slope."""
    phi = wi.activation(name)
    return lambda _: {"phi": phi.f, "phi'": phi.df}


def gaussian(name: str) -> Letters:
    """phi, and z from a normal distribution."""
    return lambda _: {**activation(name)(_), "z": spaces.gaussian().z}


def two(_: None) -> Mapping[str, object]:
    """Two independent variables."""
    return {"X": spaces.two().x, "Y": spaces.two().y}


def equal_layers(case: grids.Deep) -> Mapping[str, object]:
    """Linear layers of equal width: n, sigma, L, and the moments m by the package's recursion."""
    moments = spaces.activation_moments(case, "linear")
    return {"n": case.width, "sigma": case.std, "L": case.depth, "m": moments}


def relu_layers(case: grids.Deep) -> Mapping[str, object]:
    """ReLU layers of equal width under Xavier."""
    return {"m": spaces.activation_moments(case, "relu")}


def rule(call: str, letters: Letters, **more: Any) -> Claim:
    """A formula about fans, compared with a call for every pair of fans."""
    return Claim(f"양변을 `{call}`의 값과 비교", f"each side against `{call}`", grids.PAIRS, letters, **more)


def small_layer(shifted: bool = False) -> Claim:
    """An identity about one layer."""
    return Claim(
        "작은 층의 모든 경우를 하나씩 세어, `forward`와 `backward`로 얻은 기댓값과 비교",
        "each side over every outcome of a small layer run through `forward` and `backward`",
        grids.SMALL,
        layer(shifted=shifted),
        weights=outcomes,
    )


def value(call: str, of: Callable[[grids.Pair], float], cases: list[grids.Pair]) -> Claim:
    """A bare expression that must equal one value."""
    return Claim(f"`{call}`의 값과 비교", f"against `{call}`", cases, fans("xavier"), value=of)


def at_origin(name: str) -> Claim:
    """The value or slope of an activation function at zero."""
    return Claim(
        f"`activation('{name}')`의 값과 비교", f"against `activation('{name}')`", grids.ONCE, activation(name)
    )


TWO = Claim(
    "독립인 두 확률변수의 모든 경우를 세어 양변을 비교",
    "both sides over every outcome of two independent variables",
    grids.ONCE,
    two,
    weights=lambda _: spaces.two().weights,
)

HALF = Claim(
    "정규 분포를 따르는 z에서 양변을 적분하여 비교",
    "both sides integrated over a normal z",
    grids.ONCE,
    gaussian("relu"),
    weights=lambda _: spaces.gaussian().weights,
)
CLAIMS: dict[str, Claim] = {
    # the names of the fans
    "fan-in": value("fans((fan_out, fan_in)).fan_in", lambda p: shape_fans(p).fan_in, grids.PAIRS),
    "fan-out": value("fans((fan_out, fan_in)).fan_out", lambda p: shape_fans(p).fan_out, grids.PAIRS),
    # the two wishes
    "forward-variance": value("variance('lecun', …)", lambda p: wi.variance("lecun", *p), grids.PAIRS),
    "backward-variance": value(
        "variance('he', …, a=1, mode='fan_out')",
        lambda p: wi.variance("he", *p, **grids.BACKWARD_RULE),
        grids.PAIRS,
    ),
    "sum-size": value(
        "forward_factor", lambda p: spaces.size_factor(wi.variance("xavier", *p), p.fan_in), grids.PAIRS
    ),
    "forward-condition": rule("std('lecun', …)", fans("lecun")),
    "backward-condition": rule("std('he', …, a=1, mode='fan_out')", backward_fans),
    # the derivation
    "moments-rules": TWO,
    "second-moment": TWO,
    "layer": small_layer(),
    "forward-square": small_layer(),
    "forward-moment": small_layer(),
    "mean-moment": small_layer(),
    "mean-delta": small_layer(),
    "backward-layer": small_layer(),
    "backward-moment": small_layer(),
    "weight-mean": small_layer(),
    "weight-variance": small_layer(),
    "shifted-product": small_layer(shifted=True),
    "shifted-square": small_layer(shifted=True),
    "mean-shift": small_layer(shifted=True),
    "tanh-origin": at_origin("tanh"),
    "tanh-slope": at_origin("tanh"),
    "depth-power": Claim(
        "양변을 `forward_profile`의 값과 비교",
        "both sides against `forward_profile`",
        grids.DEEP,
        equal_layers,
    ),
    # the rule
    "forward-factor": rule("forward_factor", fans("xavier")),
    "backward-factor": rule("backward_factor", fans("xavier")),
    "average-one": rule("forward_factor, backward_factor", fans("xavier")),
    "xavier-variance": rule("std('xavier', …)", fans("xavier")),
    "harmonic-mean": rule("std('xavier', …)", fans("xavier")),
    "product": rule("forward_factor, backward_factor", fans("xavier")),
    "xavier-normal": rule("variance('xavier', …)", fans("xavier")),
    "xavier-limit": rule("bound('xavier', …)", fans("xavier")),
    "xavier-uniform": rule("bound('xavier', …)", uniform("xavier")),
    "limit-condition": rule("bound('xavier', …)", fans("xavier")),
    "arithmetic-factor": rule("forward_factor", mean_of_wishes("arithmetic")),
    "geometric-factor": rule("forward_factor", mean_of_wishes("geometric")),
    "geometric-product": rule("forward_factor, backward_factor", mean_of_wishes("geometric")),
    "uniform-density": rule("bound('xavier', …)", uniform("xavier")),
    "uniform-variance": rule("bound('xavier', …)", uniform("xavier")),
    "std-as-limit": Claim(
        "범위가 `bound('xavier', …)`이어야 하는데 `std('xavier', …)`로 쓴 식",
        "the limit should be `bound('xavier', …)`; this takes `std('xavier', …)` for it",
        grids.PAIRS,
        uniform("xavier"),
        mistaken=std_as_limit,
    ),
    # where it breaks, and what came before
    "relu-half": HALF,
    "relu-slope": HALF,
    "relu-depth": Claim(
        "`forward_profile`의 값과 비교", "against `forward_profile`", grids.EQUAL, relu_layers
    ),
    "sigmoid-origin": at_origin("sigmoid"),
    "he-variance": rule("std('he', …)", fans("he")),
    "fan-in-uniform": rule("bound('fan_in_uniform', …)", fans("fan_in_uniform")),
    "fan-in-uniform-variance": value(
        "variance('fan_in_uniform', …)", lambda p: wi.variance("fan_in_uniform", *p), grids.PAIRS
    ),
    # check yourself
    "quiz-lecun": value("std('lecun', 784, 256)", lambda p: wi.std("lecun", *p), grids.MNIST),
    "quiz-limit": value("bound('xavier', 784, 256)", lambda p: wi.bound("xavier", *p), grids.MNIST),
    "quiz-xavier": value("std('xavier', 784, 256)", lambda p: wi.std("xavier", *p), grids.MNIST),
    "quiz-he": value("std('he', 784, 256)", lambda p: wi.std("he", *p), grids.MNIST),
    "exercise-lecun": Claim(
        "`backward_factor`의 값과 비교", "against `backward_factor`", grids.NARROWING, fans("lecun")
    ),
    "exercise-narrowing": Claim(
        "`std`, `bound`, `forward_factor`, `backward_factor`의 값과 비교",
        "against `std`, `bound`, `forward_factor`, `backward_factor`",
        grids.NARROWING,
        fans("xavier"),
    ),
}
