"""Finds the data folders that belong to the product, in a checkout and in an installed wheel alike; or those that stand in for them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

import reporting

DataFolder = Literal["factors", "schemas", "templates", "samples"]
_stand_ins: ContextVar[Mapping[str, Path] | None] = ContextVar("stand_ins", default=None)


@contextmanager
def pinned(factors: Path) -> Iterator[None]:
    """Take factor sets and reference tables from a kept folder, in the place of the product's own: old figures are computed on old sets."""
    token = _stand_ins.set({"factors": factors})
    try:
        yield
    finally:
        _stand_ins.reset(token)


def folder(name: DataFolder) -> Path:
    """Give the product's data folder of that name; raises FileNotFoundError, naming both places, where there is none.

    A wheel carries the folders as reporting/_data/<name>; in a checkout, editable installation included, they lie beside the package.
    """
    if stand_in := (_stand_ins.get() or {}).get(name):
        return stand_in
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
