"""The formulas of the page on symmetry."""

from collections.abc import Mapping, Sequence

from .. import grids, spaces
from . import Claim


def equal_inputs(case: grids.Start) -> Mapping[str, object]:
    """The mistake of taking all inputs for equal."""
    return spaces.hidden_layer(case, equal_inputs=True)


def network(cases: Sequence[grids.Start]) -> Claim:
    """An identity about a small network."""
    return Claim(
        "작은 신경망에서 `forward`, `backward`, `weight_gradients`, `train`이 내놓은 값으로 양변을 계산하여 비교",
        "both sides from what `forward`, `backward`, `weight_gradients` and `train` give for a small network",
        cases,
        spaces.hidden_layer,
    )


CLAIMS: dict[str, Claim] = {
    # the network and the chain rule
    "symmetry-layers": network(grids.TWINS),
    "symmetry-chain": network(grids.TWINS),
    "symmetry-bias": network(grids.TWINS),
    "symmetry-slope": Claim(
        "`activation(…).df`의 값과 비교",
        "against `activation(…).df`",
        grids.TWINS,
        spaces.hidden_layer,
        value=spaces.hidden_slope,
    ),
    "symmetry-step": network(grids.TWINS),
    # equal units
    "symmetry-equal-weights": network(grids.TWINS),
    "symmetry-equal-bias": network(grids.TWINS),
    "symmetry-equal-readout": network(grids.TWINS),
    "symmetry-equal-forward": network(grids.TWINS),
    "symmetry-equal-gradients": network(grids.TWINS),
    "symmetry-equal-after": network(grids.TWINS),
    # what differs
    "symmetry-ratio": network(grids.TWINS),
    "symmetry-all-equal": Claim(
        "모든 가중치가 같아도 입력이 다르면 그래디언트가 다른데, 입력을 모두 같다고 본 식",
        "with equal weights but different inputs the gradients differ; this takes the inputs for equal",
        grids.EQUAL_UNITS,
        spaces.hidden_layer,
        mistaken=equal_inputs,
    ),
    "symmetry-one-unit": network(grids.EQUAL_UNITS),
    # zeros
    "symmetry-zeros": network(grids.ZERO_WEIGHTS),
    "symmetry-zero-output": network(grids.ZERO_OUTPUT),
    "symmetry-even-residual": network(grids.ZERO_WEIGHTS),
    "symmetry-even-guess": Claim(
        "출력이 모두 0일 때 `cross_entropy`의 값과 비교",
        "against `cross_entropy` of outputs that are all zero",
        grids.ONCE,
        lambda _: {},
        value=lambda _: spaces.even_guess(),
    ),
    # check yourself
    "symmetry-middle": Claim(
        "가중치가 모두 같은 세 층의 신경망에서 `backward`와 `weight_gradients`가 내놓은 값으로 각 변을 계산하여 비교",
        "each side from what `backward` and `weight_gradients` give for three layers of equal weights",
        grids.ONCE,
        lambda _: spaces.equal_middle(),
    ),
    "symmetry-by-hand": Claim(
        "`forward`, `backward`, `weight_gradients`의 값과 비교",
        "against `forward`, `backward`, `weight_gradients`",
        grids.ONCE,
        lambda _: spaces.by_hand(),
    ),
}
