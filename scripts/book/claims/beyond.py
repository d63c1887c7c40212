"""The formulas of the page on what lies beyond the rules of fans."""

from collections.abc import Callable, Mapping
from typing import Any

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters


def sigmoid_output(bias: float) -> Mapping[str, object]:
    """A sigmoid output without inputs: its bias, and the probability p that the package computes."""
    return {"b": bias, "p": spaces.gate(bias)}


def branch(pair: grids.Pair) -> Mapping[str, object]:
    """A layer that is added to its own input: x and z as in `layer`."""
    one = spaces.layer(pair)
    return {"x": one.x, "z": one.z, "j": grids.FIRST}


def residual(rule: str) -> Letters:
    """The second moment of a residual stream, block by block."""
    return lambda case: {"L": case.blocks, "l": grids.FIRST, "m": spaces.stream(rule, case.blocks)}


def of(letters: Callable[[Any], Mapping[str, object]]) -> Callable[[Any], Any]:
    """The chances of the outcomes that go with the letters."""
    return lambda case: letters(case)["weights"]


def column(count: int) -> Mapping[str, object]:
    """Two columns of weights, k and l."""
    w, _ = spaces.columns(count)
    return {"w": w, "n": count, "k": grids.FIRST, "l": grids.SECOND}


def wide(case: grids.Branches) -> Mapping[str, object]:
    """The spread of products of very wide layers."""
    a, _ = spaces.spread_of_products(grids.VERY_WIDE)
    return {"a": a, "L": case.blocks}


def stream_claim(rule: str) -> Claim:
    """How a residual stream grows."""
    return Claim(
        "블록마다 `forward_factor`를 더해 얻은 값과 비교",
        "against `forward_factor`, added block by block",
        grids.RESIDUAL,
        residual(rule),
    )


def normalized_claim() -> Claim:
    """An identity about a normalized layer."""
    return Claim(
        "층 정규화를 넣은 작은 신경망의 손실과 그래디언트를 `cross_entropy`와 `weight_gradients`로 구해 비교",
        "a small network with layer normalization: its loss and gradient by `cross_entropy` and `weight_gradients`",
        grids.FACTORS,
        spaces.normalized,
        weights=of(spaces.normalized),
    )


def column_claim() -> Claim:
    """A moment of two columns of weights."""
    return Claim(
        "네제곱까지의 적률이 정규 분포와 같은 세 값을 빠짐없이 조합하여 비교",
        "over every combination of three values that have the moments of the normal distribution up to the fourth",
        grids.COLUMNS,
        column,
        weights=spaces.column_weights,
    )


