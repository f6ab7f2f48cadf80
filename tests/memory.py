"""Computing the same inventory again gives the result that there is: a test that changes a result's tables computes plainly.

Reference data that a process loads for the second time are kept in a file, and copied from there the next times.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import shutil
import tempfile
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reporting import reference
from reporting.database import PACKAGE, Connection

KEPT = 4
Compute = Callable[..., Any]
Load = Callable[[Connection, Path], None]


def contents(folder: Path) -> str:
    """A digest of all that a folder holds."""
    lines = [
        f"{path.relative_to(folder)} {path.lstat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def remembered(compute: Compute) -> Compute:
    """The function with a memory of the last results, by what stands in the inventory folder and where the reference data are."""
    results: OrderedDict[tuple[object, ...], Any] = OrderedDict()

    @functools.wraps(compute)
    def look_up(folder: Path, periods: Sequence[str] = (), frameworks: Sequence[str] = (), **options: object) -> object:
        given = {name: value for name, value in options.items() if name != "progress"}
        if any(given.values()) or folder.is_symlink() or not folder.is_dir():
            return compute(folder, periods, frameworks, **options)
        key = (folder, contents(folder), tuple(periods), tuple(frameworks), reference.folder("factors"))  # type: ignore[attr-defined]
        if key not in results:
            results[key] = compute(folder, periods, frameworks, **options)
            while len(results) > KEPT:
                results.popitem(last=False)
        results.move_to_end(key)
        return results[key]

    look_up.plainly = compute  # type: ignore[attr-defined]
    return look_up


def copied(load: Load) -> Load:
    """The function that loads the product, with a file of what it gave of reference data that this process loads for the second time."""
    scratch = Path(tempfile.mkdtemp(prefix="ghg-reference-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    asked: Counter[str] = Counter()

    @functools.wraps(load)
    def look_up(connection: Connection, own_sets: Path) -> None:
        place = reference.folder("factors")  # type: ignore[attr-defined]
        key = hashlib.sha256(f"{place} {stamps(place)} {contents(own_sets)}".encode()).hexdigest()
        kept = scratch / f"{key}.duckdb"
        asked[key] += 1
        if kept.is_file() and not in_file(connection):
            connection.execute(f"attach '{kept}' as kept (read_only)")
            connection.execute("copy from database kept to memory")
            connection.execute("set variable factors = $value", {"value": str(place)})
            connection.execute("set variable standards = $value", {"value": str(PACKAGE / "standards")})
        else:
            load(connection, own_sets)
            if asked[key] == 1 or in_file(connection):
                return
            connection.execute(f"attach '{kept}' as kept")
            connection.execute("copy from database memory to kept")
        connection.execute("detach kept")

    return look_up


def in_file(connection: Connection) -> bool:
    """Whether a connection is to a database in a file."""
    return connection.execute("select current_database()").fetchall() != [("memory",)]


def stamps(folder: Path) -> list[tuple[str, int, int]]:
    """What tells apart whether a file of a folder was changed in this process."""
    return [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))]
