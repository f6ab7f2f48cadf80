"""Import the EPA GHG Emission Factors Hub: fuels, vehicles, eGRID electricity, heat, freight, travel; waste apart (it rests on AR4)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl.cell.cell import Cell

from reporting.importers.epa_hub_sheet import LABEL, SHEET, Hub, number, open_hub, year
from reporting.importers.known_files import identify
from reporting.importers.opening import refuse_other_edition
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

KG, GRAM = Decimal(1), Decimal("0.001")
POUND_PER_MWH = Decimal("0.45359237") / 1000
"""kg per kWh for one lb per MWh; the pound is exact (NIST SP 811 B.8)."""
FIRST_EDITION = 2024
"""The first edition that is shipped; each later one supersedes the one before."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the gas rows of one factor share."""

    table: str
    factor_id: str
    label: str
    activity_type: str
    per_unit: str
    valid: tuple[date, date]
    region: str = "US"
    basis: str = ""
    boundary: str = "direct"
    is_biogenic: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed number: gas, cell, unit text, and the exact multiplier to kg per our unit."""

    gas: str
    cell: Cell
    unit: str
    scale: Decimal


LAYOUT = "the GHG Emission Factors Hub workbook (sheet Emission Factors Hub), 2024 and later; gives a second set for waste"
ENDINGS = (".xlsx",)


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> None:
    """Write the factor set of Tables 1 to 8 and 10; raises LayoutChangedError where the workbook differs from what is known."""
    hub = open_hub(path)
    refuse_other_edition(edition, str(hub.edition))
    rows = [*_stationary(hub), *_fuel_co2(hub), *_per_mile(hub), *_non_road(hub), *_grid(hub), *_heat(hub), *_transport(hub)]
    write_set(folder, set_meta(hub, path, retrieved), named(hub, rows))


def named(hub: Hub, rows: Iterable[FactorRow]) -> list[FactorRow]:
    """Return the rows with factor ids that no other set or edition has."""
    return [replace(row, factor_id=f"epa-hub.{hub.edition}.{row.factor_id}") for row in rows]


def grid_loss_rules(path: Path) -> list[tuple[str, ...]]:
    """Return rows of derivation_rules.csv: kWh lost in the grid per kWh used is loss / (1 - loss), by eGRID subregion (Table 6)."""
    hub = open_hub(path)
    hub.check(hub.header("Table 6"), 11, ("Grid Gross Loss (%)",))
    return [_loss_rule(hub, row) for row in _grid_rows(hub) if hub.cell(row, 11).value is not None]


def slug(words: str) -> str:
    """Return lower-case words joined by hyphens, for factor identifiers."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def factor_rows(head: Head, printed: list[Printed]) -> Iterator[FactorRow]:
    """Yield one row per printed gas; only the CO2 of a biomass fuel is biogenic."""
    for item in printed:
        value = number(item.cell)
        yield FactorRow(
            factor_id=head.factor_id,
            label=head.label,
            activity_type=head.activity_type,
            region=head.region,
            valid_from=head.valid[0],
            valid_to=head.valid[1],
            basis=head.basis,
            boundary=head.boundary,
            gas=item.gas,
            published_value=format(value, "f"),
            published_unit=item.unit,
            value=value * item.scale,
            value_as="kg_co2e" if item.gas == "CO2e" else "kg_gas",
            per_unit=head.per_unit,
            is_biogenic=head.is_biogenic and item.gas == "CO2",
            citation=f"{head.table}, {item.cell.coordinate}",
        )


def _three(hub: Hub, row: int, column: int, unit: str) -> list[Printed]:
    """Return kg CO2, g CH4 and g N2O per unit from three neighbouring cells."""
    return [Printed("CO2", hub.cell(row, column), f"kg CO2 per {unit}", KG), *_grams(hub, row, column + 1, unit)]


def _grams(hub: Hub, row: int, column: int, unit: str) -> list[Printed]:
    """Return g CH4 and g N2O per unit from two neighbouring cells."""
    return [
        Printed("CH4", hub.cell(row, column), f"g CH4 per {unit}", GRAM),
        Printed("N2O", hub.cell(row, column + 1), f"g N2O per {unit}", GRAM),
    ]


