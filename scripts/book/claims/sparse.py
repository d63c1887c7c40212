"""The formulas of the page on sparse initialization."""

from collections.abc import Mapping
from typing import Any

from .. import grids, spaces
from . import Claim, Letters


def letters_of(case: grids.Connected) -> Mapping[str, object]:
    """A layer of few connections."""
    letters, _ = spaces.sparse_layer(case)
    return letters


def outcomes(case: grids.Connected) -> Any:
    """The probabilities of its outcomes."""
    _, weights = spaces.sparse_layer(case)
    return weights


def places_of(by_input: bool = False) -> Letters:
    """The places of connections alone, counted for each unit or for each input."""

    def letters(case: grids.Connected) -> Mapping[str, object]:
        found, _ = spaces.connected_units(case, by_input)
        return found

    return letters


def chances_of(by_input: bool = False) -> Letters:
    """The probabilities of these places."""

    def weights(case: grids.Connected) -> Any:
        _, found = spaces.connected_units(case, by_input)
        return found

    return weights


def kept(activation: str) -> Letters:
    """So many connections, and the standard deviation of their weights that keeps the second moment."""
    return lambda count: {"k": count, "tau": spaces.connected_std(activation, count)}


def small_layer() -> Claim:
    """An identity about one layer."""
    return Claim(
        "작은 층에서 연결의 자리와 값을 모두 세어, `forward`와 `backward`로 얻은 기댓값과 비교",
        "each side over all places and values of a small layer run through `forward` and `backward`",
        grids.CONNECTED_SMALL,
        letters_of,
        weights=outcomes,
    )


def places(by_input: bool = False) -> Claim:
    """A statement about where connections are."""
    return Claim(
        "작은 층에서 연결의 자리를 모두 세어 비교",
        "each side over all places of the connections of a small layer",
        grids.CONNECTED_BY_INPUT if by_input else grids.CONNECTED,
        places_of(by_input),
        weights=chances_of(by_input),
    )


def independent(case: grids.Connected) -> Mapping[str, object]:
    """The mistake of taking the places of a unit for independent: each is looked at in a unit of its own."""
    letters, _ = spaces.connected_units(case)
    return {**letters, **spaces.other_unit(case)}


def rule(activation: str) -> Claim:
    """A rule for the weights of connections."""
    scheme = {"relu": "he"}.get(activation, "lecun")
    return Claim(
        f"양변을 `std('{scheme}', …)`의 값과 비교",
        f"each side against `std('{scheme}', …)`",
        grids.NUMBERS_OF_CONNECTIONS,
        kept(activation),
    )


TWIN = Claim(
    "시그모이드 신경망과 tanh 신경망을 `forward`로 계산하여 비교",
    "a sigmoid network and a tanh network, both run through `forward`",
    grids.SMALL,
    spaces.sigmoid_twin,
)

CLAIMS: dict[str, Claim] = {
    # the variance
    "sparse-split": small_layer(),
    "sparse-value": small_layer(),
    "sparse-place": small_layer(),
    "sparse-square": small_layer(),
    "sparse-variance": small_layer(),
    "sparse-cross": small_layer(),
    "sparse-together": places(),
    "sparse-independent": Claim(
        "한 뉴런의 자리를 서로 독립이라고 본 식. 자리를 모두 센 값과 다름",
        "takes the places of a unit for independent, and is not what counting all places gives",
        grids.CONNECTED,
        places_of(),
        weights=chances_of(),
        mistaken=independent,
    ),
    "sparse-forward": small_layer(),
    "sparse-backward": small_layer(),
    # the rule
    "sparse-keep": rule("tanh"),
    "sparse-keep-relu": rule("relu"),
    # how units and inputs differ
    "sparse-shared": places(),
    "sparse-alike": small_layer(),
    "sparse-unread": places(),
    "sparse-by-input": places(by_input=True),
    "sparse-by-input-none": places(by_input=True),
    # check yourself
    "sparse-tanh-sigmoid": TWIN,
    "sparse-twin": TWIN,
    "sparse-quarter": Claim(
        "`forward_factor`의 값과 비교",
        "against `forward_factor`",
        grids.SCALED_SPARSE,
        lambda case: {},
        value=lambda case: spaces.connection_factor(*case),
    ),
    "sparse-exercise": Claim(
        "`std('he', …)`의 값, 그리고 자리를 고르는 경우의 수와 비교",
        "against `std('he', …)`, and the number of ways to choose the places",
        grids.CONNECTED_MNIST,
        spaces.sparse_example,
    ),
}
