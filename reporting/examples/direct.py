"""The calculations of the vocabulary that are public functions of the engine on exact quantities, and factor_fallback and aggregate."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reporting import uncertainty
from reporting.examples.answers import Answers
from reporting.examples.calculations import Calculation, Outputs, Reading, summed
from reporting.examples.document import Output, Step
from reporting.examples.measure import Measure, agree, measure, parse, plain
from reporting.examples.request import Factor, Request, Row
from reporting.quantity import Powers, Quantity, combined, decimal
from reporting.systems.grid import mix_intensity
from reporting.systems.inference import Model, Regression, Server, Site, inference
from reporting.systems.peers import difference, outliers
from reporting.systems.power_curve import PowerCurve, window_energy
from reporting.systems.series import resample
from reporting.types import UsageError

BILLION = 10**9
KWH = measure(1, "kWh")
LEVELS = ("world", "country", "state")
KNOWN_PLACES = {"world": "world", "country": "US", "state": "US-VA"}
OTHER_PLACES = {"country": "FR", "state": "US-CA"}
"""Where the candidates stand whose level is known, and where those stand that are another place's."""


def exact(given: Measure) -> Quantity:
    """A measure as a quantity of the engine."""
    return Quantity(given.base, given.powers)


def bare(given: Measure) -> Quantity:
    """A measure without its counted things."""
    return Quantity(given.base, plain(given.powers))


def output(given: Quantity) -> Output:
    """A quantity as an output."""
    return given.value, given.powers


def no_request() -> Generator[Request, Answers, None]:
    """Nothing is asked of an inventory: the calculation is a function."""
    return
    yield  # what makes this a generator


def power_curve(step: Step) -> Calculation:
    """Power by load from a curve, and energy where thermal design power and durations are given."""
    yield from no_request()
    points = step.parameters["curve"]
    if any(set(point) != {"utilisation", "power_factor"} for point in points):
        raise UsageError("a point of the curve has utilisation and power_factor. fix: correct the curve")
    curve = PowerCurve(tuple((point["utilisation"].base, point["power_factor"].base) for point in points))
    if ("resources_reserved" in step.parameters) != ("total_resources" in step.parameters):
        raise UsageError("resources_reserved and total_resources are given together. fix: complete the parameters")
    share = Quantity(Fraction(1))
    if "total_resources" in step.parameters:
        share = bare(step.parameters["resources_reserved"]) / bare(step.parameters["total_resources"])
    factors = {row["id"]: curve.power_factor(row["utilisation"].base) for row in step.rows}
    tdp = step.parameters.get("tdp")
    energies: dict[str, Quantity] = {}
    for row in step.rows:
        if tdp is not None and "duration" in row:
            added = bare(row["added_energy"]) if "added_energy" in row else None
            energies[row["id"]] = window_energy(factors[row["id"]], bare(tdp), bare(row["duration"]), share, added)
    readings: dict[str, Reading] = {"power_factor": lambda names: (factors[names[0]], ())}
    if len(energies) == len(step.rows):
        readings["energy"] = lambda names: _added([energies[name] for name in names])
    return summed(step, readings, only_rows=["power_factor"])


def _added(parts: list[Quantity]) -> tuple[Fraction, Powers]:
    total = sum(parts[1:], parts[0])
    return total.value, total.powers


def grid_mix(step: Step) -> Calculation:
    """Weighted mean of the intensities of a mix."""
    yield from no_request()
    return {("intensity", "", ""): output(mix_intensity([(row["share"].base, exact(row["intensity"])) for row in step.rows]))}


