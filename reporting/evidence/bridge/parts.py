"""The parts of a figure's change, from its states after each cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from reporting.evidence.bridge.shapes import Part

EXACT = Context(prec=76)
NOTHING = Decimal(0)
UNEXPLAINED = ""
"""The label of the last step: from the hybrid with every cause to the new inventory itself. Whatever changes there has no cause."""


@dataclass(frozen=True)
class State:
    """Status and exact value of a figure."""

    status: str
    value: Decimal | None


States = Mapping[str, State]


@dataclass(frozen=True)
class Step:
    """The figures after the inputs of a cause were substituted."""

    cause: str
    states: States


def values(figure: str, first: States, steps: Sequence[Step]) -> list[Decimal | None]:
    """A figure's value at the start and after each step; one that is not there at an end is not there while it has no activity."""
    chain = [states.get(figure) for states in (first, *(step.states for step in steps))]
    if chain[0] is None or chain[-1] is None:
        return _trimmed(_trimmed(chain)[::-1])[::-1]
    return [one.value if one else None for one in chain]


def _trimmed(chain: Sequence[State | Decimal | None]) -> list[Decimal | None]:
    """The values of a chain; where it begins without the figure, so do its states without activity."""
    is_absent = chain[0] is None
    found: list[Decimal | None] = []
    for one in chain:
        is_absent = is_absent and (one is None or (isinstance(one, State) and one.status == "no_activity") or one == NOTHING)
        found.append(None if is_absent else one.value if isinstance(one, State) else one)
    return found


def parts(chain: Sequence[Decimal | None], causes: Sequence[str]) -> tuple[Part, ...]:
    """What leads from the first value to the last; the parts of one cause are one part."""
    return tuple(_added_up(list(_walk(chain, causes))))


def _walk(chain: Sequence[Decimal | None], causes: Sequence[str]) -> Iterator[Part]:
    """The parts in order: where the value is lost for some steps, they are one part with the step that gives it back."""
    held, lost = chain[0], tuple[str, ...]()
    for cause, value in zip(causes, chain[1:], strict=True):
        if value is None:
            is_new = held is not None and cause not in lost and (cause != UNEXPLAINED or not lost)  # at that step nothing changed
            lost = (*lost, cause) if is_new else lost
        elif held is None:
            yield Part((cause,), "appears", value)
            held = value
        else:
            if value != held or lost:
                yield Part(tuple(dict.fromkeys((*lost, cause))), "change", EXACT.subtract(value, held))
            held, lost = value, ()
    if held is not None and lost:
        yield Part(lost[:1], "disappears", EXACT.minus(held))


def _added_up(found: list[Part]) -> Iterator[Part]:
    """Parts of the same causes as one; a change of nothing is none."""
    changes: dict[tuple[str, ...], Decimal] = {}
    for part in found:
        if part.kind == "change":
            changes[part.causes] = EXACT.add(changes.get(part.causes, NOTHING), part.amount)
    for part in found:
        if part.kind != "change":
            yield part
        elif amount := changes.pop(part.causes, NOTHING):
            yield Part(part.causes, "change", amount)


def total(found: Sequence[Part]) -> Decimal:
    """The sum of parts."""
    amount = NOTHING
    for part in found:
        amount = EXACT.add(amount, part.amount)
    return amount
