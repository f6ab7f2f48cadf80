"""Every trap that the header of a connector names is opened again by a small edit of the connector: its twin then gives something else.

tests/traps/<connector>.yaml has the edits, stages.yaml those of what all connectors share, opened.txt what each makes of the twin.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from inventories import shelf
from twins_digest import write_twins

from reporting import pipeline, reference
from reporting.connector_pages import traps
from reporting.database import PACKAGE, STAGES, connect, run_file, stage_files
from reporting.intake import grid, grouped, load
from reporting.intake.files import UnreadableFileError

FOLDER = PACKAGE / "connectors"
TWINS = Path(__file__).parent / "connectors"
PLACE = Path(__file__).parent / "traps"
GOLDEN = PLACE / "opened.txt"
GENERAL = {"mapped", "category_map"}
"""Connectors for any table, which know no trap of a format."""
BESIDE = {"pact": ["pact", "product_purchase"], "product_purchase": ["pact", "product_purchase"]}
"""Connectors whose rows are read together."""
AFTER = {
    "sample": "11_sampled_energy",
    "accelerator_use": "11_sampled_energy",
    "vendor_statement": "17_vendor_statement",
    "bill_line": "18_cloud_bill",
}
Seen = dict[tuple[str, str], str]


@cache
def openings() -> dict[str, list[dict[str, Any]]]:
    """The edits of every connector."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PLACE.glob("*.yaml"))}


def connector_files() -> list[Path]:
    return sorted([*FOLDER.glob("*.sql"), *(FOLDER / "grid").glob("*.sql")])


def place_of(name: str, opening: dict[str, Any]) -> Path:
    """The file that an edit is made in."""
    if "file" in opening:
        return FOLDER / str(opening["file"])
    if "stage" in opening:
        return STAGES / str(opening["stage"])
    path = FOLDER / f"{name}.sql"
    return path if path.is_file() else FOLDER / "grid" / f"{name}.sql"


def opened(name: str, opening: dict[str, Any]) -> str:
    """The file with the trap opened."""
    text = place_of(name, opening).read_text(encoding="utf-8")
    for edit in (opening, *opening.get("also", ())):
        assert edit["find"] in text, f"{name}: {opening['trap']}: {edit['find']!r} is not in the connector any more"
        text = text.replace(edit["find"], edit["put"])
    return text


class Bench:
    """Every twin read once; a connector runs over them, changed or not, and what it made is taken back."""

    def __init__(self, folder: Path) -> None:
        with mock.patch.object(reference, "folder", return_value=shelf()):
            given = pipeline.read(connect(), write_twins(folder, folder.parent))
        self.given, self.connection = given, given.connection
        for path in stage_files(4, 10):
            run_file(self.connection, path)
        self.connection.execute("alter view record rename to record_now")
        self.connection.execute("create table record as from record_now")
        run_file(self.connection, PLACE / "seen.sql")
        self.connection.execute("pragma disable_optimizer")  # the rows are few: planning would take most of the time
        self.scratch = folder.parent

    def seen(self, name: str, changed: str = "", query: str = "", stages: dict[str, str] | None = None) -> Seen:
        """What the twins of a connector give with another text of it, another query of its lines, or of a stage that all have."""
        self.connection.execute("begin")
        try:
            if query:
                self._read_lines_again(name, query)
            for one in BESIDE.get(name, [name]):
                text = changed if changed and one == name else (FOLDER / f"{one}.sql").read_text(encoding="utf-8")
                self.connection.execute(text)
                for stage in sorted({stage for table, stage in AFTER.items() if f"insert into {table}" in text}):
                    self.connection.execute((stages or {}).get(f"{stage}.sql") or (STAGES / f"{stage}.sql").read_text(encoding="utf-8"))
            run_file(self.connection, STAGES / "19_superseded_row.sql")
            self.connection.execute("insert into said from told")
            return {(source, aspect): value for source, aspect, value in self.connection.execute("from seen").fetchall()}
        finally:
            self.connection.execute("rollback")

    def _read_lines_again(self, name: str, query: str) -> None:
        """Add the lines of a bill up by another query, in a database beside, and put the groups in the place of those here."""
        path = self.scratch / f"{name}.sql"
        path.write_text(query, encoding="utf-8")
        sources = {key: source for key, source in self.given.inventory.sources.items() if source.connector == name}
        beside = connect()
        run_file(beside, STAGES / "00_schema.sql")
        with mock.patch.object(grouped, "query_of", return_value=path):
            load.load_sources(beside, self.given.folder, sources)
        for source_id in sources:
            self.connection.execute("delete from record where source_id = $1", [source_id])
        rows = beside.execute(
            """select r.source_id, r.file_no, r.row_no, list(k.name order by k.position), any_value(r.cells)
               from source_row r join source_column k using (source_id, file_no) group by all"""
        ).fetchall()
        assert rows
        for source_id, file_no, row_no, names, cells in rows:
            self.connection.execute(
                "insert into record select $1, $2, $3, $4, map($5, $6)", [source_id, file_no, row_no, name, names, cells]
            )


