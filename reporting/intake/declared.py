"""What a connector says of its files in the header of its SQL file: formats, where the records are, which columns it knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from reporting.database import PACKAGE, header
from reporting.reference import read_rows

KINDS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".psv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".xml": "xml", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".prom": "prometheus",
}  # fmt: skip
PACKED = {"csv", "json", "jsonl", "xml", "prometheus"}


@dataclass(frozen=True)
class Connector:
    """The header of a connector: of each group of `required` one column must be there; `numbers` and `dates` are as written."""

    name: str
    formats: tuple[str, ...]
    records: str
    outer: str
    required: tuple[tuple[str, ...], ...]
    known: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    dropped: tuple[str, ...]
    hashed: tuple[str, ...]
    is_local_time: bool
    is_reference: bool
    lacks: str

    def kind(self, suffix: str) -> str:
        """How a file of an ending is read: as Prometheus where the connector reads no other kind of it; '' for an unknown ending."""
        kind = KINDS.get(suffix, "")
        other = {"csv": "prometheus", "json": "prometheus"}.get(kind, "")
        if kind not in self.formats and other in self.formats and suffix in (".txt", ".json"):
            return "prometheus query" if suffix == ".json" else other
        return kind

    def private(self, names: Sequence[str], keyed: Collection[str] = ()) -> dict[str, list[int]]:
        """The positions, from 1, of the columns to drop and to hash.

        A column that is of a person by its name and that the connector does not know is dropped, or hashed where rows are `keyed` by it.
        """
        found = {
            how: [position for position, name in enumerate(names, start=1) if any(_matches(name, column) for column in patterns)]
            for how, patterns in (("dropped", self.dropped), ("hashed", self.hashed))
        }
        told = {*found["dropped"], *found["hashed"]}
        for position, name in enumerate(names, start=1):
            if position not in told and name not in self.known and _is_personal(name):
                found["hashed" if name in keyed else "dropped"].append(position)
        return found


@cache
def _personal_words() -> frozenset[str]:
    """Words of standards/private_columns.csv."""
    return frozenset(row["word"] for row in read_rows(PACKAGE / "standards" / "private_columns.csv"))


def _is_personal(name: str) -> bool:
    """Whether a column says by its name that it is of a person: `User E-Mail` ends with a word of the list, signs and capitals left out."""
    plain = re.sub("[^a-z]", "", name.lower())
    return any(plain.endswith(word) for word in _personal_words())


@cache
def connectors() -> dict[str, Connector]:
    """Every connector by name, as its file declares it."""
    files = [header(path) for path in sorted((PACKAGE / "connectors").glob("*.sql"))]
    return {name: _connector(name, head) for head in files for name in _listed(head["connector"])}


def pattern(column: str) -> str:
    """A declared column as a pattern for LIKE with the backslash as escape sign: `*` is any text."""
    return re.sub(r"([\\%_])", r"\\\1", column).replace("*", "%")


def _matches(name: str, column: str) -> bool:
    """Whether a column is the declared one; capitals do not matter, because what is private must not be shown for a letter."""
    return re.fullmatch(re.escape(column).replace(r"\*", ".*"), name, re.IGNORECASE) is not None


def _connector(name: str, head: dict[str, str]) -> Connector:
    private = [entry.rpartition(" ") for entry in _listed(head.get("private", ""))]
    return Connector(
        name=name,
        formats=tuple(_listed(head["formats"])),
        records=head.get("records", ""),
        outer=head.get("outer", ""),
        required=tuple(tuple(entry.split(" or ")) for entry in _listed(head.get("required", ""))),
        known=tuple(_listed(head.get("columns", ""))),
        numbers=tuple(_listed(head.get("numbers", ""))),
        dates=tuple(_listed(head.get("dates", ""))),
        dropped=tuple(column for column, _, how in private if how == "drop"),
        hashed=tuple(column for column, _, how in private if how == "hash"),
        is_local_time=head.get("time", "").startswith("local"),
        is_reference=head.get("gives", "") == "reference",
        lacks=head.get("lacks", ""),
    )


def _listed(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]
