"""What runs as a test besides tests/: docstring examples, and Python fences in pages, in tabs and boxes too."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from sybil import Document, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

import weightinit

collect_ignore_glob = ["docs/shared/*"]  # examples are run by tests/test_examples.py, not imported

INFO = re.compile(r"[ \t]*(?:\{[ \t]*\.)?(?:python|py|pycon)(?![\w-])(?P<attrs>[^\n]*)\n")
INCLUDED = re.compile(r"\s*--8<-- \"code/\w+\.py\"\s*")


@pytest.fixture(autouse=True)
def _public_names(doctest_namespace: dict[str, object]) -> None:
    """A docstring's example uses any public function by its name, as after `from weightinit import *`."""
    doctest_namespace.update({name: getattr(weightinit, name) for name in weightinit.__all__}, np=np)


class PageCode:
    """The Python fences written in a page; names are shared within it. Included files are run by test_examples."""

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
