"""Inline XBRL: one XHTML file per framework that has a taxonomy, for people and machines, and its facts as XBRL-JSON.

Everything is made without the taxonomy itself. The written bytes are read back and checked against the tables of the taxonomy before
they are kept (ixbrl_check.py); Arelle may validate them with the taxonomy that the user gives (arelle.py). Preparatory, see docs/ixbrl.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from markupsafe import Markup, escape

from reporting.database import Connection, whole_file
from reporting.render import arelle, taxonomy, wording, xbrl_json
from reporting.render.ixbrl_check import check
from reporting.render.ixbrl_facts import Entity, Fact, Period, by_place, entity, facts
from reporting.render.reading import Settings
from reporting.render.shapes import DisclosureView, FrameworkView
from reporting.render.taxonomy import Taxonomy
from reporting.render.templating import environment
from reporting.render.texts import Text, to_xhtml
from reporting.resources import folder
from reporting.types import InputError, UsageError

NAMESPACES = {
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "utr": "http://www.xbrl.org/2009/utr",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
NUMBER = Markup(
    '<ix:nonFraction id="{}" name="{}" contextRef="{}" unitRef="{}" decimals="{}" format="ixt:num-dot-decimal"{}{}>{}</ix:nonFraction>'
)
NIL = Markup('<ix:nonFraction id="{}" name="{}" contextRef="{}" unitRef="{}" xsi:nil="true"/>{}')
TARGETS = ("target", "target_reduction", "target_percent")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a figure is to be in a target year: value, reduction in tonnes, reduction in percent, each tagged."""

    label: str
    year: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class Tags:
    """The facts of a document as markup, with the contexts and units that they use, in the order of their first use."""

    found: tuple[Fact, ...]
    contexts: dict[tuple[Period, tuple[tuple[str, str], ...]], str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, str, str], tuple[Fact, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: tuple[Fact, ...]) -> Tags:
        """Number the contexts and units of the facts."""
        tags = cls(found, places=by_place(found))
        for fact in found:
            tags.contexts.setdefault((fact.period, fact.dimensions), f"c{len(tags.contexts) + 1}")
            if fact.unit:
                tags.units.setdefault(fact.unit, f"u{len(tags.units) + 1}")
        return tags

    @property
    def withheld(self) -> tuple[Fact, ...]:
        """The facts without a value, each with its reason."""
        return tuple(fact for fact in self.found if fact.reason and fact.unit and fact.value is None)

    def cell(self, of: str, figure_id: str, at: str) -> Markup:
        """All facts of one number, one within the other around the printed text; '' where nothing is tagged."""
        several = self.places.get((of, figure_id, at), ())
        inner = Markup("")
        for fact in reversed(several):
            inner = self._number(fact, inner)
        return inner

    def _number(self, fact: Fact, inner: Markup) -> Markup:
        context, unit = self.contexts[fact.period, fact.dimensions], self.units[fact.unit]
        if fact.value is None:
            return NIL.format(fact.id, fact.element, context, unit, inner or "withheld")
        text = inner or escape(f"{abs(fact.value):,.{fact.printed_decimals}f}")
        scale = Markup(' scale="{}"').format(fact.scale) if fact.scale else ""
        sign = Markup(' sign="-"') if fact.value < 0 else ""
        return NUMBER.format(fact.id, fact.element, context, unit, fact.decimals, scale, sign, text)

    def words(self, figure_id: str, at: str) -> Markup:
        """A text as a text block."""
        return Markup("").join(self._block(fact) for fact in self.places.get(("text", figure_id, at), ()))

    def _block(self, fact: Fact) -> Markup:
        return Markup('<ix:nonNumeric id="{}" name="{}" contextRef="{}" escape="true">{}</ix:nonNumeric>').format(
            fact.id, fact.element, self.contexts[fact.period, fact.dimensions], fact.html
        )

    @property
    def years(self) -> tuple[tuple[str, Markup], ...]:
        """The years that are facts, with their labels."""
        tag = Markup('<ix:nonNumeric id="{}" name="{}" contextRef="{}">{}</ix:nonNumeric>')
        return tuple(
            (fact.label, tag.format(fact.id, fact.element, self.contexts[fact.period, fact.dimensions], fact.text))
            for fact in self.found
            if fact.text
        )

    @property
    def targets(self) -> tuple[TargetRow, ...]:
        """The targets by figure and year."""
        keys = dict.fromkeys((fact.figure_id, fact.at, fact.label) for fact in self.found if fact.of in TARGETS)
        return tuple(TargetRow(label, at, tuple(self.cell(of, figure, at) for of in TARGETS)) for figure, at, label in keys)


