"""A bridge into the tables that the documents of the newer version print."""

from __future__ import annotations

from itertools import pairwise

from reporting.database import Connection, insert_rows
from reporting.evidence.bridge.shapes import Bridge
from reporting.evidence.bridge.words import levels, step, steps

FIGURE = """insert into restatement_figure select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7),
    unnest($8), unnest($9), unnest($10)::decimal(38,12), unnest($11), unnest($12)::decimal(38,12), unnest($13),
    unnest($14)::decimal(38,12), unnest($15)"""
PART = """insert into restatement_part select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,12),
    unnest($5)::decimal(38,12), unnest($6)::decimal(38,12)"""
CHANGE = "insert into restatement_change select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)"
ROW = """insert into restatement_row select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8),
    unnest($9), unnest($10)::decimal(38,12)"""
TEST = "insert into restatement_test select unnest($1), unnest($2), unnest($3)"
Row = tuple[object, ...]


def keep(connection: Connection, found: Bridge) -> None:
    """Fill restatement_figure to restatement_test."""
    names = {cause.id: cause.label for cause in found.causes}
    places = {cause.id: place for place, cause in enumerate(found.causes)}
    figures: list[Row] = [
        (one.id, one.framework, one.label, one.unit, one.decimals, one.is_total, found.old, found.new, one.old_status, one.old_value,
         one.new_status, one.new_value, steps(found, one.parts), one.residual, position)
        for position, one in enumerate(found.figures)
    ]  # fmt: skip
    parts: list[Row] = [
        (one.id, position, step(found, part), part.amount, *reached)
        for one in found.figures
        for position, (part, reached) in enumerate(zip(one.parts, pairwise(levels(one)), strict=True), start=1)
    ]
    changes = sorted(found.changes, key=lambda change: places[change.cause])
    insert_rows(connection, FIGURE, figures)
    insert_rows(connection, PART, parts)
    insert_rows(connection, CHANGE, [(place, names[one.cause], one.subject, one.old, one.new) for place, one in enumerate(changes)])
    rows: list[Row] = [
        (place, one.figure, names[one.cause], one.file, one.row, one.activity, one.old_quantity, one.new_quantity, one.unit, one.amount)
        for place, one in enumerate(found.rows)
    ]
    insert_rows(connection, ROW, rows)
    insert_rows(connection, TEST, [(one.figure, one.decision, one.is_reached) for one in found.threshold_tests])
