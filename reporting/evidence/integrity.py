"""Whether a register is as it was written: its chain, the manifests, what lies beside them, and the objects that versions rest on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from reporting.digest import file_sha256
from reporting.evidence import objects
from reporting.evidence.chain import FIX, HEAD, NAME, Fault, register_lines
from reporting.evidence.formats import FIRST, Event, Publish, RegisterFault, VersionManifest
from reporting.types import InputError

MANIFEST = "version.json"


def read_manifest(home: Path, event: Publish) -> VersionManifest:
    """version.json of a publication; raises InputError that names it and its line of the register."""
    read = _manifest(home, event)
    if isinstance(read, str):
        raise InputError(f"{home / event.version / MANIFEST}: {read} (register.jsonl:{event.number} names it). fix: {FIX}")
    return read


def _manifest(home: Path, event: Publish) -> VersionManifest | str:
    """The manifest, or what is wrong with it."""
    path = home / event.version / MANIFEST
    if path.is_symlink() or not path.is_file():
        return "is missing"
    if file_sha256(path) != event.digest:
        return "was edited: its digest is not the one that was published"
    try:
        manifest = VersionManifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        return f"cannot be read ({'.'.join(str(part) for part in first['loc'])}: {first['msg']})"
    return manifest if manifest.version == event.version else f"is the manifest of {manifest.version}"


def intact(home: Path) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """The events up to the first fault of the chain, with the faults of chain, manifests and files of versions; objects aside."""
    events, faults = register_lines(home)
    return events, (*faults, *_version_faults(home, events))


def all_faults(home: Path) -> tuple[Fault, ...]:
    """Every fault: the chain, the versions, the objects that they rest on, and, of a whole chain, versions that no line names."""
    events, faults = intact(home)
    kept: dict[str, str] = {}
    whole = not any(fault.file in {NAME, HEAD} for fault in faults)
    return (*faults, *_object_faults(home, events, kept), *(_unlisted(home, events) if whole else ()))


def _version_faults(home: Path, events: tuple[Event, ...]) -> Iterator[Fault]:
    before: dict[str, str] = {}
    for event in events:
        if not isinstance(event, Publish):
            continue
        period = event.version.rpartition("/")[0]
        read = _manifest(home, event)
        if isinstance(read, str):
            yield Fault(f"{event.version}/{MANIFEST}", event.number, read)
        else:
            if read.previous != before.get(period, FIRST):
                yield Fault(f"{event.version}/{MANIFEST}", event.number, "does not follow the version before it")
            yield from _file_faults(home, event, read)
        before[period] = event.digest


def _file_faults(home: Path, event: Publish, manifest: VersionManifest) -> Iterator[Fault]:
    """What lies beside a manifest and differs from it."""
    folder = home / event.version
    there = {path.name for path in folder.iterdir()} - {MANIFEST}
    for name in sorted(there | set(manifest.files)):
        path = folder / name
        what = (
            "is missing" if name not in there
            else "was put there by somebody: the manifest does not list it" if name not in manifest.files
            else "was edited: its digest is not the one of the manifest" if path.is_symlink() or file_sha256(path) != manifest.files[name]
            else ""
        )  # fmt: skip
        if what:
            yield Fault(f"{event.version}/{name}", event.number, what)


def _object_faults(home: Path, events: tuple[Event, ...], seen: dict[str, str]) -> Iterator[Fault]:
    """Objects that are missing or edited, with the first version and path that rest on them."""
    for event in events:
        manifest = _manifest(home, event) if isinstance(event, Publish) else ""
        if isinstance(manifest, str):
            continue
        for name, sha256 in {**manifest.inputs, **manifest.product}.items():
            if sha256 in seen:
                continue
            seen[sha256] = objects.object_fault(home, sha256)
            if seen[sha256]:
                yield Fault(f"{objects.FOLDER}/{sha256}", event.number, f"{seen[sha256]}; it is {name} of {manifest.version}")


def _unlisted(home: Path, events: tuple[Event, ...]) -> Iterator[Fault]:
    known = {event.version for event in events if isinstance(event, Publish)}
    for path in sorted(home.glob("*/v*")):
        name = path.relative_to(home).as_posix()
        if name not in known:
            yield Fault(name, None, "no line of the register names it: a publication was interrupted, or the line was taken out")


def told(fault: Fault | RegisterFault) -> str:
    """A fault in one line: file, line of the register, what is wrong."""
    line = f" (register.jsonl:{fault.line})" if fault.line and fault.file != "register.jsonl" else f":{fault.line}" if fault.line else ""
    return f"disclosures/{fault.file}{line}: {fault.message}"
