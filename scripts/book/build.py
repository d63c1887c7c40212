"""Keep the drawn figures in .cache/figures: find what changed, have it drawn by a new process, read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from scripts.book import cache

ROOT = Path(__file__).resolve().parents[2]
BOOK = Path(__file__).resolve().parent
PACKAGE = ROOT / "weightinit"
FONTS = ROOT / "docs" / "shared" / "vendor" / "font"
LANGUAGES = ("ko", "en")
WORKERS = 2


class FigureError(RuntimeError):
    """A figure that cannot be drawn, or that no longer shows what its caption says."""


class Place(NamedTuple):
    """Where the scripts are and where their drawings go."""

    figures: Path
    cache: Path


class Drawn(NamedTuple):
    svg: str
    caption: str
    alt: str


class Entry(NamedTuple):
    """One figure: the numbers of `compute()`, the claims found true of them, the drawing in each language."""

    data: dict[str, Any]
    claims: list[str]
    drawn: dict[str, Drawn]


HERE = Place(ROOT / "scripts" / "figures", ROOT / ".cache" / "figures")
_entries: dict[str, Entry] = {}


def scripts(place: Place = HERE) -> dict[str, Path]:
    """Slug -> script. A name that starts with an underscore is shared by scripts and is no figure."""
    paths = sorted(place.figures.glob("*.py"))
    return {path.stem.replace("_", "-"): path for path in paths if not path.stem.startswith("_")}


def prepare(place: Place = HERE) -> dict[str, Entry]:
    """Bring every figure up to date: a few milliseconds when nothing changed.

    Raises FigureError if one cannot be drawn.
    """
    current = keys(place)
    found = {slug: read(slug, key, place) for slug, key in current.items()}
    stale = [slug for slug, entry in found.items() if entry is None]
    if stale:
        _draw(stale, place)
        found |= {slug: read(slug, current[slug], place) for slug in stale}
    entries = {slug: entry for slug, entry in found.items() if entry is not None}
    if len(entries) < len(found):
        changed = ", ".join(sorted(found.keys() - entries.keys()))
        raise FigureError(f"{changed}: changed while being drawn; build once more")
    if place == HERE:
        _entries.clear()
        _entries.update(entries)
    return entries


def entries() -> dict[str, Entry]:
    """The figures as this process's last `prepare()` left them."""
    return _entries or prepare()


def keys(place: Place = HERE) -> dict[str, str]:
    """Slug -> key. It changes with the package, the script, the drawing code, the font and the libraries."""
    made_with = repr((version("numpy"), version("matplotlib"), sys.version_info[:2]))
    drawing = [BOOK / name for name in ("build.py", "draw.py", "figstyle.py", "figsvg.py")]
    folders = ((PACKAGE, "*.py"), (place.figures, "_*.py"), (FONTS, "*.ttf"))
    files = drawing + [path for folder, names in folders for path in sorted(folder.rglob(names))]
    common = cache.key(made_with, *(part for path in files for part in (path.name, path.read_bytes())))
    return {slug: cache.key(common, path.read_bytes()) for slug, path in scripts(place).items()}


def path(slug: str, key: str, place: Place = HERE) -> Path:
    return place.cache / f"{slug}-{key}"


def read(slug: str, key: str, place: Place = HERE) -> Entry | None:
    """The cached figure, or None where it is missing or damaged."""
    stored = cache.load(path(slug, key, place))
    if stored is None:
        return None
    data, claims, drawn = json.loads(stored)
    return Entry(data, claims, {lang: Drawn(*parts) for lang, parts in drawn.items()})


def _draw(slugs: list[str], place: Place) -> None:
    """Draw in new processes: they see the package as it is on disk now, also under `mkdocs serve`."""
    print(f"drawing {len(slugs)} figure(s): {', '.join(slugs)}", file=sys.stderr, flush=True)
    # One thread each: the order of a sum, and with it the last bits, must not depend on the number of cores.
    settings = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "scripts.book.draw", str(place.figures), str(place.cache)]
    processes = [
        subprocess.Popen(
            [*command, *share],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for share in (slugs[i::WORKERS] for i in range(WORKERS))
        if share
    ]
    try:
        output = [process.communicate()[0] for process in processes]
    finally:
        for process in processes:
            process.kill()
    failed = [text.strip() for text, process in zip(output, processes, strict=True) if process.returncode]
    if failed:
        raise FigureError("\n".join(failed))
