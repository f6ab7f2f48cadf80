"""A ticked sheet read back: held against the sample drawn again, then projected (Stringer bound on overstatement)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path

import python_calamine

from reporting.evidence.sampling.draw import HERE
from reporting.evidence.sampling.shapes import Projection, ReadSample, Sample, SampleItem
from reporting.evidence.sampling.sheet import ABOUT, GIVEN, ITEMS, KEYS, REGISTERS, THINGS, facts, tonnes
from reporting.reference import read_rows
from reporting.types import InputError

DIGITS = Context(prec=50)
ROUNDING = Decimal("1e-13")
KG = Decimal("0.000000000001")
CONFIDENCE = "0.95"
MAX_UNPACKED = 64 << 20
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Ticked:
    """A sheet as filled in: what it says of the sample, and the cells of its two tables."""

    path: Path
    about: dict[str, str]
    items: Cells
    registers: Cells


def open_sheet(path: Path) -> Ticked:
    """Read a tick sheet; raises InputError for anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise InputError(f"{path}: unpacks to more than {MAX_UNPACKED} bytes. fix: give the tick sheet as ghg sample wrote it")
        book = python_calamine.load_workbook(str(path))
        tables = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in (ABOUT, ITEMS, REGISTERS)}
    except (zipfile.BadZipFile, KeyError, ValueError, python_calamine.CalamineError) as error:
        raise InputError(f"{path}: is no tick sheet ({error}). fix: give the workbook that ghg sample wrote") from None
    about = {str(row[0]): _text(row[1]) for row in tables[ABOUT] if len(row) > 1 and row[0] in KEYS}
    if missing := [key for key in KEYS if key not in about]:
        raise InputError(f"{path}: does not say {', '.join(missing)}. fix: give the workbook that ghg sample wrote")
    return Ticked(path, about, tables[ITEMS][1:], tables[REGISTERS][1:])


def read_sheet(ticked: Ticked, sample: Sample) -> ReadSample:
    """Hold a ticked sheet against the sample drawn again, and project; raises InputError where the sheet is not of this sample."""
    _compare(ticked, sample)
    audited = [
        _audited(ticked, number, row, item) for number, (row, item) in enumerate(zip(ticked.items, sample.items, strict=True), start=2)
    ]
    missing = tuple(item.item for item, value in zip(sample.items, audited, strict=True) if value is None)
    place = [column.name for column in THINGS].index("complete")
    answers = [
        (f"{thing.register} {thing.name}", _text(row[place]).lower())
        for thing, row in zip(sample.registers, ticked.registers, strict=False)
    ]
    missing += tuple(name for name, answer in answers if answer not in {"yes", "no"})
    absent = tuple(name for name, answer in answers if answer == "no")
    if missing:
        return ReadSample(sample.period, sample.seed, False, missing, absent, (), None, None, None, CONFIDENCE, sample.materiality_kg,
                          f"{len(missing)} not ticked: nothing is projected")  # fmt: skip
    pairs = [(item, value) for item, value in zip(sample.items, audited, strict=True) if value is not None]
    parts = tuple(project(name, [pair for pair in pairs if pair[0].stratum == name]) for name in dict.fromkeys(i.stratum for i, _ in pairs))
    known, projected, upper = (
        sum((getattr(part, name) for part in parts), Decimal(0)) for name in ("known_kg", "projected_kg", "upper_kg")
    )
    standing = _standing(projected, upper, sample.materiality_kg, len(absent))
    return ReadSample(
        sample.period, sample.seed, True, (), absent, parts, known, projected, upper, CONFIDENCE, sample.materiality_kg, standing
    )


