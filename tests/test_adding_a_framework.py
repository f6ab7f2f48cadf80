"""docs/adding-a-framework.md, followed to the letter in a copy of the repository: files and commands, no code."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINKED = ("factors", "templates", "schemas", "samples", "pyproject.toml")
NAME = "house_rules_2026"


def run(command: str, place: Path) -> tuple[int, str]:
    """Run a command of the page; `ghg` is the command of the copy. Gives exit code and what it printed."""
    words = shlex.split(command)
    program = [sys.executable, "-m", "reporting.cli", *words[1:]] if words[0] == "ghg" else words
    done = subprocess.run(program, cwd=place, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[int, str]]]:
    """The copy after the page was followed, and what each command printed."""
    place = tmp_path_factory.mktemp("copy")
    shutil.copytree(root / "reporting", place / "reporting", ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        (place / name).symlink_to(root / name)
    printed = {}
    for kind, name, text in BLOCK.findall((root / "docs" / "adding-a-framework.md").read_text(encoding="utf-8")):
        if kind != "sh":
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for command in text.splitlines() if kind == "sh" else ():
            printed[command] = run(command, place)
    return place, printed


def test_check_prints_its_rules_and_datapoints(followed: tuple[Path, dict[str, tuple[int, str]]]) -> None:
    code, text = followed[1][f"ghg check my-inventory --framework {NAME}"]
    assert code == 0, text
    assert [f"{NAME} {rule}: satisfied" in text for rule in ("H1 1", "H2 3", "H3 1")] == [True] * 3
    assert "mandatory datapoints: 3 stated" in text
    for datapoint in ("direct", "perimeter", "causes"):
        assert f"{NAME}/{datapoint} *" in text


def test_trace_follows_its_figure(followed: tuple[Path, dict[str, tuple[int, str]]]) -> None:
    code, text = followed[1][f"ghg trace my-inventory {NAME}/direct"]
    assert code == 0, text
    assert "exactly the figure" in text


def test_every_document_shows_it(followed: tuple[Path, dict[str, tuple[int, str]]]) -> None:
    place, printed = followed
    code, text = printed["ghg build my-inventory"]
    assert code == 0, text
    out = place / "my-inventory" / "out"
    data = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    [figure] = [one for one in data["figures"] if one["id"] == f"{NAME}/direct"]
    [causes] = [one for one in data["texts"] if one["id"] == f"{NAME}/causes"]
    assert f"Direct emissions were {figure['stated'].rstrip('0')[:4]}" in causes["text"]
    assert {(one["place"], one["id"]) for one in data["statements"]} >= {(NAME, "disclosure_index"), (NAME, "rule_results")}
    pages = " ".join(page.extract_text() for page in pypdf.PdfReader(next(out.glob("*.pdf"))).pages)
    assert all(words in pages for words in ("House rules", "Why emissions changed", "the boiler ran", "Rules of our own"))
    with zipfile.ZipFile(next(out.glob("*.xlsx"))) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert f"{NAME}/direct" in cells
    assert "the boiler ran" in cells
