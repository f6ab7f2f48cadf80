"""Files of buildings and of the company: made-up twins of every format with their traps, then the real files where they are at hand."""

from __future__ import annotations

import csv
import fnmatch
import gzip
import json
import math
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from inventories import compute, found, rows, shelf, write

from reporting import pipeline, reference
from reporting.database import PACKAGE, STAGES, connect, header, run_file
from reporting.intake.places import load_places
from reporting.pipeline import Result
from reporting.types import Finding, InputError

TWINS = Path(__file__).parent / "connectors"
SITES = [
    {"id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA", "meters": [{"id": "E-1", "carrier": "electricity"}]}
]
SYSTEMS = [{"id": "model", "name": "Model", "functional_unit": "request", "quantity": {"2026-Q3": "100"}, "boundary": "all"}]
BILL = {
    "bill_id": "Bill", "account": "Account", "meter": "Meter", "service": "Service", "start": "From", "end": "To", "quantity": "Usage",
    "unit": "Unit", "read_type": "Read", "bill_type": "Type", "replaces": "Replaces", "demand": "Demand kW", "cost": "Net amount",
}  # fmt: skip
SOURCES: dict[str, dict[str, Any]] = {
    "green_button": {"time_zone": "America/New_York"},
    "utility_bill": {"thousands": ",", "columns": BILL, "options": {"end": "read_date", "calorific_basis": "gross"}},
    "utility_bill_starts": {
        "connector": "utility_bill",
        "options": {"period": "start_only"},
        "constants": {"activity_type": "electricity.purchased", "unit": "kWh"},
    },
    "building_benchmark": {"thousands": ","},
    "fuel_card": {"date_format": "%d/%m/%Y", "decimal_comma": True},
    "travel": {"options": {"air_factors": "desnz"}},
    "travel_epa": {"connector": "travel", "files": "travel", "options": {"air_factors": "epa"}},
    "commuting_survey": {"options": {"headcount": "50", "weeks": "12"}, "constants": {"start": "2026-07-01", "end": "2026-09-30"}},
    "refrigerant_log": {},
    "waste_note": {},
    "purchase_ledger": {"options": {"map": "category_map"}},
    "category_map": {"constants": None},
    "pact": {"constants": None},
    "pact_invalid": {"connector": "pact", "constants": None},
    "product_purchase": {"options": {"footprints": "pact"}},
    "server_register": {},
}
# Activity id without its source, as read: type, number, unit.
READ: dict[str, dict[str, tuple[str, str, str]]] = {
    "green_button": {  # 10 to 40 x 10^3 Wh, not the day's 100 kWh too; 7 kWh fed in; a register grows by 12,500 and 7,500 x 10^-3
        "E1/electricity/1/1782878400": ("electricity.purchased", "10000", "Wh"),
        "E1/electricity/1/1782900000": ("electricity.purchased", "20000", "Wh"),
        "E1/electricity/1/1782921600": ("electricity.purchased", "30000", "Wh"),
        "E1/electricity/1/1782943200": ("electricity.purchased", "40000", "Wh"),
        "E1/electricity/19/1782878400": ("electricity.exported", "-7000", "Wh"),
        "G1/fuel/1/1782964800": ("natural_gas.stationary", "12.5", "therm_hhv"),
        "G1/fuel/1/1783051200": ("natural_gas.stationary", "7.5", "therm_hhv"),
    },
    "utility_bill": {  # the credit is negative, demand is no energy
        "B-1/E-1/electricity": ("electricity.purchased", "1200.5", "kWh"),
        "B-2/E-1/electricity": ("electricity.purchased", "1000", "kWh"),
        "B-3/E-1/electricity": ("electricity.purchased", "1100", "kWh"),
        "B-4/E-2/electricity": ("electricity.purchased", "500", "kWh"),
        "B-5/E-2/electricity": ("electricity.purchased", "-100", "kWh"),
        "B-7/G-1/gas": ("natural_gas.stationary", "300", "kWh_hhv"),
        "B-8/G-1/gas": ("natural_gas.stationary", "2", "ccf"),
        "B-9/W-1/water": ("water.supply", "12", "m3"),
        "B-10/E-1/electricity": ("electricity.purchased", "900", "kWh"),
    },
    "utility_bill_starts": {
        "2026-07-01T00:00:00-04:00": ("electricity.purchased", "310", "kWh"),
        "2026-08-01T00:00:00-04:00": ("electricity.purchased", "290.5", "kWh"),
        "2026-08-15/M-2": ("electricity.purchased", "300", "kWh"),  # dates, the newest first
        "2026-07-15/M-2": ("electricity.purchased", "310", "kWh"),
    },
    "building_benchmark": {  # kWh, not kWh and kBtu; therms, not therms and kBtu
        "1/2026-12-31/electricity": ("electricity.purchased", "1000000", "kWh"),
        "1/2026-12-31/natural gas.2": ("natural_gas.stationary", "10000", "therm_hhv"),
        "1/2026-12-31/steam.3": ("heat.purchased", "0", "kBtu"),
        "2/2026-12-31/electricity": ("electricity.purchased", "200000", "kWh"),
        "2/2026-12-31/steam.2": ("heat.purchased", "1317600", "kBtu"),
        "4/2026-12-31/electricity": ("electricity.purchased", "-10000", "kWh"),
    },
    "fuel_card": {
        "T1": ("diesel.mobile", "50.5", "l"),
        "T3": ("petrol.mobile", "40", "l"),
        "T5": ("diesel.mobile", "-50.5", "l"),
        "T6": ("diesel.mobile", "30", "l"),
        "T9": ("electricity.purchased", "35", "kWh"),
        "T10": ("diesel.mobile", "-12.5", "l"),  # a reversal whose amount has no sign
    },
    "travel": {  # great circles; both ways and two travellers; a refund in full takes the trip with it, one in part does not
        "A1/1": ("travel.air.long_haul.business", "5540", "pkm"),
        "A1/2": ("travel.air.long_haul.premium_economy", "5540", "pkm"),
        "A2/1": ("travel.air.domestic.average", "2136", "pkm"),
        "A3/1": ("travel.air.short_haul.average", "347", "pkm"),
        "A4/1": ("travel.air.international.economy", "447", "pkm"),
        "A8/1": ("travel.air.short_haul.economy", "449", "pkm"),
        "B1/1": ("travel.rail.national", "200", "pkm"),
        "B2/1": ("travel.rail.international", "10", "pmi"),
        "B3/1": ("travel.car.average.diesel", "250", "km"),
        "B4/1": ("travel.taxi.regular", "12", "km"),
        "B5/1": ("travel.hotel.germany", "6", "night"),
        "B6/1": ("travel.hotel.uk_london", "2", "night"),
    },
    "travel_epa": {
        "A1/1": ("travel.air.from_2300_mi", "5540", "pkm"),
        "A1/2": ("travel.air.from_2300_mi", "5540", "pkm"),
        "A2/1": ("travel.air.300_to_2300_mi", "2136", "pkm"),
        "A3/1": ("travel.air.below_300_mi", "347", "pkm"),
        "A4/1": ("travel.air.below_300_mi", "447", "pkm"),
        "A8/1": ("travel.air.below_300_mi", "449", "pkm"),
    },
    "commuting_survey": {  # 10 km x 2 x 4 days x 12 weeks x 50 employees / 5 respondents; a car for two; two modes of one respondent
        "train": ("commuting.rail.national", "9600", "pkm"),
        "train.2": ("homeworking.total", "900", "h"),
        "car": ("commuting.car.average.unknown", "12000", "km"),
        "bus": ("commuting.bus.average", "6000", "pmi"),
        "train of e4": ("commuting.rail.national", "36000", "pkm"),
    },
    "refrigerant_log": {
        "R1": ("refrigerant.R-410A", "2", "kg"),
        "R3": ("refrigerant.R-410A", "0.2", "kg"),
        "R4": ("refrigerant.HCFC-22", "2", "kg"),
        "R8": ("refrigerant.HFC-32", "1000", "g"),
        "R9": ("refrigerant.HFC-32", "-3", "kg"),
        "R10": ("refrigerant.HFC-32", "5", "kg"),
        "R11": ("refrigerant.HFC-32", "-3", "kg"),  # an error: below zero, and no other line of the day
    },
    "waste_note": {
        "N1/200101": ("waste.paper_and_board.closed_loop", "1.2", "t"),
        "N2/200301": ("waste.commercial_and_industrial_waste.landfill", "800", "kg"),
        "N3/200108": ("waste.food_and_drink_waste.composting", "300", "kg"),
        "N6/200301": ("waste.commercial_and_industrial_waste.combustion", "2", "m3"),
        "N7/200136": ("waste.weee_mixed.open_loop", "90", "kg"),
    },
    "purchase_ledger": {
        "P1/1": ("spend.541511", "1000", "USD"),
        "P2/1": ("spend.541511", "-150", "USD"),
        "P4/1": ("spend.337127", "-300", "USD"),
        "P5/1": ("spend.337127", "500", "USD"),
        "P6/1": ("spend.337127", "-120", "USD"),
        "P20/1": ("spend.541511", "-40", "USD"),
        "P22/1": ("spend.541511", "-25", "USD"),
    },
    "product_purchase": {  # 250 l x 0.5 kg / 2 l by the newer of two; 2,000 kg x 0.126 kg / 12 kg
        "O1/1": ("stated.goods", "62.5", "kg_co2e"),
        "O2/1": ("stated.goods", "21", "kg_co2e"),
    },
    "server_register": {
        "S1": ("stated.capital", "2922", "kg_co2e"),
        "S2": ("stated.capital", "900", "kg_co2e"),
        "S3": ("capital.334111", "1500", "USD"),
        "S4": ("stated.capital", "1461", "kg_co2e"),
        "S5": ("capital.334111", "2000", "USD"),
    },
}
# What each source must say: rule and row. Nothing else is an error.
TOLD = {
    "green_button": {
        ("intake/quantity-not-a-number", 27), ("intake/quantity-not-a-number", 29), ("intake/quantity-not-a-number", 31),
        ("intake/row-left-out", 15), ("intake/row-left-out", 16), ("intake/row-left-out", 18),
    },
    "utility_bill": {("intake/quantity-not-a-number", 12), ("intake/row-left-out", 7)},
    "utility_bill_starts": {("intake/row-left-out", 2), ("intake/row-left-out", 4)},
    "building_benchmark": {("intake/quantity-not-a-number", 4), ("intake/quantity-negative", 5)},
    "fuel_card": {("intake/activity-type-unknown", 8), ("intake/unit-unknown", 9), ("intake/row-left-out", 3)},
    "travel": {
        ("intake/quantity-not-a-number", 7), ("intake/quantity-not-a-number", 8), ("intake/quantity-not-a-number", 13),
        ("intake/activity-type-unknown", 8), ("intake/activity-type-unknown", 20), ("intake/row-left-out", 9), ("intake/row-left-out", 21),
    },
    "commuting_survey": {("intake/quantity-not-a-number", 7), ("intake/row-left-out", 4), ("intake/row-left-out", 8)},
    "refrigerant_log": {
        ("intake/quantity-not-a-number", 7), ("intake/activity-type-unknown", 8), ("intake/row-left-out", 3),
        ("intake/quantity-negative", 12),
    },
    "waste_note": {
        ("intake/activity-type-unknown", 6), ("intake/activity-type-unknown", 7), ("intake/unit-dimension", 8), ("intake/row-left-out", 3),
    },
    "purchase_ledger": {("intake/activity-type-unknown", 8), ("intake/row-left-out", 4), ("intake/quantity-not-a-number", 11)},
    "pact_invalid": {("intake/row-unreadable", row) for row in range(1, 7)},
    "product_purchase": {("intake/quantity-not-a-number", 4), ("intake/quantity-not-a-number", 5)},
    "server_register": {("intake/quantity-not-a-number", 6), ("intake/quantity-not-a-number", 7)},
}  # fmt: skip
INTAKE = ("intake/",)


