"""Base year: stored, stated or computed; recalculated by event, never for growth; targets. Rule ids as in docs/base_year.md."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from inventories import FACTORS, compute, found, rows, table, write

from reporting.inventory import load_inventory
from reporting.pipeline import Result
from reporting.statement import Statement, statements
from reporting.tracing import trace
from reporting.types import InputError

GHG = "ghg_protocol/"
EVENTS = "event,date,kind,figure,t_co2e,reason,by"
BASE: dict[str, Any] = {"period": "2025", "reason": "First full year", "policy": "See the manual", "threshold": "0.05"}
DIESEL = "diesel.stationary,2026-01-01,2026-12-31,100000,l,mill"
LASTING = tuple(dict(row) | {"valid_from": "2025-01-01"} for row in FACTORS)


def inputs(**figures: str) -> dict[str, Any]:
    return {
        f"base_year.{GHG}{name}": {"2025": {"value": number, "unit": "t_co2e", "source": "Inventory of 2025"}}
        for name, number in figures.items()
    }


def made(
    folder: Path,
    *events: str,
    lines: tuple[str, ...] = (DIESEL,),
    files: dict[str, str | bytes] | None = None,
    **more: Any,  # noqa: ANN401
) -> Result:
    content: dict[str, str | bytes] = {
        "activity/s.csv": table(*lines),
        "base_year_events.csv": table(*events, header=EVENTS),
        **(files or {}),
    }
    return compute(write(folder, content, LASTING, **({"base_year": BASE, "periods": ["2026"], "variance_threshold": "1"} | more)))


def statement(result: Result, name: str, period: str = "2026") -> Statement:
    return next(one for one in statements(result.connection, period) if one.id == name)


def base(result: Result, figure: str = "scope1") -> tuple[Any, ...]:
    row: tuple[Any, ...]
    [row] = rows(result, f"select base, kept, is_recalculated from base_year_value where figure_id = '{GHG}{figure}'")  # noqa: S608 - our own words
    return row


def event(number: int, kind: str, tonnes: str, figure: str = "scope1") -> str:
    return f"E{number},2026-0{number}-01,{kind},{GHG}{figure},{tonnes},Reason {number},Controller"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(1, "acquisition", "4.999999999999")], ("100", "4.999999999999", False)),
        ([event(1, "acquisition", "5")], ("105", "0", True)),  # at the threshold: R013
        ([event(1, "divestment", "-5")], ("95", "0", True)),  # down as up
        ([event(1, "method", "3"), event(2, "error", "2")], ("105", "0", True)),  # small ones add up: R016
        ([event(1, "error", "3"), event(2, "factor", "-3")], ("100", "0", False)),
        ([event(1, "insourcing", "4"), event(2, "outsourcing", "-6")], ("98", "0", True)),  # one alone reaches it: R014
        ([event(1, "merger", "6"), event(2, "error", "5.2"), event(3, "error", "0.1")], ("111.3", "0", True)),  # 5 % of 106
        ([event(1, "organic", "500"), event(2, "new_source", "50"), event(3, "error", "1")], ("100", "1", False)),  # R015
        ([event(1, "real_factor_change", "-40"), event(2, "reported_move", "-20")], ("100", "0", False)),
        ([event(2, "error", "2"), event(1, "method", "3")], ("105", "0", True)),  # by date, not by row
    ],
)  # fmt: skip
def test_events_against_the_policy(tmp_path: Path, events: list[str], expected: tuple[str, str, bool]) -> None:
    """R013 to R016: every significant change recalculates, up and down; small ones add up; growth never does."""
    result = made(tmp_path, *events, inputs=inputs(scope1="100"))
    assert found(result, severity="error") == []
    assert base(result) == (Decimal(expected[0]), Decimal(expected[1]), expected[2])
    assert bool(found(result, "base-year/recalculated")) is expected[2]
    assert len(statement(result, "base_year_events").rows) == len(events)


def test_a_base_of_nothing_is_recalculated_by_anything_but_nothing(tmp_path: Path) -> None:
    assert base(made(tmp_path, event(1, "error", "0"), event(2, "error", "0.001"), inputs=inputs(scope1="0"))) == (
        Decimal("0.001"),
        0,
        True,
    )


def test_both_scope_2_methods_are_recalculated_apart(tmp_path: Path) -> None:
    both = [event(1, "acquisition", "10", "scope2_location"), event(1, "acquisition", "3", "scope2_market")]
    result = made(tmp_path, *both, inputs=inputs(scope2_location="100", scope2_market="80"))
    assert base(result, "scope2_location") == (Decimal(110), 0, True)
    assert base(result, "scope2_market") == (Decimal(80), 3, False)
    assert found(result, "base-year/one-scope-2-method") == []


def test_a_missing_market_base_is_the_recalculated_location_base_and_says_so(tmp_path: Path) -> None:
    """R032."""
    events = [event(1, "acquisition", "10", "scope2_location"), event(1, "acquisition", "0", "scope2_market")]
    target = {"id": "half", "figures": [GHG + "scope2_market"], "period": "2035", "reduction": "0.5", "source": "Board"}
    result = made(tmp_path, events[0], inputs=inputs(scope2_location="100"), targets=[target])
    assert base(result, "scope2_market") == (Decimal(110), 0, True)
    assert [finding.subject for finding in found(result, "base-year/market-proxy")] == [GHG + "scope2_market"]
    [row] = statement(result, "target_progress").rows
    assert row[2:4] == (Decimal(110), Decimal(55))
    assert "proxy" in str(row[-2])


def test_the_base_year_is_computed_from_its_own_activity_data(tmp_path: Path) -> None:
    old = "diesel.stationary,2025-01-01,2025-12-31,200000,l,mill"
    result = made(tmp_path, lines=(old, DIESEL), periods=["2025", "2026"])
    assert base(result) == (Decimal(500), 0, False)
    assert found(result, "base-year/computed-differs") == []
    row = next(row for row in statement(result, "base_year_values").rows if str(row[0]).endswith("(ghg_protocol/scope1)"))
    assert row[4:6] == (Decimal(250), Decimal(-50))


def stored(value: str = "480.5", name: str = GHG + "scope1") -> bytes:
    return json.dumps(
        {
            "figures": [
                {"id": name, "period": "2025", "value": value, "unit": "tCO2e"},
                {"id": "x", "period": "2024", "value": "1", "unit": "tCO2e"},
            ]
        }
    ).encode()


def test_a_stored_inventory_is_known_by_its_digest(tmp_path: Path) -> None:
    file = stored()
    keep = BASE | {"stored": {"path": "base/figures.json", "sha256": hashlib.sha256(file).hexdigest()}}
    result = made(tmp_path, event(1, "error", "50"), files={"base/figures.json": file}, base_year=keep)
    assert base(result) == (Decimal("530.5"), 0, True)
    [row] = statement(result, "base_year_values").rows
    assert row[1:4] == (Decimal("480.5"), Decimal("530.5"), 0)
    assert keep["stored"]["sha256"] in str(row[-1])


@pytest.mark.parametrize(
    ("file", "keep", "more", "why"),
    [
        (stored(), {"sha256": "0" * 64}, {}, "is not the file"),
        (stored(), {"path": "../figures.json"}, {}, "not found in the inventory folder"),
        (stored(), {"path": "base/none.json"}, {}, "not found in the inventory folder"),
        (b"[]", {}, {}, r"is no figures\.json"),
        (stored("many"), {}, {}, r"is no figures\.json"),
        (stored().replace(b"2025", b"2024"), {}, {}, "holds no figure in tCO2e of 2025"),
        (stored(), {}, {"inputs": inputs(scope1="1")}, "is also under inputs"),
    ],
)
def test_a_stored_inventory_that_cannot_be_trusted_stops_the_run(
    tmp_path: Path, file: bytes, keep: dict[str, str], more: dict[str, Any], why: str
) -> None:
    given = {"path": "base/figures.json", "sha256": hashlib.sha256(file).hexdigest()} | keep
    with pytest.raises(InputError, match=why):
        made(tmp_path, files={"base/figures.json": file}, base_year=BASE | {"stored": given}, **more)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("E,2026-01-01,earthquake,ghg_protocol/scope1,1,R,B", r":2: unknown kind"),
        ("E,2026-01-01,error,ghg_protocol/scope1,1e3,R,B", "t_co2e"),
        ("E,2026-01-01,error,ghg_protocol/scope1,,R,B", "t_co2e"),
        ("E,2026-02-30,error,ghg_protocol/scope1,1,R,B", "date"),
        ("E,2026-01-01,error,ghg_protocol/scope1,1, ,B", "reason and by"),
    ],
)
def test_a_faulty_event_stops_the_run(tmp_path: Path, row: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        made(tmp_path, row, inputs=inputs(scope1="100"))


@pytest.mark.parametrize("left_out", ["period", "reason", "policy", "threshold"])
def test_a_base_year_is_declared_whole(tmp_path: Path, left_out: str) -> None:
    """R010 and R044: year, reason, policy and threshold are there, or nothing is computed."""
    folder = write(tmp_path, {}, base_year={key: text for key, text in BASE.items() if key != left_out})
    with pytest.raises(InputError, match=left_out):
        load_inventory(folder)


def test_documents_print_the_policy(tmp_path: Path) -> None:
    """R010."""
    printed = {str(row[0]): row[1] for row in statement(made(tmp_path), "base_year_policy").rows}
    assert (printed["Base year"], printed["Why this year"], printed["Recalculation policy"]) == (
        "2025",
        "First full year",
        "See the manual",
    )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"inputs": {"base_year.ghg_protocol/scope1": {"2024": {"value": "1", "unit": "t_co2e", "source": "x"}}}}, "base year 2025"),
        ({"inputs": {"base_year.ghg_protocol/scope1": {"2025": {"value": "1", "unit": "kg", "source": "x"}}}}, "t_co2e"),
        ({"targets": [{"id": "a", "figures": [GHG + "scope1"], "period": "2030", "source": "x"}]}, "either `reduction`"),
        (
            {"base_year": None, "targets": [{"id": "a", "figures": [GHG + "scope1"], "period": "2030", "value": "1", "source": "x"}]},
            "need a base_year",
        ),
        ({"base_year": None}, "declares no base_year"),
        ({"closed": [{"period": "2026-Q1", "figures": {GHG + "scope1": "1"}, "source": "x"}]}, "is not under `periods`"),
    ],
)
def test_a_faulty_declaration_stops_the_run(tmp_path: Path, given: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why):
        made(tmp_path, event(1, "error", "1"), **({"inputs": inputs(scope1="100")} | given))


def exact(number: Fraction) -> Decimal:
    """A fraction with 12 decimals, half away from zero."""
    sign = -1 if number < 0 else 1
    scaled = abs(number) * 10**12
    return sign * Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).scaleb(-12)


@pytest.mark.parametrize(("goal", "target"), [({"reduction": "0.42"}, Fraction(174)), ({"value": "123.4"}, Fraction("123.4"))])
def test_progress_is_exact(tmp_path: Path, goal: dict[str, str], target: Fraction) -> None:
    """250 t now, 300 t then; the year 2026 is 12 of 84 months to 2032, the twelve months to June are 6 of them."""
    lines = ("diesel.stationary,2026-01-01,2026-06-30,40000,l,mill", "diesel.stationary,2026-07-01,2026-12-31,60000,l,mill")
    given = {"id": "s1", "figures": [GHG + "scope1"], "period": "2032", "source": "Board", **goal}
    part = {**given, "id": "s2", "coverage": "0.9"}
    result = made(tmp_path, lines=lines, inputs=inputs(scope1="300"), targets=[given, part], periods=["2026-Q2", "2026-Q2-TTM", "2026"])
    for period, current, months in (("2026", 250, 12), ("2026-Q2-TTM", 100, 6)):
        row, unknown = statement(result, "target_progress", period).rows
        assert unknown[3:9] == (None,) * 6
        assert str(unknown[9]).startswith("withheld: the target covers 90 % of the base year")
        path = 300 + (target - 300) * Fraction(months, 84)
        assert row[4] == current
        assert row[5] == exact(Fraction(current - 300, 300)) * 100
        assert row[6] == exact((300 - current) / (300 - target)) * 100
        assert row[7] == exact(path)
        assert row[8] == current - exact(path)
        followed = trace(result.connection, str(row[-1]), period)
        assert row[-1] == "target/s1"
        assert followed.total == current
        assert followed.is_exact
    assert not [one for one in statements(result.connection, "2026-Q2") if one.id == "target_progress"]


def test_progress_on_a_withheld_figure_is_withheld(tmp_path: Path) -> None:
    given = {"id": "s1", "figures": [GHG + "scope1"], "period": "2032", "source": "Board", "reduction": "0.42"}
    result = made(tmp_path, lines=(DIESEL.replace("100000", "10x"),), inputs=inputs(scope1="300"), targets=[given])
    [row] = statement(result, "target_progress").rows
    assert row[4:7] == (None, None, None)
    assert str(row[-2]).startswith("withheld")


def test_every_ledger_line_names_method_and_reference(root: Path) -> None:
    """R011: of the sample, no line is without the factor's publication, its cell, and the citation of its activity type."""
    from reporting.pipeline import compute as compute_sample  # noqa: PLC0415 - the one test that needs the shipped factor sets

    result = compute_sample(root / "samples" / "meridian")
    query = """select count(*), count(*) filter (where factor_publication = '' or factor_citation = '' or t.citation = '')
        from ledger l join activity_type t using (activity_type)"""
    [(lines, bare)] = rows(result, query)
    assert lines > 0
    assert bare == 0


def test_what_is_left_out_needs_a_reason(tmp_path: Path) -> None:
    """R012: a category without a reason is refused, an omission without estimate or approver is an error (tests/errors/intake)."""
    with pytest.raises(InputError, match="needs a reason"):
        load_inventory(write(tmp_path, {}, scope3_categories={"7": {"status": "excluded"}}))
