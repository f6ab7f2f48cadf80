"""All sources of an inventory into source_file, source_column, source_row and rejected_row, with findings for what cannot be read."""

from __future__ import annotations

from pathlib import Path

from reporting.database import Connection
from reporting.digest import file_sha256
from reporting.intake import delimited, records, spreadsheet
from reporting.intake.files import UnreadableFileError, find
from reporting.inventory import Source

OPTIONS = ("sheet", "date_format", "thousands", "time_zone", "encoding", "delimiter")


def load_sources(connection: Connection, folder: Path, sources: dict[str, Source]) -> None:
    """Read every file of every source; a file that cannot be read is a finding and the others go on."""
    for source_id, source in sources.items():
        try:
            paths = find(folder, source.path)
        except UnreadableFileError as error:
            _report(connection, (source_id, None), error.message, error)
            continue
        for number, path in enumerate(paths, start=1):
            _load_file(connection, folder, (source_id, number), path, source)


def _load_file(connection: Connection, folder: Path, key: tuple[str, int], path: Path, source: Source) -> None:
    options = {name: str(getattr(source, name)) for name in OPTIONS} | {"header_row": str(source.header_row)}
    name = path.relative_to(folder).as_posix()
    sheet, names = "", list[str]()
    try:
        names, sheet = _read(connection, path, key, options)
    except UnreadableFileError as error:
        _report(connection, key, f"{name} {error.message}", error)
    connection.execute(
        """insert into source_file select $source_id, $file_no, $path, $sheet, $sha256, $bytes,
             (select count(*) from source_row where source_id = $source_id and file_no = $file_no)
             + (select count(*) from rejected_row where source_id = $source_id and file_no = $file_no)""",
        {"source_id": key[0], "file_no": key[1], "path": name, "sheet": sheet, "sha256": file_sha256(path), "bytes": path.stat().st_size},
    )
    for position, column in enumerate(names, start=1):
        connection.execute("insert into source_column values ($1, $2, $3, $4)", [*key, position, column])


def _read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> tuple[list[str], str]:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    match suffix.lower():
        case ".csv" | ".tsv" | ".txt" | ".psv":
            return delimited.read(connection, path, key, options), ""
        case ".xlsx":
            return spreadsheet.read(connection, path, key, options)
        case ".parquet":
            return records.read_parquet(connection, path, key), ""
        case ".json" | ".jsonl":
            return records.read_json(connection, path, key, options), ""
        case _:
            message = f'has the unknown ending "{path.suffix}"'
            raise UnreadableFileError("intake/format", message, "deliver CSV (also gzipped), XLSX, JSON or Parquet")


def _report(connection: Connection, key: tuple[str, int | None], message: str, error: UnreadableFileError) -> None:
    connection.execute(
        "insert into finding values ($1, 'error', $2, $3, null, $4, 'both', $5, $6, '')",
        [error.rule, *key, f"source:{key[0]}", message, error.fix],
    )
