"""Turn matplotlib's SVG file into an inline one: small, coloured by CSS variables, ids of its own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d*\.\d+")
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def inline(text: str, slug: str, title: str, description: str, variables: Mapping[str, str]) -> str:
    """The `<svg>` element for a page; a colour outside `variables` raises ValueError."""
    root = ET.fromstring(text)
    _flatten(root)
    used = {name for element in root.iter() for name in _references(element)}
    marks = {element for group in root.iter("defs") for element in group.iter()}
    for element in root.iter():
        _rename(element, slug, used)
        _style(element, slug, variables)
        _round(element, digits=2 if element in marks else 1)
    for position, (tag, words) in enumerate((("title", title), ("desc", description))):
        child = ET.Element(tag, {"id": f"{slug}-{tag}"})
        child.text = words
        root.insert(position, child)
    root.attrib = {
        "xmlns": SVG,
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{slug}-title {slug}-desc",
        # matplotlib says this in a style sheet, which would reach every element of the page.
        "style": "stroke-linejoin:round;stroke-linecap:butt",
    }
    return ET.tostring(root, encoding="unicode")


def _flatten(element: ET.Element) -> None:
    """Drop metadata, style sheets, white space, what is drawn in no colour, and groups that only group."""
    element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    if element.tag != "text":
        element.text = None
    kept: list[ET.Element] = []
    for child in element:
        _flatten(child)
        child.tail = None
        if child.tag == "g" and not child.attrib.keys() - {"id"}:
            kept += child
        elif child.tag not in ("metadata", "style") and child.get("style") != "fill: none":
            kept.append(child)
    element[:] = [child for child in kept if child.tag != "defs" or len(child)]


def _references(element: ET.Element) -> Iterator[str]:
    for value in element.attrib.values():
        yield from REFERENCE.findall(value)
    if HREF in element.attrib:
        yield element.attrib[HREF][1:]


def _rename(element: ET.Element, slug: str, used: set[str]) -> None:
    """Keep the ids that something refers to, and put the slug before them: a page carries several figures."""
    name = element.attrib.pop("id", None)
    if name in used:
        element.set("id", f"{slug}-{name}")
    if HREF in element.attrib:
        element.set("href", f"#{slug}-{element.attrib.pop(HREF)[1:]}")
    for key, value in element.attrib.items():
        element.set(key, REFERENCE.sub(lambda match: f"url(#{slug}-{match[1]})", value))


def _style(element: ET.Element, slug: str, variables: Mapping[str, str]) -> None:
    if "style" not in element.attrib:
        return
    pairs = [part.split(":", 1) for part in element.attrib.pop("style").split(";") if part.strip()]
    # The page's own font takes over: it has the same widths as the one the figure was laid out with.
    style = {key.strip(): value.strip() for key, value in pairs if key.strip() != "font-family"}
    if "font" in style:
        raise ValueError(f"{slug}: the SVG has a 'font' shorthand: expected font-size and font-family apart")

    def variable(match: re.Match[str]) -> str:
        color = match[0].lower()
        if color not in variables:
            raise ValueError(
                f"{slug}: colour {color} is not in the palette: expected one of {', '.join(variables)}"
            )
        return f"var({variables[color]}, {color})"

    element.set("style", ";".join(f"{key}:{COLOR.sub(variable, value)}" for key, value in style.items()))


def _round(element: ET.Element, digits: int) -> None:
    def number(match: re.Match[str]) -> str:
        text = f"{float(match[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text

    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    for key in element.attrib.keys() & {"d", "x", "y", "transform", "width", "height"}:
        element.set(key, " ".join(NUMBER.sub(number, element.attrib[key]).split()))
