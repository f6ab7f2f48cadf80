"""A statement that is `of` a table gives nothing where that is empty and is not planned then: empty_tables.sql has what it would make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reporting import database, pipeline
from reporting.database import STAGES, Connection, Step, connect, parsed, stage_files, steps


def no_loads() -> str:
    """The view of hourly loads as it is before the intake makes it of files, together with the rows of hourly_series."""
    [text] = [
        one.query for one in parsed((STAGES / "00_schema.sql").read_text(encoding="utf-8")) if "create view hourly_reading" in one.query
    ]
    return text.replace("create view", "create or replace view")


def steps_of(first: int = 0) -> list[Step]:
    """All steps that are `of` a table, in order."""
    return [step for path in stage_files(first) for step in steps(path.read_text(encoding="utf-8")) if step.of]


@pytest.fixture(scope="module")
def everything(root: Path) -> Iterator[Connection]:
    """The sample's database, every statement run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "has_rows", lambda *_: True)
        yield pipeline.calculate(pipeline.read(connect(), root / "samples" / "meridian")).connection


def emptied(step: Step) -> list[str]:
    """The tables that are empty where those of a step are: these, and what earlier steps make of them alone."""
    names = list(step.of)
    for earlier in steps_of():
        if earlier.statement.query == step.statement.query:
            break
        if earlier.statement.query.startswith("create") and set(earlier.of) <= set(names):
            names.append(earlier.table)
    return names


def rows_without(connection: Connection, step: Step) -> int:
    """How many rows a step makes or changes where the tables that it is `of` have none."""
    connection.execute("begin")
    try:
        for name in emptied(step):
            connection.execute(f"delete from {name}")  # noqa: S608 - names of our own tables
        if "hourly_series" in step.of:
            connection.execute(no_loads())
        query = re.sub(r"^create table \w+ as", "create temp table again as", step.statement.query)
        done = connection.execute(query)
        return int((connection.execute("select count(*) from again") if query.startswith("create") else done).fetchall()[0][0])
    finally:
        connection.execute("rollback")


def test_a_table_made_without_its_query_is_as_the_query_makes_it(everything: Connection, golden: Callable[[str, str], None]) -> None:
    query = "select table_name, sql from duckdb_tables()"
    made = {name: text.lower() for name, text in everything.execute(query).fetchall()}
    names = [step.table for step in steps_of() if step.statement.query.startswith("create")]
    assert len(names) == len(set(names))
    head = (
        "-- Tables that stages make, without rows, for where those that they are `of` have none (database.py).\n"
        "-- Written by pytest --update-golden tests/test_empty_tables.py.\n"
    )
    golden("../reporting/empty_tables.sql", head + "".join(f"{made[name]}\n" for name in names))


def test_without_what_it_is_of_no_step_makes_or_changes_a_row(everything: Connection) -> None:
    listed = steps_of()
    assert len(listed) > 80
    assert {step.statement.query.partition("\n")[0]: made for step in listed if (made := rows_without(everything, step))} == {}


def test_a_step_of_the_wrong_table_is_noticed(everything: Connection) -> None:
    [figure] = [step for path in stage_files(70, 70) for step in steps(path.read_text(encoding="utf-8")) if step.table == "figure"]
    query = figure.statement.query.replace("create table figure as", "create table figure as -- of: narrative")
    [wrong] = steps(query)
    assert wrong.of == ("narrative",)
    assert rows_without(everything, wrong) > 0


def test_what_a_step_is_of_is_a_table_and_said_in_its_first_line(everything: Connection) -> None:
    tables = {name for (name,) in everything.execute("select table_name from duckdb_tables()").fetchall()}
    assert {name for step in steps_of() for name in step.of} <= tables
    text = "".join(path.read_text(encoding="utf-8") for path in stage_files())
    assert len(re.findall(r"-- of: ", text)) == len(steps_of()), "a note that no statement reads"
