"""The calculations of the vocabulary for machines and software, as activity data and systems of an inventory."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reporting.examples.calculations import ALSO, Calculation, Outputs, also, exclusive, given, same, summed, together
from reporting.examples.document import Step
from reporting.examples.measure import Measure, in_engine_powers, measure, plain
from reporting.examples.request import NUMBER, Factor, Request, Row, emission_powers
from reporting.examples.stating import functional_shift
from reporting.quantity import combined
from reporting.types import UsageError

EMITTED = (("kg_co2e", 1),)
ITSELF = Measure(Fraction(1), (("kgCO2e", 1), ("kgCO2e", -1)))
"""The factor of what is already an amount of emissions."""


def energy_from_power(step: Step) -> Calculation:
    """Energy of machines, at the devices and at the facility."""
    names = same("power", "baseline_power", "utilisation", "count", "duration", "device_hours")
    for row in step.rows:
        exclusive(row, ("device_hours",), ("duration", "count"))
        if "count" in row and "duration" not in row:
            raise UsageError(f"{row['id']}: count needs duration. fix: give it")
    rows = [_drawn(row) for row in step.rows]
    facility = [Row(row["id"], "energy_from_power", given(row, names | same("pue"))) for row in rows]
    devices = [Row(row["id"] + ALSO, "energy_from_power", given(row, names)) for row in rows]
    answers = yield Request([*facility, *devices])
    return summed(step, {"it_energy": also(answers.quantity), "energy": answers.quantity})


def _drawn(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row that draws less than its baseline as so many devices less that draw the difference."""
    if "baseline_power" not in row or row["baseline_power"].base <= row["power"].base:
        return row
    carrier = "device_hours" if "device_hours" in row else "count"
    devices = row.get(carrier, NUMBER)
    return {**row, "power": row["baseline_power"], "baseline_power": row["power"], carrier: replace(devices, value=-devices.value)}


def cloud_usage(step: Step) -> Calculation:
    """Energy of cloud usage by coefficient or power, and its emissions where there is a factor."""
    names = same("usage", "duration", "coefficient", "min_power", "max_power", "utilisation", "pue", "replication")
    rows = []
    for row in step.rows:
        exclusive(row, ("coefficient",), ("min_power", "max_power", "utilisation"))
        together(row, "min_power", "max_power", "utilisation")
        rows.append(Row(row["id"], "cloud_usage", given(row, names), (Factor(row["factor"]),) if "factor" in row else ()))
    answers = yield Request(rows)
    outputs = summed(step, {"energy": answers.quantity})
    with_factor = replace(step, rows=[row for row in step.rows if "factor" in row])
    if with_factor.rows:
        found = summed(with_factor, {"emissions": answers.emissions})
        unpriced = [row for row in step.rows if "factor" not in row]
        partial = {("", row["group"]) for row in unpriced if "group" in row} | ({("", "")} if unpriced else set())
        outputs |= {address: value for address, value in found.items() if address[1:] not in partial}
    return outputs


def embodied_bottom_up(step: Step) -> Calculation:
    """Embodied emissions of components: amount / density x factor and what is fixed, shared by machines."""
    parts: dict[str, list[Row]] = {}
    for row in step.rows:
        together(row, "amount", "factor")
        is_credit = any(row[role].value < 0 for role in ("fixed", "factor", "amount") if role in row)
        made = [{role: one for role, one in row.items() if role != lacking} for lacking in ("fixed", "amount") if lacking in row]
        wholes = made if is_credit and "amount" in row and "fixed" in row else [row]
        parts[row["id"]] = [_component_made(f"{row['id']}{ALSO * place}", one) for place, one in enumerate(wholes)]
    answers = yield Request([one for rows in parts.values() for one in rows])
    return summed(step, {"embodied": lambda names: answers.quantity([one.name for name in names for one in parts[name]])})


def _component_made(name: str, row: Mapping[str, Any]) -> Row:
    """A component as a row; what takes emissions off is stated as so many components less."""
    names = same("count", "parts", "amount", "density", "fixed", "shared_by") | {"factor": "rate"}
    operands = given(row, names)
    if "amount" not in row:
        emitted = row["fixed"].terms if "fixed" in row else (("kgCO2e", 1),)
        nothing = {"amount": measure(0, "kg"), "rate": Measure(Fraction(0), (*emitted, ("kg", -1)))}
        operands = nothing | {role: value for role, value in operands.items() if role not in ("density", "rate")}
    below = [role for role in ("fixed", "rate", "amount") if role in operands and operands[role].value < 0]
    operands |= {role: replace(operands[role], value=-operands[role].value) for role in below}
    if len(below) % 2:
        count = operands.get("count", NUMBER)
        operands["count"] = replace(count, value=-count.value)
    return Row(name, "embodied_components", operands, activity_type="stated.goods")


