"""Records, whose names are met while they are read, into source_row: every value a text, one position per name."""

from __future__ import annotations

from collections.abc import Mapping

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError

BATCH = 5_000
MAX_NAMES = 10_000
MAX_LINE = 8 << 20


class RecordRows:
    """Collects the records of one file and writes them in batches; `key` is (source_id, file_no)."""

    def __init__(self, connection: Connection, key: tuple[str, int]) -> None:
        self.connection, self.key = connection, key
        self.positions: dict[str, int] = {}
        self.row_numbers: list[int] = []
        self.cells: list[list[str | None]] = []
        self.count = 0
        connection.execute("create or replace temp table record_input (row_no bigint, cells varchar[])")

    def add(self, row_no: int, record: Mapping[str, str | None]) -> None:
        """Take one record; raises UnreadableFileError where the records of a file have too many names."""
        for name in record:
            if name not in self.positions:
                self._name(name)
        cells: list[str | None] = [None] * len(self.positions)
        for name, cell in record.items():
            cells[self.positions[name]] = cell
        self.row_numbers.append(row_no)
        self.cells.append(cells)
        self.count += 1
        if len(self.cells) >= BATCH:
            self._write()

    def reject(self, row_no: int, reason: str, text: str) -> None:
        """Keep a record that cannot be read as a rejected row."""
        self.connection.execute("insert into rejected_row values ($1, $2, $3, $4, $5)", [*self.key, row_no, reason, text[:500]])

    def finish(self, common: Mapping[str, str | None] | None = None) -> list[str]:
        """Write the rows with the cells that all of them share; returns the names in the order in which they were met."""
        self._write()
        place = {"source_id": self.key[0], "file_no": self.key[1]}
        shared = dict(common or {})
        self.connection.execute(
            """insert into source_row
               select $source_id, $file_no, row_no, list_concat(list_resize(cells, $width), $shared::varchar[])
               from record_input order by rowid""",
            place | {"width": len(self.positions), "shared": list(shared.values())},
        )
        self.connection.execute("drop table record_input")
        return [*self.positions, *shared]

    def _name(self, name: str) -> None:
        if len(self.positions) >= MAX_NAMES:
            raise UnreadableFileError("intake/names", f"has records of more than {MAX_NAMES} names", "export a table, one record a row")
        self.positions[name] = len(self.positions)

    def _write(self) -> None:
        if self.cells:
            self.connection.execute(
                "insert into record_input select unnest($1::bigint[]), unnest($2::varchar[][])", [self.row_numbers, self.cells]
            )
            self.row_numbers, self.cells = [], []