def sources(names: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sources of an inventory, each at the site unless it is a reference."""
    made = {}
    for name, given in names.items():
        options = {key: value for key, value in given.items() if key not in ("constants", "files")}
        constants = given.get("constants", {})
        place = {} if constants is None else {"constants": {"site": "mill"} | constants}
        made[name] = {"path": f"activity/{given.get('files', name)}/*", "connector": name, **options, **place}
    return made


def twin_files() -> dict[str, str | bytes]:
    """The twin files in the folders of an inventory."""
    folders = {given.get("files", name) for name, given in SOURCES.items()}
    return {f"activity/{p.parent.name}/{p.name}": p.read_bytes() for p in sorted(TWINS.glob("*/*")) if p.parent.name in folders}


def take_in(folder: Path) -> Result:
    """An inventory as far as its rows are read: the intake, the connectors, the rows as typed, and what they say of them."""
    with mock.patch.object(reference, "folder", return_value=shelf()):
        given = pipeline.read(connect(), folder)
    pipeline.run_stages(given.connection, 4, 10)
    used = {source.connector for source in given.inventory.sources.values()}
    for path in sorted((PACKAGE / "connectors").glob("*.sql")):
        if used & {name.strip() for name in header(path)["connector"].split(",")}:
            run_file(given.connection, path)
    pipeline.run_stages(given.connection, 11, 11)
    pipeline.run_stages(given.connection, 17, 21)
    told = """select rule, severity, coalesce(path, ''), row_no, subject, message, fix
        from finding left join source_file using (source_id, file_no)"""
    said = [
        Finding(rule=rule, severity=severity, file=file, row=row, subject=subject, message=message, fix=fix)
        for rule, severity, file, row, subject, message, fix in given.connection.execute(told).fetchall()
    ]
    return Result(folder, given.inventory, given.connection, given.periods, tuple(said))


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Every twin as a source of one inventory."""
    folder = tmp_path_factory.mktemp("company")
    return compute(write(folder, twin_files(), sources=sources(SOURCES), sites=SITES, systems=SYSTEMS))


def read(result: Result, source: str) -> list[tuple[str, str, str, str]]:
    """What was read of a source: id, type, number and unit, rows that cannot be used left out."""
    query = f"""select split_part(activity_id, ':', 2) || substr(activity_id, length(split_part(activity_id, ':', 1)) + length(split_part(activity_id, ':', 2)) + 2),
        activity_type, quantity, unit from activity_row where source_id = '{source}' and quantity is not null and activity_type is not null and unit is not null
        order by row_no, part"""  # noqa: E501, S608
    return [(name, kind, format(Decimal(number).normalize(), "f"), unit) for name, kind, number, unit in rows(result, query)]


@pytest.mark.parametrize("source", READ)
def test_every_twin_is_read_as_it_should(twins: Result, source: str) -> None:
    wanted = [value for key, value in READ[source].items()]
    got = read(twins, source)
    if source == "server_register":
        got = [row for row in got if "/M" not in row[0]]
    if source == "travel_epa":
        got = [row for row in got if row[1].startswith("travel.air")]
    if source != "commuting_survey":  # ids of respondents are hashes
        assert [name for name, *_ in got] == list(READ[source])
    assert [(kind, number, unit) for _, kind, number, unit in got] == wanted


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_left_out_or_wrong_is_said_and_nothing_else(twins: Result, source: str) -> None:
    folder = SOURCES[source].get("files", source)
    if source != folder:
        return
    own = {(f.rule, f.row) for f in twins.findings if f.file.startswith(f"activity/{folder}/")}
    told = TOLD.get(source, set())
    assert told <= own
    errors = {(f.rule, f.row) for f in twins.findings if f.file.startswith(f"activity/{folder}/") and f.severity == "error"}
    assert {error for error in errors if error[0].startswith(INTAKE)} <= told


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (1, 'no date and time: updated "2026-1-08T14:47:32Z"'),
        (2, 'no decimal: pcf.pcfExcludingBiogenicUptake "1,5"'),
        (3, 'declared unit "bushel"'),
        (4, "declared amount 0 is not above 0"),
        (5, "missing: pcf.fossilGhgEmissions"),
        (6, "specVersion 1.0.0 is neither 2 nor 3"),
    ],
)
def test_invalid_footprints_are_refused_with_their_reason(twins: Result, row: int, reason: str) -> None:
    [finding] = [f for f in found(twins, "intake/row-unreadable") if f.row == row]
    assert reason in finding.message


