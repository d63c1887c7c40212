"""One thing, one word: finds words that the glossary replaces, and sentences out of the house style."""

import re
from collections.abc import Iterator

from . import spans, terms
from .pages import Problem

#: A synonym that readers meet elsewhere may be looked up, but the book itself does not use these.
UNUSED_SYNONYMS = ("기울기", "기울기 소실", "기울기 폭주", "기울기 폭발", "레이어", "파라미터", "배치")
REPLACEMENTS = {"기울기": "그래디언트(gradient) 또는 미분계수(slope)"}
#: Short nouns that make another word with 하다: 배치하다 is "to place", not "to batch".
SHORT = 2
ADDRESS = ("당신", "우리", "저희")

ENGLISH = {
    "nonlinearity": "activation function", "non-linearity": "activation function",
    "nonlinearities": "activation functions", "non-linearities": "activation functions",
    "mini-batch": "minibatch", "mini-batches": "minibatches", "back-propagation": "backpropagation",
    "hyper-parameter": "hyperparameter", "initialisation": "initialization", "initialise": "initialize",
    "initialised": "initialized", "normalisation": "normalization", "nonzero": "non-zero",
}  # fmt: skip

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
KEY = re.compile(r"^(?:---$|[ \t]*[\w-]+:(?=[ \t]|$))", re.MULTILINE)
QUOTED = re.compile(r"「[^」]*」|“[^”]*”", re.DOTALL)
URL = re.compile(r"https?://[^\s)>]+")
MACHINE = re.compile(r"^[ \t]*--8<--.*$|^:::.*(?:\n[ \t]+.*)*", re.MULTILINE)
PLAIN_END = re.compile(r"(?P<before>[가-힣])(?P<end>[가-힣])?다\.(?=[\s)*」”]|$)")


def lint(text: str, where: str, lang: str) -> list[Problem]:
    """What is wrong with the words of a text, in the order of its lines."""
    prose = _prose(text)
    found = [*_korean(prose, text)] if lang == "ko" else [*_english(prose)]
    return [Problem(where, spans.line_of(text, at), message) for at, message in sorted(found)]


def _prose(text: str) -> str:
    """The sentences alone, each at its old place."""
    front = FRONT_MATTER.match(text)
    end = front.end() if front else 0
    source = spans.blank(KEY, text[:end]) + text[end:]
    source = spans.prose(source)
    for pattern in (MACHINE, URL, QUOTED):
        source = spans.blank(pattern, source)
    return source


def _korean(prose: str, text: str) -> Iterator[tuple[int, str]]:
    glossary = terms.load().values()
    advice = {terms.key(word): term.ko for term in glossary for word in term.avoid}
    for term in glossary:
        advice |= {terms.key(word): term.ko for word in term.also if word in UNUSED_SYNONYMS}
    advice |= {terms.key(word): better for word, better in REPLACEMENTS.items()}
    good = {terms.key(word) for term in glossary for word in (term.ko, *term.also)} - advice.keys()
    for match in terms.finder(advice.keys() | good | set(ADDRESS), "ko").finditer(prose):
        word = terms.key(match["word"])
        if len(word) <= SHORT and not terms.AFTER_NOUN.match(prose, match.end()):
            continue
        if word in ADDRESS:
            yield match.start(), f"'{word}' addresses the reader; write the sentence without it"
        elif word in advice:
            yield match.start(), f"'{word}' is not used; write '{advice[word]}'"
    for match in PLAIN_END.finditer(prose):
        if not _polite(match):
            yield match.start(), f"the sentence ends in '{match[0]}'; end it in -ㅂ니다"
    for match in re.finditer(r"[:：][ \t*]*$", text, re.MULTILINE):
        if prose[match.start()] in ":：":
            yield match.start(), "the line ends in a colon; end the sentence with a full stop"


def _polite(match: re.Match[str]) -> bool:
    """Whether the syllable before 니다 ends in ㅂ: 합니다 does, 아니다 does not."""
    return match["end"] == "니" and (ord(match["before"]) - ord("가")) % 28 == 17


def _english(prose: str) -> Iterator[tuple[int, str]]:
    advice = dict(ENGLISH)
    for term in terms.load().values():
        for form in terms.forms(term, "en"):
            if "-" in form:
                advice |= {form.replace("-", " "): form, form.replace("-", ""): form}
    better = {terms.key(word): right for word, right in advice.items()}
    for match in terms.finder(advice, "en").finditer(prose):
        yield match.start(), f"'{match[0]}' is not used; write '{better[terms.key(match['word'])]}'"
