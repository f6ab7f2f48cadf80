"""The sources of an inventory into tables: their options, column maps, constants and stated totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reporting.database import PACKAGE, Connection, header, insert_rows
from reporting.intake.declared import connectors, pattern
from reporting.intake.places import load_places
from reporting.inventory import Source
from reporting.reference import read_rows
from reporting.source_parts import Part
from reporting.types import InputError

ACTIVITY_COLUMNS = (
    "activity_type", "start", "end", "quantity", "unit", "activity_id", "entity", "site", "meter", "region", "supplier", "payer",
    "hosting", "factor", "data_quality", "data_origin", "read_status", "replaces", "measurement_point", "system", "lifecycle_stage",
    "evidence", "note", "coverage", "method", "pool", "uncertainty",
)  # fmt: skip
SOURCE = """insert into source select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,12),
    unnest($7)"""
STATED = """insert into stated_total select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,12),
    unnest($7), unnest($8)::decimal(38,12), unnest($9)"""
Row = tuple[object, ...]


def load_source_tables(connection: Connection, sources: Mapping[str, Source]) -> None:
    """Fill source to stated_total; raises InputError for an unknown connector, time zone, date format or activity column."""
    known = set(connectors())
    operands = operand_columns()
    zones = {name for (name,) in connection.execute("select name from pg_timezone_names()").fetchall()}
    for name, source in sources.items():
        _check(name, source, known, zones, operands)
    insert_rows(connection, SOURCE, [_source(name, source, position) for position, (name, source) in enumerate(sources.items())])
    covers = [(name, figure) for name, source in sources.items() for figure in source.covers]
    insert_rows(connection, "insert into source_covers select unnest($1), unnest($2)", covers)
    columns = "insert into connector_column select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)"
    insert_rows(connection, columns, [row for name in sorted({source.connector for source in sources.values()}) for row in _declared(name)])
    options = [(name, option, value) for name, source in sources.items() for option, value in _options(source).items()]
    insert_rows(connection, "insert into source_option select unnest($1), unnest($2), unnest($3)", options)
    insert_rows(connection, STATED, [row for name, source in sources.items() for row in _stated(name, source)])
    load_places(connection, {said_by(source.connector).get("places", "") for source in sources.values()} - {""})
    parts = "insert into part_column select unnest($1), unnest($2), unnest($3), unnest($4)"
    insert_rows(connection, parts, [row for name, source in sources.items() for row in _columns(name, source)])
    constants = "insert into part_constant select unnest($1), unnest($2), unnest($3), unnest($4)"
    insert_rows(connection, constants, [row for name, source in sources.items() for row in _constants(name, source)])


def _declared(name: str) -> Iterator[Row]:
    """The columns that a connector needs, one of each choice, those that it knows, and those of numbers and dates."""
    connector = connectors()[name]
    for number, choice in enumerate(connector.required, start=1):
        yield from ((name, "required", number, pattern(column), column) for column in choice)
    if connector.is_local_time:
        yield (name, "local_time", 1, "", "")
    if connector.is_reference:
        yield (name, "reference", 1, "", "")
    if connector.lacks:
        yield (name, "lacks", 1, "", connector.lacks)
    for use, columns in (("known", connector.known), ("number", connector.numbers), ("date", connector.dates)):
        yield from ((name, use, number, pattern(column), column) for number, column in enumerate(columns, start=1))


def operand_columns() -> frozenset[str]:
    """The columns that a calculation method may need: its operands, and `<operand>_unit` for the unit of each."""
    names = {row["operand"] for row in read_rows(PACKAGE / "standards" / "calculation_operands.csv")} - {""}
    return frozenset(names | {f"{name}_unit" for name in names})


def _check(name: str, source: Source, known: set[str], zones: set[str], operands: frozenset[str]) -> None:
    place = f'inventory.yaml: source "{name}"'
    if source.connector not in known:
        raise InputError(f'{place} has the unknown connector "{source.connector}". fix: use one of {", ".join(sorted(known))}')
    if source.time_zone and source.time_zone not in zones:
        raise InputError(f'{place} has the unknown time_zone "{source.time_zone}". fix: use a name such as Europe/Berlin')
    _check_options(place, source)
    own = _own_columns(source)
    for mapped, constants in _parts(source):
        for target in sorted(mapped.keys() - own) if own else ():
            raise InputError(f'{place} maps the unknown column "{target}". fix: use one of {", ".join(sorted(own))}')
        allowed = {*ACTIVITY_COLUMNS, *own} | (operands if "method" in constants or "method" in mapped else set())
        for target in sorted((mapped.keys() | constants.keys()) - allowed):
            raise InputError(
                f'{place} maps the unknown activity column "{target}". fix: use one of {", ".join(ACTIVITY_COLUMNS)}'
                + (", or an operand of docs/methods.md" if "method" in constants or "method" in mapped else "")
            )


def _own_columns(source: Source) -> frozenset[str]:
    """The columns that a connector with rules of its own knows by name; empty for those that map columns to activities."""
    if source.connector in ("activity_csv", "mapping"):
        return frozenset()
    connector = connectors()[source.connector]
    return frozenset(name for name in (*connector.known, *(name for choice in connector.required for name in choice)) if "*" not in name)


def said_by(connector: str) -> dict[str, str]:
    """What the file of a connector says at its top; those of `activity_csv` and `mapping` share one that says nothing of a rank."""
    path = PACKAGE / "connectors" / f"{connector}.sql"
    return header(path) if path.is_file() else {}


def _check_options(place: str, source: Source) -> None:
    """Raise InputError for an option that the connector's header (`-- options: name=word|word; name`) does not know."""
    known = dict(part.strip().partition("=")[::2] for part in said_by(source.connector).get("options", "").split(";") if part.strip())
    for option, value in source.options.items():
        if option not in known:
            raise InputError(
                f'{place} has the unknown option "{option}". fix: use one of {", ".join(known) or "none: the connector has no options"}'
            )
        if known[option] and value not in known[option].split("|"):
            raise InputError(f'{place}: option {option} is "{value}". fix: use one of {known[option].replace("|", ", ")}')


