"""The register of published versions below `disclosures`: publish, list, restore.

publish: keep every input as an object -> compute from those objects -> write the version beside -> move it into its place -> add the
line to register.jsonl, which is the moment of publication -> put factors.lock into the inventory. Whatever a crash leaves before that
line is no version and is cleared away by the next writer; what it leaves undone after it, the next writer does.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from reporting.database import whole_file
from reporting.digest import file_sha256
from reporting.evidence import chain, objects
from reporting.evidence.durable import keep_folder
from reporting.evidence.event_date import event_date
from reporting.evidence.exclusive import exclusive
from reporting.evidence.formats import FIRST, Event, Publish, SignOff, VersionManifest
from reporting.evidence.integrity import read_manifest
from reporting.inventory_folder import inventory_file
from reporting.locks.load import NAME as LOCK
from reporting.pipeline import Progress, silent
from reporting.private_key import keyed
from reporting.types import InputError, UsageError

if TYPE_CHECKING:
    from reporting.evidence.publication import Made

SCRATCH = ".publish-"
PENDING = ".factors.lock"
INTENT = ".publishing"


@dataclass(frozen=True)
class Version:
    """A published version: its name, its place, its manifest with digest, and who signed it off."""

    name: str
    folder: Path
    digest: str
    date: date
    reason: str
    manifest: VersionManifest
    signoffs: tuple[SignOff, ...] = ()
    is_latest: bool = True
    is_new: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved it."""
        return any(event.event == "approve" for event in self.signoffs)


def home_of(folder: Path) -> Path:
    """The register's folder of an inventory."""
    return folder / chain.HOME


def versions(folder: Path) -> tuple[Version, ...]:
    """Every published version in the order of publication; raises InputError where the chain or a manifest is not as written."""
    home = home_of(folder)
    events = chain.read_register(home)
    return tuple(_version(home, events, event) for event in events if isinstance(event, Publish))


def find_version(folder: Path, name: str) -> Version:
    """A version by its name, `2026-Q2/v1` or `2026-Q2/latest`; raises UsageError for one that was not published."""
    known = versions(folder)
    period, _, which = name.rpartition("/")
    for version in known:
        if version.name == name or (which == "latest" and version.is_latest and version.manifest.period == period):
            return version
    names = ", ".join(version.name for version in known)
    fix = f"use one of {names}" if names else "publish one first: ghg publish"
    raise UsageError(f'version "{name}" is not in the register of {folder}. fix: {fix}')


def restore(folder: Path, version: str, destination: Path) -> Version:
    """Write the inputs of a version as an inventory folder, byte for byte; the destination must be new or empty."""
    found = find_version(folder, version)
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        raise UsageError(f"{destination}: is there already. fix: name a folder that is new or empty")
    destination.mkdir(parents=True, exist_ok=True)
    objects.write_out(home_of(folder), found.manifest.inputs, destination)
    return found


def _version(home: Path, events: tuple[Event, ...], event: Publish) -> Version:
    period = event.version.rpartition("/")[0]
    signoffs = tuple(one for one in events if isinstance(one, SignOff) and one.version == event.version)
    latest = chain.published(events, period)[-1].version == event.version
    manifest = read_manifest(home, event)
    return Version(event.version, home / event.version, event.digest, event.date, event.reason, manifest, signoffs, latest)


