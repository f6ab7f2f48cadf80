"""Bad input is refused or reported by name, with file and row: nothing is lost, nothing is guessed, no traceback."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from inventories import (
    DIESEL,
    FACTORS,
    HEADER,
    INVENTORY,
    SET_HEAD,
    compute,
    factor,
    figures,
    found,
    rows,
    table,
    upstream,
    write,
    write_factors,
)
from odd_files import bomb, entities, two_sheets_of_one_name, workbook

from reporting.inventory import load_inventory
from reporting.pipeline import Result
from reporting.types import InputError, UsageError

ROOT = Path(__file__).resolve().parents[1]
S = INVENTORY["sources"]["s"]
EXCLUSIONS = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date\n"
CORRECTIONS = "source,activity_id,row,column,old,new,reason,by,date\n"
INSTRUMENTS = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    ",tracking_system,cancelled_on,beneficiary,attributes\n"
    "R1,certificate,CA,,2026-07-01,2026-09-30,2026,{},{},0,renewable,cancelled,C-1,Notice (test),M-RETS,2026-10-12,Acme,\n"
)
SET = json.dumps(SET_HEAD)
LINE = "diesel.stationary,2026-07-01,2026-07-31,10,l,mill"
CELLS = [HEADER.split(","), LINE.split(",")]
FORMULA = [CELLS[0], ["diesel.stationary", "2026-07-01", "2026-07-31", "=5+5", "l", "mill"], CELLS[1]]

Found = list[tuple[str, int | None]]
ROWS: dict[str, tuple[str, Found]] = {
    "unknown column": (table(LINE + ",red", header=HEADER + ",colour"), [("intake/column-unknown", 1)]),
    "unknown unit": (table("diesel.stationary,2026-07-01,2026-07-31,10,bushel,mill"), [("intake/unit-unknown", 2)]),
    "wrong dimension": (table("electricity.purchased,2026-07-01,2026-07-31,10,l,mill"), [("intake/unit-dimension", 2)]),
    "negative": (table(DIESEL.format("-10")), [("intake/quantity-negative", 2)]),
    "nan": (table(DIESEL.format("NaN")), [("intake/quantity-not-a-number", 2)]),
    "infinite": (table(DIESEL.format("inf")), [("intake/quantity-not-a-number", 2)]),
    "1e400": (table(DIESEL.format("1e400")), [("intake/quantity-not-a-number", 2)]),
    "-1e400": (table(DIESEL.format("-1e400")), [("intake/quantity-not-a-number", 2)]),
    "1e20": (table(DIESEL.format("1e20")), [("intake/quantity-too-large", 2)]),
    "hexadecimal": (table(DIESEL.format("0x10")), [("intake/quantity-not-a-number", 2)]),
    "other digits": (table(DIESEL.format("١٢")), [("intake/quantity-not-a-number", 2)]),
    "end before start": (table("diesel.stationary,2026-07-31,2026-07-01,10,l,mill"), [("intake/end-before-start", 2)]),
    "no such day": (table("diesel.stationary,2026-02-30,2026-07-01,10,l,mill"), [("intake/date-unusable", 2)]),
    "infinite day": (table("diesel.stationary,2026-07-01,infinity,10,l,mill"), [("intake/date-unusable", 2)]),
    "overlapping": (
        table(f"{DIESEL.format(10)},D7", "diesel.stationary,2026-07-31,2026-08-31,10,l,mill,D7", header=HEADER + ",meter"),
        [("intake/meter-overlap", 3)],
    ),
    "unknown site": (table("diesel.stationary,2026-07-01,2026-07-31,10,l,mall"), [("intake/site-unknown", 2)]),
    "no factor": (table("petrol.mobile,2026-07-01,2026-07-31,10,l,mill"), [("factor/none-found", 2)]),
    "expired": (table("kerosene.stationary,2027-07-01,2027-07-31,10,l,mill"), [("factor/none-found", 2)]),
    "empty header": ("\n\n" + table(LINE), [("intake/header", None)]),
    "header alone": (table(), []),
    "every cell empty": (table(",,,,,", LINE), []),
    "terminal codes": (table("\x1b[31mdiesel,2026-07-01,2026-07-31,10,l,mill"), [("intake/activity-type-unknown", 2)]),
}  # fmt: skip
FILES: dict[str, tuple[bytes, Found]] = {
    "latin.csv": (table(LINE + ",Zürich", header=HEADER + ",note").encode("latin-1"), [("intake/encoding", None)]),
    "wide.csv": (table(LINE).encode("utf-16"), []),
    "wide-no-mark.csv": (table(LINE).encode("utf-16-le"), [("intake/nul-byte", None)]),
    "empty.csv": (b"", [("intake/file-empty", None)]),
    "blank.csv": (b"\n\n\n", [("intake/header", None)]),
    "nul.csv": (table(LINE).replace("10", "1\0").encode(), [("intake/nul-byte", None)]),
    "formula.xlsx": (workbook({"Data": FORMULA}), [("intake/row-unreadable", 2)]),
    "twice.xlsx": (two_sheets_of_one_name(CELLS), [("intake/sheet-twice", None)]),
    "bomb.xlsx": (bomb(CELLS), [("intake/bomb", None)]),
    "entities.xlsx": (entities(CELLS), [("intake/xml-entities", None)]),
    "cut.xlsx": (workbook({"Data": CELLS})[:-300], [("intake/xlsx", None)]),
    "beside.xlsx": (workbook({"Data": [[*CELLS[0]], [*CELLS[1], "beside the table"]]}), [("intake/column-unknown", 1)]),
    "long.csv": (table(LINE, DIESEL.format("1" * 10_000_000)).encode(), [("intake/row-unreadable", 3)]),
    "deep.json": (b"[" * 100_000, [("intake/json", None)]),
    "twice.json": (b'[{"quantity": "1", "quantity": "2"}]', [("intake/json", None)]),
    "object.json": (b'{"quantity": "1"}', [("intake/json", None)]),
    "picture.png": (b"\x89PNG", [("intake/format", None)]),
}
ELSEWHERE: dict[str, tuple[str, Found]] = {
    "up": ("../other/s.csv", [("intake/path-outside", None)]),
    "root": ("/etc/passwd", [("intake/path-outside", None)]),
    "link": ("activity/link.csv", [("intake/path-outside", None)]),
    "folder": ("activity", [("intake/not-a-file", None)]),
    "nothing": ("activity/*.ods", [("intake/file-missing", None)]),
    "itself": (".", [("intake/file-missing", None)]),
    "stars": ("a**b", [("intake/file-missing", None)]),
}


def name(title: str) -> str:
    """A title as the name of a source."""
    return "in-" + title.replace(" ", "-").replace(".", "-")


@functools.cache
def everything() -> Result:
    """Every case as a source of one inventory: one bad source does not keep the others from being read."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "inventory"
        files: dict[str, str | bytes] = {f"activity/{name(title)}.csv": text for title, (text, _) in ROWS.items()}
        paths = {title: f"activity/{name(title)}.csv" for title in ROWS} | {title: f"activity/{title}" for title in FILES}
        paths |= {title: path for title, (path, _) in ELSEWHERE.items()}
        files |= {f"activity/{title}": content for title, (content, _) in FILES.items()}
        (folder / "activity").mkdir(parents=True)
        (Path(scratch) / "outside.csv").write_text(table(LINE), encoding="utf-8")
        (folder / "activity" / "link.csv").symlink_to(Path(scratch) / "outside.csv")
        factors = [*FACTORS, upstream("petrol.well_to_tank", "1", "l"), upstream("kerosene.well_to_tank", "1", "l")]
        write(folder, files, factors, sources={name(title): S | {"path": path} for title, path in paths.items()})
        old = factor("old", "kerosene.stationary", "2", "l", valid_from="2024-01-01", valid_to="2025-01-01")
        write_factors(folder, [old], "old_1", usable_until="2026-12-31")
        return compute(folder)


