"""What is recorded and what is missing: site x carrier x month, and the account of rows of every file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.pipeline import Result
from reporting.questions.answers import Coverage, CoverageCell, SourceAccount
from reporting.questions.asking import ask

if TYPE_CHECKING:
    import pandas as pd


def coverage(result: Result) -> pd.DataFrame:
    """One row per site, carrier and month of the disclosed periods, with its status: actual, estimated, accrued, filled, missing, none."""
    return ask(result.connection, "coverage")


def source_accounts(result: Result) -> pd.DataFrame:
    """One row per source file: rows in = accepted + rejected + excluded."""
    return ask(result.connection, "coverage_sources")


def coverage_answer(result: Result) -> Coverage:
    """Both as a frozen record."""
    cells, sources = coverage(result).to_dict("records"), source_accounts(result).to_dict("records")
    return Coverage(tuple(CoverageCell(**row) for row in cells), tuple(SourceAccount(**row) for row in sources))
