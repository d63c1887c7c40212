r"""From LaTeX source to tokens. Whatever is not listed here is refused, with its place in the source."""

import difflib
import re
from typing import NamedTuple

_LETTERS = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma
    tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell
"""
GREEK = frozenset(_LETTERS.split())
ACCENTS = frozenset((r"\hat", r"\bar", r"\tilde"))
FRACTIONS = frozenset((r"\frac", r"\tfrac", r"\dfrac"))
FUNCTIONS = frozenset((r"\exp", r"\ln", r"\sin", r"\cos", r"\tan", r"\tanh", r"\arccos", r"\max", r"\min"))
BIG = frozenset((r"\sum", r"\prod", r"\int"))
TIMES = frozenset((r"\cdot", r"\times"))
DIVIDE = frozenset(("/", r"\div"))
QUADS = frozenset((r"\quad", r"\qquad"))
ARROWS = frozenset((r"\iff", r"\Rightarrow", r"\implies"))
SYNONYMS = {r"\neq": r"\ne", r"\leq": r"\le", r"\geq": r"\ge"}
RELATIONS = frozenset(("=", "<", ">", r"\approx", r"\sim", r"\ne", r"\le", r"\ge"))

# What closes what: every bracket, bare and in every size.
BRACKETS = {"(": ")", "[": "]", r"\{": r"\}", "|": "|", r"\lvert": r"\rvert"}
SIZES = {"": ""} | {rf"\{big}": rf"\{big}" for big in ("big", "Big", "bigg", "Bigg")}
SIZES |= {rf"\{big}l": rf"\{big}r" for big in ("big", "Big", "bigg", "Bigg")} | {r"\left": r"\right"}
OPENERS = {size + left: SIZES[size] + right for size in SIZES for left, right in BRACKETS.items()}

COMMANDS = (
    ACCENTS | FRACTIONS | FUNCTIONS | BIG | TIMES | DIVIDE | QUADS | ARROWS | RELATIONS | SYNONYMS.keys()
)
COMMANDS |= {r"\sqrt", r"\lvert", r"\rvert"} | {"\\" + name for name in GREEK}
REMEDIES = {
    r"\log": r"is ambiguous: write \ln",
    r"\infty": "is not a number that can be checked",
    r"\to": "states a limit, which cannot be checked",
    r"\pm": "has two values: write two statements",
    r"\dots": r"leaves terms out: write \sum or \prod",
    r"\left": r"needs one of ( [ \{ | \lvert after it",
    r"\right": r"needs one of ) ] \} | \rvert after it",
    "*": r"is not a product sign: write \cdot",
    "!": "(factorial) is not supported",
    "%": "comments are refused, except the lines '% eq: id', '% eq-wrong: id' and '% skip: reason'",
    "\u2212": "is not the minus sign of LaTeX: type -",
}
REMEDIES |= {r"\ldots": REMEDIES[r"\dots"], r"\cdots": REMEDIES[r"\dots"]}

TOKEN = re.compile(
    r"""
    (?P<skip>   ^[ \t]*%[ ]*(?:eq|eq-wrong|skip):[ ]*\S[^\n]* | [ \t\r]+ | \n | ~ | \\[,;:!\ ] )
  | (?P<number> \d+(?:\.\d+)? )
  | (?P<letter> [A-Za-z] )
  | \\(?P<style>text|mathrm|mathit|operatorname|mathcal|mathbb)(?![A-Za-z])\s*
    (?: \{(?P<word>[^{}]*)\} | (?P<one>[A-Za-z]) )?
  | (?P<frame>   \\(?:begin|end)\s*\{[^{}]*\} )
  | (?P<newline>\\\\(?:\[-?\d+(?:\.\d+)?(?:pt|em|ex|mm)\])? )
  | (?P<size>   \\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z]) )\s*
    (?P<bracket>\\[{}]|\\[lr]vert(?![A-Za-z])|[()\[\]|])
  | (?P<command>\\[A-Za-z]+ )
  | (?P<mark>   \\[{}] | [-+/^_{}()\[\]|=<>,.&'] )
    """,
    re.VERBOSE | re.MULTILINE,
)
WORD = {"mathcal": r"[A-Z]", "mathbb": r"[A-Z]"}


class TexError(ValueError):
    """LaTeX that cannot be read or evaluated; `pos` is the offset of the place in the source."""

    def __init__(self, message: str, source: str, pos: int) -> None:
        super().__init__(message)
        self.message, self.source, self.pos = message, source, pos

    def __str__(self) -> str:
        start = self.source.rfind("\n", 0, self.pos) + 1
        line = self.source[start:].split("\n", 1)[0]
        indent = re.sub(r"[^\t]", " ", self.source[start : self.pos])
        return f"{self.message}\n    {line}\n    {indent}^"


class Token(NamedTuple):
    """One piece of LaTeX; kind is number, letter, greek, name, operator, mathcal, mathbb, mark or end."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(source: str) -> list[Token]:
    """Split `source` into tokens, the last of kind "end"; spacing and marker lines are left out."""
    tokens: list[Token] = []
    pos = 0
    while pos < len(source):
        found = TOKEN.match(source, pos)
        if found is None:
            command = re.compile(r"\\.?|.", re.DOTALL).match(source, pos)
            raise TexError(_refusal(command.group() if command else ""), source, pos)
        if not found["skip"]:
            kind, text = _classify(found, source)
            tokens.append(Token(kind, text, pos, found.end()))
        pos = found.end()
    finish = len(source.rstrip())
    return [*tokens, Token("end", "", finish, finish)]


def _classify(found: re.Match[str], source: str) -> tuple[str, str]:
    if style := found["style"]:
        return _styled(style, (found["word"] or found["one"] or "").strip(), source, found.start())
    if number := found["number"]:
        if re.match(r"0\d", number):
            raise TexError(f"number {number} begins with 0", source, found.start())
        if re.match(r"e[-+]?\d", source[found.end() :]):
            raise TexError(r"powers of ten are written 6.1 \times 10^{-17}", source, found.start())
        return "number", number
    if found["letter"]:
        return "letter", found["letter"]
    if found["newline"]:
        return "mark", r"\\"
    if frame := found["frame"]:
        if not re.fullmatch(r"\\(begin|end)\{aligned\}", frame):
            raise TexError(f"unknown environment {frame}: only aligned is supported", source, found.start())
        return "mark", frame
    if found["size"]:
        return "mark", found["size"] + found["bracket"]
    if command := found["command"]:
        if command not in COMMANDS:
            raise TexError(_refusal(command), source, found.start())
        return ("greek" if command[1:] in GREEK else "mark"), SYNONYMS.get(command, command)
    return "mark", found["mark"]


def _styled(style: str, word: str, source: str, pos: int) -> tuple[str, str]:
    if not re.fullmatch(WORD.get(style, r"[A-Za-z](?:[A-Za-z0-9-]|\\_)*"), word):
        what = "one capital letter" if style in WORD else "one name (letters, digits, - and \\_)"
        raise TexError(f"\\{style} takes {what} in braces, got {word!r}", source, pos)
    if style in WORD:
        return style, f"{style} {word}"
    return ("operator" if style == "operatorname" else "name"), word.replace(r"\_", "_")


def _refusal(text: str) -> str:
    if text in REMEDIES:
        return f"{text} {REMEDIES[text]}"
    if not text.startswith("\\"):
        return f"character {text!r} (U+{ord(text):04X}) is not supported"
    near = difflib.get_close_matches(text, sorted(COMMANDS), 1)
    return f"unknown command {text}" + (f"; did you mean {near[0]}?" if near else "")
