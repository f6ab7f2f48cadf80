"""Finds the data folders that belong to the product, in a checkout and in an installed wheel alike."""

from pathlib import Path
from typing import Literal

import reporting

DataFolder = Literal["factors", "schemas", "templates", "samples"]


def folder(name: DataFolder) -> Path:
    """Give the product's data folder of that name; raises FileNotFoundError, naming both places, where there is none.

    A wheel carries the folders as reporting/_data/<name>; in a checkout, editable installation included, they lie beside the package.
    """
    package = Path(reporting.__file__).resolve().parent
    places = (package / "_data" / name, package.parent / name)
    shipped, beside = places
    if shipped.is_dir():
        return shipped
    if beside.is_dir() and (package.parent / "pyproject.toml").is_file():  # not some other project's folder in site-packages
        return beside
    looked_in = " nor ".join(str(place) for place in places)
    message = f"the data folder {name!r} of ghg-reporting is missing: there is neither {looked_in}. fix: install the package again"
    raise FileNotFoundError(message)
