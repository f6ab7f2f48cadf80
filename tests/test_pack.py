"""The evidence pack of a tiny published disclosure: what its own SQL and its verifiers make of it, and which attack is found by what."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import evidence_pack as small
import inventories
import pytest
from evidence_pack import PERIOD, Bag, copied

from reporting import resources
from reporting.digest import file_sha256
from reporting.evidence.bag import TAGS
from reporting.evidence.copies import READ_BY_VERIFIER
from reporting.evidence.pack import coverage_line, pack
from reporting.evidence.pack_formats import Packed
from reporting.evidence.verify import verify
from reporting.types import InputError, UsageError

VERSION = f"{PERIOD}/v1"
LEDGER = "version/ledger.csv"
BY_COUNTRY = "ghg_protocol/scope1_and_2_by_country/country=CA"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def made() -> Packed:
    """The pack of the published version."""
    return small.shared()


@pytest.fixture(scope="module")
def bag(made: Packed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, unpacked."""
    target = tmp_path_factory.mktemp("pack") / "bag"
    with zipfile.ZipFile(made.path) as file:
        file.extractall(target)  # our own file
    return next(target.iterdir())


@pytest.fixture(scope="module")
def light(bag: Path) -> Path:
    """The same without the files that no attack touches, sealed anew: attacks are many, and each is made on a copy."""
    made = copied(bag, bag.parent.parent / "light")
    for folder in ("product/reporting/checks", "product/reporting/stages", "product/reporting/statements", "tables"):
        shutil.rmtree(made.data / folder, ignore_errors=True)
    for table in ("site", "figure", "ledger"):
        made.write(f"data/tables/{table}.parquet", (bag / "data" / "tables" / f"{table}.parquet").read_bytes())
    made.reseal()
    return made.root


@pytest.fixture(scope="module")
def standalone(bag: Path) -> ModuleType:
    """The verifier that lies in the pack, as a module."""
    return small.verifier(bag / "verify.py")


def run(standalone: ModuleType, path: Path, *words: str) -> tuple[int, str]:
    """Exit code and report of the stand-alone verifier."""
    report = io.StringIO()
    with contextlib.redirect_stdout(report):
        code = standalone.main([str(path), *words])
    return code, report.getvalue()


def test_the_honest_pack_is_accepted_and_says_what_was_not_checked(standalone: ModuleType, made: Packed, bag: Path) -> None:
    for path in (made.path, bag):
        code, report = run(standalone, path)
        assert (code, report.count("DIFFERENCE")) == (0, 0), report
    assert "re-performance, not verification under ISO 14064-3" in report
    assert "nothing differs" in report
    assert report.count("not checked  ") > 5
    for what in ("3 sign-offs", "lines multiplied again", "figures added up", "5 lines in one chain"):
        assert what in report


def test_it_shares_no_code_with_the_engine_and_needs_the_standard_library_alone(bag: Path) -> None:
    found = set(re.findall(r"^\s*(?:from|import) (\w+)", (bag / "verify.py").read_text(encoding="utf-8"), re.MULTILINE))
    assert found <= sys.stdlib_module_names
    assert not {"reporting", "duckdb"} & found


@pytest.mark.parametrize("which", ["pack_digest", "figures_digest", "version_digest"])
def test_a_stated_digest_is_recognised(standalone: ModuleType, made: Packed, bag: Path, which: str) -> None:
    code, report = run(standalone, bag, "--digest", getattr(made, which))
    assert code == 0, report
    assert "the stated digest is that of" in report


def test_coverage_is_the_share_of_tonnes_with_a_document(made: Packed) -> None:
    states = {
        state: sum(part.kg_co2e for part in made.coverage if part.state == state)
        for state in ("in the pack", "named, not in the pack", "none")
    }
    assert states["in the pack"] == Decimal(300)  # 100 l of diesel, 2.5 + 0.5 kg/l upstream
    assert states["named, not in the pack"] == Decimal(275)  # 1000 kWh, all upstream with it
    assert (
        coverage_line(made.coverage)
        == "of 1.411 t CO2e: 21.3% have a document in the pack, 19.5% name one that is not in it, 59.2% have none"
    )
    assert coverage_line(()) == "no tonnes, so no share with a document"


