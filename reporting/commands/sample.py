"""The verb for auditors: sample."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.disclose import Inventory, Json, PeriodOption
from reporting.commands.layout import amount, print_aligned
from reporting.commands.terminal import print_json, print_text, progress
from reporting.disclosure import choose_period
from reporting.evidence.sampling.draw import draw
from reporting.evidence.sampling.shapes import ReadSample, Sample
from reporting.pipeline import compute
from reporting.types import UsageError

Seed = Annotated[str, typer.Option("--seed", help="A word or number of the auditor's own.", show_default=False)]
Size = Annotated[int, typer.Option("--size", help="How many points to draw, and how many things of each register.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="`source`: a sample of each source, sized by its tonnes.", show_default=False)]
Criteria = Annotated[str, typer.Option("--criteria", help="issa_5000, isae_3410 or iso_14064_3_2019.", show_default=False)]
OutFile = Annotated[Path | None, typer.Option("--out", help="The tick sheet to write, as sample.xlsx.", show_default=False)]
Ticks = Annotated[Path | None, typer.Option("--read", help="A tick sheet as filled in: project it.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("sample")(sample_command)


def sample_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, period: PeriodOption = "", seed: Seed = "", size: Size = 0, by: By = "", criteria: Criteria = "",
    out_file: OutFile = None, read: Ticks = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Draw rows by their tonnes and things from registers; --read projects what was ticked (exit code 1: not below materiality)."""
    if read is not None:
        _read(inventory, read, as_json=as_json)
    sample = _draw(inventory, period, seed=seed, size=size, by=by, criteria=criteria)
    if out_file is not None:
        if out_file.suffix.lower() != ".xlsx" or out_file.exists():
            raise UsageError(f'"{out_file}" exists or does not end in .xlsx. fix: name a new workbook')
        from reporting.evidence.sampling.sheet import write_sheet  # noqa: PLC0415 - openpyxl takes a sixth of a second to import

        write_sheet(sample, out_file)
    if as_json:
        print_json(plain_sample(sample))
    else:
        _print(sample, out_file)


def plain_sample(sample: Sample | ReadSample) -> dict[str, object]:
    """A sample as plain values."""
    from dataclasses import asdict  # noqa: PLC0415 - not needed elsewhere

    return asdict(sample)


def _draw(inventory: Path, period: str, *, seed: str, size: int, by: str, criteria: str) -> Sample:  # noqa: PLR0913 - what a sample is drawn by
    with progress() as report:
        result = compute(inventory, [period] if period else [], progress=report)
    return draw(result, choose_period(result, period), seed=seed, size=size, by=by, criteria=criteria)


def _read(inventory: Path, path: Path, *, as_json: bool) -> None:
    from reporting.evidence.sampling.read import open_sheet, read_sheet  # noqa: PLC0415 - openpyxl takes a sixth of a second to import

    ticked = open_sheet(path)
    said = ticked.about
    if not said["size"].isdecimal():
        raise UsageError(f'{ticked.path}: the size "{said["size"]}" is no number. fix: give the workbook that ghg sample wrote')
    sample = _draw(inventory, said["period"], seed=said["seed"], size=int(said["size"]), by=said["by"], criteria=said["criteria"])
    found = read_sheet(ticked, sample)
    if as_json:
        print_json(plain_sample(found))
    else:
        _print_read(found)
    is_below = found.upper_kg is not None and found.upper_kg < found.materiality_kg and not found.not_found
    raise typer.Exit(0 if is_below else 1)


def _tonnes(kg: Decimal | None) -> str:
    return "" if kg is None else amount(kg.scaleb(-3))


def _print(sample: Sample, out_file: Path | None) -> None:
    rows = [
        [item.item, item.source_id, _tonnes(item.kg_co2e), str(item.hits), "certain" if item.is_certain else ""] for item in sample.items
    ]
    print_aligned(["file and row", "source", "t CO2e", "points", ""], rows, right=(2, 3))
    print_text("")
    things = [[thing.register, thing.name, str(thing.rows_found), _tonnes(thing.kg_co2e)] for thing in sample.registers]
    print_aligned(["register", "name", "rows found", "t CO2e"], things, right=(2, 3))
    of = f"{sample.rows} rows of {_tonnes(sample.kg_co2e)} t CO2e in {sample.period}, view {sample.view}"
    print_text(f"\n{len(sample.items)} of {of}; materiality {_tonnes(sample.materiality_kg)} t\n{sample.claim}")
    if out_file is not None:
        print_text(f"tick sheet   {out_file}")


def _print_read(found: ReadSample) -> None:
    numbers = [(part.known_kg, part.projected_kg, part.upper_kg) for part in found.projections]
    heads = [[part.stratum or "all", str(part.items), str(part.errors)] for part in found.projections]
    rows = [[*head, *map(_tonnes, values)] for head, values in zip(heads, numbers, strict=True)]
    if rows:
        print_aligned(["drawn from", "rows", "differ", "known, t", "projected, t", "upper limit, t"], rows, right=(1, 2, 3, 4, 5))
    for label, names in (("not ticked", found.not_ticked), ("not complete", found.not_found)):
        for name in names:
            print_text(f"{label}   {name}")
    told = f"projected {_tonnes(found.projected_kg)} t, upper limit at {found.confidence} {_tonnes(found.upper_kg)} t, " if rows else ""
    print_text(f"{told}materiality {_tonnes(found.materiality_kg)} t CO2e: {found.standing}\n{found.claim}")
