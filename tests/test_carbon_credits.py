"""The register of carbon credits: what it answers in ESRS E1-7 and elsewhere, that nothing is net of it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import INVENTORY, compute, figures, found, rows, table, value, write

from reporting.carbon_credits import ANSWERED, OPTIONAL, REQUIRED, load_carbon_credits
from reporting.database import STAGES, Connection, connect, run_file
from reporting.inventory import Inventory
from reporting.pipeline import Result
from reporting.statement import statements
from reporting.types import InputError

ESRS, REVISED = "esrs_e1_set1/E1-7_", "esrs_e1_2026/E1-9_"
HEADER = ",".join(REQUIRED + OPTIONAL)
LOT = dict.fromkeys(REQUIRED + OPTIONAL, "") | {
    "credit_id": "A", "status": "retired", "kind": "reduction", "t_co2e": "60", "standard": "Standard (test)", "recognised": "yes",
    "registry": "Registry (test)", "project": "Stoves", "project_type": "cooking", "region": "KE", "vintage": "2024",
    "corresponding_adjustment": "no", "acquired_on": "2026-05-01", "citation": "Notice (test)", "retired_on": "2026-08-20",
    "serial_first": "1", "serial_last": "60",
}  # fmt: skip
OPEN = {"retired_on": "", "serial_first": "", "serial_last": ""}
LOTS = (
    LOT,
    {"credit_id": "B", "t_co2e": "20.5", "acquired_on": "2026-02-01", "serial_first": "61", "serial_last": "81", "recognised": "no",
     "corresponding_adjustment": "yes"},
    {"credit_id": "C", "kind": "removal", "sink": "biogenic", "t_co2e": "40", "region": "FR", "project": "Forest",
     "project_type": "afforestation", "acquired_on": "2026-03-01", "retired_on": "2026-09-30"},
    {"credit_id": "D", "status": "contracted", "t_co2e": "180", "acquired_on": "2026-04-30", "planned_for": "2028", **OPEN},
    {"credit_id": "E", "status": "held", "t_co2e": "7", "acquired_on": "2026-07-01", **OPEN},
    {"credit_id": "F", "t_co2e": "3", "project": "Wind", "acquired_on": "2026-07-01", "retired_on": "2026-10-01"},
)  # fmt: skip


def register(*lots: dict[str, str]) -> str:
    return table(*(",".join((LOT | lot)[name] for name in REQUIRED + OPTIONAL) for lot in lots), header=HEADER)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Credits retired in the quarter, held, contracted, and retired on the day after it."""
    names = ("ghg_protocol", "esrs_e1_set1", "esrs_e1_2026", "ifrs_s2", "cdp", "gri_305")
    files: dict[str, str | bytes] = {
        "activity/s.csv": table("diesel.stationary,2026-07-01,2026-07-31,1000,l,mill"),
        "carbon_credits.csv": register(*LOTS),
    }
    chosen = [{"id": name, "view": "control"} for name in names]
    revenue = {"net_revenue": {"2026-Q3": {"value": "3", "unit": "million EUR", "source": "Accounts (test)"}}}
    folder = tmp_path_factory.mktemp("credits")
    return compute(write(folder, files, frameworks=chosen, periods=["2026-Q2", "2026-Q3"], inputs=revenue))


def test_the_register_answers_the_datapoints_of_the_period(company: Result) -> None:
    assert found(company, severity="error") == []
    asked = ("10", "credits_reduction", "credits_removal", "credits_recognised", "credits_eu", "credits_adjusted", "11")
    got = [value(company, ESRS + name) for name in asked]
    assert got == [Decimal(text) for text in ("120.5", "80.5", "40", "100", "40", "20.5", "190")]  # 11: D 180, E 7, F 3
    shares = {name: value(company, ESRS + name) for name in ("13", "14", "16", "17", "18")}
    assert shares["13"] + shares["14"] == 100
    assert shares["17"] == (Decimal(4000) / Decimal("120.5")).quantize(Decimal("1e-12"))
    assert value(company, REVISED + "05") == Decimal("120.5")
    assert value(company, REVISED + "06") == 10  # bought in the quarter and not retired at its end: E and F
    for name in ("ghg_protocol/credits_cancelled", "cdp/credits_cancelled", "gri_305/305-5_offsets"):
        assert value(company, name) == Decimal("120.5")


def test_a_period_without_retirements_has_none(company: Result) -> None:
    assert value(company, ESRS + "10", "2026-Q2") == 0
    assert value(company, ESRS + "11", "2026-Q2") == Decimal("300.5")  # A, B, C and D
    assert value(company, REVISED + "06", "2026-Q2") == 60  # A: B and C are older, D is contracted alone
    assert figures(company, "2026-Q2")[ESRS + "13"][0] == "not_applicable"


def test_every_answer_is_said_by_period_with_its_rows(company: Result) -> None:
    told = rows(company, "select name, source from input where starts_with(source, 'carbon_credits.csv') and period = '2026-Q3'")
    assert {name for name, _ in told} == set(ANSWERED)
    assert dict(told)["credits_cancelled"] == "carbon_credits.csv, row 2, 3, 4"