CASES = {title: expected for part in (ROWS, FILES, ELSEWHERE) for title, (_, expected) in part.items()}


@pytest.mark.parametrize("title", CASES)
def test_it_is_reported_by_file_and_row(title: str) -> None:
    result = everything()
    sources = dict(rows(result, "select path, source_id from source_file"))
    own = [(f.rule, f.row) for f in found(result, severity="error") if name(title) in {f.file, sources.get(f.file)}]
    assert own == CASES[title]


def test_no_row_is_lost() -> None:
    result = everything()
    accounts = rows(result, "select source_id, rows_in, rows_accepted, rows_rejected, rows_excluded from row_account")
    assert [line for line in accounts if line[1] != sum(line[2:])] == []
    assert rows(result, "select count(*) from source_row anti join activity_row using (source_id, file_no, row_no)") == [(0,)]
    account = {source: tuple(counts) for source, *counts in accounts}
    assert account[name("formula.xlsx")] == (2, 1, 1, 0)
    assert account[name("long.csv")] == (2, 1, 1, 0)
    assert account[name("wide.csv")] == (1, 1, 0, 0)


def test_nothing_is_printed_that_could_steer_a_terminal() -> None:
    assert figures(everything())["ghg_protocol/scope1"] == ("withheld", None)


MINIMAL = {"activity/s.csv": table(LINE)}
SYSTEM = {"id": "m", "name": "M", "functional_unit": "request", "boundary": "all"}
STOPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "unknown key": (lambda folder: write(folder, MINIMAL, colour="red"), r"inventory.yaml: colour: no such key"),
    "half a year": (lambda folder: write(folder, MINIMAL, periods=["2026-H1"]), r'periods.0: "2026-H1" is no period; write it as 2026-'),
    "period of an input": (
        lambda folder: write(folder, MINIMAL, inputs={"net_revenue": {"2026-Q9": {"value": 1, "unit": "million EUR", "source": "S"}}}),
        r'inputs.net_revenue.2026-Q9.*: "2026-Q9" is no period',
    ),
    "key missing": (lambda folder: _source(folder, connector=None), r"sources.s.connector: "),
    "key twice": (lambda folder: _yaml(folder, "periods: [2026-Q3]\nperiods: [2026-Q4]\n"), r'key "periods" stands twice'),
    "key twice within": (lambda folder: _yaml(folder, "organisation:\n  name: A\n  name: B\n"), r'key "name" stands twice, line 2'),
    "aliases": (lambda folder: _yaml(folder, "a: &a [1]\nb: *a\n"), r"aliases are not allowed"),
    "not YAML": (lambda folder: _yaml(folder, "a: [\n"), r"not valid YAML"),
    "tag": (lambda folder: _yaml(folder, "a: !!python/object/apply:os.system [ls]\n"), r"not valid YAML"),
    "no mapping": (lambda folder: _yaml(folder, "- a\n"), r"inventory.yaml: document"),
    "empty document": (lambda folder: _yaml(folder, ""), r"inventory.yaml: document"),
    "list as a key": (lambda folder: _yaml(folder, "[a, b]: c\n"), r"inventory.yaml"),
    "latin-1": (lambda folder: (folder / "inventory.yaml").write_bytes("name: Zürich".encode("latin-1")), r"cannot be read"),
    "missing": (lambda _: None, r"inventory.yaml: not found"),
    "unknown connector": (lambda folder: _source(folder, connector="sap"), r'unknown connector "sap"'),
    "unknown framework": (lambda folder: write(folder, MINIMAL, frameworks=[{"id": "gri", "view": "control"}]), r'unknown framework "gri"'),
    "unknown activity column": (
        lambda folder: _source(folder, connector="mapping", columns={"amount": "quantity"}),
        r'unknown activity column "amount"',
    ),
    "unknown time zone": (lambda folder: _source(folder, time_zone="Mars/Olympus"), r'time_zone "Mars/Olympus"'),
    "date format": (lambda folder: _source(folder, date_format="%d %B %Y"), r'date_format "%d %B %Y"'),
    "exclusions of other columns": (lambda folder: _with(folder, exclusions="source,row\n"), r"exclusions.csv:1: the columns are"),
    "exclusion of nothing": (lambda folder: _with(folder, exclusions=EXCLUSIONS + "s,,two,duplicate,R,,B,,\n"), r"exclusions.csv:2: "),
    "exclusion without a reason": (lambda folder: _with(folder, exclusions=EXCLUSIONS + "s,,2,duplicate,,,B,,\n"), r"exclusions.csv:2: "),
    "exclusion that is ragged": (lambda folder: _with(folder, exclusions=EXCLUSIONS + "s,,2,duplicate\n"), r"exclusions.csv:2: "),
    "correction of an unknown source": (lambda folder: _with(folder, corrections=CORRECTIONS + "x,,2,unit,l,t,R,B,\n"), "csv:2: "),
    "instrument of no number": (lambda folder: _with(folder, instruments=INSTRUMENTS.format("many", "kWh")), r'csv:2: volume "many"'),
    "instrument below nothing": (lambda folder: _with(folder, instruments=INSTRUMENTS.format("-5", "kWh")), r'csv:2: volume "-5"'),
    "instrument in another unit": (lambda folder: _with(folder, instruments=INSTRUMENTS.format("5", "l")), r'csv:2: unit "l"'),
    "instrument that stands twice": (
        lambda folder: _with(folder, instruments=INSTRUMENTS.format("5", "kWh") + INSTRUMENTS.format("5", "kWh").splitlines()[1] + "\n"),
        r"instruments.csv:3: ",
    ),
    "fewer than no functional units": (
        lambda folder: write(folder, MINIMAL, systems=[SYSTEM | {"quantity": {"2026-Q3": "-1"}}]),
        r"systems\.0\.quantity\.2026-Q3",
    ),
    "factor set without a head": (lambda folder: _factor_set(folder, "set.yaml", None), r"set.yaml: not found"),
    "factor set with half a head": (lambda folder: _factor_set(folder, "set.yaml", '{"publisher": "P"}'), r"not there: title, "),
    "factor set with an odd head": (lambda folder: _factor_set(folder, "set.yaml", SET.replace("2028-12-31", "soon")), "set.yaml: "),
    "factor set of other columns": (lambda folder: _factor_set(folder, "factors.csv", "factor_id,value\nx,1\n"), "factors.csv:1: "),
    "factor set that is no table": (lambda folder: _factor_set(folder, "factors.csv", "\0\0"), r"factors.csv:1: the columns"),
}  # fmt: skip


