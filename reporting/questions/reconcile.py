"""`ghg reconcile`: what vendors, tools and others state beside our own figures; `ghg rows`: the lines of a bill behind one of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reporting.database import records
from reporting.digest import file_sha256
from reporting.intake.grouped import SUMS, query_of
from reporting.intake.load import lines_again
from reporting.intake.private import originals
from reporting.pipeline import Result
from reporting.statement import Statement, statements
from reporting.types import UsageError

FIRST = "reconcile_"
PLACE = """select f.source_id, f.file_no, f.path, f.sha256, s.connector, r.cells,
        (select list(name order by position) from source_column c where c.source_id = f.source_id and c.file_no = f.file_no) as names
    from source_file f join source s using (source_id)
    left join source_row r on r.source_id = f.source_id and r.file_no = f.file_no and r.row_no = $row
    where f.path = $path or parse_filename(f.path) = $path"""


@dataclass(frozen=True)
class Reconciliation:
    """The comparisons of a period that have rows (statements `reconcile_...`)."""

    period: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class BillLine:
    """One line of a bill: its number among the records of the file, and what it adds."""

    line: int
    quantity: Decimal | None
    cost: Decimal | None


@dataclass(frozen=True)
class BillRows:
    """The lines behind one added-up row of a bill: the first, how many there are, their sums, and whether these are still the row's."""

    file: str
    row: int
    sha256: str
    keys: dict[str, str | None]
    lines: tuple[BillLine, ...]
    count: int
    quantity: str | None
    cost: str | None
    is_equal: bool


def reconciliation(result: Result, period: str) -> Reconciliation:
    """The statements whose files begin with reconcile_, for one computed period."""
    return Reconciliation(period, statements(result.connection, period, FIRST))


def bill_rows(result: Result, place: str, limit: int) -> BillRows:
    """The lines behind a row such as activity/cur.parquet:17, read again from the file, which must be the one that was computed from."""
    path, _, number = place.rpartition(":")
    if not path or not number.isdecimal():
        raise UsageError(f'"{place}" is no file and row. fix: write them as in activity/cur.parquet:17')
    found = records(result.connection, PLACE, {"path": path, "row": int(number)})
    if not found or found[0]["cells"] is None:
        raise UsageError(f'no row "{place}". fix: take file and row from `ghg trace` or the ledger')
    row = found[0]
    file = result.folder / str(row["path"])
    if not file.is_file() or file_sha256(file) != row["sha256"]:
        raise UsageError(f"{row['path']} is not the file that was read. fix: compute again")
    query = query_of(str(row["connector"]))
    if query is None:
        raise UsageError(f"{row['path']} is not added up: its rows are the file's own. fix: look into the file at the row")
    cells = dict(zip(_texts(row["names"]), _texts(row["cells"]), strict=True))
    hidden = originals(result.connection, cells.values())
    source = result.inventory.sources[str(row["source_id"])]
    found_lines = lines_again(file, source, query, {name: hidden.get(cell or "", cell) for name, cell in cells.items()}, limit)
    sums = (found_lines.quantity, found_lines.cost, str(found_lines.count))
    return BillRows(
        file=str(row["path"]),
        row=int(number),
        sha256=str(row["sha256"]),
        keys={name: cell for name, cell in cells.items() if name not in SUMS},
        lines=tuple(BillLine(*line) for line in found_lines.lines),
        count=found_lines.count,
        quantity=found_lines.quantity,
        cost=found_lines.cost,
        is_equal=sums == tuple(cells[name] for name in SUMS),
    )


def _texts(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []
