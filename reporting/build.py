"""`ghg build`: figures, ledger and documents of an inventory into a folder; a crash at any moment leaves the last good output intact."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import reporting
from reporting.digest import file_sha256, lines_sha256
from reporting.ledger import write_csv, write_parquet
from reporting.pipeline import Progress, Result, compute, silent
from reporting.render import figures
from reporting.types import UsageError

FORMATS = ("pdf", "xlsx", "json")


@dataclass(frozen=True)
class Output:
    """What a build wrote: the result it came from, and the path of each document."""

    result: Result
    period: str
    paths: dict[str, Path]
    digest: str


def choose_period(result: Result, wanted: str) -> str:
    """The period that the documents are about: the one asked for, else the last that the inventory declares."""
    names = [period.name for period in result.periods]
    if wanted and wanted not in names:
        raise UsageError(f'period "{wanted}" was not computed. fix: use one of {", ".join(names)}')
    return wanted or result.inventory.periods[-1]


def build(
    folder: Path, *, period: str = "", frameworks: Sequence[str] = (), formats: Sequence[str] = FORMATS, out: Path | None = None, progress: Progress = silent
) -> Output:
    """Compute the inventory and write figures.json, the ledger and the documents asked for; raises InputError, UsageError."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f'unknown format "{name}". fix: use one of {", ".join(FORMATS)}')
    result = compute(folder, [period] if period else [], frameworks, progress=progress)
    chosen = choose_period(result, period)
    digest = lines_sha256(figures.digest_lines(result.connection))
    settings(result, chosen, digest)
    target = out or folder / "out"
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        paths = write_all(result, chosen, digest, scratch, formats, progress)
        move(scratch, target, list(paths.values()))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Output(result, chosen, {name: target / path.name for name, path in paths.items()}, digest)


def settings(result: Result, period: str, digest: str) -> None:
    """Fill the table `setting` with what the documents print beside the figures."""
    inventory = result.inventory
    position = list(inventory.periods).index(period) if period in inventory.periods else 0
    rows = {
        "period": period, "comparative": inventory.periods[position - 1] if position > 0 else "", "build.digest": digest,
        "engine.version": reporting.__version__, "version": "draft", "source_date_epoch": os.environ.get("SOURCE_DATE_EPOCH", "0"),
        "organisation.name": inventory.organisation.name, "organisation.lei": inventory.organisation.lei, "organisation.country": inventory.organisation.country,
        "organisation.currency": inventory.organisation.currency, "organisation.nace": inventory.organisation.nace, "materiality_threshold": str(inventory.materiality_threshold),
        "supplier_basis": inventory.supplier_basis, "fiscal_year_start": str(inventory.fiscal_year_start),
    }  # fmt: skip
    if inventory.base_year:
        base = inventory.base_year
        rows |= {"base_year.period": base.period, "base_year.reason": base.reason, "base_year.policy": base.policy, "base_year.threshold": str(base.threshold)}
    for role in ("preparer", "reviewer", "approver"):
        person = getattr(inventory, role)
        rows |= {f"{role}.name": person.name, f"{role}.role": person.role} if person else {}
    rows |= {f"narrative.{key}": text for key, text in inventory.narrative.items()}
    for name, value in rows.items():
        result.connection.execute("insert or replace into setting values ($1, $2)", [name, value])


def write_all(result: Result, period: str, digest: str, scratch: Path, formats: Sequence[str], progress: Progress) -> dict[str, Path]:
    """Write every output into an empty folder; returns format -> path."""
    paths = {"json": scratch / "figures.json", "ledger": scratch / "ledger", "ledger.csv": scratch / "ledger.csv"}
    progress("figures.json and ledger")
    figures.render(result, period, digest, paths["json"])
    write_csv(result.connection, paths["ledger.csv"])
    write_parquet(result.connection, paths["ledger"])
    documents = [name for name in ("xlsx", "pdf") if name in formats]
    if documents:
        from reporting.render import documents as render  # noqa: PLC0415 - the renderers take a third of a second to import

        paths |= render.write(result, period, scratch, documents, progress)
    return paths


def move(scratch: Path, target: Path, paths: Sequence[Path]) -> None:
    """Put new files in the place of the old ones, each in one step, folders included."""
    target.mkdir(exist_ok=True)
    for path in paths:
        place = target / path.name
        if place.is_dir():
            retired = scratch / f"{path.name}.old"
            place.rename(retired)
        path.rename(place)


def manifest(target: Path) -> dict[str, str]:
    """SHA-256 of every file of an output folder by its relative path."""
    return {path.relative_to(target).as_posix(): file_sha256(path) for path in sorted(target.rglob("*")) if path.is_file()}
