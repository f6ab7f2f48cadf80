"""The table `setting`: what the documents print beside the figures: what the build adds to what inventory.yaml declares."""

from __future__ import annotations

import os

import reporting
from reporting.evidence.published import build_version
from reporting.inventory import Inventory
from reporting.pipeline import Result


def write_settings(result: Result, period: str, digest: str) -> None:
    """Fill the table `setting` of a computed inventory; SOURCE_DATE_EPOCH is the only time that documents know."""
    rows = _build(result.inventory, period, digest) | {"version": build_version(result.connection, period)}
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
        "source_date_epoch": epoch,
    }
