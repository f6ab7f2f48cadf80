"""The texts of a disclosure: narratives with their figures put in, as Markdown for data files and as safe HTML for the report.

Markdown is read without raw HTML and without images; headings become bold lines, so that a text cannot disturb the report's outline.
A figure that is withheld shows as withheld; numbers and units are those of the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import duckdb
from markupsafe import Markup

from reporting.narratives import environment, read_text
from reporting.render import fonts, wording
from reporting.render.reading import rows

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

ALLOWED = (
    "newline",
    "escape",
    "entity",
    "backticks",
    "emphasis",
    "link",
    "balance_pairs",
    "fragments_join",
    "list",
    "blockquote",
    "table",
    "heading",
)
Lookup = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Text:
    """The answer to one text datapoint: `text` is Markdown with the figures put in, '' where the status says why there is none."""

    id: str
    framework: str
    datapoint: str
    period: str
    section: str
    label: str
    status: str
    is_mandatory: bool
    text: str
    place: str
    reason: str
    citation: str

    @property
    def html(self) -> Markup:
        """The text as HTML of a few harmless elements."""
        return to_html(self.text)

    @property
    def status_text(self) -> str:
        """The status in words."""
        return wording.STATUS_TEXT.get(self.status, self.status) or "stated"


def texts(connection: duckdb.DuckDBPyConnection, period: str) -> tuple[Text, ...]:
    """The answers to all text datapoints of a period, in the order of the frameworks."""
    look_up = lookup(connection, period)
    return tuple(_text(row, look_up) for row in rows(connection, "texts", {"period": period}))


def _text(row: dict[str, str], look_up: Lookup) -> Text:
    markdown = row.pop("markdown")
    text = filled(row["narrative"], markdown, look_up) if row.pop("narrative_is_given") and row["status"] == "stated" else row["text"]
    row.pop("narrative")
    return Text(**{**row, "text": text})  # type: ignore[arg-type]


def lookup(connection: duckdb.DuckDBPyConnection, period: str) -> Lookup:
    """What `figure` gives within a text: the stated number with its unit, or in a word why there is none."""
    found = {(row["figure_id"], row["period"]): row for row in rows(connection, "text_figures")}

    def figure(figure_id: str, at: str = "") -> str:
        row = found.get((figure_id, at or period))
        if row is None:
            return f"withheld (no figure {figure_id} in {at or period})"
        number = wording.stated(row["status"], row["stated"], row["decimals"])
        return f"{number} {wording.unit(row['unit'])}".rstrip() if row["status"] in {"stated", "provisional"} else number

    return figure


def filled(name: str, markdown: str, look_up: Lookup) -> str:
    """A text with its figures put in; one that cannot be read stays as it was written."""
    if "{" not in markdown or read_text(name, "", markdown).fault:
        return markdown
    return environment().from_string(markdown).render(figure=look_up)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - takes a twentieth of a second to import

    return MarkdownIt("zero", {"html": False, "linkify": False}).enable(list(ALLOWED))


def to_html(markdown: str) -> Markup:
    """Markdown as HTML; whatever is HTML in it is shown as it was written."""
    return _rendered(markdown, is_xhtml=False)


def to_xhtml(markdown: str) -> Markup:
    """The same as well-formed XML."""
    return _rendered(markdown, is_xhtml=True)


def _rendered(markdown: str, *, is_xhtml: bool) -> Markup:
    tokens = _markdown().parse("\n".join(fonts.printable(line) for line in markdown.split("\n")))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
        if token.type == "heading_open":
            token.attrSet("class", "text-heading")
        if is_xhtml and token.type == "ordered_list_open" and "start" in token.attrs:  # an attribute that XHTML 1.1 does not have
            token.attrs["style"] = f"counter-reset: list-item {int(token.attrs.pop('start')) - 1}"
    options = _markdown().options
    options["xhtmlOut"] = is_xhtml
    return Markup(_markdown().renderer.render(tokens, options, {}))  # noqa: S704 - made from escaped text alone
