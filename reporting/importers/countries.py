"""Our region of a country that a publisher names by its ISO 3166-1 alpha-3 code."""

import csv
from importlib.resources import files


def by_alpha_3() -> dict[str, str]:
    """Return our region (alpha-2) for each alpha-3 code."""
    table = files("reporting.importers").joinpath("iso_3166_1.csv").read_text(encoding="utf-8")
    return {row["alpha_3"]: row["alpha_2"] for row in csv.DictReader(table.splitlines())}
