"""A BagIt bag (RFC 8493) in a ZIP: manifests over every file, and the same bytes for the same files."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from reporting.database import whole_file
from reporting.digest import CHUNK, file_sha256

LONG_AGO = (1980, 1, 1, 0, 0, 0)
COMPRESSED = (".parquet", ".pdf", ".xlsx", ".gz", ".zip", ".png", ".jpg", ".jpeg")
ZIP64 = (1 << 31) - 1
PAYLOAD = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"


def files_of(root: Path) -> dict[str, Path]:
    """Path below a folder -> file, by name."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def close_bag(root: Path, info: Mapping[str, str]) -> str:
    """Write bagit.txt, bag-info.txt and both manifests over what the folder holds; gives the SHA-256 of the last: it covers everything."""
    payload = {name: path for name, path in files_of(root).items() if name.startswith("data/")}
    oxum = f"{sum(path.stat().st_size for path in payload.values())}.{len(payload)}"
    _write(root / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    lines = [f"{key}: {' '.join(value.split())}\n" for key, value in {**info, "Payload-Oxum": oxum}.items() if value]
    _write(root / "bag-info.txt", "".join(lines))
    _write(root / PAYLOAD, _manifest(payload))
    tags = {name: path for name, path in files_of(root).items() if not name.startswith("data/")}
    _write(root / TAGS, _manifest(tags))
    return file_sha256(root / TAGS)


def _manifest(files: Mapping[str, Path]) -> str:
    return "".join(f"{file_sha256(path)}  {_encoded(name)}\n" for name, path in files.items())


def _encoded(name: str) -> str:
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def write_zip(root: Path, out: Path) -> None:
    """Write a folder as a ZIP, whole or not at all: files by name, one date, one permission, the default level of compression."""
    with whole_file(out) as temporary, zipfile.ZipFile(temporary, "w", allowZip64=True) as pack:
        for name, path in files_of(root).items():
            member = zipfile.ZipInfo(f"{root.name}/{name}", LONG_AGO)
            member.create_system = 3  # Unix, wherever it is written
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            member.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in COMPRESSED else zipfile.ZIP_DEFLATED
            _add(pack, member, path)


def _add(pack: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    with path.open("rb") as source, pack.open(member, "w", force_zip64=path.stat().st_size > ZIP64) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
