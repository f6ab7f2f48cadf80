"""What a calculation asks of the engine: rows of activity data with a method and its operands, their factors, systems and instruments.

Units and sizes follow from the operands of the method (standards/calculation_operands.csv). Where an inventory could not hold a number with
ten significant digits, all rows of a request are stated in a power of ten of their unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property

from reporting.database import PACKAGE
from reporting.examples.measure import HERE, Measure, agree, in_engine_powers, kind_of, of_base, parse, plain
from reporting.quantity import Powers, combined, parse_unit
from reporting.reference import read_rows
from reporting.types import UsageError

CARRIERS = {
    "activity": "amount",
    "activity_rate": "amount",
    "spend": "spend",
    "transport": "mass",
    "travel": "persons",
    "travel_by_vehicle": "persons",
    "lifetime_use": "units",
    "lifetime_distance": "units",
    "allocation": "amount",
    "energy_from_power": "count",
    "cloud_usage": "usage",
    "embodied_share": "total_embodied",
    "embodied_components": "count",
}
"""The operand of a method that takes the power of ten."""
ASKED = {"travel": "pkm"}
"""The power of ten below which a quantity and a mass stay."""
NUMBER = Measure(Fraction(1))


@dataclass(frozen=True)
class Factor:
    """A row of the factor set: emissions or mass of a gas per unit of the activity."""

    value: Measure
    gas: str = "CO2e"
    basis: str = ""
    region: str = "world"
    is_biogenic: bool = False
    name: str = ""


@dataclass(frozen=True)
class Row:
    """A row of activity data; `factors` price it, none where only its quantity is wanted."""

    name: str
    method: str
    operands: Mapping[str, Measure]
    factors: tuple[Factor, ...] = ()
    pool: str = ""
    activity_type: str = ""
    region: str = ""
    is_pinned: bool = True
    system: str = ""
    stage: str = ""
    covered: Fraction | None = None
    instrument: Measure | None = None
    whole: Measure | None = None


@dataclass
class Request:
    """Rows of one step, computed together; `systems` are functional units by system, `gwp` the values of gases."""

    rows: list[Row]
    systems: Mapping[str, Measure] = field(default_factory=dict)
    gwp: Mapping[str, Measure] = field(default_factory=dict)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The rows as stated to the engine; raises UsageError for units that do not fit."""
        return {row.name: planned(row) for row in self.rows}


@dataclass(frozen=True)
class Plan:
    """A row as stated to the engine: unit and activity type, powers of the result, what was taken out of its unit, powers of ten."""

    row: Row
    unit: str
    activity_type: str
    powers: Powers
    label: Measure
    magnitude: Fraction
    factor_magnitude: Fraction = Fraction(1)


@cache
def places() -> Mapping[Powers, tuple[str, str]]:
    """The unit and the activity type in which the engine takes a result, by powers."""
    return {_powers(row["powers"]): (row["unit"], row["activity_type"]) for row in read_rows(HERE / "places.csv")}


def _powers(text: str) -> Powers:
    return tuple(sorted((part.split(":")[0], int(part.split(":")[1])) for part in text.split()))


@cache
def operands_of(method: str) -> tuple[Mapping[str, str], ...]:
    """The operands of the calculation behind a method, in the order of the table."""
    calculation = next(row["calculation"] for row in read_rows(PACKAGE / "standards" / "methods.csv") if row["method"] == method)
    rows = read_rows(PACKAGE / "standards" / "calculation_operands.csv")
    return tuple(row for row in rows if row["calculation"] == calculation and row["operand"])


def _terms(row: Row) -> list[list[list[tuple[Measure, int, str]]]]:
    """Of each term its addends, of each addend its operands with exponents: only those of which an operand is given."""
    terms: dict[str, dict[str, list[tuple[Measure, int, str]]]] = {}
    table = operands_of(row.method)
    for operand in table:
        name = operand["operand"]
        given = row.operands.get(name, row.whole if operand["default_value"] == "sum of key" else None)
        chosen = {other["operand"] for other in table if (other["choice"], other["option"]) == (operand["choice"], operand["option"])}
        if given is None and operand["option"] and operand["default_value"] == "1" and chosen & set(row.operands):
            given = parse(operand["unit"] or "1")  # a default with a unit: one journey per day
        if given is not None:
            addend = terms.setdefault(operand["term"], {}).setdefault(operand["addend"], [])
            part = (given, int(operand["exponent"]), name)
            addend += [part] if part not in addend else []  # alternatives may share an operand
    return [list(addends.values()) for addends in terms.values()]


def result_of(row: Row) -> tuple[Powers, Fraction]:
    """Powers of the product of a row, and about how large it is in base units; raises UsageError where what is added differs."""
    parts: list[tuple[Powers, int]] = []
    size = Fraction(1)
    for addends in _terms(row):
        each = [combined((one.powers, exponent) for one, exponent, _ in addend) for addend in addends]
        if any(not agree(each[0], other) for other in each[1:]):
            raise UsageError(f"{row.name}: {' and '.join(kind_of(powers) for powers in each)} cannot be added. fix: correct the units")
        parts.append((each[0], 1))
        size *= max(_size(addend) for addend in addends)
    return combined(parts), size


