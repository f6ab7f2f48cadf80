"""The table `setting`: what the documents print beside the figures, from inventory.yaml and from the build."""

from __future__ import annotations

import os

import reporting
from reporting.inventory import Inventory
from reporting.pipeline import Result


def write_settings(result: Result, period: str, digest: str) -> None:
    """Fill the table `setting` of a computed inventory; SOURCE_DATE_EPOCH is the only time that documents know."""
    rows = _build(result.inventory, period, digest) | _organisation(result.inventory) | _people(result.inventory)
    for name, value in rows.items():
        result.connection.execute("insert or replace into setting values ($1, $2)", [name, value])


def _build(inventory: Inventory, period: str, digest: str) -> dict[str, str]:
    declared = list(inventory.periods)
    before = declared[declared.index(period) - 1] if period in declared[1:] else ""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    engine = reporting.__version__
    return {
        "period": period,
        "comparative": before,
        "build.digest": digest,
        "engine.version": engine,
        "version": "draft",
        "source_date_epoch": epoch,
    }


def _organisation(inventory: Inventory) -> dict[str, str]:
    rows = {f"organisation.{key}": getattr(inventory.organisation, key) for key in ("name", "lei", "country", "currency", "nace")}
    rows |= {key: str(getattr(inventory, key)) for key in ("materiality_threshold", "supplier_basis", "fiscal_year_start")}
    if inventory.base_year:
        rows |= {f"base_year.{key}": str(getattr(inventory.base_year, key)) for key in ("period", "reason", "policy", "threshold")}
    return rows | {f"narrative.{key}": text for key, text in inventory.narrative.items()}


def _people(inventory: Inventory) -> dict[str, str]:
    people = {role: getattr(inventory, role) for role in ("preparer", "reviewer", "approver")}
    return {f"{role}.{part}": getattr(person, part) for role, person in people.items() if person for part in ("name", "role")}
