"""Hourly loads are counted in the pass that adds them up: what is missing or there twice is found as by looking at every point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.database import STAGES, connect, run_file

HOUR = 3_600_000_000
FIRST = 1_782_864_000_000_000
"""1 July 2026, 0:00 UTC, in microseconds since 1970."""
POINTS = ("A", "B", "C", "unknown")
Load = dict[tuple[int, str], list[int | None]]
Marked = dict[tuple[int, str], tuple[int, int]]
Reading = tuple[int, str, int | None]
"""Series, point, and the hour that its stamp says; none where the stamp is unusable."""
BEFORE = """
    insert into period values ('2026-07', date '2026-07-01', date '2026-08-01', 'month', true, 0);
    insert into view values ('control', 'operational_control', 'AR6');
    insert into entity by name select 'acme' as entity, 'Acme' as name, 'ZA' as country, 1 as ownership, true as financial_control,
        true as operational_control, date '1900-01-01' as valid_from, date '9999-01-01' as valid_to;
    insert into site by name select unnest(['here', 'there']) as site, 'Site' as name, 'acme' as entity, 'ZA' as country,
        unnest(['ZA', 'NA']) as region;
    insert into meter select unnest(['A', 'B', 'C']), unnest(['here', 'here', 'there']), 'electricity';
    insert into hourly_series by name select unnest([1, 2]) as series, 'load' as role, '' as key, '' as kind, 'kWh' as unit,
        1 as multiplier, '' as source_id, 'load.csv' as path, '' as citation, '' as fill, 60 as minutes, '' as site;
    create table reading (series integer, meter varchar, microsecond bigint);
    create or replace view hourly_reading as select series, 1 as file_no, 1::bigint as row_no, meter, 1.5::decimal(18,4) as value,
        null::decimal(18,4) as total, microsecond from reading;
    create table interval_reading (source_id varchar, unit varchar, meter varchar, site varchar, start_instant timestamptz,
        quantity decimal(38,10), file_no integer, row_no bigint)"""


@pytest.fixture(scope="module")
def ready() -> duckdb.DuckDBPyConnection:
    """A database with three meters at two places and no reading yet."""
    connection = connect(threads=1)
    run_file(connection, STAGES / "00_schema.sql")
    connection.execute(BEFORE)
    return connection


def counted(ready: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> tuple[set[tuple[object, ...]], Marked]:
    """Meters with number of readings, first and last stamp; of series that are read again stamps and intervals of each point."""
    cursor = ready.cursor()
    cursor.execute("begin")
    columns = [list(column) for column in zip(*readings, strict=True)] or [[], [], []]
    stamps = [None if hour is None else FIRST + hour * HOUR for hour in columns[2]]
    cursor.execute("insert into reading select unnest($1), unnest($2), unnest($3)", [columns[0], columns[1], stamps])
    run_file(cursor, STAGES / "62_hourly_load.sql")
    meters = set(cursor.execute("select series, point, readings, first_microsecond, last_microsecond from hourly_meter").fetchall())
    marked = {(s, p): (n, i) for s, p, n, i in cursor.execute("select series, point, stamps, intervals from hourly_interval").fetchall()}
    cursor.execute("rollback")
    return meters, marked


def by_point(readings: Sequence[Reading]) -> Iterator[tuple[tuple[int, str], list[int | None]]]:
    points: Load = {}
    for series, point, hour in readings:
        points.setdefault((series, point), []).append(hour)
    yield from points.items()


hours = st.one_of(st.just(list(range(4))), st.lists(st.sampled_from([None, 0, 1, 2, 3]), max_size=5))
loads = st.dictionaries(st.tuples(st.sampled_from([1, 2]), st.sampled_from(POINTS)), hours, max_size=5)


@settings(max_examples=40)
@given(load=loads)
def test_every_gap_and_every_repeated_reading_is_found(ready: duckdb.DuckDBPyConnection, load: Load) -> None:
    readings = [(series, point, hour) for (series, point), its in load.items() for hour in its]
    meters, marked = counted(ready, readings)
    faulty = set()
    expected = set()
    for (series, point), its in by_point(readings):
        stamps = [hour for hour in its if hour is not None]
        ends = [FIRST + hour * HOUR for hour in (min(stamps), max(stamps))] if stamps else [None, None]
        expected.add((series, point, len(its), *ends))
        is_faulty = stamps and (max(Counter(stamps).values()) > 1 or len(set(stamps)) <= max(stamps) - min(stamps))
        faulty |= {(series, point, len(stamps), len(set(stamps)))} if is_faulty and point != "unknown" else set()
    assert meters == expected
    assert faulty <= {(*key, *counts) for key, counts in marked.items()}


def test_a_series_that_is_whole_is_not_read_again(ready: duckdb.DuckDBPyConnection) -> None:
    whole = [(1, point, hour) for point in ("A", "B", "C") for hour in range(4)]
    assert counted(ready, whole)[1] == {}
    late = [reading for reading in whole if reading != (1, "B", 0)]
    assert counted(ready, late)[1] == {}  # a meter that begins later is no gap
    assert counted(ready, [*whole, *whole])[1] == {(1, point): (8, 4) for point in ("A", "B", "C")}
