"""Greenhouse-gas disclosures that a stranger can re-perform.

The verbs of the command line in Python: `load` computes an inventory folder and gives its figures, findings and every table behind them,
`build` writes the documents, `trace` follows a figure to its source rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reporting.boundary import bridge
    from reporting.disclosure import build
    from reporting.pipeline import compute as load
    from reporting.tracing import trace

__all__ = ["bridge", "build", "load", "trace"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each verb has its own type
    """Import a verb when it is first used, so that `import reporting` stays quick."""
    from importlib import import_module  # noqa: PLC0415

    homes = {
        "bridge": ("boundary", "bridge"),
        "build": ("disclosure", "build"),
        "load": ("pipeline", "compute"),
        "trace": ("tracing", "trace"),
    }
    if name not in homes:
        raise AttributeError(f"module 'reporting' has no attribute {name!r}")
    module, attribute = homes[name]
    return getattr(import_module(f"reporting.{module}"), attribute)
