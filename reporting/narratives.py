"""Narratives: Markdown below `narratives/` and texts of inventory.yaml, with the figures that they refer to, into tables.

`narratives/<framework>/<datapoint>.md` answers one datapoint, `narratives/<name>.md` or the key `narrative` of inventory.yaml every
datapoint whose framework asks for a text of that name. A figure is written `{{ figure("ghg_protocol/scope1") }}`, of another period
`{{ figure("ghg_protocol/scope1", "2026-Q2") }}`; nothing else of Jinja is understood, so that a text can neither loop nor read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.database import Connection, insert_rows
from reporting.inventory import Inventory

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = "narratives"
MAX_BYTES = 200_000
NARRATIVE = "insert into narrative select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)"
REFERENCE = "insert into narrative_reference select unnest($1), unnest($2), unnest($3)"
DECLARED = "insert into declared_datapoint select unnest($1), unnest($2), unnest($3), unnest($4)"
CONFIRMED = "insert into confirmation select unnest($1), unnest($2), unnest($3), unnest($4)"
ONLY_FIGURES = 'only {{ figure("framework/datapoint") }}, with a period as second word where it is another one, may stand between braces'


@dataclass(frozen=True)
class Narrative:
    """A text as given: its name, the file, what is wrong with it ('' nothing) and the figures it refers to with their periods."""

    name: str
    path: str
    markdown: str
    fault: str = ""
    row: int | None = None
    references: tuple[tuple[str, str], ...] = ()


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Jinja for narratives: sandboxed, autoescaped, without loader and globals."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - takes a twentieth of a second, which most runs need not spend
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    made.globals.clear()
    return made


def load_narratives(connection: Connection, folder: Path, inventory: Inventory) -> None:
    """Fill narrative, narrative_reference, declared_datapoint and confirmation."""
    texts = [*_files(folder), *(read_text(name, "inventory.yaml", text) for name, text in inventory.narrative.items())]
    twice = {text.name for text in texts if sum(other.name == text.name for other in texts) > 1}
    kept = {
        text.name: text if text.name not in twice else _faulty(text, "is also given under `narrative` of inventory.yaml")
        for text in reversed(texts)
    }
    found = sorted(kept.values(), key=lambda text: text.name)
    insert_rows(connection, NARRATIVE, [(text.name, text.path, text.markdown, text.fault, text.row) for text in found])
    insert_rows(connection, REFERENCE, [(text.name, *reference) for text in found for reference in text.references])
    insert_rows(connection, DECLARED, [(*name.split("/", 1), told.status, told.reason) for name, told in inventory.datapoints.items()])
    insert_rows(connection, CONFIRMED, [(name, told.by, told.on, told.against) for name, told in inventory.confirmations.items()])


def _files(folder: Path) -> Iterator[Narrative]:
    for path in sorted((folder / FOLDER).rglob("*.md"), key=lambda path: path.relative_to(folder).as_posix()):
        place = path.relative_to(folder).as_posix()
        name = place.removeprefix(f"{FOLDER}/").removesuffix(".md")
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            yield Narrative(name, place, "", "is no file of the inventory folder")
        elif path.stat().st_size > MAX_BYTES:
            yield Narrative(name, place, "", f"has more than {MAX_BYTES:,} bytes")
        else:
            yield _file(name, place, path.read_bytes())


def _file(name: str, place: str, content: bytes) -> Narrative:
    try:
        return read_text(name, place, content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        return Narrative(name, place, "", f"is not UTF-8 text (byte {error.start + 1})")


def read_text(name: str, place: str, markdown: str) -> Narrative:
    """A text with the figures it refers to; a fault where anything but a reference to a figure stands between braces."""
    if not markdown.strip():
        return Narrative(name, place, markdown, "is empty")
    return _parsed(name, place, markdown) if "{" in markdown else Narrative(name, place, markdown)


def _parsed(name: str, place: str, markdown: str) -> Narrative:
    from jinja2 import TemplateSyntaxError, nodes  # noqa: PLC0415 - see environment

    try:
        tree = environment().parse(markdown)
    except TemplateSyntaxError as error:
        return Narrative(name, place, markdown, f"cannot be read: {error.message}; {ONLY_FIGURES}", error.lineno)
    outputs = [part for output in tree.body for part in (output.nodes if isinstance(output, nodes.Output) else [output])]
    calls = [part for part in outputs if not isinstance(part, nodes.TemplateData)]
    found = [_reference(call) for call in calls]
    if None in found:
        return Narrative(name, place, markdown, f"holds something else in braces; {ONLY_FIGURES}", calls[found.index(None)].lineno)
    return Narrative(name, place, markdown, references=tuple(dict.fromkeys(reference for reference in found if reference)))


def _reference(call: nodes.Node) -> tuple[str, str] | None:
    """Figure and period ('' that of the document) of a call of `figure` with constant words; None for anything else."""
    from jinja2 import nodes  # noqa: PLC0415 - see environment

    if not (isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name == "figure"):
        return None
    words = [part.value for part in call.args if isinstance(part, nodes.Const) and isinstance(part.value, str)]
    if len(words) != len(call.args) or not 1 <= len(words) <= 2 or call.kwargs or call.dyn_args or call.dyn_kwargs:
        return None
    return words[0], words[1] if len(words) > 1 else ""


def _faulty(text: Narrative, fault: str) -> Narrative:
    return Narrative(text.name, text.path, text.markdown, fault)
