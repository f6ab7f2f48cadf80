"""Verbs that answer questions: init, why-not, coverage, calculate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.layout import amount, factor_value, folded, print_aligned, print_findings, print_wrapped
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.pipeline import compute
from reporting.questions.answers import CalculatedLine, Calculation, Candidate, Coverage, CoverageCell, SourceAccount, WhyNot
from reporting.questions.asking import plain_record
from reporting.questions.calculate import calculation
from reporting.questions.coverage import coverage_answer
from reporting.questions.starter import init
from reporting.questions.why_not import why_not_answer

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
USABLE_SHOWN, UNUSABLE_SHOWN = 5, 3
ACCOUNT = ("rows_in", "rows_accepted", "rows_rejected", "rows_excluded")
LETTERS = {"actual": "A", "estimated": "E", "accrued": "C", "filled": "F", "missing": "M", "none": "."}
BASES = {"both": "", "location": "location-based", "market": "market-based", "provisional": "market-based, provisional"}


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("init")(init_command)
    app.command("why-not")(why_not_command)
    app.command("coverage")(coverage_command)
    app.command("calculate")(calculate_command)


def init_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is empty or does not exist yet.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Write a small, complete inventory folder that builds at once; a folder that holds something is left alone."""
    written = init(folder)
    if as_json:
        print_json({"folder": str(folder), "files": list(written)})
        return
    for name in written:
        print_text(str(folder / name))
    print_text(f"\nnext: ghg build {folder}")
    print_text(f"then: put your own files into {folder / 'activity'} and say in {folder / 'inventory.yaml'} what they hold")


def why_not_command(
    inventory: Inventory,
    activity: Annotated[str, typer.Argument(help="An activity id, as in the ledger or in the source file.", show_default=False)],
    period: Annotated[str, typer.Option("--period", help="Only the months of this period, such as 2026-Q3.", show_default=False)] = "",
    show_all: Annotated[bool, typer.Option("--all", help="List every factor considered.")] = False,
    as_json: Json = False,
) -> None:
    """Show which factors were considered for an activity, why the chosen one won, and why the others did not."""
    with progress() as report:
        result = compute(inventory, progress=report)
    answer = why_not_answer(result, activity, period)
    if as_json:
        print_json(plain_record(answer))
    else:
        print_why_not(answer, show_all=show_all)
    raise typer.Exit(1 if answer.unpriced else 0)


def print_why_not(answer: WhyNot, *, show_all: bool) -> None:
    """The groups one after another, each with its winner first, then what has no factor."""
    for number, (_, group) in enumerate(groupby(answer.candidates, key=lambda c: (c.activity_id, c.first_month, c.basis))):
        if number:
            out.print()
        print_group(list(group), answer.gwp_set, show_all=show_all)
    for gap in answer.unpriced:
        out.print()
        print_text(f"{gap.activity_id}  {gap.month}  {BASES[gap.basis] if gap.basis else ''}".rstrip())
        print_wrapped(gap.message, "  ")


def print_group(group: list[Candidate], gwp_set: str, *, show_all: bool) -> None:
    """One activity and basis: what was asked for, then the candidates."""
    asked = group[0]
    months = asked.first_month if asked.first_month == asked.last_month else f"{asked.first_month} to {asked.last_month}"
    out.print(f"{asked.activity_label}, {asked.region}, {months}", style="bold", soft_wrap=True)
    facts = (asked.activity_id, asked.activity_type, BASES[asked.basis], f"asks for a {asked.boundary_asked} factor per {asked.unit}")
    print_wrapped("; ".join(fact for fact in facts if fact))
    usable, unusable = [c for c in group if c.rank], [c for c in group if not c.rank]
    shown = group if show_all else [*usable[:USABLE_SHOWN], *unusable[: UNUSABLE_SHOWN if usable else USABLE_SHOWN]]
    rows = [
        (
            str(c.rank or "-"),
            factor_value(c.kg_co2e_per_unit),
            c.per_unit,
            c.factor_region,
            str(c.year),
            c.boundary,
            "used" if c.rank == 1 else "",
        )
        for c in shown
    ]
    print_aligned(
        ("rank", f"kg CO2e {gwp_set}", "per", "region", "year", "boundary", ""), rows, right=(0, 1), beneath=[beneath(c) for c in shown]
    )
    hidden_usable, hidden_unusable = len(usable) - sum(c.rank > 0 for c in shown), len(unusable) - sum(c.rank == 0 for c in shown)
    if hidden_usable or hidden_unusable:
        print_text(f"   and {hidden_usable} more that could be used, {hidden_unusable} that may not be: --all lists them")


def beneath(candidate: Candidate) -> list[str]:
    """What stands under a candidate: its id with the reason, and for the winner its publication and cell."""
    lines = [candidate.factor_id, candidate.reason]
    return [*lines, f"{candidate.publication}, {candidate.citation}"] if candidate.rank == 1 else lines


def coverage_command(inventory: Inventory, as_json: Json = False) -> None:
    """Show for each site and carrier which months are actual, estimated, accrued or missing, and where the rows of each file went."""
    with progress() as report:
        result = compute(inventory, progress=report)
    answer = coverage_answer(result)
    if as_json:
        print_json(plain_record(answer))
    else:
        print_coverage(answer)
    raise typer.Exit(
        1 if any(cell.status == "missing" for cell in answer.cells) or any(source.rows_rejected for source in answer.sources) else 0
    )


