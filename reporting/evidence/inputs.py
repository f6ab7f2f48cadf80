"""What a version rests on: every file of the inventory folder that could be read, and the data of the product that every run reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reporting import private_key
from reporting.database import PACKAGE
from reporting.digest import file_sha256
from reporting.evidence.chain import HOME
from reporting.inventory import Inventory
from reporting.resources import folder as product_folder
from reporting.types import InputError

WRITTEN = ("figures.json", "factors.lock", "ledger")
"""A folder that holds these three was written by a build."""
PACKED = (".zip", ".p7s")
"""Packs and their signatures, where they lie beside inventory.yaml."""
PRODUCT_PARTS = ("checks", "conditions", "connectors", "facts", "frameworks", "stages", "standards")


def input_files(folder: Path, inventory: Inventory) -> dict[str, Path]:
    """Path below the folder -> file: all but disclosures, what builds wrote, hidden files and the key; what inventory.yaml names counts."""
    found = {_name(folder, path): path for path in _walk(folder)}
    for pattern in declared_paths(inventory):
        for path in folder.glob(pattern):
            if path.is_file():
                found[_name(folder, path)] = path
    found.pop(private_key.NAME, None)  # a secret: no version and no pack holds it, whatever names it
    for name, path in found.items():
        _refuse_unusable(folder, name, path)
    return dict(sorted(found.items()))


def declared_paths(inventory: Inventory) -> Iterator[str]:
    """The patterns by which inventory.yaml names files; those that lead out of the folder are refused where they are read."""
    named = [source.path for source in inventory.sources.values()]
    if inventory.hourly:
        hourly = inventory.hourly
        named += [load.path for load in hourly.load] + [one.path for one in hourly.intensity] + [one.path for one in hourly.generation]
        named += [one.mix_factors for one in hourly.intensity]
    if inventory.base_year and inventory.base_year.stored:
        named.append(inventory.base_year.stored.path)
    yield from (path for path in dict.fromkeys(named) if path and not Path(path).is_absolute() and ".." not in Path(path).parts)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_output(here / name, is_top=here == folder))
        for name in folders:
            if (here / name).is_symlink():
                raise InputError(f"{here / name}: is a link to a folder. fix: copy its files into the inventory folder")
        yield from (here / name for name in files if not name.startswith(".") and not (here == folder and name.endswith(PACKED)))


def _is_output(path: Path, *, is_top: bool) -> bool:
    return (is_top and path.name in {HOME, "out"}) or all((path / name).exists() for name in WRITTEN)


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _refuse_unusable(folder: Path, name: str, path: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{path}: is a link out of the inventory folder. fix: copy the file into the folder")
    if not path.is_file():
        raise InputError(f"{path}: is not a regular file. fix: take it out of the inventory folder")
    if any(not character.isprintable() for character in name) or "\\" in name:
        raise InputError(f"{name!r}: a name with control characters or a backslash cannot be kept. fix: rename the file")


def product_files() -> dict[str, Path]:
    """Path -> file of the factor sets, reference tables, stages, checks and standards that every run reads."""
    factors = product_folder("factors")
    found = {f"factors/{path.relative_to(factors).as_posix()}": path for path in factors.rglob("*") if path.is_file()}
    for part in PRODUCT_PARTS:
        files = (path for path in (PACKAGE / part).rglob("*") if path.is_file() and path.suffix in {".sql", ".csv", ".yaml"})
        found |= {f"reporting/{path.relative_to(PACKAGE).as_posix()}": path for path in files}
    return dict(sorted(found.items()))


def digests(files: dict[str, Path]) -> dict[str, str]:
    """Path -> SHA-256."""
    return {name: file_sha256(path) for name, path in files.items()}
