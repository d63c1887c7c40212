"""The formulas of the page on LeCun initialization."""

from collections.abc import Mapping

import weightinit as wi

from .. import grids, spaces
from ..texmath import Indexed
from . import Claim, Letters
from .signal import chances, normal
from .xavier import fans, rule, uniform


def parts(k: int) -> Mapping[str, object]:
    """The parts p of exponentials, and the distribution function of the normal distribution."""
    return {"k": k, "p": Indexed(spaces.below_zero), "Phi": spaces.normal_cdf}


def exponential(case: tuple[int, float]) -> Mapping[str, object]:
    """The same, and where the integral ends."""
    k, end = case
    return {**parts(k), "b": end}


def bend(case: grids.Bend) -> Mapping[str, object]:
    """A scaled exponential linear unit with any two constants."""
    u, _ = spaces.standard_gaussian()
    return {
        "phi": spaces.bent(*case),
        "alpha": case.alpha,
        "lambda": case.scale,
        "p": Indexed(spaces.below_zero),
        "u": u,
        "v": spaces.sizes_of_gaussian(),
    }


def selu(_: None) -> Mapping[str, object]:
    """SELU with the package's constants, and the slope s of its length map."""
    alpha, scale = spaces.selu_constants()
    return {
        **normal("selu")(None),
        "alpha": alpha,
        "lambda": scale,
        "p": Indexed(spaces.below_zero),
        "s": spaces.selu_slope(),
    }


def curvature(x: float) -> Mapping[str, object]:
    """LeCun's tanh and both derivatives at x, where tanh of two thirds of x is t."""
    phi = wi.activation("lecun_tanh")
    return {
        "phi": phi.f,
        "phi'": phi.df,
        "phi''": spaces.lecun_bend,
        "x": x,
        "t": spaces.shrunk_tanh(x),
    }


def sharpest(_: None) -> Mapping[str, object]:
    """The same where the bend is sharpest."""
    return curvature(spaces.sharpest_bend())


def unstandardized(pair: grids.Pair) -> Mapping[str, object]:
    """Inputs whose mean is not 0: second moment m, share r of the mean in it, and q behind the first layer."""
    moment, share = spaces.two_valued()
    variance = wi.variance("lecun", *pair)
    return {
        "m": moment,
        "r": share,
        "n_in": pair.fan_in,
        "sigma": wi.std("lecun", *pair),
        "q": wi.length_map(moment, variance, pair.fan_in),
    }


def integrated(activation: str, letters: Letters) -> Claim:
    """A statement about one activation function at a standard normal input."""
    return Claim(
        f"`activation('{activation}')`을 표준 정규 분포에서 적분한 값과 비교",
        f"against `activation('{activation}')`, integrated over a standard normal u",
        grids.ONCE,
        letters,
        weights=chances,
    )


CLAIMS: dict[str, Claim] = {
    # the rule
    "lecun-normal": rule("variance('lecun', …)", fans("lecun")),
    "lecun-uniform": rule("bound('lecun', …)", uniform("lecun")),
    # LeCun's tanh
    "lecun-tanh": integrated("lecun_tanh", normal("lecun_tanh")),
    # SELU
    "lecun-exponential": Claim("양변을 적분하여 비교", "both sides, integrated", grids.EXPONENTIALS, exponential),
    "lecun-bend": Claim(
        "패키지의 `relu`와 `elu`로 만든 함수를 표준 정규 분포에서 적분한 값과 비교",
        "against functions made of the package's `relu` and `elu`, integrated over a standard normal u",
        grids.BENDS,
        bend,
        weights=chances,
    ),
    "lecun-selu": integrated("selu", selu),
    "lecun-slope": Claim(
        "양변을 `fixed_points(1.0, 'selu')`의 값과 비교",
        "both sides against `fixed_points(1.0, 'selu')`",
        grids.ONCE,
        selu,
        weights=chances,
        value=lambda _: spaces.selu_slope(),
    ),
    # check yourself
    "lecun-curvature": Claim(
        "`activation('lecun_tanh')`의 미분을 복소수 걸음으로 다시 미분하여 비교",
        "against the derivative of `activation('lecun_tanh')`, differentiated once more by a complex step",
        grids.PLACES,
        curvature,
    ),
    "lecun-sharpest": Claim(
        "`activation('lecun_tanh')`이 가장 굽는 곳을 수치로 찾아 비교",
        "against the place, found numerically, where `activation('lecun_tanh')` is bent most",
        grids.ONCE,
        sharpest,
    ),
    "lecun-inputs": Claim(
        "`std('lecun', …)`과 `length_map`의 값과 비교",
        "against `std('lecun', …)` and `length_map`",
        grids.MNIST,
        unstandardized,
    ),
}
