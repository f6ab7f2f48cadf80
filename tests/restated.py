"""An inventory and what may change in it, change by change: for the tests of the restatement bridge."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from inventories import FACTORS, INVENTORY, factor, shelf, table, write, write_factors

from reporting import reference
from reporting.evidence.bridge.hybrid import Side
from reporting.evidence.bridge.shapes import Bridge
from reporting.evidence.restatement import explain

HEADER = "activity_id,activity_type,start,end,quantity,unit,site,read_status"
LEDGER = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation,"
    "tracking_system,cancelled_on,beneficiary,attributes"
)
CERTIFICATE = (
    "C1,certificate,CA,,2026-07-01,2026-09-30,2026,{},kWh,0,renewable,cancelled,N-1,Notice (test),"
    "Registry (test),2026-10-12,Acme,net_of_sold"
)
CORRECTIONS = "source,activity_id,row,column,old,new,reason,by,date"
EXCLUSIONS = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date"
ACME = INVENTORY["entities"][0]
SUB = ACME | {"id": "sub", "name": "Sub"}
SITES = [INVENTORY["sites"][0], INVENTORY["sites"][0] | {"id": "works", "name": "Works", "entity": "sub"}]
CARDS = {
    "path": "activity/cards.csv",
    "connector": "mapping",
    "columns": {"quantity": "fuel", "start": "day", "end": "day", "activity_id": "card"},
    "constants": {"activity_type": "diesel.stationary", "unit": "m3", "site": "mill"},
}
VENDOR = {
    "path": "activity/vendor.csv",
    "connector": "mapping",
    "columns": {"quantity": "litres", "start": "day", "end": "day", "activity_id": "id"},
    "constants": {"activity_type": "diesel.stationary", "unit": "l", "site": "mill"},
}
BURNT = {"value_as": "kg_gas"}
GASES = [
    factor("gas", "natural_gas.stationary", number, "m3", gas=gas, **BURNT)
    for gas, number in (("CO2", "2"), ("CH4_fossil", "0.01"), ("N2O", "0"))
]


@dataclass
class Folder:
    """What an inventory folder is written from; a change edits it."""

    lines: dict[str, str] = field(default_factory=dict)
    cards: list[str] = field(default_factory=lambda: ["F1,2026-08-03,3"])
    vendor: list[str] = field(default_factory=lambda: ["V1,2026-08-03,5,v2"])
    corrections: list[str] = field(default_factory=list)
    exclusions: list[str] = field(default_factory=list)
    certificates: list[str] = field(default_factory=lambda: [CERTIFICATE.format(400)])
    diesel: str = "2.5"
    edition: str = "test_1"
    inventory: dict[str, Any] = field(default_factory=dict)

    def write(self, place: Path) -> Path:
        """Write the folder."""
        files = {
            "activity/s.csv": table(*self.lines.values(), header=HEADER),
            "activity/cards.csv": table(*self.cards, header="card,day,fuel"),
            "activity/vendor.csv": table(*self.vendor, header="id,day,litres,model_version"),
            "corrections.csv": table(*self.corrections, header=CORRECTIONS),
            "exclusions.csv": table(*self.exclusions, header=EXCLUSIONS),
            "instruments.csv": table(*self.certificates, header=LEDGER),
        }
        place.mkdir(parents=True, exist_ok=True)
        kept = [given for given in FACTORS if given["factor_id"] not in {"diesel", "gas"}]
        rows = [*kept, *GASES, factor("diesel", "diesel.stationary", self.diesel, "l")]
        write(place, files, [], **self.inventory)
        (place / "factors/test_1/factors.csv").unlink()
        (place / "factors/test_1/set.yaml").unlink()
        write_factors(place, rows, self.edition, edition=self.edition)
        return place


def row(name: str, quantity: object, kind: str = "diesel.stationary", *, site: str = "mill", status: str = "actual") -> str:
    """A row of July, in litres, cubic metres or kilowatt-hours."""
    unit = {"diesel.stationary": "l", "natural_gas.stationary": "m3", "electricity.purchased": "kWh"}[kind]
    return f"{name},{kind},2026-07-01,2026-07-31,{quantity},{unit},{site},{status}"


def original() -> Folder:
    """The inventory as it was first published."""
    lines = {
        "A": row("A", 100),
        "B": row("B", 200, site="works"),
        "C": row("C", 50, "natural_gas.stationary"),
        "R": row("R", 40),
        "E": row("E", 30, status="estimated"),
        "X": row("X", 10),
        "P": row("P", 1000, "electricity.purchased"),
    }
    sources = {**INVENTORY["sources"], "cards": CARDS, "vendor": VENDOR}
    views = {"equity": {"approach": "equity_share", "gwp_set": "AR5"}, "control": {"approach": "operational_control", "gwp_set": "AR5"}}
    chosen = [("ghg_protocol", "equity"), ("esrs_e1_set1", "control")]
    revenue = {"net_revenue": {"2026-Q3": {"value": "2", "unit": "million EUR", "source": "Books"}}}
    return Folder(
        lines,
        inventory=copy.deepcopy(
            {
                "entities": [ACME, SUB],
                "sites": SITES,
                "sources": sources,
                "views": views,
                "frameworks": [{"id": name, "view": view} for name, view in chosen],
                "inputs": revenue,
            }
        ),
    )


Edit = Callable[[Folder, int], None]


def late_bill(folder: Folder, amount: int) -> None:
    """A bill that came late, in the middle of the file, so that the rows after it move."""
    folder.lines = {"D": row("D", amount), **folder.lines}


def bill_removed(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """A bill that was another company's."""
    del folder.lines["R"]