def test_the_script_of_the_pack_gives_the_same_totals_in_bare_duckdb(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bag)
    blocks = re.findall(r"```sql\n(.+?)```", (bag / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    connection = duckdb.connect()
    rows: list[Any] = []
    for block in blocks:
        path = block.removeprefix(".read ").strip() if block.startswith(".read ") else ""
        rows = connection.execute(Path(path).read_text(encoding="utf-8") if path else block).fetchall()
    told = {
        figure["id"]: figure for figure in json.loads((bag / "data" / "version" / "figures.json").read_text(encoding="utf-8"))["figures"]
    }
    assert [row[0] for row in rows] == [
        "ghg_protocol/scope1",
        "ghg_protocol/scope2_location",
        "ghg_protocol/scope2_market",
        "ghg_protocol/scope3",
    ]
    assert [(row[1], row[2]) for row in rows] == [(told[row[0]]["status"], Decimal(told[row[0]]["value"])) for row in rows]
    assert all(row[2] > 0 for row in rows)
    [(figures, same)] = connection.execute(
        "select count(*), count(*) filter (where f.value is not distinct from p.value and f.status = p.status) "
        "from figure f full join read_parquet('data/tables/figure.parquet') p using (figure_id, period)"
    ).fetchall()
    assert figures == same > 50


def test_bagit_python_finds_the_bag_valid(bag: Path, tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(bag)).validate(processes=1)
    broken = copied(bag, tmp_path)
    broken.swap("data/methodology.md", "Views", "views")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(broken.root)).validate(processes=1)


def test_descriptions_name_every_file_and_every_library(bag: Path) -> None:
    crate = json.loads((bag / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    files = {node["@id"]: node["sha256"] for node in crate["@graph"] if node["@type"] == "File"}
    there = {path.relative_to(bag / "data").as_posix(): file_sha256(path) for path in (bag / "data").rglob("*") if path.is_file()}
    del there["ro-crate-metadata.json"]
    assert files == there
    bill = json.loads((bag / "data" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert {"duckdb", "pydantic"} <= {part["name"] for part in bill["components"]}
    assert "Ann" not in json.dumps(bill)


def test_the_engine_computes_the_pack_again_and_names_the_first_difference(made: Packed, bag: Path, tmp_path: Path) -> None:
    found = verify(made.path, digest=made.version_digest)
    assert found.differences == ()
    assert len(found.checked) == 7
    changed = copied(bag, tmp_path)
    connection = duckdb.connect()
    path = changed.data / "tables" / "site.parquet"
    connection.execute("create table site as select * replace ('Hull' as name) from read_parquet($1) where site = 'hall'", [str(path)])
    path.unlink()
    connection.table("site").write_parquet(str(path))
    changed.swap("data/inventory/inventory.yaml", '"0.6"', '"0.7"')
    changed.swap("data/product/factors/gwp.csv", "reference gas by definition", "by definition")
    changed.reseal()
    found = verify(changed.root)
    assert any(
        "data/tables/site.parquet: the pack has a row that does not come out" in line and "Hull" in line for line in found.differences
    )
    assert any("data/tables/entity.parquet" in line for line in found.differences)
    assert any("data/product/factors/gwp.csv: is not the one of this engine" in line for line in found.differences)
    assert any("data/version/ledger.csv: line" in line for line in found.differences)


def test_what_may_not_be_passed_on_is_withheld_and_said_not_to_be_checked(standalone: ModuleType, tmp_path: Path) -> None:
    """A confidential source and a set that is not redistributable: neither file is there, the rest is accepted, both are named."""
    sources = {"s": {"path": "activity/s.csv", "connector": "activity_csv", "data_quality": "measured", "data_origin": "own"}}
    secret = sources["s"] | {"path": "activity/secret.csv", "confidential": "Contract with the supplier"}
    folder = small.inventory(tmp_path / "inventory", sources={**sources, "secret": secret})
    row = "k1,electricity.purchased,2026-07-01,2026-07-31,4711.25,kWh,mill,METER-4711,{},TOKEN-1,TOKEN-2"
    lines = [
        row.format("TOKEN.txt"),
        row.replace("4711.25", "12x").replace("k1", "k2").replace("TOKEN-2", "a note").format("a1.txt"),
        "TOKEN-3,ragged",
    ]
    (folder / "activity" / "secret.csv").write_text(inventories.table(*lines, header=f"{small.HEADER},stray,note"), encoding="utf-8")
    (folder / "evidence" / "TOKEN.txt").write_text("TOKEN-4", encoding="utf-8")
    with (folder / "corrections.csv").open("a", encoding="utf-8") as stream:
        stream.write("secret,k1,,note,TOKEN-2,as agreed,TOKEN-5,Ann,2026-10-01\n")
    inventories.write_factors(
        folder, [inventories.factor("unused", "petrol.stationary", "2.71828", "l")], "closed_1", redistributable=False
    )
    with resources.pinned(inventories.shelf()):
        made = pack(folder, "", tmp_path / "pack.zip", period=PERIOD, formats=["json"])
    kept_out = {
        "inventory/activity/secret.csv", "inventory/evidence/TOKEN.txt", "inventory/corrections.csv",
        "inventory/factors/closed_1/factors.csv",
    }  # fmt: skip
    assert set(made.left_out) == kept_out
    with zipfile.ZipFile(made.path) as file:
        names = {name.partition("/data/")[2]: name for name in file.namelist()}
        assert not kept_out & set(names)
        for path in ("csv/source_row.csv", "csv/activity.csv"):
            cells = list(csv.DictReader(io.StringIO(file.read(names[path]).decode())))
            assert "s" in {cell["source_id"] for cell in cells}
            assert ("secret" in {cell["source_id"] for cell in cells}) == (path == "csv/activity.csv"), "the ledger rests on the activity"
        assert b"2.71828" not in b"".join(file.read(name) for path, name in names.items() if not path.endswith(".parquet"))
        assert [path for path, name in names.items() if b"TOKEN-" in file.read(name)] == [], "no cell beyond those of the activity leaves"
        assert "inventory/evidence/a1.txt" in names, "an open source names it too"
        file.extractall(tmp_path / "bag")
        (tmp_path / "factor.parquet").write_bytes(file.read(names["tables/factor.parquet"]))
    with duckdb.connect() as connection:
        for table in sorted((tmp_path / "bag").glob("*/data/*/*.parquet")):
            connection.read_parquet(str(table)).write_csv(str(tmp_path / "table.csv"))
            assert b"TOKEN-" not in (tmp_path / "table.csv").read_bytes(), table.name
    sets = duckdb.connect().read_parquet(str(tmp_path / "factor.parquet")).select("set_id").fetchall()
    assert ("test_1",) in sets
    assert ("closed_1",) not in sets
    code, report = run(standalone, made.path)
    assert (code, report.count("DIFFERENCE")) == (0, 0), report
    unchecked = [line for line in report.splitlines() if line.startswith("not checked")]
    assert [line for line in unchecked if "inventory/activity/secret.csv: kept out of the pack as confidential" in line]
    assert [line for line in unchecked if "closed_1" in line]
    found = verify(made.path)
    assert len(found.differences) == 4
    assert all(f"data/{name}: is kept out of the pack" in " ".join(found.differences) for name in kept_out)


# Attacks ------------------------------------------------------------------------------------------------------------------------------


def cell(row: int, column: str, value: str) -> Callable[[Rows], object]:
    """Change one cell."""
    return lambda rows: rows[row].update({column: value})


def where(name: str, wanted: str, **changes: str) -> Callable[[Rows], object]:
    """Change the rows that have a value in a column."""
    return lambda rows: [row.update(changes) for row in rows if row[name] == wanted]


def without(column: str, value: str) -> Callable[[Rows], object]:
    """Take out the rows whose cell begins with a value."""
    return lambda rows: rows.__setitem__(slice(None), [row for row in rows if not row[column].startswith(value)])


def but(column: str, value: str) -> Callable[[Rows], object]:
    """Take out the rows that have a value in a column."""
    return lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[column] != value])


def line(bag: Bag, old: str, new: str) -> Bag:
    """Change a text in the source file."""
    return bag.swap("data/inventory/activity/s.csv", old, new)


def restated(bag: Bag) -> Bag:
    """Say the source file's digest anew where the tables state it."""
    digest = file_sha256(bag.data / "inventory" / "activity" / "s.csv")
    for name in ("source_file", "row_account"):
        bag.rows(f"csv/{name}.csv", lambda rows: [row.update(sha256=digest) for row in rows])
    return bag


def gone_from_all(bag: Bag) -> None:
    """Row a1 out of source, ledger and figures."""
    line(bag, "a1,diesel.stationary,2026-07-01,2026-07-31,100,l,mill,,evidence/a1.txt\n", "")
    restated(bag)
    bag.rows("csv/source_file.csv", lambda rows: rows[0].update(rows_read="6"))
    bag.rows(LEDGER, without("activity_id", "s:a1"))


def factor_everywhere(bag: Bag) -> None:
    """Diesel at 2.0 kg/l in set, price and ledger alike, kg with it."""
    bag.swap("data/inventory/factors/test_1/factors.csv", "kg CO2e/l,2.5,", "kg CO2e/l,2.0,")
    digest = file_sha256(bag.data / "inventory" / "factors" / "test_1" / "factors.csv")
    bag.rows("csv/factor_set.csv", where("set_id", "test_1", digest=digest))
    bag.rows("csv/price.csv", where("factor_id", "diesel", factor="2.00000000000000"))
    bag.rows(LEDGER, rescaled)


def rescale(row: dict[str, str]) -> dict[str, str]:
    """The products of a ledger line at 2.0 kg/l."""
    kg = Decimal(row["quantity"]) * 2 * Decimal(row["share"])
    return row | {"factor": "2.00000000000000", "kg_co2e": f"{kg:.12f}"}


def rescaled(rows: Rows) -> None:
    """All lines of diesel at 2.0 kg/l."""
    rows[:] = [rescale(row) if row["factor_id"] == "diesel" else row for row in rows]


def event(number: int, **changes: str) -> Callable[[list[dict[str, Any]]], object]:
    """Change an event of the register."""
    return lambda events: events[number].update(changes)


def reordered(bag: Bag) -> None:
    lines = bag.text("data/register/register.jsonl").splitlines(keepends=True)
    bag.write("data/register/register.jsonl", "".join([lines[0], lines[2], lines[1], *lines[3:]]))


def truncated(bag: Bag) -> None:
    lines = bag.text("data/register/register.jsonl").splitlines(keepends=True)
    bag.write("data/register/register.jsonl", "".join(lines[:-1]))


def appended(bag: Bag) -> None:
    text = bag.text("data/register/register.jsonl")
    forged = text.splitlines(keepends=True)[3].replace("Bob Boyd", "Dee Dole")
    bag.write("data/register/register.jsonl", text + forged)


def incomplete(bag: Bag) -> None:
    bag.json(f"register/{VERSION}/version.json", lambda made: made.update(incomplete=["ghg_protocol/scope1"]))


def linked(bag: Bag) -> None:
    (bag.data / "inventory" / "evidence" / "a1.txt").unlink()
    (bag.data / "inventory" / "evidence" / "a1.txt").symlink_to("/etc/hostname")


# name -> (what is changed, how far the traces are covered, what the report must say)
ATTACKS: dict[str, tuple[Callable[[Bag], object], str, str]] = {
    "source byte": (lambda b: line(b, ",100,l", ",101,l"), "", "inventory/activity/s.csv: its SHA-256"),
    "source swapped, manifests anew": (lambda b: line(b, ",100,l", ",101,l"), "bag", "activity/s.csv: is not the file that was"),
    "source swapped, digests anew": (lambda b: (line(b, ",100,l", ",101,l"), restated(b)), "all", "activity/s.csv:2: the file says"),
    "evidence document replaced": (
        lambda b: b.write("data/inventory/evidence/a1.txt", "Invoice: 90 l\n"),
        "bag",
        "evidence/a1.txt: is not the file that was published",
    ),
    "figures.json replaced": (
        lambda b: b.swap("data/version/figures.json", '"stated": "', '"stated": "9'),
        "bag",
        "version/figures.json: is not the file that was published",
    ),
    "figures.json and digests": (
        lambda b: b.swap("data/version/figures.json", '"stated": "', '"stated": "9'),
        "all",
        "version/figures.json: ",
    ),
    "ledger replaced": (
        lambda b: b.rows(LEDGER, cell(0, "kg_co2e", "1.000000000000")),
        "bag",
        "version/ledger.csv: is not the file that was published",
    ),
    "kg of a line": (lambda b: b.rows(LEDGER, cell(0, "kg_co2e", "1.000000000000")), "all", "version/ledger.csv:2: "),
    "quantity of a line": (
        lambda b: b.rows(LEDGER, cell(0, "activity_quantity", "1.0000000000")),
        "all",
        "version/ledger.csv:2: the quantity is",
    ),
    "GWP of a line": (lambda b: b.rows(LEDGER, cell(0, "gwp", "0.500")), "all", 'version/ledger.csv:2: gwp is "0.500"'),
    "weight of a line": (lambda b: b.rows(LEDGER, where("entity", "half", share="0.500000000")), "all", 'share is "0.500000000"'),
    "scope of a line": (lambda b: b.rows(LEDGER, where("scope", "1", scope="3")), "all", 'scope is "3"'),
    "month of a line": (lambda b: b.rows(LEDGER, where("month", "2026-07-01", month="2026-04-01")), "all", 'month is "2026-04-01"'),
    "source row of a line": (lambda b: b.rows(LEDGER, cell(0, "row_no", "3")), "all", "comes from row 2 of s, not from 3"),
    "line taken out": (lambda b: b.rows(LEDGER, lambda rows: rows.pop()), "all", "lines, it must have"),
    "line twice": (lambda b: b.rows(LEDGER, lambda rows: rows.insert(0, dict(rows[0]))), "all", "is there twice, or out of order"),
    "line of no activity": (lambda b: b.rows(LEDGER, cell(0, "activity_id", "s:zz")), "all", "s:zz is no activity"),
    "factor in set and ledger": (factor_everywhere, "all", "the lines give"),
    "factor in ledger alone": (
        lambda b: b.rows(LEDGER, rescaled),
        "all",
        'factor is "2.00000000000000"',
    ),
    "factor in price and ledger": (
        lambda b: (
            b.rows("csv/price.csv", where("factor_id", "diesel", factor="2.00000000000000")),
            b.rows(LEDGER, rescaled),
        ),
        "all",
        "the file of test_1 says 2.5",
    ),
    "gas taken from a price": (lambda b: b.rows("csv/price.csv", where("factor_id", "diesel", gas="CO2")), "all", "says nothing"),
    "row out of source, ledger, figures": (gone_from_all, "all", "source_row.csv"),
    "row out of ledger and activities": (
        lambda b: (b.rows(LEDGER, without("activity_id", "s:a1")), b.rows("csv/activity.csv", without("activity_id", "s:a1"))),
        "all",
        "s:a1 is missing",
    ),
    "activity row out": (lambda b: b.rows("csv/activity_row.csv", without("activity_id", "s:a1")), "all", "gives no activity row"),
    "quantity of an activity row": (
        lambda b: b.rows("csv/activity_row.csv", where("activity_id", "s:a1", quantity="90.0000000000")),
        "all",
        '"100" is 100, not 90.0',
    ),
    "quantity and its text": (
        lambda b: b.rows("csv/activity_row.csv", where("activity_id", "s:a1", quantity="90.0000000000", quantity_text="90")),
        "all",
        'quantity is "100" in the file',
    ),
    "dates of an activity row": (
        lambda b: b.rows("csv/activity_row.csv", where("activity_id", "s:a1", period_end="2026-07-31 00:00:00")),
        "all",
        '"2026-07-31" is 2026-08-01',
    ),
    "month of a split row": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a2@2026-07", quantity="30.0000000000")),
        "all",
        "its share of the row is 31",
    ),
    "upstream row out": (
        lambda b: (b.rows("csv/activity.csv", without("activity_id", "s:a1~well")), b.rows(LEDGER, without("activity_id", "s:a1~well"))),
        "all",
        "s:a1~well_to_tank is missing",
    ),
    "upstream quantity": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a1~well_to_tank", quantity="1.0000000000")),
        "all",
        "from s:a1 it is 100",
    ),
    "activity that does not count": (
        lambda b: (b.rows("csv/activity.csv", where("activity_id", "s:a1", counts="false")), b.rows(LEDGER, without("entry_id", "s:a1/"))),
        "all",
        "does not count, and no row",
    ),
    "activity made memo": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a1", role="memo")),
        "all",
        "by the rank of its sources it is inventory",
    ),
    "row excluded": (
        lambda b: b.rows("csv/excluded_row.csv", cell(0, "kind", "omitted")),
        "all",
        "is not what row 2 of exclusions.csv says",
    ),
    "correction invented": (
        lambda b: b.rows("csv/correction_cell.csv", cell(0, "new", "3")),
        "all",
        "is not what row 2 of corrections.csv says",
    ),
    "rows lost": (lambda b: b.rows("csv/row_account.csv", cell(0, "rows_accepted", "5")), "all", "accounted for"),
    "unit conversion": (
        lambda b: b.rows("csv/unit_conversion.csv", where("from_unit", "MWh", multiplier="1.00000000000000")),
        "all",
        "unit_conversion.csv",
    ),
    "weight of an entity": (lambda b: b.rows("csv/entity.csv", where("entity", "half", ownership="0.500000000")), "all", "share is"),
    "energy content": (
        lambda b: b.rows("csv/energy_rule.csv", where("activity_type", "diesel.stationary", mwh_per_unit="0.00100000000000")),
        "all",
        "energy_contents.csv says",
    ),
    "lot of carbon credits": (
        lambda b: b.rows("csv/carbon_credit.csv", where("credit_id", "C1", t_co2e="99.000000000000")),
        "all",
        "C1: t_co2e is 99",
    ),
    "answer of the register of credits": (
        lambda b: b.rows("csv/input.csv", where("name", "credits_planned", value="1.000000000000")),
        "all",
        "credits_planned of 2026-Q3 is 1.000000000000; the lots of carbon_credits.csv give 7",
    ),
    "figure": (
        lambda b: b.rows("csv/figure.csv", where("figure_id", "ghg_protocol/scope1", value="0.100000000000")),
        "all",
        "ghg_protocol/scope1@2026-Q3 is 0.1",
    ),
    "figure rounded down": (
        lambda b: b.rows("csv/figure.csv", where("figure_id", "ghg_protocol/scope1", stated="0.000000000000")),
        "all",
        "rounded it is",
    ),
    "figure withheld": (
        lambda b: b.rows("csv/figure.csv", where("figure_id", BY_COUNTRY, status="withheld", value="", stated="")),
        "all",
        "and no row of figure_damage.csv withholds it",
    ),
    "share of measured data": (
        lambda b: b.rows("csv/figure.csv", where("figure_id", "ghg_protocol/scope1", measured_share="0.500000000000")),
        "all",
        "measured_share of",
    ),
    "datapoint that leaves out": (
        lambda b: b.rows("csv/datapoint.csv", where("datapoint", "scope1", scope="9")),
        "all",
        'scope1: scope is "9"',
    ),
    "register reordered": (reordered, "bag", "register.jsonl:2: does not continue"),
    "register truncated": (truncated, "bag", "lines were cut off or added"),
    "register line edited": (
        lambda b: b.swap("data/register/register.jsonl", "Cy Cole", "Cy Coal"),
        "bag",
        "register.jsonl:4: does not continue",
    ),
    "approval forged": (appended, "bag", "register.jsonl:6: does not continue"),
    "approval by the preparer": (lambda b: b.register(event(3, name="ANN  ames")), "bag", "approves 2026-Q3/v1, which they prepared"),
    "approval of something else": (lambda b: b.register(event(3, digest="1" * 64)), "bag", "signs something else"),
    "approval of what is incomplete": (incomplete, "all", "which is incomplete"),
    "publication taken out": (lambda b: b.register(lambda events: events.pop(0)), "bag", "does not publish 2026-Q3/v1"),
    "version before it": (
        lambda b: b.json(f"register/{VERSION}/version.json", lambda made: made.update(previous="1" * 64)),
        "all",
        "the chain of versions is broken",
    ),
    "manifest of the version": (
        lambda b: b.json(f"register/{VERSION}/version.json", lambda made: made.update(reason="other")),
        "bag",
        "is not the manifest that the register published",
    ),
    "file not listed": (lambda b: b.write("data/extra.txt", "x"), "", "data/extra.txt: is in the bag and not listed"),
    "source file added": (lambda b: b.write("data/inventory/activity/t.csv", "x"), "bag", "was not there when the version was published"),
    "file missing": (lambda b: (b.root / "data/methodology.md").unlink(), "", "data/methodology.md: is listed in the bag and missing"),
    "names that differ by case": (lambda b: b.write("data/Methodology.md", "x"), "bag", "by case alone"),
    "link": (linked, "", "is a link or a device"),
    "manifest that leads out": (lambda b: b.write("manifest-sha256.txt", "0" * 64 + "  data/../../x\n"), "", "leads out of the pack"),
    "verifier edited": (lambda b: b.swap("verify.py", "CLAIM = ", "CLAIM =  "), "", "verify.py: its SHA-256"),
    "pack.json broken": (lambda b: b.write("data/pack.json", "[" * 100_000), "bag", "data/pack.json: "),
    "table that is no CSV": (lambda b: b.write("data/csv/activity.csv", b"\xff\x00"), "all", "cannot be read"),
    "absurd number": (lambda b: b.rows(LEDGER, cell(0, "kg_co2e", "1e999999999")), "all", "has not 12 decimals"),
}


