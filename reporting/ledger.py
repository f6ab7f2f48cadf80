"""The ledger as files: partitioned Parquet with a manifest, and one CSV; the same inputs give the same bytes, on any number of threads."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from reporting.database import Connection, whole_file
from reporting.digest import file_sha256


def write_csv(connection: Connection, path: Path) -> None:
    """Write ledger.csv, one line per entry of the views that are disclosed, ordered by entry_id."""
    with whole_file(path) as temporary:
        connection.execute(
            """copy (from ledger_safe where view in (select view from framework) order by entry_id)
               to $path (format csv, header true, delimiter ',')""",
            {"path": str(temporary)},
        )


def write_parquet(connection: Connection, folder: Path) -> None:
    """Write ledger/period=/entity=/data.parquet and manifest.json with rows and SHA-256 of each file; replaces the folder in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        with one_thread(connection):
            manifest = [_write_part(connection, scratch, month, entity) for month, entity in _parts(connection)]
        (scratch / "manifest.json").write_text(json.dumps({"files": manifest}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        scratch.chmod(0o755)
        _replace(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def one_thread(connection: Connection) -> Iterator[None]:
    """Run queries in one thread: rows leave a join in the order in which they went in; sorting them instead would take twice the time."""
    [[threads]] = connection.execute("select current_setting('threads')").fetchall()
    connection.execute("set threads = 1")
    try:
        yield
    finally:
        connection.execute("set threads = $threads", {"threads": threads})


def _parts(connection: Connection) -> list[tuple[date, str]]:
    return connection.execute("select distinct date_trunc('month', month)::date, entity from entry_total order by all").fetchall()


def _write_part(connection: Connection, folder: Path, month: date, entity: str) -> dict[str, object]:
    path = folder / f"period={month:%Y-%m}" / f"entity={entity}" / "data.parquet"
    path.parent.mkdir(parents=True)
    connection.execute("set variable ledger_month = $1", [month])
    connection.execute("set variable ledger_entity = $1", [entity])
    connection.execute(
        """copy (select * exclude (period, entity) from ledger
                 where month >= getvariable('ledger_month') and month < getvariable('ledger_month') + interval 1 month
                     and entity = getvariable('ledger_entity'))
           to $path (format parquet, compression zstd)""",
        {"path": str(path)},
    )
    rows = connection.execute("select count(*) from read_parquet($path)", {"path": str(path)}).fetchone()
    return {"path": path.relative_to(folder).as_posix(), "rows": rows[0] if rows else 0, "sha256": file_sha256(path)}


def _replace(new: Path, old: Path) -> None:
    if old.exists():
        retired = Path(tempfile.mkdtemp(dir=old.parent, prefix=f".{old.name}.old."))
        old.rename(retired / old.name)
        new.rename(old)
        shutil.rmtree(retired)
    else:
        new.rename(old)