def _stationary(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 1, per mmBtu (higher heating value) and, where printed, per short ton, scf or gallon."""
    section, physical = "", ""
    for row in hub.rows("Table 1"):
        if hub.text(row, LABEL + 1).startswith("mmBtu per "):
            physical = _physical_unit(hub, row)
        elif hub.cell(row, 5).value is None:
            section = hub.text(row, LABEL)
        else:
            for unit, column in (("mmBtu", 5), (physical, 8)):
                if hub.cell(row, column).value is not None:
                    yield from factor_rows(_fuel_head(hub, row, section, unit), _three(hub, row, column, unit))


def _physical_unit(hub: Hub, row: int) -> str:
    """Return the physical unit that a row of units in Table 1 states, after all six columns have been checked."""
    physical = hub.text(row, LABEL + 1).removeprefix("mmBtu per ")
    hub.unit(row, LABEL + 1, physical)
    hub.check(row, 5, tuple(f"{gas} per {unit}" for unit in ("mmBtu", physical) for gas in ("kg CO2", "g CH4", "g N2O")))
    return physical


def _fuel_head(hub: Hub, row: int, section: str, unit: str) -> Head:
    name, kind = hub.name("Table 1", row)
    prefix = "kraft-pulping-liquor." if "Kraft" in section else ""
    return Head(
        table="Table 1",
        factor_id=f"t1.{prefix}{slug(hub.text(row, LABEL))}.{slug(unit)}",
        label=f"{name} in stationary combustion",
        activity_type=kind,
        per_unit=hub.unit(row, LABEL, unit),
        valid=year(hub.edition),
        is_biogenic=section.startswith("Biomass"),
    )


def _fuel_co2(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 2: CO2 of fuels burnt in vehicles; their CH4 and N2O are printed by distance or equipment (Tables 3 to 5)."""
    for row in hub.rows("Table 2"):
        name, kind = hub.name("Table 2", row)
        fuel, unit = hub.text(row, LABEL), hub.text(row, 5)
        head = Head(
            "Table 2",
            f"t2.{slug(fuel)}.{slug(unit)}",
            f"{name} in vehicles (CO2 only)",
            kind,
            hub.unit(row, 5, unit),
            year(hub.edition),
            is_biogenic="(100%)" in fuel,
        )
        yield from factor_rows(head, [Printed("CO2", hub.cell(row, 4), f"kg CO2 per {unit}", KG)])


def _per_mile(hub: Hub) -> Iterator[FactorRow]:
    """Yield Tables 3 and 4: CH4 and N2O of road vehicles per vehicle-mile, by type, fuel and model year; to be chosen by factor id."""
    for table, words in (("Table 3", 2), ("Table 4", 3)):
        for row, labels in _labelled(hub, table, words):
            vehicle = ", ".join(label for label in labels if label)
            head = Head(
                table,
                f"t{table[-1]}.{slug(vehicle)}.vehicle-mile",
                f"{vehicle} (CH4 and N2O only)",
                "",
                "vmi",
                year(hub.edition),
            )
            yield from factor_rows(head, _grams(hub, row, LABEL + words, "vehicle-mile"))


def _non_road(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 5: CH4 and N2O of ships, aircraft and machinery per gallon of fuel; to be chosen by factor id."""
    for row, labels in _labelled(hub, "Table 5", 2):
        head = Head(
            "Table 5",
            f"t5.{slug(' '.join(labels))}.gallon",
            f"{', '.join(labels)} (CH4 and N2O only)",
            "",
            "gal_us",
            year(hub.edition),
        )
        yield from factor_rows(head, _grams(hub, row, LABEL + 2, "gallon"))


def _labelled(hub: Hub, table: str, words: int) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their label columns; a blank vehicle type repeats the one above, its second line only explains it."""
    vehicle = ""
    for row in hub.rows(table):
        first = hub.text(row, LABEL)
        vehicle = vehicle if not first or first.startswith("(") else re.sub(r"(?<=Equipment)[AB]$", "", first)
        yield row, [vehicle, *(hub.text(row, column) for column in range(LABEL + 1, LABEL + words))]


def _grid_rows(hub: Hub) -> Iterator[int]:
    """Yield the subregion rows of Table 6, below the row of units."""
    return (row for row in hub.rows("Table 6") if hub.text(row, LABEL))


def _grid_region(hub: Hub, row: int) -> str:
    code = hub.text(row, LABEL)
    return "US" if code == "US Average" else f"US:eGRID:{code}"


def _grid(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 6: total output rates, and non-baseload rates under a boundary that only a pinned factor can have."""
    for row in _grid_rows(hub):
        region = _grid_region(hub, row)
        for rate, column, boundary in (("total output", 5, "direct"), ("non-baseload", 8, "non_baseload")):
            head = Head(
                "Table 6",
                f"t6.{slug(hub.text(row, LABEL))}.{slug(rate)}",
                f"eGRID{hub.grid_year} {hub.text(row, LABEL + 1)}, {rate} rate",
                "electricity.purchased",
                "kWh",
                year(hub.grid_year),
                region,
                "location",
                boundary,
            )
            gases = enumerate(("CO2", "CH4", "N2O"), start=column)
            yield from factor_rows(head, [Printed(gas, hub.cell(row, at), f"lb {gas} per MWh", POUND_PER_MWH) for at, gas in gases])


def _loss_rule(hub: Hub, row: int) -> tuple[str, ...]:
    cell = hub.cell(row, 11)
    loss = Fraction(number(cell))
    if not 0 <= loss < 1:
        raise LayoutChangedError(SHEET, cell.coordinate, "a share below 1", str(number(cell)))
    share = loss / (1 - loss)
    where = f"EPA GHG Emission Factors Hub {hub.edition}, Table 6, {cell.coordinate}"
    citation = f"{where}: grid gross loss {number(cell) * 100:f} %, eGRID{hub.grid_year}"
    parts = (str(share.numerator), str(share.denominator))
    return ("adds", "t_and_d", "electricity.purchased", _grid_region(hub, row), "electricity.lost", *parts, "", "", "", citation)


def _heat(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 7: steam and heat from natural gas at 80 % thermal efficiency, per mmBtu bought."""
    for row in hub.rows("Table 7"):
        name, kind = hub.name("Table 7", row)
        head = Head("Table 7", "t7.steam-and-heat.mmbtu", name, kind, "MMBtu", year(hub.edition), basis="location")
        yield from factor_rows(head, _three(hub, row, LABEL + 1, "mmBtu"))


def _transport(hub: Hub) -> Iterator[FactorRow]:
    """Yield Tables 8 (freight) and 10 (travel and commuting) per vehicle-mile, short ton-mile or passenger-mile."""
    for table in ("Table 8", "Table 10"):
        for row in hub.rows(table):
            name, kind = hub.name(table, row)
            unit = hub.text(row, 7)
            head = Head(table, f"t{table[6:]}.{slug(name)}.{slug(unit)}", name, kind, hub.unit(row, 7, unit), year(hub.edition))
            yield from factor_rows(head, _three(hub, row, LABEL + 1, unit))


def set_meta(hub: Hub, path: Path, retrieved: date | None = None) -> SetMeta:
    """Return the head of the edition's factor set; a file that is not known by its digest needs the day of its retrieval."""
    edition = f"{hub.edition} ({', '.join(part for part in (hub.text(3, 6), f'eGRID{hub.grid_year}') if part)})"
    publication = identify("epa_hub", path, edition, retrieved)
    return SetMeta(
        publisher="US EPA Center for Corporate Climate Leadership",
        title="Emission Factors for Greenhouse Gas Inventories (GHG Emission Factors Hub)",
        edition=edition,
        url="https://www.epa.gov/climateleadership/ghg-emission-factors-hub",
        licence="US public domain, 17 USC 105",
        redistributable=True,
        retrieved=publication.retrieved,
        sha256=publication.sha256,
        gwp_set="AR5",
        usable_until=date(hub.edition + 2, 12, 31),
        supersedes=f"epa_hub_{hub.edition - 1}" if hub.edition > FIRST_EDITION else None,
        preference=20,
        attribution=None,
    )
