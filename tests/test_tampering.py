"""Whatever is changed in a register is found, with the line that it belongs to; and what would restate a published figure is said."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command import run
from registers import PERIOD, SCOPE1, burn, compute, two_versions

from reporting.evidence.chain import HEAD, NAME
from reporting.evidence.integrity import all_faults, intact, told
from reporting.evidence.objects import write_out
from reporting.evidence.published import build_version
from reporting.evidence.register import home_of, versions
from reporting.evidence.signoff import sign_off
from reporting.findings import render_text
from reporting.inventory import Person
from reporting.types import InputError

V1, V2 = f"{PERIOD}/v1", f"{PERIOD}/v2"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, the second prepared and approved: four lines."""
    folder = shutil.copytree(two_versions(), tmp_path_factory.mktemp("honest") / "inventory")
    sign_off(folder, V2, "prepare", Person(name="Ana", role="Controller"), "2026-11-03")
    sign_off(folder, V2, "approve", Person(name="Ben", role="Director"), "2026-11-04")
    return folder


@pytest.fixture
def folder(honest: Path, tmp_path: Path) -> Path:
    return shutil.copytree(honest, tmp_path / "inventory")


def rewrite(home: Path, change: Callable[[list[str]], list[str]]) -> None:
    path = home / NAME
    path.write_text("".join(change(path.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def write(name: str, text: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        (home / name).write_text(text, encoding="utf-8")

    return change


def emptied(home: Path) -> None:
    (home / NAME).write_bytes(b"")


def edited_object(path: Path) -> None:
    path.chmod(0o644)
    path.write_text("no bill", encoding="utf-8")


def linked_object(path: Path) -> None:
    path.unlink()
    path.symlink_to("../register.jsonl")


def edited(number: int, old: str, new: str) -> Callable[[Path], None]:
    def change(lines: list[str]) -> list[str]:
        assert old in lines[number - 1]
        return [line.replace(old, new) if place == number else line for place, line in enumerate(lines, start=1)]

    return lambda home: rewrite(home, change)


def rechained(home: Path) -> None:
    """Forge an approval and mend the chain behind it: only the end, which register.head states, gives it away."""

    def forge(lines: list[str]) -> list[str]:
        made, before = [], "0" * 64
        for line in lines:
            event = {**json.loads(line.replace('"Ana"', '"Eve"')), "previous": before}
            made.append(json.dumps(event, sort_keys=True, separators=(",", ":")) + "\n")
            before = hashlib.sha256(made[-1].encode()).hexdigest()
        return made

    rewrite(home, forge)


def overwrite(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        path = home / name
        assert old in path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return change


def an_object(home: Path, content: bytes) -> Path:
    return home / "objects" / hashlib.sha256(content).hexdigest()


ATTACKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "name edited": (edited(3, '"Ana"', '"Eve"'), "register.jsonl:4: does not continue the chain: the line before it was edited"),
    "last line edited": (edited(4, '"Ben"', '"Eve"'), "register.jsonl:4: is not the line that was written"),
    "spaces added": (edited(2, '":"', '": "'), "register.jsonl:2: is not written as the register writes it"),
    "unknown event": (edited(3, '"prepare"', '"prepared"'), "register.jsonl:3: is no event of a register"),
    "digest edited": (edited(1, '"digest":"', '"digest":"0'), "register.jsonl:1: is no event of a register"),
    "lines swapped": (lambda home: rewrite(home, lambda lines: [lines[1], lines[0], *lines[2:]]), "register.jsonl:1: does not continue"),
    "line taken out": (lambda home: rewrite(home, lambda lines: [lines[0], *lines[2:]]), "register.jsonl:2: does not continue"),
    "line doubled": (lambda home: rewrite(home, lambda lines: [*lines, lines[-1]]), "register.jsonl:5: does not continue"),
    "end taken off": (lambda home: rewrite(home, lambda lines: lines[:-1]), "register.jsonl:4: 1 lines are missing at the end"),
    "line cut": (lambda home: rewrite(home, lambda lines: [*lines[:-1], lines[-1][:40]]), "register.jsonl:4: the line is cut off"),
    "chain mended": (rechained, "register.jsonl:4: is not the line that was written"),
    "head removed": (lambda home: (home / HEAD).unlink(), "register.head: is missing"),
    "head broken": (write(HEAD, "{}"), "register.head: cannot be read"),
    "emptied": (emptied, "register.jsonl:1: 4 lines are missing at the end"),
    "manifest edited": (
        overwrite(f"{V1}/version.json", b'"reason": ""', b'"reason": "x"'),
        f"{V1}/version.json (register.jsonl:1): was edited",
    ),
    "manifest gone": (lambda home: (home / V1 / "version.json").unlink(), f"{V1}/version.json (register.jsonl:1): is missing"),
    "figures edited": (overwrite(f"{V2}/figures.json", b"0.3", b"0.2"), f"{V2}/figures.json (register.jsonl:2): was edited"),
    "file added": (write(f"{V2}/x.pdf", "x"), f"{V2}/x.pdf (register.jsonl:2): was put there"),
    "file gone": (lambda home: (home / V2 / "ledger.csv").unlink(), f"{V2}/ledger.csv (register.jsonl:2): is missing"),
    "version put there": (lambda home: (home / PERIOD / "v3").mkdir(), f"{PERIOD}/v3: no line of the register names it"),
}
OBJECTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "object edited": (edited_object, "was edited: its bytes are not those"),
    "object gone": (Path.unlink, "is missing"),
    "object a link": (linked_object, "is missing"),
}


def test_an_honest_register_has_no_fault(honest: Path) -> None:
    assert all_faults(home_of(honest)) == ()
    assert [version.name for version in versions(honest)] == [V1, V2]


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_changed_is_found_with_its_line(folder: Path, name: str) -> None:
    attack, said = ATTACKS[name]
    attack(home_of(folder))
    assert [one for one in map(told, all_faults(home_of(folder))) if one.startswith(f"disclosures/{said}")]


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_that_is_changed_is_found_with_the_file_that_it_is(folder: Path, name: str) -> None:
    attack, said = OBJECTS[name]
    attack(an_object(home_of(folder), b"a bill"))
    (fault,) = all_faults(home_of(folder))
    assert fault.line == 1
    assert said in fault.message
    assert "it is evidence/bill.txt of 2026-Q3/v1" in fault.message


def test_the_command_lists_what_is_whole_and_names_the_rest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "versions", folder).code == 0
    edited(3, '"Ana"', '"Eve"')(home_of(folder))
    ran = run(capsys, "versions", folder)
    assert ran.code == 1
    assert "disclosures/register.jsonl:4: does not continue the chain" in ran.err
    assert V1 in ran.out
    with pytest.raises(InputError, match=r"register\.jsonl:4: does not continue the chain.*fix: ") as refusal:
        versions(folder)
    assert "\n" not in str(refusal.value)
    ran = run(capsys, "signoff", folder, V2, "review", "--name", "Eva", "--role", "Controller")
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_a_version_that_no_line_names_is_never_removed_by_the_next_writer(folder: Path) -> None:
    """A register that was lost or cut must not cost the versions that are still there."""
    home = home_of(folder)
    for name in (NAME, HEAD):
        (home / name).unlink()
    with pytest.raises(InputError, match=r"2026-Q3/v1: no line of the register names this version\. fix: "):
        sign_off(folder, V2, "review", Person(name="Eva", role="Controller"))
    assert (home / V2 / "figures.json").is_file()


def test_a_manifest_cannot_write_outside_the_folder(folder: Path, tmp_path: Path) -> None:
    kept = hashlib.sha256(b"a bill").hexdigest()
    for name in ("../out.txt", str(tmp_path / "out.txt"), "a/../../out.txt"):
        with pytest.raises(InputError, match="leads out of"):
            write_out(home_of(folder), {name: kept}, tmp_path / "restored")
    assert not (tmp_path / "out.txt").exists()


def test_an_interrupted_head_is_no_fault(folder: Path) -> None:
    """register.head is written after the line: one line behind is where a crash may leave it."""
    home = home_of(folder)
    before = (home / HEAD).read_bytes()
    sign_off(folder, V2, "review", Person(name="Eva", role="Controller"))
    (home / HEAD).write_bytes(before)
    assert intact(home)[1] == ()
    sign_off(folder, V2, "review", Person(name="Uma", role="Controller"))
    assert all_faults(home) == ()


def test_a_changed_bill_would_restate_and_is_said_by_figure_file_and_difference(folder: Path) -> None:
    unchanged = compute(folder)
    assert [finding for finding in unchanged.findings if finding.rule.startswith("register/")] == []
    assert build_version(unchanged.connection, PERIOD) == "built again from the inputs of 2026-Q3/v2"
    (folder / "evidence" / "other.txt").write_text("x", encoding="utf-8")
    burn(folder, 110)
    changed = compute(folder)
    said = {finding.subject: finding for finding in changed.findings if finding.rule == "register/would-restate"}
    one = said[f"figure:{SCOPE1}@{PERIOD}"]
    assert one.message == (
        "would restate ghg_protocol/scope1 of 2026-Q3/v2: published 0.300 tCO2e, now 0.275 tCO2e, exactly -0.025 tCO2e; "
        "since then: activity/s.csv (changed), evidence/other.txt (added)"
    )
    assert (one.file, one.row, one.severity, one.damages) == ("disclosures/register.jsonl", 2, "warning", ())
    assert {f"figure:ghg_protocol/{name}@{PERIOD}" for name in ("scope3", "total_location", "total_market")} <= set(said)
    assert build_version(changed.connection, PERIOD) == f"not the published version 2026-Q3/v2: {len(said)} figures differ"
    assert all_faults(home_of(folder)) == ()


def test_a_register_that_was_edited_is_an_error_that_withholds_nothing(folder: Path) -> None:
    overwrite(f"{V2}/ledger.csv", b"120", b"121")(home_of(folder))
    result = compute(folder)
    (finding,) = [finding for finding in result.findings if finding.severity == "error"]
    assert "disclosures/2026-Q3/v2/ledger.csv was edited" in render_text([finding])
    assert (finding.rule, finding.row, finding.damages) == ("register/tampered", 2, ())
    assert build_version(result.connection, PERIOD) == "not compared with 2026-Q3/v2: the register is not as it was written"
    assert result.connection.execute("select status from figure where figure_id = $1", [SCOPE1]).fetchone() == ("stated",)
