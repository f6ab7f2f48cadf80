"""`ghg verify`: everything again from the source files of a pack, with the sets that it pins, compared with every table and figure.

Re-performance, not verification under ISO 14064-3.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from reporting.database import PACKAGE, Connection, connect, run_file
from reporting.digest import file_sha256, lines_sha256
from reporting.evidence import chain, copies
from reporting.evidence.bag import TAGS, files_of
from reporting.evidence.describe import write_json
from reporting.evidence.formats import Publish, VersionManifest
from reporting.evidence.pack_formats import Verified
from reporting.evidence.published import load_events
from reporting.evidence.script import Start, macros_of, script
from reporting.evidence.unpack import bag_faults, is_plain, unpack
from reporting.ledger import write_csv
from reporting.pipeline import Progress, Result, calculate, read, silent
from reporting.render import figures
from reporting.resources import pinned
from reporting.setting import write_settings
from reporting.types import InputError, UsageError

NOT_CHECKED = (
    "PDF and workbook, but for their SHA-256",
    "README.md, methodology, bill of materials and crate, but for their SHA-256",
    "whether source files are true and complete",
)
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
    report.add("stages, checks and standards are those of this engine", list(_engine_faults(root / "data" / "product")))
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
    """Stages, checks, connectors, standards and frameworks of the pack that this engine has otherwise."""
    for name, path in files_of(product / "reporting").items():
        own = PACKAGE / name
        if not own.is_file() or file_sha256(own) != file_sha256(path):
            yield f"data/product/reporting/{name}: is not the one of this engine; install the version that data/sbom.cdx.json names"


def _recompute(root: Path, scratch: Path, meta: dict[str, Any], asked: Asked, report: Report) -> None:
    """Compute from the source files and compare; what the pack leaves out must be at hand."""
    folder = scratch / "again"
    shutil.copytree(root / "data" / "inventory", folder / "inventory")
    shutil.copytree(root / "data" / "product" / "factors", folder / "product" / "factors")
    lacking = list(_supply(folder, meta, asked.files))
    report.differences += [text for _, text in lacking if text]
    absent = [name for name, _ in lacking]
    if (meta["hidden_sources"] and absent) or any(name in meta["withheld_files"] for name in absent):
        report.differences += [
            f"data/{name}: is kept out of the pack, so that nothing was computed again. Give a folder with {name} as --files"
            for name in absent
        ]
        return
    connection = connect()
    try:
        with pinned(folder / "product" / "factors"):
            given = read(connection, folder / "inventory", [meta["period"]], progress=asked.progress)
            kept = copies.Kept([name for name, source in given.inventory.sources.items() if source.confidential], meta["withheld_sets"])
            report.left += _take_rows(root, connection, absent)
            before = _digests(connection, scratch / "given", copies.Kept(kept.sources), copies.given_views(connection))
            macros = macros_of(connection)
            result = calculate(given, asked.progress)
    except (InputError, UsageError) as error:
        report.differences.append(f"data/inventory: cannot be computed: {str(error).replace(str(folder), 'data')}")
        return
    asked.progress("comparing")
    report.add(
        f"tables: {len(meta['tables'])} come out again from the source files, row by row",
        list(_table_faults(root, connection, kept, meta, scratch)),
    )
    report.add("tables as read, before the first stage", list(_given_faults(root, before, scratch)))
    report.add(
        "figures, ledger, findings and script come out again byte by byte",
        list(_document_faults(root, result, meta, kept, macros, scratch)),
    )


def _take_rows(root: Path, connection: Connection, absent: Sequence[str]) -> list[str]:
    """Take the rows of sources with a file that is not there from the tables of the pack; gives a line for each, said as not checked."""
    if not absent:
        return []
    paths = [name.removeprefix("inventory/") for name in absent]
    connection.execute("set variable paths = $1", [paths])
    connection.execute("set variable source_file = $1", [_place(root, "source_file")])
    connection.execute("set variable source_column = $1", [_place(root, "source_column")])
    connection.execute("set variable source_row = $1", [_place(root, "source_row")])
    connection.execute("set variable rejected_row = $1", [_place(root, "rejected_row")])
    connection.execute("set variable finding = $1", [_place(root, "finding")])
    run_file(connection, PACKAGE / "evidence" / "absent_rows.sql")
    return [f"{path}: not in the pack, its rows are taken from the pack's tables" for path in paths]


def _place(root: Path, name: str) -> str:
    """The Parquet file of a table as it was read."""
    early = root / "data" / "given" / f"{name}.parquet"
    return str(early if early.is_file() else root / "data" / "tables" / f"{name}.parquet")


def _supply(folder: Path, meta: dict[str, Any], files: Path | None) -> Iterator[tuple[str, str]]:
    """Put the files that the pack leaves out in their place; gives those that are lacking, with what is wrong with them."""
    for name, sha256 in {**meta["confidential"], **meta["withheld_files"]}.items():
        if not is_plain(name):
            yield name, f"data/pack.json: {name!r} leads out of the pack"
            continue
        path = files / name if files else None
        if path is None or not path.is_file():
            yield name, ""
        elif file_sha256(path) != sha256:
            yield name, f"{path}: is not the file whose SHA-256 the pack states"
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)


def _digests(connection: Connection, scratch: Path, kept: copies.Kept, views: Sequence[str]) -> dict[str, str]:
    """Table -> SHA-256 of its CSV, 128-bit integers as text as Parquet holds them."""
    scratch.mkdir()
    made = {}
    for name in copies.names(connection, views):
        relation = kept.of(connection, name) if name not in views else connection.view(name)
        made[name] = csv_digest(copies.lossless(relation), scratch)
    return made


def csv_digest(relation: duckdb.DuckDBPyRelation, scratch: Path) -> str:
    """SHA-256 of a relation's CSV, ordered by all columns."""
    path = scratch / "table.csv"
    relation.order("all").write_csv(str(path))
    return file_sha256(path)