def actual_read(folder: Folder, amount: int) -> None:
    """An actual read in the place of an estimate."""
    folder.lines["E"] = row("E", amount)


def bill_corrected(folder: Folder, amount: int) -> None:
    """A bill corrected by corrections.csv."""
    folder.corrections.append(f"s,A,,quantity,100,{amount},Misread,AB,2026-10-01")


def cell_corrected(folder: Folder, amount: int) -> None:
    """A bill corrected in its file."""
    folder.lines["C"] = row("C", amount, "natural_gas.stationary")


def unit_error(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """The unit of a source: litres were taken for cubic metres."""
    folder.inventory["sources"]["cards"]["constants"]["unit"] = "l"


def model_version(folder: Folder, amount: int) -> None:
    """The vendor restates with another version of its model."""
    folder.vendor = [f"V1,2026-08-03,{amount},v3"]


def row_excluded(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """A row found to be a duplicate."""
    folder.exclusions.append("s,X,,duplicate,Twice,,AB,,2026-10-01")


def more_certificates(folder: Folder, amount: int) -> None:
    """Another volume of certificates."""
    folder.certificates = [CERTIFICATE.format(400 + amount)]


def revenue_restated(folder: Folder, amount: int) -> None:
    """Another revenue."""
    folder.inventory["inputs"]["net_revenue"]["2026-Q3"]["value"] = str(1 + amount)


def site_leased(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """A site turns out to be leased: Scope 3 in the view of equity."""
    folder.inventory["sites"][1]["tenure"] = "operating_lease"


def share_sold(folder: Folder, amount: int) -> None:
    """Another interest in the subsidiary."""
    folder.inventory["entities"][1]["ownership"] = f"0.{amount % 90 + 10}"


def new_edition(folder: Folder, amount: int) -> None:
    """A new edition of the factor set."""
    folder.diesel, folder.edition = f"2.{amount % 9 + 1}01", "test_2"


def gwp_set(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """Another GWP set in every view."""
    for view in folder.inventory["views"].values():
        view["gwp_set"] = "AR6"


def filled(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """A policy: a month without data is filled."""
    folder.inventory["fills"] = [
        {"id": "aug", "method": "adjacent_months", "site": "works", "activity_type": "diesel.stationary", "months": ["2026-08"],
         "reason": "Meter broken", "by": "AB"}
    ]  # fmt: skip
    folder.lines["S"] = row("S", 210, site="works").replace("2026-07", "2026-09").replace("09-31", "09-30")


def broken_cell(folder: Folder, amount: int) -> None:  # noqa: ARG001 - nothing to choose
    """A cell that cannot be read: figures are withheld."""
    folder.lines["P"] = row("P", "1x", "electricity.purchased")


EDITS: Mapping[str, Edit] = {
    "import": unit_error, "added": late_bill, "removed": bill_removed, "estimate": actual_read, "corrected": bill_corrected,
    "vendor_model": model_version, "exclusion": row_excluded, "instrument": more_certificates, "input": revenue_restated,
    "classification": site_leased, "boundary": share_sold, "factor": new_edition, "gwp": gwp_set,
}  # fmt: skip
OTHERS: Mapping[str, Edit] = {"cell": cell_corrected, "fill": filled, "broken": broken_cell}


def changed(edits: Iterable[tuple[Edit, int]]) -> Folder:
    """The inventory after some changes."""
    folder = original()
    for edit, amount in edits:
        edit(folder, amount)
    return folder


def bridge(old: Path | Side, new: Path | Side, *, figure: str = "") -> Bridge:
    """Explain on reference data without the shipped sets."""
    before, after = (one if isinstance(one, Side) else Side(one, one.name) for one in (old, new))
    with mock.patch.object(reference, "folder", return_value=shelf()):
        return explain(before, after, "2026-Q3", figure=figure)