FORGED = {"rule": "x/y", "severity": "error", "file": "activity/s.csv", "row": 2, "subject": "row:2", "message": "m", "fix": "f",
          "row_text": "", "damages": [], "citation": "", "cell": ""}  # fmt: skip


def findings(bag: Bag, change: Callable[[list[Any]], object]) -> None:
    """Change the findings in both documents."""
    for name in ("findings", "figures"):
        bag.json(f"version/{name}.json", lambda document: change(document["findings"]))


def added(bag: Bag, name: str, *lines: str) -> Bag:
    """Add rows to a table."""
    return bag.write(f"data/csv/{name}.csv", bag.text(f"data/csv/{name}.csv") + "".join(f"{line}\n" for line in lines))


def unreadable(bag: Bag) -> None:
    """Row 2 is said to be unreadable, with an error that withholds nothing."""
    added(bag, "rejected_row", 's,1,2,x,"a1,diesel"')
    findings(bag, lambda found: found.append(FORGED))


def superseded(bag: Bag) -> None:
    """Row 2 is said to be superseded by row 3."""
    header = bag.text("data/csv/superseded_row.csv").strip().split(",")
    row = {
        "source_id": "s",
        "file_no": "1",
        "row_no": "2",
        "part": "1",
        "natural_key": "k",
        "kind": "again",
        "by_file_no": "1",
        "by_row_no": "3",
    }
    added(bag, "superseded_row", ",".join(row.get(name, "") for name in header))
    bag.rows("csv/activity_row.csv", without("activity_id", "s:a1"))