@cache
def hours_of(twin: Path, name: str, folder: Path) -> Seen:  # noqa: ARG001 - the folder of the query tells it apart
    """The hours of a grid file, or why it has none."""
    try:
        found = grid.hours(twin, name, None, "GB").hours
    except UnreadableFileError as error:
        return {(twin.name, "refused"): error.message}
    return {(twin.name, datetime.fromtimestamp(begins // 1_000_000, UTC).strftime("%dT%H")): value for _, value, _, begins in found}


def grid_hours(name: str, twin: str, scratch: Path, changed: str = "") -> Seen:
    """What a twin of a grid format gives with another text of its query."""
    if not changed:
        return hours_of(TWINS / name / twin, name, grid.FOLDER)
    place = scratch / str(abs(hash(changed)))
    place.mkdir(exist_ok=True)
    (place / f"{name}.sql").write_text(changed, encoding="utf-8")
    with mock.patch.object(grid, "FOLDER", place):
        return hours_of(TWINS / name / twin, name, place)


def difference(before: Seen, after: Seen) -> str:
    """What is told apart by a trap, one line."""
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return "; ".join(f"{' '.join(key)}: {before.get(key, '-')} -> {after.get(key, '-')}" for key in keys)


def all_opened(folder: Path) -> Iterator[tuple[str, str]]:
    """Each trap and what its twin gives once it is open."""
    bench, closed = Bench(folder), dict[str, Seen]()
    for name, listed in openings().items():
        for opening in listed:
            text, twin = opened(name, opening), opening.get("twin", "")
            if "stage" in opening:
                before = closed[opening["connector"]]
                after = bench.seen(opening["connector"], stages={opening["stage"]: text})
            elif twin:
                before, after = grid_hours(name, twin, folder.parent), grid_hours(name, twin, folder.parent, text)
            else:
                before = closed[name] if name in closed else closed.setdefault(name, bench.seen(name))
                after = bench.seen(name, query=text) if "file" in opening else bench.seen(name, text)
            yield f"{name}: {opening['trap']}", difference(before, after)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each trap makes of its twin once it is open."""
    return dict(all_opened(tmp_path_factory.mktemp("traps") / "inventory"))


def test_every_trap_of_a_header_has_its_edit_and_every_edit_its_trap() -> None:
    named = {path.stem: traps(path) for path in connector_files() if path.stem not in GENERAL}
    assert {name: [opening["trap"] for opening in listed] for name, listed in openings().items() if name != "stages"} == named
    assert all(named.values())


def test_an_open_trap_shows(made: dict[str, str]) -> None:
    assert [trap for trap, change in made.items() if not change] == []


def test_what_an_open_trap_does_is_what_it_is_named_for(made: dict[str, str], request: Any) -> None:  # noqa: ANN401
    if request.config.getoption("update_golden"):
        GOLDEN.write_text("".join(f"{trap}\n    {change}\n" for trap, change in made.items()), encoding="utf-8")
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    kept = dict(zip(lines[::2], (line.removeprefix("    ") for line in lines[1::2]), strict=True))
    other = [(trap, kept.get(trap), made.get(trap)) for trap in sorted(kept.keys() | made.keys()) if kept.get(trap) != made.get(trap)]
    assert other == [], "pytest tests/test_traps.py --update-golden writes it anew"