def _source(name: str, source: Source, position: int) -> Row:
    tolerance = None if source.tolerance is None else str(source.tolerance)
    rank = source.rank or said_by(source.connector).get("rank", "meter")
    return (name, source.connector, rank, source.data_quality, source.data_origin, tolerance, position)


def _stated(name: str, source: Source) -> Iterator[Row]:
    for number, stated in enumerate(source.stated, start=1):
        head = (name, number, stated.period, stated.activity_type, stated.measure, str(stated.value), stated.unit)
        yield (*head, str(stated.tolerance), stated.citation)


def _parts(source: Source) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Column map and constants of each part; the canonical CSV maps every activity column to itself."""
    columns = {column: column for column in ACTIVITY_COLUMNS} if source.connector == "activity_csv" else source.columns
    shared = {**source.constants, **_method(source)}
    return [(part.columns, {**shared, **part.constants, **_method(part)}) for part in source.activities] or [(columns, shared)]


def _method(given: Source | Part) -> dict[str, str]:
    """The method and the fixed units of its operands as constants: `mass` in t is the constant mass_unit."""
    named = {"method": given.method} if given.method else {}
    return named | {f"{operand}_unit": unit for operand, unit in given.units.items()}


def _columns(name: str, source: Source) -> Iterator[Row]:
    for number, (mapped, _) in enumerate(_parts(source), start=1):
        stated = {"stated": source.stated_column} if source.stated_column and number == 1 else {}
        yield from ((name, number, target, column) for target, column in {**mapped, **stated}.items())


def _constants(name: str, source: Source) -> Iterator[Row]:
    for number, (_, constants) in enumerate(_parts(source), start=1):
        yield from ((name, number, target, value) for target, value in constants.items())


def _options(source: Source) -> dict[str, str]:
    texts = {key: getattr(source, key) for key in ("time_zone", "thousands", "stated_unit")}
    texts |= {"max_gap_seconds": str(source.max_gap_seconds)} if source.max_gap_seconds else {}
    texts |= {"header_row": str(source.header_row)} if source.header_row > 1 else {}
    flags = {key: "true" for key in ("decimal_comma", "empty_means_none", "zero_means_none", "monthly_sum") if getattr(source, key)}
    keys = {"natural_key": chr(31).join(source.natural_key)} if source.natural_key else {}
    return {key: value for key, value in texts.items() if value} | flags | keys | dict(source.options) | _date_options(source.date_format)


def _date_options(date_format: str) -> dict[str, str]:
    """A date format such as %d.%m.%Y as a pattern and the order of its groups in ISO form."""
    if not date_format:
        return {}
    directives = re.findall(r"%(.)", date_format)
    if sorted(directives[:3]) != ["Y", "d", "m"] or directives[3:] not in ([], ["H", "M"], ["H", "M", "S"]):
        raise InputError(
            f'inventory.yaml: date_format "{date_format}" is not understood. '
            "fix: use %d, %m, %Y in any order, then perhaps %H:%M or %H:%M:%S"
        )
    widths = {"Y": r"(\d{4})", **dict.fromkeys("mdHMS", r"(\d{1,2})")}
    pattern = re.sub(r"%(.)", lambda match: widths[match[1]], re.escape(date_format).replace(r"\%", "%"))
    place = {directive: f"\\{number}" for number, directive in enumerate(directives, start=1)}
    order = "{Y}-{m}-{d}".format(**place) + (" " + ":".join(place[part] for part in directives[3:]) if directives[3:] else "")
    return {"date_pattern": pattern, "date_order": order}
