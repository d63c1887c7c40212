"""What several test modules need: a seeded generator, refusals, and the units of a weight array.
여러 테스트가 함께 쓰는 것: 시드를 준 난수 생성기, 거절의 확인, 가중치 배열에서 유닛을 꺼내는 함수."""

import re

import numpy as np
import pytest

Z = 5.85  # standard errors: a false alarm has probability below 1e-8
ODDS = 1e-3, 1e-8  # p-values: above the first the laws agree, below the second they do not


def rng(seed=0):
    return np.random.default_rng(seed)


def refused(kind, message):
    """The call must raise exactly this."""
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def units(weights, layout="out_in"):
    """One row for each output unit, one column for each incoming weight."""
    if layout == "out_in":
        return weights.reshape(weights.shape[0], -1)
    return np.moveaxis(weights, -1, 0).reshape(weights.shape[-1], -1)
