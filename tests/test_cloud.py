"""Cloud connectors: every format's own twin with its traps and expected totals, and the real files where they are at hand."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from inventories import FACTORS, Row, compute, factor, found, rows, table, write

from reporting.pipeline import Result
from reporting.questions.reconcile import bill_rows, reconciliation
from reporting.types import InputError, UsageError

TWINS = Path(__file__).parent / "connectors"
KEY = "The key of the tests, which is no secret."
PLACE = {"entity": "acme", "region": "US"}
PRICES = (
    *(row for row in FACTORS if row["factor_id"] != "power"),
    factor("power", "electricity.purchased", "0.2", "kWh", basis="location", valid_from="2023-01-01"),
    factor(
        "services", "spend.518210", "0.1", "USD@2022", region="US", boundary="cradle_to_gate", price_year="2022", valid_from="2022-01-01"
    ),
    factor("large-3", "model_api.input_tokens", "2", "Mtoken", supplier="openmind (made up)/large-3", boundary="cradle_to_gate"),
    factor("large-3-out", "model_api.output_tokens", "10", "Mtoken", supplier="openmind (made up)/large-3", boundary="cradle_to_gate"),
    factor("embed-3", "model_api.input_tokens", "0.1", "Mtoken", supplier="openmind (made up)/embed-3", boundary="cradle_to_gate"),
)
NAMES = (
    "aws_carbon_console",
    "aws_carbon_export",
    "gcp_carbon",
    "azure_carbon",
    "aws_cur",
    "focus",
    "azure_cost",
    "model_api",
    "cloud_carbon_footprint",
)
OPTIONS: dict[str, dict[str, str]] = {
    "cloud_carbon_footprint": {"interval": "month"},
    "azure_carbon": {"supplier_basis": "market", "month": "file_name"},
    "gcp_carbon": {"supplier_basis": "market"},
}


def source(name: str, path: str, coverage: str = "", **other: Any) -> dict[str, Any]:  # noqa: ANN401
    """A source of one connector with a coverage key of its own, so that the sources of a test do not cover each other."""
    constants = PLACE | {"coverage": coverage or f"{name} {path}"} | other.pop("constants", {})
    return {"path": path, "connector": name, "constants": constants, "options": OPTIONS.get(name, {}), **other}


ANSWER = {"supplier_basis": "market"}
KILOGRAMS = {"unit": "kg_co2e"}
QUARTER = KILOGRAMS | {"start": "2026-07-01", "end": "2026-09-30"}
# Other files of the same connectors: answers of the APIs as JSON, the nested export as Parquet.
MORE: dict[str, dict[str, Any]] = {
    "azure_api": source("azure_carbon", "activity/azure_carbon_api/*.json", constants=KILOGRAMS)
    | {"options": ANSWER | {"month": "file_name", "scopes": "file_name"}},
    "azure_summary": source("azure_carbon", "activity/azure_carbon_summary/*.json", constants=KILOGRAMS)
    | {"options": ANSWER | {"scopes": "all"}},
    "azure_overall": source("azure_carbon", "activity/azure_carbon_overall/*.json", constants=QUARTER)
    | {"options": ANSWER | {"scopes": "all"}},
    "azure_faults": source("azure_carbon", "activity/azure_carbon_faults/*.json", constants=KILOGRAMS)
    | {"options": ANSWER | {"month": "file_name", "scopes": "file_name"}},
    "gcp_json": source("gcp_carbon", "activity/gcp_carbon/*.jsonl"),
    "gcp_parquet": source("gcp_carbon", "activity/gcp_carbon/*.parquet"),
    "openai": source("model_api", "activity/model_api_openai/*.json", constants={"supplier": "openmind (made up)"}),
    "anthropic": source("model_api", "activity/model_api_anthropic/*.json", constants={"supplier": "thinkers (made up)"}),
}


TYPED = """copy (select * replace (line_item_usage_amount::double as line_item_usage_amount,
        line_item_unblended_cost::double as line_item_unblended_cost, reservation_effective_cost::double as reservation_effective_cost,
        line_item_usage_start_date::timestamp as line_item_usage_start_date,
        savings_plan_savings_plan_effective_cost::double as savings_plan_savings_plan_effective_cost,
        bill_billing_period_start_date::timestamp as bill_billing_period_start_date)
    from read_csv($text, all_varchar = true, header = true)) to $path (format parquet)"""


def cur_parquet(text: Path, path: Path) -> bytes:
    """The twin of a Cost and Usage Report as Parquet, with the types of the real one."""
    duckdb.connect().execute(TYPED, {"text": str(text), "path": str(path)})
    return path.read_bytes()


NESTED = """copy (select * replace (usage_month::date as usage_month) from read_json($text, format = 'newline_delimited'))
    to $path (format parquet)"""


def nested_parquet(text: Path, path: Path) -> bytes:
    """The export of Google as BigQuery writes it: STRUCT columns, a DATE, floating numbers."""
    duckdb.connect().execute(NESTED, {"text": str(text), "path": str(path)})
    return path.read_bytes()


def twins(scratch: Path) -> dict[str, str | bytes]:
    """The twin files in the folders of an inventory."""
    files: dict[str, str | bytes] = {
        f"activity/{path.parent.name}/{path.name}": path.read_bytes()
        for path in sorted(TWINS.glob("*/*"))
        if path.parent.name.startswith(NAMES)
    }
    files["activity/gcp_carbon/export.parquet"] = nested_parquet(TWINS / "gcp_carbon" / "export.jsonl", scratch / "export.parquet")
    files["activity/aws_cur/cur.parquet"] = cur_parquet(TWINS / "aws_cur" / "cur.csv", scratch / "cur.parquet")
    return files


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All twins in one inventory."""
    folder = tmp_path_factory.mktemp("cloud")
    sources = {name: source(name, f"activity/{name}/*.csv") for name in NAMES}
    sources["azure_carbon"]["constants"] |= {"unit": "t_co2e"}
    sources["aws_cur"]["path"] = "activity/aws_cur/*.parquet"
    sources["cloud_carbon_footprint"] |= {"path": "activity/cloud_carbon_footprint/*.json", "time_zone": "America/New_York"}
    sources |= MORE
    sources["no_zone"] = source("cloud_carbon_footprint", "activity/cloud_carbon_footprint/*.json")
    sources["cur_csv"] = source("aws_cur", "activity/aws_cur/cur.csv")
    return compute(write(folder, {**twins(folder), "private.key": KEY}, PRICES, sources=sources))


