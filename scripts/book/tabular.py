"""How a generated table is written: labels in both languages, and a grid that carries its check mark."""

from typing import NamedTuple

from .pages import LANGUAGES


class Words(NamedTuple):
    """A label in both languages."""

    ko: str
    en: str

    def __call__(self, lang: str) -> str:
        return self[LANGUAGES.index(lang)]


def grid(name: str, head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table in a box that carries its check mark."""
    lines = [f'<div class="wi-table" id="table-{name}" markdown>', "", _row(head), _row(["---"] * len(head))]
    mark = "" if name == "tables" else f'<span data-mark="tab:{name}"></span>'
    return "\n".join([*lines, *map(_row, rows), "", mark, "</div>"])


def _row(values: list[str]) -> str:
    return "| " + " | ".join(values) + " |"
