"""The formulas of the page that sets the schemes side by side."""

from collections.abc import Mapping, Sequence

import weightinit as wi

from .. import grids, spaces
from . import Claim, Letters


def layers(net: grids.FanInNet) -> Mapping[str, object]:
    """A network under a rule of the fan-in, all layers."""
    chain = spaces.fan_in_net(net)
    return {"c": chain.c, "n": chain.n, "sigma": chain.sigma, "q": chain.q, "d": chain.d, "L": chain.depth}


def layer(net: grids.FanInNet) -> Mapping[str, object]:
    """The same, and one layer between the first and the last."""
    return {**layers(net), "l": grids.BETWEEN}


def sigmoid(net: grids.FanInNet) -> Mapping[str, object]:
    """All layers, and the sigmoid's slope."""
    return {**layers(net), "phi'": wi.activation(net.activation).df}


def point(z: float) -> Mapping[str, object]:
    """The sigmoid, and a pre-activation."""
    phi = wi.activation("sigmoid")
    return {"phi": phi.f, "phi'": phi.df, "z": z}


def ranks(contest: grids.Contest) -> Mapping[str, object]:
    """Runs that are all alike: m of each scheme, the chance P that two schemes come apart, k schemes."""
    return {"m": contest.seeds, "k": contest.schemes, "P": spaces.chance_apart(contest.seeds)}


def pairs(contest: grids.Contest) -> Mapping[str, object]:
    """The same, and the mean number E of pairs that come apart."""
    return {**ranks(contest), "E": spaces.pairs_apart(contest)}


def many(contest: grids.Contest) -> Mapping[str, object]:
    """The same for contests too large to enumerate."""
    return {**ranks(contest), "E": spaces.many_pairs_apart(contest)}


def profile(cases: Sequence[grids.FanInNet], letters: Letters = layers) -> Claim:
    """A line about signal and gradient of a whole network."""
    return Claim(
        "각 변을 `forward_profile`과 `backward_profile`의 값과 비교",
        "each side against `forward_profile` and `backward_profile`",
        cases,
        letters,
    )


def counted(cases: Sequence[grids.Contest], letters: Letters = ranks) -> Claim:
    """A chance."""
    return Claim("모든 순서를 하나씩 세어 얻은 값과 비교", "against a count of all orders", cases, letters)


CLAIMS: dict[str, Claim] = {
    # what is known before training
    "compare-rule": profile(grids.FAN_IN_NETS, layer),
    "compare-forward": profile(grids.FAN_IN_NETS, layer),
    "compare-signal": profile(grids.FAN_IN_NETS),
    "compare-backward": profile(grids.FAN_IN_NETS, layer),
    "compare-gradient": profile(grids.FAN_IN_NETS),
    "compare-sigmoid-slope": Claim(
        "`activation('sigmoid')`의 값과 비교", "against `activation('sigmoid')`", grids.AROUND, point
    ),
    "compare-sigmoid": profile(grids.FAN_IN_SIGMOID, sigmoid),
    # what chance does
    "compare-apart": counted(grids.CONTESTS),
    "compare-five": counted(grids.FIVE_SEEDS),
    # check yourself
    "compare-pairs": counted(grids.CONTESTS, pairs),
    "compare-eight": Claim(
        "두 방법씩 모든 순서를 세어 더한 값과 비교",
        "against a count of all orders, two schemes at a time, added up",
        grids.EIGHT_SCHEMES,
        many,
    ),
    "compare-twenty": profile(grids.TWENTY_LAYERS),
}