def test_both_footprints_are_told_and_the_one_without_biogenic_uptake_counts(twins: Result) -> None:
    [(note, origin)] = rows(twins, "select note, data_origin from activity_row where activity_id = 'product_purchase:O1/1'")
    assert "0.5 kg CO2e for 2 l, including biogenic uptake -1.1" in note
    assert origin == "supplier_specific"


def test_a_correction_takes_the_place_of_an_estimate_and_a_credit_takes_back(twins: Result) -> None:
    query = """select split_part(row_activity_id, ':', 2), sum(quantity) from activity_counted where source_id = 'utility_bill' and counts
        and quantity is not null
        and activity_type = 'electricity.purchased' group by all order by 1"""
    counted = dict(rows(twins, query))
    assert "B-2/E-1/electricity" not in counted, "the estimate"
    assert sum(counted.values()) == Decimal("1200.5") + 1100 + 500 - 100 + 900
    statuses = dict(rows(twins, "select given_id, read_status from activity_row where source_id = 'utility_bill'"))
    assert statuses["B-2/E-1/electricity"] == "estimated"
    assert {status for name, status in statuses.items() if not name.startswith("B-2/")} == {"actual"}


def test_periods_between_read_dates_meet_and_do_not_overlap(twins: Result) -> None:
    assert found(twins, "intake/meter-overlap") == []
    ends = rows(twins, "select period_end::varchar from activity_row where given_id = 'B-1/E-1/electricity'")
    assert ends == [("2026-07-31 00:00:00",)]


