"""The check of a written document: what is read back from its bytes, against the tables of the taxonomy and what was to be written.

It runs on every document before it is kept. Validators do not find a wrong axis or member where a taxonomy has open tables that allow any;
here a fact with dimensions has to fit one closed table whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from reporting.render.ixbrl_facts import Fact
from reporting.render.ixbrl_reading import IXT, Context, Read, ReadFact, read
from reporting.render.taxonomy import Axis, Table, Taxonomy, is_unit_of

PREFIXES = {
    "http://www.xbrl.org/2003/instance": "xbrli",
    "http://www.xbrl.org/2003/iso4217": "iso4217",
    "http://www.xbrl.org/2009/utr": "utr",
    f"{IXT}2022-02-16": "ixt",
}
TEXTS = {"dtr-types:textBlockItemType", "xbrli:stringItemType"}
YEAR = re.compile(r"[0-9]{4}")


def check(content: bytes, taxonomy: Taxonomy, wanted: Sequence[Fact] | None = None) -> list[str]:
    """What is wrong with a document, in its order; with `wanted`, also whether it says exactly that. An empty list: nothing."""
    document = read(content, PREFIXES | {uri: prefix for prefix, uri in taxonomy.head.namespaces.items()})
    if document.fault:
        return [document.fault]
    faults = [fault for part in PARTS for fault in part(document, taxonomy)]
    return faults if wanted is None else [*faults, *_read_back(document, wanted)]


def _document(document: Read, taxonomy: Taxonomy) -> Iterator[str]:
    if document.schema != taxonomy.head.entry_point:
        yield f'the document refers to "{document.schema}", the entry point of the taxonomy is {taxonomy.head.entry_point}'
    if not document.facts:
        yield "the document has no fact"
    for name, number in Counter(document.ids).items():
        if number > 1:
            yield f'the id "{name}" is given {number} times'
    for name in sorted({*document.references} - {*document.ids}):
        yield f'a footnote refers to "{name}", which is not there'
    if len({context.entity for context in document.contexts.values()}) > 1:
        yield "the contexts name different entities"
    for name, context in document.contexts.items():
        if context.starts is not None and context.starts >= context.ends:
            yield f"context {name} ends before it starts"


def _facts(document: Read, taxonomy: Taxonomy) -> Iterator[str]:
    for fact in document.facts:
        what = _fault(fact, document, taxonomy)
        if what:
            yield f"fact {fact.id or '(no id)'} {fact.name}: {what}"


def _fault(fact: ReadFact, document: Read, taxonomy: Taxonomy) -> str:
    if fact.fault:
        return fact.fault
    element, context = taxonomy.elements.get(fact.name), document.contexts.get(fact.context)
    if element is None:
        return f"the taxonomy ({taxonomy.head.title}, as far as it is mapped) has no such element"
    if context is None:
        return f'there is no context "{fact.context}"'
    if (context.starts is None) != (element.period == "instant"):
        return f"the element is of the period type {element.period}"
    return _form(fact, document, element.type) or dimension_fault(fact.name, context, taxonomy)


def _form(fact: ReadFact, document: Read, item_type: str) -> str:
    if fact.is_numeric:
        unit = document.units.get(fact.unit)
        if unit is None:
            return f'there is no unit "{fact.unit}"'
        return "" if is_unit_of(unit, item_type) else f'"{unit}" is no unit of {item_type}'
    if item_type == "xbrli:gYearItemType":
        return "" if YEAR.fullmatch(fact.text) else f'"{fact.text}" is not a year'
    return "" if item_type in TEXTS else f"{item_type} is not a text"


def dimension_fault(name: str, context: Context, taxonomy: Taxonomy) -> str:
    """Why element and dimensions stand together in no closed table of the taxonomy; '' where one holds them."""
    tables = [table for table in taxonomy.tables if name in table.elements]
    if not tables:
        return f"it stands in no table, so it takes no axis ({_told(context)})" if context.dimensions else ""
    reasons = [_misfit(table, context) for table in tables]
    if not all(reasons):
        return ""
    return f"no table of it holds {_told(context) or 'it without an axis'}: " + "; ".join(dict.fromkeys(reasons))


def _told(context: Context) -> str:
    return ", ".join(f"{axis}={member}" for axis, member in context.dimensions)


def _misfit(table: Table, context: Context) -> str:
    for axis, member in context.dimensions:
        if axis not in table.axes:
            return f"table {table.name} has no {axis}"
        fault = _member_fault(table.axes[axis], member, is_typed=axis in context.is_typed)
        if fault:
            return f"table {table.name}: {fault}"
    given = {axis for axis, _ in context.dimensions}
    missing = [axis.name for axis in table.axes.values() if axis.name not in given and not axis.default]
    return f"table {table.name} needs {', '.join(missing)}" if missing else ""


def _member_fault(axis: Axis, member: str, *, is_typed: bool) -> str:
    if bool(axis.typed_element) != is_typed:
        return f"{axis.name} is {'typed' if axis.typed_element else 'of members'}"
    if is_typed:
        return "" if member else f"{axis.name} has an empty value"
    if member == axis.default:
        return f"{member} is the default of {axis.name}, which is never written"
    return "" if member in axis.members else f"{axis.name} has no {member}"


def _duplicates(document: Read, _: Taxonomy) -> Iterator[str]:
    places: dict[tuple[str, Context, str], list[ReadFact]] = defaultdict(list)
    for fact in document.facts:
        if fact.is_numeric and fact.context in document.contexts:
            places[fact.name, document.contexts[fact.context], document.units.get(fact.unit, "")].append(fact)
    for several in places.values():
        if len({(fact.value, fact.is_nil) for fact in several}) > 1:
            yield f"fact {several[0].id} {several[0].name}: stated {len(several)} times with different values"


def _sums(document: Read, taxonomy: Taxonomy) -> Iterator[str]:
    """Calculations 1.1: what a total may be by its rounding, and what its items may add up to, have to meet."""
    groups: dict[tuple[Context, str], dict[str, ReadFact]] = defaultdict(dict)
    for fact in document.facts:
        if fact.is_numeric and not fact.fault and not fact.is_nil and fact.context in document.contexts:
            groups[document.contexts[fact.context], document.units.get(fact.unit, "")][fact.name] = fact
    for held in groups.values():
        for (_, total), items in taxonomy.sums.items():
            parts = [(held[item], weight) for item, weight in items.items() if item in held]
            if total in held and parts and not _meet(held[total], parts):
                found = sum((part.value or Decimal(0)) * weight for part, weight in parts)
                yield f"fact {held[total].id} {total}: {held[total].value} is not the sum of its {len(parts)} items, {found}"


def _meet(total: ReadFact, parts: Sequence[tuple[ReadFact, int]]) -> bool:
    low, high = _interval(total)
    ends = [sorted(bound * weight for bound in _interval(part)) for part, weight in parts]
    return low <= sum(end[1] for end in ends) and sum(end[0] for end in ends) <= high


def _interval(fact: ReadFact) -> tuple[Decimal, Decimal]:
    value = fact.value or Decimal(0)
    half = Decimal(0) if fact.decimals is None else Decimal(5).scaleb(-fact.decimals - 1)
    return value - half, value + half


PARTS: tuple[Callable[[Read, Taxonomy], Iterator[str]], ...] = (_document, _facts, _duplicates, _sums)


def _read_back(document: Read, wanted: Sequence[Fact]) -> Iterator[str]:
    """Whether each fact that was to be written is there once and says what it should, and no other is."""
    there = {fact.id: fact for fact in document.facts}
    for fact in wanted:
        got = there.pop(fact.id, None)
        if got is None:
            yield f"fact {fact.id} was not written"
        elif got.context not in document.contexts:
            continue  # said already
        elif got.name != fact.element or document.contexts[got.context].dimensions != fact.dimensions:
            yield f"fact {fact.id} is not the one that was to be written"
        elif fact.unit and (got.value, got.is_nil) != (fact.exact, fact.value is None):
            yield f"fact {fact.id} reads as {got.value}, its figure is {fact.exact}"
    for name in there:
        yield f'a fact "{name}" was not to be written'
