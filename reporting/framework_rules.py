"""The rules of a framework with their result for a period: satisfied, violated, not applicable, or left to a person.

They come from three places: the groups of standards/rules.csv that framework.yaml names, rules.csv of the framework's folder, and its
checks/*.sql, each a SELECT of offending rows (subject, message) over the variables framework, view, period, starts and ends, with the
header rule, clause, severity, wording, fix and, where it has one, applies (a condition). A rule of kind `datapoint` asks that datapoints
are given, `check` that a general check found nothing worse than a note; `test` and `schema` hold by construction; `person` never by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from reporting.conditions import conditions
from reporting.database import PACKAGE, Connection, body, header, insert_rows, records
from reporting.framework_folders import FRAMEWORKS, frameworks
from reporting.reference import read_rows
from reporting.statement import set_variables

CENTRAL = PACKAGE / "standards" / "rules.csv"
RESULT = """insert into rule_result select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8),
    unnest($9), unnest($10)"""
FOUND = """
    select rule, min(severity) as severity, count(*) as number, min(message) as message, min(fix) as fix from finding group by rule
"""
KINDS = {"check", "datapoint", "test", "schema", "sql", "person", "open"}
FIX = "give what is missing, or mend what withholds it: the disclosure index names the cause"
SHOWN = 3
Status = Literal["satisfied", "violated", "not_applicable", "needs_person"]
Row = dict[str, object]


@dataclass(frozen=True)
class Rule:
    """One rule of a framework as its files state it; `where` names checks, tests or datapoints, `query` selects what offends."""

    rule: str
    clause: str
    severity: str
    wording: str
    kind: str
    where: tuple[str, ...] = ()
    fix: str = ""
    reason: str = ""
    applies: str = ""
    query: str = ""


@dataclass(frozen=True)
class RuleResult:
    """What became of a rule in a period; `detail` says why, `fix` how to mend a violation."""

    framework: str
    period: str
    rule: str
    clause: str
    severity: str
    wording: str
    status: Status
    detail: str
    fix: str


@cache
def rules_of(framework: str) -> tuple[Rule, ...]:
    """The rules of a framework: those of the standards first, then its own, then its checks, each in the order of its file."""
    groups = frameworks()[framework].rules
    central = [row for row in read_rows(CENTRAL) if row["framework"] in groups]
    own = FRAMEWORKS / framework / "rules.csv"
    rows = central + (read_rows(own) if own.is_file() else [])
    return (*(_rule(row) for row in rows), *(_check(path) for path in sorted((FRAMEWORKS / framework / "checks").glob("*.sql"))))


def _rule(row: dict[str, str]) -> Rule:
    where = tuple(place for place in row["where"].split(" | ") if place)
    rest = {key: row.get(key) or "" for key in ("fix", "reason", "applies")}
    return Rule(row["rule"], row["clause"], row.get("severity") or "error", row["wording"], row["kind"], where, **rest)


def _check(path: Path) -> Rule:
    head = header(path)
    return Rule(
        head["rule"], head["clause"], head["severity"], head["wording"], "sql", fix=head["fix"], applies=head.get("applies", ""),
        query=body(path),
    )  # fmt: skip


def fill_rules(connection: Connection, period: str, wanted: Sequence[str] = ()) -> tuple[RuleResult, ...]:
    """Judge every rule of the loaded frameworks (or of those wanted) for a period; the results are also in the table rule_result."""
    loaded = [name for (name,) in connection.execute("select framework from framework order by position, framework").fetchall()]
    results = [result for name in loaded if name in wanted or not wanted for result in judged(connection, name, period)]
    connection.execute("delete from rule_result where period = $1", [period])
    rows = [
        (r.framework, r.period, r.rule, place, r.clause, r.severity, r.wording, r.status, r.detail, r.fix)
        for place, r in enumerate(results)
    ]
    insert_rows(connection, RESULT, rows)
    return tuple(results)


def judged(connection: Connection, framework: str, period: str) -> Iterator[RuleResult]:
    """The results of one framework."""
    set_variables(connection, framework, period)
    state = State(connection, framework, period)
    for rule in rules_of(framework):
        status, detail = state.judge(rule)
        severity, fix = state.remedy(rule) if status == "violated" else (rule.severity, rule.fix)
        yield RuleResult(framework, period, rule.rule, rule.clause, severity, rule.wording, status, detail, fix)


class State:
    """What rules are judged by: the index, the findings and the conditions of a framework and period."""

    def __init__(self, connection: Connection, framework: str, period: str) -> None:
        """Read the few rows that rules ask for."""
        self.connection, self.framework = connection, framework
        given: dict[str, object] = {"framework": framework, "period": period}
        index = "select datapoint, status, reason from disclosure_index where framework = $framework and period = $period"
        self.index = {str(row["datapoint"]): row for row in records(connection, index, given)}
        failed = "select condition, reason from condition_failed where framework = $framework and period = $period"
        self.failed = {str(row["condition"]): str(row["reason"]) for row in records(connection, failed, given)}
        self.findings = {str(row["rule"]): row for row in records(connection, FOUND)}

    def judge(self, rule: Rule) -> tuple[Status, str]:
        """Status and detail of a rule."""
        for name in filter(None, rule.applies.split("|")):
            if name in self.failed:
                return "not_applicable", self.failed[name]
        if rule.kind == "sql":
            return self._offences(rule)
        if rule.kind == "check" or self._violating(rule):
            return self._checks(rule)
        if rule.kind == "datapoint":
            return self._datapoints(rule)
        if rule.kind in {"person", "open"}:
            return "needs_person", rule.reason
        return "satisfied", "holds by construction: " + ("refused when the file is read" if rule.kind == "schema" else "tested")

    def remedy(self, rule: Rule) -> tuple[str, str]:
        """Severity and fix of a violated rule: of the finding where a general check found it."""
        first = next(iter(self._violating(rule)), None)
        return (str(first["severity"]), str(first["fix"])) if first else (rule.severity, rule.fix or FIX)

    def _violating(self, rule: Rule) -> list[Row]:
        return [self.findings[name] for name in rule.where if name in self.findings and self.findings[name]["severity"] != "note"]

    def _checks(self, rule: Rule) -> tuple[Status, str]:
        violating = self._violating(rule)
        if violating:
            return "violated", "; ".join(f"{row['rule']} ({row['number']}): {row['message']}" for row in violating)
        noted = [self.findings[name] for name in rule.where if name in self.findings]
        return "satisfied", "; ".join(f"noted by {row['rule']} ({row['number']}): {row['message']}" for row in noted)

    def _datapoints(self, rule: Rule) -> tuple[Status, str]:
        named = [place.removeprefix(f"{self.framework}/") for place in rule.where]
        given = [(name, str(self.index[name]["status"]), str(self.index[name]["reason"])) for name in named if name in self.index]
        for wrong, status in (("withheld", "violated"), ("not_reported", "violated"), ("needs_person", "needs_person")):
            told = [(name, reason) for name, found, reason in given if found == wrong]
            if told:
                return status, _told(told, wrong)  # type: ignore[return-value]
        if not given or all(found == "not_applicable" for _, found, _ in given):
            return "not_applicable", given[0][2] if given else "the edition gives no figures for this form of period"
        return "satisfied", ", ".join(f"{name} {_words(found)}" for name, found, _ in given)

    def _offences(self, rule: Rule) -> tuple[Status, str]:
        found = records(self.connection, rule.query)
        if not found:
            return "satisfied", ""
        told = "; ".join(f"{row['subject']}: {row['message']}" for row in found[:SHOWN])
        return "violated", told + (f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else "")


def _told(datapoints: Sequence[tuple[str, str]], status: str) -> str:
    """Datapoints of a status with their reasons; those whose reasons differ by their own name alone stand together."""
    alike: dict[str, list[str]] = {}
    for name, reason in datapoints:
        alike.setdefault(reason.replace(f"/{name}.md", "/NAME.md"), []).append(name)
    return "; ".join(_sentence(names, reason, status) for reason, names in alike.items())


def _sentence(names: Sequence[str], reason: str, status: str) -> str:
    if len(names) == 1:
        reason = reason.replace("/NAME.md", f"/{names[0]}.md")
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} {_words(status)}" + (f": {reason}" if reason else "")


def _words(status: str) -> str:
    return {"needs_person": "left to a person"}.get(status, status.replace("_", " "))


def unknown_conditions() -> list[str]:
    """The conditions that rules name and that there are none of; a test holds this list to be empty."""
    named = {name for framework in frameworks() for rule in rules_of(framework) for name in filter(None, rule.applies.split("|"))}
    return sorted(named - set(conditions()))