def _table_faults(root: Path, connection: Connection, kept: copies.Kept, meta: dict[str, Any], scratch: Path) -> Iterator[str]:
    """Tables whose rows are not those of the pack, with the first row that differs; then the pack's own copies."""
    stated = {name: digest["sha256"] for name, digest in meta["tables"].items()}
    folder = scratch / "csv"
    computed = copies.write_csv_copies(connection, folder, kept, copies.names(connection))
    for name in sorted(stated.keys() | computed.keys()):
        if name not in computed or stated.get(name) != computed[name].sha256:
            yield f"data/tables/{name}.parquet: {_first_row(root, connection, kept, name)}"
    for name, path in files_of(root / "data" / "csv").items():
        if computed.get(Path(name).stem) is None or file_sha256(path) != computed[Path(name).stem].sha256:
            yield f"data/csv/{name}: is not the table that comes out"
    for name in sorted(computed):
        fault = _first_row(root, connection, kept, name)
        if stated.get(name) == computed[name].sha256 and fault:
            yield f"data/tables/{name}.parquet: {fault}"


def _first_row(root: Path, connection: Connection, kept: copies.Kept, name: str) -> str:
    """The first row that only one side has, '' where there is none."""
    path = root / "data" / "tables" / f"{name}.parquet"
    if name not in copies.names(connection):
        return "is no table that comes out"
    if not path.is_file():
        return "is missing"
    try:
        held, mine = connection.read_parquet(str(path)), copies.lossless(kept.of(connection, name))
        if held.columns != mine.columns:
            return "has other columns than the table that comes out"
        for one, other, words in (
            (held, mine, "the pack has a row that does not come out"),
            (mine, held, "a row that comes out is not in the pack"),
        ):
            for row in one.except_(other).order("all").limit(1).fetchall():
                return f"{words}: {dict(zip(one.columns, map(str, row), strict=True))}"[:600]
    except duckdb.Error as error:
        return f"cannot be read ({str(error).splitlines()[0]})"
    return ""


def _given_faults(root: Path, before: dict[str, str], scratch: Path) -> Iterator[str]:
    """Tables as they were before the first stage, where the pack holds them apart."""
    connection = connect()
    for name, path in files_of(root / "data" / "given").items():
        try:
            digest = csv_digest(connection.read_parquet(str(path)), scratch)
        except duckdb.Error as error:
            digest = str(error).splitlines()[0]
        if before.get(Path(name).stem) != digest:
            yield f"data/given/{name}: is not what was read"


def _document_faults(  # noqa: PLR0913, PLR0917 - what is compared with what
    root: Path, result: Result, meta: dict[str, Any], kept: copies.Kept, macros: list[dict[str, object]], scratch: Path
) -> Iterator[str]:
    """figures.json, ledger.csv, findings.json and reperform.sql made again, byte by byte."""
    connection, data = result.connection, root / "data"
    digest = lines_sha256(figures.digest_lines(connection))
    if digest != meta["figures_digest"]:
        yield f"data/pack.json: figures, sources and factor sets have the digest {digest}, not {meta['figures_digest']}"
    made = scratch / "made"
    made.mkdir()
    _publish_anew(data, result, meta, digest)
    figures.render(result, meta["period"], digest, made / "figures.json")
    write_csv(connection, made / "ledger.csv")
    write_json(made / "findings.json", {"findings": [vars(finding) for finding in result.findings]})
    for name in ("figures.json", "ledger.csv", "findings.json"):
        path = data / "version" / name
        if not path.is_file() or file_sha256(path) != file_sha256(made / name):
            yield f"data/version/{name}: {_first_line(path, made / name)}"
    given = {path.stem: f"data/given/{path.name}" for path in (data / "given").glob("*.parquet")}
    start = Start({name: given.get(name, f"data/tables/{name}.parquet") for name in meta["given"]}, macros)
    text = script(connection, meta["organisation"], meta["period"], start, list(kept.sources))
    if (data / "sql" / "reperform.sql").read_text(encoding="utf-8") != text:
        yield "data/sql/reperform.sql: is not the script of this calculation"
    own = hashlib.sha256((PACKAGE / "evidence" / "standalone" / "verify.py").read_bytes()).hexdigest()
    if file_sha256(root / "verify.py") != own:
        yield "verify.py: is not the verifier of this engine"


def _publish_anew(data: Path, result: Result, meta: dict[str, Any], digest: str) -> None:
    """What the documents print beside the figures, as it was when they were made: the register up to then, and the settings."""
    if meta["version"]:
        events, _ = chain.register_lines(data / "register")
        number = next((event.number for event in events if isinstance(event, Publish) and event.version == meta["version"]), 0)
        load_events(result.connection, tuple(event for event in events if event.number < number))
    write_settings(result, meta["period"], digest)
    if meta["version"]:
        result.connection.execute("insert or replace into setting values ('version', $1)", [meta["version"]])


def _first_line(held: Path, made: Path) -> str:
    """The first line in which two text files differ."""
    if not held.is_file():
        return "is missing"
    with held.open(encoding="utf-8", errors="replace") as one, made.open(encoding="utf-8") as other:
        number, line, expected = 0, "", ""
        for number, (line, expected) in enumerate(zip(one, other, strict=False), start=1):
            if line != expected:
                return f"line {number} is {line.strip()[:200]!r}, it comes out as {expected.strip()[:200]!r}"
    return f"is longer or shorter than what comes out, after line {number}"
