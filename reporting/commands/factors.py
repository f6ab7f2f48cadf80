"""`ghg factors`: list, search and show emission factors."""

from __future__ import annotations

import typer

app = typer.Typer(help="List, search and show emission factors.", no_args_is_help=True)


@app.callback()
def _factors() -> None:
    """List, search and show emission factors."""
