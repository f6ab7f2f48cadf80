"""The tables of a computed inventory as files of a pack: Parquet of every table, CSV of those that the stand-alone verifier reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from duckdb import CaseExpression, ColumnExpression, ConstantExpression, DuckDBPyRelation, Expression

from reporting.database import Connection
from reporting.digest import file_sha256
from reporting.evidence.formats import TableDigest
from reporting.evidence.tables import write_ordered
from reporting.ledger import one_thread

TABLES = """select table_name, column_names from (
        select table_name, false as is_view from duckdb_tables() where not temporary and schema_name = 'main'
        union all select view_name, true from duckdb_views() where not temporary and not internal and schema_name = 'main')
    join (select table_name,
    list(column_name order by column_index) as column_names from duckdb_columns() where not internal group by table_name) using (table_name)
    where not is_view or table_name in (select unnest($views))
    order by table_name"""
VIEWS = ("ledger", "row_account")
READ_BY_VERIFIER = (
    "activity", "activity_parent", "activity_row", "activity_type", "carbon_credit", "correction_cell", "datapoint", "derivation_rule",
    "energy_rule", "entity", "entity_sector",
    "excluded_row", "factor_set", "figure", "figure_damage", "fill", "framework", "fuel_step", "hourly_file", "input", "instrument",
    "instrument_match",
    "month_interval", "narrative", "part_column", "part_constant", "period", "price", "region_ancestor", "rejected_row", "replacement",
    "replacement_fault", "role_choice", "row_account",
    "site", "site_pue", "source", "source_column", "source_file", "source_option", "source_row", "superseded_row", "text_answer", "unit",
    "unit_alias", "unit_conversion",
    "unpriced_activity", "view",
)  # fmt: skip
GIVEN_VIEWS = "select view_name from duckdb_views() where not internal and not temporary and schema_name = 'main' order by view_name"
CELLS = ("source_row", "corrected_row", "rejected_row", "correction_cell", "correction")
"""Tables that hold cells of source files as received."""
OF_FACTORS = ("factor", "factor_row")


class Kept:
    """What a pack may not hold: cells of confidential sources, and what no ledger line rests on of sets that may not be passed on."""

    def __init__(self, sources: Sequence[str] = (), sets: Sequence[str] = ()) -> None:
        self.sources, self.sets = sources, sets

    def altered(self) -> tuple[str, ...]:
        """The tables that are not in the pack as they were computed."""
        return (*(CELLS if self.sources else ()), *(OF_FACTORS if self.sets else ()))

    def of(self, connection: Connection, name: str) -> DuckDBPyRelation:
        """A table without what may not be passed on."""
        relation = connection.view(name) if name in VIEWS else connection.table(name)
        if name in CELLS and self.sources:
            relation = relation.filter(ColumnExpression("source_id").isnotin(*map(ConstantExpression, self.sources)))
        if name in OF_FACTORS and self.sets:
            used = [
                ConstantExpression(factor)
                for (factor,) in connection.execute("select distinct factor_id from price order by all").fetchall()
            ]
            is_free = ColumnExpression("set_id").isnotin(*map(ConstantExpression, self.sets))
            is_used = (
                CaseExpression(ColumnExpression("factor_id").isin(*used), ConstantExpression(True)) if used else ConstantExpression(False)
            )
            relation = relation.filter(is_free | is_used)
        return relation


def names(connection: Connection, views: Sequence[str] = VIEWS) -> list[str]:
    """Every table, and the views named."""
    return [str(name) for name, _ in connection.execute(TABLES, {"views": list(views)}).fetchall()]


def given_views(connection: Connection) -> list[str]:
    """The views of a database that holds what was read, before any stage."""
    return [str(name) for (name,) in connection.execute(GIVEN_VIEWS).fetchall()]


def write_parquet_copies(connection: Connection, folder: Path, kept: Kept, tables: Sequence[str]) -> dict[str, str]:
    """Write tables as Parquet in the order of their columns; gives table -> SHA-256. The same rows give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    with one_thread(connection):
        return {name: _write_parquet(kept.of(connection, name), folder / f"{name}.parquet") for name in tables}


def _write_parquet(relation: DuckDBPyRelation, path: Path) -> str:
    lossless(relation).order("all").write_parquet(str(path), compression="zstd")
    return file_sha256(path)


def lossless(relation: DuckDBPyRelation) -> DuckDBPyRelation:
    """A table as Parquet can hold it: 128-bit integers as text, because binary floating point would lose their digits."""
    return relation.select(*_columns(relation)) if any("HUGEINT" in str(kind) for kind in relation.types) else relation


def _columns(relation: DuckDBPyRelation) -> Iterator[Expression]:
    for name, kind in zip(relation.columns, relation.types, strict=True):
        column = ColumnExpression(name)
        yield column.cast("VARCHAR").alias(name) if "HUGEINT" in str(kind) else column


def write_csv_copies(connection: Connection, folder: Path, kept: Kept, tables: Sequence[str]) -> dict[str, TableDigest]:
    """Rows and digest of every table as it is copied; the CSV of what the verifier reads stays in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in tables:
        path = folder / f"{name}.csv"
        rows = write_ordered(kept.of(connection, name), path)
        found[name] = TableDigest(rows=rows, sha256=file_sha256(path))
        if name not in READ_BY_VERIFIER:
            path.unlink()
    return found