def total(result: Result, source_id: str, role: str = "inventory", month: str = "%") -> Decimal:
    """The kg CO2e of a source's activities of a role, location-based, without what is added upstream."""
    query = """select coalesce(sum(kg_co2e), 0) from ledger where source_id = $source and role = $role
        and strftime(month, '%Y-%m') like $month and basis in ('both', 'location') and derivation in ('', 'replaces')"""
    [(kg,)] = result.connection.execute(query, {"source": source_id, "role": role, "month": month}).fetchall()
    return Decimal(kg)


def quantity(result: Result, source_id: str, activity_type: str, role: str = "inventory") -> Decimal:
    query = "select coalesce(sum(quantity), 0) from activity_counted where source_id = $1 and activity_type = $2 and role = $3"
    [(found,)] = result.connection.execute(query, [source_id, activity_type, role]).fetchall()
    return Decimal(found)


def test_the_console_is_in_tonnes_and_its_two_bases_are_never_added(result: Result) -> None:
    # Location-based 0.412 + 0.020 (July), 0.431 (August, restated), 0.405 t; market-based 0.105 + 0.018, 0.109, 0.102 t.
    assert total(result, "aws_carbon_console") == Decimal(1268)
    assert total(result, "aws_carbon_console", "memo") == Decimal(334)
    assert total(result, "aws_carbon_console", month="2026-08") == Decimal(431)


def test_a_later_console_file_restates_a_month_and_repeats_another(result: Result) -> None:
    [restated] = [one for one in found(result, "statement/restated") if "console" in one.file]
    assert (restated.row, restated.severity) == (5, "warning")
    assert "0.398000 became 0.431000" in restated.message
    [repeated] = [one for one in found(result, "statement/repeated") if "console" in one.file]
    assert repeated.row == 3


