"""Rows in = rows accepted + rejected + excluded, whatever the format; a finding names the row as the file counts it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import INVENTORY, compute, found, rows, value, write
from odd_files import parquet, workbook

from reporting.database import STAGES, connect, run_file
from reporting.intake import delimited
from reporting.pipeline import Result

S = INVENTORY["sources"]["s"]
HEADER = ("activity_type", "start", "end", "quantity", "unit", "site", "note")
EXCLUSIONS = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date\n"
LINES = [
    ("diesel.stationary", "2026-07-01", "2026-07-31", "10", "l", "mill", "two\nlines"),
    ("diesel.stationary", "2026-07-01", "2026-07-31", "12x", "l", "mill", ""),
    ("diesel.stationary", "2026-07-01", "2026-07-31", "20", "l", "mill", 'a "quote"'),
    ("diesel.stationary", "2026-08-01", "2026-08-31", "40", "l", "mill", ""),
    ("diesel.stationary", "2026-08-01", "2026-08-31", "80", "bushel", "mill", "é"),
]
OPTIONS = {"header_row": "1", "encoding": "", "delimiter": ""}


def csv_text(header: tuple[str, ...] = HEADER, end: str = "\n") -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=end)
    writer.writerows([header, *LINES])
    return stream.getvalue()


def json_text() -> str:
    return json.dumps([dict(zip(HEADER, line, strict=True)) for line in LINES])


FILES = {
    "s.csv": csv_text().encode(),
    "bom.csv": csv_text().encode("utf-8-sig"),
    "crlf.csv": csv_text(end="\r\n").encode(),
    "wide.csv": csv_text().encode("utf-16"),
    "packed.csv.gz": gzip.compress(csv_text().encode(), mtime=0),
    "s.xlsx": workbook({"Data": [HEADER, *LINES]}),
    "s.json": json_text().encode(),
    "s.jsonl": "\n".join(json.dumps(dict(zip(HEADER, line, strict=True))) for line in LINES).encode(),
    "s.parquet": parquet(HEADER, LINES),
}


def name(path: str) -> str:
    return path.replace(".", "-")


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The same five rows in every format, read by both connectors; the fourth is excluded by its number."""
    sources: dict[str, Any] = {}
    lines = []
    for path in FILES:
        sources[name(path)] = S | {"path": f"activity/{path}"}
        columns = {column: column for column in HEADER}
        sources[f"mapped-{name(path)}"] = S | {"path": f"activity/{path}", "connector": "mapping", "columns": columns}
        row = 4 if path.startswith(("s.json", "s.parquet")) else 5
        lines += [f"{source},,{row},duplicate,Twice,,Controller (test),,2026-10-01\n" for source in (name(path), f"mapped-{name(path)}")]
    files = {f"activity/{path}": content for path, content in FILES.items()} | {"exclusions.csv": (EXCLUSIONS + "".join(lines)).encode()}
    return compute(write(tmp_path_factory.mktemp("formats"), files, sources=sources))


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("prefix", ["", "mapped-"])
def test_rows_in_are_accepted_rejected_or_excluded(formats: Result, path: str, prefix: str) -> None:
    account = rows(formats, "select source_id, rows_in, rows_accepted, rows_rejected, rows_excluded from row_account")
    assert [counts for source, *counts in account if source == prefix + name(path)] == [[5, 2, 2, 1]]
    quantities = rows(formats, "select source_id, quantity from activity where derivation = '' and quantity is not null order by quantity")
    assert [quantity for source, quantity in quantities if source == prefix + name(path)] == [Decimal(10), Decimal(20)]


@pytest.mark.parametrize("path", FILES)
def test_a_finding_names_the_row(formats: Result, path: str) -> None:
    first = 1 if path.startswith(("s.json", "s.parquet")) else 2
    named = {(finding.rule, finding.row) for finding in found(formats, severity="error") if finding.file == f"activity/{path}"}
    assert named == {("intake/quantity-not-a-number", first + 1), ("intake/unit-unknown", first + 4)}