def test_a_period_ends_on_the_day_before_the_next_start(twins: Result) -> None:
    query = """select cast(min(period_start) as date), cast(max(period_end) as date) from activity
        where source_id = 'utility_bill_starts' and meter = 'M-2' and derivation = '' group by row_no order by all"""
    made = rows(twins, query)
    assert [tuple(str(day) for day in days) for days in made] == [("2026-07-15", "2026-08-15"), ("2026-08-15", "2026-09-15")]


def test_readings_of_a_meter_fall_in_its_own_days(twins: Result) -> None:
    query = "select min(period_start)::varchar, max(period_end)::varchar from activity_row where source_id = 'green_button' and unit = 'Wh'"
    assert rows(twins, query) == [("2026-07-01 00:00:00", "2026-07-03 00:00:00")]
    statuses = rows(twins, "select quantity, read_status from activity_row where source_id = 'green_button' and read_status <> 'actual'")
    assert statuses == [(Decimal(30000), "estimated")]


def test_exported_energy_is_not_subtracted(twins: Result) -> None:
    query = """select sum(quantity) filter (where activity_type = 'electricity.purchased'), sum(quantity) filter (where activity_type = 'electricity.exported')
        from activity_counted where source_id = 'green_button' and counts"""  # noqa: E501
    assert rows(twins, query) == [(Decimal(100_000), Decimal(-7_000))]


