"""Unpacking a pack that somebody else sent: names, sizes and kinds are looked at before a byte is written, then the bag is checked."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from reporting.digest import CHUNK, file_sha256
from reporting.evidence.bag import PAYLOAD, TAGS, files_of
from reporting.types import InputError

MAX_BYTES = 64 << 30
MAX_RATIO = 1000
MAX_WHOLE_RATIO = 100
SMALL = 1 << 30
REFUSE = "fix: ask for the pack again; nothing of it was used"


def unpack(path: Path, target: Path) -> Path:
    """Unpack into an empty folder and give the bag in it; raises InputError for what no pack holds."""
    try:
        with zipfile.ZipFile(path) as pack:
            _refuse(path, pack.infolist())
            for member in pack.infolist():
                _write(path, pack, member, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no whole ZIP ({error}). {REFUSE}") from None
    tops = sorted(target.iterdir())
    if len(tops) != 1 or not tops[0].is_dir():
        raise InputError(f"{path}: a pack holds one folder and nothing beside it. {REFUSE}")
    return tops[0]


def is_plain(name: str) -> bool:
    """Whether a name stays below the folder it is unpacked into, on every system."""
    return bool(name) and not name.startswith("/") and ".." not in PurePosixPath(name).parts and not re.search(r"[\\:\x00-\x1f]", name)


def _refuse(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    whole = sum(member.file_size for member in members)
    if whole > MAX_BYTES or whole > max(SMALL, path.stat().st_size * MAX_WHOLE_RATIO):
        raise InputError(f"{path}: unpacks to {whole} bytes: a bomb. {REFUSE}")
    seen: dict[str, str] = {}
    for member in members:
        if not is_plain(member.orig_filename) or not is_plain(member.filename):
            raise InputError(f"{path}: {member.orig_filename!r} leads out of the pack. {REFUSE}")
        if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise InputError(f"{path}: {member.filename} is a link or a device. {REFUSE}")
        if member.file_size > max(CHUNK, member.compress_size * MAX_RATIO):
            raise InputError(f"{path}: {member.filename} unpacks to {member.file_size} bytes from {member.compress_size}: a bomb. {REFUSE}")
        key = unicodedata.normalize("NFC", member.filename).casefold()
        if key in seen:
            raise InputError(f"{path}: {member.filename} and {seen[key]} are one file where case does not count. {REFUSE}")
        seen[key] = member.filename


def _write(path: Path, pack: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    place = target / member.filename
    if member.is_dir():
        place.mkdir(parents=True, exist_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with pack.open(member) as source, place.open("xb") as file:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError(f"{path}: {member.filename} is larger than the ZIP says: a bomb. {REFUSE}")
            file.write(chunk)


def bag_faults(root: Path) -> list[str]:
    """What is wrong with a bag: files missing, not listed, changed; none where all is as packed."""
    found = files_of(root)
    listed: dict[str, str] = {}
    for name in (PAYLOAD, TAGS):
        if name not in found:
            return [f"{name}: is missing"]
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1):
            match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
            if not match or not is_plain(match[2]) or match[2] in listed:
                return [f"{name}:{number}: is no line of a manifest, or names a file twice"]
            listed[match[2].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")] = match[1]
    faults = [f"{name}: is listed and missing" for name in sorted(listed.keys() - found.keys())]
    faults += [f"{name}: is in the bag and not listed" for name in sorted(found.keys() - listed.keys() - {TAGS})]
    changed = (name for name in sorted(listed.keys() & found.keys()) if file_sha256(found[name]) != listed[name])
    return faults + [f"{name}: its SHA-256 is not the one listed: it was changed" for name in changed]
