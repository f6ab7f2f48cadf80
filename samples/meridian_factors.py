# ruff: noqa: INP001
"""The sample company's own factor set: stated proxies for regions without a shipped factor, and two figures of its own choice."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256
from pathlib import Path

from meridian_tables import csv_bytes

HEADER = (
    "factor_id", "label", "activity_type", "region", "supplier", "valid_from", "valid_to", "basis", "boundary", "gas", "published_value",
    "published_unit", "value", "value_as", "per_unit", "price_year", "uncertainty", "is_biogenic", "citation",
)  # fmt: skip
DESNZ = "DESNZ, UK Government GHG Conversion Factors for Company Reporting, full set 2026 v1, sheet "
PUBLISHED = Path(__file__).resolve().parent.parent / "factors" / "desnz_2026" / "factors.csv"
PROXIES = {
    # activity type and unit of the United Kingdom's factor: regions for which it stands in
    ("electricity.well_to_tank", "kWh"): "US FR",
    ("electricity.t_and_d", "kWh"): "DE FR",
    ("electricity.t_and_d_well_to_tank", "kWh"): "DE FR",
    ("natural_gas.stationary", "kWh_hhv"): "DE",
    ("natural_gas.well_to_tank", "kWh_hhv"): "DE",
    ("diesel.stationary", "l"): "DE FR",
    ("diesel.well_to_tank", "l"): "US DE FR",
    ("petrol.mobile", "l"): "DE FR",
    ("petrol.well_to_tank", "l"): "DE FR",
    ("travel.rail.light", "pkm"): "DE FR",
    ("travel.rail.light.well_to_tank", "pkm"): "DE FR",
    ("travel.bus.average", "pkm"): "FR",
    ("travel.bus.average.well_to_tank", "pkm"): "FR",
    ("travel.car.average.unknown", "km"): "US DE",
    ("car.average.unknown.well_to_tank", "km"): "US DE",
    ("waste.commercial_and_industrial_waste.combustion", "t"): "DE FR",
    ("waste.paper_and_board.closed_loop", "t"): "DE FR",
    ("water.supply", "m3"): "US DE FR",
}
"""The fuel factors serve the mobile use too: activity types are priced as stationary combustion there."""
RTE = (
    "RTE, Bilan electrique 2024, section Emissions, https://analysesetdonnees.rte-france.com/index.php/bilan-electrique-2024/emissions: "
    "21.7 g CO2eq per kWh produced in 2024 (production in France, combustion at the power station)"
)
CHIEN = (
    "Chien et al. 2023, Reducing the Carbon Impact of Generative AI Inference (today and in 2035), HotCarbon '23, "
    "doi:10.1145/3604930.3605705: 318 kg per accelerator, one eighth of the instance; "
    "spread over 5 years of 8,760 h = 43,800 h (policy of the company)"
)
REGISTER = f"""Meridian Compute (fictitious): register of the company's own emission factors, 2026 edition

1. Proxies. Where no factor for a region was to be had, the factor of the United Kingdom is used and labelled "proxy":
   {DESNZ}and cell as cited per row.
2. Electricity, France. {RTE}.
3. Accelerator cards. {CHIEN}.
4. Electricity, Germany: none. The published life-cycle factor is used as a warned fallback until a direct factor is chosen.
"""


def files() -> dict[str, bytes]:
    """The register as evidence, and the set that rests on it."""
    register = REGISTER.encode()
    return {
        "evidence/own_factors.txt": register,
        "factors/meridian_2026/set.yaml": _set_yaml(sha256(register).hexdigest()).encode(),
        "factors/meridian_2026/factors.csv": csv_bytes(HEADER, sorted(_proxies() + _own())),
    }


def _set_yaml(digest: str) -> str:
    return f"""publisher: Meridian Compute (fictitious)
title: Own emission factors and stated proxies
edition: 2026 edition
url: evidence/own_factors.txt
licence: Open Government Licence v3.0 (DESNZ figures); single cited figures otherwise
redistributable: true
retrieved: 2026-10-12
sha256: {digest}
gwp_set: AR5
usable_until: 2027-12-31
supersedes: null
preference: 1
attribution: Contains public sector information licensed under the Open Government Licence v3.0.
"""


def _proxies() -> list[tuple[str, ...]]:
    """The shipped factors of the United Kingdom under other regions, labelled and cited as what they are."""
    with PUBLISHED.open(encoding="utf-8", newline="") as stream:
        published = [row for row in csv.DictReader(stream) if row["region"] == "GB" and (row["activity_type"], row["per_unit"]) in PROXIES]
    rows = []
    for row in published:
        for region in PROXIES[row["activity_type"], row["per_unit"]].split():
            changes = {
                "factor_id": f"proxy.{row['activity_type']}.{region}",
                "label": f"Proxy for {region}: {row['label']} (United Kingdom)",
            }
            changes |= {"region": region, "citation": f"{DESNZ}{row['citation']}"}
            rows.append(tuple((row | changes)[column] for column in HEADER))
    return rows


def _own() -> list[tuple[str, ...]]:
    """Electricity in France and the embodied emissions of an accelerator card per hour."""
    years = {"valid_from": "2026-01-01", "valid_to": "2027-01-01"}
    common = dict.fromkeys(HEADER, "") | {"gas": "CO2e", "value_as": "kg_co2e", "is_biogenic": "false"}
    card = common | years | {"factor_id": "hardware.a100_class", "label": "Accelerator card (A100 class), embodied, per hour reserved"}
    card |= {"activity_type": "hardware.embodied", "region": "world", "boundary": "cradle_to_gate", "per_unit": "h", "citation": CHIEN}
    card |= {"published_value": "318", "published_unit": "kg CO2 per accelerator"}
    card |= {"value": format((Decimal(318) / Decimal(43_800)).quantize(Decimal("1e-14"), ROUND_HALF_EVEN), "f")}
    france = common | {
        "factor_id": "rte.FR.2024",
        "label": "Electricity generated in France, 2024, direct",
        "activity_type": "electricity.purchased",
    }
    france |= {
        "region": "FR",
        "valid_from": "2024-01-01",
        "valid_to": "2025-01-01",
        "basis": "location",
        "boundary": "direct",
        "per_unit": "kWh",
    }
    france |= {"published_value": "21.7", "published_unit": "g CO2eq per kWh", "value": "0.0217", "citation": RTE}
    return [tuple(row[column] for column in HEADER) for row in (card, france)]
