"""A bridge in words: what stands beside a number on a terminal and in the documents."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reporting.evidence.bridge.parts import EXACT, NOTHING
from reporting.evidence.bridge.shapes import Bridge, FigureChange, Part

KINDS = {"change": "", "appears": ": appears", "disappears": ": no longer stated"}
NO_CAUSE = "No cause explains"


def step(found: Bridge, part: Part) -> str:
    """The causes of a part, and whether the figure appears or disappears by it."""
    names = {cause.id: cause.label for cause in found.causes}
    first, *others = (names.get(cause, NO_CAUSE) for cause in part.causes)
    return " and ".join([first, *(_within(name) for name in others)]) + KINDS[part.kind]


def _within(name: str) -> str:
    """A name within a sentence: a small letter first, unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def steps(found: Bridge, parts: Sequence[Part]) -> str:
    """All steps of a figure in one line."""
    return "; ".join(step(found, part) for part in parts)


def levels(figure: FigureChange) -> list[Decimal]:
    """The levels of the waterfall: the old value (0 where there is none), then the level after each part."""
    reached = [figure.old_value or NOTHING]
    for part in figure.parts:
        reached.append(EXACT.add(reached[-1], part.amount))
    return reached


def verdict(found: Bridge) -> str:
    """Whether the parts of every figure add up to its change."""
    if not found.figures:
        return "no figure changed"
    count = f"{len(found.figures)} figure{'s' if len(found.figures) > 1 else ''} changed"
    if found.is_exact:
        return f"{count}; the parts add up exactly, residual 0"
    return f"{count}; NOT exact: a part has no cause (the residual above)"
