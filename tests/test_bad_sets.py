"""Factor sets: what each owes is stated and there, totals add up within the printed digits, released files are the recorded ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from inventories import DIESEL, FACTORS, compute, factor, figures, found, table, write, write_factors

from reporting.database import Connection
from reporting.pipeline import run_stages
from reporting.questions.catalogue import open_catalogue
from reporting.released import recorded_with_new
from reporting.types import InputError

SCOPE1 = "ghg_protocol/scope1"
LINE = {"activity/s.csv": table(DIESEL.format(10))}
PETROL = "petrol.stationary,2026-07-01,2026-07-31,10,l,mill"


@pytest.fixture(scope="module")
def shipped() -> Connection:
    catalogue = open_catalogue()
    run_stages(catalogue, 6, 9)
    return catalogue


def test_every_shipped_set_states_what_each_of_its_tables_owes(shipped: Connection) -> None:
    unsaid = shipped.execute(
        """select distinct f.set_id, split_part(f.citation, ',', 1) from factor f
           anti join (from gas_owed where not is_general) o on o.set_id = f.set_id and o.factor_id = f.factor_id order by all limit 20"""
    ).fetchall()
    assert unsaid == [], "tables that factors/gases_owed.csv does not name"


def test_no_statement_of_what_is_owed_is_idle(shipped: Connection) -> None:
    idle = shipped.execute(
        """select r.set_id, r.table_name from gas_owed_rule r where r.set_id <> '*'
           and not exists (from factor f where f.set_id glob r.set_id and split_part(f.citation, ',', 1) glob r.table_name) order by all"""
    ).fetchall()
    assert idle == []


def test_the_shipped_sets_are_refused_by_nothing(shipped: Connection) -> None:
    assert shipped.execute("select rule, subject, message from finding where severity = 'error' order by all limit 5").fetchall() == []
    assert shipped.execute("select count(*) from factor").fetchone() == shipped.execute("select count(*) from factor_row").fetchone()


def test_the_recorded_digests_are_complete(root: Path) -> None:
    kept = (root / "factors" / "digests.csv").read_text(encoding="utf-8")
    assert kept == recorded_with_new(root / "factors"), "python -m reporting.released records new sets"


def test_a_recorded_digest_is_never_recorded_anew(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "factors" / "epa_hub_2025_waste", tmp_path / "epa_hub_2025_waste")
    (tmp_path / "digests.csv").write_text(recorded_with_new(tmp_path), encoding="utf-8")
    before = recorded_with_new(tmp_path)
    (tmp_path / "epa_hub_2025_waste" / "factors.csv").write_text("other", encoding="utf-8")
    assert recorded_with_new(tmp_path) == before


@pytest.mark.parametrize("name", ["factors.csv", "set.yaml"])
def test_a_released_set_that_was_edited_withholds_what_it_prices(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, LINE)
    (folder / "factors" / "digests.csv").write_text(recorded_with_new(folder / "factors"), encoding="utf-8")
    assert figures(compute(folder))[SCOPE1][0] == "stated"
    path = folder / "factors" / "test_1" / name
    path.write_text(path.read_text(encoding="utf-8").replace("2.5", "2.6").replace("Nobody", "Somebody"), encoding="utf-8")
    result = compute(folder)
    (finding,) = found(result, "factor/released-edited")
    assert f"{name} of factor set test_1" in finding.message
    assert figures(result)[SCOPE1][0] == "withheld"


@pytest.mark.parametrize(
    "text", ["set_id,file\na,b\n", "set_id,file,sha256\na,b\n", "set_id,file,sha256\n../a,factors.csv,0\n", "\x00\xff"]
)
def test_a_faulty_list_of_digests_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, LINE)
    (folder / "factors" / "digests.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"digests\.csv.*fix: "):
        compute(folder)


GASES = {"CO2": "2.31", "CH4": "0.001", "N2O": "0.02"}


def of_gases(factor_id: str, gases: dict[str, str], **other: str) -> list[object]:
    return [factor(factor_id, "petrol.mobile", value, "l", gas=gas, **other) for gas, value in gases.items()]


@pytest.mark.parametrize("without", ["CH4", "N2O"])
def test_a_missing_gas_withholds_and_a_zero_is_a_value(tmp_path: Path, without: str) -> None:
    files = {"activity/s.csv": table(PETROL.replace("stationary", "mobile"))}
    upstream = factor("petrol.up", "petrol.well_to_tank", "0.3", "l", boundary="well_to_tank")
    zero = write(tmp_path / "zero", files, [*FACTORS, upstream, *of_gases("petrol", GASES | {without: "0"})])  # type: ignore[list-item]
    assert figures(compute(zero))[SCOPE1][0] == "stated"
    gases = {gas: value for gas, value in GASES.items() if gas != without}
    missing = write(tmp_path / "missing", files, [*FACTORS, upstream, *of_gases("petrol", gases)])  # type: ignore[list-item]
    result = compute(missing)
    assert [f"has no row for {without}" in finding.message for finding in found(result, "factor/gas-missing")] == [True]
    assert figures(result)[SCOPE1][0] == "withheld"


def test_a_set_says_itself_what_its_tables_owe(tmp_path: Path) -> None:
    folder = write(tmp_path, LINE)
    owed = "set_id,table_name,activity_type,given,gases,citation\ntest_1,Table 1,diesel.*,,CO2e CH4,Table 1\n"
    (folder / "factors" / "gases_owed.csv").write_text(owed, encoding="utf-8")
    (finding,) = [finding for finding in found(compute(folder), "factor/gas-missing") if finding.subject == "factor:diesel"]
    assert 'has no row for CH4, which the table "Table 1" of set test_1 owes' in finding.message


def totals(scratch: Path, *rows: object) -> list[str]:
    folder = write(scratch, LINE)
    write_factors(folder, list(rows), "totals")  # type: ignore[arg-type]
    return [finding.message for finding in found(compute(folder), "factor/total")]


def gas(name: str, printed: str, value: str, **other: str) -> object:
    return factor("t", "petrol.mobile", value, "l", gas=name, published_value=printed, **other)


@pytest.mark.parametrize(
    ("printed", "rest", "is_refused"),
    [
        ("2.35", "0", False),
        ("2.34", "0", False),
        ("2.37", "0", True),
        ("2.40", "0.06", False),
        ("2.34", "2.34", True),
        ("2.33", "0.06", True),
    ],
)
def test_printed_digits_decide_how_far_a_total_may_be_off(tmp_path: Path, printed: str, rest: str, is_refused: bool) -> None:
    """Three printed gases of 2.31, 0.01 and 0.02 and a total: each is off by half a hundredth at most, together 0.02."""
    rows = [gas("CO2", "2.31", "2.31"), gas("CH4", "0.01", "0.01"), gas("N2O", "0.002e1", "0.02"), gas("CO2e", printed, rest)]
    assert bool(totals(tmp_path, *rows)) == is_refused


def test_gases_as_mass_are_weighted_and_units_scaled(tmp_path: Path) -> None:
    """CO2 printed in g, CH4 as a mass of 1 g: 2,310 g + 27.9 g (AR6) against a printed total in g."""
    rows = [gas("CO2", "2310", "2.31"), gas("CH4", "1.00", "0.001", value_as="kg_gas"), gas("N2O", "0", "0")]
    good, bad = gas("CO2e", "2338", "0"), gas("CO2e", "2335", "0")
    assert totals(tmp_path / "good", *rows, good) == []
    (message,) = totals(tmp_path / "bad", *rows, bad)
    assert message.startswith('CO2e is published as 2.335, and factor "t" adds up to 2.3379: its gases 2.3379 and 0 beside them')
