"""Put imported sets in their place: all or none, and a released edition is never edited."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reporting.exact_yaml import load_yaml
from reporting.reference import read_rows
from reporting.resources import folder as product_folder
from reporting.types import InputError


@dataclass(frozen=True)
class Draft:
    """A set that was written to a scratch folder and is not yet in its place."""

    set_id: str
    folder: Path
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ImportedSet:
    """A set folder: written now, or there already with the same bytes; `notes` say what a reader should know of it."""

    set_id: str
    folder: str
    factors: int
    values: int
    status: Literal["written", "unchanged"]
    licence: str
    is_redistributable: bool
    notes: tuple[str, ...]


def refuse_changed(path: Path, drafts: Sequence[Draft], out: Path) -> None:
    """Raise InputError where a set of the same name is there and differs: it names the value."""
    for draft in drafts:
        place = out / draft.set_id
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise InputError(f"{place}: is not a folder. fix: move it away, or choose another --out")
        found = difference(place, draft.folder) if place.exists() else ""
        if found:
            fix = "fix: a released edition is never edited; import into another folder with --out, or move the old set away"
            raise InputError(f"{place}: differs from {path}: {found}. {fix}")


def difference(there: Path, new: Path, names: Sequence[str] = ()) -> str:
    """Say in which value two set folders differ first, '' where every file (or those named) has the same bytes."""
    for name in names or sorted({path.name for folder in (there, new) for path in folder.iterdir()}):
        before, after = there / name, new / name
        if not (before.is_file() and after.is_file()):
            return f"{name} is only {'here' if before.exists() else 'in the file now imported'}"
        if before.read_bytes() != after.read_bytes():
            return f"{name}: {_first_change(before, after)}"
    return ""


def _first_change(before: Path, after: Path) -> str:
    """The first key, or column of a row, that differs between two files of a set."""
    if before.suffix == ".yaml":
        old, new = ({"": load_yaml(path)} for path in (before, after))
    elif before.suffix == ".csv":
        old, new = ({_key(row): row for row in _rows(path)} for path in (before, after))
    else:
        return "other bytes"
    for key in sorted({*old, *new}):
        if key not in old or key not in new:
            return f"{key} is only {'here' if key in old else 'in the file now imported'}"
        for column in [*old[key], *new[key]]:
            if old[key].get(column) != new[key].get(column):
                return f'{key}{" " if key else ""}{column} is "{old[key].get(column)}" here and "{new[key].get(column)}" now'
    return "the same values, written otherwise"


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        return read_rows(path)
    except (UnicodeDecodeError, ValueError):
        raise InputError(f"{path}: cannot be read. fix: move the set away, then import again") from None


def _key(row: dict[str, str]) -> str:
    """What names a row in a message: factor and gas, else its first two cells."""
    if "factor_id" in row:
        return " ".join([row["factor_id"], row.get("gas") or "", *(["biogenic"] if row.get("is_biogenic") == "true" else [])])
    return " ".join(str(cell) for cell in list(row.values())[:2])


def put_in_place(drafts: Sequence[Draft], out: Path) -> tuple[ImportedSet, ...]:
    """Move the sets that are not there yet into `out`, complete or not at all, and describe every one."""
    sets = tuple(_described(draft, out) for draft in drafts)
    new = [draft for draft in drafts if not (out / draft.set_id).exists()]
    if new:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".ghg-", dir=out) as staged:
            for draft in new:
                shutil.copytree(draft.folder, Path(staged) / draft.set_id)
            _rename_all([(Path(staged) / draft.set_id, out / draft.set_id) for draft in new])
    return sets


def _rename_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Rename one folder after the other; where one cannot be, those before it are taken away again."""
    done: list[Path] = []
    try:
        for source, target in moves:
            os.rename(source, target)  # noqa: PTH104 - refuses a target that has come to be filled in between
            done.append(target)
    except OSError:
        for target in done:
            shutil.rmtree(target)
        raise


def _described(draft: Draft, out: Path) -> ImportedSet:
    meta, rows = load_yaml(draft.folder / "set.yaml"), read_rows(draft.folder / "factors.csv")
    place = out / draft.set_id
    return ImportedSet(
        draft.set_id, str(place), len({row["factor_id"] for row in rows}), len(rows), "unchanged" if place.exists() else "written",
        str(meta["licence"]), bool(meta["redistributable"]), (*draft.notes, *_shipped_notes(draft, out)),
    )  # fmt: skip


def _shipped_notes(draft: Draft, out: Path) -> list[str]:
    """Say where the product carries a set of that name: its factors would be found twice."""
    shipped = product_folder("factors") / draft.set_id
    if not shipped.is_dir() or shipped.resolve() == (out / draft.set_id).resolve():
        return []
    found = difference(shipped, draft.folder, ("factors.csv", "set.yaml"))
    return [f"the product carries {draft.set_id}, " + (f"which differs: {found}" if found else "the same bytes: it need not be imported")]
