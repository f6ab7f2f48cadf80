"""The published versions beside what is computed now: into the tables that the checks and statements of the register read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reporting.database import PACKAGE, Connection, insert_rows
from reporting.evidence.chain import HOME, NAME
from reporting.evidence.engine import engine
from reporting.evidence.formats import Event, PeriodChange, Publish, VersionManifest
from reporting.evidence.inputs import digests, input_files, product_files
from reporting.evidence.integrity import intact, read_manifest
from reporting.inventory import Inventory
from reporting.locks.formats import FactorsLock
from reporting.locks.load import NAME as LOCK
from reporting.locks.load import read_locks
from reporting.types import InputError

QUERIES = PACKAGE / "evidence"
FIGURES = (QUERIES / "published_figures.sql").read_text(encoding="utf-8")
FAULT = "insert into register_fault select unnest($1), unnest($2), unnest($3)"
EVENT = """insert into register_event select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8),
    unnest($9)"""
BUILD_VERSION = (QUERIES / "build_version.sql").read_text(encoding="utf-8")
DRAFT = "draft"
VERSION = "insert into published_version select unnest($1), unnest($2), unnest($3), unnest($4)"
CHANGE = "insert into published_change select unnest($1), unnest($2), unnest($3)"
Row = tuple[object, ...]


def load_published(connection: Connection, folder: Path, inventory: Inventory) -> None:
    """Fill register_event to published_change from the register of an inventory; none where nothing is published."""
    home = folder / HOME
    if not (home / NAME).is_file():
        return
    events, faults = intact(home)
    insert_rows(connection, FAULT, [(fault.line, fault.file, fault.message) for fault in faults])
    load_events(connection, events)
    latest = {event.version.rpartition("/")[0]: event for event in events if isinstance(event, Publish)}
    insert_rows(connection, VERSION, [(period, event.version, event.digest, event.number) for period, event in latest.items()])
    damaged = {fault.line for fault in faults}
    whole = {period: event for period, event in latest.items() if event.number not in damaged}
    if whole:
        _load_versions(connection, folder, inventory, whole)


def load_events(connection: Connection, events: tuple[Event, ...]) -> None:
    """Fill register_event, one row for each line of the register."""
    insert_rows(connection, EVENT, [_row(event) for event in events])


def build_version(connection: Connection, period: str) -> str:
    """What a build calls itself: a draft, or how it stands to the published version of its period."""
    found = connection.execute(BUILD_VERSION, {"period": period}).fetchone()
    return str(found[0]) if found else DRAFT


def _row(event: Event) -> Row:
    if isinstance(event, PeriodChange):
        return (event.number, event.event, event.period, "", "", event.name, event.role, event.reason, event.date)
    period = event.version.rpartition("/")[0]
    who = ("", "", event.reason) if isinstance(event, Publish) else (event.name, event.role, "")
    return (event.number, event.event, period, event.version, event.digest, *who, event.date)


def _load_versions(connection: Connection, folder: Path, inventory: Inventory, latest: dict[str, Publish]) -> None:
    """The figures of the latest versions, and what changed since each."""
    home = folder / HOME
    now = digests(input_files(folder, inventory))
    product = digests(product_files())
    for period, event in latest.items():
        manifest = read_manifest(home, event)
        connection.execute(FIGURES, {"path": str(home / event.version / "figures.json"), "period": period})
        insert_rows(connection, CHANGE, [(period, path, what) for path, what in _changes(folder, manifest, now, product)])


def _changes(folder: Path, manifest: VersionManifest, now: dict[str, str], product: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Path and kind of every change since a version; locks of other periods are none."""
    for path, what in _differences(manifest.inputs, now):
        if path != LOCK or not _is_same_lock(folder, manifest):
            yield path, what
    if manifest.product != product:
        yield "factor sets, tables and rules of the product", "changed"
    if manifest.engine != engine():
        yield f"{manifest.engine.name} {manifest.engine.version}", "changed"


def _differences(before: dict[str, str], now: dict[str, str]) -> Iterator[tuple[str, str]]:
    for path in sorted(before.keys() | now.keys()):
        if before.get(path) != now.get(path):
            yield path, "added" if path not in before else "removed" if path not in now else "changed"


def _is_same_lock(folder: Path, manifest: VersionManifest) -> bool:
    """Whether the factor lock of the version's period is the one that it was published with."""
    path = folder / HOME / "objects" / manifest.inputs.get(LOCK, "")
    if not path.is_file():
        return False
    before = FactorsLock.model_validate_json(path.read_bytes()).periods.get(manifest.period)
    try:
        return before == read_locks(folder).periods.get(manifest.period)
    except InputError:
        return False
