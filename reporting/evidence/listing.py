"""The register as a list: every version that is as it was written, and everything that is not."""

from __future__ import annotations

from pathlib import Path

from reporting.evidence.chain import is_closed, published
from reporting.evidence.formats import Event, ListedVersion, Publish, RegisterFault, SignOff, Versions
from reporting.evidence.integrity import all_faults, intact, read_manifest
from reporting.evidence.register import home_of
from reporting.inventory_folder import inventory_file


def listing(folder: Path) -> Versions:
    """Versions in the order of publication, with all faults of the register; raises InputError where there is no inventory."""
    inventory_file(folder)
    home = home_of(folder)
    events, _ = intact(home)
    faults = all_faults(home)
    broken = {fault.line for fault in faults if fault.file.endswith("/version.json")}
    listed = [_listed(home, events, event) for event in events if isinstance(event, Publish) and event.number not in broken]
    return Versions(
        versions=tuple(listed), faults=tuple(RegisterFault(file=one.file, line=one.line, message=one.message) for one in faults)
    )


def _listed(home: Path, events: tuple[Event, ...], event: Publish) -> ListedVersion:
    manifest = read_manifest(home, event)
    signoffs = tuple(one for one in events if isinstance(one, SignOff) and one.version == event.version)
    return ListedVersion(
        version=event.version,
        period=manifest.period,
        digest=event.digest,
        previous=manifest.previous,
        date=event.date,
        reason=event.reason,
        engine=f"{manifest.engine.name} {manifest.engine.version}",
        is_latest=published(events, manifest.period)[-1].version == event.version,
        is_approved=any(one.event == "approve" for one in signoffs),
        is_closed=is_closed(events, manifest.period),
        incomplete=manifest.incomplete,
        signoffs=signoffs,
    )