def write(connection: Connection, view: DisclosureView, folder_of: Path, packages: Sequence[Path]) -> dict[str, Path]:
    """Write document and facts of every framework with a taxonomy; raises UsageError where there is none, InputError for a fault."""
    chosen = [framework for framework in view.frameworks if taxonomy.has_taxonomy(framework.framework)]
    if not chosen:
        raise UsageError("no framework of this build has an XBRL taxonomy. fix: add esrs_e1_set1 or vsme_2026 under `frameworks`")
    paths: dict[str, Path] = {}
    for framework in chosen:
        used = taxonomy.load(framework.framework)
        who, found = entity(Settings(connection)), facts(connection, used, view.period, view.texts)
        name = f"disclosure-{view.period}.{framework.framework}"
        document, record = folder_of / f"{name}.xhtml", folder_of / f"{name}.facts.json"
        keep(document, html(view, framework, used, who, found), used, found)
        xbrl_json.render(record, used, who, found)
        paths |= {f"ixbrl/{framework.framework}": document, f"facts/{framework.framework}": record}
    if packages:
        left_out = sorted({name for framework in chosen for name in taxonomy.load(framework.framework).head.undecisive})
        arelle.validate([path for name, path in paths.items() if name.startswith("ixbrl/")], packages, left_out)
    return paths


def keep(path: Path, text: str, used: Taxonomy, found: Sequence[Fact]) -> None:
    """Write a document that its own check finds nothing against; raises InputError with what it finds."""
    content = text.encode()
    faults = check(content, used, found)
    if faults:
        raise InputError(f"{path.name}: {faults[0]}{f' (and {len(faults) - 1} more)' if faults[1:] else ''}. Nothing was written")
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def html(view: DisclosureView, framework: FrameworkView, used: Taxonomy, who: Entity, found: tuple[Fact, ...]) -> str:
    """The document as text; every text of the view is escaped."""
    tags = Tags.of(found)
    base = next((fact.at for fact in found if fact.of == "base_year"), "")
    return (
        environment()
        .get_template("ixbrl.xhtml.j2")
        .render(
            view=view,
            framework=framework,
            taxonomy=used,
            entity=who,
            tags=tags,
            base=base,
            base_text=wording.period(base) if base else "",
            namespaces=NAMESPACES | used.head.namespaces,
            contexts=[_context(used, key, name) for key, name in tags.contexts.items()],
            units=[_unit(measures, name) for measures, name in tags.units.items()],
            sections=_sections(text for text in view.texts if text.framework == framework.framework),
            xhtml=to_xhtml,
            style=Markup((folder("templates") / "ixbrl.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of the product
        )
    )


def _sections(texts: Iterable[Text]) -> dict[str, list[Text]]:
    """Texts by section, in the order of the framework."""
    found: dict[str, list[Text]] = {}
    for text in texts:
        found.setdefault(text.section, []).append(text)
    return found


def _context(used: Taxonomy, key: tuple[Period, tuple[tuple[str, str], ...]], name: str) -> dict[str, object]:
    period, dimensions = key
    instant = period if isinstance(period, date) else None
    starts, ends = (None, None) if isinstance(period, date) else (period[0], period[1] - timedelta(days=1))
    members = [(axis, member, used.typed_element(axis)) for axis, member in dimensions]
    return {"id": name, "instant": instant, "starts": starts, "ends": ends, "members": members}


def _unit(measures: str, name: str) -> dict[str, str]:
    numerator, _, denominator = measures.partition("/")
    return {"id": name, "numerator": numerator, "denominator": denominator}
