"""`ghg build`: figures, ledger and documents of an inventory into a folder; a crash at any moment leaves the last good output intact."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.digest import lines_sha256
from reporting.framework_rules import fill_rules
from reporting.ledger import write_csv, write_parquet
from reporting.locks.load import NAME
from reporting.locks.lock import write_build_lock
from reporting.pipeline import Progress, Result, compute, silent
from reporting.render import figures
from reporting.setting import write_settings
from reporting.types import UsageError

FORMATS = ("pdf", "xlsx", "json")
MORE_FORMATS = ("html", "ixbrl")
"""What is made only where it is asked for by name."""


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


def build(  # noqa: PLR0913 - one argument for each option of the verb
    folder: Path,
    *,
    period: str = "",
    frameworks: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
    since: str = "",
    taxonomies: Sequence[Path] = (),
    progress: Progress = silent,
) -> Output:
    """Compute the inventory and write figures.json, the ledger and the documents asked for; raises InputError, UsageError.

    With `since`, a published version or an inventory folder, the documents explain what changed from there. With `taxonomies`,
    XBRL taxonomy packages, inline XBRL is validated.
    """
    for name in formats:
        if name not in (*FORMATS, *MORE_FORMATS):
            raise UsageError(f'unknown format "{name}". fix: use one of {", ".join((*FORMATS, *MORE_FORMATS))}')
    if taxonomies and "ixbrl" not in formats:
        raise UsageError("a taxonomy validates inline XBRL, which is not made. fix: add ixbrl to the formats")
    result = compute(folder, [period] if period else [], frameworks, progress=progress)
    chosen = choose_period(result, period)
    digest = lines_sha256(figures.digest_lines(result.connection))
    write_settings(result, chosen, digest)
    fill_rules(result.connection, chosen)
    if since:
        _explain(result, since, chosen, frameworks, progress)
    target = out or folder / "out"
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    output = Output(result, chosen, {}, digest)
    try:
        paths = write_all(output, scratch, formats, progress, taxonomies)
        move(scratch, target, list(paths.values()), stale=f"disclosure-{chosen}.*")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return replace(output, paths={name: target / path.name for name, path in paths.items()})


def _explain(result: Result, since: str, period: str, frameworks: Sequence[str], progress: Progress) -> None:
    from reporting.evidence.bridge.ends import NOW, ends  # noqa: PLC0415 - a build that explains nothing needs none of it
    from reporting.evidence.bridge.keep import keep  # noqa: PLC0415
    from reporting.evidence.restatement import explain  # noqa: PLC0415

    with ends(result.folder, since, NOW, period) as (before, after, _):
        keep(result.connection, explain(before, after, period, frameworks, progress=progress))


def write_all(
    output: Output, scratch: Path, formats: Sequence[str], progress: Progress, taxonomies: Sequence[Path] = ()
) -> dict[str, Path]:
    """Write every output into an empty folder; returns format -> path."""
    result, period = output.result, output.period
    paths = {"json": scratch / "figures.json", "ledger": scratch / "ledger", "ledger.csv": scratch / "ledger.csv", NAME: scratch / NAME}
    progress("figures.json and ledger")
    told = figures.render(result, period, output.digest, paths["json"])
    write_build_lock(result, period, paths[NAME])
    write_csv(result.connection, paths["ledger.csv"])
    write_parquet(result.connection, paths["ledger"])
    documents = [name for name in ("xlsx", "pdf", "html", "ixbrl") if name in formats]
    if documents:
        from reporting.render import documents as render  # noqa: PLC0415 - the renderers take a third of a second to import

        paths |= render.write(result, told, scratch, documents, progress, taxonomies)
    return paths


def move(scratch: Path, target: Path, paths: Sequence[Path], *, stale: str) -> None:
    """Put new files in the place of the old ones, each in one step; documents of the same period that were not made again are removed."""
    target.mkdir(exist_ok=True)
    for path in paths:
        place = target / path.name
        if place.is_dir():
            place.rename(scratch / f"{path.name}.old")
        path.rename(place)
    for path in set(target.glob(stale)) - {target / path.name for path in paths}:
        path.unlink()
