"""One request to a large language model by the EcoLogits method: accelerator energy and latency by regression, server, PUE, grid, hardware.

The coefficients are arguments: they belong to an edition of the method, and to no code. Energies are in Wh per token, latencies in s.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from reporting.quantity import EXACT, Quantity
from reporting.types import UsageError


@dataclass(frozen=True)
class Regression:
    """Coefficients: energy = alpha x exp(beta x batch) x A + gamma, latency = alpha x A + beta x batch + gamma; A in 1e9 parameters."""

    energy_alpha: Fraction
    energy_beta: Fraction
    energy_gamma: Fraction
    latency_alpha: Fraction
    latency_beta: Fraction
    latency_gamma: Fraction


@dataclass(frozen=True)
class Model:
    """What is served: active and total parameters in 1e9, bits of each, multiplier on the size in memory."""

    active: Fraction
    total: Fraction
    bits_per_parameter: Fraction
    memory_overhead: Fraction


@dataclass(frozen=True)
class Server:
    """What serves it: power and embodied emissions without accelerators, how many of these, their memory and embodied emissions, life."""

    power: Quantity
    embodied: Quantity
    accelerators: Fraction
    accelerator_memory: Quantity
    accelerator_embodied: Quantity
    lifespan: Quantity


@dataclass(frozen=True)
class Site:
    """Where: PUE, grid factor, water per IT energy at the site and per energy of the grid."""

    pue: Fraction
    factor: Quantity
    water_site: Quantity
    water_grid: Quantity


@dataclass(frozen=True)
class Inference:
    """Impacts of one request."""

    accelerators: int
    latency: Quantity
    it_energy: Quantity
    energy: Quantity
    usage: Quantity
    embodied: Quantity
    water: Quantity


def accelerators_needed(model: Model, server: Server) -> int:
    """Smallest power of two of accelerators whose memory holds the model."""
    memory = Quantity.of(1, "GB") * Quantity(model.memory_overhead * model.total * model.bits_per_parameter / 8)
    needed = memory / server.accelerator_memory
    if needed.powers or needed.value <= 0:
        raise UsageError("the memory of model and accelerator must be data above 0. fix: correct total parameters or accelerator memory")
    return 1 << (-(-needed.value // 1) - 1).bit_length()


def _exponential(value: Fraction) -> Fraction:
    with localcontext(EXACT):
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).exp())


def inference(  # noqa: PLR0913 - the inputs of the method
    regression: Regression, model: Model, server: Server, site: Site, *, tokens: Fraction, batch: Fraction, longest: Quantity
) -> Inference:
    """Energy, emissions of use, embodied emissions and water of a request of `tokens` output tokens, `batch` requests served together."""
    if batch <= 0 or server.accelerators <= 0:
        raise UsageError("batch and accelerators of a server are above 0. fix: correct them")
    r, count = regression, accelerators_needed(model, server)
    drawn = tokens * (r.energy_alpha * _exponential(r.energy_beta * batch) * model.active + r.energy_gamma)
    fitted = Quantity.of(1, "s") * Quantity(tokens * (r.latency_alpha * model.active + r.latency_beta * batch + r.latency_gamma))
    latency = fitted if (fitted - longest).value < 0 else longest
    part = Quantity(Fraction(count) / server.accelerators)
    each = Quantity(1 / batch)
    it_energy = latency * server.power * part * each + Quantity.of(1, "Wh") * Quantity(count * drawn)
    hardware = part * server.embodied + Quantity(Fraction(count)) * server.accelerator_embodied
    pue = Quantity(site.pue)
    return Inference(
        count, latency, it_energy, it_energy * pue, it_energy * pue * site.factor, latency / server.lifespan * hardware * each,
        it_energy * (site.water_site + pue * site.water_grid),
    )  # fmt: skip
