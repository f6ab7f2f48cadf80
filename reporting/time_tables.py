"""What inventory.yaml declares about time into tables: fills with the cells they rest on, assets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reporting.database import Connection, insert_rows
from reporting.declarations import Fill
from reporting.inventory import Inventory
from reporting.types import InputError

FILL = """insert into fill select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)::hugeint,
    unnest($8)::hugeint, unnest($9), unnest($10), unnest($11)"""
BASIS = "insert into fill_basis select unnest($1), unnest($2), unnest($3), unnest($4)"
ASSET = "insert into asset select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8)"
LARGEST = 10**12
"""Above this a ratio could leave the digits that the engine computes with."""
Row = tuple[object, ...]


def load_time_tables(connection: Connection, inventory: Inventory) -> None:
    """Fill fill, fill_basis and asset; raises InputError for an unknown activity type or a ratio of too many digits."""
    known = {name for (name,) in connection.execute("select activity_type from activity_type").fetchall()}
    for kind, name, types in _types(inventory):
        for unknown in sorted(set(types) - known):
            raise InputError(
                f'inventory.yaml: the {kind} "{name}" names the unknown activity type "{unknown}". fix: `ghg factors search` finds the type'
            )
    areas = {site.id: site.area_m2 for site in inventory.sites}
    insert_rows(connection, FILL, [_fill(fill, month, areas) for fill in inventory.fills for month in fill.months])
    insert_rows(connection, BASIS, [row for fill in inventory.fills for row in _basis(fill)])
    insert_rows(connection, ASSET, list(_assets(inventory)))


def _types(inventory: Inventory) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield from (("fill", fill.id, (fill.activity_type,)) for fill in inventory.fills)
    yield from (("asset", asset.id, asset.activity_types) for asset in inventory.assets)


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _fill(fill: Fill, month: str, areas: dict[str, Decimal | None]) -> Row:
    top, bottom = fill.ratio(month, areas)
    if top is None or not bottom:
        raise InputError(f'inventory.yaml: the fill "{fill.id}" needs area_m2 above 0 of its site and of `sites`. fix: give the areas')
    ratio = Fraction(top) / Fraction(bottom)
    if max(ratio.numerator, ratio.denominator) > LARGEST:
        raise InputError(f'inventory.yaml: the numbers of the fill "{fill.id}" have too many digits. fix: round them')
    numbers = (str(ratio.numerator), str(ratio.denominator))
    return (fill.id, _day(month), fill.method, fill.site, fill.meter, fill.activity_type, *numbers, fill.reason, fill.by, fill.source)


def _basis(fill: Fill) -> Iterator[Row]:
    for month in fill.months:
        yield from ((fill.id, _day(month), site, _day(basis)) for site, basis in fill.basis(month))


def _assets(inventory: Inventory) -> Iterator[Row]:
    for asset in inventory.assets:
        for activity_type in asset.activity_types:
            yield (asset.id, asset.name, asset.kind, asset.site, asset.meter, activity_type, asset.valid_from, asset.valid_to)
