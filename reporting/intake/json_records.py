"""JSON and JSON Lines: streamed record by record, nested objects as dotted names, numbers with all their digits.

A path such as `response.data[]` says where the records are: names and, with `[]`, the elements of a list. A name that begins with `/` is of
what a record stands in: `/meta.units`. Of a list of objects beside the records nothing is kept but the names of `outer`, each with what the
objects say under it: `/decisions.decision` is `Allowed | Denied`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError, as_utf8
from reporting.intake.record_rows import MAX_LINE, RecordRows

CHUNK = 1 << 20
MAX_RECORD = 16 << 20
MAX_DEPTH = 50
Scalars = dict[str, str | None]


class Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


def _invalid(message: str, fix: str = "export the file again") -> UnreadableFileError:
    return UnreadableFileError("intake/json", message, fix)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _invalid(f'names "{twice}" twice in one object', "name it once")
    return record


DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number, object_pairs_hook=_object)


class JsonText:
    """A JSON text that is read from a stream as far as the next value needs it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.text, self.at, self.ended = stream, "", 0, False

    def peek(self) -> str:
        """The next character that is not white space, '' at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in " \t\n\r":
                    return self.text[self.at]
                self.at += 1
            if self.ended:
                return ""
            self._more()

    def take(self, wanted: str) -> bool:
        """Step over the next character where it is the wanted one."""
        if self.peek() != wanted:
            return False
        self.at += 1
        return True

    def demand(self, wanted: str) -> None:
        """Step over the wanted character; raises UnreadableFileError where another stands there."""
        if not self.take(wanted):
            raise _invalid(f'is not valid JSON ("{wanted}" is wanted where {self.peek()!r} stands)')

    def value(self) -> object:
        """The next whole value; raises UnreadableFileError for one that is not JSON, too long or nested too deeply."""
        self.peek()
        while True:
            reason = "the text ends"
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except ValueError as error:
                reason = str(error).partition(":")[0]
            except RecursionError:
                raise _invalid(f"is nested deeper than {MAX_DEPTH} levels") from None
            else:
                if end - self.at <= MAX_RECORD and (end < len(self.text) or self.ended):
                    self.at = end
                    return value
            if len(self.text) - self.at > MAX_RECORD:
                raise _invalid(f"is not valid JSON, or holds one record of more than {MAX_RECORD} characters ({reason})")
            if self.ended:
                raise _invalid(f"is not valid JSON ({reason})")
            self._more()

    def _more(self) -> None:
        rest = self.text[self.at :]
        more = self.stream.read(max(CHUNK, len(rest)))
        self.text, self.at, self.ended = rest + more, 0, not more


class Walk:
    """The values of a text at one path, each with the single values of the lists that it stands in; `common` is what all stand in."""

    def __init__(self, steps: list[str], outer: frozenset[str] = frozenset()) -> None:
        self.steps, self.common, self.is_found, self.outer = steps, Scalars(), False, outer

    def values(self, text: JsonText, depth: int = 0, within: str = "") -> Iterator[tuple[object, Scalars]]:
        """The values at the path of the next document of a text, from a step of it on."""
        if depth == len(self.steps):
            self.is_found = True
            yield text.value(), Scalars()
        elif self.steps[depth] == "[]" and text.peek() == "[":
            yield from self._elements(text, depth, within)
        elif self.steps[depth] == "[]":
            yield from self._exploded(text.value(), depth + 1, within, Scalars())
        elif text.peek() == "{":
            yield from self._members(text, depth, within)
        else:
            text.value()

    def _elements(self, text: JsonText, depth: int, within: str) -> Iterator[tuple[object, Scalars]]:
        self.is_found = self.is_found or depth + 1 == len(self.steps)
        text.demand("[")
        if text.take("]"):
            self.is_found = True
            return
        while True:
            yield from self._exploded(text.value(), depth + 1, within, Scalars())
            if not text.take(","):
                break
        text.demand("]")

    def _members(self, text: JsonText, depth: int, within: str) -> Iterator[tuple[object, Scalars]]:
        text.demand("{")
        names = set[str]()
        while not (not names and text.peek() == "}"):
            name = text.value()
            if not isinstance(name, str) or isinstance(name, Number):
                raise _invalid("is not valid JSON (a name is wanted)")
            if name in names:
                raise _invalid(f'names "{name}" twice in one object', "name it once")
            names.add(name)
            text.demand(":")
            if name == self.steps[depth]:
                yield from self.values(text, depth + 1, f"{within}{name}.")
            else:
                held = text.value()
                self.common |= _outer(held, f"{within}{name}") | self._listed(held, f"{within}{name}")
            if not text.take(","):
                break
        text.demand("}")

    def _exploded(self, value: object, depth: int, within: str, outer: Scalars) -> Iterator[tuple[object, Scalars]]:
        """The records in a value that is whole in memory: outer lists of what is nested twice."""
        if depth == len(self.steps):
            self.is_found = True
            yield value, outer
        elif self.steps[depth] == "[]":
            self.is_found = self.is_found or depth + 1 == len(self.steps)
            for element in value if isinstance(value, list) else [value]:
                yield from self._exploded(element, depth + 1, within, outer)
        elif isinstance(value, dict) and self.steps[depth] in value:
            name = self.steps[depth]
            beside = [(f"{within}{key}", held) for key, held in value.items() if key != name]
            more = {k: v for key, held in beside for k, v in (_outer(held, key) | self._listed(held, key)).items()}
            yield from self._exploded(value[name], depth + 1, f"{within}{name}.", outer | more)

    def _listed(self, value: object, name: str) -> Scalars:
        """What the objects of a list say under the names wanted of it, each different answer once."""
        wanted = [key.removeprefix(f"{name}.") for key in self.outer if key.startswith(f"{name}.")] if isinstance(value, list) else []
        objects = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        return {f"/{name}.{key}": " | ".join(sorted({cell_text(item.get(key)) or "" for item in objects})) for key in wanted}


def _outer(value: object, name: str) -> Scalars:
    """The single values of what a record stands in, and short lists of such; other lists are not of one record."""
    if isinstance(value, list) and (len(value) > MAX_DEPTH or any(isinstance(item, dict | list) for item in value)):
        return {}
    return {f"/{key}": cell for key, cell in flat(value, name).items()}


def flat(value: object, name: str = "", depth: int = 0) -> Scalars:
    """A value as texts by dotted name; a list stays one JSON text, a list or single value without name is `0`, `1` or `value`."""
    if depth > MAX_DEPTH:
        raise _invalid(f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        held = [flat(item, f"{name}.{key}" if name else key, depth + 1) for key, item in value.items()]
        return {key: cell for part in held for key, cell in part.items()}
    if isinstance(value, list) and not name:
        return {str(position): cell_text(item) for position, item in enumerate(value)}
    return {name or "value": cell_text(value)}


def cell_text(value: object) -> str | None:
    """A value as the text of a cell: empty as nothing, numbers as they stand, lists as JSON."""
    return None if value in (None, "") else str(value) if isinstance(value, str) else _json(value, 0)


def _json(value: object, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise _invalid(f"is nested deeper than {MAX_DEPTH} levels")
    match value:
        case Number():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {_json(value[key], depth + 1)}" for key in sorted(value)) + "}"
        case list():
            return "[" + ", ".join(_json(item, depth + 1) for item in value) + "]"
    return json.dumps(value)


def steps_of(path: str) -> list[str]:
    """The steps of a path: `data[].values[]` is data, [], values, []; `$` is the document itself."""
    return [step for part in path.replace("[]", ".[]").split(".") for step in [part.strip()] if step not in ("", "$")]


def read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load the records of a JSON file into source_row, numbered from 1; the first of the paths that the file has is taken."""
    outer = frozenset(name for name in options.get("outer", "").split(", ") if name)
    with as_utf8(path, options["encoding"]) as text:
        for wanted in options["records"].split(" | "):
            rows = RecordRows(connection, key)
            walk = Walk(steps_of(wanted or "[]"), outer)
            with text.open(encoding="utf-8-sig") as stream:
                for number, record in enumerate(_documents(JsonText(stream), walk, is_one_list=not wanted), start=1):
                    rows.add(number, record)
            if walk.is_found:
                return rows.finish(walk.common)
    raise UnreadableFileError("intake/records", f"has nothing at {options['records']}", "export it again as the connector's page says")


