"""Python fences written in a page run as tests, in tabs and boxes too; names are shared within a page."""

import re
from collections.abc import Iterator

from sybil import Document, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

collect_ignore_glob = ["docs/shared/*"]  # examples are run by tests/test_examples.py, not imported

INFO = re.compile(r"[ \t]*(?:\{[ \t]*\.)?(?:python|py|pycon)(?![\w-])(?P<attrs>[^\n]*)\n")
INCLUDED = re.compile(r"\s*--8<-- \"code/\w+\.py\"\s*")


class PageCode:
    """Every Python fence but those that include a file: tests/test_examples.py runs the files."""

    def __init__(self) -> None:
        self.lexer = RawFencedCodeBlockLexer(INFO)
        self.python = PythonEvaluator()
        self.doctest = DocTestStringParser(DocTestEvaluator())

    def __call__(self, document: Document) -> Iterator[Region]:
        for region in self.lexer(document):
            source = region.lexemes["source"]
            if INCLUDED.fullmatch(source):
                continue
            if source.lstrip().startswith(">>>"):
                for example in self.doctest(source, document.path):
                    example.adjust(region, source)
                    yield example
            else:
                region.parsed, region.evaluator = source, self.python
                yield region


pytest_collect_file = Sybil(
    parsers=[PageCode()], patterns=["docs/*/*.md"], excludes=["docs/shared/*"]
).pytest()
