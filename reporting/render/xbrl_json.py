"""The facts of a document in the manner of xBRL-JSON (Open Information Model 1.0), each with the id of its figure beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from reporting.database import whole_file
from reporting.digest import plain
from reporting.render.ixbrl_facts import Entity, Fact, Period
from reporting.render.taxonomy import Taxonomy

DOCUMENT = "https://xbrl.org/2021/xbrl-json"
NAMESPACES = {
    "ghg": "urn:ghg-reporting:figures",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "utr": "http://www.xbrl.org/2009/utr",
    "xbrl": "https://xbrl.org/2021",
    "xbrli": "http://www.xbrl.org/2003/instance",
}


def render(path: Path, taxonomy: Taxonomy, entity: Entity, facts: Sequence[Fact]) -> None:
    """Write the facts: sorted keys, decimals as text, one trailing newline."""
    namespaces = NAMESPACES | taxonomy.head.namespaces | {"entity": entity.scheme}
    record = {
        "documentInfo": {"documentType": DOCUMENT, "namespaces": namespaces, "taxonomy": [taxonomy.head.entry_point]},
        "facts": {fact.id: _fact(fact, entity) for fact in facts},
    }
    with whole_file(path) as temporary:
        temporary.write_text(json.dumps(record, sort_keys=True, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fact(fact: Fact, entity: Entity) -> dict[str, object]:
    dimensions = {
        "concept": fact.element,
        "entity": f"entity:{entity.identifier}",
        "period": _period(fact.period),
        **({"unit": fact.unit} if fact.unit and fact.unit != "xbrli:pure" else {}),
        **({"language": "en"} if fact.html else {}),
        **dict(fact.dimensions),
    }
    record: dict[str, object] = {"value": _value(fact), "dimensions": dimensions, "ghg:figure": fact.figure_id, "ghg:of": fact.of}
    if fact.exact is not None:
        record["decimals"] = fact.decimals
    if fact.reason:
        record["ghg:reason"] = fact.reason
    return record


def _value(fact: Fact) -> str | None:
    if fact.unit:
        return None if fact.exact is None else plain(fact.exact)
    return fact.text or str(fact.html)


def _period(period: Period) -> str:
    """Points in time: an instant is the end of its day."""
    if isinstance(period, date):
        return f"{period + timedelta(days=1)}T00:00:00"
    return f"{period[0]}T00:00:00/{period[1]}T00:00:00"
