"""Requests of many steps as one inventory folder: computed once, read back from the tables of the engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from reporting import pipeline
from reporting.examples.answers import PERIOD, RESULT, Answers, errors_of
from reporting.examples.measure import Measure, in_engine_powers
from reporting.examples.request import NUMBER, Factor, Plan, Request, carrier_of
from reporting.examples.scale import scales
from reporting.examples.stating import functional_shift, plain_number, scaled, site_of, supplier_of, write_csv
from reporting.quantity import combined, parse_unit
from reporting.reference import FACTOR_COLUMNS

UNIT_DECIMALS = 14
"""What an inventory holds of a functional unit: stated between 1 and 10, so fifteen digits of it."""
FIRST, LAST = "2026-07-01", "2026-07-31"
REGION = "CA"
"""A market for which nobody publishes a residual mix: what is not covered takes the grid average unless a residual factor is given."""
SET_HEAD = {
    "publisher": "Source of the example",
    "title": "Factors of worked examples",
    "edition": "1",
    "url": "https://example.org",
    "licence": "own",
    "redistributable": False,
    "retrieved": FIRST,
    "sha256": "",
    "gwp_set": "AR6",
    "usable_until": "2028-01-01",
    "supersedes": None,
    "preference": 1,
    "attribution": None,
}
GWP_COLUMNS = ("gwp_set", "gas", "gas_group", "value", "is_kyoto", "kyoto_value", "horizon_years", "citation")
INSTRUMENT_COLUMNS = (
    "instrument_id",
    "kind",
    "market",
    "supplier",
    "starts",
    "ends",
    "vintage",
    "volume",
    "unit",
    "rate_kg_co2e_per_kwh",
    "energy_source",
    "status",
    "certificate",
    "citation",
    "site",
    "generated_in",
    "attributes",
    "tracking_system",
    "beneficiary",
    "cancelled_on",
)


class Batch:
    """The files of an inventory that holds every request."""

    def __init__(self, requests: Mapping[str, Request]) -> None:
        self.requests = requests
        self.plans = {key: request.plans for key, request in requests.items()}
        self.scales = {key: scales(list(plans.values()), is_system=bool(requests[key].systems)) for key, plans in self.plans.items()}
        self.activities: list[dict[str, str]] = []
        self.factors: list[dict[str, str]] = []
        self.instruments: list[dict[str, str]] = []
        self.gwp: list[dict[str, str]] = []
        self.systems: list[dict[str, object]] = []
        self.views = {"v": {"approach": "operational_control", "gwp_set": "AR6"}}
        self.rows: list[tuple[int, str, str]] = []
        self.of_system: dict[str, str] = {}
        self.of_factor: dict[str, str] = {}
        for key in requests:
            self._state(key)

    def _state(self, key: str) -> None:
        """Put a request into the files; `key` begins the names of its rows."""
        request = self.requests[key]
        view = self._view(key, request.gwp) if request.gwp else "v"
        for name, unit in request.systems.items():
            self.of_system[key + name] = f"s{len(self.systems) + 1}"
            self.systems.append(_system(self.of_system[key + name], unit))
        for plan in self.plans[key].values():
            self.rows.append((len(self.activities) + 2, key + plan.row.name, view))
            self.activities.append(self._activity(key, plan))
            for factor in plan.row.factors:
                self.factors.append(self._factor(key, plan, factor))
            if plan.row.instrument is not None:
                self.instruments.append(self._instrument(key, plan))

    def _view(self, key: str, gwp: Mapping[str, Measure]) -> str:
        view = f"view{len(self.views)}"
        self.views[view] = {"approach": "operational_control", "gwp_set": view}
        for gas, value in gwp.items():
            cells = (view, gas, gas, plain_number(value.base), "false", "0", "100", f"example {key}")
            self.gwp.append(dict(zip(GWP_COLUMNS, cells, strict=True)))
        return view

    def _activity(self, key: str, plan: Plan) -> dict[str, str]:
        row, shift = plan.row, self.scales[key][plan.row.name][0]
        operands = dict(row.operands)
        carrier = carrier_of(row)
        operands[carrier] = scaled(operands.get(carrier, NUMBER), shift)
        cells = {
            "activity_id": f"r{len(self.activities) + 2}",
            "activity_type": plan.activity_type or "stated.goods",
            "start": FIRST,
            "end": LAST,
            "site": "desk",
            "method": row.method,
            "unit": plan.unit,
            "measurement_point": "facility",
            "region": row.region,
            "pool": key + row.pool if row.pool else "",
            "system": self.of_system[key + row.system] if row.system else "",
            "lifecycle_stage": row.stage,
            "factor": f"f{len(self.factors) + 1}" if row.factors and row.is_pinned else "",
            "supplier": "" if row.is_pinned else supplier_of(key, row),
        }
        if not row.is_pinned and not row.region:
            cells["site"] = site_of(key, row)
        for name, given in operands.items():
            value, unit = given.in_engine()
            cells |= {name: plain_number(value), f"{name}_unit": unit}
        return {name: cell for name, cell in cells.items() if cell}

    def _factor(self, key: str, plan: Plan, factor: Factor) -> dict[str, str]:
        row = plan.row
        size = parse_unit(plan.unit).size
        value = scaled(factor.value, self.scales[key][row.name][1])
        is_gas = in_engine_powers(combined([(factor.value.powers, 1), (plan.powers, 1), (plan.label.powers, -1)])) == (("kg", 1),)
        number = plain_number(value.base * size)
        number_id = f"f{len(self.factors) + 1}"
        self.of_factor[number_id] = factor.name
        return {
            "factor_id": number_id,
            "label": key + row.name,
            "activity_type": "" if row.is_pinned else plan.activity_type.replace("electricity.lost", "electricity.purchased"),
            "region": factor.region,
            "supplier": "" if row.is_pinned else supplier_of(key, row),
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
            "basis": factor.basis,
            "boundary": "direct",
            "gas": factor.gas,
            "published_value": number,
            "published_unit": f"kg/{plan.unit}",
            "value": number,
            "value_as": "kg_gas" if is_gas else "kg_co2e",
            "per_unit": plan.unit,
            "price_year": plan.unit.partition("@")[2],
            "is_biogenic": str(factor.is_biogenic).lower(),
            "citation": f"example {key}",
        }

    def _instrument(self, key: str, plan: Plan) -> dict[str, str]:
        row, size = plan.row, parse_unit("kWh").size
        of_quantity, of_factor = self.scales[key][row.name]
        rate, covered = row.instrument or NUMBER, row.covered or Fraction(0)
        number = f"c{len(self.instruments) + 1}"
        return {
            "instrument_id": number,
            "kind": "certificate",
            "market": REGION,
            "starts": FIRST,
            "ends": LAST,
            "vintage": "2026",
            "volume": plain_number(scaled(row.operands["amount"], of_quantity).base * covered / size),
            "unit": "kWh",
            "rate_kg_co2e_per_kwh": plain_number(scaled(rate, of_factor).base * size),
            "energy_source": "mixed",
            "status": "cancelled",
            "certificate": number,
            "citation": f"example {key}",
            "site": site_of(key, row),
            "generated_in": REGION,
            "attributes": "kept",
            "tracking_system": "none stated",
            "beneficiary": "Worked examples",
            "cancelled_on": LAST,
        }

    def _upstream(self) -> list[dict[str, str]]:
        """Upstream emissions of the electricity of Scope 2, which the engine asks for and no example states: 0, and never read."""
        kinds = ("electricity.t_and_d", "electricity.t_and_d_well_to_tank", "electricity.well_to_tank") if self.is_dual else ()
        number = {"published_value": "0", "value": "0", "published_unit": "kg/kWh", "value_as": "kg_co2e", "per_unit": "kWh"}
        head = {
            "region": "world",
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
            "gas": "CO2e",
            "citation": "no part of the examples",
        }
        return [
            {"factor_id": kind, "label": kind, "activity_type": kind, "boundary": kind.rpartition(".")[2], "is_biogenic": "false"}
            | head
            | number
            for kind in kinds
        ]

    @property
    def is_dual(self) -> bool:
        """Whether a row is priced on both bases."""
        return any(row["activity_type"] == "electricity.purchased" for row in self.activities)

    def write(self, folder: Path) -> None:
        """Write the inventory folder."""
        own = folder / "factors" / "examples_1"
        for place in (own, folder / "activity"):
            place.mkdir(parents=True)
        (own / "set.yaml").write_text(json.dumps(SET_HEAD), encoding="utf-8")
        write_csv(own / "factors.csv", FACTOR_COLUMNS, self.factors + self._upstream())
        write_csv(folder / "factors" / "gwp.csv", GWP_COLUMNS, self.gwp)
        write_csv(folder / "activity" / "rows.csv", list(dict.fromkeys(name for row in self.activities for name in row)), self.activities)
        if self.instruments:
            write_csv(folder / "instruments.csv", INSTRUMENT_COLUMNS, self.instruments)
        (folder / "inventory.yaml").write_text(json.dumps(self._inventory()), encoding="utf-8")

    def _inventory(self) -> dict[str, object]:
        sites = ["desk", *(row["site"] for row in self.activities if row["site"] != "desk")]
        return {
            "organisation": {"name": "Worked examples", "country": "CA", "currency": "USD"},
            "entities": [
                {"id": "e", "name": "Examples", "country": "CA", "ownership": "1", "financial_control": True, "operational_control": True}
            ],
            "sites": [{"id": site, "name": site, "entity": "e", "country": "CA", "region": REGION} for site in sites],
            "views": self.views,
            "frameworks": [{"id": "sci", "view": "v"}],
            "systems": self.systems,
            "periods": [PERIOD],
            "scope3_categories": {str(number): {"status": "included"} for number in range(1, 16)},
            "sources": {
                "rows": {"path": "activity/rows.csv", "connector": "activity_csv", "data_quality": "calculated", "data_origin": "secondary"}
            },
        }


def _system(name: str, unit: Measure) -> dict[str, object]:
    value, shift = unit.value, functional_shift(unit)
    return {
        "id": name,
        "name": name,
        "functional_unit": f"1e{-shift} functional units",
        "quantity": {PERIOD: plain_number(Fraction(round(value * Fraction(10) ** shift, UNIT_DECIMALS)))},
        "boundary": "as the example states",
    }


def answered(requests: Mapping[str, Request]) -> dict[str, Answers]:
    """Compute requests together; raises InputError where the inventory cannot be computed at all, UsageError for units that do not fit."""
    batch = Batch(requests)
    with TemporaryDirectory(prefix="ghg-examples-") as place:
        folder = Path(place)
        batch.write(folder)
        result = pipeline.compute(folder)
    connection = result.connection
    connection.execute("create table example_row (row_no bigint, name varchar, view varchar)")
    connection.execute(
        "insert into example_row select unnest($1), unnest($2), unnest($3)", [list(column) for column in zip(*batch.rows, strict=True)]
    )
    connection.execute(RESULT)
    errors = errors_of(batch.rows, result.findings)
    return {
        key: Answers(connection, key, batch.plans[key], batch.scales[key], errors, batch.of_system, batch.of_factor) for key in requests
    }