def unpriced(reason: str, name: str = "s:a1~well_to_tank") -> Callable[[Bag], object]:
    """A row is said to need no line of its own, and has none."""
    return lambda bag: (added(bag, "unpriced_activity", f"{name},{reason}"), bag.rows(LEDGER, without("entry_id", f"{name}/")))


def no_price(bag: Bag) -> None:
    """The price of diesel is gone, and the lines with it."""
    bag.rows("csv/price.csv", without("factor_id", "diesel"))
    bag.rows(LEDGER, lambda rows: rows.__setitem__(slice(None), [row for row in rows if not row["factor_id"].startswith("diesel")]))


def swapped(bag: Bag) -> None:
    """Scope 1 and Scope 3 take each other's names."""
    one, other = "ghg_protocol/scope1", "ghg_protocol/scope3"
    bag.rows(
        "csv/figure.csv",
        lambda rows: [row.update(figure_id={one: other, other: one}.get(row["figure_id"], row["figure_id"])) for row in rows],
    )


def elsewhere(bag: Bag) -> None:
    """pack.json points to an honest copy of figures.json, the published one says something else."""
    bag.write("data/given/figures.json", bag.text("data/version/figures.json")).json(
        "pack.json", lambda meta: meta.update(figures="given/figures.json")
    )
    bag.swap("data/version/figures.json", '"stated": "', '"stated": "9')