def publish(  # noqa: PLR0913 - one argument for each option of the verb
    folder: Path,
    period: str,
    *,
    reason: str = "",
    formats: Sequence[str] = ("pdf", "xlsx", "json"),
    on: str = "",
    progress: Progress = silent,
) -> Version:
    """Freeze a period as a new version; with nothing changed since the last one, that one is returned. Raises InputError, UsageError."""
    from reporting.evidence import publication  # noqa: PLC0415 - it imports the calculation, which reads this register

    publication.refuse_unknown(formats)
    day = event_date(on)
    home = home_of(folder)
    inventory_file(folder)
    with writing(folder, progress) as events, _scratch(home) as scratch, keyed(folder):
        before = chain.published(events, period)
        if chain.is_closed(events, period):
            raise UsageError(f"{folder}: {period} is closed. fix: reopen it with `ghg reopen` and a reason, then publish")
        last = _version(home, events, before[-1]) if before else None
        frozen = publication.freeze(folder, home)
        if last and publication.is_unchanged(frozen, last.manifest):
            return last
        if last and not reason.strip():
            raise UsageError(f"{last.name} is published. fix: give --reason why {period} is published anew")
        name = f"{period}/v{len(before) + 1}"
        draft = publication.Draft(name, period, reason.strip(), last.digest if last else FIRST, events, last)
        made = publication.make(frozen, draft, scratch, formats, progress)
        return _commit(folder, events, made, Publish(version=name, digest=made.digest, reason=draft.reason, date=day))


@contextmanager
def writing(folder: Path, progress: Progress = silent) -> Iterator[tuple[Event, ...]]:
    """Hold the register alone, finish what an interrupted run left, and give the events; what a full disk breaks is an InputError."""
    home = home_of(folder)
    with exclusive(home, progress):
        events = chain.read_register(home)
        _recover(folder, events)
        try:
            yield events
        except duckdb.IOException as error:
            found = re.search(r"Could not write file[^:]*: ([A-Za-z ]+)", str(error))
            what = found[1] if found else str(error).splitlines()[0]
            raise InputError(f"{home}: a file could not be written: {what}. fix: check the free space, then publish again") from None


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(dir=home, prefix=SCRATCH))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _recover(folder: Path, events: tuple[Event, ...]) -> None:
    """Clear away what is no version; put the factor lock of the last publication where its writer did not come to do so."""
    home = home_of(folder)
    for path in home.glob(f"{SCRATCH}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in (
        *home.glob(f".{chain.NAME}.*"),
        *home.glob(f".{chain.HEAD}.*"),
        *home.glob(f".{INTENT}.*"),
        *(home / objects.FOLDER).glob(".new.*"),
    ):
        path.unlink()
    _clear_unlisted(home, events)
    if events:
        chain.write_head(home, events)
    _place_lock(folder, events)


def _clear_unlisted(home: Path, events: tuple[Event, ...]) -> None:
    """Remove the version that an interrupted run was moving into place; raises InputError for any other that no line names."""
    known = {event.version for event in events if isinstance(event, Publish)}
    intent = home / INTENT
    begun = intent.read_text(encoding="utf-8").strip() if intent.exists() else ""
    for path in sorted(home.glob("*/v*")):
        name = path.relative_to(home).as_posix()
        if name == begun and name not in known:
            shutil.rmtree(path)
        elif name not in known:
            raise InputError(f"{path}: no line of the register names this version. fix: {chain.FIX}")
    intent.unlink(missing_ok=True)


def _place_lock(folder: Path, events: tuple[Event, ...]) -> None:
    """Move the pending factor lock into the inventory if the last publication rests on it, else drop it."""
    home = home_of(folder)
    pending = home / PENDING
    if not pending.exists():
        return
    publications = [event for event in events if isinstance(event, Publish)]
    if publications and read_manifest(home, publications[-1]).inputs.get(LOCK) == file_sha256(pending):
        pending.replace(folder / LOCK)
        keep_folder(folder)
    else:
        pending.unlink()


def _commit(folder: Path, events: tuple[Event, ...], made: Made, event: Publish) -> Version:
    """Move the version into its place, then add its line: from here on it is published."""
    home = home_of(folder)
    target = home / event.version
    target.parent.mkdir(exist_ok=True)
    with whole_file(home / INTENT) as temporary:
        temporary.write_text(event.version, encoding="utf-8")
    made.folder.rename(target)
    keep_folder(target.parent)
    keep_folder(home)
    if made.lock:
        made.lock.replace(home / PENDING)
    written = chain.append(home, events, event)
    (home / INTENT).unlink()
    keep_folder(home)
    _place_lock(folder, (*events, written))
    found = _version(home, (*events, written), event)
    return replace(found, is_new=True)
