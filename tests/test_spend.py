"""Spend: the price year of a row is the year of its date, rate and deflator are visible, a missing year is said."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from inventories import compute, factor, found, rows, table, value, write

from reporting.pipeline import Result
from reporting.tracing import trace
from reporting.types import InputError

SPEND = "spend.111110,{0},{0},{1},{2},mill"
PRICED = factor("crops", "spend.111110", "0.5", "USD@2022", boundary="cradle_to_gate", price_year="2022", valid_from="2022-01-01")
OWN = "currency,year,series,value,citation\n"


def run(folder: Path, *lines: str, own: str = "", **inventory: object) -> Result:
    files = {"activity/s.csv": table(*lines)} | ({"factors/deflators.csv": OWN + own} if own else {})
    return compute(write(folder, files, [PRICED], **{"periods": ["2024", "2025", "2026"]} | inventory))


def kilograms(result: Result) -> list[Decimal]:
    return [kg for (kg,) in rows(result, "select kg_co2e from ledger order by activity_id")]


def priced(amount: str, rate: str, index: str, base: str = "292.655") -> Decimal:
    """0.5 kg per dollar of 2022, the second way: one recorded multiplier of 14 decimals, quantity to 10, mass to 12 decimals."""
    multiplier = _rounded(Fraction(rate) * Fraction(base) / Fraction(index), 14)
    dollars = _rounded(Fraction(amount) * Fraction(multiplier), 10)
    return _rounded(Fraction(dollars) / 2, 12)


def _rounded(value: Fraction, places: int) -> Decimal:
    scaled = value * 10**places
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def test_the_price_year_is_that_of_the_row(tmp_path: Path) -> None:
    result = run(tmp_path, SPEND.format("2024-05-06", "1000", "EUR"), SPEND.format("2025-05-06", "1000", "EUR"))
    query = "select '1000', r.value, i.value from deflator r join deflator i using (year) where r.currency = 'EUR' and i.currency = 'USD'"
    rates = rows(result, query + " and r.year in (2024, 2025)")
    assert sorted(kilograms(result)) == sorted(priced(*rate) for rate in rates)
    assert len(rates) == 2
    assert rows(result, "select activity_unit, factor_unit, derivation, count(*) from ledger group by all order by 1") == [
        ("EUR@2024", "USD@2022", "replaces", 1),
        ("EUR@2025", "USD@2022", "replaces", 1),
    ]


def test_a_row_over_new_year_has_two_price_years(tmp_path: Path) -> None:
    result = run(tmp_path, "spend.111110,2024-12-01,2025-01-31,620,GBP,mill")
    assert rows(result, "select unit, quantity from activity where derivation = 'replaces' order by unit") == [
        ("GBP@2024", Decimal(310)),
        ("GBP@2025", Decimal(310)),
    ]


def test_rate_deflator_and_citations_stand_in_the_trace(tmp_path: Path) -> None:
    result = run(tmp_path, SPEND.format("2024-05-06", "1000", "EUR"))
    seen = trace(result.connection, "ghg_protocol/scope3", "2024")
    assert seen.is_exact
    note = seen.lines["note"].iloc[0]
    for part in ("prices of 2024", "1 EUR = 1.08", "ECB euro reference rates", "CPI-U 292.655 (2022) over 313.689 (2024)", "CUUR0000SA0"):
        assert part in note


def test_an_amount_with_its_price_year_is_traced_alike(tmp_path: Path) -> None:
    result = run(tmp_path, SPEND.format("2025-05-06", "1000", "EUR@2024"))
    again = run(tmp_path / "again", SPEND.format("2024-05-06", "1000", "EUR"))
    assert kilograms(result) == kilograms(again)
    assert "CPI-U 292.655 (2022) over 313.689 (2024)" in rows(result, "select note from ledger")[0][0]


def test_the_rates_of_the_company_win_and_are_shown_as_such(tmp_path: Path) -> None:
    own = 'EUR,2024,usd_per_unit,1.25,"Treasury rate, mean of 2024"\n'
    result = run(tmp_path, SPEND.format("2024-05-06", "1000", "EUR"), own=own)
    assert kilograms(result) == [priced("1000", "1.25", "313.689")]
    assert "1 EUR = 1.25 USD, Treasury rate, mean of 2024 (factors/deflators.csv:2)" in rows(result, "select note from ledger")[0][0]


def test_a_currency_of_the_companys_own(tmp_path: Path) -> None:
    own = "TRY,2024,usd_per_unit,0.0305,Central bank\n"
    assert kilograms(run(tmp_path, SPEND.format("2024-05-06", "1000", "TRY"), own=own)) == [priced("1000", "0.0305", "313.689")]


def test_a_published_index_takes_the_place_of_the_stand_in(tmp_path: Path) -> None:
    line = SPEND.format("2026-05-06", "1000", "USD")
    stood_in = run(tmp_path / "one", line)
    assert kilograms(stood_in) == [priced("1000", "1", "321.943")]
    assert len(found(stood_in, "spend/price-index-stand-in")) == 1
    own = run(tmp_path / "two", line, own="USD,2026,cpi_u,330.5,BLS\n")
    assert kilograms(own) == [priced("1000", "1", "330.5")]
    assert found(own, "spend/price-index-stand-in") == []


def test_a_missing_year_is_an_error_and_no_neighbour_is_taken(tmp_path: Path) -> None:
    result = run(tmp_path, SPEND.format("2027-05-06", "1000", "EUR"), periods=["2027"])
    assert [finding.severity for finding in found(result, "spend/price-year-missing")] == ["error"]
    assert rows(result, "select * from ledger") == []
    assert found(result, "factor/none-found") == []


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("EUR,2024,usd_per_unit,1.1,\n", "deflators.csv:2: the citation is missing"),
        ("EUR,2024,usd_per_unit,-1,x\n", 'deflators.csv:2: "-1" is not a positive number'),
        ("EUR,2024,usd_per_unit,0,x\n", "not a positive number"),
        ("EUR,2024,usd_per_unit,1e3,x\n", "not a positive number"),
        ("EUR,2024,cpi_u,1.1,x\n", 'series "cpi_u" of EUR'),
        ("USD,2024,usd_per_unit,1.1,x\n", 'series "usd_per_unit" of USD'),
        ("eur,2024,usd_per_unit,1.1,x\n", '"eur" is not a currency'),
        ("EUR,24,usd_per_unit,1.1,x\n", '"24" is not a year'),
        ("EUR,2024,usd_per_unit,1.1,x\nEUR,2024,usd_per_unit,1.2,x\n", "deflators.csv:3: EUR 2024 usd_per_unit is given twice"),
        ("EUR,2024,1.1,x\n", "deflators.csv:2: 4 cells instead of 5"),
    ],
)
def test_rates_of_the_company_that_cannot_be_used(own: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fix: ") as error:
        run(tmp_path, SPEND.format("2024-05-06", "1000", "EUR"), own=own)
    assert message in str(error.value)


def test_a_factor_per_currency_without_a_year_is_refused(tmp_path: Path) -> None:
    bare = factor("bare", "spend.111120", "0.5", "EUR", boundary="cradle_to_gate")
    result = compute(write(tmp_path, {"activity/s.csv": table(SPEND.format("2024-05-06", "1", "EUR"))}, [PRICED, bare], periods=["2024"]))
    assert [finding.message for finding in found(result, "factor/unit")] == ["EUR has no price year, as in EUR@2022; the row is not used"]


def test_totals_of_the_figure(tmp_path: Path) -> None:
    result = run(tmp_path, SPEND.format("2024-05-06", "2000", "USD"))
    assert value(result, "ghg_protocol/scope3", "2024") == (priced("2000", "1", "313.689") / 1000).quantize(Decimal("1e-12"))