def meta(**changes: object) -> Callable[[Bag], object]:
    """Say something else in pack.json."""
    return lambda bag: bag.json("pack.json", lambda document: document.update(changes))


def published_figure(column: str, value: str) -> Callable[[Bag], object]:
    """Change what Scope 1 is called, measured in or rounded to."""
    return lambda bag: bag.rows("csv/figure.csv", where("figure_id", "ghg_protocol/scope1", **{column: value}))


def header_row(document: dict[str, Any]) -> None:
    """The first row of the file passes for its header."""
    document["reading"]["s"]["header_row"] = 2


SECOND_LOOK: dict[str, tuple[Callable[[Bag], object], str, str]] = {
    "activity in another month": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a1", month="2026-04-01")), "all", "s:a1 is of 2026-04-01, row 2"),
    "activity of another type": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a5", activity_type="diesel.stationary")), "all", "activity_type is"),
    "activity of another entity": (lambda b: b.rows("csv/activity.csv", where("entity", "acme", entity="half")), "all", 'entity is "half"'),
    "upstream row in another month": (
        lambda b: b.rows("csv/activity.csv", where("activity_id", "s:a1~well_to_tank", month="2026-04-01")),
        "all", 's:a1 has "2026-07-01"'),
    "first row read as the header": (lambda b: b.json("pack.json", header_row), "all", "is not the header that source_column.csv has"),
    "row said to be unreadable": (unreadable, "all", "is said to be unreadable (rejected_row.csv) and can be read"),
    "unreadable row without an error": (lambda b: added(b, "rejected_row", 's,1,9,x,"z"'), "all", "no error of findings.json says so"),
    "row said to be superseded": (superseded, "all", "is not superseded by row 3"),
    "exclusion of another row": (
        lambda b: b.rows("csv/excluded_row.csv", cell(0, "row_no", "2")), "all", "exclusions.csv names a6, which is another row"),
    "correction of another row": (
        lambda b: b.rows("csv/correction_cell.csv", cell(0, "row_no", "5")),
        "all", "corrected by a row of corrections.csv that names another"),
    "correction of what the cell does not say": (
        lambda b: b.swap("data/inventory/corrections.csv", "30.5,30.25", "30.0,30.25").rows(
            "csv/correction_cell.csv", lambda rows: rows[0].update(old="30.0", found="30.0")),
        "all", 'corrected from "30.0", but the cell says "30.5"'),
    "row made memo": (
        lambda b: b.rows("csv/activity_row.csv", where("activity_id", "s:a1", given_role="memo")), "all", 'role is "" in the file'),
    "row of another site's region": (
        lambda b: b.rows("csv/activity_row.csv", where("activity_id", "s:a1", region="US")), "all", 'region is "CA" in the file'),
    "activity type changed": (
        lambda b: b.rows("csv/activity_type.csv", where("activity_type", "diesel.stationary", is_energy="false")), "all", "is_energy is"),
    "rule of upstream rows out": (
        lambda b: b.rows("csv/derivation_rule.csv", but("activity_type", "diesel.stationary")),
        "all", "lacks the rule adds well_to_tank diesel.stationary"),
    "energy rule out": (
        lambda b: b.rows("csv/energy_rule.csv", without("activity_type", "diesel.stationary")),
        "all", "lacks the energy of diesel.stationary in l"),
    "price out": (no_price, "all", "no factor prices it, and no error of findings.json says so"),
    "row said to be contained": (unpriced("contained"), "all", "s:a1~well_to_tank is said to be contained in the factor of s:a1"),
    "row said to be too large": (unpriced("too large", "s:a1"), "all", "s:a1: too large, and no error of findings.json says so"),
    "figures swapped": (swapped, "all", "figure_id is"),
    "unit of a figure": (published_figure("unit", "kg"), "all", 'unit is "kg", by its datapoint it is "tCO2e"'),
    "decimals of a figure": (published_figure("decimals", "0"), "all", 'decimals is "0"'),
    "name of a figure": (published_figure("label", "Scope 3 emissions"), "all", 'label is "Scope 3 emissions"'),
    "figure no longer mandatory": (published_figure("is_mandatory", "false"), "all", 'is_mandatory is "false"'),
    "figure left out": (
        lambda b: b.rows("csv/figure.csv", but("figure_id", "ghg_protocol/scope3")), "all", "ghg_protocol/scope3//2026-Q3 is missing"),
    "figure twice": (lambda b: b.rows("csv/figure.csv", lambda rows: rows.append(dict(rows[0]))), "all", "is there twice"),
    "name in figures.json": (
        lambda b: b.swap("data/version/figures.json", '"label": "Scope 1 emissions"', '"label": "Scope 9 emissions"'),
        "all", "'Scope 9 emissions'"),
    "findings of one document": (
        lambda b: b.json("version/findings.json", lambda document: document["findings"].pop()), "all", "lists other findings than"),
    "withheld unseen": (
        lambda b: added(b, "figure_damage", "ghg_protocol/scope1,2026-Q3,intake/x,k"), "all", "which findings.json does not say"),
    "quarter of two months": (lambda b: b.rows("csv/period.csv", cell(0, "ends", "2026-09-01")), "all", "is a quarter from 2026-07-01"),
    "approved twice": (lambda b: b.register(event(2, event="approve", name="BOB boyd")), "bag", "Bob Boyd had approved 2026-Q3/v1 already"),
    "reviewed and not prepared": (lambda b: b.register(event(1, event="review", name="Zoe")), "bag", "which nobody had prepared"),
    "approved after the close": (lambda b: b.register(lambda events: events.insert(3, events.pop())), "bag", "though 2026-Q3 is closed"),
    "signed before it was published": (
        lambda b: b.register(lambda events: events.insert(0, events.pop(1))), "bag", "before it was published"),
    "incomplete and not said": (
        lambda b: b.rows("csv/figure.csv", where("figure_id", "ghg_protocol/scope1", status="withheld", value="", stated="")), "all",
        "of what is mandatory, version.json says nothing"),
    "tables said to be altered": (meta(altered=["figure", "activity"]), "bag", "the table figure is altered, which nothing"),
    "document said to be confidential": (meta(confidential={"version/figures.json": "0" * 64}), "bag", "no pack leaves out such a file"),
    "file kept out and there": (meta(confidential={"inventory/activity/s.csv": "0" * 64}), "bag", "is there, though pack.json says"),
    "set said to be withheld": (meta(withheld_sets=["test_1"]), "bag", "do not forbid to pass it on"),
    "file kept out without a set": (meta(withheld_files={"inventory/activity/s.csv": "0" * 64}), "bag", "is no file of a set named there"),
    "honest figures.json elsewhere": (elsewhere, "all", "data/version/figures.json: "),
    "rows of a table": (
        lambda b: b.json("pack.json", lambda document: document["tables"]["unit"].update(rows=3)).json(
            f"register/{VERSION}/version.json", lambda made: made["tables"]["unit"].update(rows=3)), "all", "rows, pack.json says 3"),
}  # fmt: skip
"""What a second look at the verifier found open: consistent edits that earlier versions of it accepted, and abuses of pack.json."""