def test_console_regions_are_cloud_regions(result: Result) -> None:
    regions = rows(result, "select distinct region from activity_counted where source_id = 'aws_carbon_console' order by 1")
    assert regions == [("aws:ca-central-1",), ("aws:eu-central-1",), ("world",)]


def test_a_new_model_version_of_the_export_is_a_restatement(result: Result) -> None:
    assert total(result, "aws_carbon_export") == Decimal(310), "0.230 + 0.070 + 0.010 t, not 0.200 again"
    assert total(result, "aws_carbon_export", "memo") == Decimal(83)
    assert [one.row for one in found(result, "statement/restated") if "export" in one.file] == [2]


def test_google_states_kilograms_and_the_basis_is_chosen_once(result: Result) -> None:
    assert total(result, "gcp_carbon") == Decimal("812.1"), "402.1 + 15 + 395 kg market-based"
    assert total(result, "gcp_carbon", "memo") == Decimal("1631.75")


@pytest.mark.parametrize("name", ["gcp_json", "gcp_parquet"])
def test_nested_records_say_what_the_table_of_dotted_names_says(result: Result, name: str) -> None:
    assert total(result, name) == total(result, "gcp_carbon") == Decimal("812.1")
    assert total(result, name, "memo") == total(result, "gcp_carbon", "memo") == Decimal("1631.75")
    query = (
        "select account, service, region, starts, location::double, model_version from vendor_statement where source_id = $1 order by all"
    )
    told = {source_id: result.connection.execute(query, [source_id]).fetchall() for source_id in ("gcp_carbon", name)}
    assert told[name] == told["gcp_carbon"]


def test_an_estimate_is_taken_as_energy_with_the_tools_factor_beside_ours(result: Result) -> None:
    assert quantity(result, "cloud_carbon_footprint", "electricity.purchased") == Decimal(260)
    assert total(result, "cloud_carbon_footprint") == Decimal(52), "260 kWh at 0.2, not 0.0966 t of the tool"
    months = rows(result, "select distinct month::varchar from activity_counted where source_id = 'cloud_carbon_footprint' order by 1")
    assert months == [("2026-07-01",), ("2026-08-01",)], "midnight in New York"
    [tools] = [one for one in reconciliation(result, "2026-Q3").statements if one.id == "reconcile_3_tools"]
    [july] = [line for line in tools.rows if line[0] == "cloud_carbon_footprint" and line[1:3] == ("2026-07", "aws:us-east-1")]
    assert july[3:7] == (Decimal("120.5"), Decimal("45.7"), Decimal("24.1"), Decimal("21.6"))
    assert (july[7], july[8]) == (Decimal("0.3792531120"), Decimal("0.2"))


def test_an_estimate_that_does_not_begin_at_midnight_is_refused(result: Result) -> None:
    assert {one.rule for one in found(result, severity="error") if one.subject.startswith("activity:no_zone:")} == {"intake/date-unusable"}


def test_azure_has_the_unit_of_its_source_and_the_month_of_its_name(result: Result) -> None:
    assert total(result, "azure_carbon", month="2026-07") == Decimal("62.1"), "0.0543 + 0.0078 t"
    assert total(result, "azure_carbon", "memo") == 0, "there is no location-based value"


def test_answers_of_azure_say_what_the_table_says(result: Result) -> None:
    # Kilograms: 1.1 + 0.1 of Scope 1, 0 of Scope 2, 53.2 + 7.7 of Scope 3 (two pages); the month before is never read.
    assert total(result, "azure_api") == total(result, "azure_carbon", month="2026-07") == Decimal("62.1")
    assert total(result, "azure_api", "memo") == 0, "there is no location-based value"
    assert rows(result, "select count(*) from vendor_statement where source_id = 'azure_api'") == [(6,)]
    regions = rows(result, "select distinct region from activity_counted where source_id = 'azure_api' order by 1")
    assert regions == [("azure:uksouth",), ("azure:westeurope",)]


