"""The glossary as data: its terms, how they are written, and how to find them in a sentence."""

import csv
import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .pages import ROOT

CSV = ROOT / "docs" / "shared" / "glossary.csv"

#: What may follow a Korean noun without a space and leave it the same word.
PARTICLE = (
    "은|는|이|가|을|를|의|에|로|와|과|도|만|들|별|일|인|고|며|나|라|란|다|면"
    "|으로|에서|에게|부터|까지|마다|만큼|보다|처럼|조차|마저|밖에|별로|뿐|끼리|씩|쯤|같은|같이|대로|없이"
    "|이고|이며|이나|이라|이란|라는|이라는|이라고|라고|이자|이든|든|이다|이던|이면|이라면|라면|이지만|지만"
    "|이므로|므로|이어서|여서|이라서|라서|이어야|여야|이어도|여도|인지|입니다|입니까|이었습니다|였습니다"
)
#: The verb 하다/되다 makes 초기화합니다 of 초기화: still the term, in a verb's clothes.
VERB = r"(?:하|한|할|함|합|해|했|되|된|될|됨|됩|돼|됐)[가-힣]*"
_AFTER = rf"(?:{PARTICLE}){{0,3}}(?!\w)"
AFTER_NOUN = re.compile(_AFTER)
AFTER_NOUN_OR_VERB = rf"(?={_AFTER}|{VERB}(?!\w))"


class Term(NamedTuple):
    """One entry; `also` are synonyms to be found by, `avoid` are words that the book does not use."""

    id: str
    ko: str
    en: str
    also: tuple[str, ...]
    avoid: tuple[str, ...]
    def_ko: str
    def_en: str

    def name(self, lang: str) -> str:
        return self.ko if lang == "ko" else self.en

    def definition(self, lang: str) -> str:
        return self.def_ko if lang == "ko" else self.def_en


def load(path: Path = CSV) -> dict[str, Term]:
    """Read and check the glossary; read anew at each call, so that a running server sees an edit."""
    where = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    terms: dict[str, Term] = {}
    taken: dict[tuple[str, str], str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if header != list(Term._fields):
            raise ValueError(f"{where}:1: the columns are {','.join(header)}; write {','.join(Term._fields)}")
        for row in rows:
            place = f"{where}:{rows.line_num}"
            if len(row) != len(header):
                raise ValueError(
                    f"{place}: {len(row)} fields instead of {len(header)}; quote a field that has a comma"
                )
            term = _term([field.strip() for field in row], place)
            for column in ("id", "ko", "en"):
                value = getattr(term, column)
                if (column, value) in taken:
                    raise ValueError(
                        f"{place}: {column} {value!r} is also that of {taken[column, value]!r}; change one"
                    )
                taken[column, value] = term.id
            terms[term.id] = term
    names = {term.ko: term.id for term in terms.values()}
    for term in terms.values():
        for word in names.keys() & set(term.avoid):
            raise ValueError(
                f"{where}: {term.id!r} avoids {word!r}, the name of {names[word]!r}; remove it from 'avoid'"
            )
    return terms


def _term(row: list[str], place: str) -> Term:
    key, ko, en, also, avoid, def_ko, def_en = row
    term = Term(key, ko, en, _words(also), _words(avoid), def_ko, def_en)
    for column in ("id", "ko", "en", "def_ko", "def_en"):
        if not getattr(term, column):
            raise ValueError(f"{place}: {column} of {term.id!r} is empty; write it")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", term.id):
        raise ValueError(f"{place}: id {term.id!r} is a link's end; write small letters, digits and hyphens")
    return term


def _words(field: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in field.split("|") if word.strip())


def forms(term: Term, lang: str) -> tuple[str, ...]:
    """How the term stands in a sentence: Xavier (Glorot) initialization under either name."""
    match = re.fullmatch(r"(?P<before>.+?) \((?P<inside>[^)]+)\)(?: (?P<after>.+))?", term.en)
    if lang == "ko":
        return (term.ko,)
    if not match:
        return (term.en,)
    if match["after"] is None:
        return (match["before"], match["inside"])
    return (f"{match['before']} {match['after']}", f"{match['inside']} {match['after']}")


def written(word: str) -> str:
    """The pattern of a word whose spaces may be line breaks."""
    return re.escape(word).replace(r"\ ", r"\s+")


def finder(words: Iterable[str], lang: str) -> re.Pattern[str]:
    """A pattern for whole words, the longest first, in capital or small letters; `key` reads its matches."""
    parts = [written(word) for word in sorted(set(words), key=lambda word: (-len(word), word))]
    tail = AFTER_NOUN_OR_VERB if lang == "ko" else r"(?:e?s)?(?![\w-])"
    return re.compile(rf"(?<![\w-])(?P<word>{'|'.join(parts)}){tail}", re.IGNORECASE)


def key(word: str) -> str:
    """What two ways to write one word have in common."""
    return " ".join(word.split()).lower()


def nearest(word: str, choices: Iterable[str]) -> str:
    """For an error message: the choice that was probably meant, if any."""
    near = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.5)
    return f" (did you mean '{near[0]}'?)" if near else ""
