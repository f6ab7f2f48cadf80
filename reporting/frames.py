"""Answers as DataFrames; pandas takes a third of a second to import, which a build and most verbs need not spend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def frame(rows: Sequence[object] = (), columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Rows (in the order of `columns`, or mappings) with values as Python has them: decimals stay decimals, nothing stays None."""
    import pandas as pd  # noqa: PLC0415 - see above

    return pd.DataFrame(list(rows), columns=None if columns is None else list(columns), dtype="object")
