"""All sources of an inventory into source_file, source_column, source_row and rejected_row, with findings for what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reporting.database import STAGES, Connection, connect, run_file
from reporting.digest import file_sha256
from reporting.intake import delimited, grouped, json_records, prometheus, records, spreadsheet, sqlite_table, xml_records
from reporting.intake.declared import PACKED, Connector, connectors
from reporting.intake.files import UnreadableFileError, find
from reporting.intake.private import hide, prepare
from reporting.inventory import Source
from reporting.private_key import Key, read_key

READERS = {
    "csv": delimited.read,
    "json": json_records.read,
    "jsonl": json_records.read_lines,
    "xml": xml_records.read,
    "sqlite": sqlite_table.read,
    "prometheus": prometheus.read_text,
    "prometheus query": prometheus.read_query,
}
OPTIONS = ("date_format", "decimal_comma", "thousands", "time_zone", "encoding", "delimiter")


def load_sources(connection: Connection, folder: Path, sources: dict[str, Source]) -> None:
    """Read every file of every source; a file that cannot be read is a finding and the others go on."""
    key = read_key(folder)
    prepare(connection)
    for source_id, source in sources.items():
        try:
            paths = find(folder, source.path)
        except UnreadableFileError as error:
            _report(connection, (source_id, None), error.message, error)
            continue
        places = [(path, sheet) for path in paths for sheet in _sheets(path, source)]
        for number, (path, sheet) in enumerate(places, start=1):
            _load_file(connection, folder, (source_id, number), path, source, sheet, key)


def _sheets(path: Path, source: Source) -> tuple[str, ...]:
    """What is read of a file, one source_file each: a workbook may have rows on several sheets."""
    return spreadsheet.sheet_names(path, source.sheet) if path.suffix.lower() == ".xlsx" else (source.sheet,)


def _load_file(  # noqa: PLR0913, PLR0917 - a source file is known by its inventory, key, path and sheet
    connection: Connection, folder: Path, key: tuple[str, int], path: Path, source: Source, wanted_sheet: str, secret: Key | None
) -> None:
    connector = connectors()[source.connector]
    options = _options(source, connector, wanted_sheet)
    name = path.relative_to(folder).as_posix()
    sheet, names = "", list[str]()
    try:
        _refuse_pattern(path)
        query = grouped.query_of(source.connector)
        if query and path.suffix.lower() == ".parquet":
            names = grouped.read_parquet(connection, path, key, query)
        else:
            names, sheet = _read(connection, path, key, options, connector)
            names = grouped.add_up_rows(connection, key, names, query) if query else names
    except UnreadableFileError as error:
        _report(connection, key, f"{name} {error.message}", error)
    if not source.keep_private:
        known = _names_by_column(source)
        hide(connection, key, [known.get(column, column) for column in names], connector.private, secret, source.natural_key)
    connection.execute(
        """insert into source_file select $source_id, $file_no, $path, $sheet, $sha256, $bytes,
             (select count(*) from source_row where source_id = $source_id and file_no = $file_no)
             + (select count(*) from rejected_row where source_id = $source_id and file_no = $file_no)""",
        {"source_id": key[0], "file_no": key[1], "path": name, "sheet": sheet, "sha256": file_sha256(path), "bytes": path.stat().st_size},
    )
    for position, column in enumerate(names, start=1):
        connection.execute("insert into source_column values ($1, $2, $3, $4)", [*key, position, column])


def _options(source: Source, connector: Connector, sheet: str) -> dict[str, str]:
    options = {name: str(getattr(source, name)) for name in OPTIONS} | {"sheet": sheet, "header_row": str(source.header_row)}
    return options | {"records": source.records or connector.records, "outer": connector.outer}


def lines_again(path: Path, source: Source, query: Path, cells: Mapping[str, str | None], limit: int) -> grouped.Lines:
    """The lines of a bill behind one of its added-up rows, read again as its source reads them, in a database of their own."""
    if path.suffix.lower() == ".parquet":
        return grouped.lines_of(grouped.parquet_again(path), query, cells, limit)
    connector, scratch = connectors()[source.connector], connect()
    run_file(scratch, STAGES / "00_schema.sql")
    names, _ = _read(scratch, path, ("", 1), _options(source, connector, source.sheet), connector)
    return grouped.row_lines_of(scratch, names, query, cells, limit)


def _names_by_column(source: Source) -> dict[str, str]:
    """What the columns that inventory.yaml names are for; '' where a rule or a stated total reads one, which then must not be dropped."""
    read = dict.fromkeys((*(rule.column for rule in source.memo), source.stated_column), "")
    maps = (*(part.columns for part in source.activities), source.columns)
    return read | {column: target for columns in maps for target, column in columns.items()}


def _refuse_pattern(path: Path) -> None:
    """Raise UnreadableFileError for a Parquet file whose name the reader would take for a pattern, and so read another file."""
    if path.suffix.lower() == ".parquet" and set(str(path)) & set("*?["):
        raise UnreadableFileError("intake/parquet", "has a name or folder with * ? or [ in it, which stand for others", "rename it")


def _read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str], connector: Connector) -> tuple[list[str], str]:
    is_packed = path.suffix.lower() == ".gz"
    suffix = (Path(path.stem).suffix if is_packed else path.suffix).lower()
    kind = connector.kind(suffix)
    if not kind or (is_packed and kind.split()[0] not in PACKED):
        raise UnreadableFileError("intake/format", f'has the unknown ending "{path.suffix}"', f"deliver {_named(connector)}")
    if kind.split()[0] not in connector.formats:
        message = f"is {kind.upper()}, which the connector {connector.name} does not read"
        raise UnreadableFileError("intake/format", message, f"deliver {_named(connector)}")
    if kind == "xlsx":
        return spreadsheet.read(connection, path, key, options)
    if kind == "parquet":
        return records.read_parquet(connection, path, key), ""
    return READERS[kind](connection, path, key, options), ""


def _named(connector: Connector) -> str:
    return f"{', '.join(connector.formats)} (text formats also gzipped)"


def _report(connection: Connection, key: tuple[str, int | None], message: str, error: UnreadableFileError) -> None:
    connection.execute(
        "insert into finding values ($1, 'error', $2, $3, null, $4, 'both', $5, $6, '')",
        [error.rule, *key, f"source:{key[0]}", message, error.fix],
    )