def test_answers_that_are_no_total_are_errors_that_say_why(result: Result) -> None:
    told = {one.file[-26:-5]: one.message for one in found(result, "intake/quantity-not-a-number") if "azure_carbon_faults" in one.file}
    assert len(told) == 7
    assert total(result, "azure_faults") == 0
    wanted = {
        "scope1_2026-07": "by location, beside rows by resource",
        "scope3_2026-07": "by resource, beside rows by location",
        "scope3_2026-08": "the month is not there for all three",
        "scope2_2026-09": "of the largest items alone",
    }
    for name, words in wanted.items():
        assert [message for file, message in told.items() if file.endswith(name) and words in message], name


def test_a_monthly_summary_has_its_months_and_an_overall_one_that_of_its_source(result: Result) -> None:
    assert [total(result, "azure_summary", month=f"2026-0{month}") for month in (7, 8)] == [Decimal("62.1"), Decimal("60.4")]
    assert total(result, "azure_overall") == Decimal("182.5")
    months = rows(result, "select count(distinct month) from activity_counted where source_id = 'azure_overall'")
    assert months == [(3,)]


@pytest.mark.parametrize("name", ["aws_cur", "cur_csv"])
def test_a_cost_and_usage_report_counts_each_hour_and_each_dollar_once(result: Result, name: str) -> None:
    # m5.large: 100 + 40.5 + 9.5 hours in three spellings; not the surcharge EBSOptimized, not the share of a split line.
    assert quantity(result, name, "instance.aws.m5.large") == Decimal(150)
    assert quantity(result, name, "instance.aws.p4d.24xlarge") == Decimal(10), "the recurring fee of the reservation is no usage"
    # 25 (plan, effective cost) + 2 (EBSOptimized) + 115 - 15 (refund) + 29 (support); no credit, tax, fee, share.
    assert quantity(result, name, "spend.518210") == Decimal(156)
    kwh = Decimal(150) * Decimal("0.0048124") + Decimal(10) * Decimal("3.8629952")
    # 0.2 kg/kWh by the factor of the test; 156 USD of 2026 at 0.1 kg per USD of 2022.
    query = "select sum(quantity) from activity where source_id = $1 and derivation = 'replaces' and unit = 'kWh'"
    assert result.connection.execute(query, [name]).fetchall() == [(kwh,)]


def test_credits_would_have_cancelled_the_cost(result: Result) -> None:
    charges = dict(rows(result, "select charge, sum(cost::decimal(38,10)) from bill_line where source_id = 'aws_cur' group by all"))
    assert charges["credit"] == Decimal("-132.25")
    assert set(charges) == {"usage", "credit", "tax", "commitment", "split", "refund", "purchase"}


def test_a_machine_without_a_cited_power_goes_by_spend(result: Result) -> None:
    notes = [one.message for one in found(result, "bill/instance-without-coefficient")]
    assert any("x9z.mega" in note for note in notes)
    assert any("q7.unheard" in note for note in notes)


def test_hours_become_energy_at_the_cloud_region_as_bought_services(result: Result) -> None:
    lines = rows(
        result,
        """select distinct scope, scope3_category, region, derivation, basis from ledger
           where source_id = 'aws_cur' and activity_type = 'electricity.purchased'""",
    )
    assert lines == [("3", "1", "aws:eu-central-1", "replaces", "both")]


def test_the_lines_of_a_group_can_be_asked_for_again(result: Result) -> None:
    query = "select row_no from bill_line where source_id = 'aws_cur' and instance = 'm5.large' and cost like '11.5%' and charge = 'usage'"
    [(row,)] = rows(result, query)
    answer = bill_rows(result, f"activity/aws_cur/cur.parquet:{row}", 10)
    assert [(line.line, line.quantity, line.cost) for line in answer.lines] == [(1, Decimal(100), Decimal("11.5"))]
    assert (answer.count, answer.is_equal) == (1, True)
    [(row,)] = rows(result, "select row_no from bill_line where source_id = 'aws_cur' and service = 'AmazonS3' and charge = 'usage'")
    assert bill_rows(result, f"cur.parquet:{row}", 10).lines[0].line == 7
    query = "select row_no from bill_line where source_id = 'cur_csv' and instance = 'm5.large' and cost like '11.5%' and charge = 'usage'"
    [(row,)] = rows(result, query)
    answer = bill_rows(result, f"activity/aws_cur/cur.csv:{row}", 10)
    assert [(line.line, line.quantity, line.cost) for line in answer.lines] == [(2, Decimal(100), Decimal("11.5"))]
    assert (answer.count, answer.is_equal) == (1, True)
    with pytest.raises(UsageError, match="is not added up"):
        bill_rows(result, "activity/gcp_carbon/export.csv:2", 10)
    with pytest.raises(UsageError, match="no row"):
        bill_rows(result, "cur.parquet:999", 10)


