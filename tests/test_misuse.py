"""A call that cannot be read ends with exit code 2 or 3 and one line that says what is wrong and what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import run

CALLS = {
    "chek x": 'unknown command "ghg chek". did you mean ghg check?',
    "whynot x": 'unknown command "ghg whynot". did you mean ghg why-not?',
    "list": 'unknown command "ghg list". did you mean ghg factors list?',
    "factors lst": 'unknown command "ghg factors lst". did you mean ghg factors list',
    "zzz": 'unknown command "ghg zzz". fix: `ghg --help` lists the commands',
    "--fast": "ghg has no option --fast. fix: `ghg --help` lists its options",
    "check": "check needs INVENTORY. fix: ghg check [OPTIONS] {INVENTORY}; `ghg check --help` explains",
    "trace x": "trace needs FIGURE. fix: ghg trace [OPTIONS] {INVENTORY} {FIGURE}; `ghg trace --help` explains",
    "publish x": "publish needs --period. fix: ghg publish [OPTIONS] {INVENTORY} --period <text>; `ghg publish --help` explains",
    "factors diff a": "factors diff needs LATER. fix: ghg factors diff [OPTIONS] {EARLIER} {LATER}",
    "check x --perod 2026": "check has no option --perod. did you mean --period?",
    "check x build": "check: got unexpected extra argument(s) (build). fix: ghg check [OPTIONS] {INVENTORY}",
    "build x --period": "Option '--period' requires an argument. fix: `ghg --help` lists the commands",
    "signoff x v1 sign": "signoff: invalid value for 'DUTY': 'sign' is not one of 'prepare', 'review', 'approve'. fix: ghg signoff",
    "factors stale --on 2026": "factors stale: invalid value for '--on': '2026' is no day written as 2026-01-31. fix: ghg factors stale",
    "sample x --size many": "sample: invalid value for '--size': Input should be a valid integer",
}


@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_call_is_answered_in_one_line(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, *call.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"ghg: {CALLS[call]}")


@pytest.mark.parametrize("call", ["", "factors"])
def test_without_a_verb_the_help_is_shown_and_the_call_is_a_misuse(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, *call.split())
    assert ran.code == 2
    assert "Usage: ghg" in ran.out
    assert ran.err == ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("place")
    (folder / "meridian" / "activity").mkdir(parents=True)
    shutil.copy(root / "samples/meridian/inventory.yaml", folder / "meridian")
    return folder


@pytest.mark.parametrize("verb", ["check", "build", "coverage", "reconcile", "versions"])
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("meridan", "there is no such folder. did you mean {}/meridian?"),
        ("other", "there is no such folder. fix: name a folder that has inventory.yaml in it; `ghg init {}/other` makes one"),
        (".", "inventory.yaml: not found. did you mean {}/meridian?"),
        ("meridian/inventory.yaml", "is a file, not a folder. fix: name the folder, {}/meridian"),
        ("meridian/activity", "inventory.yaml: not found. fix: create it, or `ghg init DIR` makes a complete folder"),
    ],
)
def test_a_folder_that_is_none_is_answered_with_the_one_meant(
    place: Path, verb: str, name: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, verb, place / name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.rstrip().endswith(answer.format(place))


def test_help_names_every_command_once_and_no_type_of_python(capsys: pytest.CaptureFixture[str]) -> None:
    listed = [line.split()[1] for line in run(capsys, "--help").out.splitlines() if line.startswith("│ ") and line[2].isalpha()]
    assert listed[:4] == ["init", "template", "check", "build"]
    assert len(listed) == len(set(listed)) > 20
    for verb in [*listed, "factors diff", "factors stale"]:
        text = run(capsys, *verb.split(), "--help").out
        assert not [word for word in ("<bool>", "list[", "{inventory}", "int range", "%Y") if word in text], verb


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "--version")
    assert (ran.code, ran.out.split()[0]) == (0, "ghg")