def _size(addend: Sequence[tuple[Measure, int, str]]) -> Fraction:
    size = Fraction(1)
    for one, exponent_of, _ in addend:
        size *= abs(one.base) ** exponent_of if one.base else Fraction(0)
    return size


def carrier_of(row: Row) -> str:
    """The operand of a row that takes the power of ten."""
    if "device_hours" in row.operands:
        return "device_hours"
    if row.method == "investment_share":
        return "emissions" if "emissions" in row.operands else "activity_value"
    return CARRIERS[row.method]


def planned(row: Row) -> Plan:
    """A row as stated; a credit is stated as the amount that it is, and taken off afterwards."""
    name = carrier_of(row)
    given = row.operands.get(name)
    if given is None or given.value >= 0 or row.system:
        return _planned(row)
    plan = _planned(replace(row, operands={**row.operands, name: replace(given, value=-given.value)}))
    return replace(plan, label=replace(plan.label, value=-plan.label.value))


def _planned(row: Row) -> Plan:
    """A row in a unit of the engine; a unit that none holds (emissions per year) is taken out of an operand and put back afterwards."""
    asked = row.factors[0].value if row.factors else None
    powers, size = result_of(row)
    wanted = in_engine_powers(powers)
    place = places().get(wanted)
    if place is None or (asked is not None and (not place[1] or not _is_per(asked, wanted))):
        return _reduced(row)
    unit = ASKED.get(row.method, place[0])
    return Plan(
        row,
        unit,
        row.activity_type or ("travel.rail.northeast_corridor" if unit == "pkm" else place[1]),
        powers,
        NUMBER,
        size / parse_unit(unit).size,
        max((per_unit(one, unit) for one in rates_of(row)), default=Fraction(1)),
    )


def rates_of(row: Row) -> list[Measure]:
    """What a row is multiplied with: its factors and the rate of its instrument."""
    return [factor.value for factor in row.factors] + ([row.instrument] if row.instrument is not None else [])


def _is_per(factor: Measure, wanted: Powers) -> bool:
    """Whether a factor is an amount of emissions or of mass per what the row measures."""
    left = combined([(in_engine_powers(factor.powers), 1), (wanted, 1)])
    return left in ((("kg_co2e", 1),), (("kg", 1),))


def per_unit(factor: Measure, unit: str) -> Fraction:
    """The size of a factor for one of a unit of the engine."""
    return abs(factor.base * parse_unit(unit).size)


def _reduced(row: Row) -> Plan:
    """The row with its factor as the operand `rate`, or with a unit taken out of one operand."""
    if row.factors and row.method == "activity" and len(row.factors) == 1:
        factor = row.factors[0]
        mass = Measure(Fraction(1), (("kg", 1), ("kg", -1)))
        bases = dict(plain(combined([(result_of(row)[0], 1), (factor.value.powers, 1)])))
        is_mass = bases.get("kg") == 1 and not {"kg_co2", "kg_co2e"} & set(bases)
        unit = replace(factor, value=mass if is_mass else Measure(Fraction(1), (("kgCO2e", 1), ("kgCO2e", -1))))
        sign = -1 if factor.value.value < 0 else 1
        rate = replace(factor.value, value=factor.value.value * sign)
        rated = replace(row, method="activity_rate", operands={**row.operands, "rate": rate}, factors=(unit,) if is_mass else ())
        plan = _planned(rated if is_mass else replace(rated, activity_type="stated.goods"))
        return replace(plan, label=replace(plan.label, value=plan.label.value * sign))
    spelt_out = {name: of_base(given.base, given.powers) for name, given in row.operands.items()}  # kW holds no time to take out, MJ/s does
    for name, given in [*row.operands.items(), *spelt_out.items()]:
        exponent = next((int(o["exponent"]) for o in operands_of(row.method) if o["operand"] == name), 1)
        for term in dict.fromkeys(given.terms):
            lighter = replace(row, operands={**row.operands, name: given.without(*term)})
            powers, _ = result_of(lighter) if _adds_up(lighter) else (None, 0)
            if powers is not None and in_engine_powers(powers) in places() and _is_priced(lighter, powers):
                plan = _planned(lighter)
                label = Measure(Fraction(1), ((term[0], term[1] * exponent),))
                return replace(plan, label=label, powers=combined([(plan.powers, 1), (label.powers, 1)]))
    raise UsageError(
        f"{row.name}: the result, {kind_of(plain(result_of(row)[0]))}, does not fit its factor or any unit. fix: correct the units"
    )


def _adds_up(row: Row) -> bool:
    try:
        result_of(row)
    except UsageError:
        return False
    return True


def _is_priced(row: Row, powers: Powers) -> bool:
    wanted = in_engine_powers(powers)
    return not row.factors or (_is_per(row.factors[0].value, wanted) and bool(places()[wanted][1]))


def emission_powers(plan: Plan) -> Powers:
    """The powers of what a row emits."""
    if plan.row.factors:
        return combined([(plan.powers, 1), (plan.row.factors[0].value.powers, 1)])
    return plan.powers


def unit_of(plan: Plan) -> Fraction:
    """The size in base units of the unit in which the engine takes a row."""
    return parse_unit(plan.unit).size
