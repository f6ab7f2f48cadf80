"""Worked examples run through the engine: those of others where they are beside the checkout, a few of our own, and what must not pass."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from inventories import _load_units_once, shelf

from reporting import reference
from reporting.examples.__main__ import main
from reporting.examples.document import roles
from reporting.examples.runner import CALCULATIONS

OWN = Path(__file__).parent / "examples_own.json"
OPEN = Path(__file__).parents[2] / "shared" / "reference" / "standards" / "examples_open.json"
Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Told:
    """What one run of all examples printed: the line of every example by id, and the last."""

    lines: dict[str, str]
    last: str
    code: int


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One run of the examples of others where they are beside the checkout, of our own, and of every fault in a copy of its example.

    One run computes three inventories; the examples bring their factors, so that the shipped sets are left out.
    """
    sound = json.loads(OWN.read_text(encoding="utf-8"))
    others = json.loads(OPEN.read_text(encoding="utf-8"))["examples"] if OPEN.is_file() else []
    faulty = []
    for place, (name, change, _) in enumerate(FAULTS.values()):
        whole = copy.deepcopy(sound)
        change(whole)
        faulty.append(_example(whole, name) | {"id": f"F-{place}"})
    path = tmp_path_factory.mktemp("examples") / "all.json"
    path.write_text(json.dumps(sound | {"examples": [*faulty, *sound["examples"], *others]}), encoding="utf-8")
    out = StringIO()
    with (
        mock.patch.object(reference, "folder", return_value=shelf()),
        mock.patch.object(reference, "_load_units", _load_units_once),
        redirect_stdout(out),
    ):
        code = main([str(path)])
    *lines, last = out.getvalue().splitlines()
    return Told({line.partition(" | ")[0]: line for line in lines}, last, code)


def run(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], str]:
    """Exit code, lines and errors of a run."""
    code = main([str(path)])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_every_open_example_of_others_holds(shared: Path, told: Told) -> None:
    names = [example["id"] for example in json.loads((shared / "standards" / "examples_open.json").read_text(encoding="utf-8"))["examples"]]
    assert len(names) == 67
    assert [told.lines[name] for name in names if not told.lines[name].endswith("| ok")] == []
    assert sum("is shown to be wrong" in told.lines[name] for name in names) == 4


def test_the_vocabulary_is_whole() -> None:
    assert set(roles()) == set(CALCULATIONS)
    assert len(CALCULATIONS) == 26


def _example(whole: dict[str, Any], name: str) -> dict[str, Any]:
    return next(example for example in whole["examples"] if example["id"] == name)


def _set(name: str, *path: str | int, value: object) -> Change:
    def change(whole: dict[str, Any]) -> None:
        place: Any = _example(whole, name)
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = value

    return change