def embodied_share(step: Step) -> Calculation:
    """Embodied emissions by share of the life and of the machine."""
    names = same(
        "total_embodied", "time_reserved", "expected_lifespan", "time_share", "resources_reserved", "total_resources", "resource_share"
    )
    rows = []
    for row in step.rows:
        exclusive(row, ("time_reserved", "expected_lifespan"), ("time_share",))
        exclusive(row, ("resources_reserved", "total_resources"), ("resource_share",), is_needed=False)
        together(row, "time_reserved", "expected_lifespan")
        together(row, "resources_reserved", "total_resources")
        rows.append(Row(row["id"], "embodied_share", given(row, names), activity_type="stated.goods"))
    answers = yield Request(rows)
    return summed(step, {"embodied": answers.quantity})


def sci(step: Step) -> Calculation:
    """Software carbon intensity: every row, group and the whole is a system of the inventory with the functional unit of the example."""
    unit: Measure = step.parameters["functional_unit"]
    rows, systems, members = [], {}, _members(step)
    for system, names in members.items():
        systems[system] = unit
        for row in step.rows:
            if row["id"] in names:
                rows += list(_components(row, system))
    answers = yield Request(rows, systems=systems)
    first = next(plan for plan in answers.plans.values() if plan.row.stage == "operation")
    powers = emission_powers(first)
    if any(plain(emission_powers(plan)) != plain(powers) or plan.label != first.label for plan in answers.plans.values()):
        raise UsageError("the components of a system are of different kinds. fix: give energy, operational and embodied emissions alike")
    one = Measure(Fraction(1), unit.terms)
    shift_of = {plan.row.system: sum(answers.scales[name]) for name, plan in answers.plans.items()}
    outputs: Outputs = {}
    for system in members:
        name, group = _address(system)
        back = Fraction(10) ** -shift_of[system] * first.label.size
        for output, datapoint in (("operational", "operational"), ("embodied", "embodied"), ("carbon", "emissions")):
            outputs[output, name, group] = (answers.figure(datapoint, system) * back, powers)
        score = answers.figure("score", system) / 1000 * back * Fraction(10) ** functional_shift(unit)
        outputs["sci", name, group] = (score / one.size, combined([(powers, 1), (one.powers, -1)]))
    if len(step.rows) == 1:
        outputs |= {(name, "", ""): value for (name, row, _), value in list(outputs.items()) if row}
    return outputs


def _members(step: Step) -> dict[str, list[str]]:
    """The rows of every system; its name tells whether it is a row, a group or the whole."""
    members = {f".r.{row['id']}": [row["id"]] for row in step.rows}
    for row in step.rows:
        if "group" in row:
            members.setdefault(f".g.{row['group']}", []).append(row["id"])
    return members | ({".t.": [row["id"] for row in step.rows]} if step.is_sum and len(step.rows) > 1 else {})


def _address(system: str) -> tuple[str, str]:
    kind, name = system[1], system[3:]
    return (name if kind == "r" else ""), (name if kind == "g" else "")


def _components(row: Mapping[str, Any], system: str) -> Generator[Row]:
    """The rows of a component: energy or operational emissions, and embodied emissions."""
    exclusive(row, ("energy", "intensity"), ("operational",))
    together(row, "energy", "intensity")
    name = f"{system}.{row['id']}"
    if "operational" in row:
        yield _component(f"{name}.o", row["operational"], ITSELF, system, "operation")
    else:
        yield _component(f"{name}.o", row["energy"], row["intensity"], system, "operation")
    if "embodied" in row:
        yield _component(f"{name}.m", row["embodied"], ITSELF, system, "embodied")
    elif "operational" in row:
        yield _component(f"{name}.m", replace(row["operational"], value=Fraction(0)), ITSELF, system, "embodied")
    else:
        yield _component(f"{name}.m", replace(row["energy"], value=Fraction(0)), row["intensity"], system, "embodied")


def _component(name: str, amount: Measure, factor: Measure, system: str, stage: str) -> Row:
    """A row of a system; a credit is stated as an amount whose factor is below 0."""
    sign = -1 if amount.value < 0 else 1
    operands = {"amount": replace(amount, value=amount.value * sign)}
    is_stated = factor is ITSELF and in_engine_powers(amount.powers) != EMITTED
    factors = () if is_stated else (Factor(replace(factor, value=factor.value * sign)),)
    return Row(name, "activity", operands, factors, activity_type="stated.goods" if factor is ITSELF else "", system=system, stage=stage)
