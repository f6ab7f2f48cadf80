"""Hostile files end in a finding, and nothing of them is written where it could act; each is a source of one inventory."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from inventories import FACTORS, INVENTORY, compute, found, rows, write
from odd_files import bomb, entities, parquet, two_sheets_of_one_name, workbook

from reporting.entry.marked import mark
from reporting.ledger import write_csv
from reporting.pipeline import Result
from reporting.types import InputError

S = INVENTORY["sources"]["s"]
HEADER = ["activity_type", "start", "end", "quantity", "unit", "site", "supplier", "note"]
LINE = ["diesel.stationary", "2026-07-01", "2026-07-31", "10", "l", "mill", "", ""]
ACTING = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "＝1")  # noqa: RUF001 - a wide equals sign is the point
EVERY: dict[str, object] = {"sheet": "*"}
ACTED: dict[str, dict[str, object]] = {"csv": {}, "xlsx": {}, "json": {}, "xml": {"records": "r"}, "parquet": {}}
"""The formats of the file of such cells."""
MAPPED = S | {
    "path": "activity/acting.csv", "connector": "mapping",
    "columns": {name: name for name in ("activity_type", "start", "end", "quantity", "unit", "site", "supplier")},
    "constants": {"note": "=1+1"},
}  # fmt: skip
BILLION = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l><r><quantity>&b;</quantity></r></l>'
OUTWARD = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l><r><quantity>&a;</quantity></r></l>'


def lines(*given: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([HEADER, *given])
    return stream.getvalue()


def sheets(count: int) -> bytes:
    return workbook({f"S{number}": [HEADER] for number in range(count)})


def zip_of(name: str) -> bytes:
    """An archive that is no workbook and has a part whose name leads out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


CASES: dict[str, tuple[str, Callable[[], bytes], dict[str, object], str]] = {
    "bomb": ("b.xlsx", lambda: bomb([HEADER]), {}, "intake/bomb"),
    "bomb of every sheet": ("c.xlsx", lambda: bomb([HEADER]), EVERY, "intake/bomb"),
    "entities of every sheet": ("d.xlsx", lambda: entities([HEADER]), EVERY, "intake/xml-entities"),
    "sheets of one name": ("e.xlsx", lambda: two_sheets_of_one_name([HEADER]), EVERY, "intake/sheet-twice"),
    "hundreds of sheets": ("f.xlsx", lambda: sheets(201), EVERY, "intake/sheet"),
    "sheets without rows": ("g.xlsx", lambda: workbook({"Read me": [["x"]], "Lists": [["y"]]}), EVERY, "intake/sheet"),
    "a name that leads out": ("h.xlsx", lambda: zip_of("../../outside"), {}, "intake/xlsx"),
    "no archive": ("i.xlsx", lambda: b"PK\x03\x04 not so", EVERY, "intake/xlsx"),
    "entity bomb": ("j.xml", BILLION.encode, {"records": "r"}, "intake/xml-entities"),
    "entity of a file": ("k.xml", OUTWARD.encode, {"records": "r"}, "intake/xml-entities"),
    "NUL": ("l.csv", lambda: lines(LINE).replace("10", "1\0").encode(), {}, "intake/nul-byte"),
    "a line of 100 MB": ("m.csv", lambda: lines(LINE).encode() + b"1" * 100_000_000 + b"\n", {}, "intake/row-unreadable"),
    "a JSON line of 20 MB": ("n.jsonl", lambda: b'{"quantity": "' + b"1" * 20_000_000 + b'"}\n', {}, "intake/row-unreadable"),
    "a folder that is a link": ("outside/*.csv", bytes, {}, "intake/path-outside"),
    "a file that is a link": ("link.csv", bytes, {}, "intake/path-outside"),
    "up": ("../../outside.csv", bytes, {}, "intake/path-outside"),
    "up in a mapping": ("../../outside.csv", bytes, {"connector": "mapping", "columns": {"quantity": "quantity"}}, "intake/path-outside"),
    "up in the middle": ("x/../../../outside.csv", bytes, {}, "intake/path-outside"),
}  # fmt: skip


