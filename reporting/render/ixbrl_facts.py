"""What is tagged: facts with element, context, unit and stated value, from the figures and texts of one framework.

A figure that is withheld becomes a nil fact with its reason, never a number; what is not material, not reported or provisional is
printed without a tag.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from markupsafe import Markup

from reporting.database import Connection
from reporting.render.reading import Row, Settings, rows
from reporting.render.taxonomy import Taxonomy
from reporting.render.texts import Text, to_xhtml
from reporting.types import InputError

NUMBERS = {"stated", "no_activity"}
NOT_TAGGED = {"not_material", "not_reported", "not_applicable", "provisional"}
LEI = "http://standards.iso.org/iso/17442"
BY_NAME = "urn:ghg-reporting:organisation-name"
"""The scheme of an organisation that gives no LEI: its name, said to be no more than that."""
EMPTY = Markup("")
Period = tuple[date, date] | date
Dimensions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `value` as printed (before `scale`), None for nil; `html` is the text of a text block, `text` that of a year."""

    id: str
    of: str
    figure_id: str
    at: str
    label: str
    element: str
    period: Period
    dimensions: Dimensions
    unit: str
    value: Decimal | None
    printed_decimals: int
    scale: int
    reason: str = ""
    html: Markup = EMPTY
    text: str = ""

    @property
    def decimals(self) -> int:
        """The decimals to which the fact is accurate: those printed, less its scale."""
        return self.printed_decimals - self.scale

    @property
    def exact(self) -> Decimal | None:
        """The value of the fact: what is printed, times ten to the scale."""
        return None if self.value is None else self.value.scaleb(self.scale)


@dataclass(frozen=True, slots=True)
class Entity:
    """The reporting entity as XBRL identifies it."""

    scheme: str
    identifier: str

    @property
    def has_lei(self) -> bool:
        """Whether the identifier is a Legal Entity Identifier."""
        return self.scheme == LEI


def entity(settings: Settings) -> Entity:
    """The organisation by its LEI, else by its name under a scheme that says so."""
    lei = settings.optional("organisation.lei")
    return Entity(LEI, lei) if lei else Entity(BY_NAME, " ".join(settings.required("organisation.name").split()))


def facts(connection: Connection, taxonomy: Taxonomy, period: str, texts: Sequence[Text]) -> tuple[Fact, ...]:
    """Every fact of a framework and period, in the order of its figures; raises InputError where the mapping does not fit."""
    settings = Settings(connection)
    variables = {
        "set variable framework = $value": taxonomy.framework,
        "set variable taxonomy = $value": str(taxonomy.mapping),
        "set variable period = $value": period,
        "set variable comparative = $value": settings.optional("comparative"),
        "set variable currency = $value": settings.required("organisation.currency"),
    }
    for statement, value in variables.items():
        connection.execute(statement, {"value": value})
    numbers = [_number(row) for row in rows(connection, "ixbrl_facts") if row["status"] not in NOT_TAGGED]
    years = [_year(row) for row in rows(connection, "ixbrl_years")]
    return (*numbers, *years, *_blocks(connection, taxonomy, period, texts))


def _number(row: Row) -> Fact:
    if row["figure_unit"] != row["mapped_unit"]:
        raise InputError(
            f'taxonomy.csv of the framework maps {row["figure_id"]} as "{row["mapped_unit"]}", but its unit is "{row["figure_unit"]}". '
            "fix: correct figure_unit, unit and scale of the row"
        )
    if row["status"] not in NUMBERS and row["status"] != "withheld":
        raise InputError(
            f'{row["figure_id"]} has the status "{row["status"]}", which has no form in XBRL. fix: decide it in ixbrl_facts.py'
        )
    return Fact(
        id=_name(row["of"], row["figure_id"], row["period"], row["element"]),
        of=row["of"],
        figure_id=row["figure_id"],
        at=row["period"],
        label=row["label"],
        element=row["element"],
        period=(row["starts"], row["ends"]),
        dimensions=_dimensions(row["dimensions"]),
        unit=row["unit"],
        value=row["stated"] if row["status"] in NUMBERS else None,
        printed_decimals=row["decimals"],
        scale=row["scale"],
        reason=row["reason"] or ("withheld" if row["status"] == "withheld" else ""),
    )


def _year(row: Row) -> Fact:
    """A year as a fact of its own, at the end of that year."""
    last = row["ends"] - timedelta(days=1)
    return Fact(
        id=_name(row["of"], row["figure_id"], row["period"], row["element"]),
        of=row["of"],
        figure_id=row["figure_id"],
        at=row["period"],
        label=row["label"],
        element=row["element"],
        period=last,
        dimensions=(),
        unit="",
        value=None,
        printed_decimals=0,
        scale=0,
        text=str(last.year),
    )


def _blocks(connection: Connection, taxonomy: Taxonomy, period: str, texts: Sequence[Text]) -> list[Fact]:
    """The narratives as text blocks; a text that is withheld, or left to a person, has no fact."""
    span = rows(connection, "periods", {"period": period})[0]
    mapped = {row["datapoint"]: row for row in rows(connection, "ixbrl_texts")}
    return [
        Fact(
            id=_name("text", text.id, period, mapped[text.datapoint]["element"]),
            of="text",
            figure_id=text.id,
            at=period,
            label=text.label,
            element=mapped[text.datapoint]["element"],
            period=(span["starts"], span["ends"]),
            dimensions=_dimensions(mapped[text.datapoint]["dimensions"]),
            unit="",
            value=None,
            printed_decimals=0,
            scale=0,
            html=to_xhtml(text.text),
        )
        for text in texts
        if text.framework == taxonomy.framework and text.status == "stated" and text.datapoint in mapped
    ]


def _dimensions(text: str) -> Dimensions:
    """`axis=member|axis=member` as pairs by axis."""
    return tuple(sorted((axis, member) for axis, _, member in (part.partition("=") for part in text.split("|") if part)))


def _name(*parts: str) -> str:
    """A name that XML accepts, made of what identifies the fact; the check of the document refuses two that are the same."""
    *known, element = parts
    return "f-" + re.sub(r"[^A-Za-z0-9._-]", "_", ".".join([*known, element.partition(":")[2][:40]]))


def by_place(found: Sequence[Fact]) -> Mapping[tuple[str, str, str], tuple[Fact, ...]]:
    """Facts by what they are of, figure and period, for the tables that print them."""
    places: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in found:
        places.setdefault((fact.of, fact.figure_id, fact.at), []).append(fact)
    return {place: tuple(several) for place, several in places.items()}