def test_hardware_counts_once_in_category_2_and_by_days_in_the_score(twins: Result) -> None:
    months = rows(
        twins,
        """select strftime(month, '%Y-%m'), sum(quantity), any_value(role), any_value(system), any_value(lifecycle_stage) from activity_counted
           where source_id = 'server_register' and activity_type = 'stated.emissions' and month between '2026-07-01' and '2026-09-01' and quantity is not null
           group by all order by 1""",  # noqa: E501
    )
    # S1: 2,922 kg over 1,461 days are 2 kg a day; S4: 1,461 kg over 1,461 days are 1 kg a day.
    assert months == [
        (month, Decimal(days * 3), "memo", "model", "embodied") for month, days in (("2026-07", 31), ("2026-08", 31), ("2026-09", 30))
    ]
    bought = rows(
        twins,
        """select sum(quantity) from activity_counted where source_id = 'server_register' and activity_type = 'stated.capital'
           and system = '' and month >= '2026-07-01'""",
    )
    assert bought == [(Decimal(2922 + 900),)]


def test_m_of_an_asset_adds_up_to_its_whole_footprint(twins: Result) -> None:
    query = """select split_part(given_id, '/', 1), sum(quantity) from activity_row where given_id like '%/M' and quantity is not null
        group by all order by 1"""
    assert rows(twins, query) == [("S1", Decimal(2922)), ("S4", Decimal(1461))]


