"""Worked examples as checked records; what the vocabulary does not know is an error, never ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from reporting.examples.measure import HERE, Measure, measure, of_base, plain
from reporting.quantity import Powers
from reporting.reference import read_rows
from reporting.types import UsageError

Output: TypeAlias = tuple[Fraction, Powers] | str | bool
Address: TypeAlias = tuple[str, str, str]
"""Name of an output, row or '', group or ''."""
VERSION = "1.0"
GENERAL = {"rows_are", "unit_definitions"}
KINDS: dict[str, Powers] = {
    "number": (),
    "mass": (("kg", 1),),
    "energy": (("MJ", 1),),
    "power": (("MJ", 1), ("s", -1)),
    "time": (("s", 1),),
    "per time": (("s", -1),),
    "length": (("m", 1),),
    "money": (("USD@2022", 1),),
    "data": (("byte", 1),),
}


@dataclass(frozen=True)
class Role:
    """A role of a calculation: in the rows or the parameters, of a kind, needed or not."""

    name: str
    place: str
    kind: str
    is_required: bool


@cache
def roles() -> Mapping[str, Mapping[str, Role]]:
    """The roles of every calculation by name."""
    known: dict[str, dict[str, Role]] = {}
    for row in read_rows(HERE / "roles.csv"):
        known.setdefault(row["calculation"], {})[row["role"]] = Role(row["role"], row["place"], row["kind"], row["needed"] == "required")
    return known


@dataclass(frozen=True)
class Expected:
    """A value that an output must have; `unit` is empty where it is a word or a truth value."""

    name: str
    value: Decimal | str | bool
    unit: str
    rel_tol: Fraction
    step: str
    address: Address


@dataclass
class Step:
    """One calculation of an example, and its outputs once it has run."""

    example: str
    name: str
    calculation: str
    given_rows: list[dict[str, Any]]
    given_parameters: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    outputs: dict[Address, Output] = field(default_factory=dict)

    @property
    def definitions(self) -> Mapping[str, Measure]:
        """The units whose size the source defines for this step."""
        given = object_of(self.given_parameters.get("unit_definitions", {}))
        return {name: measure(*_pair(one)) for name, one in given.items()}

    @property
    def is_sum(self) -> bool:
        """Whether the rows are parts of a whole, or alternatives that are never added."""
        return self.given_parameters.get("rows_are", "parts") == "parts" or len(self.given_rows) == 1

    def references(self) -> Iterator[str]:
        """The steps whose outputs stand for quantities."""
        yield from _references([self.given_rows, self.given_parameters])

    def resolve(self, steps: Mapping[str, Step]) -> None:
        """Check every role and put quantities in the place of references; raises UsageError for what the vocabulary does not know."""
        known = roles().get(self.calculation)
        if known is None:
            raise UsageError(f'unknown calculation "{self.calculation}". fix: use the vocabulary {VERSION}')
        if self.given_parameters.get("rows_are", "parts") not in ("parts", "alternatives"):
            raise UsageError("rows_are is parts or alternatives. fix: correct it")
        read = _Reader(steps, self.definitions)
        shared = {name: value for name, value in self.given_parameters.items() if name not in GENERAL}
        unknown = sorted(set(shared) - set(known))
        unknown += sorted(
            {name for row in self.given_rows for name in row} - {name for name, role in known.items() if role.place == "row"} - {"id"}
        )
        if unknown:
            raise UsageError(f"{self.calculation} has no role {', '.join(unknown)}. fix: use the roles of the vocabulary")
        self.parameters = {name: read.role(known[name], value) for name, value in shared.items() if known[name].place == "parameter"}
        for_rows = {name: value for name, value in shared.items() if known[name].place == "row"}
        for row in self.given_rows:
            given = {name: read.role(known[name], value) for name, value in {**for_rows, **row}.items() if name != "id"}
            self.rows.append({"id": row["id"]} | given)
        self._demand(known)

    def _demand(self, known: Mapping[str, Role]) -> None:
        has_rows = any(role.place == "row" for role in known.values())
        if has_rows and not self.rows:
            raise UsageError(f"{self.calculation} needs rows. fix: give them")
        for role in known.values():
            holders = self.rows if role.place == "row" else [self.parameters]
            if role.is_required and any(role.name not in holder for holder in holders):
                raise UsageError(f"{self.calculation} needs {role.name}. fix: give it in every row, or once in parameters")


@dataclass(frozen=True)
class Example:
    """A worked example."""

    name: str
    title: str
    status: str
    reason: str
    steps: tuple[Step, ...]
    expected: tuple[Expected, ...]
    published: Mapping[str, Decimal]


@dataclass(frozen=True)
class _Reader:
    steps: Mapping[str, Step]
    definitions: Mapping[str, Measure]

    def quantity(self, given: object) -> Measure:
        """A quantity or what a reference points at."""
        pairs = object_of(given)
        if set(pairs) == {"ref"}:
            return self._referred(object_of(pairs["ref"]))
        return measure(*_pair(pairs), self.definitions)

    def _referred(self, place: Mapping[str, Any]) -> Measure:
        step = self.steps.get(str(place.get("step")))
        address = (str(place.get("output")), str(place.get("row", "")), str(place.get("group", "")))
        output = step.outputs.get(address) if step else None
        if not isinstance(output, tuple):
            raise UsageError(
                f"reference to {place.get('step')}.{'.'.join(filter(None, address))}: there is no such quantity. fix: correct it"
            )
        return of_base(*output)

    def role(self, role: Role, given: object) -> object:
        """The value of a role, checked by its kind."""
        if role.kind.startswith("one of "):
            return _one_of(given, role)
        known: dict[str, Callable[[], object]] = {
            "text": lambda: _text(given, role),
            "list of quantities": lambda: [self.quantity(one) for one in list_of(given)],
            "list of points": lambda: [self.quantities(point) for point in list_of(given)],
            "list of words": lambda: [_text(word, role) for word in list_of(given)],
            "object of quantities": lambda: self.quantities(given),
            "object of integers": lambda: dict(object_of(given)),
            "object": lambda: dict(object_of(given)),
        }
        return known.get(role.kind, lambda: _checked(role, self.quantity(given)))()

    def quantities(self, given: object) -> dict[str, Measure]:
        """Quantities by name."""
        return {name: self.quantity(one) for name, one in object_of(given).items()}


def _checked(role: Role, value: Measure) -> Measure:
    powers = plain(value.powers)
    gases = [power for base, power in powers if base in ("kg_co2e", "kg_co2")]
    if role.kind in KINDS and powers != KINDS[role.kind]:
        raise UsageError(f"{role.name} is no {role.kind}. fix: correct its unit")
    if role.kind == "emissions" and (len(powers) != 1 or gases != [1]):
        raise UsageError(f"{role.name} is no amount of emissions. fix: correct its unit")
    if role.kind == "emissions per anything" and gases not in ([1], [-1, 1], [1, -1]):
        raise UsageError(f"{role.name} is no emissions per anything. fix: correct its unit")
    return value


def _one_of(given: object, role: Role) -> object:
    words = role.kind.removeprefix("one of ").split("|")
    if given not in words:
        raise UsageError(f'{role.name} "{given}" is none of {", ".join(words)}. fix: correct it')
    return given


def _text(given: object, role: Role) -> str:
    if not isinstance(given, str) or not given:
        raise UsageError(f"{role.name} is no text. fix: correct it")
    return given


def object_of(given: object) -> Mapping[str, Any]:
    """An object of the file."""
    if not isinstance(given, dict):
        raise UsageError(f"{str(given)[:40]} stands where an object is needed. fix: correct it")
    return given


def list_of(given: object) -> list[Any]:
    """A list of the file."""
    if not isinstance(given, list):
        raise UsageError(f"{str(given)[:40]} stands where a list is needed. fix: correct it")
    return given


def _pair(given: object) -> tuple[object, object]:
    pairs = object_of(given)
    if set(pairs) != {"value", "unit"}:
        raise UsageError(f"a quantity has value and unit, not {', '.join(map(str, pairs))}. fix: correct it")
    return pairs["value"], pairs["unit"]


def _references(given: object) -> Iterator[str]:
    if isinstance(given, dict):
        if set(given) == {"ref"} and isinstance(given["ref"], dict):
            yield str(given["ref"].get("step"))
        else:
            yield from _references(list(given.values()))
    elif isinstance(given, list):
        for one in given:
            yield from _references(one)
