"""One written form for XML: what a part says, whatever library wrote it and whatever prefixes other code has registered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
}


def canonical(part: bytes) -> bytes:
    """The part with the root's namespace as default, all others declared at the root, attributes in order, empty elements closed."""
    root = fromstring(part)
    default = _split(root.tag)[0]
    names = {name for element in root.iter() for name in (element.tag, *element.keys())}
    others = sorted({_split(name)[0] for name in names} - {default, "", XML})
    prefixes = {default: "", XML: "xml:", "": "", **{space: PREFIXES[space] + ":" for space in others}}
    spaces = f" xmlns={quoteattr(default)}" + "".join(f" xmlns:{PREFIXES[space]}={quoteattr(space)}" for space in others)
    pieces: list[str] = [DECLARATION]
    _write(root, prefixes, spaces, pieces)
    return "".join(pieces).encode()


def _split(name: str) -> tuple[str, str]:
    """Namespace and local name; an attribute without prefix has none."""
    space, _, local = name.rpartition("}")
    return space.removeprefix("{"), local


def _write(element: Element, prefixes: dict[str, str], spaces: str, pieces: list[str]) -> None:
    tag = _qualified(element.tag, prefixes)
    attributes = sorted((_qualified(name, prefixes), value) for name, value in element.items())
    pieces.append(f"<{tag}{spaces}" + "".join(f" {name}={quoteattr(value)}" for name, value in attributes))
    text = escape(element.text or "")
    if not text and not len(element):
        pieces.append("/>")
        return
    pieces.append(f">{text}")
    for child in element:
        _write(child, prefixes, "", pieces)
        pieces.append(escape(child.tail or ""))
    pieces.append(f"</{tag}>")


def _qualified(name: str, prefixes: dict[str, str]) -> str:
    space, local = _split(name)
    return prefixes[space] + local