def _yaml(folder: Path, text: str) -> None:
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")


def _source(folder: Path, **options: object) -> None:
    write(folder, MINIMAL, sources={"s": S | options})


def _with(folder: Path, **tables: str) -> None:
    write(folder, MINIMAL | {f"{name}.csv": text for name, text in tables.items()})


def _factor_set(folder: Path, file: str, text: str | None) -> None:
    write(folder, MINIMAL)
    path = folder / "factors" / "test_1" / file
    path.write_text(text, encoding="utf-8") if text is not None else path.unlink()


@pytest.mark.parametrize("title", STOPS)
def test_the_run_stops_before_it_writes_and_names_file_and_fix(title: str, tmp_path: Path) -> None:
    make, message = STOPS[title]
    make(tmp_path)
    with pytest.raises(InputError, match=message) as stopped:
        compute(tmp_path)
    assert "\n" not in str(stopped.value)
    assert "fix: " in str(stopped.value)


def test_a_year_needs_no_quotes(tmp_path: Path) -> None:
    folder = write(tmp_path, MINIMAL)
    text = (folder / "inventory.yaml").read_text(encoding="utf-8")
    _yaml(folder, text.replace('"2026-Q3"', "2026"))
    assert load_inventory(folder).periods == ("2026",)


@pytest.mark.parametrize("period", ["2026-Q5", "2026-13", "", "July", "2026-07\n"])
def test_a_period_that_is_none_is_misuse(tmp_path: Path, period: str) -> None:
    with pytest.raises(UsageError, match="unknown period"):
        compute(write(tmp_path, MINIMAL), [period])


def ghg(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reporting.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)})  # noqa: S603 - our own


@pytest.mark.parametrize(("code", "words"), [(1, []), (2, ["--framework", "gri"]), (2, ["--period", "July"]), (2, ["--colour"]), (3, [])])
def test_the_exit_code_says_what_happened(tmp_path: Path, code: int, words: list[str]) -> None:
    write(tmp_path, {"activity/s.csv": table(DIESEL.format("12x"))}, periods=["2026-Q3"] if code < 3 else "2026-Q3")
    done = ghg("check", str(tmp_path), *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    if code == 1:
        assert "activity/s.csv:2: error intake/quantity-not-a-number" in done.stdout
    if code == 3:
        assert done.stderr.count("\n") == 1
