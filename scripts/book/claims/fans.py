"""The formulas of the page on counting fan-in and fan-out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters


def slide(case: grids.Convolution) -> Mapping[str, object]:
    """A small convolution of which every outcome is enumerated."""
    one = spaces.slides(case)
    return {
        **sizes(case),
        "j": case.outputs,
        "c": case.inputs,
        "p": one.p,
        "q": one.q,
        "r": one.r,
        "sigma": wi.std("xavier", *wi.fans(spaces.one_group(case))),
        "w": one.w,
        "x": one.x,
        "z": one.z,
        "delta": one.delta,
        "g": one.g,
        "m": one.m,
        "d": one.d,
    }


def outcomes(case: grids.Convolution) -> Any:
    """The probabilities of a small convolution's outcomes."""
    return spaces.slides(case).weights


def sizes(case: grids.Convolution) -> Mapping[str, object]:
    """What a convolution is given by."""
    return {
        "C_in": case.inputs,
        "C_out": case.outputs,
        "k": case.kernel,
        "G": case.groups,
        "s": case.stride,
    }


def counts(transposed: bool = False) -> Letters:
    """The fans as counted, connection by connection; M outputs, N inputs, P positions."""

    def letters(case: grids.Convolution) -> dict[str, object]:
        found = spaces.counted(case, transposed)
        return {
            **sizes(case),
            "n_in": found.fan_in,
            "n_out": found.fan_out,
            "M": found.outputs,
            "N": found.inputs,
            "P": found.positions,
        }

    return letters


def border(case: tuple[int, int]) -> Mapping[str, object]:
    """A zero-padded convolution along P positions; h positions on either side of the middle, k in all."""
    half, positions = case
    return {"h": half, "P": positions, "k": spaces.kernel_size(half), "n": spaces.padded(case)}


def swapped(pair: grids.Pair) -> Mapping[str, object]:
    """The two factors of a ReLU layer under He initialization that takes the fan-out for the fan-in."""
    variance = wi.variance("he", pair.fan_out, pair.fan_in)
    return {
        "n_in": pair.fan_in,
        "n_out": pair.fan_out,
        "f": wi.forward_factor(variance, pair.fan_in, "relu"),
        "b": wi.backward_factor(variance, pair.fan_out, "relu"),
    }


def both(pair: grids.Pair) -> Mapping[str, object]:
    """The two fans."""
    return {"n_in": pair.fan_in, "n_out": pair.fan_out}


def chain(widths: tuple[int, ...]) -> Mapping[str, object]:
    """Every layer of a network misread: the widths n, and the moments m by the package's recursion."""
    _, *layers = widths
    return {"n": dict(enumerate(widths)), "L": len(layers), "m": spaces.swapped_moments(widths)}


def alternating(misread: str) -> Letters:
    """Layers of one kind misread: u, the narrow width, and v, the wide one; L layers; and the moments m."""

    def letters(case: grids.Alternating) -> dict[str, object]:
        return {"u": case.narrow, "v": case.wide, "L": case.depth, "m": spaces.mixed_moments(case, misread)}

    return letters


def width(heads: grids.Heads) -> Mapping[str, object]:
    """The width of an attention layer."""
    return {"E": heads.width}


def small_slide() -> Claim:
    """An identity about one convolution."""
    return Claim(
        "작은 합성곱을 행렬로 펼쳐 `forward`와 `backward`로 계산하고, 모든 경우를 세어 비교",
        "each side over every outcome of a small convolution, unrolled and run through `forward` and `backward`",
        grids.CONVOLUTIONS,
        slide,
        weights=outcomes,
    )


def count(cases: Sequence[Any], transposed: bool = False) -> Claim:
    """A statement about how many connections there are."""
    return Claim(
        "연결을 하나씩 그려 센 값과 비교",
        "against connections drawn and counted one by one",
        cases,
        counts(transposed),
    )


def read(of: Callable[[Any], float]) -> Claim:
    """A fan, by counting connections and by what the package reads off the shape of one group."""
    return Claim(
        "연결을 하나씩 그려 센 값, 그리고 `fans`의 값과 비교",
        "against connections drawn and counted one by one, and against `fans`",
        grids.UNIT_STRIDE,
        counts(),
        value=of,
    )


