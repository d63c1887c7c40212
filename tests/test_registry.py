"""The registry holds the documented schemes, and answers every other name with the one used here.
등록된 초기화 방법이 문서와 같고, 다른 이름을 쓰면 여기서 쓰는 이름을 알려 주는지 확인합니다."""

import math

import numpy as np
import pytest

import weightinit
from tests.support import refused
from weightinit import SCHEMES, Scheme, bound, initialize, std, variance
from weightinit.schemes import registry

ALL = "expected one of 'xavier', 'he', 'lecun', 'fan_in_uniform'"
FAMILIES = {"xavier": "xavier", "glorot": "xavier", "he": "he", "kaiming": "he", "lecun": "lecun"}
FORMS = ["normal", "uniform", "truncated_normal"]
# Names of functions that follow no rule of the fans, here and elsewhere.
RULELESS = {
    "random_normal": "random_normal",
    "normal": "random_normal",
    "random_uniform": "random_uniform",
    "uniform": "random_uniform",
    "random_truncated_normal": "random_truncated_normal",
    "truncated_normal": "random_truncated_normal",
    "trunc_normal": "random_truncated_normal",
    "zeros": "zeros",
    "ones": "ones",
    "constant": "constant",
    "identity": "identity",
    "eye": "identity",
    "dirac": "dirac",
    "orthogonal": "orthogonal",
    "delta_orthogonal": "delta_orthogonal",
    "sparse": "sparse",
    "lsuv": "lsuv",
    "from_pretrained": "from_pretrained",
    "pretrained": "from_pretrained",
}
NEAREST = {
    **{name: repr(ours) for name, ours in FAMILIES.items() if name != ours},
    **{f"{name}_{form}": f"{ours!r} with distribution={form!r}" for name, ours in FAMILIES.items() for form in FORMS},
    "variance_scaling": "the function variance_scaling, which takes any rule of the fans",
    **{name: f"the function {ours}, which follows no rule of the fans" for name, ours in RULELESS.items()},
}
MISSPELT = {
    "kaimng": "kaiming",
    "Glorott": "glorot",
    "kaiming_uniform_": "kaiming_uniform",
    "xavier_normal_": "xavier_normal",
    "GlorotUniform": "glorot_uniform",
    "he_truncated": "he_truncated_normal",
    "VarianceScaling": "variance_scaling",
    "Orthogonal": "orthogonal",
    "orthogonal_": "orthogonal",
    "trunc_normal_": "trunc_normal",
    "TruncatedNormal": "truncated_normal",
    "RandomNormal": "random_normal",
    "Zeros": "zeros",
    "ones_": "ones",
    "eye_": "eye",
    "dirac_": "dirac",
    "sparse_": "sparse",
    "LSUV": "lsuv",
}
CALLS = [
    lambda name, **params: variance(name, 3, 4, **params),
    lambda name, **params: std(name, 3, 4, **params),
    lambda name, **params: bound(name, 3, 4, **params),
    lambda name, **params: initialize(name, (4, 3), rng=np.random.default_rng(0), **params),
    lambda name, **params: initialize(name, (4, 3), rng=np.random.default_rng(0), distribution="uniform", **params),
]


def test_the_registry_is_the_documented_one():
    identity_like = "activations that are close to the identity around 0"
    assert list(SCHEMES.values()) == [
        Scheme("xavier", 2, 1, 1, identity_like, "glorot2010", "normal"),
        Scheme("he", 2, 1, 0, "ReLU or leaky ReLU activations", "he2015", "normal"),
        Scheme("lecun", 1, 1, 0, "inputs with mean 0 and variance 1", "lecun1998", "normal"),
        Scheme("fan_in_uniform", 1 / 3, 1, 0, "nothing: a habit", "PyTorch, torch.nn.Linear", "uniform"),
    ]
    assert list(SCHEMES) == ["xavier", "he", "lecun", "fan_in_uniform"]
    assert Scheme("mine", 1, 1, 0, "", "").distribution == "normal"
    with pytest.raises(AttributeError):
        SCHEMES["he"].c = 3


@pytest.mark.parametrize("call", CALLS)
def test_other_names_are_answered_with_the_name_used_here(call):
    for name, nearest in NEAREST.items():
        with refused(ValueError, f"unknown scheme {name!r}: {ALL}; did you mean {nearest}?"):
            call(name)


@pytest.mark.parametrize("name", MISSPELT)
def test_misspelt_names_are_answered_with_the_nearest(name):
    with refused(ValueError, f"unknown scheme {name!r}: {ALL}; did you mean {NEAREST[MISSPELT[name]]}?"):
        variance(name, 3, 4)


@pytest.mark.parametrize(
    ("name", "nearest"), [("He", "he"), ("Xaiver", "xavier"), ("LeCun", "lecun"), ("fan_in", "fan_in_uniform")]
)
def test_misspelt_schemes_are_answered_with_the_scheme(name, nearest):
    with refused(ValueError, f"unknown scheme {name!r}: {ALL}; did you mean {nearest!r}?"):
        variance(name, 3, 4)


def test_the_names_that_are_answered_are_these():
    assert set(registry.ALIASES) == {*NEAREST, *FAMILIES}
    truncated = dict.fromkeys(("truncated", "trunc_normal"), "'truncated_normal'")
    assert {"gaussian": "'normal'", **truncated} == registry.DISTRIBUTION_ALIASES


@pytest.mark.parametrize("call", CALLS)
def test_parameters_that_a_scheme_does_not_take_are_refused_even_at_their_default(call):
    for name in ("xavier", "lecun", "fan_in_uniform"):
        for param, value in (("a", 0.0), ("mode", "fan_in"), ("gain", 1.0)):
            expected = "expected no parameters; only 'he' has a and mode"
            with refused(TypeError, f"scheme {name!r} takes no {param!r}: {expected}"):
                call(name, **{param: value})
    with refused(TypeError, "scheme 'he' takes no 'gain': expected a or mode"):
        call("he", a=0.1, gain=1.0)


@pytest.mark.parametrize("call", CALLS)
def test_bad_slopes_modes_and_names_are_refused(call):
    for a in (math.nan, math.inf, -math.inf):
        with refused(ValueError, f"a must be a finite number, got {a}"):
            call("he", a=a)
    for a in ("0", None, False):
        with refused(TypeError, f"a must be a finite number, got {a!r}"):
            call("he", a=a)
    with refused(ValueError, "unknown mode 'fan_inn': expected one of 'fan_in', 'fan_out'; did you mean 'fan_in'?"):
        call("he", mode="fan_inn")
    with refused(TypeError, "mode must be a name, got None: expected one of 'fan_in', 'fan_out'"):
        call("he", mode=None)
    with refused(TypeError, f"scheme must be a name, got 1.0: {ALL}"):
        call(1.0)
    with refused(ValueError, f"unknown scheme 'qqq': {ALL}"):
        call("qqq")


def test_the_functions_that_are_recommended_exist():
    assert set(RULELESS.values()) <= set(weightinit.__all__)
