"""Every finding rule has a minimal input that fails by it, and the text that the user reads: tests/errors/<group>/<rule>.yaml and .txt."""

from __future__ import annotations

import ast
import functools
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from inventories import DIESEL, FACTORS, HEADER, INVENTORY, compute, factor, table, write, write_factors
from odd_files import content

from reporting.database import PACKAGE, body, header
from reporting.findings import check_files, render_text
from reporting.pipeline import Result
from reporting.types import Finding

CASES = Path(__file__).parent / "errors"
KEYS = {"rows", "header", "source", "files", "inventory", "factors", "without", "also", "why"}


def rules_of_the_intake() -> set[str]:
    """The rules that the intake reports: the first argument of the calls that make an UnreadableFileError."""
    rules = set()
    for path in sorted((PACKAGE / "intake").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"UnreadableFileError", "_unreadable"}:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    rules.add(f"intake/{str(first.value).removeprefix('intake/')}")
    return rules


def all_rules() -> set[str]:
    """Every rule that the engine can report."""
    return {header(path)["rule"] for path in check_files()} | rules_of_the_intake()


def cases() -> list[str]:
    """The rules that have a case."""
    return sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.glob("*/*.yaml"))


@functools.cache
def case(rule: str) -> dict[str, Any]:
    """What the file of a rule says."""
    given: dict[str, Any] = yaml.safe_load((CASES / f"{rule}.yaml").read_text(encoding="utf-8"))
    assert set(given) <= KEYS, f"{rule}.yaml has unknown keys"
    return given


def is_of_a_set(rule: str) -> bool:
    """Whether the case is a factor set alone."""
    return set(case(rule)) <= {"factors", "why"}


def is_of_a_source(rule: str) -> bool:
    """Whether the case is a source alone, so that it can share an inventory with others."""
    return not set(case(rule)) & {"inventory", "factors", "without"} and all("/" in name for name in case(rule).get("files", {}))


def source(rule: str, place: str = "") -> tuple[dict[str, Any], dict[str, bytes]]:
    """The source of a case and its files, below a folder of their own."""
    given = case(rule)
    options = INVENTORY["sources"]["s"] | given.get("source", {})
    path = options["path"] if options["path"].startswith("..") else place + options["path"]
    files = given.get("files", {"activity/s.csv": table(*given.get("rows", [DIESEL.format(10)]), header=given.get("header", HEADER))})
    return options | {"path": path}, {(place if "/" in name else "") + name: content(value) for name, value in files.items()}


@functools.cache
def together() -> Result:
    """All the cases that are a source or a factor set alone, in one inventory: the engine reports them side by side."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "inventory"
        given = {rule: source(rule, f"{rule}/") for rule in cases() if is_of_a_source(rule)}
        sources = {rule.replace("/", "."): options for rule, (options, _) in given.items()}
        # With a key, so that what stands for a private value in a message does not depend on the other cases.
        key = {"private.key": b"The key of the tests, which is no secret."}
        write(folder, {name: value for _, files in given.values() for name, value in files.items()} | key, sources=sources)
        for rule in filter(is_of_a_set, cases()):
            write_factors(folder, [factor(**row) for row in case(rule)["factors"]], rule.replace("/", "."))
        return compute(folder)


def findings(rule: str, scratch: Path) -> list[Finding]:
    """What is found in the case of a rule."""
    if is_of_a_set(rule):
        return [finding for finding in together().findings if finding.file.startswith(f"factors/{rule.replace('/', '.')}/")]
    if is_of_a_source(rule):
        return [finding for finding in together().findings if finding.file.startswith(f"{rule}/") or finding.file == rule.replace("/", ".")]
    given = case(rule)
    options, files = source(rule)
    factors = [row for row in FACTORS if row["factor_id"] not in given.get("without", [])]
    factors += [factor(**row) for row in given.get("factors", [])]
    return list(compute(write(scratch / "inventory", files, factors, **{"sources": {"s": options}, **given.get("inventory", {})})).findings)


def test_every_rule_has_a_case() -> None:
    assert all_rules() - set(cases()) == set(), "rules without a failing input under tests/errors"
    assert set(cases()) - all_rules() == set(), "cases of rules that are no more"


@pytest.mark.parametrize("rule", cases())
def test_a_minimal_input_fails_by_the_rule_alone(rule: str, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    every = findings(rule, tmp_path)
    own = [finding for finding in every if finding.rule == rule]
    assert own, f"nothing found by {rule}"
    assert {finding.rule for finding in every if finding.severity == "error"} - {rule} == set(case(rule).get("also", []))
    golden(f"errors/{rule}.txt", render_text(own) + "\n")


@pytest.mark.parametrize("path", [path for path in check_files() if "of" in header(path)], ids=lambda path: path.stem)
def test_a_check_of_a_table_joins_all_else_to_it(path: Path) -> None:
    text = re.sub("'[^']*'", "''", body(path).lower())
    assert "union" not in text.split(), "a second part may find something where the table is empty"
    assert not re.search(r"\b(right|full) (outer )?join\b", text)
    assert re.search(r"\bfrom\s+(?:\(select [^()]*? from )?([a-z_0-9]+)", text)[1] == header(path)["of"]  # type: ignore[index]
