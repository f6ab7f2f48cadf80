"""What people write in the activity_type column reaches the type that they mean."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

STANDARDS = Path(__file__).parents[1] / "reporting" / "standards"
PHRASES = {
    "electricity": "electricity.purchased", "grid power": "electricity.purchased",
    "grid electricity": "electricity.purchased", "mains electricity": "electricity.purchased",
    "power": "electricity.purchased", "purchased power": "electricity.purchased", "electric bill": "electricity.purchased",
    "electricity bill": "electricity.purchased", "data centre electricity": "electricity.purchased",
    "data center electricity": "electricity.purchased", "office electricity": "electricity.purchased",
    "district heating": "heat.purchased", "steam": "heat.purchased", "purchased heat": "heat.purchased",
    "nat gas": "natural_gas.stationary", "natural gas": "natural_gas.stationary", "gas": "natural_gas.stationary",
    "mains gas": "natural_gas.stationary", "gas boiler": "natural_gas.stationary", "boiler gas": "natural_gas.stationary",
    "diesel": "diesel.stationary", "generator diesel": "diesel.stationary", "backup diesel": "diesel.stationary",
    "genset fuel": "diesel.stationary", "fleet diesel": "diesel.mobile", "truck diesel": "diesel.mobile",
    "petrol": "petrol.mobile", "gasoline": "petrol.mobile", "unleaded": "petrol.mobile",
    "heating oil": "gas_oil.stationary", "lpg": "lpg.stationary", "propane": "propane.stationary",
    "jet fuel": "aviation_turbine_fuel.mobile", "hvo": "hvo.stationary", "wood pellets": "wood_pellets.stationary",
    "r410a": "refrigerant.R-410A", "r-134a": "refrigerant.HFC-134a", "refrigerant r-410a": "refrigerant.R-410A",
    "sf6": "refrigerant.SF6", "taxi": "travel.taxi.regular", "uber": "travel.taxi.regular", "train": "travel.rail.national",
    "rail travel": "travel.rail.national", "subway": "travel.rail.underground", "metro": "travel.rail.underground",
    "underground": "travel.rail.underground", "bus": "travel.bus.average",
    "short haul flight": "travel.air.short_haul.average", "long haul flight": "travel.air.long_haul.average",
    "domestic flight": "travel.air.domestic.average", "rental car": "travel.car.average.unknown",
    "hotel uk": "travel.hotel.uk", "hotel us": "travel.hotel.united_states", "water": "water.supply",
    "wastewater": "water.treatment", "working from home": "homeworking.total", "wfh": "homeworking.total",
    "remote work": "homeworking.total", "sea freight": "freight.sea.container_ship", "air freight": "freight.air.long_haul",
    "road freight": "freight.hgv.average", "trucking": "freight.hgv.average",
    "landfill": "waste.commercial_and_industrial_waste.landfill", "e-waste": "waste.weee_mixed.open_loop",
    "recycled paper": "waste.paper_and_board.closed_loop",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (STANDARDS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ALIASES = {row["alias"]: row["activity_type"] for row in rows("activity_type_aliases.csv")}


def test_about_sixty_phrases() -> None:
    assert len(PHRASES) >= 60
    assert set(PHRASES.values()) <= {row["activity_type"] for row in rows("activity_types.csv")}


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_what_people_write(phrase: str) -> None:
    assert ALIASES.get(phrase) == PHRASES[phrase]
