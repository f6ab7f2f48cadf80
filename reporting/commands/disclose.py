"""Verbs that make and prove a disclosure: check, build, trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.framework_lines import print_index, print_rules
from reporting.commands.layout import exact, print_aligned, print_findings, print_hanging, thousands, wrapped
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.database import records
from reporting.disclosure import FORMATS, Output, build, choose_period
from reporting.evidence.published import DRAFT, build_version
from reporting.framework_rules import fill_rules
from reporting.pipeline import Result, compute
from reporting.render.figures import QUERIES
from reporting.tracing import SUM_OF_FIGURES, Trace, trace
from reporting.types import Finding

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="Such as 2026-Q3, 2026, 2026-07, 2026-Q3-YTD, FY2026.", show_default=False)]
Frameworks = Annotated[
    list[str] | None, typer.Option("--framework", help="Only this framework; may be given several times.", show_default=False)
]
FigureId = Annotated[str, typer.Argument(help="A figure id, such as ghg_protocol/scope1.", show_default=False)]
OutFolder = Annotated[Path | None, typer.Option("--out", help="Where to write; by default `out` in the inventory.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
HEADLINE = (QUERIES / "headline.sql").read_text(encoding="utf-8")
INDEX = (QUERIES / "index.sql").read_text(encoding="utf-8")
ROWS = "select sum(rows_in), sum(rows_accepted), sum(rows_rejected), sum(rows_excluded) from row_account"


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("check")(check_command)
    app.command("build")(build_command)
    app.command("trace")(trace_command)


def check_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, framework: Frameworks = None, period: PeriodOption = "",
    marked: Annotated[Path | None, typer.Option("--marked", help="Write copies of workbooks with bad cells marked into this folder.",
                                                show_default=False)] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Print every finding by itself, however alike they are.")] = False,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Print the findings of an inventory and, with --framework, each rule and datapoint of it; exit code 1 where one is in error."""
    with progress() as report:
        result = compute(inventory, [period] if period else [], framework or (), progress=report)
        chosen = choose_period(result, period)
        rules = fill_rules(result.connection, chosen) if framework else ()
        lines = records(result.connection, INDEX, {"period": chosen}) if framework else []
    copies: tuple[Path, ...] = ()
    if marked:
        from reporting.entry.marked import mark  # noqa: PLC0415 - openpyxl takes a sixth of a second to import

        copies = mark(inventory, result.findings, marked)
    if as_json:
        findings = [vars(finding) for finding in result.findings]
        print_json({"findings": findings, "rules": [vars(rule) for rule in rules], "datapoints": lines, "rows": rows(result),
                    "marked": [str(path) for path in copies]})  # fmt: skip
    else:
        print_findings(result.findings, every=show_all, rest=f"ghg check {inventory} --all lists every one")
        if result.findings:
            out.print()
        print_rules(rules)
        print_index(lines, every=show_all)
        out.print(row_line(result))
        out.print(counts(result.findings))
        for path in copies:
            print_text(f"marked       {path}")
    is_violated = any(rule.status == "violated" and rule.severity == "error" for rule in rules)
    is_missing = any(line["status"] == "withheld" and line["is_mandatory"] for line in lines)
    raise typer.Exit(1 if result.has_errors or is_violated or is_missing else 0)


