"""Samples for auditors: drawn again by a stranger, complete tick sheets projected, changed ones refused; the register of misstatements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from command import run
from inventories import INVENTORY, compute, rows, table, value, write
from openpyxl import load_workbook

from reporting.evidence.sampling.draw import HERE, draw
from reporting.evidence.sampling.read import open_sheet, project, read_sheet
from reporting.evidence.sampling.shapes import Sample, SampleItem
from reporting.evidence.sampling.sheet import GIVEN, THINGS, write_sheet
from reporting.pipeline import Result
from reporting.reference import read_rows
from reporting.statement import statements
from reporting.types import InputError, UsageError

PERIOD, SEED = "2026-Q3", "a seed of the auditor's own: 4711"
LINES = [f"diesel.stationary,2026-07-01,2026-09-30,{100 + 37 * number},l,mill,{f'M{number}' if number < 3 else ''}" for number in range(40)]
BIG = "electricity.purchased,2026-07-01,2026-09-30,90000,kWh,mill,"
SITE = {**INVENTORY["sites"][0], "meters": [{"id": f"M{n}", "carrier": "diesel"} for n in range(3)]}
DEPOT = {**INVENTORY["sites"][0], "id": "depot", "name": "Depot"}
MISSTATEMENTS = "misstatement,period,scope,scope3_category,t_co2e,kind,description,reason,by,date\n"


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    header = "activity_type,start,end,quantity,unit,site,meter"
    files = {"activity/s.csv": table(*LINES, header=header), "activity/t.csv": table(BIG, header=header)}
    files["misstatements.csv"] = (
        MISSTATEMENTS
        + "A,2026-Q3,1,,0.25,factual,Wrong month,Small,X,2026-11-01\nB,2026-Q3,3,3,-0.05,projected,Sample,Small,X,2026-11-01\n"
    )
    source = INVENTORY["sources"]["s"]
    return compute(
        write(
            tmp_path_factory.mktemp("sampled"),
            dict(files),
            sites=[SITE, DEPOT],
            sources={"s": source, "t": source | {"path": "activity/t.csv"}},
        )
    )


def number(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def drawn_by_a_stranger(items: Iterable[tuple[str, str, Decimal]], size: int, seed: str) -> list[str]:
    """The procedure of docs/sampling.md for one stratum, written anew: (source, item, kg) -> drawn items, one for each point."""
    weighed = [
        (number(seed, "item", source, item), item, int((abs(kg) * 10**6).quantize(Decimal(1), "ROUND_HALF_UP")))
        for source, item, kg in items
    ]
    total = sum(weight for _, _, weight in weighed)
    start = int(number(seed, "start", "")[:12], 16)
    points = [(start * total + k * total * 16**12) // (size * 16**12) for k in range(size)]
    drawn, upto = [], 0
    for _, item, weight in sorted(weighed):
        drawn += [item for point in points if upto <= point < upto + weight]
        upto += weight
    return drawn


def population(result: Result) -> list[tuple[str, str, Decimal]]:
    return rows(result, """select source_id, file_path || ':' || row_no, sum(kg_co2e)::decimal(38,12) from ledger
        where view = 'control' and role = 'inventory' and basis in ('both', 'location') and not is_biogenic group by all""")  # fmt: skip


def test_the_population_is_the_total_of_the_disclosure(computed: Result) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=12)
    scopes = sum((value(computed, f"ghg_protocol/{name}") for name in ("scope1", "scope2_location", "scope3")), Decimal(0))
    assert abs(sample.kg_co2e - scopes * 1000) < Decimal("1e-8"), "figures are tonnes of 12 decimals"
    assert sample.rows == len(LINES) + 1
    assert abs(sample.materiality_kg - scopes * 50) < Decimal("1e-8")


@pytest.mark.parametrize("size", [1, 12, 41])
def test_a_stranger_draws_the_same(computed: Result, size: int) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=size)
    again = drawn_by_a_stranger(population(computed), size, SEED)
    assert sorted(item.item for item in sample.items for _ in range(item.hits)) == sorted(again)
    assert len(again) == size
    other = draw(computed, PERIOD, seed=SEED + "1", size=12)
    assert {item.item for item in other.items} != {item.item for item in draw(computed, PERIOD, seed=SEED, size=12).items}


def test_rows_at_or_above_the_interval_are_certain_and_sources_get_their_share(computed: Result) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=12)
    assert [item.item for item in sample.items if item.is_certain] == ["activity/t.csv:2"]
    by_source = draw(computed, PERIOD, seed=SEED, size=12, by="source")
    sizes = {item.stratum: item.stratum_size for item in by_source.items}
    assert sizes.keys() == {"s", "t"}
    assert 12 <= sum(sizes.values()) <= 13


def test_registers_show_what_the_ledger_does_not_hold(computed: Result) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=12)
    held = {thing.name: thing.rows_found for thing in sample.registers}
    assert held == {"mill": 41, "depot": 0, "M0": 1, "M1": 1, "M2": 1}


@pytest.mark.parametrize("call", [{"seed": ""}, {"size": 0}, {"size": 10**6}, {"by": "site"}, {"criteria": "iso_9001"}, {"seed": "a\nb"}])
def test_a_call_that_draws_nothing_is_refused(computed: Result, call: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="fix: "):
        draw(computed, PERIOD, **{"seed": SEED, "size": 5, **call})  # type: ignore[arg-type]


def tick(sample: Sample, path: Path, audited: dict[str, Decimal], *, complete: str = "yes") -> Path:
    """Fill in a tick sheet: the book value where nothing else is said."""
    write_sheet(sample, path)
    book = load_workbook(path)
    place = [column.name for column in GIVEN].index("audited_t") + 1
    for row, item in enumerate(sample.items, start=2):
        book["Rows"].cell(row, place).value = audited.get(item.item, book["Rows"].cell(row, 6).value)
    for row in range(2, len(sample.registers) + 2):
        book["Registers"].cell(row, [column.name for column in THINGS].index("complete") + 1).value = complete
    book.save(path)
    return path


def test_a_ticked_sheet_is_projected(computed: Result, tmp_path: Path) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=12, criteria="issa_5000")
    clean = read_sheet(open_sheet(tick(sample, tmp_path / "clean.xlsx", {})), sample)
    assert (clean.is_complete, clean.known_kg, clean.projected_kg) == (True, Decimal(0), Decimal(0))
    interval = sample.kg_co2e / 12
    assert clean.upper_kg is not None
    assert abs(clean.upper_kg - interval * Decimal("2.9958")) < 1
    wrong = next(item for item in sample.items if not item.is_certain)
    halved = {wrong.item: wrong.kg_co2e / 2000}
    found = read_sheet(open_sheet(tick(sample, tmp_path / "wrong.xlsx", halved)), sample)
    assert found.projected_kg is not None
    assert abs(found.projected_kg - interval / 2) < Decimal("0.001")
    assert found.standing.startswith("the projected misstatement")
    lacking = read_sheet(open_sheet(tick(sample, tmp_path / "lacking.xlsx", {}, complete="no")), sample)
    assert len(lacking.not_found) == 5
    assert "no projection covers" in lacking.standing


def test_a_sheet_that_is_incomplete_or_changed_projects_nothing(computed: Result, tmp_path: Path) -> None:
    sample = draw(computed, PERIOD, seed=SEED, size=12)
    write_sheet(sample, tmp_path / "a.xlsx")
    write_sheet(sample, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    empty = read_sheet(open_sheet(tmp_path / "a.xlsx"), sample)
    assert (empty.is_complete, empty.projected_kg) == (False, None)
    assert len(empty.not_ticked) == len(sample.items) + len(sample.registers)
    changes = {"book": ("Rows", 2, 6, 1), "item": ("Rows", 2, 2, "x:1"), "seed": ("Sample", 7, 2, "other"), "word": ("Rows", 2, 9, "ok")}
    for name, (sheet, row, column, cell) in changes.items():
        book = load_workbook(tick(sample, tmp_path / f"{name}.xlsx", {}))
        book[sheet].cell(row, column).value = cell
        book.save(tmp_path / f"{name}.xlsx")
        with pytest.raises(InputError, match="fix: "):
            read_sheet(open_sheet(tmp_path / f"{name}.xlsx"), sample)
    (tmp_path / "no.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match="no tick sheet"):
        open_sheet(tmp_path / "no.xlsx")


def item(kg: int, *, certain: bool = False, hits: int = 1) -> SampleItem:
    return SampleItem("f:1", "s", "f", "", 1, Decimal(kg), "", "", "", hits, 1000 * 10**6, 10, certain, "")


def test_the_arithmetic_of_the_projection() -> None:
    """Interval 100 kg: a certain row counts as it is, another by its share; understatement does not lower the bound."""
    pairs = [(item(500, certain=True, hits=5), Decimal(490)), (item(50), Decimal(40)), (item(80), Decimal(88)), (item(20), Decimal(20))]
    part = project("", pairs)
    assert (part.items, part.errors, part.known_kg) == (4, 3, Decimal(12))
    assert part.projected_kg == 10 + 20 - 10
    assert part.upper_kg == 10 + Decimal("299.58") + Decimal(20) * (Decimal("4.7439") - Decimal("2.9958"))
    assert project("", [(item(-50), Decimal(-60))]).projected_kg == 20


def test_the_factors_are_limits_of_the_poisson_distribution() -> None:
    for row in read_rows(HERE / "confidence_factors.csv"):
        mean, term = Decimal(row["factor"]), (-Decimal(row["factor"])).exp()
        tail = term
        for k in range(1, int(row["errors"]) + 1):
            term = term * mean / k
            tail += term
        risk = 1 - Decimal(row["confidence"])
        assert risk * Decimal("0.999") < tail <= risk


def test_uncorrected_misstatements_stand_by_scope_against_materiality(computed: Result) -> None:
    [shown] = statements(computed.connection, PERIOD, "misstatements")
    lines = [(row[0], row[1], row[3]) for row in shown.rows]
    assert ("Scope 1", "Net", Decimal("0.25")) in lines
    assert ("Scope 3", "Stated too little", Decimal("-0.05")) in lines
    assert ("All scopes", "Net", Decimal("0.2")) in lines
    [materiality] = {row[4] for row in shown.rows if row[0] == "All scopes"}
    assert abs(materiality * 1000 - draw(computed, PERIOD, seed=SEED, size=1).materiality_kg) < Decimal("1e-8")  # type: ignore[operator]


@pytest.mark.parametrize(
    "row",
    [",2026-Q3,1,,1,factual,D,R,B,2026-01-01", "A,Q3,1,,1,factual,D,R,B,2026-01-01", "A,2026-Q3,4,,1,factual,D,R,B,2026-01-01",
     "A,2026-Q3,1,3,1,factual,D,R,B,2026-01-01", "A,2026-Q3,1,,1e3,factual,D,R,B,2026-01-01", "A,2026-Q3,1,,1,sure,D,R,B,2026-01-01",
     "A,2026-Q3,1,,1,factual,D,,B,2026-01-01", "A,2026-Q3,1,,1,factual,D,R,B,1.1.2026"],
)  # fmt: skip
def test_a_faulty_misstatement_is_named_by_file_and_row(row: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"activity/s.csv": table(), "misstatements.csv": MISSTATEMENTS + row + "\n"})
    with pytest.raises(InputError, match=r"misstatements.csv:2: .*fix: "):
        compute(folder)


def test_the_command_refuses_to_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "sample", tmp_path, "--read", tmp_path / "none.xlsx")
    assert ran.code == 3
    assert ran.err.count("\n") == 1
