"""Who may sign what off, when a period takes no new version, and that every refusal changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import run
from inventories import DIESEL, table, write
from registers import PERIOD, burn, one_version, publish, two_versions

from reporting.evidence.register import find_version
from reporting.evidence.signoff import Change, Duty, change_period, same_person, sign_off
from reporting.inventory import Person
from reporting.types import InputError, UsageError

LATEST = f"{PERIOD}/latest"
ANA, BEN, EVA = (Person(name=name, role="Controller") for name in ("Ana Núñez", "Ben Okri", "Eva Lind"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an inventory of which two versions are published."""
    return shutil.copytree(two_versions(), tmp_path / "inventory")


def lines(folder: Path) -> list[str]:
    return (folder / "disclosures" / "register.jsonl").read_text(encoding="utf-8").splitlines()


def test_a_version_is_prepared_reviewed_and_approved_by_name_role_day_and_digest(folder: Path) -> None:
    duties: list[tuple[Duty, Person]] = [("prepare", ANA), ("review", EVA), ("approve", BEN)]
    made = [sign_off(folder, LATEST, duty, person, "2026-10-21") for duty, person in duties]
    found = find_version(folder, LATEST)
    assert found.is_approved
    assert found.signoffs == tuple(made)
    assert {event.digest for event in made} == {found.digest}
    assert (made[0].name, made[0].role, str(made[0].date), made[2].number) == ("Ana Núñez", "Controller", "2026-10-21", 5)


@pytest.mark.parametrize("name", ["Ana Núñez", "ANA  NÚÑEZ", " ana nu\u0301n\u0303ez ", "AnaNúñez"])
def test_the_same_person_may_not_prepare_and_approve_however_the_name_is_written(folder: Path, name: str) -> None:
    assert same_person(name, ANA.name)
    sign_off(folder, LATEST, "prepare", ANA)
    before = lines(folder)
    with pytest.raises(UsageError, match="the same person may not prepare and approve"):
        sign_off(folder, LATEST, "approve", Person(name=name, role="Director"))
    sign_off(folder, LATEST, "approve", BEN)
    with pytest.raises(UsageError, match="Ben Okri approved 2026-Q3/v2"):
        sign_off(folder, LATEST, "prepare", BEN)
    assert len(lines(folder)) == len(before) + 1


def test_nobody_signs_off_out_of_turn_or_twice(folder: Path) -> None:
    for duty in ("review", "approve"):
        with pytest.raises(UsageError, match="is not prepared yet"):
            sign_off(folder, LATEST, duty, BEN)
    sign_off(folder, LATEST, "prepare", ANA)
    with pytest.raises(UsageError, match=r"is prepared by Ana Núñez already"):
        sign_off(folder, LATEST, "prepare", ANA)
    with pytest.raises(UsageError, match="--name is empty"):
        sign_off(folder, LATEST, "review", Person(name=" ", role="x"))
    with pytest.raises(UsageError, match="is no day"):
        sign_off(folder, LATEST, "review", EVA, "yesterday")
    assert len(lines(folder)) == 3


def test_what_was_edited_since_cannot_be_signed_off(folder: Path) -> None:
    path = folder / "disclosures" / PERIOD / "v2" / "ledger.csv"
    path.write_bytes(path.read_bytes().replace(b"120", b"121"))
    with pytest.raises(InputError, match=r"v2/ledger\.csv \(register\.jsonl:2\): was edited"):
        sign_off(folder, LATEST, "prepare", ANA)


def test_an_incomplete_version_cannot_be_approved(tmp_path: Path) -> None:
    folder = shutil.copytree(one_version(), tmp_path / "inventory")
    burn(folder, "1x")
    made = publish(folder, reason="Another read")
    assert "ghg_protocol/scope1" in made.manifest.incomplete
    sign_off(folder, LATEST, "prepare", ANA)
    with pytest.raises(UsageError, match=r"2026-Q3/v2 is INCOMPLETE: ghg_protocol/"):
        sign_off(folder, LATEST, "approve", BEN)


def test_a_closed_period_takes_no_version_until_it_is_reopened_with_a_reason(folder: Path) -> None:
    change_period(folder, PERIOD, "close", BEN)
    burn(folder, 130)
    before = lines(folder)
    with pytest.raises(UsageError, match="2026-Q3 is closed"):
        publish(folder, reason="late bill")
    with pytest.raises(UsageError, match="2026-Q3 is closed"):
        sign_off(folder, LATEST, "prepare", ANA)
    refused: list[tuple[Change, str, str]] = [("close", "", "is closed already"), ("reopen", "", "give --reason")]
    for change, reason, said in refused:
        with pytest.raises(UsageError, match=said):
            change_period(folder, PERIOD, change, BEN, reason=reason)
    assert lines(folder) == before
    change_period(folder, PERIOD, "reopen", BEN, reason="A late bill")
    with pytest.raises(UsageError, match="is not closed"):
        change_period(folder, PERIOD, "reopen", BEN, reason="again")
    with pytest.raises(UsageError, match="no version of 2026-Q4 is published"):
        change_period(folder, "2026-Q4", "close", BEN)
    assert publish(folder, reason="late bill").name == "2026-Q3/v3"
    with pytest.raises(UsageError, match=r"2026-Q3/v1 was replaced by a later version"):
        sign_off(folder, "2026-Q3/v1", "prepare", ANA)


def test_where_nothing_is_published_the_list_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "inventory", {"activity/s.csv": table(DIESEL.format(1))})
    ran = run(capsys, "versions", tmp_path / "inventory")
    assert (ran.code, ran.out) == (0, "nothing is published yet: `ghg publish INVENTORY --period P` does\n")
    ran = run(capsys, "versions", tmp_path)
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_the_verbs_say_what_they_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ("--name", "Ana Núñez", "--role", "Controller", "--date", "2026-10-21")
    ran = run(capsys, "signoff", folder, LATEST, "prepare", *who)
    assert (ran.code, ran.out) == (
        0, "2026-Q3/v2 prepared by Ana Núñez, Controller, 2026-10-21\nline 3 of disclosures/register.jsonl\n",
    )  # fmt: skip
    ran = run(capsys, "signoff", folder, LATEST, "approve", *who)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    ran = run(capsys, "close", folder, PERIOD, *who)
    assert ran.out.startswith("2026-Q3 closed by Ana Núñez")
    ran = run(capsys, "versions", folder)
    assert ran.code == 0
    assert "latest, period closed" in ran.out
    assert "prepared by Ana Núñez, Controller, 2026-10-21\n" in ran.out
    assert "because: The meter was read wrong" in ran.out
    assert run(capsys, "reopen", folder, PERIOD, *who, "--reason", "Late bill").out.startswith("2026-Q3 reopened by Ana Núñez")
