"""What the engine answered: quantities and emissions of rows and of sums of rows, figures of systems, and the errors that touch them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reporting.database import Connection
from reporting.examples.request import Plan, emission_powers, unit_of
from reporting.quantity import Powers
from reporting.types import Finding, UsageError

PERIOD = "2026-07"
BEYOND = "method/allocation-beyond-whole"
"""Keys over the part that is in use may add up to more than the whole: the vocabulary allows it, the figures of an inventory do not."""
RESULT = """
create table example_quantity as
select e.name, a.quantity from example_row e join activity_row a on a.row_no = e.row_no;
create table example_emission as
select e.name, max(l.factor_id) as factor_id,
    sum(l.kg_co2e) filter (where l.basis in ('both', 'location') and not l.is_biogenic) as kg_co2e_location,
    sum(l.kg_co2e) filter (where l.basis in ('both', 'market') and not l.is_biogenic) as kg_co2e_market,
    sum(l.kg_gas) filter (where l.basis in ('both', 'location')) as kg_gas,
    coalesce(sum(l.kg_gas) filter (where l.is_biogenic), 0) as kg_biogenic_co2
from example_row e join ledger l on l.row_no = e.row_no and l.view = e.view and l.derivation <> 'adds'
group by e.name"""


@dataclass(frozen=True)
class Answers:
    """The results of one request: reads rows and sums of rows from the computed tables."""

    connection: Connection
    prefix: str
    plans: Mapping[str, Plan]
    scales: Mapping[str, tuple[int, int]]
    errors: Mapping[str, Sequence[tuple[str, str]]]
    systems: Mapping[str, str]
    factors: Mapping[str, str]

    def quantity(self, names: Sequence[str]) -> tuple[Fraction, Powers]:
        """The sum of the quantities of rows."""
        query = "select count(*), sum(quantity) from example_quantity where name in (select unnest($names))"
        value = sum((self._sum(query, same) * size for same, size in self._alike(names, is_priced=False)), Fraction(0))
        return value, self.plans[names[0]].powers

    def emissions(self, names: Sequence[str], basis: str = "location") -> tuple[Fraction, Powers]:
        """The sum of the CO2e of rows, biogenic CO2 left out."""
        return self._mass(names, f"kg_co2e_{basis}")

    def gas(self, names: Sequence[str], column: str = "kg_gas") -> tuple[Fraction, Powers]:
        """The sum of the mass of gas of rows, or of the biogenic CO2 among them."""
        return self._mass(names, column)

    def _mass(self, names: Sequence[str], column: str) -> tuple[Fraction, Powers]:
        query = f"select count(*), sum({column}) from example_emission where name in (select unnest($names))"  # noqa: S608 - own names
        value = sum((self._sum(query, same) * size for same, size in self._alike(names, is_priced=True)), Fraction(0))
        return value, emission_powers(self.plans[names[0]])

    def _alike(self, names: Sequence[str], *, is_priced: bool) -> list[tuple[list[str], Fraction]]:
        """The rows in groups that the engine adds, with the size of what it adds: unit, power of ten, what was taken out of the unit."""
        groups: dict[Fraction, list[str]] = {}
        for name in names:
            plan, (of_quantity, of_factor) = self.plans[name], self.scales[name]
            shift = of_quantity + (of_factor if is_priced and plan.row.factors else 0)
            size = Fraction(10) ** -shift * plan.label.base * (1 if is_priced else unit_of(plan))
            groups.setdefault(size, []).append(name)
        return [(same, size) for size, same in groups.items()]

    def figure(self, datapoint: str, system: str) -> Fraction:
        """The value of a figure of a system; raises UsageError where it is withheld."""
        found = self.connection.execute(
            "select value, status from figure where figure_id = $1 and period = $2",
            [f"sci/{datapoint}/system={self.systems[self.prefix + system]}", PERIOD],
        ).fetchone()
        if not found or found[0] is None:
            raise UsageError(f"the engine withholds sci/{datapoint}: {self._why(list(self.plans))}")
        return Fraction(found[0])

    def factor_name(self, name: str) -> str:
        """The name of the factor that priced a row."""
        found = self.connection.execute("select factor_id from example_emission where name = $1", [self.prefix + name]).fetchone()
        if not found or not found[0]:
            raise UsageError(f"{name} has no factor: {self._why([name])}")
        if found[0] not in self.factors:
            raise UsageError(f"{name} is priced by {found[0]}, which is none of the candidates")
        return self.factors[found[0]]

    def _sum(self, query: str, names: Sequence[str]) -> Fraction:
        count, total = self.connection.execute(query, {"names": [self.prefix + name for name in names]}).fetchall()[0]
        if count != len(names) or total is None or self._why(names):
            raise UsageError(f"the engine gives no result for {', '.join(names)}: {self._why(names)}")
        return Fraction(total)

    def _why(self, names: Sequence[str]) -> str:
        """The errors that touch what is read: a row whose quantity alone is wanted has no factor, and only its own view is read."""
        told = [
            f"{message} ({rule})"
            for name in names
            for rule, message in self.errors.get(self.prefix + name, ())
            if rule != BEYOND and (self.plans[name].row.factors or rule not in ("factor/none-found", "intake/unit-dimension"))
        ]
        return "; ".join(dict.fromkeys(told))


def errors_of(rows: Sequence[tuple[int, str, str]], findings: Iterable[Finding]) -> dict[str, list[tuple[str, str]]]:
    """Rule and message of the errors of every row, those of other views left out."""
    of_row = {number: (name, view) for number, name, view in rows}
    errors: dict[str, list[tuple[str, str]]] = {}
    for finding in findings:
        if finding.severity != "error" or finding.row not in of_row:
            continue
        name, view = of_row[finding.row]
        if finding.rule != "factor/gwp-missing" or f"(view {view})" in finding.message:
            errors.setdefault(name, []).append((finding.rule, finding.message))
    return errors
