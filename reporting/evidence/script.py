"""The calculation as one SQL script for the DuckDB shell: schema, tables as read from Parquet, stages and checks as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reporting.database import PACKAGE, STAGES, Connection, body, has_rows, header, records, stage_files
from reporting.findings import check_files
from reporting.resources import folder

FIRST, CONNECTORS_AFTER, METHODS = 4, 10, range(12, 17)
MACROS = """select function_name as name, array_to_string(parameters, ', ') as parameters, macro_definition as definition,
        function_type = 'table_macro' as is_table
    from duckdb_functions() where not internal and function_type in ('macro', 'table_macro') and schema_name = 'main'
    order by function_oid"""
FILLED_AFTER = {49: ("condition_failed", "not_applicable"), 69: ("figure_range",), 89: ("fact",)}
"""Tables that are filled between the stages, by the number of the last stage before: the script takes them as they were filled."""


@dataclass(frozen=True)
class Step:
    """A stage or connector with the checks that follow it."""

    name: str
    text: str
    checks: Sequence[Mapping[str, str]] = ()


def environment() -> ImmutableSandboxedEnvironment:
    """Templates of plain text: what they print is data, never a program."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder("templates") / "pack"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip
    made.filters["literal"] = lambda text: "'" + str(text).replace("'", "''") + "'"
    return made


@dataclass(frozen=True)
class Start:
    """What the calculation starts from: table -> path of its Parquet below the pack, and the macros that reference data brings."""

    tables: Mapping[str, str]
    macros: Sequence[Mapping[str, object]]


def macros_of(connection: Connection) -> list[dict[str, object]]:
    """The macros of a database, in the order in which they were made."""
    return records(connection, MACROS)


def script(connection: Connection, name: str, period: str, start: Start, confidential: Sequence[str]) -> str:
    """The script of a computed inventory."""
    schema = (STAGES / "00_schema.sql").read_text(encoding="utf-8")
    declared = _declared(schema)
    macros = [macro for macro in start.macros if f"macro {macro['name']}(" not in schema]
    tables = [{"name": table, "path": path} for table, path in start.tables.items()]
    return environment().get_template("reperform.sql.j2").render(
        name=name, period=period, schema=schema, macros=macros, steps=list(_steps(connection, confidential)),
        inserted=[t for t in tables if declared.get(t["name"]) == "table"],
        created=[t for t in tables if t["name"] not in declared],
        viewed=[t for t in tables if declared.get(t["name"]) == "view"],
    )  # fmt: skip


def _declared(schema: str) -> dict[str, str]:
    """What 00_schema.sql makes: name -> table or view."""
    words = [line.split() for line in schema.splitlines() if line.startswith(("create table ", "create view "))]
    return {name.partition("(")[0]: kind for _, kind, name, *_ in words}


def _steps(connection: Connection, confidential: Sequence[str]) -> Iterator[Step]:
    has_methods = has_rows(connection, "method_row")
    filled = {stage_files(FIRST, after)[-1]: tables for after, tables in FILLED_AFTER.items()}
    for path in stage_files(FIRST):
        number = int(path.name[:2])
        if number in METHODS and not has_methods:
            continue
        yield Step(f"stages/{path.name}", path.read_text(encoding="utf-8").rstrip(), tuple(_checks(connection, number)))
        if path == stage_files(CONNECTORS_AFTER, CONNECTORS_AFTER)[-1]:
            yield from _connectors(connection, confidential)
        for table in filled.get(path, ()):
            if has_rows(connection, table):
                yield Step(f"{table}, as it was filled between the stages", _copied(table))


def _checks(connection: Connection, number: int) -> Iterator[Mapping[str, str]]:
    """The checks that ran after a stage: one `of` a table that is empty did not, and may need what no stage here makes."""
    for path in check_files():
        head = header(path)
        if int(head["stage"]) != number:
            continue
        if "of" not in head or has_rows(connection, head["of"]):
            yield {**{key: head[key] for key in ("rule", "severity", "fix", "citation")}, "query": body(path)}


def _connectors(connection: Connection, confidential: Sequence[str]) -> Iterator[Step]:
    used = {name for (name,) in connection.execute("select distinct connector from source").fetchall()}
    for path in sorted((PACKAGE / "connectors").glob("*.sql")):
        if not used & {name.strip() for name in header(path)["connector"].split(",")}:
            continue
        yield Step(f"connectors/{path.name}", path.read_text(encoding="utf-8").rstrip())
    if confidential:
        text = _copied("activity_input").rstrip(";")
        names = ", ".join("'" + name.replace("'", "''") + "'" for name in confidential)
        yield Step("activity rows of confidential sources, whose files are not in the pack", f"{text} where source_id in ({names});")


def _copied(table: str) -> str:
    return "insert into " + table + " from read_parquet('data/tables/" + table + ".parquet');"


def write_script(path: Path, text: str) -> None:
    """Write the script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
