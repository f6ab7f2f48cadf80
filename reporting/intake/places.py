"""Airports and countries by their codes, from the libraries airportsdata and pycountry: loaded only where a connector asks for them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from importlib.metadata import version
from importlib.resources import files

from reporting.database import PACKAGE, Connection, run_file


def load_places(connection: Connection, wanted: AbstractSet[str]) -> None:
    """Fill airport, airport_city and country where a connector's header says `-- places: airports`."""
    if not wanted:
        return
    for name, library, path in (
        ("airports", "airportsdata", "airports.csv"),
        ("airport_cities", "airportsdata", "iata_macs.csv"),
        ("countries", "pycountry", "databases/iso3166-1.json"),
    ):
        _set(connection, name, str(files(library) / path))
        _set(connection, f"{name}_citation", f"{library} {version(library)}")
    run_file(connection, PACKAGE / "intake" / "places.sql")


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute("set variable $name = $value".replace("$name", name), {"value": value})
