"""Import Table 9 of the EPA GHG Emission Factors Hub: waste by material and treatment, a set of its own because it rests on AR4 GWPs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from reporting.importers.epa_hub import Head, Printed, factor_rows, named, set_meta, slug
from reporting.importers.epa_hub_sheet import LABEL, Hub, open_hub, year
from reporting.importers.writer import FactorRow, write_set

TONNE = Decimal(1000)


PART_OF = "epa_hub"


def import_file(path: Path, folder: Path, *, retrieved: date | None = None) -> None:
    """Write the factor set of Table 9, whose CO2e rests on AR4 GWPs (note below the table), unlike the rest of the Hub."""
    hub = open_hub(path)
    meta = set_meta(hub, path, retrieved)
    supersedes = meta.supersedes and f"{meta.supersedes}_waste"
    write_set(folder, replace(meta, title=f"{meta.title}, Table 9 (waste)", gwp_set="AR4", supersedes=supersedes), named(hub, _waste(hub)))


def _waste(hub: Hub) -> Iterator[FactorRow]:
    """Yield Table 9: t CO2e per short ton by material and treatment; NA is no factor."""
    methods = ("recycled", "landfilled", "combusted", "composted", "digested_dry", "digested_wet")
    for row in hub.rows("Table 9"):
        material = hub.text(row, LABEL)
        for method, column in zip(methods, range(4, 10), strict=True):
            if hub.text(row, column) != "NA":
                head = Head(
                    "Table 9",
                    f"t9.{slug(material)}.{slug(method)}",
                    f"{material}, {method.replace('_', ' ')}",
                    f"waste.{slug(material).replace('-', '_')}.{method}",
                    "short_ton",
                    year(hub.edition),
                )
                yield from factor_rows(head, [Printed("CO2e", hub.cell(row, column), "t CO2e per short ton", TONNE)])