def test_private_columns_are_dropped_or_hashed(twins: Result) -> None:
    private = {
        "traveller", "driver", "name", "email", "postcode", "technician", "custodian", "/entry.title", "card", "vehicle", "respondent",
        "serial", "Account",
    }  # fmt: skip
    query = """select distinct k.name, r.cells[k.position] from source_row r join source_column k using (source_id, file_no) where r.cells[k.position] is not null"""  # noqa: E501
    held = {(name, cell) for name, cell in rows(twins, query) if name in private}
    assert {name for name, _ in held} == {"card", "vehicle", "respondent", "serial", "Account"}
    assert all(re.fullmatch("private-[0-9]+", cell) for _, cell in held)
    assert {name for (name,) in rows(twins, "select distinct name from source_column")} >= private


def test_an_export_delivered_twice_changes_nothing(tmp_path: Path, twins: Result) -> None:
    files = twin_files()
    again = {f"{path.rpartition('/')[0]}/z_again_{path.rpartition('/')[2]}": content for path, content in files.items()}
    result = take_in(write(tmp_path, files | again, sources=sources(SOURCES), sites=SITES, systems=SYSTEMS))
    for source in READ:
        before, after = read(twins, source), read(result, source)
        if source == "commuting_survey":  # twice as many answers would halve what each stands for
            assert sorted(row[1:] for row in before) == sorted(row[1:] for row in after)
            continue
        assert sorted(before) == sorted(after), source


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, which is not the one that the connector uses."""
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def test_distances_agree_with_another_formula_and_with_a_published_one(twins: Result) -> None:
    places = {name: (float(lat), float(lon)) for name, lat, lon in rows(twins, "select airport, latitude, longitude from airport")}
    for name, km in (("A1/1", 5540), ("A2/1", 2136 // 4), ("A3/1", 347), ("A4/1", 447), ("A8/1", 449)):
        [(note,)] = rows(twins, f"select note from activity_row where source_id = 'travel' and given_id = '{name}'")  # noqa: S608
        one, other = re.findall(r"\b[A-Z]{3}\b", note)[:2]
        assert round(great_circle(places[one], places[other])) == km
    assert abs(great_circle(places["LHR"], places["JFK"]) - 5540) < 15, "Heathrow to Kennedy, 5,540 km in timetables"


def test_city_codes_and_countries_are_known() -> None:
    connection = connect()
    run_file(connection, STAGES / "00_schema.sql")
    load_places(connection, {"airports"})
    assert connection.execute("select country from country where list_contains(names, 'germany')").fetchall() == [("DE",)]
    assert connection.execute("select count(*) from airport").fetchone()[0] > 5000  # type: ignore[index]
    assert connection.execute("select count(*) from airport_city where city = 'LON'").fetchone() == (1,)


def test_columns_of_a_source_are_those_that_its_connector_knows(tmp_path: Path) -> None:
    source = {"path": "activity/b.csv", "connector": "utility_bill", "columns": {"quantum": "Usage"}}
    folder = write(tmp_path, {"activity/b.csv": "Usage\n1\n"}, sources={"s": source})
    with pytest.raises(InputError, match='maps the unknown column "quantum"'):
        compute(folder)


def test_absurd_numbers_are_findings_and_no_fault_of_the_program(tmp_path: Path) -> None:
    """Every number of every table by one that nothing can have; all of them as sources of one inventory."""
    files: dict[str, str | bytes] = {}
    given: dict[str, dict[str, Any]] = {}
    for place, number in {"a": "99999999999999999999999999", "b": "1e14", "c": "-1"}.items():
        for path, content in twin_files().items():
            text = content.decode() if isinstance(content, bytes) else content
            absurd = re.sub(r"(?<![\w.:/\-#])\d+(\.\d+)?(?![\w:/-])", number, text)
            files[path.replace("activity/", f"activity/{place}/")] = absurd + "\n" * ord(place)  # the same file twice would be an error
        for name, source in sources(SOURCES).items():
            named = {option: f"{place}-{value}" if value in SOURCES else value for option, value in source.get("options", {}).items()}
            path = source["path"].replace("activity/", f"activity/{place}/")
            given[f"{place}-{name}"] = source | {"path": path, "options": named}
    result = take_in(write(tmp_path, files, sources=given, sites=SITES, systems=SYSTEMS))
    assert rows(result, "select count(distinct left(source_id, 1)) from activity_row") == [(3,)]
    assert rows(result, "select count(*) from activity_row where quantity > 1e13") == [(0,)]


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Every real file of these formats as a source of one inventory."""
    exports = shared / "exports"
    files: dict[str, str | bytes] = {}
    given: dict[str, dict[str, Any]] = {}
    for path in sorted((exports / "green_button").glob("*.xml")):
        name = f"gb-{path.stem.lower().replace('_', '-')}"
        given[name] = {"connector": "green_button", "time_zone": "America/New_York", "monthly_sum": True}
        files[f"activity/{name}/{path.name}"] = path.read_bytes()
    for kind, carrier, unit in (
        ("electricity_billing_monthly", "electricity.purchased", "kWh"), ("gas_billing_monthly", "natural_gas.stationary", "therm"),
        ("electricity_hourly", "electricity.purchased", "kWh"),
    ):  # fmt: skip
        name = f"bill-{kind.replace('_', '-')}"
        given[name] = {
            "connector": "utility_bill", "options": {"period": "start_only"}, "columns": {"quantity": "value"},
            "constants": {"activity_type": carrier, "unit": unit}, "time_zone": "America/Chicago", "monthly_sum": "hourly" in kind,
        }  # fmt: skip
        files[f"activity/{name}/bill.csv.gz"] = (exports / "utility" / f"eemeter_il_{kind}.csv.gz").read_bytes()
    for path in sorted((exports / "pact").glob("*.json")):
        name = f"pact-{path.stem.lower().replace('_', '-')}"
        given[name] = {"connector": "pact", "constants": None}
        files[f"activity/{name}/{path.name}"] = path.read_bytes()
    for path in sorted((exports / "purchase_ledger").glob("*.csv")):
        name = f"ledger-{path.stem.lower().replace('_', '-')}"
        columns = {"date": "Payment Date", "amount": "Amount", "supplier": "Beneficiary Name", "account": "Organisational Unit"}
        constants = {"unit": "GBP", "activity_type": "spend.541611"}
        given[name] = {"connector": "purchase_ledger", "columns": columns, "constants": constants}
        files[f"activity/{name}/{path.name}"] = path.read_bytes()
    given["seattle"] = {"connector": "building_benchmark"}
    files["activity/seattle/b.csv.gz"] = (exports / "inventory_seattle_2016" / "seattle_2016_benchmarking_core.csv.gz").read_bytes()
    given["seattle-original"] = {"connector": "building_benchmark", "thousands": ","}
    files["activity/seattle-original/b.csv"] = (exports / "inventory_seattle_2016" / "seattle_2016_original_first200.csv").read_bytes()
    folder = tmp_path_factory.mktemp("real")
    return take_in(write(folder, files, sources=sources(given), sites=SITES, periods=["2016"]))