def _documents(text: JsonText, walk: Walk, *, is_one_list: bool) -> Iterator[Scalars]:
    """The records of all documents of a text; without a path it is one list of objects, or several objects one after the other."""
    is_alone = is_one_list and text.peek() != "["
    while text.peek():
        for value, outer in walk.values(text):
            if is_one_list and not isinstance(value, dict):
                raise _no_objects()
            yield flat(value) | outer
        if is_alone and not text.peek():
            raise _no_objects()
        is_alone = False


def _no_objects() -> UnreadableFileError:
    return _invalid("is not a list of objects", "deliver an array of records, or one object a line as .jsonl")


def read_lines(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load a file of one JSON document a line; a line that cannot be read is a rejected row; lines are numbered, records of a path too."""
    paths = [steps_of(wanted) for wanted in options["records"].split(" | ")]
    rows = RecordRows(connection, key)
    with as_utf8(path, options["encoding"]) as copy, copy.open(encoding="utf-8-sig") as stream:
        for line_no, line in lines_of(stream):
            try:
                if len(line) > MAX_LINE:
                    raise _invalid(f"is longer than {MAX_LINE} characters")
                found = _line_records(line, paths)
            except UnreadableFileError as error:
                rows.reject(line_no, f"the line {error.message}", line)
                continue
            for record in found:
                rows.add(rows.count + 1 if paths[0] else line_no, record)
    return rows.finish()


def _line_records(line: str, paths: list[list[str]]) -> list[Scalars]:
    """The records of one line at the first of the paths that it has."""
    for steps in paths:
        walk = Walk(steps)
        found = list(_path_records(line, walk))  # what stands beside the records may follow them
        if walk.is_found:
            return [record | walk.common for record in found]
    raise _invalid("has nothing where the records of this format stand", "export it again as the connector's page says")


def _path_records(line: str, walk: Walk) -> Iterator[Scalars]:
    text = JsonText(io.StringIO(line))
    for value, outer in walk.values(text):
        if not isinstance(value, dict):
            raise _no_objects()
        yield flat(value) | outer
    if text.peek():
        raise _invalid(f"is not valid JSON ({text.peek()!r} stands after its end)")


def lines_of(stream: TextIO) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not blank, with their numbers; one that is too long is given up to MAX_LINE + 1 characters."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = stream.readline(MAX_LINE + 1)
        if line.strip():
            yield number, line
