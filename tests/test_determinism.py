"""The same inventory gives the same bytes: other process, time zone, language, hash seed and number of threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from twins_digest import write_twins

from reporting.digest import file_sha256

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "meridian"
BUILD = """
import sys
from pathlib import Path
import reporting.pipeline
from reporting.disclosure import build
from reporting.database import connect
reporting.pipeline.connect = lambda **_: connect(threads=int(sys.argv[3]))
build(Path(sys.argv[1]), formats=["json"], out=Path(sys.argv[2]))
"""
HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"}


def manifest(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file by its relative path."""
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def built(out: Path, threads: int, surroundings: dict[str, str]) -> dict[str, str]:
    environment = {**os.environ, **surroundings, "SOURCE_DATE_EPOCH": "0"}
    command = [sys.executable, "-c", BUILD, str(SAMPLE), str(out), str(threads)]
    subprocess.run(command, check=True, env=environment, cwd=out.parent)  # noqa: S603 - our own script
    return manifest(out)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(tmp_path_factory.mktemp("first") / "out", 1, HERE)


def test_every_file_has_the_same_bytes_in_other_surroundings(first: dict[str, str], tmp_path: Path) -> None:
    second = built(tmp_path / "out", 2, THERE)
    assert {"figures.json", "ledger.csv", "ledger/manifest.json"} < set(first)
    assert sum(name.endswith("/data.parquet") for name in first) > 10
    assert sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)) == []


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "a").write_bytes(b"1")
    before = manifest(tmp_path)
    (tmp_path / "ledger" / "a").write_bytes(b"2")
    assert manifest(tmp_path) != before


def twins(folder: Path, surroundings: dict[str, str]) -> dict[str, Any]:
    """What comes of the twins in a process of its own."""
    environment = {**os.environ, **surroundings, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    command = [sys.executable, str(ROOT / "tests" / "twins_digest.py"), str(folder)]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 - our own script
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_two_machines_read_every_format_alike(tmp_path: Path) -> None:
    folder = write_twins(tmp_path / "inventory", tmp_path)
    here, there = twins(folder, HERE), twins(folder, THERE)
    assert here["tables"]["source_row"][0] > 100
    assert [name for name in here["tables"] if here["tables"][name] != there["tables"].get(name)] == []
    assert here == there