def factor_fallback(step: Step) -> Calculation:
    """The engine resolves the factor: candidates of known levels stand at the place of the activity, others elsewhere."""
    known = {"world", *step.parameters["known_levels"]}
    if not known <= set(LEVELS):
        raise UsageError(f"known_levels are of {', '.join(LEVELS)}. fix: correct them")
    place = max(known, key=LEVELS.index)
    amount = step.parameters["quantity"]
    for row in step.rows:
        if combined([(plain(amount.powers), 1), (plain(row["factor"].powers), 1)]) not in ((("kg_co2e", 1),), (("kg_co2", 1),)):
            raise UsageError(f"{row['id']}: its factor is not per what the quantity measures. fix: correct the units")
    factors = tuple(
        Factor(
            per_kwh(row["factor"], amount), region=(KNOWN_PLACES if row["level"] in known else OTHER_PLACES)[row["level"]], name=row["id"]
        )
        for row in step.rows
    )
    quantity = Row(
        "quantity", "activity", {"amount": Measure(amount.value, KWH.terms)}, factors, region=KNOWN_PLACES[place], is_pinned=False
    )
    answers = yield Request([quantity])
    chosen = next(row for row in step.rows if row["id"] == answers.factor_name("quantity"))
    return {
        ("factor", "", ""): output(exact(chosen["factor"])),
        ("level", "", ""): str(chosen["level"]),
        ("emissions", "", ""): (answers.emissions(["quantity"])[0], plain(combined([(amount.powers, 1), (chosen["factor"].powers, 1)]))),
    }


def per_kwh(factor: Measure, amount: Measure) -> Measure:
    """A factor per unit of any amount as one per kWh: the engine looks up by place what energy emits, whatever is then multiplied."""
    return Measure(factor.base * amount.size, tuple(term for term in parse("kgCO2e/kWh").terms))


def ai_inference(step: Step) -> Calculation:
    """One request to a large language model."""
    yield from no_request()
    p: Mapping[str, Measure] = step.parameters

    def number(name: str) -> Fraction:
        return p[name].base

    names = ("energy_alpha", "energy_beta", "energy_gamma", "latency_alpha", "latency_beta", "latency_gamma")
    model = Model(
        number("active_parameters") / BILLION, number("total_parameters") / BILLION, number("bits_per_parameter"), number("memory_overhead")
    )
    server = Server(
        bare(p["server_power"]),
        bare(p["server_embodied"]),
        number("server_accelerators"),
        bare(p["accelerator_memory"]),
        bare(p["accelerator_embodied"]),
        bare(p["expected_lifespan"]),
    )
    site = Site(number("pue"), bare(p["factor"]), bare(p["water_site"]), bare(p["water_grid"]))
    found = inference(
        Regression(*(number(name) for name in names)),
        model,
        server,
        site,
        tokens=number("output_tokens"),
        batch=number("batch"),
        longest=bare(p["request_latency"]),
    )
    outputs: Outputs = {
        (name, "", ""): output(getattr(found, name)) for name in ("latency", "it_energy", "energy", "usage", "embodied", "water")
    }
    return outputs | {("accelerators", "", ""): (Fraction(found.accelerators), ())}


def _of_rows(step: Step, name: str, found: Mapping[str, Output]) -> Outputs:
    outputs: Outputs = {(name, row, ""): value for row, value in found.items()}
    return outputs | ({(name, "", ""): next(iter(found.values()))} if len(step.rows) == 1 else {})


def intensity(step: Step) -> Calculation:
    """A ratio: the numerator over the product of the denominators."""
    yield from no_request()
    found: dict[str, Output] = {}
    for row in step.rows:
        ratio = exact(row["numerator"])
        for one in row["denominators"]:
            ratio /= exact(one)
        found[row["id"]] = output(ratio)
    return _of_rows(step, "intensity", found)


def aggregate(step: Step) -> Calculation:
    """Sums of amounts that the inventory holds; spread over bins where an interval is given."""
    answers = yield Request([Row(row["id"], "activity", {"amount": row["value"]}) for row in step.rows])
    outputs = summed(step, {"sum": answers.quantity})
    if "interval" in step.parameters:
        if any("duration" not in row for row in step.rows):
            raise UsageError("interval needs a duration in every row. fix: give them")
        horizon = step.parameters.get("horizon")
        windows = [(exact(row["value"]), bare(row["duration"])) for row in step.rows]
        bins = resample(windows, bare(step.parameters["interval"]), bare(horizon) if horizon else None)
        outputs["sum_resampled", "", ""] = _added(list(bins))
    elif "horizon" in step.parameters:
        raise UsageError("horizon needs an interval. fix: give it")
    return outputs