def test_accounts_are_replaced_when_they_are_read(result: Result) -> None:
    accounts = {
        account for (account,) in rows(result, "select distinct account from bill_line union select distinct account from vendor_statement")
    }
    assert all(account == "" or account.startswith("hmac:") for account in accounts)


def test_focus_of_three_versions(result: Result) -> None:
    assert quantity(result, "focus", "instance.aws.m5.large") == Decimal(20)
    assert quantity(result, "focus", "instance.azure.Standard_D2s_v3") == Decimal(24), "price details of 1.2"
    # 7.70 + 23 + 0.50 + 10 of version 1.0, 4.40 of the preview at its effective cost; NULL is nothing, credit and tax are out.
    assert quantity(result, "focus", "spend.518210") == Decimal("45.60")


def test_an_azure_quantity_is_multiplied_by_the_number_in_its_unit(result: Result) -> None:
    assert quantity(result, "azure_cost", "instance.azure.Standard_D2s_v3") == Decimal(31), "3 x 10 hours and 1"
    assert quantity(result, "azure_cost", "spend.518210") == Decimal("0.02")
    [left_out] = [one for one in found(result, "bill/commitment-left-out") if "azure" in one.file]
    assert "of 100 USD that are left out" in left_out.message


def test_tokens_are_priced_by_the_models_factor_else_by_spend_else_not_at_all(result: Result) -> None:
    # large-3: 27 Mtoken in (cached ones are part of them) at 2 kg, 1.7 Mtoken out at 10 kg; small-3: 22.75 USD; odd-1: nothing.
    assert quantity(result, "model_api", "model_api.input_tokens") == Decimal(28_000_000), "27 M of large-3, 1 M of odd-1"
    assert quantity(result, "model_api", "spend.518210") == Decimal("22.75")
    priced = rows(result, "select sum(kg_co2e) from ledger where source_id = 'model_api' and activity_type like 'model_api.%'")
    assert priced == [(Decimal(71),)]
    refused = [one for one in result.findings if one.file.startswith("activity/model_api/") and one.severity == "error"]
    assert {(one.rule, one.row) for one in refused} == {("factor/none-found", 5)}


def test_the_usage_api_counts_cached_tokens_once_and_every_key_and_page(result: Result) -> None:
    # 5 + 1 + 2 Mtoken in (4.5 of them cached), 0.3 + 0.1 + 0.2 out, 4 of embeddings, 0.007 and 0.001 of a model that nothing names.
    assert quantity(result, "openai", "model_api.input_tokens") == Decimal(12_007_000)
    assert quantity(result, "openai", "model_api.output_tokens") == Decimal(601_000)
    query = "select sum(kg_co2e) from ledger where source_id = 'openai' and activity_type like 'model_api.%'"
    assert rows(result, query) == [(8 * 2 + Decimal("0.6") * 10 + 4 * Decimal("0.1"),)]
    refused = [one for one in found(result, severity="error") if one.file.startswith("activity/model_api_openai/")]
    assert {(one.rule, one.file[-6:], one.row) for one in refused} == {("factor/none-found", "2.json", 2)}
    assert not [one for one in found(result, "intake/row-twice") if one.file.startswith("activity/model_api_")]


def test_tokens_read_from_a_cache_are_added_where_the_vendor_leaves_them_out(result: Result) -> None:
    # 1.5 + 6 + 0.3 + 0.2 Mtoken; no factor for the model is stated, so nothing is priced.
    assert quantity(result, "anthropic", "model_api.input_tokens") == Decimal(8_000_000)
    assert quantity(result, "anthropic", "model_api.output_tokens") == Decimal(250_000)
    assert rows(result, "select count(*) from ledger where source_id = 'anthropic'") == [(0,)]


