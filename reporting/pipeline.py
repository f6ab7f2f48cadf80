"""The whole way from files to figures, in order: read this file first.

file -> source_row -> activity -> classification -> resolution -> entry -> figure. Each stage is a numbered SQL file that makes tables from
earlier ones; after each stage the checks that belong to it run, and what they find is kept as rows of `finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.conditions import load_conditions, load_facts
from reporting.database import PACKAGE, STAGES, Connection, connect, has_rows, header, run_file, stage_files, threads_for
from reporting.evidence.published import load_published
from reporting.findings import SEVERITIES, collect, run_checks
from reporting.framework_folders import load_frameworks
from reporting.intake.files import refuse_links
from reporting.intake.hourly import load_hourly
from reporting.intake.load import load_sources
from reporting.inventory import Inventory, load_inventory
from reporting.locks.load import load_locks
from reporting.periods import Period, parse_period
from reporting.reference import load_reference
from reporting.tables import load_inventory_tables
from reporting.types import Finding, UsageError

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """A computed inventory: its database with all tables, and the findings."""

    folder: Path
    inventory: Inventory
    connection: Connection
    periods: tuple[Period, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error, so that figures are withheld."""
        return any(finding.severity == "error" for finding in self.findings)


def silent(_: str) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Given:
    """An inventory as read: its database holds what the stages start from, and nothing that they make."""

    folder: Path
    inventory: Inventory
    connection: Connection
    periods: tuple[Period, ...]


def compute(
    folder: Path, periods: Sequence[str] = (), frameworks: Sequence[str] = (), *, progress: Progress = silent, unlocked: str = ""
) -> Result:
    """Compute every figure of an inventory folder; raises InputError or UsageError where nothing can be computed at all.

    The lock of the period `unlocked` is left out: it is about to be replaced.
    """
    connection = connect(threads=threads_for(folder))
    return calculate(read(connection, folder, periods, frameworks, progress=progress, unlocked=unlocked), progress)


def read(  # noqa: PLR0913 - what compute is given, and where to
    connection: Connection,
    folder: Path,
    periods: Sequence[str] = (),
    frameworks: Sequence[str] = (),
    *,
    progress: Progress = silent,
    unlocked: str = "",
) -> Given:
    """Read an inventory folder with all reference data into an empty database."""
    refuse_links(folder)
    inventory = load_inventory(folder)
    chosen = choose_periods(inventory, periods)
    progress("reference data and emission factors")
    load_product(connection, folder / "factors")
    load_frameworks(connection, choose_frameworks(inventory, frameworks))
    load_inventory_tables(connection, folder, inventory, chosen)
    load_locks(connection, folder, unlocked)
    load_published(connection, folder, inventory)
    progress("reading the files")
    load_sources(connection, folder, inventory.sources)
    load_hourly(connection, folder, inventory.hourly)
    return Given(folder, inventory, connection, tuple(chosen))


def load_product(connection: Connection, own_sets: Path) -> None:
    """Make the tables, and fill those of reference data: the product's, and the company's own factor sets."""
    run_file(connection, STAGES / "00_schema.sql")
    load_reference(connection, own_sets)


def calculate_figures(given: Given, progress: Progress = silent, severities: Sequence[str] = SEVERITIES, *, alone: bool = False) -> None:
    """Run the stages up to the figures and, unless `alone`, what is drawn from them; errors decide about figures, the rest informs."""
    connection, inventory = given.connection, given.inventory
    run_stages(connection, 4, 10, progress, severities)
    used = {source.connector for source in inventory.sources.values()}
    for path in sorted((PACKAGE / "connectors").glob("*.sql")):
        if used & {name.strip() for name in header(path)["connector"].split(",")}:
            run_file(connection, path)
    run_stages(connection, 11, 11, progress, severities)
    if has_rows(connection, "method_row"):
        run_stages(connection, 12, 16, progress, severities)
    run_stages(connection, 17, 49, progress, severities)
    load_conditions(connection)
    run_stages(connection, 50, 69, progress, severities)
    if inventory.uncertainty:
        from reporting.ranges import fill_ranges  # noqa: PLC0415 - numpy takes a tenth of a second to import

        fill_ranges(connection, inventory.uncertainty)
    run_stages(connection, 70, 72, progress, severities)
    if not alone:
        run_stages(connection, 73, 89, progress, severities)


def calculate(given: Given, progress: Progress = silent) -> Result:
    """Run the stages on an inventory as read, in the database that holds it."""
    calculate_figures(given, progress)
    load_facts(given.connection)
    run_stages(given.connection, 90, 99, progress)
    findings = collect(given.connection, given.inventory.confidential)
    return Result(given.folder, given.inventory, given.connection, given.periods, tuple(findings))


def run_stages(connection: Connection, first: int, last: int, progress: Progress = silent, severities: Sequence[str] = SEVERITIES) -> None:
    """Run the stage files of a range, each followed by its checks."""
    for path in stage_files(first, last):
        progress(path.stem[3:].replace("_", " "))
        run_file(connection, path)
        run_checks(connection, int(path.name[:2]), severities)


def choose_periods(inventory: Inventory, wanted: Sequence[str]) -> list[Period]:
    """The periods to compute: those asked for, or all that the inventory declares; a comparative needs no asking."""
    names = list(dict.fromkeys([*inventory.periods, *wanted]))
    return [parse_period(name, inventory.fiscal_year_start) for name in names]


def choose_frameworks(inventory: Inventory, wanted: Sequence[str]) -> dict[str, str]:
    """The frameworks to compute with their views; raises UsageError for one that the inventory does not name."""
    declared = {choice.id: choice.view for choice in inventory.frameworks}
    for name in wanted:
        if name not in declared:
            raise UsageError(f'framework "{name}" is not under `frameworks` of inventory.yaml. fix: use one of {", ".join(declared)}')
    return {name: view for name, view in declared.items() if not wanted or name in wanted}
