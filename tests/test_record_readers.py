"""XML, JSON, JSON Lines, SQLite and Prometheus become rows of text with numbered records; hostile files become findings."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inventories import compute, rows, write

from reporting.connector_pages import pages
from reporting.database import STAGES, connect, run_file
from reporting.intake import json_records, prometheus, sqlite_table, xml_records
from reporting.intake.declared import connectors, pattern
from reporting.intake.files import UnreadableFileError

Reader = Callable[..., list[str]]
Rows = list[dict[str, str]]
NESTED = '{"unit": "t", "data": [{"a": 1.50, "b": {"c": "x", "d": [1, "2"]}}, {"a": 12345678901234567890.1}], "meta": {"signal": "moer"}}'
FEED = (
    '<f xmlns:e="x"><h><u>kWh</u></h><e:entry><id>E1</id><block><r q="A"><v>1</v><v>2</v></r><r><v>3</v></r></block></e:entry>'
    "<entry><block><r><v>4</v></r></block></entry></f>"
)
SCRAPE = '# HELP a x\n# TYPE a counter\na_total{l="x,\\"y\\"}",m=""} 1e3 1700000000123\nb 3\n'
ANSWER: dict[str, Any] = {
    "status": "success",
    "data": {"resultType": "matrix", "result": [{"metric": {"__name__": "a", "gpu": "0"}, "values": [[1.5, "1"], [16.5, "2"]]}]},
}


def read(reader: Reader, path: Path, content: str | bytes, records: str = "") -> tuple[Rows, list[tuple[int, str]]]:
    """The rows of a file by column, empty cells left out, each with its number; and the rows that were rejected."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    connection = connect()
    run_file(connection, STAGES / "00_schema.sql")
    names = reader(connection, path, ("s", 1), {"records": records, "encoding": ""})
    found = connection.execute("select row_no, cells from source_row order by row_no").fetchall()
    rows = [{"#": str(row), **{n: c for n, c in zip(names, cells, strict=True) if c is not None}} for row, cells in found]
    return rows, connection.execute("select row_no, reason from rejected_row order by row_no").fetchall()


def test_nested_json_is_flattened_with_what_it_stands_in(tmp_path: Path) -> None:
    rows, _ = read(json_records.read, tmp_path / "s.json", NESTED, "data[]")
    outer = {"/unit": "t", "/meta.signal": "moer"}
    assert rows == [
        {"#": "1", "a": "1.50", "b.c": "x", "b.d": '[1, "2"]', **outer},
        {"#": "2", "a": "12345678901234567890.1", **outer},
    ]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        pytest.param('[{"t": 1, "s": [{"k": 1}, {"k": 2}]}, {"s": [{"k": 3}], "t": 2}]', "[].s[]", ["1/1", "2/1", "3/2"], id="lists"),
        pytest.param('{"t": 9, "s": {"k": 1}}', "s[]", ["1/9"], id="one object where a list may be"),
        pytest.param('{"k": 1}\n{"k": 2}', "", ["1/", "2/"], id="documents one after the other"),
        pytest.param('{"x": {"k": 5}}', "y[] | x", ["5/"], id="the first path that is there"),
        pytest.param('{"y": []}', "y[]", [], id="a list without records"),
    ],
)  # fmt: skip
def test_a_path_says_where_the_records_are(tmp_path: Path, text: str, path: str, expected: list[str]) -> None:
    rows, _ = read(json_records.read, tmp_path / "s.json", text, path)
    assert [f"{row['k']}/{row.get('/t', '')}" for row in rows] == expected


def test_json_lines_reject_a_line_and_go_on(tmp_path: Path) -> None:
    lines = ['{"a": 1}', "", '{"a": ', "3", '{"a": 2} 1', '{"a": "' + "x" * 9_000_000 + '"}', '{"b": 2}']
    rows, rejected = read(json_records.read_lines, tmp_path / "s.jsonl", "\n".join(lines))
    assert rows == [{"#": "1", "a": "1"}, {"#": "7", "b": "2"}]
    assert [row for row, _ in rejected] == [3, 4, 5, 6]


def test_more_records_than_a_batch_keep_their_order(tmp_path: Path) -> None:
    text = json.dumps([{"k": number, **({"late": 1} if number > 11_000 else {})} for number in range(1, 12_001)])
    rows, _ = read(json_records.read, tmp_path / "s.json.gz", gzip.compress(text.encode(), mtime=0))
    assert [row["#"] for row in rows] == [row["k"] for row in rows] == [str(number) for number in range(1, 12_001)]
    assert sum("late" in row for row in rows) == 1000


