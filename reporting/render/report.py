"""The report as HTML, from templates/report.html.j2 over the disclosure view alone: what the PDF and the web page share.

Every text of the view is escaped, and what the typefaces cannot print is written out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reporting.render import fonts, layout
from reporting.render.attached import AttachedFile
from reporting.render.columns import table_layout
from reporting.render.index import index_entries
from reporting.render.shapes import DisclosureView
from reporting.render.templating import environment
from reporting.resources import folder

IDENTIFIER_ROOM = 42
"""Characters that fit the narrowest column of identifiers."""
SPARE = 24
"""CSS pixels at either side of a chart on a screen, whose typeface may be wider than the embedded one."""


def report_html(view: DisclosureView, files: Sequence[AttachedFile], style: str = "") -> str:
    """The report as one HTML document; with a style sheet it is a page for the screen, beside which the files lie."""
    created = datetime.fromtimestamp(view.source_date_epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = layout.context(view, files, spare=SPARE if style else 0) | {"created": created, "style": Markup(style)}  # noqa: S704 - our own style sheet
    return _environment().get_template("report.html.j2").render(names)


def style_sheet(name: str) -> str:
    """A style sheet of templates/ after the widths of columns, which are the same on paper and on a screen."""
    return "".join((folder("templates") / file).read_text(encoding="utf-8") for file in ("report_columns.css", name))


def _environment() -> ImmutableSandboxedEnvironment:
    made = environment()
    made.filters["breakable"] = _breakable
    made.filters["index_entries"] = index_entries
    made.globals["table_layout"] = table_layout
    return made


def _breakable(text: str, room: int = IDENTIFIER_ROOM) -> Markup:
    """A text whose words of more than `room` characters, identifiers above all, may wrap after their separators."""
    printed = fonts.printable(text)
    if len(printed) <= room:
        return escape(printed)
    return Markup(" ").join(_pieces(word, room) for word in printed.split(" "))


def _pieces(word: str, room: int) -> Markup:
    """A word with as few places to wrap at as its lines need: each costs time to set."""
    if len(word) <= room:
        return escape(word)
    pieces = [""]
    for part in re.split(r"(?<=[/=:_@~.,\-])", word):
        if pieces[-1] and len(pieces[-1]) + len(part) > room:
            pieces.append("")
        pieces[-1] += part
    return Markup("<wbr>").join(escape(piece) for piece in pieces)
