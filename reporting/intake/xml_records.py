"""XML: streamed element by element; document types and entities are refused before any of them is expanded.

A path such as `TimeSeries.Period.Point`, counted below the document's element, names what is a record. Its own texts and attributes are
columns (`position`, `value@unit`, the second of two equal names `link[2]@href`); a name that begins with `/` is of what the record stands
in and came before it.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from reporting.database import Connection
from reporting.intake.files import MAX_BYTES, MAX_RATIO, UnreadableFileError, raw_bytes
from reporting.intake.record_rows import MAX_LINE, MAX_NAMES, RecordRows

CHUNK = 1 << 20
MAX_DEPTH = 50
FIX = "export the file again"


def _unreadable(rule: str, message: str, fix: str = FIX) -> UnreadableFileError:
    return UnreadableFileError(f"intake/{rule}", message, fix)


class _Open:
    """An element that has begun: its place, what stood in it so far and how often each name did."""

    __slots__ = ("counts", "has_children", "held", "name", "texts")

    def __init__(self, name: str, held: dict[str, str | None]) -> None:
        self.name, self.held = name, held
        self.counts: dict[str, int] = {}
        self.has_children = False
        self.texts: list[str] = []


class Records(ContentHandler):
    """Gathers the elements at the wanted paths as records while the parser reads."""

    def __init__(self, rows: RecordRows, paths: list[str]) -> None:
        super().__init__()
        self.rows = rows
        self.paths = {tuple(path.split(".")) for path in paths}
        self.on_the_way = {path[:length] for path in self.paths for length in range(len(path) + 1)}
        self.is_several = len(paths) > 1
        self.plain: list[str] = []
        self.open: list[_Open] = []
        self.record_depth = 0
        self.events = 0
        self.size = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name of the interface
        """Take the beginning of an element with its attributes."""
        self.events += 1
        self.size = 0
        if len(self.open) >= MAX_DEPTH:
            raise _unreadable("xml", f"is nested deeper than {MAX_DEPTH} levels")
        local = _local(name)
        if self.open:
            self.plain.append(local)
            self.open[-1].has_children = True
            self.open[-1].texts.clear()
        self.open.append(self._opened(local))
        for key, value in attrs.items():
            if not key.startswith("xmlns"):
                self._keep(f"@{_local(key)}", value)

    def _opened(self, local: str) -> _Open:
        if not self.open:
            return _Open("", {})
        parent = self.open[-1]
        place = tuple(self.plain)
        if not self.record_depth and place in self.paths:
            self.record_depth = len(self.open) + 1
            return _Open("", {})
        if not self.record_depth and place in self.on_the_way:
            return _Open(f"{parent.name}.{local}" if parent.name else local, {})
        count = parent.counts[local] = parent.counts.get(local, 0) + 1
        piece = local if count == 1 else f"{local}[{count}]"
        return _Open(f"{parent.name}.{piece}" if parent.name else piece, parent.held)

    def characters(self, content: str) -> None:
        """Take a piece of text."""
        self.size += len(content)
        if self.size > MAX_LINE:
            raise _unreadable("xml", f"holds a text of more than {MAX_LINE} characters")
        if self.open and not self.open[-1].has_children:
            self.open[-1].texts.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - the name of the interface
        """Take the end of an element: a text of its own, or a whole record."""
        self.events += 1
        self.size = 0
        element = self.open[-1]
        if not element.has_children:
            self._keep("", "".join(element.texts).strip())
        if self.record_depth == len(self.open):
            self._add(element)
        self.open.pop()
        if self.plain:
            self.plain.pop()

    def _keep(self, suffix: str, value: str) -> None:
        element = self.open[-1]
        if value:
            element.held[f"{element.name}{suffix}" or "value"] = value
        if len(element.held) > MAX_NAMES:
            raise _unreadable("names", f"has an element that holds more than {MAX_NAMES} values beside its records")

    def _add(self, element: _Open) -> None:
        outer = {f"/{name}": value for parent in self.open[: self.record_depth - 1] for name, value in parent.held.items()}
        kind: dict[str, str | None] = {"/element": self.plain[-1]} if self.is_several else {}
        self.rows.add(self.rows.count + 1, kind | element.held | outer)
        self.record_depth = 0


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load the elements at the paths of `records` into source_row, numbered from 1; returns the column names."""
    if not options["records"]:
        raise _unreadable("records", "is XML, and no path says which of its elements are records", "name them as `records` of the source")
    rows = RecordRows(connection, key)
    handler = Records(rows, options["records"].split(" | "))
    try:
        _feed(path, handler)
    except DefusedXmlException:
        raise _unreadable("xml-entities", "declares XML entities, which no export needs") from None
    except SAXParseException as error:
        raise _unreadable("xml", f"is not well-formed XML (line {error.getLineNumber()}: {error.getMessage()})") from None
    except (gzip.BadGzipFile, EOFError) as error:
        raise _unreadable("gzip", f"is not a whole gzip file ({error})") from None
    if not rows.count:
        raise _unreadable("records", f"has nothing at {options['records']}", "export it again as the connector's page says")
    return rows.finish()


def _feed(path: Path, handler: Records) -> None:
    parser = make_parser()
    parser.setContentHandler(handler)
    limit = min(MAX_BYTES, max(path.stat().st_size * MAX_RATIO, 1 << 26))
    fed, last_event, silent = 0, -1, 0
    with raw_bytes(path) as stream:
        while chunk := stream.read(CHUNK):
            fed += len(chunk)
            silent = silent + len(chunk) if handler.events == last_event else 0
            last_event = handler.events
            if fed > limit:
                raise _unreadable("bomb", f"unpacks to more than {limit} bytes", "deliver the file unpacked")
            if silent > 2 * MAX_LINE:
                raise _unreadable("xml", f"has nothing but one piece of markup in {2 * MAX_LINE} characters")
            parser.feed(chunk)
    parser.close()
