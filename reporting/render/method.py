"""The methodology in words: what was included, how it was computed, what is estimated; drawn from the figures, never assumed."""

from __future__ import annotations

from reporting.render import wording
from reporting.render.annex_shapes import Exclusion, Note
from reporting.render.shapes import Figure, FrameworkView


def notes(
    frameworks: tuple[FrameworkView, ...], key_figures: tuple[Figure, ...], exclusions: tuple[Exclusion, ...], span: str
) -> tuple[Note, ...]:
    """The paragraphs of the methodology in their order."""
    return (
        Note("Boundary and consolidation", _boundary(frameworks)),
        Note("Period", PERIOD.format(span=span)),
        Note("Global warming potentials", _gwp(frameworks, key_figures)),
        Note("Calculation", CALCULATION),
        Note("Scope 2", SCOPE2),
        Note("Choice of factors", CHOICE),
        Note("Rounding", ROUNDING),
        Note("Estimates and fallbacks", _estimates(key_figures)),
        Note("Uncertainty", UNCERTAINTY),
        Note("Exclusions", _exclusions(exclusions)),
    )


PERIOD = (
    "Activity from {span} is counted, both days included. Activity that crosses a month is divided by days, so that the parts add up "
    "to the whole."
)
CALCULATION = (
    "Each ledger line is a quantity multiplied by an emission factor, by the global warming potential of the gas and by the share of "
    "the entity that the consolidation approach counts. Every product is kept to twelve decimals of a kilogram; totals are exact sums"
    " of the lines."
)
SCOPE2 = (
    "Purchased energy is calculated twice. The location-based result takes the average factor of the grid; the market-based result "
    "takes cancelled certificates and contracts first, then the residual mix or, where none is published, the grid average. The two "
    "results are never added."
)
CHOICE = (
    "Among the factors that fit the activity, its unit and its boundary, the engine takes the pinned one, then the company's own, the"
    " supplier's, the nearest in geography, the nearest in time. The factor annex marks every factor that is not from the activity's "
    "own region or year."
)
ROUNDING = (
    "A figure is rounded once, half away from zero, to the decimals shown. Totals are computed from unrounded parts and may therefore"
    " differ from the sum of the rounded parts by one unit in the last place. Changes are computed from the stated figures."
)


def _boundary(frameworks: tuple[FrameworkView, ...]) -> str:
    parts = [f"{framework.title} is computed by {framework.approach_text} (view {framework.view})" for framework in frameworks]
    return "; ".join(parts) + ". The entities within the boundary are listed below."


def _gwp(frameworks: tuple[FrameworkView, ...], key_figures: tuple[Figure, ...]) -> str:
    sets = "; ".join(dict.fromkeys(f"{framework.title}: {framework.gwp_set}" for framework in frameworks))
    other = [f"{figure.label} {wording.share(figure.other_gwp_share)}" for figure in key_figures if figure.other_gwp_share]
    rest = (
        f"Some factors are printed only as CO₂e of another set; share of the tonnes resting on one: {'; '.join(other)}."
        if other
        else ("No key figure rests on CO₂e factors of another set.")
    )
    return f"IPCC global warming potentials over 100 years. {sets}. {rest}"


def _estimates(key_figures: tuple[Figure, ...]) -> str:
    if not any(figure.estimated_share is not None and figure.fallback_share is not None for figure in key_figures):
        return "No share of estimates can be given for this period."
    return (
        "Activity data are measured, taken from suppliers, or estimated; a fallback factor is one of another region or year than the "
        "activity's. The table below gives the share of the tonnes of each key figure that rests on each."
    )


UNCERTAINTY = (
    "A range is given only for the part of a total whose activity data and factors both carry stated uncertainty; the table of uncertainty "
    "in the annex gives it with the share that it covers. For the rest no range is known and none is given: the shares of measured, "
    "supplier-specific, estimated and fallback data and the five indicators of data quality stand beside the figures instead."
)


def _exclusions(exclusions: tuple[Exclusion, ...]) -> str:
    omitted = [exclusion for exclusion in exclusions if exclusion.kind == "omitted"]
    if not omitted:
        return "Nothing that belongs to the inventory was left out on purpose."
    amount = wording.count(len(omitted), "source of emissions was", "sources of emissions were")
    return f"{amount} left out on purpose, listed below with reason, estimate and approver."
