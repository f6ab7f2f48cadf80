"""Verbs of the evidence pack: pack, verify."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.disclose import Inventory, Json, PeriodOption
from reporting.commands.layout import print_fitting, print_wrapped
from reporting.commands.terminal import out, print_json, progress
from reporting.disclosure import FORMATS
from reporting.types import UsageError

VersionOrOut = Annotated[
    str, typer.Argument(help="A published version, such as 2026-Q2/v1 or 2026-Q2/latest; or OUT with --period.", metavar="VERSION")
]
Out = Annotated[Path | None, typer.Argument(help="The pack to write, as pack.zip.", metavar="OUT", show_default=False)]
PackFile = Annotated[Path, typer.Argument(help="A pack, or the folder it was unpacked into.", metavar="PACK", show_default=False)]
Files = Annotated[
    Path | None, typer.Option("--files", help="A folder with what the pack leaves out, under the same paths.", show_default=False)
]
Digest = Annotated[
    str, typer.Option("--digest", help="The digest that was published: of the pack, the version or the figures.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("pack")(pack_command)
    app.command("verify")(verify_command)


def pack_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, version: VersionOrOut, out_file: Out = None, period: PeriodOption = "",
    formats: Annotated[str, typer.Option("--format", help="Documents of an unpublished pack: pdf, xlsx, json.")] = ",".join(FORMATS),
    as_json: Json = False,
) -> None:  # fmt: skip
    """Pack a version with all it rests on; `ghg pack INVENTORY OUT.zip --period P` packs the folder as it is, marked as not published."""
    from reporting.evidence.pack import coverage_line, pack  # noqa: PLC0415 - it imports the renderers

    name, path = ("", Path(version)) if out_file is None else (version, out_file)
    if not name and not period:
        raise UsageError(
            "VERSION or --period is missing. fix: ghg pack INVENTORY VERSION OUT.zip, or ghg pack INVENTORY OUT.zip --period P"
        )
    with progress() as report:
        wanted = [kind.strip() for kind in formats.split(",") if kind.strip()]
        made = pack(inventory, name, path, period=period, formats=wanted, progress=report)
    if as_json:
        print_json(asdict(made) | {"path": str(path)})
        return
    out.print(f"Evidence of {made.version or f'{made.period}, not published'}", style="bold", soft_wrap=True)
    shown = [[c.documents or c.state, c.scope, f"{c.activities:,}", f"{c.kg_co2e / Decimal(1000):,.3f}"] for c in made.coverage]
    print_fitting(("documents", "scope", "activities", "t CO2e"), shown, right=(2, 3))
    print_wrapped(coverage_line(made.coverage))
    for line in made.left_out:
        out.print(f"left out        {line}", soft_wrap=True)
    out.print(f"pack            {path} ({made.files:,} files, {made.bytes:,} bytes)", soft_wrap=True)
    out.print(f"pack digest     {made.pack_digest}", soft_wrap=True)
    out.print(f"figures digest  {made.figures_digest}", soft_wrap=True)
    if made.version:
        out.print(f"version digest  {made.version_digest}", soft_wrap=True)


def verify_command(pack: PackFile, files: Files = None, digest: Digest = "", as_json: Json = False) -> None:
    """Compute a pack again from its source files and compare everything; exit code 1 where something differs."""
    from reporting.evidence.verify import verify  # noqa: PLC0415 - it imports the renderers

    with progress() as report:
        found = verify(pack, files=files, digest=digest.strip().lower(), progress=report)
    if as_json:
        print_json(asdict(found) | {"path": str(pack)})
    else:
        for kind, lines in (("checked", found.checked), ("not checked", found.not_checked), ("DIFFERENCE", found.differences)):
            for line in lines:
                out.print(f"{kind:<12} {line}", soft_wrap=True, markup=False, highlight=False)
        number = len(found.differences)
        verdict = f"{number} difference{'' if number == 1 else 's'}" if found.differences else "nothing differs"
        out.print(f"{verdict}; {found.claim}", soft_wrap=True)
    raise typer.Exit(1 if found.differences else 0)