def elements(given: list[list[str]]) -> str:
    """The lines as elements of a document; white space at the ends of a text is none of it."""
    cells = ("".join(f"<{name}>{escape(cell)}</{name}>" for name, cell in zip(HEADER, line, strict=True)) for line in given)
    return f"<l>{''.join(f'<r>{line}</r>' for line in cells)}</l>"


def source(title: str) -> str:
    return re.sub("[^a-z0-9]", "-", title.lower())


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All the files as sources of one inventory, and one with cells that spreadsheets would act upon."""
    place = tmp_path_factory.mktemp("hostile")
    folder = place / "inventory"
    (place / "outside").mkdir()
    for path in (place / "outside.csv", place / "outside" / "secret.csv"):
        path.write_text(lines(LINE), encoding="utf-8")
    (folder / "activity").mkdir(parents=True)
    (folder / "activity" / "outside").symlink_to(place / "outside")
    (folder / "activity" / "link.csv").symlink_to(place / "outside.csv")
    acting = [[*LINE[:6], text, text] for text in ACTING]
    files: dict[str, str | bytes] = {f"activity/{name}": made() for name, made, _, _ in CASES.values() if made is not bytes}
    files |= {
        "activity/acting.csv": lines(*acting),
        "activity/acting.xlsx": workbook({"=A1": [HEADER, [*LINE[:3], "=5+5", *LINE[4:]], LINE]}),
        "activity/acting.json": json.dumps([dict(zip(HEADER, line, strict=True)) for line in acting]),
        "activity/acting.xml": elements(acting),
        "activity/acting.parquet": parquet(HEADER, acting),
    }
    sources = {source(title): S | {"path": f"activity/{name}"} | options for title, (name, _, options, _) in CASES.items()}
    sources |= {name: S | {"path": f"activity/acting.{name}"} | options for name, options in ACTED.items()}
    sources["mapped"] = MAPPED
    return compute(write(folder, files, FACTORS, sources=sources))


@pytest.mark.parametrize("title", CASES)
def test_it_is_a_finding_of_its_source(result: Result, title: str) -> None:
    paths = dict(rows(result, "select path, source_id from source_file"))
    own = {f.rule for f in found(result, severity="error") if source(title) in {f.file, paths.get(f.file)}}
    assert own - {"intake/column-required", "intake/column-missing"} == {CASES[title][3]}


def test_nothing_from_outside_was_read(result: Result) -> None:
    assert rows(result, "select path from source_file where path like '%outside%' or path like '%link%'") == []
    assert not any("root:" in json.dumps(f.message) for f in result.findings)
    assert max(len(f.message) + len(f.row_text) for f in result.findings) < 3_000


def test_cells_that_act_are_text_wherever_they_are_written(result: Result, tmp_path: Path) -> None:
    read = rows(result, "select source_id, count(*) from activity_row where note <> '' and quantity = 10 group by all order by 1")
    assert read == [(name, len(ACTING)) for name in sorted({*ACTED, "mapped"} - {"xlsx"})]
    write_csv(result.connection, tmp_path / "ledger.csv")
    with (tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for line in csv.DictReader(stream) for name, cell in line.items() if name in {"supplier", "note"} and cell]
    assert len(cells) >= 5 * 2 * len(ACTING) - 1
    assert all(cell.startswith("'") for cell in cells if cell.lstrip("'")[:1] in tuple("=+-@\t＝"))  # noqa: RUF001
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_a_formula_is_refused_by_cell_and_marked(result: Result, tmp_path: Path) -> None:
    [finding] = [f for f in found(result, "intake/row-unreadable") if f.file == "activity/acting.xlsx"]
    assert finding.cell == "=A1!D2"
    copies = mark(result.folder, result.findings, tmp_path)
    assert tmp_path / "activity" / "acting.xlsx" in copies
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) for path in copies)


@pytest.mark.parametrize("name", ["inventory.yaml", "instruments.csv", "corrections.csv", "factors/test_1/factors.csv", "factors"])
def test_what_stands_beside_the_sources_is_no_link_out_either(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "inventory", {"activity/s.csv": lines(LINE), "instruments.csv": "x\n", "corrections.csv": "x\n"})
    (folder / name).rename(tmp_path / "outside")
    (folder / name).symlink_to(tmp_path / "outside")
    with pytest.raises(InputError, match="is a link out of the inventory folder"):
        compute(folder)
