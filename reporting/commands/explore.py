"""Verbs that answer questions: init, why-not, coverage, calculate."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
