"""What the README shows is what the commands print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import run

TRACE = "ghg_protocol/scope1_gas/gas=HFCs"


def shown(readme: str, command: str) -> str:
    """The indented block that follows a command in the README."""
    block = re.search(re.escape(f"    $ {command}\n") + r"((?:    .*\n|\n)+)", readme)
    assert block, command
    return "\n".join(line.removeprefix("    ").rstrip() for line in block[1].rstrip().splitlines())


def test_the_trace_in_the_readme_is_the_one_printed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    printed = run(capsys, "trace", root / "samples" / "meridian", TRACE)
    assert printed.code == 0
    assert "\n".join(line.rstrip() for line in printed.out.strip().splitlines()) == shown(
        readme, f".venv/bin/ghg trace samples/meridian {TRACE}"
    )


def test_the_verbs_that_the_readme_names_are_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"\bghg ([a-z-]+)(?: |`)", readme))
    assert {"init", "check", "build", "trace", "coverage", "calculate", "factors", "why-not"} <= verbs
    for verb in sorted(verbs):
        assert run(capsys, verb, "--help").code == 0, verb
