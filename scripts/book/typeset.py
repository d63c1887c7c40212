"""Set lines well: what belongs together stays on one line, and cells with sentences get room for words."""

import re

PIECE = re.compile(
    r"<(?P<skipped>pre|script|svg)\b.*?</(?P=skipped)>"
    r'|(?P<atom><span class="arithmatex"[^>]*>\\\(.*?\\\)</span>|<code>[^<]{1,24}</code>)?'
    r"(?P<mark><!-- ?(?:eq-wrong|eq|num|skip): .*?-->)?",
    re.DOTALL,
)
START = re.compile(r'<(?=pre\b|script\b|svg\b|span class="arithmatex"|code>|!--)')
BEFORE = re.compile(r"[^\s<>&;]{1,12}\Z")
AFTER = re.compile(r"[^\s<>&]{1,12}")
CELL = re.compile(r"<td((?: style=\"[^\"]*\")?)>(.*?)</td>", re.DOTALL)
SENTENCE = 24  # characters; a cell with more is a sentence, not a name or number


def glue(page: str) -> str:
    """Keep a formula, code or marked number on one line with the particle or punctuation that touches it.

    Works on a page whose formulas are still TeX and whose marks are still comments. A browser may break a line
    before and after a formula or a mark, whatever touches it. Long code is left to break.
    """
    pieces, done, position = [], 0, 0
    while start := START.search(page, position):
        piece = PIECE.match(page, start.start())
        if piece is None or piece.end() == piece.start():
            position = start.end()
            continue
        position = piece.end()
        before = BEFORE.search(page, max(done, piece.start() - 12), piece.start())
        after = AFTER.match(page, position)
        if piece["skipped"] or not (before or after or (piece["atom"] and piece["mark"])):
            continue
        first, position = before.start() if before else piece.start(), after.end() if after else position
        pieces += [page[done:first], f'<span class="wi-join">{page[first:position]}</span>']
        done = position
    return "".join(pieces) + page[done:]


def widen(page: str) -> str:
    """Name the cells that hold sentences: a style sheet cannot tell them from those that hold numbers."""

    def named(match: re.Match[str]) -> str:
        long = len(re.sub("<[^>]*>", "", match[2])) > SENTENCE
        return f'<td{match[1]} class="wi-wide">{match[2]}</td>' if long else match[0]

    return CELL.sub(named, page)
