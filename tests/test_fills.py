"""Filled months: each method to the last digit, back to the bills, never where there are data, no better than what they rest on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command import run
from inventories import FACTORS, INVENTORY, compute, factor, figures, found, rows, table, value, write

from reporting.inventory import load_inventory
from reporting.pipeline import Result
from reporting.questions.coverage import coverage
from reporting.statement import statements
from reporting.tracing import trace
from reporting.types import InputError

HEADER = "activity_id,activity_type,start,end,quantity,unit,site,meter,measurement_point"
POWER = "electricity.purchased"
GHG = "ghg_protocol/"
MILL: dict[str, Any] = {
    "id": "mill",
    "name": "Mill",
    "entity": "acme",
    "country": "CA",
    "region": "CA",
    "area_m2": "300",
    "meters": [{"id": "E1", "carrier": "electricity"}],
}
SHED: dict[str, Any] = {"id": "shed", "name": "Shed", "entity": "acme", "country": "CA", "region": "CA", "area_m2": "700"}
YARD: dict[str, Any] = {"id": "yard", "name": "Yard", "entity": "acme", "country": "CA", "region": "CA", "area_m2": "200.5"}
LASTING = tuple(row | {"valid_from": "2025-01-01"} for row in map(dict, FACTORS))
AUGUST: dict[str, Any] = {
    "id": "gap",
    "site": "mill",
    "activity_type": POWER,
    "months": ["2026-08"],
    "reason": "Bill lost",
    "by": "Controller",
}
BILLS = (
    f"J,{POWER},2026-07-01,2026-07-31,1000.0000000001,kWh,mill,E1,",
    f"S,{POWER},2026-09-01,2026-09-30,1.2,MWh,mill,E1,",
    f"L,{POWER},2025-08-01,2025-08-31,777.5,kWh,mill,E1,",
    f"H,{POWER},2026-08-01,2026-08-31,300,kWh,shed,,",
    f"Y,{POWER},2026-08-01,2026-08-31,0.1,MWh,yard,,",
)


def filled(folder: Path, *lines: str, places: object = (MILL, SHED, YARD), files: dict[str, str] | None = None, **fill: Any) -> Result:  # noqa: ANN401 - any key of a fill
    content = {"activity/s.csv": table(*(lines or BILLS), header=HEADER), **(files or {})}
    return compute(write(folder, content, LASTING, sites=places, fills=[AUGUST | fill]))


def the_row(result: Result) -> tuple[Any, ...]:
    columns = "quantity, unit, data_quality, data_origin, read_status, derivation, meter, region, note"
    query = f"select {columns} from activity where derivation = 'fills'"  # noqa: S608 - our own words
    [row] = rows(result, query)
    return row


HEADS = {"meter": "E1", "sites": ["shed", "yard"], "headcounts": {"mill": "10", "shed": "20", "yard": "10"}, "source": "Payroll (test)"}
DAYS = {"degree_days": {"2026-08": "50", "2026-07": "40.5", "2026-09": "59.5"}, "source": "Weather service (test)"}


@pytest.mark.parametrize(
    ("method", "more", "expected"),
    [
        ("same_month_last_year", {"meter": "E1"}, (Decimal("777.5"), "kWh", "own")),
        # (1000.0000000001 + 1200) / 2 kWh in the unit of the latest bill, MWh, of 10 decimals; half away from zero
        ("adjacent_months", {"meter": "E1"}, (Decimal("1.1000000000"), "MWh", "own")),
        ("area_proxy", {"sites": ["shed", "yard"], "meter": "E1"}, (Decimal("133.2593003887"), "kWh", "secondary")),  # 400 x 300 / 900.5
        ("headcount_proxy", HEADS, (Decimal("133.3333333333"), "kWh", "secondary")),  # 400 x 10 / 30
        ("degree_days", {"meter": "E1", **DAYS}, (Decimal("1.1000000000"), "MWh", "own")),  # 2.2 x 50 / 100
    ],
)
def test_each_method_to_the_last_digit(tmp_path: Path, method: str, more: dict[str, Any], expected: tuple[Decimal, str, str]) -> None:
    result = filled(tmp_path, method=method, **more)
    assert found(result, severity="error") == []
    quantity, unit, quality, origin, status, derivation, meter, region, note = the_row(result)
    assert (quantity, unit, origin) == expected
    assert (quality, status, derivation, meter, region) == ("estimated", "filled", "fills", "E1", "CA")
    assert "Bill lost (Controller)" in note
    assert method.replace("_", " ") in note


def test_a_filled_row_names_every_row_it_rests_on(tmp_path: Path) -> None:
    result = filled(tmp_path, method="adjacent_months", meter="E1")
    parents = rows(result, "select parent_activity_id, quantity, unit from activity_parent order by position")
    assert parents == [("s:S", Decimal("1.2"), "MWh"), ("s:J", Decimal(1), "MWh")]


def test_the_filled_share_is_printed_and_lies_within_the_estimated_one(tmp_path: Path) -> None:
    result = filled(tmp_path, method="same_month_last_year", meter="E1")
    query = "select filled_share, estimated_share from figure where figure_id = 'ghg_protocol/scope2_location' and period = '2026-Q3'"
    total = Decimal("3377.5000000001")  # 1000.0000000001 + 777.5 + 1200 + 300 + 100
    [(share, estimated)] = rows(result, query)
    assert share == estimated == (Decimal("777.5") / total).quantize(Decimal("1e-9"), rounding="ROUND_DOWN")
    assert rows(result, "select filled_share from figure where figure_id = 'ghg_protocol/scope1'") == [(None,)]


def test_the_documents_list_the_filled_months_with_their_tonnes(tmp_path: Path) -> None:
    result = filled(tmp_path, method="same_month_last_year", meter="E1")
    [made] = [made for made in statements(result.connection, "2026-Q3") if made.id == "filled_months"]
    [row] = made.rows
    assert row[:7] == ("2026-08", "Mill", "Purchased electricity", "same month last year", 1, Decimal("777.5"), "kWh")
    assert row[7] == Decimal("777.5") * Decimal("0.275") / 1000  # 0.2 and the upstream 0.05, 0.02, 0.005


def test_coverage_says_filled(tmp_path: Path) -> None:
    cells = coverage(filled(tmp_path, method="adjacent_months", meter="E1"))
    status = {(row["site"], row["month"]): row["status"] for row in cells.to_dict("records")}
    assert [status["mill", f"2026-0{month}"] for month in (7, 8, 9)] == ["actual", "filled", "actual"]


@pytest.mark.parametrize(
    ("lines", "fill", "why"),
    [
        (BILLS[:1], {"method": "adjacent_months"}, "there are no data of mill in 2026-09"),
        ((BILLS[0], BILLS[1].replace("1.2", "1x2")), {"method": "adjacent_months"}, "a row of mill in 2026-09 cannot be used"),
        ((BILLS[0].replace("07-01", "07-02"), BILLS[1]), {"method": "adjacent_months", "meter": "E1"}, "do not cover the whole month"),
        (
            (BILLS[0].replace("E1,", "E1,it"), BILLS[1]),
            {"method": "adjacent_months", "meter": "E1"},
            "differ in hosting, measurement point",
        ),
        ((BILLS[3].replace("shed,,", "shed,,it"),), {"method": "area_proxy", "sites": ["shed"]}, "differ in hosting, measurement point"),
    ],
)
def test_a_fill_without_a_sound_basis_is_not_made(tmp_path: Path, lines: tuple[str, ...], fill: dict[str, Any], why: str) -> None:
    result = filled(tmp_path, *lines, **fill)
    [finding] = found(result, "coverage/fill-without-basis")
    assert why in finding.message
    assert rows(result, "from activity where derivation = 'fills'") == []
    assert figures(result)[GHG + "scope2_location"] == ("withheld", None)


def test_a_month_with_data_is_never_filled(tmp_path: Path) -> None:
    result = filled(tmp_path, *BILLS, f"A,{POWER},2026-08-05,2026-08-05,1,kWh,mill,E1,", method="adjacent_months", meter="E1")
    assert [finding.rule for finding in found(result, severity="error")] == ["coverage/fill-of-recorded-month"]
    assert figures(result)[GHG + "scope2_location"] == ("withheld", None)


def test_a_filled_row_is_no_better_than_its_parents(tmp_path: Path) -> None:
    """The month it rests on lies outside the period: the fault there still withholds what is filled, on both bases and upstream."""
    corrections = "source,activity_id,row,column,old,new,reason,by,date"
    files = {"corrections.csv": table("s,L,,quantity,1,2,Wrong cell,Controller,2026-10-01", header=corrections)}
    result = filled(tmp_path, *BILLS[:3], files=files, method="same_month_last_year", meter="E1")
    assert [finding.rule for finding in found(result, severity="error")] == ["intake/correction-old-differs"]
    for name in ("scope2_location", "scope2_market", "scope3_by_category/category=3"):
        assert figures(result)[GHG + name] == ("withheld", None), name


INSTRUMENTS = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    ",tracking_system,cancelled_on,beneficiary,attributes"
)


ROOT = "s:gap@2026-08~filled"


def traced(result: Result, name: str, kind: str) -> dict[str, Any]:
    """The line of a figure whose activity ends in `kind`."""
    made = trace(result.connection, GHG + name, "2026-Q3")
    assert made.is_exact, name
    lines: list[dict[str, Any]] = made.lines.to_dict("records")
    [line] = [line for line in lines if line["activity_id"].startswith(ROOT) and line["activity_id"].endswith(kind)]
    return line


def test_a_filled_allocated_loss_adjusted_kwh_leads_back_to_its_bills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """PUE on a filled IT read, a certificate for a part of it, the residual, and the losses of the grid: each names both bills."""
    site = MILL | {"pue": [{"value": "1.5", "kind": "measured", "citation": "Readings (test)"}]}
    files = {
        "activity/s.csv": table(BILLS[0].replace("E1,", "E1,it"), BILLS[1].replace("E1,", "E1,it"), header=HEADER),
        "instruments.csv": table(
            "REC,certificate,CA,,2026-08-01,2026-08-31,2026,1000,kWh,0,renewable,cancelled,C-1,Notice (test),M-RETS,2026-10-12,Acme,",
            header=INSTRUMENTS,
        ),
    }
    folder = write(tmp_path / "i", files, sites=[site], fills=[AUGUST | {"method": "adjacent_months", "meter": "E1"}])
    result = compute(folder)
    assert found(result, severity="error") == []
    bills = [f"activity/s.csv:3 | {BILLS[1].replace('E1,', 'E1,it')}", f"activity/s.csv:2 | {BILLS[0].replace('E1,', 'E1,it')}"]
    lines = {
        "location": traced(result, "scope2_location", "~filled~facility"),
        "certificate": traced(result, "scope2_market", "~REC"),
        "residual": traced(result, "scope2_market", "~filled~facility~residual"),
        "losses": traced(result, "scope3_by_category/category=3", "~t_and_d"),
    }
    for name, line in lines.items():
        assert line["activity_id"].startswith(ROOT), name
        assert [parent.partition(" from ")[2] for parent in line["parents"]] == bills, name
    kwh = {name: line["quantity"] for name, line in lines.items()}
    assert kwh["location"] == Decimal(1650)  # (1 + 1.2) / 2 MWh x 1.5
    assert kwh["certificate"] + kwh["residual"] == kwh["losses"] == kwh["location"]
    assert value(result, GHG + "scope2_market") == Decimal("0.79")  # 0.2 kg of 1500 + 1800 + 1650 - 1000 kWh
    steps = dict(rows(result, "select activity_id, parent_activity_id from activity"))
    chain = [lines["certificate"]["activity_id"]]
    while steps[chain[-1]] and chain[-1] != ROOT:
        chain.append(steps[chain[-1]])
    assert chain[-1] == ROOT
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reporting.commands.disclose.compute", lambda *_, **__: result)
        printed = run(capsys, "trace", folder, GHG + "total_market").out
    lines_printed = [line.strip() for line in printed.splitlines()]
    for kind in ("REC", "residual", "t_and_d", "well_to_tank"):  # all in the trace of one total
        [place] = [n for n, line in enumerate(lines_printed) if line.partition(" (")[0] == f"{ROOT}~facility~{kind}"]
        told = lines_printed[place + 1 : place + 3]
        assert [line.partition("MWh")[0] for line in told] == ["rests on s:S: 1.2000000000 ", "rests on s:J: 1.0000000000 "], kind
        assert [line.partition(" from ")[2] for line in told] == bills, kind


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "twice": ({"method": "same_month_last_year", "months": ["2026-08", "2026-08"]}, "a month stands twice"),
    "two runs": ({"method": "adjacent_months", "months": ["2026-06", "2026-08"]}, "one run of months"),
    "no sites": ({"method": "area_proxy"}, "`sites` names the other sites"),
    "itself": ({"method": "area_proxy", "sites": ["mill"]}, "`sites` names the other sites"),
    "no heads": ({"method": "headcount_proxy", "sites": ["shed"]}, "`headcounts` belongs"),
    "other heads": ({"method": "headcount_proxy", "sites": ["shed"], "headcounts": {"mill": "1"}, "source": "x"}, "must hold"),
    "no days": ({"method": "degree_days"}, "`degree_days` belongs"),
    "no basis": ({"method": "degree_days", "degree_days": {"2026-08": "1"}, "source": "x"}, "above 0"),
    "no source": ({"method": "degree_days", "degree_days": {"2026-08": "1", "2026-07": "1"}}, "where the degree days come from"),
    "site": ({"method": "same_month_last_year", "site": "moon"}, 'the site "moon"'),
    "meter": ({"method": "same_month_last_year", "meter": "E9"}, 'the meter "E9"'),
    "reason": ({"method": "same_month_last_year", "reason": ""}, "reason"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_declaration_is_refused(tmp_path: Path, name: str) -> None:
    fill, why = FAULTS[name]
    folder = write(tmp_path, {}, sites=[MILL, SHED], fills=[AUGUST | fill])
    with pytest.raises(InputError, match=why):
        load_inventory(folder)


@pytest.mark.parametrize(
    ("fill", "sites", "why"),
    [
        ({"method": "same_month_last_year", "activity_type": "moonshine"}, [MILL], "unknown activity type"),
        ({"method": "area_proxy", "sites": ["shed"]}, [MILL, SHED | {"area_m2": "0"}], "needs area_m2 above 0"),
        ({"method": "area_proxy", "sites": ["shed"]}, [MILL, SHED | {"area_m2": "700.00000000000001"}], "too many digits"),
    ],
)
def test_what_cannot_be_computed_stops_with_one_line(tmp_path: Path, fill: dict[str, Any], sites: object, why: str) -> None:
    with pytest.raises(InputError, match=why):
        filled(tmp_path, places=sites, **fill)


def test_a_read_replaces_an_estimate_of_another_file_and_of_several_months(tmp_path: Path) -> None:
    header = "activity_id,activity_type,start,end,quantity,unit,site,read_status,replaces"
    diesel = "diesel.stationary"
    files = {
        "activity/s.csv": table(f"E,{diesel},2026-07-01,2026-08-31,62,l,mill,estimated,", header=header),
        "activity/t.csv": table(
            f"A,{diesel},2026-07-01,2026-07-31,100,l,mill,actual,s:E",
            f"B,{diesel},2026-08-01,2026-08-31,200,l,mill,actual,s:E",
            header=header,
        ),
    }
    source = INVENTORY["sources"]["s"]
    result = compute(write(tmp_path, files, sources={"s": source, "t": source | {"path": "activity/t.csv"}}))
    assert found(result, severity="error") == []
    assert value(result, GHG + "scope1") == Decimal("0.75")
    counted = rows(result, "select activity_id from activity where counts and derivation = '' order by 1")
    assert counted == [("t:A",), ("t:B",)]


def test_parts_of_a_row_replace_the_same_parts(tmp_path: Path) -> None:
    parts = [
        {"columns": {"activity_id": "id", "start": "from", "end": "to", "replaces": "replaces", "quantity": name}, "constants": constants}
        for name, constants in (
            ("diesel", {"activity_type": "diesel.stationary", "unit": "l", "site": "mill"}),
            ("gas", {"activity_type": "natural_gas.stationary", "unit": "m3", "site": "mill"}),
        )
    ]
    lines = ["E,2026-07-01,2026-07-31,,100,10", "A,2026-07-01,2026-07-31,E,120,12"]
    source = {"path": "activity/s.csv", "connector": "mapping", "activities": parts, "data_quality": "measured", "data_origin": "own"}
    files = {"activity/s.csv": table(*lines, header="id,from,to,replaces,diesel,gas")}
    result = compute(write(tmp_path, files, [*FACTORS, factor("other", "petrol.mobile", "1", "l")], sources={"s": source}))
    assert found(result, severity="error") == []
    assert value(result, GHG + "scope1") == Decimal("0.324")  # 120 x 2.5 + 12 x 2