def print_coverage(answer: Coverage) -> None:
    """The matrix, in words where they fit, else in letters year by year; what is read in part; the account of rows."""
    places = {
        place: {cell.month: cell.status for cell in cells} for place, cells in groupby(answer.cells, key=lambda c: (c.site, c.carrier))
    }
    months = sorted({cell.month for cell in answer.cells})
    width = sum(max((len(place[part]) for place in places), default=0) + 2 for part in (0, 1)) + 11 * len(months) - 2
    if width <= out.width:
        print_aligned(["site", "carrier", *months], [[*place, *(found[month] for month in months)] for place, found in places.items()])
    else:
        print_letters(places, months)
    for cell in answer.cells:
        if is_partial(cell):
            print_wrapped(f"{cell.site}, {cell.carrier}, {cell.month}: the reads cover {amount(cell.days, 1)} of {cell.days_in_month} days")
    out.print()
    print_account(answer.sources)


def print_letters(places: Mapping[tuple[str, str], Mapping[str, str]], months: Sequence[str]) -> None:
    """The matrix with a letter for each month, one block for each year."""
    for year, group in groupby(months, key=lambda month: month[:4]):
        part = list(group)
        rows = [[*place, *(LETTERS[found[month]] for month in part)] for place, found in places.items()]
        print_aligned([f"site, {year}", "carrier", *(month[5:] for month in part)], rows)
        out.print()
    print_wrapped(", ".join(f"{letter} {word}" for word, letter in LETTERS.items()))


def print_account(sources: Sequence[SourceAccount]) -> None:
    """Rows in, accepted, rejected, excluded of every file, and of all; a file's folder is named where two files have one name."""
    names = [source.path.rsplit("/", 1)[-1] for source in sources]
    files = [name if names.count(name) == 1 else source.path for name, source in zip(names, sources, strict=True)]
    counts = [[getattr(source, name) for name in ACCOUNT] for source in sources]
    rows = [
        [file + (f" [{source.sheet}]" if source.sheet else ""), *(f"{number:,}" for number in count)]
        for file, source, count in zip(files, sources, counts, strict=True)
    ]
    total = ["all", *(f"{sum(column):,}" for column in zip(*counts, strict=True))]
    print_aligned(["file", "rows in", "accepted", "rejected", "excluded"], [*rows, total] if counts else [], right=(1, 2, 3, 4))


def is_partial(cell: CoverageCell) -> bool:
    """Whether the least-read declared meter has reads, but not for the whole month."""
    return cell.days is not None and 0 < cell.days < cell.days_in_month


def calculate_command(
    activities: Annotated[
        Path,
        typer.Argument(metavar="ACTIVITIES.csv", help="CSV with activity_type, start, end, quantity, unit, region.", show_default=False),
    ],
    gwp: Annotated[str, typer.Option("--gwp", help="SAR, TAR, AR4, AR5 or AR6.")] = "AR6",
    as_json: Json = False,
) -> None:
    """Calculate the emissions of a file of activities without an inventory folder, through the same pipeline."""
    with progress() as report:
        answer = calculation(activities, gwp, progress=report)
    if as_json:
        print_json(plain_record(answer))
    else:
        print_calculation(answer)
    is_withheld = any(total.status == "withheld" for total in answer.totals)
    raise typer.Exit(1 if is_withheld or any(finding.severity == "error" for finding in answer.findings) else 0)


def print_calculation(answer: Calculation) -> None:
    """Rows with their derived rows, the factors they rest on, totals by year, findings."""
    notes: dict[str, int] = {}
    rows = [calculated_row(line, notes) for line in answer.lines]
    has_market = any(row[5] for row in rows)
    header = ["row", "scope", "activity", "quantity", "by location" if has_market else "kg CO2e", "by market", "factor"]
    chosen = [place for place in range(len(header)) if has_market or place != 5]
    head, cells = [header[place] for place in chosen], [[row[place] for place in chosen] for row in rows]
    print_text(f"{answer.file}, kg CO2e, GWP set {answer.gwp_set}\n")
    print_aligned(head, folded(head, cells, 2), right=tuple(number for number, place in enumerate(chosen) if place in {0, 3, 4, 5}))
    out.print()
    for text, number in notes.items():
        print_wrapped(f"[{number}] {text}")
    out.print()
    totals = [
        [t.period, t.label, t.status.replace("_", " ") if t.value is None or t.status == "no_activity" else amount(t.value), t.unit]
        for t in answer.totals
    ]
    print_aligned(["year", "total", "", ""], totals, right=(2,))
    fate = answer.rows
    print_text(f"\n{fate.rows_in} rows in = {fate.rows_accepted} accepted + {fate.rows_rejected} rejected + {fate.rows_excluded} excluded")
    if answer.findings:
        out.print()
        print_findings(answer.findings)


def calculated_row(line: CalculatedLine, notes: dict[str, int]) -> list[str]:
    """One line of the table; the factors that it rests on get the next free numbers in `notes`."""
    numbers = [notes.setdefault(f"{factor}: {text}", len(notes) + 1) for factor, text in zip(line.factors, line.citations, strict=True)]
    name = f"{'+ ' if line.derivation == 'adds' else ''}{line.activity_label}"
    place = line.scope + (f".{line.scope3_category}" if line.scope3_category else "")
    market = "" if line.market_kg_co2e == line.location_kg_co2e else amount(line.market_kg_co2e)
    quantity = f"{amount(line.quantity) if line.quantity is not None else 'unusable'} {line.unit}"
    return [
        str(line.row),
        place,
        name,
        quantity,
        amount(line.location_kg_co2e),
        market,
        "".join(f"[{number}]" for number in numbers),
    ]
