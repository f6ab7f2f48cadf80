"""Publishing in tests: small inventories on the reference data of the tests, without the shipped factor sets."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import inventories
from inventories import DIESEL, shelf, table, write

from reporting.evidence import inputs, publication, register
from reporting.evidence.register import Version
from reporting.pipeline import Result

PERIOD = "2026-Q3"
SCOPE1 = "ghg_protocol/scope1"
REASON = "The meter was read wrong"


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


def compute(folder: Path) -> Result:
    """Compute an inventory that has a register with the small product."""
    with mock.patch.object(inputs, "product_folder", return_value=shelf()):
        return inventories.compute(folder)


def burn(folder: Path, litres: object) -> None:
    """Say in the inventory's file how much diesel was burnt in July."""
    (folder / "activity" / "s.csv").write_text(table(DIESEL.format(litres)), encoding="utf-8")


def first_version(folder: Path) -> Version:
    """Write an inventory that burns 100 litres, with files that are no inputs, and publish it."""
    files = {
        "activity/s.csv": table(DIESEL.format(100)),
        "evidence/bill.txt": "a bill",
        ".hidden": "x",
        "pack.zip": "x",
        "out/figures.json": "{}",
    }
    write(folder, {**files, "old/figures.json": "{}", "old/factors.lock": "{}", "old/ledger/manifest.json": "{}"})
    return publish(folder, on="2026-10-20")


@functools.cache
def one_version() -> Path:
    """An inventory of which one version is published, of 100 litres; to be copied, and kept as long as the process lasts."""
    folder = Path(tempfile.mkdtemp(prefix="ghg-tests-")) / "inventory"
    first_version(folder)
    return folder


@functools.cache
def two_versions() -> Path:
    """The same with a second version, of 120 litres; to be copied, and kept as long as the process lasts."""
    folder = shutil.copytree(one_version(), Path(tempfile.mkdtemp(prefix="ghg-tests-")) / "inventory")
    burn(folder, 120)
    publish(folder, reason=REASON, on="2026-11-02")
    return folder