def reconciliation(step: Step) -> Calculation:
    """Our figure against a stated one."""
    yield from no_request()
    absolute: dict[str, Output] = {}
    relative: dict[str, Output] = {}
    for row in step.rows:
        if not agree(row["computed"].powers, row["stated"].powers):
            raise UsageError(f"{row['id']}: computed and stated are of different kinds. fix: correct the units")
        found = difference(Quantity(row["computed"].base, row["stated"].powers), exact(row["stated"]))
        absolute[row["id"]] = output(found.absolute)
        if found.relative is not None:
            relative[row["id"]] = (found.relative, ())
    return _of_rows(step, "difference", absolute) | (_of_rows(step, "relative_difference", relative) if relative else {})


def outlier_flag(step: Step) -> Calculation:
    """Values against the median of their peers."""
    yield from no_request()
    limit = step.parameters["max_ratio"].base if "max_ratio" in step.parameters else Fraction(10)
    found = dict(zip([row["id"] for row in step.rows], outliers([exact(row["value"]) for row in step.rows], limit), strict=True))
    outputs: Outputs = {}
    for row, peer in found.items():
        outputs["ratio", row, ""], outputs["flagged", row, ""] = (peer.ratio, ()), peer.is_flagged
    return outputs


def unit_conversion(step: Step) -> Calculation:
    """The same quantity in another unit."""
    yield from no_request()
    found: dict[str, Output] = {}
    for row in step.rows:
        wanted = parse(row["to_unit"], step.definitions)
        if plain(wanted.powers) != plain(row["quantity"].powers):
            raise UsageError(f"{row['id']}: {row['to_unit']} measures something else. fix: correct to_unit")
        stated, unit = row["quantity"].in_engine()
        size, target = wanted.in_engine()
        converted = Quantity.of(decimal(stated), unit).to(target) / decimal(size)
        found[row["id"]] = (Fraction(converted) * wanted.base, row["quantity"].powers)
    return _of_rows(step, "converted", found)


def number_of(given: Measure) -> Decimal:
    """A measure in base units as a decimal."""
    return decimal(given.base)


def uncertainty_interval(step: Step) -> Calculation:
    """Half width of an interval, absolute and relative."""
    yield from no_request()
    low, high, central = (step.parameters[name] for name in ("low", "high", "central"))
    if not (low.powers == high.powers == central.powers):
        raise UsageError("low, high and central are of different kinds. fix: correct the units")
    found = uncertainty.interval(number_of(low), number_of(high), number_of(central))
    relative = Fraction(found.relative) if central.value > 0 else -Fraction(found.relative)  # the engine's is a width, this one a ratio
    return {("half_width", "", ""): (Fraction(found.half_width), central.powers), ("relative", "", ""): (relative, ())}


def uncertainty_ipcc1(step: Step) -> Calculation:
    """IPCC approach 1: every uncertainty of a line is a cause of its own."""
    yield from no_request()
    lines = []
    for row in step.rows:
        causes = tuple(uncertainty.Cause(f"{row['id']}.{place}", number_of(one)) for place, one in enumerate(row["uncertainties"]))
        lines.append(uncertainty.Line(number_of(row["value"]), causes))
    found = uncertainty.approach1(lines)
    outputs: Outputs = {("uncertainty", row["id"], ""): (Fraction(own), ()) for row, own in zip(step.rows, found.lines, strict=True)}
    if step.is_sum and len({row["value"].powers for row in step.rows}) == 1:
        outputs |= {
            ("uncertainty", "", ""): (Fraction(found.uncertainty), ()),
            ("value", "", ""): (Fraction(found.value), step.rows[0]["value"].powers),
        }
    return outputs


def uncertainty_pedigree(step: Step) -> Calculation:
    """Pedigree scores to GSD95 and a range."""
    yield from no_request()
    p: Mapping[str, Any] = step.parameters
    found = uncertainty.pedigree(number_of(p["value"]), number_of(p["basic_uncertainty"]), p["scores"], p["table"])
    powers = p["value"].powers
    ends: Outputs = {("low", "", ""): (Fraction(found.low), powers), ("high", "", ""): (Fraction(found.high), powers)}
    return {("gsd95", "", ""): (Fraction(found.gsd95), ())} | ends


FUNCTIONS: tuple[Callable[[Step], Calculation], ...] = (
    power_curve,
    grid_mix,
    factor_fallback,
    ai_inference,
    intensity,
    aggregate,
    reconciliation,
    outlier_flag,
    unit_conversion,
    uncertainty_interval,
    uncertainty_ipcc1,
    uncertainty_pedigree,
)
