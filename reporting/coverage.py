"""Who counts where several sources tell of the same thing: names of what is covered, decisions, lines of a ledger that are memo.

A coverage key names what a row is about: a meter, an account, a supplier. Of the sources that tell of one key in one month the best
ranked counts (meter, vendor, tracker, estimate, spend), the others are memo: priced and shown, in no total (23_activity_counted.sql).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from reporting.database import Connection, insert_rows
from reporting.fields import Model, Name, Text
from reporting.periods import Period, parse_period
from reporting.types import InputError, UsageError

NAME = "insert into coverage_name select unnest($1), unnest($2)"
CHOICE = "insert into role_choice select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8)"
RULE = """insert into memo_rule select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), string_split(unnest($6), chr(31)),
    unnest($7)"""


class Coverage(Model):
    """Other names of one coverage key: suppliers as a ledger spells them, keys of rows; capitals do not matter."""

    key: Text
    names: Annotated[tuple[Text, ...], Field(min_length=1)]


class RoleChoice(Model):
    """A decision that a source counts for a coverage key and a period, whatever its rank."""

    coverage: Text
    period: Text
    source: Name
    reason: Text
    by: Text


class Memo(Model):
    """Lines of a ledger that do not count, told by a column: covered by other sources, within the group, or capitalised."""

    kind: Literal["covered", "intercompany", "capitalised"]
    column: Text
    match: Annotated[tuple[Text, ...], Field(min_length=1)]
    covered_by: tuple[Name, ...] = ()
    reason: Text

    @model_validator(mode="after")
    def _covered_by_something(self) -> Memo:
        if (self.kind == "covered") != bool(self.covered_by):
            raise ValueError("`covered_by` names the sources that hold the lines, and belongs to the kind `covered` alone")
        return self


def load_coverage(
    connection: Connection, coverage: tuple[Coverage, ...], roles: tuple[RoleChoice, ...], memos: Mapping[str, tuple[Memo, ...]], start: int
) -> None:
    """Fill coverage_name, role_choice and memo_rule; raises InputError for a name twice, an unknown source or a period of no months.

    `memos` holds the rules by source, `start` is the first month of the fiscal year.
    """
    names = [(name.strip().lower(), one.key) for one in coverage for name in (one.key, *one.names)]
    for name, key in dict(names).items():
        if {other for other, of in names if of != key} & {name}:
            raise InputError(f'inventory.yaml: coverage: "{name}" is a name of two keys. fix: give it to one of them')
    insert_rows(connection, NAME, sorted(set(names)))
    insert_rows(connection, CHOICE, list(_choices(roles, set(memos), start)))
    insert_rows(connection, RULE, list(_rules(memos)))


def _choices(roles: tuple[RoleChoice, ...], sources: set[str], start: int) -> Iterator[tuple[object, ...]]:
    taken: list[tuple[str, Period]] = []
    for position, role in enumerate(roles, start=1):
        _known(sources, role.source, "roles")
        try:
            period = parse_period(role.period, start)
        except UsageError as error:
            raise InputError(f"inventory.yaml: roles: {error}") from None
        if any(role.coverage == key and period.starts < other.ends and other.starts < period.ends for key, other in taken):
            raise InputError(f'inventory.yaml: roles: two decisions for "{role.coverage}" in {role.period}. fix: keep one of them')
        taken.append((role.coverage, period))
        yield (position, role.coverage, role.period, period.starts, period.ends, role.source, role.reason, role.by)


def _rules(memos: Mapping[str, tuple[Memo, ...]]) -> Iterator[tuple[object, ...]]:
    for source, rules in memos.items():
        for rule in rules:
            for name in rule.covered_by:
                _known(set(memos), name, f"{source}: memo")
        patterns = [(rule, pattern) for rule in rules for pattern in rule.match]
        for number, (rule, pattern) in enumerate(patterns, start=1):
            yield (source, number, rule.kind, rule.column, pattern, chr(31).join(rule.covered_by), rule.reason)


def _known(sources: set[str], name: str, place: str) -> None:
    if name not in sources:
        raise InputError(f'inventory.yaml: {place} names the source "{name}", which is not under `sources`. fix: correct the name')
