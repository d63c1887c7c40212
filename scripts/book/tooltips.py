"""A Markdown extension that links a page's first mention of each term to its definition."""

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from . import terms

#: Elements whose text is not a sentence of the page, or already does something when it is clicked.
OUTSIDE = {
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "kbd", "math", "svg",
    "script", "style", "summary", "button", "label", "th",
}  # fmt: skip
OUTSIDE_CLASSES = {"arithmatex", "admonition-title", "headerlink", "tabbed-labels", "wi-head"}
#: The glossary does not link to itself, and the docstrings of the API are English in both languages.
PAGES_WITHOUT = {"glossary/", "api/"}


class Tooltips(Extension):
    """One instance serves all pages of a language; call `open_page` before each page is rendered."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.root: str | None = None  # relative URL of this language's root; None: this page gets no links

    def open_page(self, url: str) -> None:
        """Aim the links from the page at `url`, e.g. 'xavier/'."""
        self.root = None if url in PAGES_WITHOUT else "../" * url.count("/") or "./"

    def extendMarkdown(self, md: Markdown) -> None:
        # After MkDocs has resolved the page's own links (0), which would take ours for broken files.
        md.treeprocessors.register(_Linker(md, self), "term-tooltips", -10)


class _Linker(Treeprocessor):
    def __init__(self, md: Markdown, tooltips: Tooltips) -> None:
        super().__init__(md)
        self.tooltips = tooltips
        self.terms = {
            terms.key(form): term for term in terms.load().values() for form in terms.forms(term, tooltips.lang)
        }
        self.find = terms.finder(self.terms, tooltips.lang)
        self.seen: set[str] = set()

    def run(self, root: Element) -> None:
        self.seen.clear()
        if self.tooltips.root is not None:
            self.walk(root)

    def walk(self, parent: Element) -> None:
        """Link terms in the element's own text, then in each child and in the text that follows it."""
        children = list(parent)
        parent.text = self.link(parent, 0, parent.text)
        for child in children:
            if child.tag not in OUTSIDE and not OUTSIDE_CLASSES & set(child.get("class", "").split()):
                self.walk(child)
            child.tail = self.link(parent, list(parent).index(child) + 1, child.tail)

    def link(self, parent: Element, position: int, text: str | None) -> str | None:
        """Put links into `parent` from `position` on; return the text that stays before the first one."""
        if not text:
            return text
        before, start, last = text, 0, None
        for match in self.find.finditer(text):
            term = self.terms[terms.key(match["word"])]
            if term.id in self.seen:
                continue
            self.seen.add(term.id)
            if last is None:
                before = text[: match.start()]
            else:
                last.tail = text[start : match.start()]
            last = self.anchor(term, match[0])
            parent.insert(position, last)
            position, start = position + 1, match.end()
        if last is not None:
            last.tail = text[start:]
        return before

    def anchor(self, term: terms.Term, word: str) -> Element:
        title = re.sub(r"\s+", " ", term.definition(self.tooltips.lang))
        href = f"{self.tooltips.root}glossary/#{term.id}"
        element = Element("a", {"class": "term", "href": href, "title": title})
        element.text = word
        return element