def report_of(standalone: ModuleType, root: Path, expected: str) -> str:
    """What the verifier prints, up to the step that says what is expected: attacks are many, and each ends there."""
    report = io.StringIO()
    with contextlib.redirect_stdout(report):
        standalone.step("bag", lambda: standalone.check_bag(root))
        pack, done = standalone.attempt(lambda: standalone.Pack(root)), set[str]()
        for name, check, needs in standalone.STEPS if pack else ():
            if expected not in report.getvalue() and set(needs) <= done and standalone.step(name, lambda check=check: check(pack)):
                done.add(name)
    return report.getvalue()


@pytest.mark.parametrize("name", [*ATTACKS, *SECOND_LOOK])
def test_an_attack_is_found_and_named(standalone: ModuleType, light: Path, tmp_path: Path, name: str) -> None:
    change, covered, expected = {**ATTACKS, **SECOND_LOOK}[name]
    attacked = copied(light, tmp_path)
    change(attacked)
    if covered:
        attacked.reseal() if covered == "all" else attacked.rebag()
    found = [line for line in report_of(standalone, attacked.root, expected).splitlines() if line.startswith("DIFFERENCE")]
    assert any(expected in line for line in found), "\n".join(found)


def test_what_an_attack_breaks_ends_with_exit_code_1_and_the_rest_is_still_checked(
    standalone: ModuleType, light: Path, tmp_path: Path
) -> None:
    attacked = copied(light, tmp_path)
    line(attacked, ",100,l", ",101,l").reseal()
    code, report = run(standalone, attacked.root)
    assert (code, report.count("DIFFERENCE")) == (1, 2)
    assert "not checked  activities: they rest on sources" in report
    assert "1 of the steps differ" not in report