def project(stratum: str, pairs: Sequence[tuple[SampleItem, Decimal]]) -> Projection:
    """Project the differences of one stratum: certain rows as they are, the others as a share of their book value times the interval."""
    interval = Decimal(pairs[0][0].stratum_weight).scaleb(-6) / pairs[0][0].stratum_size
    known = sum((item.kg_co2e - kg for item, kg in pairs), Decimal(0))
    certain = sum((item.kg_co2e - kg for item, kg in pairs if item.is_certain), Decimal(0))
    taintings = [DIGITS.divide(item.kg_co2e - kg, abs(item.kg_co2e)) for item, kg in pairs if not item.is_certain for _ in range(item.hits)]
    projected = certain + DIGITS.multiply(sum(taintings, Decimal(0)), interval)
    upper = certain + DIGITS.multiply(_bound(taintings), interval)
    errors = sum(item.kg_co2e != kg for item, kg in pairs)
    return Projection(stratum, len(pairs), errors, known, projected.quantize(KG, context=DIGITS), upper.quantize(KG, context=DIGITS))


def _bound(taintings: Sequence[Decimal]) -> Decimal:
    """Stringer bound on overstatement, in intervals: factor for no error, and its growth with each error, the largest first."""
    factors = [Decimal(row["factor"]) for row in read_rows(HERE / "confidence_factors.csv") if row["confidence"] == CONFIDENCE]
    over = sorted((value for value in taintings if value > 0), reverse=True)
    if len(over) >= len(factors):
        raise InputError(f"{len(over)} rows are overstated, factors are given for {len(factors) - 1}. fix: examine the whole population")
    bound = factors[0] if taintings else Decimal(0)
    return bound + sum((DIGITS.multiply(value, factors[n] - factors[n - 1]) for n, value in enumerate(over, start=1)), Decimal(0))


def _standing(projected: Decimal, upper: Decimal, materiality: Decimal, absent: int) -> str:
    """How the projection stands to materiality, in words; what is missing from a register has no number."""
    if abs(projected) >= materiality:
        told = "the projected misstatement reaches materiality"
    elif upper >= materiality:
        told = "the projected misstatement is below materiality, its upper limit is not: more rows are needed"
    else:
        told = "the projected misstatement and its upper limit are below materiality"
    return told + (f"; {absent} things of the registers are not complete, which no projection covers" if absent else "")


def _compare(ticked: Ticked, sample: Sample) -> None:
    """Raise InputError where the sheet is of another sample, or somebody changed what was given."""
    for name, value in facts(sample):
        if ticked.about[name] != value:
            raise InputError(
                f'{ticked.path}: {name} is "{ticked.about[name]}", drawn again "{value}". fix: draw a new sample of the figures as they are'
            )
    if len(ticked.items) != len(sample.items) or len(ticked.registers) != len(sample.registers):
        raise InputError(f"{ticked.path}: rows were added or removed. fix: give the sheet with all its rows, in their order")
    book = [column.name for column in GIVEN].index("book_t")
    for number, (row, item) in enumerate(zip(ticked.items, sample.items, strict=True), start=2):
        held = _number(row[book])
        if _text(row[1]) != item.item or held is None or not _is_same(held, item):
            raise InputError(f"{ticked.path}:{number}: is not {item.item} as drawn. fix: change only the cells that are to be filled in")
    for number, (row, thing) in enumerate(zip(ticked.registers, sample.registers, strict=True), start=2):
        if (_text(row[0]), _text(row[1])) != (thing.register, thing.name):
            raise InputError(f"{ticked.path}:{number}: is not {thing.register} {thing.name} as drawn. fix: keep the rows in their order")


def _audited(ticked: Ticked, number: int, row: Sequence[object], item: SampleItem) -> Decimal | None:
    """The audited kg CO2e of a row; None where the cell is empty; raises InputError where it is no number.

    A value that is the book value to the fifteen digits of a spreadsheet is the book value.
    """
    value = row[[column.name for column in GIVEN].index("audited_t")]
    if value in {None, ""}:
        return None
    parsed = _number(value)
    if parsed is None:
        raise InputError(f'{ticked.path}:{number}: audited_t "{value}" is not a number. fix: enter tonnes CO2e, as 12.5')
    return item.kg_co2e if _is_same(parsed, item) else parsed.scaleb(3)


def _is_same(value_t: Decimal, item: SampleItem) -> bool:
    return abs(value_t - tonnes(item.kg_co2e)) <= abs(tonnes(item.kg_co2e)) * ROUNDING


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(repr(value) if isinstance(value, float) else str(value).strip())  # the shortest digits that give the cell
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else "" if value is None else str(value).strip()
