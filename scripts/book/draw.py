"""Draw figures into the cache: `python -m scripts.book.draw FIGURES CACHE SLUG...`, started by build.py."""

from __future__ import annotations

import io
import json
import re
import sys
import traceback
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt

from scripts.book import build, cache, figstyle, figsvg
from scripts.book.build import LANGUAGES, PACKAGE, ROOT, Drawn, Entry, FigureError, Place


def load(path: Path) -> ModuleType:
    """Run a script from its text: the compiled files that Python keeps tell edits apart by second and size alone."""
    module = ModuleType(f"scripts.figures.{path.stem}")
    module.__file__ = str(path)
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
    return module


def render(slug: str, path: Path) -> Entry:
    """Run one script. A warning is an error; so is a claim that the numbers do not bear out."""
    with warnings.catch_warnings():
        for category in (UserWarning, RuntimeWarning):
            warnings.simplefilter("error", category)
        script = load(path)
        # What is drawn is what is stored: the numbers take the way through the file before they are used.
        data = json.loads(json.dumps(script.compute(), allow_nan=False))
        claims = script.claims(data)
        false = [claim for claim, holds in claims.items() if not holds]
        if false:
            raise FigureError(
                f"no longer true: {'; '.join(false)}; mend caption and alt, or what changed the numbers"
            )
        return Entry(data, list(claims), {lang: drawn(script, slug, data, lang) for lang in LANGUAGES})


def drawn(script: ModuleType, slug: str, data: dict[str, Any], lang: str) -> Drawn:
    figstyle.use_style(hashsalt=slug)
    figure = script.draw(data, lang)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    plt.close(figure)
    caption, alt = script.caption(data, lang), script.alt(data, lang)
    # The caption's first sentence names the figure.
    title = re.split(r"(?<=\.)\s", caption, maxsplit=1)[0].removesuffix(".")
    return Drawn(figsvg.inline(buffer.getvalue(), slug, title, alt, figstyle.VARIABLES), caption, alt)


def write(slug: str, key: str, place: Place) -> None:
    """Draw one figure into the cache; its drawings of earlier keys go."""
    entry = render(slug, build.scripts(place)[slug])
    target = build.path(slug, key, place)
    cache.store(target, json.dumps(entry, ensure_ascii=False).encode())
    for old in set(place.cache.glob(f"{slug}-*")) - {target}:
        if re.fullmatch(rf"{slug}-[0-9a-f]+", old.name):
            old.unlink(missing_ok=True)


def explain(error: Exception, path: Path) -> str:
    """One line for the author: which script, which line, what happened, what to do."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame.lineno for frame in frames if frame.filename == str(path)]
    line = own[-1] if own else _start(error, path)
    shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
    if isinstance(error, FigureError):
        return f"{shown}:{line}: {error}"
    inner, where = Path(frames[-1].filename), ""
    if inner.is_relative_to(PACKAGE):
        where = f" (in {inner.relative_to(ROOT).as_posix()}:{frames[-1].lineno})"
    return f"{shown}:{line}: {type(error).__name__}: {error}{where}; {_remedy(error)}"


def _start(error: Exception, path: Path) -> int:
    """The line to look at when the error arose outside the script: the function whose result was at fault."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    function = "claims" if isinstance(error, FigureError) else "compute" if "JSON" in str(error) else "draw"
    before, found, _ = path.read_text(encoding="utf-8").partition(f"def {function}(")
    return before.count("\n") + 1 if found else 1


def _remedy(error: Exception) -> str:
    message = str(error)
    if "missing from" in message and "Glyph" in message:
        return "use a character that the font in docs/shared/vendor/font has"
    if "JSON" in message:
        return "compute() returns finite floats, ints, strings, bools, lists and dicts only"
    return "mend the script, then build again"


def main(arguments: list[str]) -> None:
    place = Place(Path(arguments[0]), Path(arguments[1]))
    for slug in arguments[2:]:
        path = build.scripts(place)[slug]
        try:
            write(slug, build.keys(place)[slug], place)
        except Exception as error:
            raise SystemExit(explain(error, path)) from error


if __name__ == "__main__":
    main(sys.argv[1:])