def test_a_flipped_byte_in_any_table_is_found_though_the_manifests_are_made_anew(standalone: ModuleType, bag: Path, tmp_path: Path) -> None:
    attacked = copied(bag, tmp_path)
    names = sorted(path.relative_to(bag).as_posix() for folder in ("csv", "tables", "given") for path in (bag / "data" / folder).iterdir())
    assert {Path(name).stem for name in names if name.startswith("data/csv/")} == set(READ_BY_VERIFIER)
    whole = standalone.Pack(attacked.root)
    for name in names:
        content = (bag / name).read_bytes()
        place = len(content) // 2
        attacked.write(name, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(standalone.Difference, match=re.escape(name)):
            standalone.check_digests(whole)
        attacked.write(name, content)
    assert standalone.check_digests(whole)


def unnamed(bag: Bag) -> None:
    shutil.rmtree(bag.data / "register")
    bag.json("pack.json", lambda meta: meta.update(version="", version_digest=""))


CONSISTENT: dict[str, Callable[[Bag], object]] = {
    "finding reworded": lambda bag: findings(bag, lambda found: found[0].update(message="other words")),
    "finding taken out": lambda bag: findings(bag, lambda found: found.pop()),
    "last events of the register": lambda bag: bag.register(lambda events: events.pop()),
    "approval by somebody else": lambda bag: bag.register(event(3, name="Dee Dole")),
    "evidence document": lambda bag: bag.write("data/inventory/evidence/a1.txt", "Invoice: 90 l\n"),
    "published version no longer named": unnamed,
}


@pytest.mark.parametrize("name", CONSISTENT)
def test_what_is_made_anew_throughout_is_found_by_the_stated_digest_alone(
    standalone: ModuleType, made: Packed, light: Path, tmp_path: Path, name: str
) -> None:
    attacked = copied(light, tmp_path)
    CONSISTENT[name](attacked)
    attacked.reseal()
    assert run(standalone, light)[0] == 0
    assert run(standalone, attacked.root)[0] == 0, "this attack leaves no trace in the pack: docs/evidence.md says so"
    code, report = run(standalone, attacked.root, "--digest", made.pack_digest)
    assert code == 1
    assert f"the stated digest {made.pack_digest} is none of this pack" in report


def zipped(path: Path, *members: tuple[str, bytes, int]) -> Path:
    """A ZIP of members: name, content, mode."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content, mode in members:
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, content)
    return path


FILE, LINK = stat.S_IFREG | 0o644, stat.S_IFLNK | 0o777
ZIPS: dict[str, tuple[tuple[tuple[str, bytes, int], ...], str]] = {
    "leads up": ((("pack/../../evil.txt", b"x", FILE),), "leads out of the pack"),
    "absolute": ((("/evil.txt", b"x", FILE),), "leads out of the pack"),
    "backslash": ((("pack\\..\\evil.txt", b"x", FILE),), "leads out of the pack"),
    "drive": ((("c:evil.txt", b"x", FILE),), "leads out of the pack"),
    "link": ((("pack/link", b"/etc", LINK),), "is a link or a device"),
    "bomb": ((("pack/big", bytes(200 << 20), FILE),), "a bomb"),
    "case": ((("pack/a.txt", b"x", FILE), ("pack/A.txt", b"y", FILE)), "case"),
    "two folders": ((("one/a.txt", b"x", FILE), ("two/a.txt", b"x", FILE)), "one folder"),
}  # fmt: skip


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_before_anything_is_written(standalone: ModuleType, tmp_path: Path, name: str) -> None:
    members, expected = ZIPS[name]
    path = zipped(tmp_path / "evil.zip", *members)
    code, report = run(standalone, path)
    assert code == 1
    assert expected in report
    with pytest.raises(InputError, match=expected):
        verify(path)
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_zip_that_is_cut_off_is_refused(standalone: ModuleType, made: Packed, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(made.path.read_bytes()[:-100])
    assert run(standalone, path)[0] == 1
    with pytest.raises(InputError, match="is no whole ZIP"):
        verify(path)


def test_what_is_not_there_is_misuse(standalone: ModuleType, tmp_path: Path) -> None:
    assert run(standalone, tmp_path / "none.zip")[0] == 2
    with pytest.raises(UsageError, match="is not there"):
        verify(tmp_path / "none.zip")


def test_the_manifest_of_the_manifests_covers_everything(bag: Path, made: Packed) -> None:
    assert file_sha256(bag / TAGS) == made.pack_digest
    assert {"README.md", "verify.py", "manifest-sha256.txt", "bag-info.txt"} <= set(
        re.findall(r"  (.+)", (bag / TAGS).read_text(encoding="utf-8"))
    )
