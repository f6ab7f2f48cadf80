"""What `ghg check --framework` prints of a framework: each rule with its result, each datapoint with its status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from reporting.commands.layout import print_hanging
from reporting.commands.terminal import out
from reporting.framework_rules import RuleResult

ANY = "DATAPOINT"
RULE_STATUSES = ("satisfied", "violated", "not_applicable", "needs_person")


def print_rules(rules: Sequence[RuleResult]) -> None:
    """Every rule with its result: why, and how to mend what is violated."""
    for rule in rules:
        result = {"needs_person": "needs a person", "not_applicable": "not applicable"}.get(rule.status, rule.status)
        severity = f" ({rule.severity})" if rule.status == "violated" else ""
        print_hanging(f"{rule.framework} {rule.rule} {rule.clause}: {result}{severity}. {rule.wording}")
        for text in (rule.detail, f"fix: {rule.fix}" if rule.status == "violated" and rule.fix else ""):
            if text:
                print_hanging(f"  {text}")
    if rules:
        number = Counter(str(rule.status) for rule in rules)
        out.print(", ".join(f"{number[status]} {status.replace('_', ' ')}" for status in RULE_STATUSES))
        out.print()


def print_index(lines: Sequence[Mapping[str, object]], *, every: bool = False) -> None:
    """The disclosure index: every datapoint with its status, where it stands and what it says; * marks the mandatory ones.

    Optional ones that lack the same stand in one line, unless every one is asked for.
    """
    for (_, status, told), group in groupby(enumerate(lines), key=lambda numbered: index_key(*numbered, every=every)):
        found = [line for _, line in group]
        names = ", ".join(str(line["datapoint"]) for line in found)
        mark = " *" if found[0]["is_mandatory"] else ""
        clause = f" {found[0]['clause']}" if len(found) == 1 else f" ({len(found)} datapoints)"
        said = told if len(found) > 1 else told.replace(ANY, str(found[0]["datapoint"]))
        print_hanging(f"{found[0]['framework']}/{names}{mark}{clause}: {status}{f'. {said}' if said else ''}")
    if lines:
        number = Counter(str(line["status"]) for line in lines if line["is_mandatory"])
        told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(number.items()))
        out.print(f"mandatory datapoints: {told}")
        out.print()


def index_key(number: int, line: Mapping[str, object], *, every: bool) -> tuple[object, str, str]:
    """What datapoints that are told together have in common; a mandatory or stated one has its number and stands alone."""
    status = {"needs_person": "left to a person"}.get(str(line["status"]), str(line["status"]).replace("_", " "))
    told = " ".join(str(line["answer"] or line["reason"]).split())
    if every or line["is_mandatory"] or line["status"] == "stated":
        return number, status, told
    return line["framework"], status, told.replace(str(line["datapoint"]), ANY)
