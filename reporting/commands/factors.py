"""`ghg factors`: list, search and show emission factors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reporting.commands import factors_change, factors_import, factors_lock
from reporting.commands.application import Application
from reporting.commands.layout import factor_value, print_aligned, print_wrapped
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.digest import plain
from reporting.questions.answers import Edition, FactorDetail, FactorSearch, FactorSet, FactorSets, FoundFactor, GasValue
from reporting.questions.asking import plain_record
from reporting.questions.catalogue import factor_sets_answer, open_catalogue, search_answer, show_factor

app = Application(help="List, search and show emission factors.")
factors_import.register(app)
factors_lock.register(app)
factors_change.register(app)
Own = Annotated[Path | None, typer.Option("--inventory", help="An inventory folder, whose own factor sets count too.", show_default=False)]
Gwp = Annotated[str, typer.Option("--gwp", help="SAR, TAR, AR4, AR5 or AR6: the GWP set of the totals.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.callback()
def _factors() -> None:
    """List, search and show emission factors."""


@app.command("list")
def list_command(inventory: Own = None, as_json: Json = False) -> None:
    """List the factor sets: publisher, edition, values, licence, until when they may be used."""
    with progress() as report:
        answer = factor_sets_answer(open_catalogue(inventory, progress=report))
    if as_json:
        print_json(plain_record(answer))
    else:
        print_sets(answer)


def print_sets(answer: FactorSets) -> None:
    """Two lines for each set: what it holds, who published it under which licence."""
    rows = [(s.set_id, f"{s.values:,}", years(s), s.gwp_set, s.usable_until.isoformat()) for s in answer.sets]
    beneath = [[f"{s.publisher}: {s.title}, {s.edition}", s.licence] for s in answer.sets]
    print_aligned(("set", "values", "data years", "GWP", "usable until"), rows, right=(1,), beneath=beneath)


def years(found: FactorSet) -> str:
    """The data years of a set."""
    return (
        "none"
        if found.first_year is None
        else str(found.first_year)
        if found.first_year == found.last_year
        else f"{found.first_year} to {found.last_year}"
    )


@app.command("search", context_settings={"ignore_unknown_options": True})
def search_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    words: Annotated[list[str], typer.Argument(help="What you look for, such as: natural gas kwh.", show_default=False)],
    region: Annotated[
        str,
        typer.Option(
            "--region",
            help="Factors of this region, all that it lies in, and its neighbours, such as GB or aws:us-east-1.",
            show_default=False,
        ),
    ] = "",
    activity_type: Annotated[str, typer.Option("--type", help="Only this activity type.", show_default=False)] = "",
    gwp: Gwp = "AR6",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to list.")] = 15,
    all_years: Annotated[bool, typer.Option("--all-years", help="Older years and editions too.")] = False,
    inventory: Own = None,
    as_json: Json = False,
) -> None:
    """Find factors by words; spelling is forgiven. Candidates stand side by side with basis, boundary, year and value."""
    with progress() as report:
        connection = open_catalogue(inventory, progress=report)
        answer = search_answer(
            connection, " ".join(words), region=region, activity_type=activity_type, gwp_set=gwp, all_years=all_years, limit=limit
        )
    if as_json:
        print_json(plain_record(answer))
    else:
        print_search(answer)
    raise typer.Exit(0 if answer.found else 1)


def print_search(answer: FactorSearch) -> None:
    """How the words were read, then two lines for each factor."""
    if not answer.found:
        print_text("no factor was found. fix: use fewer or other words, or leave out --region and --type")
        return
    read = " ".join(answer.read_as)
    if read != " ".join(answer.words):
        print_text(f"read as: {read}")
    if answer.factors[0].words < len(answer.words):
        print_text(f"no factor holds all {len(answer.words)} words; these hold {answer.factors[0].words}")
    rows = [(factor_value(f.kg_co2e_per_unit), f.per_unit, place(f), str(f.year), f.boundary, f.basis) for f in answer.factors]
    print_aligned(
        (f"kg CO2e {answer.gwp_set}", "per", "region", "year", "boundary", "basis"),
        rows,
        right=(0,),
        beneath=[found_lines(f) for f in answer.factors],
    )
    if answer.found > len(answer.factors):
        print_text(f"{len(answer.factors)} of {answer.found}: --limit {answer.found} lists all")


def place(found: FoundFactor) -> str:
    """The region of a factor; one that only lies beside the region asked for is marked: it never prices it."""
    return f"{found.region} (neighbour)" if found.relation == "neighbour" else found.region


def found_lines(found: FoundFactor) -> list[str]:
    """What stands under a factor that was found."""
    older = f" ({found.older_years} older)" if found.older_years else ""
    return [f"{found.factor_id}{older}", f"{found.label}{'; ' + found.activity_type if found.activity_type else ''}"]


@app.command("show", context_settings={"ignore_unknown_options": True})
def show_command(
    factor_id: Annotated[str, typer.Argument(metavar="ID", help="A factor id, or set/id.", show_default=False)],
    gwp: Gwp = "AR6",
    inventory: Own = None,
    as_json: Json = False,
) -> None:
    """Show one factor: each gas as published and as used, CO2e under every GWP set, citation, licence, and other editions."""
    with progress() as report:
        found = show_factor(open_catalogue(inventory, progress=report), factor_id, gwp_set=gwp)
    if as_json:
        print_json(plain_record(found))
    else:
        print_factor(found, gwp.upper())


def print_factor(found: FactorDetail, gwp_set: str) -> None:
    """One factor for people: what it is, its gases, its totals, where it comes from, what came before and after."""
    out.print(found.factor_id, style="bold", soft_wrap=True)
    print_wrapped(found.label)
    facts = [
        ("activity type", found.activity_type or "none: reachable through the column `factor` of activity data"),
        ("region", f"{found.region} {f'({found.region_name})' if found.region_name else ''}".strip()), ("supplier", found.supplier),
        ("valid", f"{found.valid_from} up to, not including, {found.valid_to}"), ("boundary", found.boundary), ("basis", found.basis),
        ("price year", found.price_year),
    ]  # fmt: skip
    print_aligned(("", ""), [fact for fact in facts if fact[1]])
    out.print()
    gases = [
        (g.gas + (" biogenic" if g.is_biogenic else ""), plain(g.value), f"{used_unit(g)} per {g.per_unit}", g.uncertainty)
        for g in found.gases
    ]
    published = [[f"published as {g.published_value} {g.published_unit}; {g.citation}"] for g in found.gases]
    print_aligned(("gas", "value", "", ""), gases, right=(1,), beneath=published)
    out.print()
    totals = [
        (
            t.gwp_set,
            plain(t.kg_co2e) if t.kg_co2e is not None else f"unknown: no value for {', '.join(t.missing_gases)}",
            plain(t.biogenic_kg_co2) if t.biogenic_kg_co2 else "",
        )
        for t in found.totals
    ]
    print_aligned(("GWP set", f"kg CO2e per {found.per_unit}", "biogenic CO2, apart" if any(row[2] for row in totals) else ""), totals)
    print_other_metrics(found)
    print_origin(found)
    print_editions(found.editions, gwp_set)


def print_other_metrics(found: FactorDetail) -> None:
    """The same by GWPs that no inventory adds up, where the gases are known by mass."""
    rows = [
        (
            m.gwp_set,
            f"{m.horizon_years} years",
            plain(m.kg_co2e) if m.kg_co2e is not None else f"unknown: no value for {', '.join(m.missing_gases)}",
        )
        for m in found.other_metrics
    ]
    if any(m.kg_co2e is not None for m in found.other_metrics):
        out.print()
        print_aligned(("other metrics, never in an inventory", "horizon", f"kg CO2e per {found.per_unit}"), rows)


def used_unit(gas: GasValue) -> str:
    """What the value as used is a mass of."""
    return f"kg {gas.gas}" if gas.value_as == "kg_gas" or gas.gas == "CO2e" else f"kg CO2e of {gas.gas}"


def print_origin(found: FactorDetail) -> None:
    """Publication, licence and until when it may be used."""
    origin = found.factor_set
    as_co2e = [gas.gas for gas in found.gases if gas.value_as == "kg_co2e" and gas.gas != "CO2"]
    if as_co2e:
        print_wrapped(f"{', '.join(as_co2e)}: published as CO2e under {origin.gwp_set}, and the same under every set.")
    out.print()
    print_wrapped(f"{origin.publisher}: {origin.title}, {origin.edition}. Set {origin.set_id}, usable until {origin.usable_until}.")
    print_wrapped(f"{origin.licence}. {origin.url}")


def print_editions(editions: tuple[Edition, ...], gwp_set: str) -> None:
    """The editions before and after, with the change from the earlier to the later."""
    if not editions:
        return
    out.print()
    rows = [(e.relation, str(e.year), factor_value(e.kg_co2e_per_unit), e.per_unit, changed(e)) for e in editions]
    print_aligned(
        ("edition", "year", f"kg CO2e {gwp_set}", "per", "change"),
        rows,
        right=(2, 4),
        beneath=[[f"{e.factor_id}", e.publication] for e in editions],
    )


def changed(edition: Edition) -> str:
    """The change in per cent with its sign."""
    return "not known" if edition.change_percent is None else f"{edition.change_percent:+} %"
