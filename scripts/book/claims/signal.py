"""The formulas of the page on how a signal crosses layers."""

from collections.abc import Callable, Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from ..texmath import Indexed
from . import Claim, Letters
from .xavier import activation


def curved(pair: grids.Pair) -> Mapping[str, object]:
    """Two layers of which every outcome is enumerated; x, z and gamma come from the package's passes."""
    one = spaces.curved_layer(pair)
    return {
        **activation(grids.CURVED)(None),
        "n_in": pair.fan_in,
        "n_out": pair.fan_out,
        "i": pair.fan_in,
        "j": pair.fan_out,
        "sigma": wi.std("xavier", *pair),
        "sigma_b": spaces.BIAS_STD,
        "w": one.w,
        "b": one.b,
        "y": one.y,
        "x": one.x,
        "z": one.z,
        "delta": one.delta,
        "gamma": one.gamma,
        "m": spaces.mean_moment(one.x, pair.fan_in, one.weights),
        "d": spaces.mean_moment(one.delta, pair.fan_out, one.weights),
    }


def net(lengths: Callable[[grids.Net], object] = spaces.net_lengths) -> Letters:
    """One layer of a network; q and d come from the package's maps, u is standard normal."""
    return lambda case: {
        **normal(case.activation)(None),
        "l": case.level,
        "n_in": case.fan_in,
        "n_out": case.fan_out,
        "sigma": case.std,
        "sigma_b": case.bias_std,
        "q": lengths(case),
        "d": spaces.net_gradients(case),
        "m": Indexed(spaces.input_moment),
    }


def normal(name: str) -> Letters:
    """An activation, and u from the standard normal distribution."""
    u, _ = spaces.standard_gaussian()
    return lambda _: {**activation(name)(None), "u": u}


def chances(_: Any) -> Any:
    """The weights of the points of u."""
    _, weights = spaces.standard_gaussian()
    return weights


def relu_rule(scheme: str) -> Letters:
    """A scheme's variance, and the factor of a ReLU layer under it."""

    def letters(pair: grids.Pair) -> dict[str, object]:
        variance = wi.variance(scheme, *pair)
        return {
            "n_in": pair.fan_in,
            "sigma": wi.std(scheme, *pair),
            "f": wi.forward_factor(variance, pair.fan_in, "relu"),
        }

    return letters


def relu_layers(case: grids.Deep) -> Mapping[str, object]:
    """Equal ReLU layers: m and d by the package's profiles, for every layer but the first and the last."""
    moments, gradients = spaces.relu_profile(case)
    return {
        "n": case.width,
        "sigma": case.std,
        "f": wi.forward_factor(case.variance, case.width, "relu"),
        "L": case.depth,
        "l": grids.INNER,
        "m": moments,
        "d": gradients,
    }


def default_biases(pair: grids.Pair) -> Mapping[str, object]:
    """What ReLU layers keep if weights and biases are both uniform with the limit 1/sqrt(fan_in)."""
    variance = wi.variance("fan_in_uniform", *pair)
    (kept,) = wi.fixed_points(wi.forward_factor(variance, pair.fan_in), "relu", variance)
    return {"n": pair.fan_in, "q": kept.q}


def until(scheme: str) -> Letters:
    """The smallest number a of a format, and the first layer L at which the size of the signal is below it."""

    def letters(precision: str) -> dict[str, object]:
        (pair,) = grids.MNIST
        factor = wi.forward_factor(wi.variance(scheme, *pair), pair.fan_in, "relu")
        number = spaces.smallest(precision)
        return {"f": factor, "a": number, "L": spaces.layers_until(number, factor)}

    return letters


def wide(case: grids.Deep) -> Mapping[str, object]:
    """How far ReLU networks of one width stray, for each depth."""
    return {"n": case.width, "L": case.depth, "S": spaces.spreads(case.width)}


def one_unit(case: grids.Deep) -> dict[str, object]:
    """The activation x of a unit whose pre-activation is normal with second moment 2m, as under He."""
    x, m = spaces.he_unit()
    return {"x": x, "m": m, "n": case.width}


def factor(scheme: str, activation: str = "relu") -> Claim:
    """A factor alone, as an answer to choose from."""
    return Claim(
        "`forward_factor`의 값과 비교",
        "against `forward_factor`",
        grids.PAIRS,
        relu_rule(scheme),
        value=lambda pair: wi.forward_factor(wi.variance(scheme, *pair), pair.fan_in, activation),
    )