def test_xml_elements_carry_what_came_before_them(tmp_path: Path) -> None:
    rows, _ = read(xml_records.read, tmp_path / "s.xml", FEED, "entry.block.r")
    assert rows == [
        {"#": "1", "@q": "A", "v": "1", "v[2]": "2", "/h.u": "kWh", "/entry.id": "E1"},
        {"#": "2", "v": "3", "/h.u": "kWh", "/entry.id": "E1"},
        {"#": "3", "v": "4", "/h.u": "kWh"},  # nothing of the entry before
    ]


def test_several_kinds_of_elements_are_told_apart(tmp_path: Path) -> None:
    rows, _ = read(xml_records.read, tmp_path / "s.xml", FEED, "entry.block.r | entry.id")
    assert [(row["/element"], row.get("value", "")) for row in rows] == [("id", "E1"), ("r", ""), ("r", ""), ("r", "")]


def test_sqlite_tables_are_read_by_name(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    database = sqlite3.connect(path)
    database.executescript("create table runs (id, v, b); insert into runs values ('a', 0.1, x'00ff'); create table metrics (id, value)")
    database.execute("insert into metrics values ('a', 9007199254740993)")
    database.commit()
    database.close()
    rows, _ = read(sqlite_table.read, tmp_path / "s.db", path.read_bytes(), "runs | metrics | tags")
    assert rows == [
        {"#": "1", "/element": "runs", "id": "a", "v": "0.1", "b": "00ff"},
        {"#": "2", "/element": "metrics", "id": "a", "value": "9007199254740993"},
    ]
    (tmp_path / "s.db-wal").write_bytes(b"changes")
    with pytest.raises(UnreadableFileError, match="not yet in the database"):
        read(sqlite_table.read, tmp_path / "s.db", path.read_bytes(), "runs")


def test_prometheus_text_in_milliseconds_and_open_metrics_in_seconds(tmp_path: Path) -> None:
    rows, rejected = read(prometheus.read_text, tmp_path / "s.prom", SCRAPE + 'c{l="x} 1\nd{l="1",l="2"} 3\n')
    assert rows[0] == {"#": "3", "metric": "a_total", "timestamp": "1700000000.123", "value": "1e3", "labels.l": 'x,"y"}'}
    assert rows[1] == {"#": "4", "metric": "b", "value": "3"}
    assert [row for row, _ in rejected] == [5, 6]
    rows, _ = read(prometheus.read_text, tmp_path / "s.prom", "a_total 1 1700000000.5\n# EOF\n")
    assert rows[0]["timestamp"] == "1700000000.5"


def test_a_query_gives_a_row_per_sample(tmp_path: Path) -> None:
    rows, _ = read(prometheus.read_query, tmp_path / "s.json", json.dumps(ANSWER))
    assert rows == [
        {"#": "1", "metric": "a", "timestamp": "1.5", "value": "1", "labels.gpu": "0"},
        {"#": "2", "metric": "a", "timestamp": "16.5", "value": "2", "labels.gpu": "0"},
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x><r>&b;</r></x>'
FOREIGN = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
HOSTILE: dict[str, tuple[Reader, str, str | bytes, str, str]] = {
    "entity bomb": (xml_records.read, "s.xml", BOMB, "r", "intake/xml-entities"),
    "entity of a file": (xml_records.read, "s.xml", FOREIGN, "r", "intake/xml-entities"),
    "long text": (xml_records.read, "s.xml", "<x><r>" + "x" * 9_000_000 + "</r></x>", "r", "intake/xml"),
    "long attribute": (xml_records.read, "s.xml", '<x><r a="' + "x" * 25_000_000, "r", "intake/xml"),
    "deep elements": (xml_records.read, "s.xml", "<x>" + "<y>" * 1000, "r", "intake/xml"),
    "many names": (xml_records.read, "s.xml", "<x>" + "<y>1</y>" * 10_002 + "<r>1</r></x>", "r", "intake/names"),
    "cut": (xml_records.read, "s.xml", "<x><r>1</r><r>", "r", "intake/xml"),
    "nul in xml": (xml_records.read, "s.xml", "<x><r>1\0</r></x>", "r", "intake/xml"),
    "packed zeros": (xml_records.read, "s.xml.gz", gzip.compress(b"<x>" + (b"<y/>" + b" " * 7_000_000) * 10, mtime=0), "r", "intake/bomb"),
    "cut gzip": (xml_records.read, "s.xml.gz", gzip.compress(b"<x></x>", mtime=0)[:-9], "r", "intake/gzip"),
    "no path": (xml_records.read, "s.xml", "<x/>", "", "intake/records"),
    "deep json": (json_records.read, "s.json", '{"a": [' + "[" * 100_000, "a[]", "intake/json"),
    "deeper than allowed": (json_records.read, "s.json", '[{"a": ' + "[" * 60 + "]" * 60 + "}]", "[]", "intake/json"),
    "long string": (json_records.read, "s.json", '[{"a": "' + "x" * 20_000_000 + '"}]', "[]", "intake/json"),
    "name twice": (json_records.read, "s.json", '{"a": [], "a": []}', "a[]", "intake/json"),
    "no comma": (json_records.read, "s.json", '{"a": [1 2]}', "a[]", "intake/json"),
    "more after the end": (json_records.read, "s.json", '{"a": [1]} x', "a[]", "intake/json"),
    "nul in json": (json_records.read, "s.json", '[{"a": "\0"}]', "[]", "intake/nul-byte"),
    "no such path": (json_records.read, "s.json", '{"b": []}', "a[]", "intake/records"),
    "no such table": (sqlite_table.read, "s.db", b"", "runs", "intake/records"),
    "no database": (sqlite_table.read, "s.db", b"not a database", "runs", "intake/sqlite"),
    "failed query": (prometheus.read_query, "s.json", json.dumps(ANSWER | {"status": "error"}), "", "intake/json"),
    "query cut by the server": (prometheus.read_query, "s.json", json.dumps(ANSWER | {"warnings": ["partial"]}), "", "intake/json"),
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(tmp_path: Path, title: str) -> None:
    reader, name, content, records, rule = HOSTILE[title]
    with pytest.raises(UnreadableFileError) as caught:
        read(reader, tmp_path / name, content, records)
    assert caught.value.rule == rule


def test_declared_columns_are_patterns_of_one_sign() -> None:
    assert pattern("gpu*_energy [W]%") == r"gpu%\_energy [W]\%"
    assert connectors()["codecarbon"].private(["longitude", "run_id", "latitude"]) == {"dropped": [1, 3], "hashed": []}


def test_the_pages_of_the_connectors_are_current(root: Path) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (root / "docs" / "formats").glob("*.md")}
    assert kept == pages(), "python -m reporting.connector_pages writes them anew"


XML = "<r><u>kWh</u>" + "".join(f"<m><from>2026-07-0{n}</from><to>2026-07-0{n}</to><kwh>{n}</kwh></m>" for n in range(1, 6)) + "</r>"
PRIVATE = "timestamp,run_id,duration,energy_consumed,longitude\n2026-07-05T10:00:00,r1,3600,1,{}\n"


def database(path: Path) -> bytes:
    """A database with the rows of the XML above."""
    made = sqlite3.connect(path)
    made.execute('create table reading ("from", "to", kwh)')
    made.executemany("insert into reading values (?, ?, ?)", [(f"2026-07-0{n}", f"2026-07-0{n}", n) for n in range(1, 6)])
    made.commit()
    made.close()
    return path.read_bytes()


def test_any_file_can_be_mapped_and_no_row_is_lost(tmp_path: Path) -> None:
    columns = {"start": "from", "end": "to", "quantity": "kwh"}
    constants = {"activity_type": "electricity.purchased", "unit": "kWh", "site": "mill"}
    shared = {"connector": "mapping", "data_quality": "measured", "data_origin": "own", "columns": columns, "constants": constants}
    local = {"connector": "codecarbon", "time_zone": "UTC", "constants": {"site": "mill", "measurement_point": "facility"}}
    sources = {
        "xml": shared | {"path": "activity/s.xml", "records": "m"},
        "sqlite": shared | {"path": "activity/s.db", "records": "reading"},
        "dropped": local | {"path": "activity/dropped.csv"},
        "kept": local | {"path": "activity/kept.csv", "keep_private": True},
        "ragged": local | {"path": "activity/ragged.csv"},
    }
    files: dict[str, str | bytes] = {"activity/s.xml": XML, "activity/s.db": database(tmp_path / "made.db")}
    files |= {f"activity/{name}.csv": PRIVATE.format("7.1") for name in ("dropped", "kept")}
    files["activity/ragged.csv"] = PRIVATE.format("7.1,too many cells")
    result = compute(write(tmp_path / "inventory", files, sources=sources))
    account = rows(result, "select source_id, rows_in, rows_accepted from row_account order by all")
    assert account == [("dropped", 1, 1), ("kept", 1, 1), ("ragged", 1, 0), ("sqlite", 5, 5), ("xml", 5, 5)]
    assert rows(result, "select source_id, sum(quantity)::integer from activity_row group by all order by all")[2:] == [
        ("sqlite", 15),
        ("xml", 15),
    ]
    cells = rows(result, "select source_id, cells[5] from source_row where source_id in ('dropped', 'kept') order by all")
    assert cells == [("dropped", None), ("kept", "7.1")]
    assert rows(result, "select text from rejected_row where source_id = 'ragged'") == [("(not shown: the file has private columns)",)]
