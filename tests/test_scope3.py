"""Scopes 1 and 3 by category: types made from others, who pays, what is stated, what stays outside; figures by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from inventories import FACTORS, compute, factor, figures, found, rows, table, upstream, value, write

from reporting.pipeline import Result
from reporting.statement import statements
from reporting.tracing import trace

HEADER = (
    "activity_id,activity_type,quantity,unit,payer,method,amount,amount_unit,share,emissions,emissions_unit,invested,invested_unit,"
    "total_value,total_value_unit,capacity,leak_rate,leak_rate_unit,duration,data_origin,start,end,site"
)
OWN = (
    *FACTORS,
    factor("rail", "freight.rail", "0.05", "tkm"),
    upstream("freight.rail.well_to_tank", "0.01", "tkm"),
    factor("landfill", "waste.wood.landfill", "0.3", "kg", boundary="lifecycle"),
    factor("burnt", "waste.wood.combustion", "1", "kg", boundary="lifecycle"),
    factor("steel", "spend.331110", "0.5", "USD@2022", boundary="cradle_to_gate"),
    factor("co2", "fugitive.CO2", "1", "kg", gas="CO2", value_as="kg_gas"),
    factor("hfc", "refrigerant.HFC-134a", "1", "kg", gas="HFC-134a", value_as="kg_gas"),
    factor("log_co2", "wood_logs.stationary", "1.8", "kg", gas="CO2", value_as="kg_gas", is_biogenic="true"),
    factor("log_co2", "wood_logs.stationary", "0.005", "kg", gas="CH4_biogenic", value_as="kg_gas"),
    factor("log_co2", "wood_logs.stationary", "0.0001", "kg", gas="N2O", value_as="kg_gas"),
)
ROWS = (
    "own,freight.rail,1000,tkm,own",
    "supplier,freight.rail,100,tkm,supplier",
    "customer,freight.rail,2000,tkm,customer",
    "alias,rail freight,300,tkm,other",
    "landfilled,end_of_life.wood.landfill,,,,waste_type,10000,kg,0.9",
    "burnt,end_of_life.wood.combustion,,,,waste_type,10000,kg,0.1",
    "project_1,stated.investment,,,,project_specific,,,,200000,t_co2e,1000000,USD@2022,20000000,USD@2022",
    "project_2,stated.investment,,,,project_specific,,,,10000,t_co2e,5000000,USD@2022,50000000,USD@2022",
    "project_3,stated.investment,,,,project_specific,,,,250000,t_co2e,3000000,USD@2022,60000000,USD@2022",
    "project_4,stated.investment,,,,project_specific,,,,30000,t_co2e,10000000,USD@2022,90000000,USD@2022",
    "lifetime,investment_lifetime.emissions,7000000,t_co2e",
    "avoided,avoided.emissions,500,t_co2e",
    "supplier_own,stated.goods,30,t_co2e,,,,,,,,,,,,,,,,supplier_specific",
    "bought,spend.331110,20000,USD@2022,,,,,,,,,,,,,,,,secondary",
    "sold,use_of_sold.diesel,100,l",
    "sold_power,use_of_sold.electricity,1000,kWh",
    "export,electricity.exported,-50000,kWh",
    "panels,electricity.on_site_renewable,8000,kWh",
    "power,electricity.purchased,10000,kWh",
    "kiln,process.CO2,5,t",
    "cooler,refrigerant.HFC-134a,,,,refrigerant_screening,,,,,,,,,,50,8,%/yr,1",
    "logs,wood_logs.stationary,1000,kg",
)


def line(text: str) -> str:
    """A row of the file, with what every row says at its end."""
    return text + "," * (HEADER.count(",") - 2 - text.count(",")) + "2026-07-01,2026-07-31,mill"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All rows in one inventory, nothing said about the origin of data by the source."""
    source = {
        "path": "activity/s.csv",
        "connector": "activity_csv",
        "data_quality": "calculated",
        "units": {"capacity": "kg", "duration": "yr"},
    }
    text = table(*map(line, ROWS), header=HEADER)
    return compute(write(tmp_path_factory.mktemp("scope3"), {"activity/s.csv": text}, OWN, sources={"s": source}))


def test_nothing_of_it_is_refused(result: Result) -> None:
    faults = {(finding.rule, finding.message) for finding in found(result, severity="error")}
    assert {rule for rule, _ in faults} <= {"factor/none-found"}, faults
    assert all("wood_logs.well_to_tank" in message for _, message in faults), faults


