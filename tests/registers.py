"""Publishing in tests: small inventories on the reference data of the tests, without the shipped factor sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import inventories
from inventories import DIESEL, shelf, table

from reporting.evidence import inputs, publication, register
from reporting.evidence.register import Version
from reporting.pipeline import Result

PERIOD = "2026-Q3"
SCOPE1 = "ghg_protocol/scope1"


def _compute(folder: Path, periods: Sequence[str] = (), frameworks: Sequence[str] = (), **_: object) -> Result:
    return inventories.compute(folder, periods, frameworks)


@contextmanager
def small_product() -> Iterator[None]:
    """The product without its factor sets, for everything that a register does."""
    with mock.patch.object(publication, "compute", _compute), mock.patch.object(inputs, "product_folder", return_value=shelf()):
        yield


def publish(folder: Path, period: str = PERIOD, **options: Any) -> Version:  # noqa: ANN401 - the options of publish
    """Publish with the small product, figures alone."""
    with small_product():
        return register.publish(folder, period, formats=["json"], **options)


def burn(folder: Path, litres: object) -> None:
    """Say in the inventory's file how much diesel was burnt in July."""
    (folder / "activity" / "s.csv").write_text(table(DIESEL.format(litres)), encoding="utf-8")
