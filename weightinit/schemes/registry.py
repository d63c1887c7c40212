"""The schemes that follow a rule of the fans, by name, and what other names mean here."""

from typing import NamedTuple, TypedDict

from weightinit._errors import choose, number

DISTRIBUTIONS = ("normal", "uniform", "truncated_normal")
DISTRIBUTION_ALIASES = {
    "gaussian": "'normal'",
    "truncated": "'truncated_normal'",
    "trunc_normal": "'truncated_normal'",
}
MODES = ("fan_in", "fan_out")


class Scheme(NamedTuple):
    """One rule, `Var[W] = c / (in_share * fan_in + out_share * fan_out)`, and where it comes from.

    Attributes:
        name: by which the scheme is called.
        c: numerator of the rule; for "he" with a slope it is divided by `1 + a**2`.
        in_share: weight of the fan-in in the denominator.
        out_share: weight of the fan-out in the denominator.
        assumes: what the derivation takes for granted, in words.
        source: bibliography key, or the place in words.
        distribution: what `initialize` draws unless told otherwise.
    """

    name: str
    c: float
    in_share: float
    out_share: float
    assumes: str
    source: str
    distribution: str = "normal"

    def variance(self, fan_in: int, fan_out: int) -> float:
        """Compute what the rule says for a layer with these fans."""
        return self.c / (self.in_share * fan_in + self.out_share * fan_out)


SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("xavier", 2.0, 1.0, 1.0, "activations that are close to the identity around 0", "glorot2010"),
        Scheme("he", 2.0, 1.0, 0.0, "ReLU or leaky ReLU activations", "he2015"),
        Scheme("lecun", 1.0, 1.0, 0.0, "inputs with mean 0 and variance 1", "lecun1998"),
        Scheme("fan_in_uniform", 1 / 3, 1.0, 0.0, "nothing: a habit", "PyTorch, torch.nn.Linear", "uniform"),
    )
}
"""The schemes by name."""

_FAMILIES = {"xavier": "xavier", "glorot": "xavier", "he": "he", "kaiming": "he", "lecun": "lecun"}
# Functions without a rule of the fans, each with its other names.
_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "random_normal": ("normal",),
    "random_uniform": ("uniform",),
    "random_truncated_normal": ("truncated_normal", "trunc_normal"),
    "zeros": (),
    "ones": (),
    "constant": (),
    "identity": ("eye",),
    "dirac": (),
    "orthogonal": (),
    "delta_orthogonal": (),
    "sparse": (),
    "lsuv": (),
    "from_pretrained": ("pretrained",),
}
ALIASES = {
    **{alias: repr(name) for alias, name in _FAMILIES.items()},
    **{
        f"{alias}_{drawn}": f"{name!r} with distribution={drawn!r}"
        for alias, name in _FAMILIES.items()
        for drawn in DISTRIBUTIONS
    },
    "variance_scaling": "the function variance_scaling, which takes any rule of the fans",
    **{
        alias: f"the function {name}, which follows no rule of the fans"
        for name, others in _FUNCTIONS.items()
        for alias in (name, *others)
    },
}


class HeParams(TypedDict, total=False):
    """What only "he" can be told: the slope `a` of a leaky ReLU (0.0) and the `mode` ("fan_in")."""

    a: float
    mode: str


def rule_of(name: str, params: HeParams) -> Scheme:
    scheme = SCHEMES[choose("scheme", name, SCHEMES, ALIASES)]
    accepted = ("a", "mode") if name == "he" else ()
    for param in params:
        if param not in accepted:
            expected = " or ".join(accepted) or "no parameters; only 'he' has a and mode"
            raise TypeError(f"scheme {name!r} takes no {param!r}: expected {expected}")
    if "a" in params:
        a = number("a", params["a"])
        scheme = scheme._replace(c=scheme.c / (1 + a * a))
    if "mode" in params and choose("mode", params["mode"], MODES) == "fan_out":
        scheme = scheme._replace(in_share=scheme.out_share, out_share=scheme.in_share)
    return scheme
