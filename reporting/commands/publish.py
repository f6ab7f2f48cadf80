"""Verbs of the register: publish, versions, restore, signoff, close, reopen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from pydantic import ValidationError

from reporting.commands.layout import print_aligned
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.inventory import Person
from reporting.types import UsageError

if TYPE_CHECKING:
    from reporting.evidence.formats import Event, ListedVersion
    from reporting.evidence.register import Version

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
VersionName = Annotated[str, typer.Argument(help="Such as 2026-Q3/v1 or 2026-Q3/latest.", show_default=False)]
PeriodName = Annotated[str, typer.Argument(help="Such as 2026-Q3.", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="The period to publish, such as 2026-Q3.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why; needed for every version after the first, and to reopen.", show_default=False)]
Formats = Annotated[str, typer.Option("--format", help="Comma-separated: pdf, xlsx, json.")]
Name = Annotated[str, typer.Option("--name", help="Who does it.", show_default=False)]
Role = Annotated[str, typer.Option("--role", help="In which role, such as Controller.", show_default=False)]
Day = Annotated[str, typer.Option("--date", help="The day, as 2026-01-31; else SOURCE_DATE_EPOCH, else today.", show_default=False)]
Duty = Annotated[Literal["prepare", "review", "approve"], typer.Argument(help="What was done.", show_default=False)]
DONE = {"prepare": "prepared", "review": "reviewed", "approve": "approved", "close": "closed", "reopen": "reopened"}
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("publish")(publish_command)
    app.command("versions")(versions_command)
    app.command("restore")(restore_command)
    app.command("signoff")(signoff_command)
    app.command("close")(close_command)
    app.command("reopen")(reopen_command)


def publish_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory,
    period: PeriodOption,
    reason: Reason = "",
    formats: Formats = "pdf,xlsx,json",
    day: Day = "",
    as_json: Json = False,
) -> None:
    """Freeze a period as a version below disclosures; exit code 1 where mandatory figures are withheld."""
    from reporting.evidence.register import publish  # noqa: PLC0415 - other verbs do not need it

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    with progress() as report:
        made = publish(inventory, period, reason=reason, formats=wanted, on=day, progress=report)
    if as_json:
        files = tuple(sorted([*made.manifest.files, "version.json"]))
        told = {"version": made.name, "digest": made.digest, "is_new": made.is_new, "folder": str(made.folder), "files": files}
        print_json({**told, "incomplete": made.manifest.incomplete})
    else:
        print_published(made, inventory)
    raise typer.Exit(1 if made.manifest.incomplete else 0)


def print_published(made: Version, inventory: Path) -> None:
    """What was published, and what stands in the way of approving it."""
    what = "published" if made.is_new else "is published already, with these very inputs"
    out.print(f"{made.name} {what}: {len(made.manifest.inputs)} inputs, {len(made.manifest.tables)} tables", soft_wrap=True)
    for name in sorted([*made.manifest.files, "version.json"]):
        out.print(f"  {made.folder / name}", soft_wrap=True)
    out.print(f"digest   {made.digest}", soft_wrap=True)
    out.print(f"previous {made.manifest.previous}", soft_wrap=True)
    if made.manifest.incomplete:
        out.print(f"INCOMPLETE, cannot be approved: {', '.join(made.manifest.incomplete)} withheld", soft_wrap=True)
    elif made.is_new:
        out.print(f"next     ghg signoff {inventory} {made.name} prepare --name NAME --role ROLE", soft_wrap=True)


def versions_command(inventory: Inventory, as_json: Json = False) -> None:
    """List the published versions after checking the whole register; exit code 1 where something is not as it was written."""
    from reporting.evidence.integrity import told  # noqa: PLC0415 - other verbs do not need it
    from reporting.evidence.listing import listing  # noqa: PLC0415 - likewise

    found = listing(inventory)
    if as_json:
        print_json(found.model_dump())
        raise typer.Exit(1 if found.faults else 0)
    rows = [[one.version, str(one.date), one.digest[:12], _state(one)] for one in found.versions]
    if rows:
        print_aligned(("version", "day", "digest", "state"), rows, beneath=[_beneath(one) for one in found.versions])
    for fault in found.faults:
        print_text(told(fault), stderr=True)
    whole = (
        "the register is as it was written: chain, versions and objects"
        if found.versions
        else "nothing is published yet: `ghg publish INVENTORY --period P` does"
    )
    out.print(f"{len(found.faults)} faults found" if found.faults else whole)
    raise typer.Exit(1 if found.faults else 0)


def _state(one: ListedVersion) -> str:
    words = ["latest" if one.is_latest else "replaced"] + (["approved"] if one.is_approved else [])
    words += ["period closed"] if one.is_closed and one.is_latest else []
    return ", ".join(words + (["INCOMPLETE"] if one.incomplete else []))


def _beneath(one: ListedVersion) -> list[str]:
    reason = [f"because: {one.reason}"] if one.reason else []
    return reason + [f"{DONE[event.event]} by {event.name}, {event.role}, {event.date}" for event in one.signoffs]


def restore_command(
    inventory: Inventory, version: VersionName, destination: Annotated[Path, typer.Argument(help="A new folder.", show_default=False)],
    as_json: Json = False,
) -> None:  # fmt: skip
    """Write the inputs of a version as an inventory folder, byte for byte."""
    from reporting.evidence.register import restore  # noqa: PLC0415 - other verbs do not need it

    made = restore(inventory, version, destination)
    files = tuple(made.manifest.inputs)
    if as_json:
        print_json({"version": made.name, "digest": made.digest, "folder": str(destination), "files": files})
    else:
        out.print(f"{made.name}: {len(files)} inputs written to {destination}", soft_wrap=True)


def signoff_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, version: VersionName, duty: Duty, name: Name, role: Role, day: Day = "", as_json: Json = False
) -> None:
    """Record who prepared, reviewed or approved a version, with the digest of what they saw."""
    from reporting.evidence.signoff import sign_off  # noqa: PLC0415 - other verbs do not need it

    print_event(sign_off(inventory, version, duty, person(name, role), day), as_json=as_json)


def close_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, period: PeriodName, name: Name, role: Role, reason: Reason = "", day: Day = "", as_json: Json = False
) -> None:
    """Close a published period: it takes no new version until it is reopened."""
    from reporting.evidence.signoff import change_period  # noqa: PLC0415 - other verbs do not need it

    print_event(change_period(inventory, period, "close", person(name, role), reason=reason, on=day), as_json=as_json)


def reopen_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, period: PeriodName, name: Name, role: Role, reason: Reason = "", day: Day = "", as_json: Json = False
) -> None:
    """Reopen a closed period, with the reason."""
    from reporting.evidence.signoff import change_period  # noqa: PLC0415 - other verbs do not need it

    print_event(change_period(inventory, period, "reopen", person(name, role), reason=reason, on=day), as_json=as_json)


def person(name: str, role: str) -> Person:
    """Who acts; raises UsageError for an empty or endless name."""
    try:
        return Person(name=name, role=role)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"--{first['loc'][0]}: {first['msg']}. fix: say who it is, and in which role") from None


def print_event(event: Event, *, as_json: bool) -> None:
    """A line that was added to the register."""
    if as_json:
        print_json(event.model_dump())
        return
    subject = getattr(event, "version", "") or getattr(event, "period", "")
    print_text(f"{subject} {DONE[event.event]} by {getattr(event, 'name', '')}, {getattr(event, 'role', '')}, {event.date}")
    out.print(f"line {event.number} of disclosures/register.jsonl", soft_wrap=True)
