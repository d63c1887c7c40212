"""Read the notebook scripts: code cells that both languages share, and Markdown cells in pairs."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .pages import LANGUAGES, ROOT

FOLDER = ROOT / "docs" / "shared" / "notebooks"
#: The notebooks in the order of the book; the name is also the page's.
NAMES = ("measure", "train")
HEADER = re.compile(r'# %%(?P<markdown> \[markdown\])?(?P<options>(?: \w+="[^"]*")*)')


class Cell(NamedTuple):
    """One cell of the script; `lang` is empty for code, which both languages share."""

    line: int  # of the cell's header
    lang: str
    text: str
    alt: dict[str, str]  # what the plot of a code cell shows, by language


def cells(text: str, where: str) -> list[Cell]:
    """Read a percent script; each Korean cell must be followed by its English twin."""
    found: list[Cell] = []
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        header = HEADER.fullmatch(lines[start])
        if not header:
            raise ValueError(
                f'{where}:{start + 1}: cannot read {lines[start]!r}; write # %% [markdown] lang="ko"'
            )
        options = dict(re.findall(r'(\w+)="([^"]*)"', header["options"]))
        body = lines[start + 1 : end]
        if header["markdown"]:
            body = [line.removeprefix("#").removeprefix(" ") for line in body]
        alt = {lang: options.pop(f"alt_{lang}") for lang in LANGUAGES if f"alt_{lang}" in options}
        found.append(Cell(start + 1, options.pop("lang", ""), "\n".join(body).strip(), alt))
        if options or bool(header["markdown"]) != (found[-1].lang in LANGUAGES) or len(alt) == 1:
            raise ValueError(
                f'{where}:{start + 1}: a Markdown cell has lang="ko" or lang="en", a code cell nothing or'
                " both alt_ko and alt_en; change its first line"
            )
    for previous, cell in zip([Cell(0, "", "", {}), *found], [*found, Cell(0, "", "", {})], strict=True):
        if previous.lang == "ko" and cell.lang != "en":
            raise ValueError(f"{where}:{previous.line}: this Korean cell has no English twin; write it below")
        if cell.lang == "en" and previous.lang != "ko":
            raise ValueError(f"{where}:{cell.line}: this English cell has no Korean twin; write it above")
    return found


def path(name: str) -> Path:
    return FOLDER / f"{name}.py"


def where(name: str) -> str:
    """The script as messages name it."""
    return path(name).relative_to(ROOT).as_posix()


def read(name: str) -> list[Cell]:
    """The cells of one of the book's notebooks."""
    return cells(path(name).read_text(encoding="utf-8"), where(name))


def front_matter(name: str) -> dict[str, Any]:
    """What the comment says that opens the script: title and description by language, and what to install."""
    match = re.match(r"# ---\n(.*?)\n# ---\n", path(name).read_text(encoding="utf-8"), re.DOTALL)
    if not match:
        raise ValueError(f"{where(name)}:1: no front matter; begin with # --- and the keys ko, en and install")
    fields: dict[str, Any] = yaml.safe_load(re.sub(r"^# ?", "", match[1], flags=re.MULTILINE))
    return fields
