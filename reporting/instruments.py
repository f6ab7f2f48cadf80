"""instruments.csv into the instrument ledger; a row of the wrong shape stops the run and is named, a fault of quality is a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from reporting.database import Connection
from reporting.types import InputError

REQUIRED = (
    "instrument_id", "kind", "market", "supplier", "starts", "ends", "vintage", "volume", "unit", "rate_kg_co2e_per_kwh",
    "energy_source", "status", "certificate", "citation",
)  # fmt: skip
OPTIONAL = (
    "entity", "site", "meter", "technology", "tracking_system", "serial_first", "serial_last", "generated_in", "generation_starts",
    "generation_ends", "cancelled_on", "beneficiary", "attributes", "nuclear_share", "renewable_share",
)  # fmt: skip
STATUSES = ("contracted", "delivered", "cancelled")
ATTRIBUTES = ("", "kept", "net_of_sold", "sold")
KNOWN = {
    "market": "from region where region = $1",
    "generated_in": "from region where region = $1",
    "kind": "from instrument_kind where instrument_kind = $1",
    "unit": "from unit_conversion where from_unit = $1 and to_unit = 'kWh'",
    "entity": "from entity where entity = $1",
    "site": "from site where site = $1",
    "meter": "from meter where meter = $1",
}
REASON = {
    "market": "is no region of factors/regions.csv",
    "generated_in": "is no region of factors/regions.csv",
    "kind": "is no kind of reporting/standards/instrument_kinds.csv",
    "unit": "is no unit of electricity",
}
INSTRUMENT = """insert into instrument by name select
    $instrument_id as instrument_id, $kind as kind, $market as market, nullif($supplier, '') as supplier, $starts::date as starts,
    $ends::date as ends, $vintage as vintage, $volume::decimal(38,10) as volume, $unit as unit, $energy_source as energy_source,
    $rate::decimal(38,14) as rate_kg_co2e_per_kwh, $status as status, $certificate as certificate, $citation as citation,
    $row_no as row_no, $entity as entity, $site as site, $meter as meter, $technology as technology, $generated_in as generated_in,
    $tracking_system as tracking_system, $serial_first::hugeint as serial_first, $serial_last::hugeint as serial_last,
    $generation_starts::date as generation_starts, $generation_ends::date as generation_ends, $cancelled_on::date as cancelled_on,
    $beneficiary as beneficiary, $attributes as attributes, $nuclear_share::decimal(18,9) as nuclear_share,
    $renewable_share::decimal(18,9) as renewable_share"""


def load_instruments(connection: Connection, path: Path, rows: list[tuple[int, dict[str, str]]]) -> None:
    """Fill instrument from the rows of instruments.csv; `ends` and `generation_ends` are last days there, the table is half-open."""
    for number, row in rows:
        try:
            connection.execute(INSTRUMENT, _values(connection, {name: row.get(name, "").strip() for name in REQUIRED + OPTIONAL}, number))
        except (ValueError, duckdb.Error) as error:
            raise InputError(f"{path}:{number}: {' '.join(str(error).split(' LINE ')[0].split())}. fix: correct the row") from None


def _values(connection: Connection, row: dict[str, str], number: int) -> dict[str, object]:
    """The columns of an instrument; raises ValueError for what would never match consumption."""
    _check_names(connection, row)
    starts, ends = _span(row, "starts", "ends")
    generated = _span(row, "generation_starts", "generation_ends") if row["generation_starts"] or row["generation_ends"] else (None, None)
    serials = _serials(row)
    rest = {name: row[name] for name in REQUIRED + OPTIONAL if name != "rate_kg_co2e_per_kwh"}
    return (rest | _mix(row)) | {
        "starts": starts,
        "ends": ends,
        "generation_starts": generated[0],
        "generation_ends": generated[1],
        "serial_first": serials[0],
        "serial_last": serials[1],
        "volume": _number(row, "volume"),
        "rate": _number(row, "rate_kg_co2e_per_kwh") if row["rate_kg_co2e_per_kwh"] else None,
        "cancelled_on": date.fromisoformat(row["cancelled_on"]) if row["cancelled_on"] else None,
        "citation": row["citation"] or f"instruments.csv, row {number}",
        "row_no": number,
    }


def _check_names(connection: Connection, row: Mapping[str, str]) -> None:
    """Raise ValueError for an empty id, an unknown status or declaration, and names that the inventory or the reference data lack."""
    if not row["instrument_id"] or row["status"] not in STATUSES:
        raise ValueError(f'instrument_id is empty, or status "{row["status"]}" is none of {", ".join(STATUSES)}')
    if row["attributes"] not in ATTRIBUTES:
        raise ValueError(f'attributes "{row["attributes"]}" is none of {", ".join(filter(None, ATTRIBUTES))}')
    for name, query in KNOWN.items():
        is_needed = name in REQUIRED or row[name]
        if is_needed and not connection.execute(query, [row[name]]).fetchone():
            raise ValueError(f'{name} "{row[name]}" {REASON.get(name, "is not in inventory.yaml")}')


def _span(row: Mapping[str, str], first: str, last: str) -> tuple[date, date]:
    starts, ends = date.fromisoformat(row[first]), date.fromisoformat(row[last]) + timedelta(days=1)
    if starts >= ends:
        raise ValueError(f"{last} is before {first}")
    return starts, ends


def _number(row: Mapping[str, str], name: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?", row[name], re.ASCII):
        raise ValueError(f'{name} "{row[name]}" is not a number of 0 or more')
    return row[name]


def _mix(row: Mapping[str, str]) -> dict[str, str | None]:
    """The nuclear and renewable shares of a mixed source, both or neither, at most the whole; raises ValueError otherwise."""
    names = ("nuclear_share", "renewable_share")
    if not any(row[name] for name in names):
        return dict.fromkeys(names)
    if sum(Decimal(_number(row, name)) for name in names) > 1 or row["energy_source"] != "mixed":
        raise ValueError("nuclear_share and renewable_share are shares of a mixed energy_source that add up to at most 1")
    return {name: row[name] for name in names}


def _serials(row: Mapping[str, str]) -> tuple[str | None, str | None]:
    """First and last serial number, or neither; raises ValueError for one alone, for text and for a range that runs backwards."""
    first, last = row["serial_first"], row["serial_last"]
    if not first and not last:
        return None, None
    if not re.fullmatch(r"\d{1,30}", first, re.ASCII) or not re.fullmatch(r"\d{1,30}", last, re.ASCII) or int(first) > int(last):
        raise ValueError(f'serial_first "{first}" to serial_last "{last}" is no range of whole numbers')
    return first, last
