"""What each marked formula of the book means: the letters it uses, and where it is evaluated.

One module a page. No number and no formula is written in those modules, only calls of `weightinit`: a test
refuses literals and arithmetic there.
"""

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Letters = Callable[[Any], Mapping[str, object]]


def _none(case: Any) -> None:
    return None


@dataclass(frozen=True)
class Claim:
    """What is compared: `letters` for each of `cases`; `value` if every side must equal it; `weights` of outcomes.

    A formula marked `eq-wrong` must fail with `letters` and hold with `mistaken`: it is that mistake and no other.
    """

    ko: str
    en: str
    cases: Sequence[Any]
    letters: Letters
    value: Callable[[Any], float | None] = _none
    weights: Callable[[Any], Any] = _none
    mistaken: Letters | None = None


def _joined() -> dict[str, Claim]:
    """The claims of all pages; an id has one meaning in the whole book."""
    joined: dict[str, Claim] = {}
    for module in pkgutil.iter_modules(__path__):  # each needs Claim, so that it is imported here, below
        claims: dict[str, Claim] = importlib.import_module(f"{__name__}.{module.name}").CLAIMS
        twice = joined.keys() & claims.keys()
        if twice:
            names = ", ".join(sorted(twice))
            raise ValueError(f"scripts/book/claims/{module.name}.py: {names} means something already")
        joined |= claims
    return joined


CLAIMS = _joined()


def describe(name: str, lang: str) -> str:
    """One sentence for the reader: what was compared, and for how many inputs."""
    claim = CLAIMS[name]
    count = len(claim.cases)
    if lang == "ko":
        return claim.ko + (f" (경우 {count}가지)" if count > 1 else "")
    return claim.en + (f" ({count} cases)" if count > 1 else "")


def nearest(name: str) -> str:
    """A suggestion for a misspelt id."""
    close = difflib.get_close_matches(name, CLAIMS, n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""
