"""CSV and other delimited text: streamed by DuckDB, every cell kept as text, ragged rows rejected by number."""

from __future__ import annotations

import csv
import mmap
import re
import sys
from pathlib import Path

import duckdb

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError, as_utf8

MAX_LINE = 8 << 20
# A row's number is its place among all records of the file: blank lines and rejected rows, which the reader leaves out, are gaps.
ROWS = """
    insert into source_row
    with parsed as (select row_number() over () as position, list_value(*columns(*)) as cells from csv_input),
         gap as (select distinct line from reject_errors union select unnest($blank)),
         counted as (select line, row_number() over (order by line) as gaps from gap),
         shift as (select line - gaps as accepted_before, max(gaps) as gaps from counted group by line - gaps),
         numbered as (select p.position + coalesce(s.gaps, 0) as row_no, p.cells
                      from parsed p asof left join shift s on p.position > s.accepted_before)
    select $source_id, $file_no, row_no, cells from numbered
    where row_no > $header_row and len(list_filter(cells, lambda cell: trim(coalesce(cell, '')) <> '')) > 0
"""


def header_names(text: Path, delimiter: str, header_row: int) -> list[str]:
    """The column names in the header row, stripped; the first ones only, no data row is read."""
    csv.field_size_limit(MAX_LINE)
    with text.open(encoding="utf-8-sig", newline="") as stream:
        try:
            for number, cells in enumerate(csv.reader(stream, delimiter=delimiter, strict=True), start=1):
                if number == header_row and any(cell.strip() for cell in cells):
                    return [cell.strip() for cell in cells]
        except csv.Error as error:
            raise UnreadableFileError("intake/header", f"the header cannot be read ({error})", "export the file again") from None
    raise UnreadableFileError(
        "intake/header", f"has nothing in row {header_row} to take the column names from", "correct `header_row`, or the file"
    )


def sniff_delimiter(text: Path, declared: str, header_row: int) -> str:
    """The declared delimiter, else the one of `,` `;` tab `|` that stands most often in the header row."""
    if declared and (len(declared) > 1 or declared in '"\r\n'):
        raise UnreadableFileError(
            "intake/csv", f'cannot be split at the declared delimiter "{declared}"', "declare one character as `delimiter`"
        )
    if declared:
        return declared
    with text.open(encoding="utf-8-sig", newline="") as stream:
        line = ""
        for _ in range(header_row):
            line = stream.readline(MAX_LINE)
    counts = {mark: len(re.findall(re.escape(mark), line)) for mark in (",", ";", "\t", "|")}
    return max(counts, key=lambda mark: (counts[mark], mark == ","))


def blank_records(text: Path, delimiter: str, width: int) -> list[int]:
    """The numbers of the blank lines among the records of a file; where there is one column, a blank line is a record."""
    with text.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if width == 1 or (content.find(b"\n\n") < 0 and content[:1] != b"\n"):
            return []
    csv.field_size_limit(sys.maxsize)
    with text.open(encoding="utf-8-sig", newline="") as stream:
        return [number for number, cells in enumerate(csv.reader(stream, delimiter=delimiter), start=1) if not cells]


def read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load one file into source_row and rejected_row; returns the column names. `key` is (source_id, file_no)."""
    header_row = int(options["header_row"])
    with as_utf8(path, options["encoding"]) as text:
        delimiter = sniff_delimiter(text, options["delimiter"], header_row)
        names = header_names(text, delimiter, header_row)
        place = {"source_id": key[0], "file_no": key[1], "header_row": header_row}
        try:
            _load(connection, text, delimiter, (len(names), blank_records(text, delimiter, len(names))), place)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(str(text), path.name)
            raise UnreadableFileError("intake/csv", f"cannot be read as CSV ({reason})", "export the file again") from None
    return names


def _load(connection: Connection, text: Path, delimiter: str, shape: tuple[int, list[int]], key: dict[str, object]) -> None:
    width, blank = shape
    columns = {f"c{number}": "VARCHAR" for number in range(width)}
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    connection.execute(
        """create or replace temp table csv_input as
           from read_csv($path, header = false, all_varchar = true, auto_detect = false, columns = $columns, delim = $delimiter,
               quote = '"', escape = '"', store_rejects = true, rejects_limit = 0, max_line_size = $max_line, null_padding = false)""",
        {"path": str(text), "columns": columns, "delimiter": delimiter, "max_line": MAX_LINE},
    )
    connection.execute(ROWS, key | {"blank": blank})
    connection.execute(
        """insert into rejected_row
           select $source_id, $file_no, line, any_value(lower(error_type::varchar)), any_value(left(csv_line, 500))
           from reject_errors where trim(csv_line) <> '' and line > $header_row group by line""",
        key,
    )
    connection.execute("drop table csv_input")
