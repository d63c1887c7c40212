"""The formulas of the page on errors to find."""

from collections.abc import Callable, Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters
from .signal import chances, normal
from .xavier import fans


def default(scheme: str) -> Letters:
    """The fan-in, and the standard deviation of a scheme."""
    return lambda pair: {"n_in": pair.fan_in, "sigma": wi.std(scheme, *pair)}


def gained(name: str, of: Callable[[str], float] = wi.gain) -> Letters:
    """An activation function, a standard normal u, and the gain g."""
    return lambda _: {**normal(name)(None), "g": of(name)}


def attention(shape: Callable[[grids.Heads], tuple[int, int]]) -> Letters:
    """The width E of an attention layer, and the standard deviation under Xavier of an array of this shape."""
    return lambda heads: {"E": heads.width, "sigma": wi.std("xavier", *wi.fans(shape(heads)))}


def cut(at: float) -> Mapping[str, object]:
    """P, the share that a cut leaves, and s, the standard deviation of what is left."""
    left = spaces.cut(at)
    return {"P": left.share, "s": left.std, "c": at}


def standardized(_: None) -> Mapping[str, object]:
    """A variable z that is not centered, and a positive factor k."""
    return {"z": spaces.two().x, "k": spaces.SPREAD}


def normalized(case: grids.Deep) -> Mapping[str, object]:
    """A ReLU layer with batch normalization: n, sigma, and the factor b of the gradient's second moment."""
    return {"n": case.width, "sigma": case.std, "b": spaces.normalized_factor(case)}


def wrong(ko: str, en: str, cases: Any, letters: Letters, mistaken: Letters, weights: Any = None) -> Claim:
    """A formula that fails, and the mistake that would make it true."""
    more = {} if weights is None else {"weights": weights}
    return Claim(ko, en, cases, letters, mistaken=mistaken, **more)


def right_gain(name: str) -> Claim:
    """A gain as an integral."""
    return Claim(
        f"표준 정규 분포에서 적분하여 `gain('{name}')`의 값과 비교",
        f"integrated over a standard normal u, against `gain('{name}')`",
        grids.ONCE,
        gained(name),
        weights=chances,
    )


def wrong_gain(name: str) -> Claim:
    """A customary gain in the place of the computed one."""
    return wrong(
        f"`gain('{name}')`이어야 하는데 `convention_gain('{name}')`으로 쓴 식",
        f"should be `gain('{name}')`; this takes `convention_gain('{name}')` for it",
        grids.ONCE,
        gained(name),
        gained(name, wi.convention_gain),
    )


CLAIMS: dict[str, Claim] = {
    "errors-xavier": wrong(
        "`std('xavier', …)`이어야 하는데 `std('lecun', …)`로 쓴 식",
        "should be `std('xavier', …)`; this takes `std('lecun', …)` for it",
        grids.PAIRS,
        fans("xavier"),
        fans("lecun"),
    ),
    "errors-default": wrong(
        "`std('fan_in_uniform', …)`이어야 하는데 `std('he', …)`로 쓴 식",
        "should be `std('fan_in_uniform', …)`; this takes `std('he', …)` for it",
        grids.PAIRS,
        default("fan_in_uniform"),
        default("he"),
    ),
    "errors-tanh": wrong_gain("tanh"),
    "errors-tanh-gain": right_gain("tanh"),
    "errors-selu": wrong_gain("selu"),
    "errors-selu-gain": right_gain("selu"),
    "errors-cut": wrong(
        "범위 ±2를 표준편차 0.02로 나눈 값이어야 하는데 2로 쓴 식",
        "should be the bound 2 over the standard deviation 0.02; this takes it for 2",
        grids.ASKED,
        lambda asked: cut(spaces.absolute_cut(asked)),
        lambda _: cut(*grids.CUTS),
    ),
    "errors-cut-at": Claim(
        "범위 ±2를 표준편차 0.02로 나눈 값과 비교",
        "against the bound 2 over the standard deviation 0.02",
        grids.ASKED,
        lambda asked: cut(spaces.absolute_cut(asked)),
    ),
    "errors-cut-std": Claim(
        "양변을 적분하여 `truncated_std(2)`의 값과 비교",
        "integrated, against `truncated_std(2)`",
        grids.CUTS,
        cut,
    ),
    "errors-normalized": Claim(
        "평균이 0이 아닌 확률변수의 모든 경우를 세어 양변을 비교",
        "both sides over every outcome of a variable whose mean is not 0",
        grids.ONCE,
        standardized,
        weights=lambda _: spaces.two().weights,
    ),
    "errors-batch-factor": Claim(
        "`forward_factor`, `backward_factor`, `mean_square`에서 얻은 값과 비교",
        "against what `forward_factor`, `backward_factor` and `mean_square` give",
        grids.DEEP,
        normalized,
    ),
    "errors-fused": wrong(
        "`std('xavier', *fans((3E, E)))`이어야 하는데 모양이 `(E, E)`인 배열의 값을 쓴 식",
        "should be `std('xavier', *fans((3E, E)))`; this takes that of an array of shape `(E, E)` for it",
        grids.FUSED,
        attention(lambda heads: heads.fused),
        attention(lambda heads: heads.separate),
    ),
    # check yourself
    "errors-ratio": Claim(
        "양변을 `variance('lecun', …)`과 `variance('xavier', …)`의 비와 비교",
        "both sides against the ratio of `variance('lecun', …)` to `variance('xavier', …)`",
        grids.PAIRS,
        fans("xavier"),
        value=spaces.lecun_over_xavier,
    ),
}
