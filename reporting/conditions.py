"""Conditions and facts: when a datapoint or a rule does not apply, and what the tables themselves answer to a text datapoint.

A file of reporting/conditions begins with `-- condition: name` and gives framework, period and reason where the condition does NOT hold.
A file of reporting/facts begins with `-- fact: name` and `-- place:` (where the report shows it) and gives framework, period, status and
text: stated, not_applicable, not_reported or needs_person with the reason as text. Both are found by listing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reporting.database import PACKAGE, Connection, around, header, parsed
from reporting.types import InputError

CONDITIONS, FACTS = PACKAGE / "conditions", PACKAGE / "facts"
USED_CONDITIONS = "select distinct framework, applies from datapoint where applies <> '' order by all"
USED_FACTS = """
    select distinct framework, substr(trim(part), 6) as fact
    from (select framework, unnest(string_split(answer, '|')) as part from datapoint)
    where starts_with(trim(part), 'fact:') order by all
"""
KEEP_FAILED = "insert into condition_failed select $name, framework, period, reason from ({query})"
KEEP_FACT = """
    insert into fact select $name, $place, framework, period, status, text from ({query}) where text is not null and text <> ''
"""
NOT_APPLICABLE = """
    insert into not_applicable
    select d.framework, d.datapoint, c.period, min(c.reason) from datapoint d
    join condition_failed c on c.framework = d.framework and contains('|' || d.applies || '|', '|' || c.condition || '|') group by all
"""


@cache
def _files(folder: Path, key: str) -> dict[str, Path]:
    return {header(path)[key]: path for path in sorted(folder.glob("*.sql"))}


def conditions() -> dict[str, Path]:
    """Every condition that there is, by name."""
    return _files(CONDITIONS, "condition")


def facts() -> dict[str, Path]:
    """Every fact that there is, by name."""
    return _files(FACTS, "fact")


def load_conditions(connection: Connection) -> None:
    """Fill condition_failed and not_applicable; raises InputError for a datapoint with an unknown condition."""
    for framework, names in connection.execute(USED_CONDITIONS).fetchall():
        for name in names.split("|"):
            _refuse_unknown(framework, "condition", name, conditions())
    for name, path in conditions().items():
        connection.execute(parsed(around(KEEP_FAILED, path))[0], {"name": name})
    connection.execute(NOT_APPLICABLE)


def load_facts(connection: Connection) -> None:
    """Fill fact for the facts that the loaded datapoints ask for; raises InputError for a fact that there is none of."""
    used = connection.execute(USED_FACTS).fetchall()
    for framework, name in used:
        _refuse_unknown(framework, "fact", name, facts())
    for name in sorted({name for _, name in used}):
        path = facts()[name]
        connection.execute(parsed(around(KEEP_FACT, path))[0], {"name": name, "place": header(path)["place"]})


def _refuse_unknown(framework: str, kind: str, name: str, known: dict[str, Path]) -> None:
    if name not in known:
        raise InputError(
            f'frameworks/{framework}/datapoints.csv: there is no {kind} "{name}". fix: use one of {", ".join(known) or "none"}'
        )