def curved_claim() -> Claim:
    """An identity about one layer with an activation function and biases."""
    return Claim(
        "작은 두 층의 모든 경우를 하나씩 세어, `forward`와 `backward`로 얻은 기댓값과 비교",
        "each side over every outcome of two small layers run through `forward` and `backward`",
        grids.SMALL,
        curved,
        weights=lambda pair: spaces.curved_layer(pair).weights,
    )


def net_claim(call: str, cases: list[grids.Net] = grids.NETS) -> Claim:
    """A line of the recursion, for layers that all differ."""
    return Claim(f"양변을 `{call}`의 값과 비교", f"both sides against `{call}`", cases, net(), weights=chances)


def relu_claim(scheme: str) -> Claim:
    """A variance and its factor."""
    return Claim(
        f"`variance('{scheme}', …)`와 `forward_factor`의 값과 비교",
        f"against `variance('{scheme}', …)` and `forward_factor`",
        grids.PAIRS,
        relu_rule(scheme),
    )


def normal_claim(**more: Any) -> Claim:
    """A moment of ReLU's output."""
    return Claim(
        "표준 정규 분포에서 양변을 적분하여 비교",
        "both sides integrated over a standard normal u",
        grids.ONCE,
        normal("relu"),
        weights=chances,
        **more,
    )


def layers_claim(scheme: str, precision: list[str]) -> Claim:
    """How deep a format of numbers reaches."""
    return Claim(
        "`forward_factor`와 NumPy의 `finfo`로 계산한 값과 비교",
        "against `forward_factor` and NumPy's `finfo`",
        precision,
        until(scheme),
    )


CLAIMS: dict[str, Claim] = {
    # one layer
    "signal-layer": curved_claim(),
    "signal-bias": curved_claim(),
    "signal-forward": curved_claim(),
    "signal-backward-layer": curved_claim(),
    "signal-backward": curved_claim(),
    # from layer to layer
    "signal-normal": normal_claim(),
    "signal-length": net_claim("length_map"),
    "signal-scaled": net_claim("length_map"),
    "signal-input": Claim(
        "`length_map`에 넣은 값과 비교",
        "against what enters `length_map`",
        grids.FIRST_LAYERS,
        net(),
        value=lambda _: spaces.INPUT,
    ),
    "signal-first": net_claim("length_map", grids.FIRST_LAYERS),
    "signal-gradient": net_claim("backward_factor"),
    "signal-relu": net_claim("length_map, backward_factor", grids.RELU_NETS),
    # variance instead of the second moment
    "signal-relu-moments": normal_claim(),
    "signal-variance": Claim(
        "2차 적률이 아니라 분산이 다음 층으로 간다고 잘못 본 식",
        "this lets the variance and not the second moment reach the next layer",
        grids.UNBIASED,
        net(),
        weights=chances,
        mistaken=net(spaces.variance_lengths),
    ),
    "signal-wrong-gain": normal_claim(value=lambda _: spaces.variance_gain()),
    # depth
    "signal-depth": Claim(
        "양변을 `forward_profile`의 값과 비교",
        "both sides against `forward_profile`",
        grids.DEEP,
        relu_layers,
    ),
    "signal-he": relu_claim("he"),
    "signal-lecun": relu_claim("lecun"),
    "signal-default": relu_claim("fan_in_uniform"),
    # the fixed point of biases
    "signal-biases": Claim("`fixed_points`의 값과 비교", "against `fixed_points`", grids.PAIRS, default_biases),
    # one network of finite width
    "signal-spread": Claim(
        "양변을 `he_relu_spread`의 값과 비교", "both sides against `he_relu_spread`", grids.DEEP, wide
    ),
    "signal-fourth": Claim(
        "정규 분포에서 양변을 적분하여 비교",
        "both sides integrated over a normal pre-activation",
        grids.DEEP,
        one_unit,
        weights=chances,
    ),
    "signal-one-layer": Claim(
        "`he_relu_spread`의 값과 비교",
        "against `he_relu_spread`",
        grids.DEEP,
        one_unit,
        value=lambda case: spaces.he_square(case.width),
    ),
    # check yourself
    "signal-quiz-he": factor("he"),
    "signal-quiz-lecun": factor("lecun"),
    "signal-quiz-linear": factor("fan_in_uniform", "linear"),
    "signal-quiz-default": factor("fan_in_uniform"),
    "signal-product": curved_claim(),
    "signal-weight-gradient": Claim(
        "양변을 `forward_profile`과 `backward_profile`의 값과 비교",
        "both sides against `forward_profile` and `backward_profile`",
        grids.DEEP,
        relu_layers,
    ),
    "signal-reach": layers_claim("fan_in_uniform", [*grids.FLOAT16, *grids.FLOAT32]),
}
