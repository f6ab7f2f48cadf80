"""disclosures/objects: every file of every version once, under the SHA-256 of its bytes; an object is written once and never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from reporting.digest import CHUNK, file_sha256
from reporting.evidence.durable import keep_folder
from reporting.types import InputError

FOLDER = "objects"


def store(home: Path, files: dict[str, Path]) -> dict[str, str]:
    """Keep files as objects and give path -> SHA-256 of the very bytes that were kept; raises InputError for an object that was edited."""
    shelf = home / FOLDER
    shelf.mkdir(parents=True, exist_ok=True)
    made = {name: _store(shelf, path) for name, path in files.items()}
    keep_folder(shelf)
    return made


def _store(shelf: Path, path: Path) -> str:
    sha256 = file_sha256(path)
    if (shelf / sha256).exists():
        return _checked(shelf, sha256)
    handle, name = tempfile.mkstemp(dir=shelf, prefix=".new.")
    temporary = Path(name)
    try:
        sha256 = _copied(path, handle)
        temporary.chmod(0o444)
        temporary.replace(shelf / sha256)
    finally:
        temporary.unlink(missing_ok=True)
    return sha256


def _copied(path: Path, handle: int) -> str:
    """Copy a file into an open one and give the SHA-256 of what was written: the file may change under the hand."""
    total = hashlib.sha256()
    with path.open("rb") as source, os.fdopen(handle, "wb") as target:
        while chunk := source.read(CHUNK):
            total.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return total.hexdigest()


def _checked(shelf: Path, sha256: str) -> str:
    fault = object_fault(shelf.parent, sha256)
    if fault:
        raise InputError(f"{shelf / sha256}: {fault}. fix: restore it from a copy of the folder disclosures")
    return sha256


def object_fault(home: Path, sha256: str) -> str:
    """What is wrong with an object: missing or edited; '' where it is as it was written."""
    path = home / FOLDER / sha256
    if path.is_symlink() or not path.is_file():
        return "is missing"
    return "" if file_sha256(path) == sha256 else "was edited: its bytes are not those that its name states"


def write_out(home: Path, files: dict[str, str], destination: Path) -> None:
    """Write objects under the names of a manifest below a folder that is new or empty; raises InputError for an object that was edited."""
    for name, sha256 in files.items():
        target = destination / name
        if not target.resolve().is_relative_to(destination.resolve()):
            raise InputError(f"{name}: leads out of {destination}. fix: restore the version from a copy of the folder disclosures")
        _checked(home / FOLDER, sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(home / FOLDER / sha256, target)


def lay_out(home: Path, files: dict[str, str], destination: Path) -> None:
    """The same for reading alone: links to the objects themselves where the file system has links, so that large files are not copied."""
    for name, sha256 in files.items():
        target = destination / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(home / FOLDER / sha256, target)
        except OSError:
            shutil.copyfile(home / FOLDER / sha256, target)