def build_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, period: PeriodOption = "", framework: Frameworks = None,
    formats: Annotated[str, typer.Option("--format", help="Comma-separated: pdf, xlsx, json, html, ixbrl.")] = ",".join(FORMATS),
    out_folder: OutFolder = None,
    since: Annotated[str, typer.Option("--since", help="Explain what changed since a version or folder.", show_default=False)] = "",
    taxonomy: Annotated[
        list[Path] | None,
        typer.Option("--taxonomy", help="Validate inline XBRL with this taxonomy package (ZIP); several times.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Compute all figures and write figures.json, the ledger and the documents; exit code 1 where figures are withheld."""
    with progress() as report:
        wanted = [name.strip() for name in formats.split(",") if name.strip()]
        output = build(
            inventory,
            period=period,
            frameworks=framework or (),
            formats=wanted,
            out=out_folder,
            since=since,
            taxonomies=taxonomy or (),
            progress=report,
        )
    if as_json:
        print_json({"period": output.period, "digest": output.digest, "files": {name: str(path) for name, path in output.paths.items()}})
    else:
        print_build(output, inventory)
    raise typer.Exit(1 if output.result.has_errors or is_withheld(output) else 0)


def trace_command(inventory: Inventory, figure: FigureId, period: PeriodOption = "", as_json: Json = False) -> None:
    """Follow a figure down to the source rows; the printed parts add up to it exactly."""
    name, _, at = figure.partition("@")
    with progress() as report:
        result = compute(inventory, [period or at] if period or at else [], [], progress=report)
    found = trace(result.connection, name, choose_period(result, period or at))
    if as_json:
        print_json(trace_record(found))
    else:
        print_trace(found)
    raise typer.Exit(0 if found.is_exact and found.figure["status"] != "withheld" else 1)


def is_withheld(output: Output) -> bool:
    """Whether a figure of the build's period is withheld."""
    row = output.result.connection.execute(
        "select count(*) from figure where status = 'withheld' and period = $1", [output.period]
    ).fetchone()
    return bool(row and row[0])


def rows(result: Result) -> dict[str, int]:
    """Rows in, accepted, rejected and excluded over all files; the last three add up to the first."""
    row = result.connection.execute(ROWS).fetchone() or (0, 0, 0, 0)
    return dict(zip(("in", "accepted", "rejected", "excluded"), (int(value or 0) for value in row), strict=True))


def row_line(result: Result) -> str:
    """That account in a sentence."""
    n = rows(result)
    return f"{n['in']:,} rows in = {n['accepted']:,} accepted + {n['rejected']:,} rejected + {n['excluded']:,} excluded"


def counts(findings: tuple[Finding, ...]) -> str:
    """How many findings of each severity there are."""
    number = Counter(finding.severity for finding in findings)
    return ", ".join(f"{number[kind]} {kind}{'' if number[kind] == 1 else 's'}" for kind in ("error", "warning", "note"))


def print_build(output: Output, inventory: Path) -> None:
    """The figures that a reader looks for first, what was found, and where the documents are."""
    connection = output.result.connection
    found = records(connection, HEADLINE, {"period": output.period})
    out.print(f"{output.result.inventory.organisation.name}, {output.period}", style="bold", soft_wrap=True)
    print_headline([(thousands(str(row["stated"])), str(row["unit"]), str(row["label"]), str(row["figure"])) for row in found])
    out.print()
    errors = [finding for finding in output.result.findings if finding.severity == "error"]
    if errors:
        print_findings(errors, rest=f"ghg check {inventory} lists every one", stderr=True)
    out.print(row_line(output.result))
    out.print(counts(output.result.findings))
    if output.result.findings:
        print_hanging(f"ghg check {inventory} lists them; ghg trace {inventory} FIGURE follows a figure to its rows")
    version = build_version(connection, output.period)
    told = [(name, str(path)) for name, path in output.paths.items()] + [("digest", output.digest)]
    print_aligned(("", ""), told + ([("version", version)] if version != DRAFT else []), gap=1)


def print_headline(figures: Sequence[tuple[str, str, str, str]]) -> None:
    """Stated, unit, label and id; where the terminal is too narrow for them side by side, the id stands whole below its label."""
    header = ("stated", "unit", "label", "figure")
    if sum(max(map(len, column)) + 2 for column in zip(header, *figures, strict=True)) - 2 <= out.width:
        print_aligned(header, figures, right=(0,))
        return
    room = max(out.width - sum(max(map(len, column)) + 2 for column in list(zip(header, *figures, strict=True))[:2]), 20)
    lines = [
        (stated, unit, part) if number == 0 else ("", "", part)
        for stated, unit, label, figure in figures
        for number, part in enumerate([*wrapped(label, room), figure])
    ]
    print_aligned(header[:3], lines, right=(0,))


def trace_record(found: Trace) -> dict[str, object]:
    """A trace as plain values."""
    return {
        "figure": found.figure,
        "total": found.total,
        "is_exact": found.is_exact,
        "lines": found.lines.where(found.lines.notna(), None).to_dict("records"),
        "parts": [trace_record(part) for part in found.parts],
    }


def print_trace(found: Trace, depth: int = 0) -> None:
    """A trace for people: each source row as it stands in the file, then the multiplication, then the sum."""
    figure = found.figure
    print_hanging(f"{figure['figure_id']}@{figure['period']}  {figure['label']}")
    whole = f"(exactly {show(figure['value'])})" if figure["value"] is not None else ""
    print_hanging(f"  {str(figure['status']).replace('_', ' ')} {stated(figure)} {figure['unit']} {whole}".rstrip())
    print_hanging(f"  view {figure['view']}, {figure['citation']}")
    if figure["reason"]:
        print_hanging(f"  {figure['reason']}")
    for place, lines in found.lines.groupby(["file_path", "sheet", "row_no"], sort=False) if len(found.lines) else ():
        print_source_row(place, lines)
    for part in found.parts:
        print_trace(part, depth + 1)
    if found.total is not None:
        verdict = (
            "the figure is withheld" if figure["status"] == "withheld" else "exactly the figure" if found.is_exact else "NOT the figure"
        )
        print_hanging(f"  {how_it_adds_up(found)} {show(found.total)} {figure['unit']}: {verdict}")


def how_it_adds_up(found: Trace) -> str:
    """How the total of a trace comes about."""
    if found.figure["kind"] == SUM_OF_FIGURES:
        return "less what was reported" if found.figure["less"] else "they add up to"
    if found.parts:
        return "numerator over denominator"
    return f"{len(found.lines)} lines add up to" if len(found.lines) else "value"


def print_source_row(place: tuple[str, str, int], lines: object) -> None:
    """One source row and the ledger lines that rest on it."""
    path, sheet, number = place
    frame = lines.to_dict("records")  # type: ignore[attr-defined]
    out.print()
    print_hanging(f"  {path}{f' [{sheet}]' if sheet else ''}:{number} | {frame[0]['row_text']}")
    if frame[0]["correction"]:
        print_hanging(f"    corrected by {frame[0]['correction']}")
    for line in frame:
        gas = (
            f" kg {line['gas']}" if line["value_as"] == "kg_gas" else " MWh" if line["value_as"] == "mwh" else f" kg CO2e of {line['gas']}"
        )
        is_weighed = line["value_as"] == "kg_gas" and line["gwp"] is not None
        gwp = f" x GWP {show(line['gwp'])}" if is_weighed else ""
        share = f" x share {show(line['share'])}" if show(line["share"]) != "1" else ""
        unit = "MWh" if line["value_as"] == "mwh" else "kg CO2e" if is_weighed or line["value_as"] == "kg_co2e" else f"kg {line['gas']}"
        product = f"{show(line['quantity'])} {line['factor_unit']} x {show(line['factor'])}{gas}/{line['factor_unit']}{gwp}{share}"
        print_hanging(f"    {product} = {show(line['amount'])} {unit}")
        print_hanging(f"      {line['activity_id']}{f' ({note})' if (note := line['note']) else ''}")
        for parent in line["parents"]:
            print_hanging(f"        rests on {parent}")
        print_hanging(f"      {line['factor_id']}: {line['publication']}, {line['citation']}")


def stated(figure: Mapping[str, object]) -> str:
    """The number of a figure as the documents print it, with its decimals."""
    number, decimals = figure["stated"], figure.get("decimals")
    return f"{number:,.{decimals}f}" if isinstance(number, Decimal) and isinstance(decimals, int) else show(number)


def show(value: object) -> str:
    """A number as it is computed with, thousands apart and without idle zeros."""
    return exact(value) if isinstance(value, Decimal) else "" if value is None else str(value)