FAULTS: dict[str, tuple[str, Change, str]] = {
    "a wrong expectation": ("OWN-6", _set("OWN-6", "expected", 0, "value", value=201), "year 201 got 200 kgCO2e/yr | WRONG: year differs"),
    "an expectation in another unit": ("OWN-6", _set("OWN-6", "expected", 0, "unit", value="kgCO2e/d"), "WRONG: year differs"),
    "an expectation of another kind": (
        "OWN-6",
        _set("OWN-6", "expected", 0, "unit", value="kgCO2e"),
        "WRONG: year is kg_co2e s^-1, not kgCO2e",
    ),
    "CO2 is not CO2e": ("OWN-7", _set("OWN-7", "expected", 0, "unit", value="tCO2e"), "WRONG: a is kg_co2, not tCO2e"),
    "an output that is not there": ("OWN-6", _set("OWN-6", "expected", 0, "result", "output", value="work"), "there is no output work"),
    "a wrong word": ("OWN-5", _set("OWN-5", "also_expected", 0, "value", value="state"), "level state got country | WRONG: level differs"),
    "a printed value that is right": (
        "OWN-4",
        _set("OWN-4", "published_value", value={"score": 0.025045}),
        "no printed value is shown to be wrong",
    ),
    "an unknown role": ("OWN-6", _set("OWN-6", "rows", 0, "colour", value="red"), "lifetime_use has no role colour"),
    "an unknown unit": ("OWN-6", _set("OWN-6", "rows", 0, "power", "unit", value="hp"), 'unknown unit "hp"'),
    "a missing role": ("OWN-6", lambda whole: _example(whole, "OWN-6")["rows"][0].pop("factor"), "lifetime_use needs factor"),
    "two alternatives": ("OWN-6", _set("OWN-6", "rows", 0, "distance_per_unit", value={"value": 1, "unit": "km"}), "give exactly one of"),
    "a wrong dimension": ("OWN-6", _set("OWN-6", "rows", 0, "power", "unit", value="kWh"), "power is no power"),
    "a factor per something else": (
        "OWN-6",
        _set("OWN-6", "rows", 0, "factor", "unit", value="kgCO2e/kg"),
        "does not fit its factor or any unit",
    ),
    "a gas without GWP": ("OWN-2", _set("OWN-2", "rows", 1, "gas", value="N2O"), "gwp has no N2O"),
    "R of zero": ("OWN-4", _set("OWN-4", "steps", 2, "parameters", "functional_unit", "value", value=0), "withholds sci/score"),
    "a share beyond one": ("OWN-1", _set("OWN-1", "rows", 1, "share", "value", value=2), "method/operand-range"),
    "a reference to nothing": (
        "OWN-4",
        _set("OWN-4", "steps", 2, "rows", 0, "energy", "ref", "output", value="heat"),
        "there is no such quantity",
    ),
    "an unknown calculation": ("OWN-6", _set("OWN-6", "calculation", value="guess"), "a calculation that the vocabulary lacks"),
}


def test_our_own_examples_hold_and_each_fault_is_told_beside_them(told: Told) -> None:
    own = [example["id"] for example in json.loads(OWN.read_text(encoding="utf-8"))["examples"]]
    assert [told.lines[name] for name in own if not told.lines[name].endswith("| ok")] == []
    assert told.lines["OWN-4"].endswith("score: printed 0.25 is shown to be wrong | ok")
    for place, (fault, (_, _, expected)) in enumerate(FAULTS.items()):
        assert expected in told.lines[f"F-{place}"], fault
        assert "WRONG" in told.lines[f"F-{place}"], fault
    assert told.last == f"examples: {len(told.lines) - len(FAULTS)} of {len(told.lines)}"
    assert told.code == 1


def test_a_file_whose_examples_all_hold_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A conversion of units needs no inventory; what is out of scope is counted on neither side."""
    sound = json.loads(OWN.read_text(encoding="utf-8"))
    conversion = _example(sound, "OWN-10")
    outside = {name: value for name, value in conversion.items() if name not in ("rows", "expected")}
    outside |= {"id": "OUT", "calculation": "out_of_scope", "reason": "a picture", "expected": []}
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(sound | {"examples": [conversion, outside]}), encoding="utf-8")
    code, lines, _ = run(path, capsys)
    assert (code, lines[-1]) == (0, "examples: 1 of 1")
    assert lines[1].endswith("out of scope, not run: a picture")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ('{"header": {"schema_version": "1.0", "vocabulary_version": "2.0"}, "examples": []}', "schema and vocabulary must be 1.0"),
        ('{"header": {"schema_version": "1.0", "vocabulary_version": "1.0"}, "examples": []}', "there is no example"),
        ('{"header": NaN}', "NaN is no number"),
        ("[" * 100_000, "cannot be read"),
        ('{"header": {"schema_version": "1.0", "vocabulary_version": "1.0"}, "examples": [{"id": "a"}]}', "example a: status is one of"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    code, lines, error = run(path, capsys)
    assert (code, lines) == (2, [])
    assert told in error
    assert error.count("\n") == 1
