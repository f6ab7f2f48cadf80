"""The committed JSON Schemas are those of the types, and what the program reads and writes keeps to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import run
from jsonschema import Draft202012Validator
from registers import two_versions

from reporting.digest import jsonable
from reporting.exact_yaml import load_yaml
from reporting.questions.starter import init
from reporting.schemas import schemas

ROOT = Path(__file__).resolve().parents[1]
INVENTORIES = ("samples/meridian", "samples/meridian_as_received", "templates/init")


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))


def faults(name: str, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(document)]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "inventory"
    init(folder)
    return folder


def test_the_committed_schemas_are_those_of_the_types() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")}
    assert kept == schemas(), "python -m reporting.schemas writes them anew"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_schema_is_a_schema(name: str) -> None:
    document = json.loads(schemas()[name])
    Draft202012Validator.check_schema(document)
    assert document["$id"] == f"urn:ghg-reporting:{name.removesuffix('.schema.json')}"


@pytest.mark.parametrize("folder", INVENTORIES)
def test_inventories_keep_to_the_schema(folder: str) -> None:
    assert faults("inventory", jsonable(load_yaml(ROOT / folder / "inventory.yaml"))) == []


def test_an_unknown_key_and_a_wrong_type_are_faults() -> None:
    document: Any = jsonable(load_yaml(ROOT / "templates" / "init" / "inventory.yaml"))
    assert faults("inventory", {**document, "extra": 1})
    assert faults("inventory", {**document, "periods": "2026-Q3"})
    assert faults("inventory", {**document, "organisation": {**document["organisation"], "country": "Britain"}})


COMMANDS = [
    ("factors_list", ("factors", "list")),
    ("factors_search", ("factors", "search", "natural gas", "--region", "GB")),
    ("factors_show", ("factors", "show", "epa-hub.2025.t1.natural-gas.mmbtu")),
    ("factors_diff", ("factors", "diff", "epa_hub_2024", "epa_hub_2025")),
    ("factors_stale", ("factors", "stale", "--inventory", "FOLDER", "--on", "2026-12-01")),
    ("factors_lock", ("factors", "lock", "FOLDER", "--period", "2026-Q3", "--reason", "test")),
    ("check", ("check", "FOLDER")),
    ("coverage", ("coverage", "FOLDER")),
    ("why_not", ("why-not", "FOLDER", "E-2026-07")),
    ("trace", ("trace", "FOLDER", "ghg_protocol/scope1")),
    ("calculate", ("calculate", "FILE")),
    ("init", ("init", "NEW")),
    ("publish", ("publish", "FOLDER", "--period", "2026-Q3", "--format", "json", "--reason", "test")),
    ("signoff", ("signoff", "FOLDER", "2026-Q3/v1", "prepare", "--name", "Ana", "--role", "Controller")),
    ("close", ("close", "FOLDER", "2026-Q3", "--name", "Ana", "--role", "Controller")),
    ("reopen", ("reopen", "FOLDER", "2026-Q3", "--name", "Ana", "--role", "Controller", "--reason", "test")),
    ("versions", ("versions", "FOLDER")),
    ("restore", ("restore", "FOLDER", "2026-Q3/v1", "NEW")),
]


@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
def test_what_a_command_prints_keeps_to_its_schema(
    name: str, arguments: tuple[str, ...], started: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(
        "activity_type,start,end,quantity,unit,region\nelectricity.purchased,2026-07-01,2026-07-31,100,kWh,GB\n", encoding="utf-8"
    )
    places = {"FOLDER": str(started), "FILE": str(tmp_path / "a.csv"), "NEW": str(tmp_path / "new")}
    ran = run(capsys, *(places.get(argument, argument) for argument in arguments), "--json")
    assert ran.code in {0, 1}, ran.err
    assert faults(name, json.loads(ran.out)) == []


def test_the_register_keeps_to_its_schemas() -> None:
    home = two_versions() / "disclosures"
    lines = [json.loads(line) for line in (home / "register.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [faults("register_line", line) for line in lines] == [[], []]
    assert faults("register_line", {**lines[0], "more": 1})
    assert faults("version", json.loads((home / "2026-Q3" / "v1" / "version.json").read_text(encoding="utf-8"))) == []


def test_a_build_keeps_to_its_schemas(started: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "build", started, "--format", "json", "--out", tmp_path / "out", "--json")
    assert faults("build", json.loads(ran.out)) == []
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    assert faults("figures", figures) == []
    assert faults("figures", {**figures, "more": 1})
    assert faults("figures", {**figures, "figures": [{**figures["figures"][0], "value": 1.5}]})
