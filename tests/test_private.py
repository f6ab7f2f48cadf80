"""Private values: pseudonyms under the inventory's key, numbers without one, and a key that nothing takes along."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pytest
from inventories import _load_units_once, compute, found, rows, shelf, write

from reporting import reference
from reporting.evidence import register
from reporting.evidence import verify as verification
from reporting.evidence.pack import pack
from reporting.evidence.verify import verify
from reporting.pipeline import Result
from reporting.private_key import read_key
from reporting.questions.reconcile import bill_rows
from reporting.resources import pinned
from reporting.types import InputError

KEY = "0123456789abcdef" * 5
BOTH, ALONE, THIRD = "123456789012", "210987654321", "998877665544"
CUR = (
    "bill_billing_period_start_date,line_item_usage_start_date,line_item_usage_account_id,line_item_product_code,line_item_line_item_type,"
    "line_item_usage_amount,line_item_unblended_cost,line_item_currency_code"
)
LINE = "2026-07-01,2026-07-02 00:00:00,{},AmazonS3,Usage,1,{},EUR"
EXPORT = "usage_account_id,product_code,region_code,usage_period_start,usage_period_end,total_mbm_emissions_value,total_mbm_emissions_unit"
SPAN = "2026-07-01T00:00:00Z,2026-08-01T00:00:00Z"
FILES = {
    "activity/cur.csv": "\n".join([CUR, LINE.format(BOTH, 10), LINE.format(ALONE, 20), LINE.format(THIRD, 40), ""]),
    "activity/export.csv": f"{EXPORT}\n {BOTH} ,AmazonS3,eu-west-1,{SPAN},0.01,MTCO2e\n{THIRD},AmazonS3,eu-west-1,{SPAN},0.02,MTCO2e\n",
}
SHARED = {"constants": {"entity": "acme", "region": "US"}}
SOURCES: dict[str, dict[str, Any]] = {
    "cur": {"path": "activity/cur.csv", "connector": "aws_cur", "options": {"coverage": "account"}, **SHARED},
    "export": {
        "path": "activity/export.csv", "connector": "aws_carbon_export", "options": {"coverage": "account", "supplier_basis": "market"},
        **SHARED,
    },
}  # fmt: skip
ROLES = "select distinct coverage, source_id, role from activity_counted"


def inventory(folder: Path, key: str | None, sources: dict[str, dict[str, Any]] = SOURCES) -> Path:
    """The inventory, with a key where one is given."""
    files: dict[str, str | bytes] = {**FILES, **({"private.key": f"{key}\n"} if key else {})}
    return write(folder, files, sources=sources)


@contextmanager
def units_once() -> Iterator[None]:
    """Conversions of units are worked out once a process."""
    with mock.patch.object(reference, "_load_units", _load_units_once):
        yield


def name(account: str, key: str = KEY) -> str:
    """What an account is called under a key, by Python's own HMAC."""
    return "aws:hmac:" + hmac.new(key.encode(), account.encode(), hashlib.sha256).hexdigest()[:16]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Computed with a key longer than a block of SHA-256."""
    return compute(inventory(tmp_path_factory.mktemp("keyed") / "inventory", KEY))


def roles(result: Result) -> set[tuple[str, str, str]]:
    return set(rows(result, ROLES))


def test_an_account_has_one_name_in_every_source_and_it_is_its_hmac(keyed: Result) -> None:
    wanted = {(name(account), "export", "inventory") for account in (BOTH, THIRD)} | {
        (name(account), "cur", "memo") for account in (BOTH, THIRD)
    }
    assert roles(keyed) == wanted | {(name(ALONE), "cur", "inventory")}


def test_the_order_of_sources_and_another_place_change_no_name(keyed: Result, tmp_path: Path) -> None:
    again = compute(inventory(tmp_path / "elsewhere", KEY, dict(reversed(SOURCES.items()))))
    query = "select activity_id, coverage, quantity from activity_counted order by all"
    assert rows(again, query) == rows(keyed, query)


def test_without_a_key_accounts_are_numbers_and_are_still_told_apart(keyed: Result, tmp_path: Path) -> None:
    result = compute(inventory(tmp_path, None))
    names = {f"aws:private-{number}" for number in (1, 2, 3)}
    assert {coverage for coverage, _, _ in roles(result)} == names
    assert sorted((source, role) for _, source, role in roles(result)) == sorted((source, role) for _, source, role in roles(keyed))
    figures = "select figure_id, status, value from figure order by all"
    assert rows(result, figures) == rows(keyed, figures)
    assert not found(result, "intake/private-number-named")


def test_no_table_holds_an_account_or_the_key(keyed: Result) -> None:
    tables = rows(keyed, "select table_name from duckdb_tables() where not temporary")
    assert len(tables) > 100
    for (table,) in tables:
        held = keyed.connection.execute("select t::varchar from query_table($1) t", [table]).fetchall()
        text = "\n".join(line for (line,) in held)
        for secret in (BOTH, ALONE, THIRD, KEY):
            assert secret not in text, table


@pytest.mark.parametrize(("text", "is_key"), [("x" * 31, False), ("ab" * 40, False), ("", False), (KEY, True), (KEY * 60, False)])
def test_a_key_that_can_be_guessed_is_refused_and_never_shown(tmp_path: Path, text: str, *, is_key: bool) -> None:
    (tmp_path / "private.key").write_text(text, encoding="utf-8")
    if is_key:
        key = read_key(tmp_path)
        assert key
        assert key.fingerprint in repr(key)
        assert "inner" not in repr(key)
        return
    with pytest.raises(InputError, match=r"private\.key: is no key") as raised:
        read_key(tmp_path)
    assert not text or text not in str(raised.value)


def test_a_key_that_is_no_file_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "private.key"
    path.mkdir()
    with pytest.raises(InputError, match=r"private\.key: is no file\. fix: "):
        read_key(tmp_path)
    path.rmdir()
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"private\.key: is no file\. fix: "):
        read_key(tmp_path)
    path.unlink()
    assert read_key(tmp_path) is None


def test_the_key_is_no_source(tmp_path: Path) -> None:
    source = {"path": "*.key", "connector": "mapping", "columns": {"note": "x"}, "data_quality": "measured", "data_origin": "own"}
    result = compute(inventory(tmp_path, KEY, SOURCES | {"key": source}))
    assert [one.file for one in found(result, "intake/not-a-file")] == ["key"]


def test_versions_and_packs_are_made_with_the_key_and_without_it(keyed: Result, tmp_path: Path) -> None:
    folder, files = tmp_path / "inventory", tmp_path / "files"
    shutil.copytree(keyed.folder, folder)
    with pinned(shelf()), units_once():
        version = register.publish(folder, "2026-Q3", formats=["json"], on="2026-10-20")
        made = pack(folder, version.name, tmp_path / "pack.zip")
    for path in (folder / "disclosures").rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
    with zipfile.ZipFile(made.path) as archive:
        assert not [one for one in archive.namelist() if "private.key" in one or KEY.encode() in archive.read(one)]
        held = archive.read(next(one for one in archive.namelist() if one.endswith("csv/source_row.csv"))).decode()
    assert name(BOTH).removeprefix("aws:") in held
    shutil.copytree(folder / "activity", files / "inventory" / "activity")
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(tmp_path / "bag")  # our own file
    [root] = (tmp_path / "bag").iterdir()
    secret = files / "inventory" / "private.key"
    for key in ("", KEY[::-1], KEY):
        secret.unlink(missing_ok=True) if not key else secret.write_text(key, encoding="utf-8")
        other = verification._hidden_otherwise(root, files)
        assert set(other) == (set() if key == KEY else {"inventory/activity/cur.csv", "inventory/activity/export.csv"})
    with units_once():
        told = verify(root, files=files)
    assert told.differences == ()
    assert not any("activity/" in line for line in told.not_checked)


def test_numbers_are_given_again_only_with_all_the_files_that_were_numbered(tmp_path: Path) -> None:
    tables, files = tmp_path / "bag" / "data" / "tables", tmp_path / "files"
    tables.mkdir(parents=True)
    (files / "inventory").mkdir(parents=True)
    hidden = "copy (select unnest(['a', 'b', 'c']) as source_id, 1 as file_no, unnest(['number', 'number', '']) as hidden_by) to $path"
    held = "copy (select unnest(['a', 'b', 'c']) as source_id, 1 as file_no, unnest(['a.csv', 'b.csv', 'c.csv']) as path) to $path"
    for query, table in ((hidden, "private_file"), (held, "source_file")):
        duckdb.connect().execute(query, {"path": str(tables / f"{table}.parquet")})
    for name, lacking in (("a.csv", {"inventory/a.csv", "inventory/b.csv"}), ("b.csv", set())):
        (files / "inventory" / name).write_text("x", encoding="utf-8")
        assert set(verification._hidden_otherwise(tmp_path / "bag", files)) == lacking


def test_lines_of_a_bill_are_found_by_the_account_that_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "cur.csv").write_text(FILES["activity/cur.csv"], encoding="utf-8")
    duckdb.read_csv(str(tmp_path / "cur.csv"), all_varchar=True).write_parquet(str(tmp_path / "cur.parquet"))
    files: dict[str, str | bytes] = {"activity/cur.parquet": (tmp_path / "cur.parquet").read_bytes()}
    result = compute(write(tmp_path / "inventory", files, sources={"cur": SOURCES["cur"] | {"path": "activity/cur.parquet"}}))
    [(row,)] = rows(result, "select row_no from bill_line where cost like '20.%'")
    answer = bill_rows(result, f"cur.parquet:{row}", 10)
    assert ([line.line for line in answer.lines], answer.is_equal) == ([2], True)
    assert ALONE not in json.dumps(answer.keys)
