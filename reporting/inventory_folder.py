"""The folder of an inventory: a name that leads nowhere is answered with the folder that was probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from reporting.types import InputError

FILE = "inventory.yaml"


def inventory_file(folder: Path) -> Path:
    """inventory.yaml of a folder; raises InputError that says what is there instead, and what to name."""
    place = folder / FILE
    if place.is_file():
        return place
    if folder.is_file():
        fix = f"name the folder, {folder.parent}" if folder.name == FILE else "name a folder that has inventory.yaml in it"
        raise InputError(f"{folder}: is a file, not a folder. fix: {fix}")
    if folder.is_dir():
        below = [str(folder / name) for name in inventories(folder)[:3]]
        raise InputError(f"{place}: not found. {meant(below) or 'fix: create it, or `ghg init DIR` makes a complete folder'}")
    near = [str(folder.parent / name) for name in get_close_matches(folder.name, inventories(folder.parent), 2)]
    fix = f"fix: name a folder that has inventory.yaml in it; `ghg init {folder}` makes one"
    raise InputError(f"{folder}: there is no such folder. {meant(near) or fix}")


def meant(names: list[str]) -> str:
    """A question after the names that were probably meant; empty where there are none."""
    return f"did you mean {' or '.join(names)}?" if names else ""


def inventories(folder: Path) -> list[str]:
    """The names of the inventory folders in a folder; none where it cannot be read."""
    return sorted(path.parent.name for path in folder.glob(f"*/{FILE}")) if folder.is_dir() else []