@pytest.mark.parametrize(
    ("category", "tonnes"),
    [
        ("1", "40"),  # 30 t stated, 20,000 USD x 0.5 kg
        ("4", "0.066"),  # 1,100 tkm x (0.05 + 0.01) kg
        ("9", "0.138"),  # 2,300 tkm x (0.05 + 0.01) kg (R048)
        ("11", "0.45"),  # 100 l x 2.5 kg and 1,000 kWh x 0.2 kg, location-based
        ("12", "3.7"),  # Guidance 12.1
        ("15", "26833.333333333"),  # Guidance 15.3; each project is rounded to 1e-10 t
    ],
)
def test_a_category_by_hand(result: Result, category: str, tonnes: str) -> None:
    assert value(result, f"ghg_protocol/scope3_by_category/category={category}") == pytest.approx(Decimal(tonnes), rel=Decimal("1e-13"))


def test_scope_1_by_hand(result: Result) -> None:
    """Process, fugitive and biogenic: 5 t CO2, 4 kg HFC-134a x 1,530; of the wood 5 kg CH4 x 27 and 0.1 kg N2O x 273 (R009).

    The wood's CO2 stands outside (R008); own panels and exports add and take nothing (R006).
    """
    assert value(result, "ghg_protocol/scope1") == Decimal("11.2823")
    assert value(result, "ghg_protocol/biogenic_scope1") == Decimal("1.8")
    assert value(result, "ghg_protocol/scope2_location") == Decimal(2)


def test_energy_from_own_panels_is_consumed_and_what_is_exported_is_not(result: Result) -> None:
    """8 MWh of own panels and 10 MWh bought; the exported 50 MWh are neither netted nor consumed."""
    got = rows(result, "select activity_type, sum(mwh) from activity_energy where activity_type like 'electricity.%' group by 1 order by 1")
    assert got == [("electricity.on_site_renewable", Decimal(8)), ("electricity.purchased", Decimal(10))]
    total = rows(result, "select sum(mwh) from energy_total where energy_source = 'renewable' and scope = '1' and role = 'inventory'")
    assert total[0][0] >= 8
    assert rows(result, "select count(*) from activity_energy where activity_type = 'electricity.exported'") == [(0,)]


def test_exported_energy_is_printed_and_in_no_total(result: Result) -> None:
    """50 MWh at 0.2 kg/kWh: a figure of its own with its trace and a table by site; Scope 2 stays what was bought."""
    assert value(result, "ghg_protocol/exported_energy") == Decimal(10)
    assert value(result, "ghg_protocol/scope2_location") == Decimal(2)
    followed = trace(result.connection, "ghg_protocol/exported_energy", "2026-Q3")
    assert followed.is_exact
    assert list(followed.lines["activity_id"]) == ["s:export"]
    [made] = [made for made in statements(result.connection, "2026-Q3") if made.id == "exported_energy"]
    assert made.rows == (("Mill", "Energy exported, outside the totals: Purchased electricity", Decimal(50), Decimal(10)),)


def test_what_is_exported_avoided_or_projected_has_no_scope(result: Result) -> None:
    """R006, R051, R052: shown in the ledger, in no scope and in no total."""
    got = rows(result, "select activity_type, scope, role, sum(kg_co2e) from ledger where scope = '' group by all order by 1")
    assert got == [
        ("avoided.emissions", "", "memo", Decimal(500_000)),
        ("electricity.exported", "", "memo", Decimal(-10_000)),
        ("investment_lifetime.emissions", "", "memo", Decimal(7_000_000_000)),
    ]


def test_avoided_emissions_cannot_be_deducted(tmp_path: Path) -> None:
    """R052: a negative amount is refused in every category."""
    text = table("stated.use_of_sold,2026-07-01,2026-07-31,-10,t_co2e,mill")
    result = compute(write(tmp_path, {"activity/s.csv": text}))
    assert [finding.rule for finding in found(result, severity="error")] == ["intake/quantity-negative"]
    assert figures(result)["ghg_protocol/scope3_by_category/category=11"][0] == "withheld"


def test_the_share_of_primary_data_is_told_per_category(result: Result) -> None:
    """R043: 30 of 40 t of category 1 are the supplier's own figure; the waste of category 12 is priced by averages."""
    shares = dict(
        rows(result, "select figure_id, primary_share from figure where figure_id like 'ghg_protocol/scope3_by_category/category=%'")
    )
    assert shares["ghg_protocol/scope3_by_category/category=1"] == Decimal("0.75")
    assert shares["ghg_protocol/scope3_by_category/category=12"] == 0
    assert shares["ghg_protocol/scope3_by_category/category=15"] == 1


def test_made_types_stay_out_where_no_file_names_them(result: Result, tmp_path: Path) -> None:
    plain = compute(write(tmp_path, {"activity/s.csv": table("diesel.stationary,2026-07-01,2026-07-31,1,l,mill")}))
    assert rows(plain, "select count(*) from family_type") == [(0,)]
    assert rows(plain, "select count(*) from factor_set where set_id = 'definitions'") == [(0,)]
    assert rows(result, "select count(*) from family_type where activity_type = 'freight_downstream.rail.well_to_tank'") == [(1,)]
