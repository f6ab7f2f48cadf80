"""What comes out again, against what a pack holds: tables row by row, documents byte by byte; a fault names the first difference."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from reporting.database import PACKAGE, Connection, connect
from reporting.digest import file_sha256, lines_sha256
from reporting.evidence import chain, copies
from reporting.evidence.bag import files_of
from reporting.evidence.describe import write_json
from reporting.evidence.formats import Publish
from reporting.evidence.published import load_events
from reporting.evidence.script import Start, script
from reporting.evidence.tables import write_ordered
from reporting.ledger import write_csv
from reporting.pipeline import Result
from reporting.render import figures
from reporting.setting import write_settings


def digests(connection: Connection, scratch: Path, kept: copies.Kept, views: Sequence[str]) -> dict[str, str]:
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
    write_ordered(relation, path)
    return file_sha256(path)


def table_faults(root: Path, connection: Connection, kept: copies.Kept, meta: dict[str, Any], scratch: Path) -> Iterator[str]:
    """Tables whose rows are not those of the pack, with the first row that differs; then the pack's own copies."""
    stated = {name: digest["sha256"] for name, digest in meta["tables"].items()}
    folder = scratch / "csv"
    computed = copies.write_csv_copies(connection, folder, kept, copies.names(connection))
    for name in sorted(stated.keys() - computed.keys()):
        yield f"data/tables/{name}.parquet: is no table that comes out"
    for name in sorted(computed):
        path = root / "data" / "tables" / f"{name}.parquet"
        fault = _table_fault(path, connection, kept.of(connection, name), computed[name].sha256, folder)
        if fault or stated.get(name) != computed[name].sha256:
            yield f"data/tables/{name}.parquet: {fault or 'the pack states another digest than that of its rows'}"
    for name, path in files_of(root / "data" / "csv").items():
        if computed.get(Path(name).stem) is None or file_sha256(path) != computed[Path(name).stem].sha256:
            yield f"data/csv/{name}: is not the table that comes out"


def _table_fault(path: Path, connection: Connection, relation: duckdb.DuckDBPyRelation, sha256: str, scratch: Path) -> str:
    """What is wrong with the Parquet file of a table, '' where it holds the rows that come out, each as often."""
    if not path.is_file():
        return "is missing"
    try:
        held, mine = connection.read_parquet(str(path)), copies.lossless(relation)
        if held.columns != mine.columns:
            return "has other columns than the table that comes out"
        expected = sha256 if mine is relation else csv_digest(mine, scratch)
        return "" if csv_digest(held, scratch) == expected else _first_row(held, mine)
    except duckdb.Error as error:
        return f"cannot be read ({str(error).splitlines()[0]})"


def _first_row(held: duckdb.DuckDBPyRelation, mine: duckdb.DuckDBPyRelation) -> str:
    """The first row that only one side has."""
    for one, other, words in (
        (held, mine, "the pack has a row that does not come out"),
        (mine, held, "a row that comes out is not in the pack"),
    ):
        for row in one.except_(other).order("all").limit(1).fetchall():
            return f"{words}: {dict(zip(one.columns, map(str, row), strict=True))}"[:600]
    return "has the rows that come out in other numbers or forms"


def given_faults(root: Path, before: dict[str, str], scratch: Path) -> Iterator[str]:
    """Tables as they were before the first stage, where the pack holds them apart."""
    connection = connect()
    for name, path in files_of(root / "data" / "given").items():
        try:
            digest = csv_digest(connection.read_parquet(str(path)), scratch)
        except duckdb.Error as error:
            digest = str(error).splitlines()[0]
        if before.get(Path(name).stem) != digest:
            yield f"data/given/{name}: is not what was read"


def document_faults(  # noqa: PLR0913, PLR0917 - what is compared with what
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