def total(result: Result, source: str) -> Decimal:
    """The sum of what was read of a source, in its unit."""
    [(sum_read,)] = rows(result, f"select coalesce(sum(quantity), 0) from activity_row where source_id = '{source}'")  # noqa: S608
    return Decimal(sum_read)


@pytest.mark.parametrize(("name", "scale"), [("Electric", "1"), ("12MonthlyUpdates", "1"), ("1hrLP_32Days", "1"), ("Gas", "0.001")])
def test_real_green_button_files_give_the_sum_of_their_readings(real: Result, shared: Path, name: str, scale: str) -> None:
    text = (shared / "exports" / "green_button" / f"{name}.xml").read_text(encoding="utf-8")
    readings = re.findall(r"<IntervalReading>(.*?)</IntervalReading>", text, re.DOTALL)
    values = [int(value) for reading in readings for value in re.findall(r"<value>(\d+)<", reading)]
    assert total(real, f"gb-{name.lower().replace('_', '-')}") == sum(values) * Decimal(scale)


def test_real_bills_give_the_sum_of_their_periods(real: Result, shared: Path) -> None:
    for kind in ("electricity_billing_monthly", "gas_billing_monthly", "electricity_hourly"):
        with gzip.open(shared / "exports" / "utility" / f"eemeter_il_{kind}.csv.gz", "rt", encoding="utf-8") as stream:
            values = [row["value"] for row in csv.DictReader(stream)]
        assert total(real, f"bill-{kind.replace('_', '-')}") == sum(Decimal(v) for v in values if v != "nan")
    without_end = [f.row for f in found(real, "intake/date-unusable") if f.file.startswith("activity/bill")]
    assert without_end == [len(values) + 1], "the last hour, which no other begins after"


