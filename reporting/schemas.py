"""JSON Schema 2020-12 of every public format, made from the types: `python -m reporting.schemas` writes the folder schemas anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from reporting.evidence.bridge.shapes import Bridge
from reporting.evidence.formats import (
    PeriodChange,
    Published,
    RegisterLine,
    Restored,
    Signatures,
    Signed,
    SignOff,
    VersionManifest,
    Versions,
)
from reporting.evidence.pack_formats import Packed, Verified
from reporting.evidence.sampling.shapes import ReadSample, Sample
from reporting.formats import Built, Check, Figures, Started, Template, Traced
from reporting.importers.publishers import Imported, Publishers
from reporting.inventory import Inventory
from reporting.locks.formats import FactorsLock
from reporting.questions.answers import Calculation, Coverage, FactorDetail, FactorSearch, FactorSets, WhyNot
from reporting.questions.change_answers import FactorDiff, Stale
from reporting.questions.reconcile import BillRows, Reconciliation
from reporting.resources import folder

# What a person writes is read (validation), all else is written (serialization): there, decimals are text.
READ: Mapping[str, type] = {"inventory": Inventory}
WRITTEN: Mapping[str, type] = {
    "build": Built,
    "calculate": Calculation,
    "check": Check,
    "close": PeriodChange,
    "coverage": Coverage,
    "diff": Bridge,
    "factors_import": Imported,
    "factors_diff": FactorDiff,
    "factors_list": FactorSets,
    "factors_lock": FactorsLock,
    "factors_publishers": Publishers,
    "factors_search": FactorSearch,
    "factors_show": FactorDetail,
    "factors_stale": Stale,
    "figures": Figures,
    "init": Started,
    "pack": Packed,
    "publish": Published,
    "reconcile": Reconciliation,
    "register_line": RegisterLine,
    "reopen": PeriodChange,
    "restore": Restored,
    "rows": BillRows,
    "sample": Sample,
    "sample_read": ReadSample,
    "sign": Signed,
    "signatures": Signatures,
    "signoff": SignOff,
    "template": Template,
    "trace": Traced,
    "verify": Verified,
    "version": VersionManifest,
    "versions": Versions,
    "why_not": WhyNot,
}


def schemas() -> dict[str, str]:
    """The text of every schema by its file name."""
    read = {name: schema(name, kind, "validation") for name, kind in READ.items()}
    written = {name: schema(name, kind, "serialization") for name, kind in WRITTEN.items()}
    return {f"{name}.schema.json": text for name, text in sorted({**read, **written}.items())}


def schema(name: str, kind: type, mode: Literal["validation", "serialization"]) -> str:
    """One schema as text: unknown keys refused everywhere."""
    made = closed(TypeAdapter(kind).json_schema(mode=mode))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:ghg-reporting:{name}"}
    return json.dumps({**head, **(made if isinstance(made, dict) else {})}, indent=1, ensure_ascii=False) + "\n"


def closed(part: object) -> object:
    """A schema in which every object with named properties refuses others."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(value) for key, value in part.items()}
    return (
        {**inner, "additionalProperties": False} if inner.get("type") == "object" and isinstance(inner.get("properties"), dict) else inner
    )


def write(target: Path) -> None:
    """Write every schema into a folder."""
    for name, text in schemas().items():
        (target / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    write(folder("schemas"))