def rule(call: str, cases: Sequence[Any], letters: Letters, of: Callable[[Any], float]) -> Claim:
    """An expression that must equal one value."""
    return Claim(f"`{call}`의 값과 비교", f"against `{call}`", cases, letters, value=of)


def profile(letters: Letters, cases: Sequence[Any]) -> Claim:
    """Moments after many layers."""
    return Claim("`forward_profile`의 값과 비교", "against `forward_profile`", cases, letters)


CLAIMS: dict[str, Claim] = {
    "fans-conv-layer": small_slide(),
    "fans-conv-moment": small_slide(),
    "fans-conv-back": small_slide(),
    "fans-conv-back-moment": small_slide(),
    "fans-offset": small_slide(),
    "fans-channels-in": rule(
        "fans((C_out, C_in)).fan_in",
        grids.CONVOLUTIONS,
        sizes,
        lambda case: wi.fans((case.outputs, case.inputs)).fan_in,
    ),
    "fans-channels-out": rule(
        "fans((C_out, C_in)).fan_out",
        grids.CONVOLUTIONS,
        sizes,
        lambda case: wi.fans((case.outputs, case.inputs)).fan_out,
    ),
    "fans-conv-in": rule(
        "fans((C_out, C_in, k)).fan_in",
        grids.CONVOLUTIONS,
        sizes,
        lambda case: wi.fans(spaces.one_group(case)).fan_in,
    ),
    "fans-conv-out": rule(
        "fans((C_out, C_in, k)).fan_out",
        grids.CONVOLUTIONS,
        sizes,
        lambda case: wi.fans(spaces.one_group(case)).fan_out,
    ),
    "fans-depthwise": count(grids.DEPTHWISE),
    "fans-two-ends": count(grids.COUNTED),
    "fans-sizes": count(grids.COUNTED),
    "fans-in": read(lambda case: wi.fans(spaces.one_group(case)).fan_in),
    "fans-out": read(lambda case: wi.fans(spaces.one_group(case)).fan_out),
    "fans-strided": count(grids.COUNTED),
    "fans-transposed": count(grids.COUNTED, transposed=True),
    # what a wrong count does
    "fans-swapped": Claim(
        "`forward_factor`, `backward_factor`의 값과 비교",
        "against `forward_factor`, `backward_factor`",
        grids.PAIRS,
        swapped,
    ),
    "fans-swapped-he": rule(
        "variance('he', …, mode='fan_out')",
        grids.PAIRS,
        both,
        lambda pair: wi.variance("he", *pair, mode="fan_out"),
    ),
    "fans-swapped-xavier": rule(
        "variance('xavier', fan_out, fan_in)",
        grids.PAIRS,
        both,
        lambda pair: wi.variance("xavier", pair.fan_out, pair.fan_in),
    ),
    "fans-chain": profile(chain, grids.CHAINS),
    "fans-widening": profile(alternating("widening"), grids.ALTERNATING),
    "fans-narrowing": profile(alternating("narrowing"), grids.ALTERNATING),
    "fans-fused": rule(
        "variance('xavier', *fans((3E, E)))",
        grids.HEADS,
        width,
        lambda heads: wi.variance("xavier", *wi.fans(heads.fused)),
    ),
    "fans-separate": rule(
        "variance('xavier', *fans((E, E)))",
        grids.HEADS,
        width,
        lambda heads: wi.variance("xavier", *wi.fans(heads.separate)),
    ),
    # check yourself
    "fans-border": Claim(
        "0을 덧댄 합성곱의 연결을 하나씩 그려 센 값과 비교",
        "against the connections of a zero-padded convolution, drawn and counted one by one",
        grids.PADDED,
        border,
    ),
    "fans-image": Claim(
        "`fans`와 `std('he', …)`의 값과 비교",
        "against `fans` and `std('he', …)`",
        grids.FIRST_IMAGE,
        lambda pair: {**both(pair), "sigma": wi.std("he", *pair)},
    ),
}
