"""The checked inventory into the tables that the stages read."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

from reporting.database import PACKAGE, Connection
from reporting.inventory import Inventory, Source
from reporting.periods import Period
from reporting.reference import read_rows
from reporting.types import InputError

ACTIVITY_COLUMNS = (
    "activity_type", "start", "end", "quantity", "unit", "activity_id", "entity", "site", "meter", "region", "supplier", "payer", "hosting", "factor",
    "data_quality", "data_origin", "read_status", "replaces", "measurement_point", "system", "lifecycle_stage", "evidence", "note", "coverage",
)  # fmt: skip
EXCLUSION_COLUMNS = ("source", "activity_id", "row", "kind", "reason", "estimated_t_co2e", "by", "approved_by", "date")
EXCLUSION_KINDS = ("duplicate", "outside_boundary", "other_period", "replaced", "omitted")
CORRECTION_COLUMNS = ("source", "activity_id", "row", "column", "old", "new", "reason", "by", "date")
INSTRUMENT_COLUMNS = (
    "instrument_id", "kind", "market", "supplier", "starts", "ends", "vintage", "volume", "unit", "rate_kg_co2e_per_kwh", "energy_source", "status",
    "certificate", "citation",
)  # fmt: skip


def load_inventory_tables(connection: Connection, folder: Path, inventory: Inventory, periods: list[Period]) -> None:
    """Fill period to exclusion from inventory.yaml and the CSV files beside it; raises InputError for a file of the wrong shape."""
    disclosed = set(inventory.periods)
    for position, period in enumerate(periods):
        row = [period.name, period.starts, period.ends, period.kind, period.name in disclosed, position]
        connection.execute("insert into period values ($1, $2, $3, $4, $5, $6)", row)
    _load_organisation(connection, inventory)
    for position, (name, source) in enumerate(inventory.sources.items()):
        _load_source(connection, name, source, position)
    _load_exclusions(connection, folder / "exclusions.csv", set(inventory.sources))
    _load_corrections(connection, folder / "corrections.csv", set(inventory.sources))
    _load_instruments(connection, folder / "instruments.csv")


def _load_organisation(connection: Connection, inventory: Inventory) -> None:
    for name, view in inventory.views.items():
        connection.execute("insert into view values ($1, $2, $3)", [name, view.approach, view.gwp_set])
    for entity in inventory.entities:
        values = [entity.id, entity.name, entity.country, entity.ownership, entity.financial_control, entity.operational_control]
        connection.execute("insert into entity values ($1, $2, $3, $4, $5, $6, $7, $8)", [*values, entity.valid_from, entity.valid_to])
    for site in inventory.sites:
        connection.execute("insert into site values ($1, $2, $3, $4, $5, $6)", [site.id, site.name, site.entity, site.country, site.region, site.area_m2])
        for pue in site.pue:
            connection.execute("insert into site_pue values ($1, $2, $3, $4, $5, $6)", [site.id, pue.value, pue.kind, pue.valid_from, pue.valid_to, pue.citation])
        for meter in site.meters:
            connection.execute("insert into meter values ($1, $2, $3)", [meter.id, site.id, meter.carrier])
    for system in inventory.systems:
        connection.execute("insert into system values ($1, $2, $3)", [system.id, system.name, system.functional_unit])
        for period, quantity in system.quantity.items():
            _insert_input(connection, "functional_unit", period, system.id, [quantity, system.functional_unit, f"inventory.yaml, systems, {system.id}"])
    for name, values_by_period in inventory.inputs.items():
        for period, given in values_by_period.items():
            _insert_input(connection, name, period, "", [given.value, given.unit, given.source])
    for row in read_rows(PACKAGE / "standards" / "scope3_categories.csv"):
        choice = inventory.scope3_categories.get(int(row["category"]))
        status, reason = (choice.status, choice.reason) if choice else ("undecided", "inventory.yaml does not say how this category is treated")
        connection.execute("insert into scope3_category values ($1, $2, $3, $4)", [row["category"], status, reason, row["label"]])


def _insert_input(connection: Connection, name: str, period: str, key: str, value: list[object]) -> None:
    connection.execute("insert into input values ($1, $2, $3, $4, null, $5, $6)", [name, period, key, *value])


def _load_source(connection: Connection, name: str, source: Source, position: int) -> None:
    known = {path.stem for path in (PACKAGE / "connectors").glob("*.sql")} | {"activity_csv", "mapping"}
    if source.connector not in known - {"mapped"}:
        raise InputError(f'inventory.yaml: source "{name}" has the unknown connector "{source.connector}". fix: use one of {", ".join(sorted(known - {"mapped"}))}')
    values = [name, source.connector, source.rank, source.data_quality, source.data_origin, source.tolerance, position]
    connection.execute("insert into source values ($1, $2, $3, $4, $5, $6, $7)", values)
    for figure in source.covers:
        connection.execute("insert into source_covers values ($1, $2)", [name, figure])
    for option, value in _options(source).items():
        connection.execute("insert into source_option values ($1, $2, $3)", [name, option, value])
    for number, stated in enumerate(source.stated, start=1):
        row = [name, number, stated.period, stated.activity_type, stated.measure, stated.value, stated.unit, stated.tolerance, stated.citation]
        connection.execute("insert into stated_total values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", row)
    _load_parts(connection, name, source)


def _options(source: Source) -> dict[str, str]:
    texts = {key: getattr(source, key) for key in ("time_zone", "thousands", "stated_unit")}
    flags = {key: "true" for key in ("decimal_comma", "empty_means_none", "zero_means_none", "monthly_sum") if getattr(source, key)}
    keys = {"natural_key": chr(31).join(source.natural_key)} if source.natural_key else {}
    return {key: value for key, value in texts.items() if value} | flags | keys | _date_options(source.date_format)


def _date_options(date_format: str) -> dict[str, str]:
    """A date format such as %d.%m.%Y as a pattern and the order of its groups in ISO form."""
    if not date_format:
        return {}
    directives = re.findall(r"%(.)", date_format)
    if sorted(directives[:3]) != ["Y", "d", "m"] or directives[3:] not in ([], ["H", "M"], ["H", "M", "S"]):
        raise InputError(f'inventory.yaml: date_format "{date_format}" is not understood. fix: use %d, %m, %Y in any order, then perhaps %H:%M or %H:%M:%S')
    widths = {"Y": r"(\d{4})", **dict.fromkeys("mdHMS", r"(\d{1,2})")}
    pattern = re.sub(r"%(.)", lambda match: widths[match[1]], re.escape(date_format).replace(r"\%", "%"))
    place = {directive: f"\\{number}" for number, directive in enumerate(directives, start=1)}
    order = "{Y}-{m}-{d}".format(**place) + (" " + ":".join(place[part] for part in directives[3:]) if directives[3:] else "")
    return {"date_pattern": pattern, "date_order": order}


def _load_parts(connection: Connection, name: str, source: Source) -> None:
    columns = {column: column for column in ACTIVITY_COLUMNS} if source.connector == "activity_csv" else source.columns
    parts = [(part.columns, {**source.constants, **part.constants}) for part in source.activities] or [(columns, source.constants)]
    for number, (mapped, constants) in enumerate(parts, start=1):
        stated = {"stated": source.stated_column} if source.stated_column and number == 1 else {}
        for target in sorted((mapped.keys() | constants.keys()) - set(ACTIVITY_COLUMNS)):
            raise InputError(f'inventory.yaml: source "{name}" maps the unknown activity column "{target}". fix: use one of {", ".join(ACTIVITY_COLUMNS)}')
        for target, column in {**mapped, **stated}.items():
            connection.execute("insert into part_column values ($1, $2, $3, $4)", [name, number, target, column])
        for target, value in constants.items():
            connection.execute("insert into part_constant values ($1, $2, $3, $4)", [name, number, target, value])


def _read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = [(number, row) for number, row in enumerate(reader, start=2)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    if tuple(reader.fieldnames or ()) != columns:
        raise InputError(f"{path}:1: the columns are {', '.join(reader.fieldnames or ()) or 'none'}. fix: they must be {', '.join(columns)}")
    for number, row in rows:
        if None in row or None in row.values():
            raise InputError(f"{path}:{number}: the row has another number of cells than the header. fix: correct the row")
    return rows


def _place(path: Path, number: int, row: dict[str, str], sources: set[str]) -> list[object]:
    if row["source"] not in sources:
        raise InputError(f'{path}:{number}: unknown source "{row["source"]}". fix: use a name under `sources` of inventory.yaml')
    file, _, position = row["row"].rpartition(":")
    if not row["activity_id"] and not position.isdecimal():
        raise InputError(f'{path}:{number}: neither activity_id nor row is given. fix: name the row, as in "12" or "file.csv:12"')
    if not row["reason"].strip() or not row["by"].strip():
        raise InputError(f"{path}:{number}: reason and by must be given. fix: say why, and who says so")
    return [number, row["source"], row["activity_id"] or None, file or None, int(position) if position else None]


def _load_exclusions(connection: Connection, path: Path, sources: set[str]) -> None:
    for number, row in _read_table(path, EXCLUSION_COLUMNS):
        if row["kind"] not in EXCLUSION_KINDS:
            raise InputError(f'{path}:{number}: unknown kind "{row["kind"]}". fix: use one of {", ".join(EXCLUSION_KINDS)}')
        values = [*_place(path, number, row, sources), row["kind"], row["reason"], row["estimated_t_co2e"] or None, row["by"], row["approved_by"], row["date"]]
        connection.execute("insert into exclusion values ($1, $2, $3, $4, $5, $6, $7, try_cast($8 as decimal(38,12)), $9, $10, $11)", values)


def _load_corrections(connection: Connection, path: Path, sources: set[str]) -> None:
    for number, row in _read_table(path, CORRECTION_COLUMNS):
        values = [*_place(path, number, row, sources), row["column"], row["old"], row["new"], row["reason"], row["by"], row["date"]]
        connection.execute("insert into correction values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", values)


def _load_instruments(connection: Connection, path: Path) -> None:
    for number, row in _read_table(path, INSTRUMENT_COLUMNS):
        try:
            starts, ends = date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"]) + timedelta(days=1)
            if starts >= ends or row["status"] not in {"contracted", "delivered", "cancelled"} or not row["instrument_id"]:
                raise ValueError("instrument_id is empty, ends is before starts, or status is none of contracted, delivered, cancelled")  # noqa: TRY301
            columns = ("kind", "market", "supplier")
            values = [row["instrument_id"], *(row[c] for c in columns), starts, ends, row["vintage"], row["volume"], row["unit"], row["rate_kg_co2e_per_kwh"]]
            rest = [row["energy_source"], row["status"], row["certificate"], row["citation"] or f"instruments.csv, row {number}", number]
            connection.execute("insert into instrument values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", values + rest)
        except (ValueError, RuntimeError) as error:
            raise InputError(f"{path}:{number}: {' '.join(str(error).split())}. fix: correct the row") from None