CLAIMS: dict[str, Claim] = {
    # biases
    "beyond-prior": Claim(
        "`activation('sigmoid')`의 값과 비교", "against `activation('sigmoid')`", grids.GATE_BIASES, sigmoid_output
    ),
    "beyond-rare": Claim(
        "시그모이드가 0.01이 되는 편향과 비교",
        "against the bias at which the sigmoid is 0.01",
        grids.ONCE,
        lambda _: {},
        value=lambda _: spaces.logit(grids.RARE),
    ),
    "beyond-forget": Claim(
        "게이트의 값 `activation('sigmoid')`을 세 번 곱한 것과 비교",
        "against three factors of the gate, `activation('sigmoid')`",
        grids.GATE_BIASES,
        spaces.forgetting,
    ),
    "beyond-memory": Claim(
        "`activation('sigmoid')`의 값과 비교", "against `activation('sigmoid')`", grids.MEMORIES, spaces.memory
    ),
    # the output layer
    "beyond-even": Claim(
        "출력이 모두 0일 때 `cross_entropy`의 값과 비교",
        "against `cross_entropy` of outputs that are all zero",
        grids.CLASSES,
        lambda classes: {"K": classes},
        value=spaces.guess,
    ),
    "beyond-loud": Claim(
        "정규 분포를 따르는 세 출력의 손실을 `cross_entropy`로 구해 적분하여 비교",
        "the loss of three normal outputs, by `cross_entropy`, integrated",
        grids.ONCE,
        lambda _: spaces.loud_outputs(),
        weights=lambda _: spaces.loud_outputs()["weights"],
    ),
    # orthogonal weights
    "beyond-orthogonal": Claim(
        "`orthogonal`로 뽑은 층에 입력 하나를 넣어 비교",
        "one input through a layer drawn by `orthogonal`",
        grids.WIDENING,
        spaces.rotated,
    ),
    # truncated normal
    "beyond-parts": Claim("양변을 적분하여 비교", "both sides, integrated", grids.ONCE, lambda _: {}),
    "beyond-truncated": Claim(
        "`truncated_std(2)`의 값과 비교",
        "against `truncated_std(2)`",
        grids.ONCE,
        lambda _: {},
        value=lambda _: wi.truncated_std(),
    ),
    # normalization
    "beyond-normalized": normalized_claim(),
    "beyond-invariant": normalized_claim(),
    "beyond-gradient": normalized_claim(),
    "beyond-step": normalized_claim(),
    # residual networks
    "beyond-branch": Claim(
        "작은 층의 모든 경우를 하나씩 세어 비교",
        "each side over every outcome of a small layer",
        grids.SMALL,
        branch,
        weights=lambda pair: spaces.layer(pair).weights,
    ),
    "beyond-doubling": stream_claim("he"),
    "beyond-shared": stream_claim("shared"),
    "beyond-counted": stream_claim("normalized"),
    "beyond-fixup-step": Claim(
        "마지막 층이 0인 가지에서 한 걸음 뒤의 출력을 `forward`와 `weight_gradients`로 구해 비교",
        "the output of a branch that ended in zeros after one step, by `forward` and `weight_gradients`",
        grids.RESIDUAL,
        spaces.branch_step,
    ),
    "beyond-fixup": Claim(
        "한 걸음의 합이 깊이와 무관하다는 조건의 양변을 비교",
        "both sides of the condition that all branches together move as one",
        grids.RESIDUAL,
        spaces.branch_step,
    ),
    # Transformers
    "beyond-unscaled": Claim(
        "가지마다 `forward_factor`를 더해 얻은 값과 비교",
        "against `forward_factor`, added branch by branch",
        grids.RESIDUAL,
        spaces.additions,
    ),
    "beyond-scaled": Claim(
        "가지마다 `forward_factor`를 더해 얻은 값과 비교",
        "against `forward_factor`, added branch by branch",
        grids.RESIDUAL,
        spaces.additions,
    ),
    "beyond-deepnorm": Claim(
        "두 상수를 넣어 양변을 비교", "both sides, with the two constants", grids.RESIDUAL, spaces.deepnorm
    ),
    "beyond-adam": Claim(
        "그래디언트의 부호로 한 걸음 움직인 층의 `forward`와 비교",
        "against `forward` of a layer moved one step by the signs of its gradient",
        grids.ADAM_WIDTHS,
        spaces.adam_step,
    ),
    # check yourself
    "beyond-apart": column_claim(),
    "beyond-alike": column_claim(),
    "beyond-recursion": Claim(
        "2×2 가중치 두 층의 모든 경우를 하나씩 세어 비교",
        "over every outcome of two layers of 2 by 2 weights",
        grids.ONCE,
        lambda _: spaces.products(),
    ),
    "beyond-wide": Claim(
        "너비를 아주 크게 하여 점화식으로 얻은 값과 비교",
        "against the recursion at a very large width",
        grids.RESIDUAL,
        wide,
    ),
    "beyond-hundred": Claim(
        "기억할 걸음 수에서 얻은 편향과 비교",
        "against the bias for the number of steps to remember",
        grids.ONCE,
        lambda _: {},
        value=lambda _: spaces.hundred_steps(),
    ),
}
