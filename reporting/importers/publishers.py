"""The publishers whose files can be imported, found by listing this folder: every module with `import_file` is one.

import_file(path, folder)     reads the file and writes the set; its keyword parameters are the options that the publisher needs
LAYOUT, ENDINGS               what file is expected (else the first line of the module's docstring; .csv and .xlsx)
set_id(meta)                  the folder's name from set.yaml (else publisher and first year of the edition)
PART_OF                       names the publisher whose file gives this further set too
"""

from __future__ import annotations

import csv
import importlib
import inspect
import pkgutil
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import reporting.importers
from reporting.exact_yaml import load_yaml
from reporting.importers.editions import Draft, ImportedSet, put_in_place, refuse_changed
from reporting.importers.opening import check_file
from reporting.importers.writer import LayoutChangedError
from reporting.questions.asking import unknown
from reporting.resources import folder as product_folder
from reporting.types import InputError, UsageError

ENDINGS = (".csv", ".xlsx")
OPTIONS = {"edition": "--edition", "retrieved": "--retrieved", "second": "--with", "columns": "--columns", "region": "--region"}
"""The option of the command line for each keyword parameter of an import_file."""
OWN = frozenset({"publishers", "editions", "opening", "known_files", "countries", "sheets", "tables", "writer"})
"""Modules of this folder that serve the importers and read no file of a publisher."""
LAYOUT_FIX = "fix: give the file as published; a new layout needs a new importer (`ghg factors import --list` says what is read)"


@dataclass(frozen=True)
class Publisher:
    """A publisher whose file can be imported, the file that is expected, and the options that it takes."""

    name: str
    title: str
    layout: str
    endings: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Publishers:
    """Answer to `ghg factors import --list`."""

    publishers: tuple[Publisher, ...]


@dataclass(frozen=True)
class Imported:
    """Answer to `ghg factors import`."""

    publisher: str
    file: str
    sets: tuple[ImportedSet, ...]


def publishers() -> Publishers:
    """Every publisher, in alphabetical order."""
    return Publishers(tuple(_described(name, module) for name, module in _modules().items() if not hasattr(module, "PART_OF")))


def import_publication(name: str, path: Path, out: Path, options: Mapping[str, date | Path | str | None]) -> Imported:
    """Read a publisher's file and write its sets into `out`, all or none of them; raises InputError and UsageError.

    A set that is there already is left alone where its bytes are the same, and refused where they differ.
    """
    modules = _modules()
    if name not in modules or hasattr(modules[name], "PART_OF"):
        raise unknown("publisher", name, [entry.name for entry in publishers().publishers], "`ghg factors import --list` names them")
    _refuse_shipped_folder(out)
    given = {key: value for key, value in options.items() if value}
    _check_files(path, modules[name], given)
    parts = {part: module for part, module in modules.items() if part == name or getattr(module, "PART_OF", "") == name}
    with tempfile.TemporaryDirectory(prefix="ghg-") as scratch:
        drafts = [_draft(modules[name], part, path, Path(scratch) / part.__name__, given) for part in parts.values()]
        refuse_changed(path, drafts, out)
        sets = put_in_place(drafts, out)
    return Imported(name, str(path), sets)


def _modules() -> dict[str, ModuleType]:
    listed = sorted(entry.name for entry in pkgutil.iter_modules(reporting.importers.__path__))
    modules = {name: importlib.import_module(f"reporting.importers.{name}") for name in listed if name not in OWN}
    return {name: module for name, module in modules.items() if hasattr(module, "import_file")}


def _described(name: str, module: ModuleType) -> Publisher:
    first = (module.__doc__ or "").strip().split("\n")[0]
    options = tuple(OPTIONS[key] for key in _keywords(module))
    return Publisher(name, first, getattr(module, "LAYOUT", first), tuple(getattr(module, "ENDINGS", ENDINGS)), options)


def _keywords(module: ModuleType) -> list[str]:
    return [key for key in inspect.signature(module.import_file).parameters if key in OPTIONS]


def _refuse_shipped_folder(out: Path) -> None:
    """Keep the sets of an installed product as they were delivered; in a checkout the folder is where new editions are made."""
    shipped = product_folder("factors").resolve()
    package = Path(reporting.__file__).resolve().parent
    if shipped.is_relative_to(package) and out.resolve().is_relative_to(shipped):
        raise UsageError(f'"{out}" lies in the installed product. fix: import into factors/ of your inventory, --out INVENTORY/factors')


def _check_files(path: Path, module: ModuleType, given: Mapping[str, object]) -> None:
    for file in sorted(path.glob("*.csv")) if path.is_dir() and getattr(module, "TAKES_FOLDER", False) else [path]:
        check_file(file, getattr(module, "ENDINGS", ENDINGS))
    taken = _keywords(module)
    for key, value in given.items():
        if key not in taken:
            raise UsageError(f"{_name(module)} takes no {OPTIONS[key]}. fix: leave it out")
        if isinstance(value, Path):
            check_file(value, (".xlsx", ".csv", ".yaml", ".yml"))


def _draft(publisher: ModuleType, part: ModuleType, path: Path, folder: Path, given: Mapping[str, object]) -> Draft:
    """Write one set of a file to a scratch folder; what the file has that nobody expected becomes an InputError of one line."""
    taken = _keywords(part)
    try:
        notes = part.import_file(path, folder, **{key: value for key, value in given.items() if key in taken})
    except LayoutChangedError as error:
        place = error.cell if error.sheet == path.name else f'sheet "{error.sheet}", cell {error.cell}'
        raise InputError(_one_line(f"{path}: {place}: expected {error.expected}, found {error.found}. {LAYOUT_FIX}")) from None
    except (ValueError, csv.Error) as error:
        raise InputError(_one_line(f"{path}: {error}. {LAYOUT_FIX}")) from None
    meta = load_yaml(folder / "set.yaml")
    own = getattr(publisher, "set_id", None)
    set_id = own(meta) if own else f"{_name(publisher)}_{_year(str(meta['edition']))}"
    return Draft(f"{set_id}{_name(part).removeprefix(_name(publisher))}", folder, tuple(notes or ()))


def _one_line(message: str) -> str:
    """A message on one line, whatever a cell holds: line ends and control characters are shown."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in message)


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _year(edition: str) -> str:
    """The first year that an edition names, else the edition's words."""
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", edition)
    return found[0] if found else re.sub(r"[^a-z0-9.]+", "_", edition.lower()).strip("_.")
