"""The formulas of the page on pretrained weights."""

from collections.abc import Mapping

from .. import grids, spaces
from . import Claim


def few_examples(count: int) -> Mapping[str, object]:
    """A few examples of one class, their mean u, the standard deviations s, the summed variance S, a distance D."""
    stds = spaces.feature_stds(count)
    return {
        "n": count,
        "m": len(stds),
        "j": len(stds),
        "h": spaces.examples(count).h,
        "u": spaces.example_means(count),
        "s": stds,
        "S": spaces.whole_variance(count),
        "D": spaces.SPREAD,
        "R": spaces.separation(count),
    }


def counted(widths: tuple[int, ...]) -> Mapping[str, object]:
    """A network's widths and how many numbers its layers have."""
    counts = spaces.parameter_counts(widths)
    return {"n": spaces.widths(widths), "L": len(counts), "P": counts, "N": sum(counts)}


STEP = Claim(
    "작은 과제에서 `cross_entropy`, `weight_gradients`, `bias_gradients`, `train`, `forward`가 내놓은 값으로 양변을 "
    "계산하여 비교",
    "both sides from what `cross_entropy`, `weight_gradients`, `bias_gradients`, `train` and `forward` give for small "
    "tasks",
    grids.NEW_TASKS,
    spaces.zero_output,
)
EXAMPLES = Claim(
    "예가 될 수 있는 모든 경우를 하나씩 세어 양변을 비교",
    "both sides over everything that a few examples may be",
    grids.FEW,
    few_examples,
    weights=lambda count: spaces.examples(count).weights,
)

CLAIMS: dict[str, Claim] = {
    # how many numbers
    "pretrained-count": Claim(
        "`random_network`가 만든 배열의 성분을 세어 비교",
        "against a count of the entries that `random_network` draws",
        grids.COUNTED_NETWORKS,
        counted,
    ),
    # the first step
    "pretrained-samples": STEP,
    "pretrained-gradient": STEP,
    "pretrained-bias": STEP,
    "pretrained-step": STEP,
    "pretrained-output": STEP,
    # how far a mean of few examples is off
    "pretrained-mean": EXAMPLES,
    "pretrained-mean-sum": EXAMPLES,
    "pretrained-ratio": EXAMPLES,
    # check yourself
    "pretrained-other-mean": Claim(
        "`forward`의 값과 비교", "against `forward`", grids.ONCE, lambda _: spaces.other_mean()
    ),
    "pretrained-exercise-count": Claim(
        "`random_network`가 만든 배열의 성분을 세어 비교",
        "against a count of the entries that `random_network` draws",
        grids.COUNTED_EXERCISE,
        counted,
    ),
}
