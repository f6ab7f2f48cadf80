"""docs/mapping.md to the letter: each example is read as CSV, as XLSX of text and as XLSX of numbers and dates, and gives what it says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from inventories import compute, found, rows, write
from odd_files import workbook
from openpyxl import Workbook

from reporting.intake.spreadsheet import Notation, as_text
from reporting.pipeline import Result

ROOT = Path(__file__).resolve().parents[1]
Lines = list[list[str]]
GIVES = """select source_id, activity_type, period_start, period_end, quantity, unit from activity_row where not is_none
    order by source_id, activity_type, period_start"""


def examples() -> list[tuple[dict[str, Any], str, list[str]]]:
    """Options, file and result of each example."""
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```\s+```csv\n(.*?)```\s+```gives\n(.*?)```", text, re.DOTALL)
    return [(yaml.safe_load(options), file, sorted(gives.strip().split("\n"))) for options, file, gives in blocks]


def split(text: str) -> Lines:
    return list(csv.reader(text.splitlines(), delimiter=";" if ";" in text else ","))


def typed(cell: str, options: dict[str, Any]) -> object:
    """A cell as a spreadsheet program keeps it."""
    for form in filter(None, (options.get("date_format"), "%Y-%m-%d")):
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007 - cells of workbooks have no zone
        except ValueError:
            continue
    plain = cell.replace(options.get("thousands", "\0"), "")
    plain = plain.replace(",", ".") if options.get("decimal_comma") else plain
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else cell


WRITERS: dict[str, Callable[[str, dict[str, Any]], bytes]] = {
    "text.csv": lambda text, _: text.encode(),
    "text.xlsx": lambda text, _: workbook({"Data": split(text)}),
    "typed.xlsx": lambda text, options: workbook({"Data": [[typed(cell, options) for cell in line] for line in split(text)]}),
}


def sources() -> Iterator[tuple[str, str, dict[str, Any], bytes]]:
    for number, (options, text, _) in enumerate(examples()):
        for name, make in WRITERS.items():
            yield f"e{number}-{name}", f"activity/e{number}-{name}", options, make(text, options)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Result:
    files: dict[str, str | bytes] = {path: content for _, path, _, content in sources()}
    head = {"connector": "mapping", "data_quality": "measured", "data_origin": "own"}
    maps = {name: {"path": path} | head | options for name, path, options, _ in sources()}
    return compute(write(tmp_path_factory.mktemp("mapped"), files, sources=maps))


@pytest.mark.parametrize("name", [name for name, _, _, _ in sources()])
def test_an_example_gives_what_the_page_says(read: Result, name: str) -> None:
    lines = [
        f"{kind},{day(starts)},{day(ends)},{f'{quantity:f}'.rstrip('0').rstrip('.')},{unit}"
        for source, kind, starts, ends, quantity, unit in rows(read, GIVES)
        if source == name
    ]
    assert sorted(lines) == examples()[int(name[1])][2]


def day(moment: datetime) -> str:
    return str(moment).removesuffix(" 00:00:00")


def test_no_example_has_an_error(read: Result) -> None:
    assert len(list(sources())) == 12
    assert [f"{f.file}: {f.message}" for f in found(read, severity="error") if f.rule.startswith("intake/")] == []


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (234.567, {"thousands": ".", "decimal_comma": "True"}, "234,567"),
        (234.567, {"thousands": "."}, "234,567"),
        (1234.5, {"thousands": ","}, "1234.5"),
        (0.1, {}, "0.1"),
        (datetime(2026, 7, 1), {"date_format": "%d.%m.%Y"}, "01.07.2026"),  # noqa: DTZ001 - as a cell holds it
        (datetime(2026, 7, 1, 6), {"date_format": "%d.%m.%Y"}, "2026-07-01T06:00:00"),  # noqa: DTZ001
        (datetime(2026, 7, 1, 6), {"date_format": "%d.%m.%Y %H:%M"}, "01.07.2026 06:00"),  # noqa: DTZ001
        (True, {}, "true"),
    ],
)
def test_a_cell_is_put_into_the_notation_of_its_source(value: object, options: dict[str, str], text: str) -> None:
    assert as_text(value, Notation.of(options)) == text


def test_midnight_is_a_moment_in_a_column_of_times_and_an_error_in_a_cell_is_never_no_activity(tmp_path: Path) -> None:
    """The hour before midnight of a workbook, and an amount that is #N/A where an empty cell means no activity."""
    book = Workbook()
    sheet = book.active
    sheet.append(["start", "end", "kwh"])
    for hour in (22, 23):
        sheet.append([datetime(2026, 7, 31, hour), datetime(2026, 7, 31, hour) + timedelta(hours=1), 10])  # noqa: DTZ001 - as a cell holds it
    sheet.append([datetime(2026, 8, 1, 5), datetime(2026, 8, 1, 6), "#N/A"])  # noqa: DTZ001
    stream = io.BytesIO()
    book.save(stream)
    source = {"path": "activity/s.xlsx", "connector": "mapping", "columns": {"start": "start", "end": "end", "quantity": "kwh"}}
    source |= {"constants": {"activity_type": "electricity.purchased", "unit": "kWh", "site": "mill"}, "time_zone": "Europe/Berlin"}
    result = compute(write(tmp_path, {"activity/s.xlsx": stream.getvalue()}, sources={"s": source | {"empty_means_none": True}}))
    hours = rows(result, "select period_end, quantity from activity where derivation = '' and quantity is not null order by 1")
    assert hours == [(datetime(2026, 7, 31, 23), 10), (datetime(2026, 8, 1), 10)]  # noqa: DTZ001
    assert [(f.rule, f.row) for f in found(result, severity="error")] == [("intake/quantity-not-a-number", 4)]