def test_codecarbon_gives_one_figure_in_every_format(tmp_path: Path) -> None:
    header = ("timestamp", "run_id", "duration", "energy_consumed", "pue", "emissions", "codecarbon_version", "gpu_energy")
    lines = [
        ("2026-07-05T10:00:00", "r1", "3600", "1.5", "1", "0.3", "3.0.8", "0"),
        ("2026-07-05T11:00:00", "r1", "7200", "2.5", "1", "0.5", "3.0.8", "0"),  # the same run, cumulative
        ("2026-07-06T11:00:00", "r2", "60", "1.2", "1.2", "0.5", "3.0.8", "1"),
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *lines])
    contents = {"csv": stream.getvalue().encode(), "xlsx": workbook({"Data": [header, *lines]}), "parquet": parquet(header, lines)}
    constants = {"site": "mill", "measurement_point": "facility"}
    options = S | {"connector": "codecarbon", "time_zone": "America/Toronto", "constants": constants}
    sources = {kind: options | {"path": f"activity/run.{kind}"} for kind in contents}
    result = compute(write(tmp_path, {f"activity/run.{kind}": content for kind, content in contents.items()}, sources=sources))
    assert found(result, severity="error") == []
    query = "select source_id, sum(quantity), count(*) from activity where derivation = '' group by all order by all"
    assert rows(result, query) == [(kind, Decimal("3.5"), 2) for kind in ("csv", "parquet", "xlsx")]
    assert value(result, "ghg_protocol/scope2_location") == Decimal("0.0021")


def read(text: str, tmp_path: Path, header_row: int = 1) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The rows read and the rows rejected of a CSV file, by number."""
    connection = connect()
    run_file(connection, STAGES / "00_schema.sql")
    (tmp_path / "s.csv").write_bytes(text.encode())
    delimited.read(connection, tmp_path / "s.csv", ("s", 1), OPTIONS | {"header_row": str(header_row)})
    kept = connection.execute("select row_no, cells[1] from source_row order by row_no").fetchall()
    return kept, connection.execute("select row_no, reason from rejected_row order by row_no").fetchall()


@pytest.mark.parametrize(
    ("text", "header_row", "kept", "rejected"),
    [
        pytest.param("a,b\n1,1\n2\n3,3,3\n4,4\n", 1, [(2, "1"), (5, "4")], [3, 4], id="ragged rows in a run"),
        pytest.param('a,b\n"1\n1",1\n2\n3,3\n"4\n\n4",4\n5\n', 1, [(2, "1\n1"), (4, "3"), (5, "4\n\n4")], [3, 6], id="quoted line ends"),
        pytest.param("a,b\n\n1,1\n\n\n2\n3,3\n", 1, [(3, "1"), (7, "3")], [6], id="blank lines"),
        pytest.param("Title\n\nof 2026,,\na,b\n1,1\n2\n3,3\n", 4, [(5, "1"), (7, "3")], [6], id="lines before the header"),
        pytest.param("a,b\r\n1,1\n2\r\n3,3\r4,4\n", 1, [(2, "1"), (4, "3"), (5, "4")], [3], id="mixed line ends"),
        pytest.param("a,b\n1,1\n,\n2,2\n", 1, [(2, "1"), (4, "2")], [], id="an empty row holds nothing"),
        pytest.param('a,b\n1,1\n2,"2\n3,3\n', 1, [(2, "1")], [3], id="a quote never closed"),
        pytest.param("a,b\n1," + "x" * 10_000_000 + "\n2,2\n", 1, [(3, "2")], [2], id="a cell of ten million characters"),
    ],
)  # fmt: skip
def test_rows_are_numbered_as_they_stand(
    tmp_path: Path, text: str, header_row: int, kept: list[tuple[int, str]], rejected: list[int]
) -> None:
    rows_kept, rows_rejected = read(text, tmp_path, header_row)
    assert rows_kept == kept
    assert [row for row, _ in rows_rejected] == rejected


def test_a_long_file_is_numbered_to_the_end(tmp_path: Path) -> None:
    """The reader works on several parts at once: every 1,000th row is ragged, every 700th has a line end within."""
    lines = ["x" if n % 1000 == 0 else f'"{n}\n",{"y" * 60}' if n % 700 == 0 else f"{n},{'y' * 60}" for n in range(2, 300_001)]
    kept, rejected = read("a,b\n" + "\n".join(lines) + "\n", tmp_path)
    assert [row for row, _ in rejected] == list(range(1000, 300_001, 1000))
    assert [(row, cell) for row, cell in kept if str(row) != cell.strip()] == []
    assert len(kept) + len(rejected) == len(lines)
