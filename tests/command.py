"""Runs `ghg` inside the test process: arguments in, exit code and both streams out."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from reporting import cli
from reporting.commands import terminal


@dataclass(frozen=True)
class Ran:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Run `ghg ARGUMENTS` as from a shell of 80 columns; a run that ends without an exit code counts as 0."""
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["ghg", *(str(argument) for argument in arguments)])
        patch.setattr(terminal.out, "width", 80)
        capsys.readouterr()
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code
    captured = capsys.readouterr()
    return Ran(code if isinstance(code, int) else 0 if code is None else 1, captured.out, captured.err)