UNPRICED = {
    ("model_api/usage.csv", 5),
    ("model_api_openai/completions_2026-07_2.json", 2),
    ("model_api_anthropic/messages_2026-07.json", 1),
}


def test_nothing_else_is_wrong_with_the_twins(result: Result) -> None:
    planned = ("activity:no_zone:", "activity:azure_faults:")
    errors = {(one.rule, one.file, one.row) for one in found(result, severity="error") if not one.subject.startswith(planned)}
    assert errors == {("factor/none-found", f"activity/{file}", row) for file, row in UNPRICED}


AZURE = (
    "BillingPeriodStartDate,SubscriptionId,Date,MeterCategory,Quantity,Cost,BillingCurrency,ResourceLocation,AdditionalInfo,"
    "UnitOfMeasure,ChargeType,PricingModel"
)
MACHINE = 'Virtual Machines,{},{},USD,westeurope,"{{""ServiceType"":""Standard_D2s_v3""}}",1 Hour,{}'
RETURNED = [
    "07/01/2026,s1,07/13/2026," + line
    for line in (
        MACHINE.format(10, 0, "Usage,SavingsPlan"),
        MACHINE.format(-2, -3, "Refund,OnDemand"),
        "Savings plan,1,100,USD,westeurope,,1,Purchase,SavingsPlan",
        "Virtual Machines,1,1000,USD,westeurope,,1,Purchase,Reservation",
        "Virtual Machines,1,-400,USD,westeurope,,1,Refund,Reservation",
        "Storage,1,5,USD,westeurope,,1 GB/Month,Usage,OnDemand",
        "Storage,1,-2,USD,westeurope,,1 GB/Month,Refund,OnDemand",
    )
]
AWS = (
    "bill_billing_period_start_date,line_item_line_item_type,line_item_usage_account_id,line_item_product_code,line_item_usage_type,line_item_usage_start_date,"
    "line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit,product_instance_type,product_region_code"
)
GIVEN_BACK = [
    f"2026-07-01,{kind},1,{product},{usage},2026-07-05,{amount},USD,{cost},{unit},{machine},eu-central-1"
    for kind, product, usage, amount, cost, unit, machine in (
        ("Usage", "AmazonEC2", "EUC1-BoxUsage:m5.large", "10", "1.2", "Hrs", "m5.large"),
        ("Refund", "AmazonEC2", "EUC1-BoxUsage:m5.large", "-10", "-1.2", "Hrs", "m5.large"),
        ("Refund", "AmazonEC2", "EUC1-HeavyUsage:q9.unheard", "-1", "-90", "Hrs", "q9.unheard"),
        ("Refund", "ComputeSavingsPlans", "ComputeSP:1yrNoUpfront", "-1", "-50", "", ""),
        ("Usage", "AmazonS3", "EUC1-TimedStorage-ByteHrs", "100", "7", "GB-Mo", ""),
        ("Refund", "AmazonS3", "EUC1-TimedStorage-ByteHrs", "-100", "-3", "GB-Mo", ""),
    )
]
"""Commitments that were bought do not count, and what was paid back of them does not either; money paid back for hours leaves the hours."""


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Sources with one planted fault each, and snapshots of one bill declared in every way."""
    cur = (TWINS / "aws_cur" / "cur.csv").read_text(encoding="utf-8")
    azure = (TWINS / "azure_carbon" / "emissions_2026-07.csv").read_text(encoding="utf-8")
    places = (
        "undeclared/cur/a",
        "undeclared/cur/b",
        "last/cur/a",
        "last/cur/b",
        "parts/cur/a",
        "parts/cur/b",
        "folders/2026-08-01/a",
        "folders/2026-08-05/a",
    )
    # The same lines of another machine: files of the same bytes are refused before.
    files: dict[str, str | bytes] = {f"activity/{place}.csv": cur.replace("i-00", f"i-{n}") for n, place in enumerate(places)}
    files |= {f"activity/{name}/2026-07.csv": azure.replace("vm-1", name) for name in ("no_basis", "no_unit")}
    sources = {
        "undeclared": source("aws_cur", "activity/undeclared/*/*.csv"),
        "last": source("aws_cur", "activity/last/*/*.csv") | {"options": {"snapshot": "file"}},
        "parts": source("aws_cur", "activity/parts/*/*.csv") | {"options": {"snapshot": "folder"}},
        "folders": source("aws_cur", "activity/folders/*/*.csv"),
        "payers": source("aws_cur", "activity/payers/*/*.csv"),
        "undated": source("aws_cur", "activity/undated/*.csv"),
        "returned": source("azure_cost", "activity/returned/*.csv"),
        "given_back": source("aws_cur", "activity/given_back/*.csv"),
        "no_basis": source("azure_carbon", "activity/no_basis/*.csv", constants={"unit": "t_co2e"}) | {"options": {"month": "file_name"}},
        "no_unit": source("azure_carbon", "activity/no_unit/*.csv"),
    }
    files |= {
        "activity/payers/one/a.csv": cur,
        "activity/payers/two/a.csv": cur.replace("444455556666", "777788889999"),
        "activity/undated/a.csv": cur.replace("Z,2026-07-01 00:00:00,", "Z,,"),
        "activity/returned/a.csv": table(*RETURNED, header=AZURE),
        "activity/given_back/a.csv": table(*GIVEN_BACK, header=AWS),
        "activity/broken/cur.parquet": b"PAR1 nonsense PAR1",
        "activity/named/cur[1].parquet": b"PAR1",
        "activity/named/cur1.parquet": b"",
    }
    sources |= {"broken": source("aws_cur", "activity/broken/*.parquet"), "named": source("aws_cur", "activity/named/*[]].parquet")}
    return compute(write(tmp_path_factory.mktemp("faults"), files, PRICES, sources=sources))


def errors_of(result: Result, name: str) -> set[str]:
    return {one.rule for one in found(result, severity="error") if one.file.startswith(f"activity/{name}/") or one.file == name}


def test_a_basis_that_the_vendor_does_not_state_is_an_error(faults: Result) -> None:
    assert errors_of(faults, "no_basis") == {"statement/basis-missing"}
    assert total(faults, "no_basis") == 0, "the other basis does not stand in"


def test_a_unit_is_never_guessed(faults: Result) -> None:
    assert errors_of(faults, "no_unit") == {"statement/unit-missing"}
    assert total(faults, "no_unit") == 0


def test_of_several_snapshots_the_last_counts_and_parts_are_added(faults: Result) -> None:
    assert errors_of(faults, "undeclared") == {"bill/snapshots-undeclared"}
    assert quantity(faults, "last", "instance.aws.m5.large") == Decimal(150)
    assert quantity(faults, "parts", "instance.aws.m5.large") == Decimal(300)
    assert quantity(faults, "folders", "instance.aws.m5.large") == Decimal(150)
    older = [one.file for one in found(faults, "bill/snapshot-older")]
    assert older == ["activity/folders/2026-08-01/a.csv", "activity/last/cur/a.csv"]


def test_bills_of_several_payers_are_no_snapshots_of_each_other(faults: Result) -> None:
    assert quantity(faults, "payers", "instance.aws.m5.large") == Decimal(300)
    assert not errors_of(faults, "payers")


def test_a_line_without_billing_period_counts_by_its_day(faults: Result) -> None:
    assert quantity(faults, "undated", "instance.aws.m5.large") == Decimal(150)


def test_refunds_take_back_spend_alone(faults: Result) -> None:
    assert quantity(faults, "returned", "instance.azure.Standard_D2s_v3") == Decimal(10)
    assert quantity(faults, "returned", "spend.518210") == Decimal(3), "the plan is bought and used: its hours count"
    assert quantity(faults, "given_back", "instance.aws.m5.large") == Decimal(10)
    assert quantity(faults, "given_back", "spend.518210") == Decimal(4)


def test_a_hostile_parquet_is_a_finding(faults: Result) -> None:
    assert errors_of(faults, "broken") == {"intake/parquet"}
    [named] = [one for one in found(faults, severity="error") if one.file.startswith("activity/named/")]
    assert (named.file, named.rule) == ("activity/named/cur[1].parquet", "intake/parquet")


def test_an_option_that_a_connector_does_not_have_is_refused(tmp_path: Path) -> None:
    for option, message in (({"supplier": "x"}, r'unknown option "supplier"'), ({"snapshot": "day"}, r"option snapshot is .day.")):
        one = source("aws_cur", "activity/s.csv") | {"options": option}
        with pytest.raises(InputError, match=message):
            compute(write(tmp_path, {"activity/s.csv": table()}, sources={"s": one}))


REAL: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ccf": ("ccf/mock-estimates.json", "cloud_carbon_footprint", {"time_zone": "America/New_York"}),
    "console": ("aws_carbon/iab_aws_console_yearly_example.csv", "aws_carbon_console", {}),
    "google": ("gcp_carbon/iab_gcp_export_example.csv", "gcp_carbon", {}),
    "focus": ("focus/focus_1.0_sample_rows_0001-0700.csv", "focus", {}),
    "azure": ("azure/EA_ActualCost_Small.csv", "azure_cost", {}),
}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The real and genuine-format files of the reference data."""
    files: dict[str, str | bytes] = {
        f"activity/{name}{Path(path).suffix}": (shared / "exports" / path).read_bytes() for name, (path, _, _) in REAL.items()
    }
    sources = {name: source(connector, f"activity/{name}{Path(path).suffix}", **other) for name, (path, connector, other) in REAL.items()}
    early: list[Row] = [dict(row) | {"valid_from": "2022-01-01"} for row in PRICES]
    return compute(write(tmp_path_factory.mktemp("real"), files, early, sources=sources, periods=["2023", "2024", "2025"]))


