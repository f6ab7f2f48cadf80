"""Roles by coverage key: what several sources tell of one account and month is counted once; ledgers reconcile to their total."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from inventories import FACTORS, compute, factor, figures, rows, table, value, write

from reporting.commands.reconcile import print_reconciliation
from reporting.digest import jsonable
from reporting.pipeline import Result
from reporting.questions.asking import plain_record
from reporting.questions.reconcile import reconciliation
from reporting.statement import Statement

STATEMENT = (
    "usage_month,service,region,total_lbm_emissions,total_mbm_emissions,total_scope_1_emissions_value,total_scope_2_lbm_emissions_value,"
    "total_scope_2_mbm_emissions_value,total_scope_3_lbm_emissions_value,total_scope_3_mbm_emissions_value,model_version"
)
BILL = (
    "bill_billing_period_start_date,line_item_usage_start_date,line_item_usage_account_id,line_item_product_code,product_region_code,product_instance_type,"
    "line_item_usage_type,line_item_line_item_type,pricing_unit,line_item_currency_code,line_item_usage_amount,line_item_unblended_cost"
)
ROW = "activity_id,activity_type,start,end,quantity,unit,entity,region,hosting,coverage,read_status"
LEDGER = "document,supplier,account,posted,amount"
MONTHS = {"07": 31, "08": 31, "09": 30}
CLOUD = "Nimbus Cloud EMEA SARL (made up)"
PRICES = (
    *FACTORS,
    factor("services", "spend.518210", "0.1", "USD@2022", region="CA", boundary="cradle_to_gate", price_year="2022"),
)


def files() -> dict[str, str]:
    """A statement for July and August, a bill for all months, a tracker for July and September, a ledger, an accrual for August."""
    bill = [
        f"2026-{m}-01,2026-{m}-02,1,AmazonEC2,eu-central-1,m5.large,BoxUsage:m5.large,Usage,Hrs,USD,{h},50"
        for m, h in (("07", 744), ("08", 500), ("09", 720))
    ]
    tracked = [
        f"t{m},electricity.purchased,2026-{m}-01,2026-{m}-{MONTHS[m]},{kwh},kWh,acme,CA,cloud,cloud,actual"
        for m, kwh in (("07", 3), ("09", 2))
    ]
    ledger = [
        f"d1,{CLOUD},6400,2026-07-31,50", f"d2,{CLOUD},6400,2026-08-31,60", f"d3,{CLOUD},6400,2026-09-30,70",
        "d4,Acme Services Ltd (made up),6900,2026-07-15,1000", "d5,Serverhaus (made up),0410,2026-07-20,9000",
        "d6,Power and Light (made up),6100,2026-07-31,300", "d7,Advisers (made up),6800,2026-08-05,400",
        "d8,Advisers (made up),6800,2026-08-06,20",
    ]  # fmt: skip
    return {
        "activity/statement.csv": table(
            "2026-07,AmazonEC2,Europe (Frankfurt),0.010,0.002,0.001,0.004,0,0.005,0.001,v3",
            "2026-08,AmazonEC2,Europe (Frankfurt),0.012,0.003,0.001,0.005,0,0.006,0.002,v3",
            header=STATEMENT,
        ),
        "activity/bill.csv": table(*bill, header=BILL),
        "activity/tracker.csv": table(*tracked, header=ROW),
        "activity/accrual.csv": table("a8,stated.goods,2026-08-01,2026-08-31,99,kg_co2e,acme,world,cloud,cloud,accrued", header=ROW),
        "activity/ledger.csv": table(*ledger, header=LEDGER),
        "activity/meter.csv": table("m7,electricity.purchased,2026-07-01,2026-07-31,100,kWh,acme,CA,own,,actual", header=ROW),
        "exclusions.csv": table(
            "ledger,d8,,duplicate,Entered twice,,A. Person (test),,2026-10-01",
            header="source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date",
        ),
    }


def inventory(**other: Any) -> dict[str, Any]:  # noqa: ANN401
    place = {"entity": "acme", "region": "CA", "coverage": "cloud"}
    memo = [
        {"kind": "covered", "column": "account", "match": ["6100"], "covered_by": ["meter"], "reason": "Electricity is metered"},
        {"kind": "intercompany", "column": "supplier", "match": ["Acme *"], "reason": "Within the group"},
        {"kind": "capitalised", "column": "account", "match": ["04*"], "reason": "In the register of assets"},
    ]
    own = {"connector": "activity_csv", "data_quality": "measured", "data_origin": "own"}
    ledger = {
        "path": "activity/ledger.csv", "connector": "mapping", "rank": "spend", "data_quality": "proxy", "data_origin": "secondary",
        "columns": {"activity_id": "document", "supplier": "supplier", "start": "posted", "end": "posted", "quantity": "amount"},
        "constants": {"activity_type": "spend.518210", "unit": "USD", "entity": "acme", "region": "CA"}, "memo": memo,
        "stated": [{"measure": "quantity", "value": "10900", "unit": "USD", "tolerance": "20", "citation": "Trial balance (test)"}],
    }  # fmt: skip
    sources = {
        "statement": {"path": "activity/statement.csv", "connector": "aws_carbon_console", "constants": place},
        "bill": {"path": "activity/bill.csv", "connector": "aws_cur", "constants": place},
        "tracker": own | {"path": "activity/tracker.csv", "rank": "tracker"},
        "accrual": own | {"path": "activity/accrual.csv", "rank": "vendor"},
        "meter": own | {"path": "activity/meter.csv"},
        "ledger": ledger,
    }
    return {"sources": sources, "coverage": [{"key": "cloud", "names": [CLOUD.upper()]}]} | other


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Everything at once; September is decided by a person."""
    choice = [
        {"coverage": "cloud", "period": "2026-09", "source": "bill", "reason": "The tracker saw one job of many", "by": "A. Person (test)"}
    ]
    return compute(write(tmp_path_factory.mktemp("roles"), files(), PRICES, **inventory(roles=choice)), ["2026-07", "2026-08", "2026-09"])