def test_the_published_total_of_a_city_comes_out_of_its_buildings(real: Result, shared: Path) -> None:
    expected = json.loads((shared / "exports" / "inventory_seattle_2016" / "EXPECTED.json").read_text(encoding="utf-8"))
    factors = expected["implied_factors"]
    kg = {
        ("electricity.purchased", "kWh"): Decimal(str(factors["electricity_kg_per_MWh"])) / 1000,
        ("natural_gas.stationary", "therm_hhv"): Decimal(str(factors["natural_gas_kg_per_therm"])),
        ("heat.purchased", "kBtu"): Decimal(str(factors["steam_kg_per_MMBtu"])) / 1000,
    }
    query = "select activity_type, unit, sum(quantity) from activity_row where source_id = 'seattle' and quantity is not null group by all"
    total_kg = sum(kg[activity_type, unit] * quantity for activity_type, unit, quantity in rows(real, query))
    assert abs(total_kg / 1000 - Decimal(str(expected["recomputed_total"]))) < Decimal("0.05")
    assert [f.message.split()[1] for f in found(real, "intake/quantity-negative") if f.file == "activity/seattle/b.csv.gz"] == ["-33826.8"]


def test_real_footprints_are_usable_or_refused_with_their_reason(real: Result) -> None:
    usable = {name for (name,) in rows(real, "select distinct source_id from product_footprint where fault = ''")}
    assert usable == {
        "pact-v2-get-footprint-response", "pact-v2-list-footprints-response", "pact-v2-pf-response-event", "pact-v3-example-1",
        "pact-v3-example-2", "pact-v3-get-footprint-response",
    }  # fmt: skip
    refused = {f.file.split("/")[1]: f.message for f in found(real, "intake/row-unreadable")}
    assert set(refused) == {
        "pact-v1-list-footprints-response", "pact-v2-invalid-response-all-properties", "pact-v3-invalid-response-all-properties",
    }  # fmt: skip
    assert "2023-1-08T14:47:32Z" in refused["pact-v2-invalid-response-all-properties"]
    assert "2025-1-08T14:47:32Z" in refused["pact-v3-invalid-response-all-properties"]


def test_real_ledgers_add_up_to_the_files(real: Result, shared: Path) -> None:
    for path in sorted((shared / "exports" / "purchase_ledger").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            amounts = [Decimal(row["Amount"].replace(",", "")) for row in csv.DictReader(stream)]
        assert total(real, f"ledger-{path.stem.lower().replace('_', '-')}") == sum(amounts)


def test_every_file_of_the_reference_exports_is_read_by_a_test_or_is_none(shared: Path) -> None:
    """tests/exports.csv: by which test a file is read with its totals, or why it is no export of activity data; the first line counts."""
    with (Path(__file__).parent / "exports.csv").open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    exports = shared / "exports"
    fitting = {}
    for path in sorted(exports.rglob("*")):
        name = path.relative_to(exports)
        if path.is_file():
            fitting[name] = next((row["path"] for row in listed if fnmatch.fnmatchcase(name.as_posix(), row["path"])), "")
    assert [name for name, line in fitting.items() if not line] == []
    assert {row["path"] for row in listed} - set(fitting.values()) == set()
    for row in listed:
        assert row["read_by"] or row["why"]
        if row["read_by"]:
            text = (Path(__file__).parent / row["read_by"]).read_text(encoding="utf-8")
            assert row["path"].partition("/")[0] in text or row["why"], f"{row['read_by']} does not name {row['path']}"
