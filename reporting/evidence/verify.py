"""`ghg verify`: everything again from the source files of a pack, with the sets that it pins, compared with every table and figure.

Re-performance, not verification under ISO 14064-3.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.database import PACKAGE, Connection, connect, run_file, threads_for
from reporting.digest import file_sha256
from reporting.evidence import chain, copies
from reporting.evidence.bag import TAGS, files_of
from reporting.evidence.comparison import digests, document_faults, given_faults, table_faults
from reporting.evidence.formats import Publish, VersionManifest
from reporting.evidence.pack_formats import Verified
from reporting.evidence.script import macros_of
from reporting.evidence.unpack import bag_faults, is_plain, unpack
from reporting.pipeline import Progress, calculate, read, silent
from reporting.private_key import NUMBERED, keyed, read_key
from reporting.resources import folder as product_folder
from reporting.resources import pinned
from reporting.types import InputError, UsageError

NOT_CHECKED = (
    "PDF and workbook, but for their SHA-256",
    "README.md, methodology, bill of materials and crate, but for their SHA-256",
    "whether source files are true and complete",
)
HIDDEN = """select distinct 'inventory/' || f.path, p.hidden_by
    from read_parquet($private) p join read_parquet($file) f using (source_id, file_no)
    where p.hidden_by <> '' order by all"""
OTHER_KEY = "its private columns were replaced with a key that is not at hand (inventory/private.key in the folder given as --files)"
NOT_WHOLE = "its private columns were numbered with those of other files, and not all of them are at hand"
NEEDED = (
    "version", "period", "organisation", "figures_digest", "tables", "altered", "confidential", "hidden_sources", "withheld_sets",
    "withheld_files", "given",
)  # fmt: skip


@dataclass
class Report:
    """The same while it is being written."""

    checked: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def add(self, words: str, faults: Sequence[str]) -> None:
        """One step: what it checked, or what differs."""
        if faults:
            self.differences += faults
        else:
            self.checked.append(words)


def verify(path: Path, *, files: Path | None = None, digest: str = "", progress: Progress = silent) -> Verified:
    """Unpack, check the bag, compute again, compare; `files` holds what a pack leaves out. Raises InputError for what is no pack."""
    if not path.exists():
        raise UsageError(f"{path}: is not there. fix: name a pack that `ghg pack` wrote")
    with tempfile.TemporaryDirectory(prefix="ghg-verify-") as scratch:
        progress("unpacking")
        root = path if path.is_dir() else unpack(path, Path(scratch) / _made(Path(scratch) / "pack"))
        return _verify(path, root, Path(scratch), Asked(files, digest, progress))


def _made(place: Path) -> str:
    place.mkdir()
    return place.name


@dataclass(frozen=True)
class Asked:
    """What a verification was asked: where what is left out lies, which digest was stated, whom to tell."""

    files: Path | None
    digest: str
    progress: Progress


def _verify(path: Path, root: Path, scratch: Path, asked: Asked) -> Verified:
    report = Report()
    asked.progress("checking the bag")
    report.add(f"bag: {len(files_of(root))} files with their SHA-256", bag_faults(root))
    meta = _meta(path, root)
    known = {
        "pack": file_sha256(root / TAGS) if (root / TAGS).is_file() else "",
        "figures": meta["figures_digest"],
        "version": meta.get("version_digest", ""),
    }
    if asked.digest:
        report.add(
            "the stated digest is one of this pack",
            [] if asked.digest in known.values() else [f"the stated digest {asked.digest} is none of this pack"],
        )
    report.add("register: chain, versions, sign-offs", list(_register_faults(root / "data", meta)))
    report.add(
        "stages, checks, standards, factor sets, units and GWP values are those of this engine",
        list(_engine_faults(root / "data" / "product")),
    )
    _recompute(root, scratch, meta, asked, report)
    return Verified(
        path,
        meta["version"],
        meta["period"],
        known["pack"],
        known["figures"],
        tuple(report.checked),
        tuple(report.differences),
        (*report.left, *NOT_CHECKED),
    )


def _meta(path: Path, root: Path) -> dict[str, Any]:
    """pack.json; raises InputError where it is not one."""
    place = root / "data" / "pack.json"
    if not place.is_file():
        raise InputError(
            f"{path}: is no pack: data/pack.json is not in it. fix: name a pack that `ghg pack` wrote, or the folder it was unpacked into"
        )
    try:
        meta = json.loads(place.read_text(encoding="utf-8"))
        missing = [key for key in NEEDED if key not in meta]
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: data/pack.json cannot be read ({type(error).__name__}). fix: ask for the pack again") from None
    if missing:
        raise InputError(f"{path}: data/pack.json lacks {', '.join(missing)}. fix: ask for the pack again")
    return dict(meta)


def _register_faults(data: Path, meta: dict[str, Any]) -> Iterator[str]:
    """The register's chain, the manifests that it publishes, and that the pack's version is among them."""
    if not meta["version"]:
        return
    home = data / "register"
    events, faults = chain.register_lines(home)
    for fault in faults:
        yield f"data/register/{fault.file}{f':{fault.line}' if fault.line else ''}: {fault.message}"
    published = {event.version: event for event in events if isinstance(event, Publish)}
    for name, event in published.items():
        if not (home / name / "version.json").is_file() or file_sha256(home / name / "version.json") != event.digest:
            yield f"data/register/{name}/version.json: is not the manifest that register.jsonl:{event.number} publishes"
    if meta["version"] not in published:
        yield f"data/register/register.jsonl: does not publish {meta['version']}"
        return
    manifest = VersionManifest.model_validate_json((home / meta["version"] / "version.json").read_bytes())
    for place, stated in (("inventory", manifest.inputs), ("product", manifest.product), ("version", manifest.files)):
        yield from _file_faults(data, place, dict(stated), meta)


def _file_faults(data: Path, place: str, stated: dict[str, str], meta: dict[str, Any]) -> Iterator[str]:
    absent = {*meta["confidential"], *meta["withheld_files"]}
    for name, sha256 in stated.items():
        path = data / place / name
        if f"{place}/{name}" not in absent and (not path.is_file() or file_sha256(path) != sha256):
            yield f"data/{place}/{name}: is not the file that was published"
    for name in files_of(data / place).keys() - stated.keys():
        yield f"data/{place}/{name}: was not published"


def _engine_faults(product: Path) -> Iterator[str]:
    """Stages, checks, connectors, standards, frameworks, factor sets, units and GWP values of the pack that this engine has otherwise."""
    for place, home in (("reporting", PACKAGE), ("factors", product_folder("factors"))):
        for name, path in files_of(product / place).items():
            own = home / name
            if not own.is_file() or file_sha256(own) != file_sha256(path):
                yield f"data/product/{place}/{name}: is not the one of this engine; install the version that data/sbom.cdx.json names"


def _recompute(root: Path, scratch: Path, meta: dict[str, Any], asked: Asked, report: Report) -> None:
    """Compute from the source files and compare; what the pack leaves out must be at hand."""
    folder = scratch / "again"
    shutil.copytree(root / "data" / "inventory", folder / "inventory")
    shutil.copytree(root / "data" / "product" / "factors", folder / "product" / "factors")
    other = _hidden_otherwise(root, asked.files) if asked.files else {}
    lacking = list(_supply(folder, meta, asked.files, other))
    report.left += [f"{name.removeprefix('inventory/')}: {reason}" for name, reason in other.items()]
    report.differences += [text for _, text in lacking if text]
    absent = [name for name, _ in lacking]
    if (meta["hidden_sources"] and absent) or any(name in meta["withheld_files"] for name in absent):
        report.differences += [
            f"data/{name}: is kept out of the pack, so that nothing was computed again. Give a folder with {name} as --files"
            for name in absent
        ]
        return
    connection = connect(threads=threads_for(folder / "inventory"))
    try:
        with pinned(folder / "product" / "factors"), keyed((asked.files or folder) / "inventory"):
            given = read(connection, folder / "inventory", [meta["period"]], progress=asked.progress)
            kept = copies.Kept(given.inventory.confidential, meta["withheld_sets"])
            report.left += _take_rows(root, connection, absent)
            before = digests(connection, scratch / "given", copies.Kept(kept.sources), copies.given_views(connection))
            macros = macros_of(connection)
            result = calculate(given, asked.progress)
    except (InputError, UsageError) as error:
        report.differences.append(f"data/inventory: cannot be computed: {str(error).replace(str(folder), 'data')}")
        return
    asked.progress("comparing")
    report.add(
        f"tables: {len(meta['tables'])} come out again from the source files, row by row",
        list(table_faults(root, connection, kept, meta, scratch)),
    )
    report.add("tables as read, before the first stage", list(given_faults(root, before, scratch)))
    report.add(
        "figures, ledger, findings and script come out again byte by byte",
        list(document_faults(root, result, meta, kept, macros, scratch)),
    )


def _take_rows(root: Path, connection: Connection, absent: Sequence[str]) -> list[str]:
    """Take the rows of sources with a file that is not there from the tables of the pack; gives a line for each, said as not checked."""
    if not absent:
        return []
    paths = [name.removeprefix("inventory/") for name in absent]
    connection.execute("set variable paths = $1", [paths])
    connection.execute("set variable source_file = $1", [_place(root, "source_file")])
    connection.execute("set variable source_column = $1", [_place(root, "source_column")])
    connection.execute("set variable private_file = $1", [_place(root, "private_file")])
    connection.execute("set variable source_row = $1", [_place(root, "source_row")])
    connection.execute("set variable rejected_row = $1", [_place(root, "rejected_row")])
    connection.execute("set variable finding = $1", [_place(root, "finding")])
    run_file(connection, PACKAGE / "evidence" / "absent_rows.sql")
    return [f"{path}: not in the pack, its rows are taken from the pack's tables" for path in paths]


def _place(root: Path, name: str) -> str:
    """The Parquet file of a table as it was read."""
    early = root / "data" / "given" / f"{name}.parquet"
    return str(early if early.is_file() else root / "data" / "tables" / f"{name}.parquet")


def _hidden_otherwise(root: Path, files: Path) -> dict[str, str]:
    """Files with pseudonyms that would not come out again with what is at hand -> why: another key, or not all of the numbered files."""
    paths = {"private": _place(root, "private_file"), "file": _place(root, "source_file")}
    if not all(Path(path).is_file() for path in paths.values()):
        return {}
    hidden = dict(connect().execute(HIDDEN, paths).fetchall())
    with keyed(files / "inventory"):
        key = read_key(files / "inventory")
    numbered = [name for name, by in hidden.items() if by == NUMBERED]
    is_whole = all((files / name).is_file() for name in numbered)
    found = {name: NOT_WHOLE for name in numbered if not is_whole}
    return found | {name: OTHER_KEY for name, by in hidden.items() if by != NUMBERED and (key is None or key.fingerprint != by)}


def _supply(folder: Path, meta: dict[str, Any], files: Path | None, other: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Put the files that the pack leaves out in their place; gives those that are lacking, with what is wrong with them."""
    for name, sha256 in {**meta["confidential"], **meta["withheld_files"]}.items():
        if not is_plain(name):
            yield name, f"data/pack.json: {name!r} leads out of the pack"
            continue
        path = files / name if files else None
        if path is None or not path.is_file() or name in other:
            yield name, ""
        elif file_sha256(path) != sha256:
            yield name, f"{path}: is not the file whose SHA-256 the pack states"
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
