"""Inline XBRL read back from its bytes: facts with element, period, dimensions, unit and value, names by namespace and not by prefix."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

IX = "{http://www.xbrl.org/2013/inlineXBRL}"
IXT = "http://www.xbrl.org/inlineXBRL/transformation/"
XBRLI = "{http://www.xbrl.org/2003/instance}"
XBRLDI = "{http://xbrl.org/2006/xbrldi}"
LINK = "{http://www.xbrl.org/2003/linkbase}"
HREF = "{http://www.w3.org/1999/xlink}href"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
NUMBER = re.compile(r"[0-9]+(,[0-9]{3})*(\.[0-9]+)?|\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Context:
    """Entity, half-open period (start is None for an instant, whose end is the day itself) and dimensions by axis."""

    entity: str
    starts: date | None
    ends: date
    dimensions: tuple[tuple[str, str], ...]
    is_typed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact as a consumer reads it: `value` is scaled and signed, None for nil or text; `decimals` is None for INF and none."""

    id: str
    name: str
    is_numeric: bool
    is_nil: bool
    context: str
    unit: str
    value: Decimal | None
    decimals: int | None
    text: str
    fault: str = ""


@dataclass
class Read:
    """A document as read; `fault` says why it cannot be."""

    fault: str = ""
    schema: str = ""
    ids: list[str] = field(default_factory=list)
    contexts: dict[str, Context] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    facts: list[ReadFact] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def read(content: bytes, prefixes: Mapping[str, str]) -> Read:
    """Read a document; `prefixes` gives the prefix by which each namespace is called in what is returned."""
    spaces: dict[str, str] = {}
    root: Element | None = None
    try:
        for event, node in iterparse(io.BytesIO(content), events=("start-ns", "end"), forbid_dtd=True):
            if event == "start-ns":
                spaces[node[0]] = node[1]
            else:
                root = node
    except (ParseError, DefusedXmlException) as error:
        return Read(fault=f"is not well-formed XML ({error})")
    if root is None:
        return Read(fault="is empty")
    try:
        return _read(root, {prefix: prefixes.get(uri, uri) for prefix, uri in spaces.items()})
    except (ValueError, KeyError) as error:
        return Read(fault=f"holds a context or unit that cannot be read ({error})")


def _read(root: Element, names: Mapping[str, str]) -> Read:
    found = Read()
    found.schema = next((node.get(HREF, "") for node in root.iter(f"{LINK}schemaRef")), "")
    found.ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    for node in root.iter(f"{XBRLI}context"):
        found.contexts[node.attrib["id"]] = _context(node, names)
    for node in root.iter(f"{XBRLI}unit"):
        found.units[node.attrib["id"]] = _unit(node, names)
    found.facts = list(_facts(root, names))
    for node in root.iter(f"{IX}relationship"):
        found.references += [*node.get("fromRefs", "").split(), *node.get("toRefs", "").split()]
    return found


def _named(text: str, names: Mapping[str, str]) -> str:
    """A qualified name with the prefix that its namespace has here; one without a known prefix keeps what it has."""
    prefix, colon, local = text.strip().partition(":")
    return f"{names.get(prefix, prefix)}:{local}" if colon else text.strip()


def _context(node: Element, names: Mapping[str, str]) -> Context:
    identifier = next(node.iter(f"{XBRLI}identifier"))
    instant, starts, ends = (node.find(f"{XBRLI}period/{XBRLI}{part}") for part in ("instant", "startDate", "endDate"))
    pairs, typed = [], set()
    for member in node.iter():
        if member.tag == f"{XBRLDI}explicitMember":
            pairs.append((_named(member.attrib["dimension"], names), _named(member.text or "", names)))
        elif member.tag == f"{XBRLDI}typedMember":
            axis = _named(member.attrib["dimension"], names)
            pairs.append((axis, "".join(member.itertext()).strip()))
            typed.add(axis)
    who = f"{identifier.get('scheme', '')} {(identifier.text or '').strip()}"
    if instant is not None:
        return Context(who, None, date.fromisoformat(instant.text or ""), tuple(sorted(pairs)), frozenset(typed))
    first, last = ("" if part is None else part.text or "" for part in (starts, ends))
    return Context(who, date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1), tuple(sorted(pairs)), frozenset(typed))


def _unit(node: Element, names: Mapping[str, str]) -> str:
    divide = node.find(f"{XBRLI}divide")
    if divide is None:
        return "*".join(_measures(node, names))
    parts = (divide.find(f"{XBRLI}{part}") for part in ("unitNumerator", "unitDenominator"))
    return "/".join("*".join(_measures(part, names)) if part is not None else "" for part in parts)


def _measures(node: Element, names: Mapping[str, str]) -> list[str]:
    return sorted(_named(measure.text or "", names) for measure in node.iter(f"{XBRLI}measure"))


def _facts(root: Element, names: Mapping[str, str]) -> Iterator[ReadFact]:
    for node in root.iter():
        if node.tag in {f"{IX}nonFraction", f"{IX}nonNumeric"}:
            yield _fact(node, names)


def _fact(node: Element, names: Mapping[str, str]) -> ReadFact:
    is_numeric, is_nil = node.tag == f"{IX}nonFraction", node.get(NIL) in {"true", "1"}
    text = "".join(node.itertext()).strip()
    value, fault = (None, "") if is_nil or not is_numeric else _value(node, text, names)
    decimals = node.get("decimals", "")
    if is_numeric and not is_nil and not re.fullmatch(r"INF|-?[0-9]{1,4}", decimals):
        fault = fault or "says not to how many decimals it is accurate"
    return ReadFact(
        id=node.get("id", ""),
        name=_named(node.get("name", ""), names),
        is_numeric=is_numeric,
        is_nil=is_nil,
        context=node.get("contextRef", ""),
        unit=node.get("unitRef", ""),
        value=value,
        decimals=int(decimals) if re.fullmatch(r"-?[0-9]{1,4}", decimals) else None,
        text=text,
        fault=fault or ("is nil, but has a content" if is_nil and text else ""),
    )


def _value(node: Element, text: str, names: Mapping[str, str]) -> tuple[Decimal | None, str]:
    form, scale, sign = _named(node.get("format", ""), names), node.get("scale", "0"), node.get("sign", "")
    if not form.startswith((IXT, "ixt:")) or form.rpartition(":")[2] != "num-dot-decimal":
        return None, f'has the format "{form}", where num-dot-decimal is used'
    if not NUMBER.fullmatch(text) or not re.fullmatch(r"-?[0-9]{1,3}", scale) or sign not in {"", "-"}:
        return None, f'"{text}" (scale "{scale}", sign "{sign}") is not a number'
    value = Decimal(text.replace(",", "")).scaleb(int(scale))
    return (-value if sign else value), ""
