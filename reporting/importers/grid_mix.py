"""Import the electricity mix by country from the copy of Our World in Data's table that CodeCarbon carries: grid_mix.csv."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.importers.countries import by_alpha_3
from reporting.importers.tables import table_text
from reporting.importers.writer import LayoutChangedError

PARTS = ("fossil_TWh", "nuclear_TWh", "renewables_TWh")
KEYS = frozenset({*PARTS, "total_TWh", "year"})
KOSOVO = {"XKX": "XK", "XKK": "XK"}
HUNDREDTH = Decimal("0.01")
SOURCE = "Our World in Data, Energy data (Ember; Energy Institute), CC BY 4.0, as global_energy_mix.json of CodeCarbon 3.3.2"


@dataclass(frozen=True, slots=True)
class Mix:
    """One row of grid_mix.csv: electricity generated in a country and year, in TWh; the three parts add up to the whole."""

    region: str
    year: int
    fossil_twh: str
    nuclear_twh: str
    renewable_twh: str
    status: str
    citation: str


def write_table(path: Path, folder: Path) -> None:
    """Write grid_mix.csv into folder; raises LayoutChangedError on an unknown country or on parts that are not the whole."""
    rows = sorted(_rows(path), key=_region)
    (folder / "grid_mix.csv").write_bytes(table_text(Mix, rows).encode())


def _region(row: Mix) -> str:
    return row.region


def _rows(path: Path) -> Iterator[Mix]:
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    regions = by_alpha_3() | KOSOVO
    for code, entry in found.items():
        if code not in regions:
            raise LayoutChangedError(path.name, f"key {code}", "an ISO 3166-1 alpha-3 code", f'"{code}"')
        missing = sorted(KEYS - set(entry))
        if missing:
            raise LayoutChangedError(path.name, f"key {code}", f"the keys {', '.join(missing)}", ", ".join(entry))
        parts = [Decimal(entry[name]) for name in PARTS]
        total = sum(parts, Decimal(0))
        if min(parts) < 0 or abs(total - entry["total_TWh"]) > 2 * HUNDREDTH:
            raise LayoutChangedError(path.name, f"key {code}", f"parts that add up to total_TWh {entry['total_TWh']}", str(total))
        if total > 0:
            fossil, nuclear, renewable = (format(part, "f") for part in parts)
            yield Mix(regions[code], int(entry["year"]), fossil, nuclear, renewable, "second_hand", f"{SOURCE}, {code}")