ROLES = """select source_id, string_agg(distinct role, ',' order by role) from activity_counted
    where strftime(month, '%m') = $1 and coverage = 'cloud' group by 1"""
PRICED = """select source_id, bool_or(role = 'inventory') from ledger
    where strftime(month, '%m') = '07' and scope = '3' and scope3_category = '1' and not is_biogenic group by 1 order by 1"""


def roles(result: Result, month: str) -> dict[str, str]:
    """The roles that the rows of a source have in a month."""
    return dict(result.connection.execute(ROLES, [month]).fetchall())


def test_statement_bill_tracker_and_ledger_of_one_month_are_counted_once(result: Result) -> None:
    assert roles(result, "07") == {"statement": "inventory,memo", "bill": "memo", "tracker": "memo", "ledger": "memo"}
    # July: 10 kg of the statement; the electricity of the meter is Scope 2; nothing of the ledger remains.
    assert value(result, "ghg_protocol/scope3_by_category/category=1", "2026-07") == Decimal("0.010")


def test_a_late_statement_ends_the_accrual(result: Result) -> None:
    assert roles(result, "08") == {"statement": "inventory,memo", "bill": "memo", "accrual": "memo", "ledger": "memo"}
    reasons = rows(result, "select memo_reason from activity_counted where source_id = 'accrual'")
    assert reasons == [("accrual, the actual row has come",)]


def test_a_person_decides_for_a_month_and_says_why(result: Result) -> None:
    assert roles(result, "09") == {"bill": "inventory", "tracker": "memo", "ledger": "memo"}
    [(reason,)] = rows(result, "select memo_reason from activity_counted where source_id = 'tracker' and strftime(month, '%m') = '09'")
    assert reason == "covered by bill: The tracker saw one job of many (A. Person (test))"
    kwh = Decimal(720) * Decimal("0.0048124")
    assert value(result, "ghg_protocol/scope3_by_category/category=1", "2026-09") == (kwh * Decimal("0.2") / 1000).quantize(
        Decimal("1e-12")
    )


def statement(result: Result, name: str, period: str = "2026-Q3") -> Statement:
    [one] = [one for one in reconciliation(result, period).statements if one.id == name]
    return one


def test_the_ledger_reconciles_to_its_total(result: Result) -> None:
    ledger = statement(result, "reconcile_5_ledgers")
    lines = {str(line[2]): (line[3], line[4]) for line in ledger.rows}
    assert lines == {
        "counted": (1, Decimal(400)),
        "excluded: duplicate": (1, Decimal(20)),
        "memo: capitalised": (1, Decimal(9000)),
        "memo: covered by bill": (1, Decimal(70)),
        "memo: covered by meter": (1, Decimal(300)),
        "memo: covered by statement": (2, Decimal(110)),
        "memo: intercompany": (1, Decimal(1000)),
        "Total of the ledger": (8, Decimal(10900)),
    }


def test_a_stated_total_that_an_exclusion_explains(result: Result) -> None:
    [line] = statement(result, "reconcile_4_stated").rows
    assert line[3:9] == (Decimal(10900), Decimal(10880), Decimal(-20), Decimal(-20), "USD", "yes")


def test_a_difference_is_explained_to_the_last_gram(result: Result) -> None:
    differences = {(line[1], line[2], line[3]): line[4:] for line in statement(result, "reconcile_2_differences").rows}
    kg, less, difference, basis, boundary, coverage, energy, _ = differences["2026-07", "statement", "tracker"]
    assert (kg, less, difference) == (Decimal(10), Decimal("0.6"), Decimal("9.4"))
    assert (basis, boundary) == (Decimal(0), Decimal(6)), "Scope 1 and 3 of the vendor are no electricity"
    # The statement is of Frankfurt, the tracker of Canada: neither has what the other has.
    assert coverage == Decimal("3.4")
    assert energy is None, "the vendor does not say how much energy it was"
    for line in differences.values():
        assert sum((part for part in line[3:] if isinstance(part, Decimal)), Decimal(0)) == line[2]


def test_the_lines_stand_side_by_side(result: Result) -> None:
    lines = [line for line in statement(result, "reconcile_1_lines").rows if line[1] == "2026-07"]
    assert {(line[4], line[6]) for line in lines} == {("statement", "yes"), ("bill", "memo"), ("tracker", "memo"), ("ledger", "memo")}
    [vendor] = [line for line in lines if line[4] == "statement"]
    assert vendor[2:4] == ("AmazonEC2", "aws:eu-central-1")
    assert vendor[8:] == (Decimal(10), Decimal(2))


def test_without_the_rule_of_roles_it_would_be_four_times_as_much(result: Result) -> None:
    assert rows(result, PRICED) == [("bill", False), ("ledger", False), ("statement", True), ("tracker", False)]
    assert figures(result, "2026-07")["ghg_protocol/scope3"][0] == "stated"


def test_the_command_prints_the_comparison_and_its_json_keeps_to_the_schema(
    result: Result, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    answer = plain_record(reconciliation(result, "2026-07"))
    schema = json.loads((root / "schemas" / "reconcile.schema.json").read_text(encoding="utf-8"))
    document = json.loads(json.dumps(jsonable(answer)))
    jsonschema.validate(document, schema)
    assert document["period"] == "2026-07"
    print_reconciliation(reconciliation(result, "2026-07"))
    printed = capsys.readouterr().out
    assert "Purchase ledgers: from their total to what is counted" in printed
    assert "memo: covered by statement" in printed