def test_gross_emissions_know_nothing_of_credits(company: Result) -> None:
    for name in ("ghg_protocol/scope1", "esrs_e1_set1/E1-6_scope1", "cdp/scope1", "gri_305/305-1_scope1"):
        assert value(company, name) == Decimal("2.5")
    read = rows(company, "select count(*) from ledger where evidence <> '' or factor_id like '%credit%'")
    assert read == [(0,)]


def test_texts_are_answered_by_the_register(company: Result) -> None:
    query = "select framework || '/' || datapoint, answer from disclosure_index where period = '2026-Q3' and kind = 'text'"
    answers = dict(rows(company, query))
    assert answers["esrs_e1_set1/E1-7_15"] == "40 t CO2e from biogenic sinks (afforestation)"
    assert answers["esrs_e1_set1/E1-7_19"] == "180 t CO2e in 2028 (by contract); 10 t CO2e without a date (held)"
    assert answers["ifrs_s2/target_credits"].startswith("No target counts carbon credits. Standard (test), reduction: 80.5 t CO2e retired")


def test_the_register_is_printed(company: Result) -> None:
    [shown] = [made for made in statements(company.connection, "2026-Q3") if made.id == "carbon_credits"]
    names = [column.name for column in shown.columns]
    lines = {row[0]: dict(zip(names, row, strict=True)) for row in shown.rows}
    assert [row[0] for row in shown.rows] == ["A", "B", "C", "F", "D", "E"]
    assert (lines["C"]["state"], lines["C"]["kind"]) == ("retired", "removal, biogenic sink")
    assert lines["D"]["state"] == "contracted, planned for 2028"
    total = sum((row["share"] for row in lines.values() if isinstance(row["share"], Decimal)), Decimal(0))
    assert abs(total - 100) < Decimal("1e-9")


@pytest.fixture(scope="module")
def empty() -> Iterator[Connection]:
    connection = connect()
    run_file(connection, STAGES / "00_schema.sql")
    connection.execute("insert into region (region, kind, parent) values ('KE', 'country', 'world'), ('FR', 'country', 'EU27')")
    yield connection
    connection.close()


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "no name": ({"credit_id": ""}, 'credit_id "" is empty or stands twice'),
    "status": ({"status": "cancelled"}, 'status "cancelled" is none of contracted, held, retired'),
    "kind": ({"kind": "avoidance"}, 'kind "avoidance" is none of reduction, removal'),
    "recognised": ({"recognised": "maybe"}, 'recognised "maybe" is none of yes, no'),
    "adjustment": ({"corresponding_adjustment": ""}, 'corresponding_adjustment "" is none of yes, no'),
    "removal without a sink": ({"kind": "removal"}, 'sink "" of a removal'),
    "reduction with a sink": ({"sink": "biogenic"}, 'sink "biogenic" of a reduction'),
    "no number": ({"t_co2e": "-5"}, 't_co2e "-5" is no number'),
    "digits of another script": ({"t_co2e": "\u0665"}, "is no number"),
    "region": ({"region": "Kenya"}, 'region "Kenya" is none of factors/regions.csv'),
    "nobody": ({"registry": ""}, "standard, registry, project, project_type or citation is empty"),
    "date": ({"acquired_on": "1.5.2026"}, 'acquired_on "1.5.2026" is no date'),
    "vintage": ({"vintage": "24"}, 'vintage "24" is no year'),
    "retired without a day": ({"retired_on": ""}, 'status "retired" with retired_on ""'),
    "held with a day": ({"status": "held"}, 'status "held" with retired_on "2026-08-20"'),
    "retired before": ({"acquired_on": "2026-09-01"}, "before it was acquired or issued"),
    "vintage of the future": ({"vintage": "2027"}, "before it was acquired or issued"),
    "period": ({"claimed_for": "summer"}, 'claimed_for "summer" is no period'),
    "half a range": ({"serial_last": ""}, 'serial_first "1" to serial_last "" is no range'),
    "range backwards": ({"serial_first": "61"}, "is no range of whole numbers"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_of_the_wrong_shape_is_refused_and_named(name: str, empty: Connection, tmp_path: Path) -> None:
    change, message = FAULTS[name]
    path = tmp_path / "carbon_credits.csv"
    path.write_text(register(LOT | {"credit_id": "first"}, change), encoding="utf-8")
    with pytest.raises(InputError, match="fix: ") as stopped:
        load_carbon_credits(empty, path, Inventory.model_validate(INVENTORY))
    assert message in str(stopped.value)
    assert f"{path}:3: " in str(stopped.value)


def test_inputs_may_not_say_it_again(empty: Connection, tmp_path: Path) -> None:
    given: dict[str, Any] = {"credits_planned": {"2026-Q3": {"value": "1", "unit": "tCO2e", "source": "Contract"}}}
    path = tmp_path / "carbon_credits.csv"
    path.write_text(register(LOT), encoding="utf-8")
    with pytest.raises(InputError, match="credits_planned stands under `inputs`"):
        load_carbon_credits(empty, path, Inventory.model_validate(INVENTORY | {"inputs": given}))
