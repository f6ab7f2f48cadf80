"""Who prepared, reviewed and approved a version, and the closing of periods: events of the register, each with name, role and day."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal, cast

from reporting.evidence import chain, objects
from reporting.evidence.event_date import event_date
from reporting.evidence.formats import Event, PeriodChange, SignOff
from reporting.evidence.integrity import intact, told
from reporting.evidence.register import Version, find_version, home_of, writing
from reporting.inventory import Person
from reporting.types import InputError, UsageError

Duty = Literal["prepare", "review", "approve"]
Change = Literal["close", "reopen"]
DONE = {"prepare": "prepared", "review": "reviewed", "approve": "approved", "close": "closed", "reopen": "reopened"}


def sign_off(folder: Path, version: str, duty: Duty, person: Person, on: str = "") -> SignOff:
    """Record that somebody prepared, reviewed or approved a version as it lies there; raises UsageError where they may not."""
    day = event_date(on)
    name, role = _plain(person.name, "name"), _plain(person.role, "role")
    with writing(folder) as events:
        found = find_version(folder, version)
        _refuse_edited(home_of(folder), found)
        _refuse_out_of_turn(events, found, duty, name)
        made = SignOff(event=duty, version=found.name, digest=found.digest, name=name, role=role, date=day)
        return cast("SignOff", chain.append(home_of(folder), events, made))


def change_period(  # noqa: PLR0913 - one argument for each option of the verb
    folder: Path, period: str, change: Change, person: Person, *, reason: str = "", on: str = ""
) -> PeriodChange:
    """Close a period, so that it takes no new version, or reopen it with a reason; raises UsageError where that is not its state."""
    day = event_date(on)
    name, role = _plain(person.name, "name"), _plain(person.role, "role")
    with writing(folder) as events:
        closed = chain.is_closed(events, period)
        if not chain.published(events, period):
            raise UsageError(f"{folder}: no version of {period} is published. fix: publish it first")
        if closed == (change == "close"):
            raise UsageError(f"{folder}: {period} is {'closed already' if closed else 'not closed'}. fix: nothing is to be done")
        if change == "reopen" and not reason.strip():
            raise UsageError(f"{folder}: {period} is closed. fix: give --reason why it is reopened")
        made = PeriodChange(event=change, period=period, reason=reason.strip(), name=name, role=role, date=day)
        return cast("PeriodChange", chain.append(home_of(folder), events, made))


def _plain(text: str, option: str) -> str:
    """A name or role in NFC with single spaces; raises UsageError for an empty one."""
    made = unicodedata.normalize("NFC", " ".join(text.split()))
    if not made:
        raise UsageError(f"--{option} is empty. fix: say who it is, and in which role")
    return made


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, whatever their letters' case, spaces and way of composing accents."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", "".join(name.split())).casefold())


def _refuse_edited(home: Path, found: Version) -> None:
    """Nobody signs off what is not as it was published."""
    _, faults = intact(home)
    for fault in faults:
        raise InputError(f"{told(fault)}. fix: {chain.FIX}")
    for name, sha256 in found.manifest.inputs.items():
        fault_of_object = objects.object_fault(home, sha256)
        if fault_of_object:
            raise InputError(f"disclosures/{objects.FOLDER}/{sha256} ({name}): {fault_of_object}. fix: {chain.FIX}")


def _refuse_out_of_turn(events: tuple[Event, ...], found: Version, duty: Duty, name: str) -> None:
    done = [(event.event, event.name) for event in found.signoffs]
    if not found.is_latest:
        raise UsageError(f"{found.name} was replaced by a later version. fix: sign off {found.manifest.period}/latest")
    if chain.is_closed(events, found.manifest.period):
        raise UsageError(f"{found.manifest.period} is closed. fix: reopen it with `ghg reopen` and a reason")
    if any(one == duty and same_person(who, name) for one, who in done):
        raise UsageError(f"{found.name} is {DONE[duty]} by {name} already. fix: nothing is to be done")
    if duty != "prepare" and not any(one == "prepare" for one, _ in done):
        raise UsageError(f"{found.name} is not prepared yet. fix: record who prepared it first")
    other = {"prepare": "approve", "approve": "prepare"}.get(duty, "")
    if any(one == other and same_person(who, name) for one, who in done):
        raise UsageError(f"{name} {DONE[other]} {found.name}. fix: the same person may not prepare and approve; name another")
    if duty == "approve":
        _refuse_incomplete(found)


def _refuse_incomplete(found: Version) -> None:
    missing = found.manifest.incomplete
    if missing:
        named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        raise UsageError(f"{found.name} is INCOMPLETE: {named} withheld. fix: mend the errors and publish again; then it can be approved")