def test_real_files_give_their_published_totals(real: Result) -> None:
    assert total(real, "console") == Decimal("7660.951"), "absolute_emissions_kgco2e of the disclosure made from it"
    assert total(real, "google", "memo") == Decimal("210299.999"), "location-based"
    assert total(real, "google") == Decimal("159041.949"), "market-based, as the source chooses"
    errors = found(real, severity="error")
    assert {one.rule for one in errors} == {"factor/none-found"}
    assert all("alibaba:cn-hangzhou" in one.message for one in errors), "a provider without known regions is not priced by another grid"
    assert len(errors) == 15


def test_the_focus_sample_loses_no_line_and_no_cent(real: Result, shared: Path) -> None:
    with (shared / "exports" / REAL["focus"][0]).open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    wanted = sum(Decimal(line["EffectiveCost"]) for line in lines if line["ChargeCategory"] == "Usage")
    assert rows(real, "select sum(lines) from bill_line where source_id = 'focus'") == [(len(lines),)]
    assert rows(real, "select sum(cost::decimal(38,10)) from bill_line where source_id = 'focus' and charge = 'usage'") == [(wanted,)]


def test_the_estimates_of_the_tool_add_up(real: Result, shared: Path) -> None:
    document = json.loads((shared / "exports" / REAL["ccf"][0]).read_text(encoding="utf-8"), parse_float=Decimal)
    estimates = [estimate for one in document for estimate in one["serviceEstimates"]]
    wanted = sum(Decimal(estimate["kilowattHours"]).quantize(Decimal("1e-10"), ROUND_HALF_UP) for estimate in estimates)
    assert rows(real, "select count(*) from tool_statement where source_id = 'ccf'") == [(len(estimates),)]
    assert rows(real, "select sum(number) from activity_row where source_id = 'ccf'") == [(wanted,)]


def test_a_file_that_has_changed_since_is_not_asked(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "activity" / "aws_cur" / "cur.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes((result.folder / "activity" / "aws_cur" / "cur.parquet").read_bytes() + b" ")
    with pytest.raises(UsageError, match="is not the file that was read"):
        bill_rows(replace(result, folder=tmp_path), "cur.parquet:1", 1)


def test_hours_of_the_azure_sample(real: Result) -> None:
    assert quantity(real, "azure", "instance.azure.Standard_D2s_v3") == Decimal(24)
