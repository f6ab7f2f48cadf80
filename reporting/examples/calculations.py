"""The calculations of the vocabulary that are activity data: each states rows with a method of the engine and reads the results back.

A calculation is a generator: it yields a request, is sent the answers, and returns the outputs by address. It knows roles, never examples.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from reporting.examples.answers import Answers
from reporting.examples.document import Address, Output, Step
from reporting.examples.measure import Measure, kind_of, measure, parse, plain
from reporting.examples.request import NUMBER, Factor, Request, Row
from reporting.quantity import Powers, combined, decimal
from reporting.types import UsageError

Outputs: TypeAlias = dict[Address, Output]
Calculation: TypeAlias = Generator[Request, Answers, Outputs]
Reading: TypeAlias = Callable[[Sequence[str]], tuple[Fraction, Powers]]
ALSO = "~also"
"""Ends the name of a second row that the same row of an example gives."""


def given(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Measure]:
    """The operands of a method from the roles that a row has."""
    return {operand: row[role] for role, operand in names.items() if role in row}


def same(*names: str) -> dict[str, str]:
    """Roles that the engine calls by the same name."""
    return {name: name for name in names}


def also(reading: Reading) -> Reading:
    """A reading of the second rows."""
    return lambda names: reading([name + ALSO for name in names])


def summed(step: Step, readings: Mapping[str, Reading], *, only_rows: Sequence[str] = ()) -> Outputs:
    """Outputs of every row, of every group, and in total where the rows are parts; what differs in kind has no sum."""
    groups: dict[str, list[str]] = {}
    for row in step.rows:
        if "group" in row:
            groups.setdefault(row["group"], []).append(row["id"])
    outputs: Outputs = {}
    for output, reading in readings.items():
        for row in step.rows:
            outputs[output, row["id"], ""] = reading([row["id"]])
        if len(step.rows) == 1:
            outputs[output, "", ""] = outputs[output, step.rows[0]["id"], ""]
        if output in only_rows:
            continue
        wanted = {("", group): names for group, names in groups.items()} | (
            {("", ""): [row["id"] for row in step.rows]} if step.is_sum else {}
        )
        for (_, group), names in wanted.items():
            if len({_kind(outputs[output, name, ""]) for name in names}) == 1:
                outputs[output, "", group] = reading(names)
    return outputs


def _kind(output: Output) -> Powers:
    return plain(output[1]) if isinstance(output, tuple) else ()


def exclusive(row: Mapping[str, Any], *alternatives: Sequence[str], is_needed: bool = True) -> None:
    """Raise UsageError unless exactly one alternative is given, whole."""
    touched = [names for names in alternatives if any(name in row for name in names)]
    if len(touched) > 1 or (is_needed and not touched):
        raise UsageError(
            f"{row['id']}: give exactly one of {' | '.join(' with '.join(names) for names in alternatives)}. fix: correct the row"
        )


def together(row: Mapping[str, Any], *names: str) -> None:
    """Raise UsageError where roles that belong together are given in part."""
    if 0 < sum(name in row for name in names) < len(names):
        raise UsageError(f"{row['id']}: {' and '.join(names)} are given together. fix: complete the row")


def priced(step: Step, method: str, names: Mapping[str, str], quantity: str = "") -> Calculation:
    """Rows of one method times the factor of each."""
    rows = [Row(row["id"], method, given(row, names), (Factor(row["factor"]),)) for row in step.rows]
    answers = yield Request(rows)
    readings: dict[str, Reading] = {"emissions": answers.emissions}
    return summed(step, readings | ({quantity: answers.quantity} if quantity else {}))


def activity_times_factor(step: Step) -> Calculation:
    """Quantity x share x duration x factor; a rounding re-creates what a publication printed in between."""
    rounding = step.parameters.get("rounding")
    if rounding:
        return (yield from rounded_activity(step, rounding))
    return (yield from priced(step, "activity", {"quantity": "amount", "share": "share", "duration": "duration"}))


def half_up(value: Fraction, powers: Powers, decimals: int, one: Measure) -> Measure:
    """A number rounded half up in a unit."""
    if plain(one.powers) != plain(powers):
        raise UsageError(f"rounding in {kind_of(one.powers)} does not fit. fix: correct the rounding")
    return Measure(Fraction(decimal(value / one.base).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) * one.value, one.terms)


def rounded_activity(step: Step, rounding: Mapping[str, Any]) -> Calculation:
    """Activity times factor as a publication that rounded in between: rounded numbers are stated, the result is read as printed."""
    if set(rounding) != {"decimals", "quantity_unit", "factor_unit", "result_unit"} or not isinstance(rounding["decimals"], int):
        raise UsageError("rounding has decimals and the units quantity_unit, factor_unit, result_unit. fix: complete it")
    places = rounding["decimals"]
    units = {role: parse(rounding[f"{role}_unit"], step.definitions) for role in ("quantity", "factor", "result")}
    rows = []
    for row in step.rows:
        quantity = half_up(row["quantity"].base, row["quantity"].powers, places, units["quantity"])
        factor = half_up(row["factor"].base, row["factor"].powers, places, units["factor"])
        rows.append(Row(row["id"], "activity", given(row, same("share", "duration")) | {"amount": quantity}, (Factor(factor),)))
    answers = yield Request(rows)
    printed = {row["id"]: half_up(*answers.emissions([row["id"]]), places, units["result"]) for row in step.rows}
    answers = yield Request([Row(name, "activity", {"amount": value}, (), activity_type="stated.goods") for name, value in printed.items()])
    return summed(step, {"emissions": answers.quantity})


def per_gas(step: Step) -> Calculation:
    """Mass of single gases times the GWPs that the source gives; biogenic CO2 outside the total."""
    values = {"CO2": measure(1, "kgCO2e/kg"), "CO2e": measure(1, "kgCO2e/kg")} | step.parameters["gwp"]
    shift = max(_more_decimals(value.base) for value in values.values())
    rows = []
    for row in step.rows:
        if row["gas"] not in values:
            raise UsageError(f"{row['id']}: gwp has no {row['gas']}. fix: give its GWP")
        is_biogenic = row.get("origin") == "biogenic" and row["gas"] == "CO2"
        factor = Factor(row.get("factor", measure(1, "kg/kg")), gas=row["gas"], is_biogenic=is_biogenic)
        rows.append(Row(row["id"], "activity", given(row, {"quantity": "amount", "share": "share"}), (factor,)))
    answers = yield Request(rows, gwp={gas: _stated_gwp(value.base, shift) for gas, value in values.items()})
    return summed(step, _gas_readings(step, answers, shift), only_rows=["gas_mass"])


GWP_DECIMALS = 3
"""What an inventory holds of a GWP; one with more is stated in a power of ten."""


def _more_decimals(gwp: Fraction) -> int:
    """The decimals that a GWP has beyond those of an inventory, nine at most."""
    return next((more for more in range(9) if (gwp * 10 ** (GWP_DECIMALS + more)).denominator == 1), 9)


def _stated_gwp(gwp: Fraction, shift: int) -> Measure:
    return Measure(Fraction(round(gwp * 10**shift, GWP_DECIMALS)), measure(1, "kgCO2e/kg").terms)


def _gas_readings(step: Step, answers: Answers, shift: int) -> dict[str, Reading]:
    of = {row["id"]: row for row in step.rows}
    biogenic = {name for name, row in of.items() if row.get("origin") == "biogenic" and row["gas"] == "CO2"}

    def mass(names: Sequence[str]) -> tuple[Fraction, Powers]:
        value, powers = answers.gas(names)
        return value, combined((((base, 1),), power) for base, power in powers if base != "kg_co2e") if ("kg", 1) in powers else powers

    def emissions(names: Sequence[str]) -> tuple[Fraction, Powers]:
        counted = [name for name in names if name not in biogenic]
        return answers.emissions(counted)[0] / 10**shift if counted else Fraction(0), _of_gas(answers.gas(names)[1], "kg_co2e")

    def biogenic_co2(names: Sequence[str]) -> tuple[Fraction, Powers]:
        value, powers = answers.gas(names, "kg_biogenic_co2")
        return value, _of_gas(powers, "kg_co2")

    return {"gas_mass": mass, "emissions": emissions, "biogenic_co2": biogenic_co2}


def _of_gas(powers: Powers, gas: str) -> Powers:
    """Powers of a mass of gas, or of one per time, as those of CO2 or CO2e."""
    others = ((((base, 1),), power) for base, power in plain(powers) if base not in ("kg", "kg_co2", "kg_co2e"))
    return combined([(((gas, 1),), 1), *others])


def spend(step: Step) -> Calculation:
    """Spend x share x factor."""
    return (yield from priced(step, "spend", same("spend", "share")))


def transport(step: Step) -> Calculation:
    """Mass x distance x factor."""
    return (yield from priced(step, "transport", same("mass", "distance"), "work"))


def travel(step: Step) -> Calculation:
    """Person-km, or vehicle-km where the factor is per vehicle-km."""
    names = same("persons", "share", "distance", "directions", "trips_per_week", "weeks", "days")
    rows, person_rows = [], []
    for row in step.rows:
        together(row, "trips_per_week", "weeks")
        exclusive(row, ("trips_per_week", "weeks"), ("days",), is_needed=False)
        factor = row["factor"]
        by_vehicle = ("vkm", -1) in factor.terms or ("vehicle", -1) in factor.terms
        if by_vehicle and "persons_per_vehicle" not in row:
            raise UsageError(f"{row['id']}: a factor per vkm needs persons_per_vehicle. fix: give it")
        operands = given(row, names)
        if by_vehicle:
            operands["persons_per_vehicle"] = row["persons_per_vehicle"]
        rows.append(Row(row["id"], "travel_by_vehicle" if by_vehicle else "travel", operands, (Factor(factor),)))
        person_rows.append(Row(row["id"] + ALSO, "travel", given(row, names)))
    answers = yield Request([*rows, *person_rows])
    return summed(step, {"distance": also(answers.quantity), "emissions": answers.emissions})


def lifetime_use(step: Step) -> Calculation:
    """Use of sold products over their life, priced."""
    rows = []
    for row in step.rows:
        calendar = ("power", "hours_per_day", "days_per_year", "years")
        together(row, "uses_per_unit", "energy_per_use")
        together(row, *calendar[1:])
        if "power" in row:
            exclusive(row, ("duration",), calendar[1:])
        exclusive(row, ("uses_per_unit", "energy_per_use"), ("power", "duration", *calendar[1:]), ("distance_per_unit",))
        if "distance_per_unit" in row:
            operands, method = given(row, same("units", "share", "distance_per_unit")), "lifetime_distance"
        else:
            operands, method = given(row, same("units", "share", "uses_per_unit", "energy_per_use", "duration", *calendar)), "lifetime_use"
        rows.append(Row(row["id"], method, operands, (Factor(row["factor"]),)))
    answers = yield Request(rows)
    return summed(step, {"use": answers.quantity, "emissions": answers.emissions})


def allocation(step: Step) -> Calculation:
    """A shared amount by a key; the whole key is that of the rows where it is not given."""
    rows, shares = [], []
    largest = max((row["key"] for row in step.rows), key=lambda key: abs(key.base))
    pools = ("whole", "share") if any("of_total" not in row for row in step.rows) else ("", "")
    for row in step.rows:
        operands = given(row, same("key", "of_total", "occupancy"))
        rows.append(
            Row(row["id"], "allocation", operands | {"amount": row["amount"]}, pool=pools[0], activity_type="stated.goods", whole=largest)
        )
        shares.append(Row(row["id"] + ALSO, "allocation", operands | {"amount": NUMBER}, pool=pools[1], whole=largest))
    answers = yield Request([*rows, *shares])
    return summed(step, {"share": also(answers.quantity), "emissions": answers.quantity}, only_rows=["share"])


def investment_share(step: Step) -> Calculation:
    """Emissions of an investee, or its revenue times a factor, by the investor's share."""
    rows = []
    for row in step.rows:
        exclusive(row, ("emissions",), ("activity_value", "factor"))
        exclusive(row, ("share",), ("invested", "total_value"))
        together(row, "activity_value", "factor")
        together(row, "invested", "total_value")
        operands = given(row, same("emissions", "duration", "activity_value", "sector_share", "share", "invested", "total_value"))
        factors = (Factor(row["factor"]),) if "factor" in row else ()
        rows.append(Row(row["id"], "investment_share", operands, factors, activity_type="" if factors else "stated.goods"))
    stated = {row.name for row in rows if not row.factors}
    answers = yield Request(rows)

    def emissions(names: Sequence[str]) -> tuple[Fraction, Powers]:
        parts = [answers.quantity([name for name in names if name in stated])] if stated & set(names) else []
        parts += [answers.emissions([name for name in names if name not in stated])] if set(names) - stated else []
        return sum((value for value, _ in parts), Fraction(0)), parts[0][1]

    return summed(step, {"emissions": emissions})


def scope2_dual(step: Step) -> Calculation:
    """Purchased electricity on both bases: a certificate for the covered part, residual mix or grid average for the rest."""
    rows = []
    for row in step.rows:
        together(row, "covered_share", "instrument_factor")
        factors = [Factor(row["location_factor"], basis="location")]
        if "residual_factor" in row:
            factors.append(Factor(row["residual_factor"], basis="residual"))
        covered = row["covered_share"].base if "covered_share" in row else Fraction(0)
        if not 0 <= covered <= 1:
            raise UsageError(f"{row['id']}: covered_share lies between 0 and 1. fix: correct it")
        rows.append(
            Row(
                row["id"],
                "activity",
                {"amount": row["energy"]},
                tuple(factors),
                activity_type="electricity.purchased",
                is_pinned=False,
                covered=covered,
                instrument=row["instrument_factor"] if covered else None,
            )
        )
    answers = yield Request(rows)

    def market(names: Sequence[str]) -> tuple[Fraction, Powers]:
        return answers.emissions(names, "market")

    return summed(step, {"emissions_location": answers.emissions, "emissions_market": market})
