"""register.jsonl: one canonical JSON line for each event, each with the SHA-256 of the line before; reading it checks the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from reporting.database import whole_file
from reporting.digest import canonical
from reporting.evidence.formats import EVENT, FIRST, Event, Head, Publish
from reporting.types import InputError

HOME = "disclosures"
NAME = "register.jsonl"
HEAD = "register.head"
FIX = "restore the folder disclosures from a copy; the register is only ever added to"


@dataclass(frozen=True)
class Fault:
    """Something in the register that is not as it was written: file below `disclosures`, line of register.jsonl, what is wrong."""

    file: str
    line: int | None
    message: str


def register_lines(home: Path) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """The events up to the first fault of the chain, and that fault."""
    path = home / NAME
    raw = path.read_bytes() if path.exists() else b""
    events: list[Event] = []
    before = FIRST
    for number, line in enumerate(raw.splitlines(keepends=True), start=1):
        read = _event(line, number, before)
        if isinstance(read, str):
            return tuple(events), (Fault(NAME, number, read),)
        events.append(read)
        before = hashlib.sha256(line).hexdigest()
    return tuple(events), tuple(_ends(home, raw))


def _event(line: bytes, number: int, before: str) -> Event | str:
    """The event of a line, or what is wrong with it."""
    if not line.endswith(b"\n"):
        return "the line is cut off"
    try:
        event = EVENT.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        return f"is no event of a register ({'.'.join(str(part) for part in first['loc'])}: {first['msg']})"
    if line != _line(event):
        return "is not written as the register writes it: the line was edited"
    if event.previous != before:
        what = "the line before it was edited, moved or taken out" if number > 1 else "the lines before it were taken out"
        return f"does not continue the chain: {what}"
    if event.number != number:
        return f"says that it is line {event.number}: lines were moved"
    return event


def _ends(home: Path, raw: bytes) -> Iterator[Fault]:
    """A register that is shorter than register.head says; one line more than it says is a write that was interrupted."""
    lines = raw.splitlines(keepends=True)
    path = home / HEAD
    if not path.exists():
        if len(lines) > 1:
            yield Fault(HEAD, None, "is missing, so that nobody can tell whether lines were taken off the end")
        return
    try:
        head = Head.model_validate_json(path.read_bytes())
    except ValidationError:
        yield Fault(HEAD, None, "cannot be read")
        return
    if len(lines) < head.lines:
        yield Fault(NAME, len(lines) + 1, f"{head.lines - len(lines)} lines are missing at the end")
    elif len(lines) > head.lines + 1:
        yield Fault(NAME, head.lines + 1, "was written by something else than this program")
    elif head.lines and hashlib.sha256(lines[head.lines - 1]).hexdigest() != head.sha256:
        yield Fault(NAME, head.lines, "is not the line that was written: the end of the register was written anew")


def read_register(home: Path) -> tuple[Event, ...]:
    """All events; raises InputError that names the first line which is not as it was written."""
    events, faults = register_lines(home)
    for fault in faults:
        raise InputError(f"{place(home, fault)}: {fault.message}. fix: {FIX}")
    return events


def place(home: Path, fault: Fault) -> str:
    """File and line of a fault."""
    return f"{home / fault.file}" + (f":{fault.line}" if fault.line else "")


def append(home: Path, events: tuple[Event, ...], event: Event) -> Event:
    """Add an event to the register that holds `events`: the whole file is replaced in one step; returns it as written."""
    lines = [_line(one) for one in events]
    before = hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST
    made = event.model_copy(update={"number": len(events) + 1, "previous": before})
    with whole_file(home / NAME) as temporary:
        temporary.write_bytes(b"".join([*lines, _line(made)]))
    write_head(home, (*events, made))
    return made


def write_head(home: Path, events: tuple[Event, ...]) -> None:
    """Say in register.head how the register ends."""
    sha256 = hashlib.sha256(_line(events[-1])).hexdigest() if events else FIRST
    with whole_file(home / HEAD) as temporary:
        temporary.write_bytes(_canonical(Head(lines=len(events), sha256=sha256).model_dump()))


def _line(event: Event) -> bytes:
    return _canonical(event.model_dump())


def _canonical(record: object) -> bytes:
    return canonical(record).encode() + b"\n"


def published(events: tuple[Event, ...], period: str) -> tuple[Publish, ...]:
    """The publications of a period, the latest last."""
    return tuple(event for event in events if isinstance(event, Publish) and event.version.rpartition("/")[0] == period)


def is_closed(events: tuple[Event, ...], period: str) -> bool:
    """Whether the last event about the period's state closed it."""
    states = [event.event for event in events if event.event in {"close", "reopen"} and event.period == period]
    return states[-1:] == ["close"]
