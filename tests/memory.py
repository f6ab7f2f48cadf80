"""Computing the same inventory again gives the result that there is: a test that changes a result's tables computes plainly."""

from __future__ import annotations

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reporting import reference

KEPT = 4
Compute = Callable[..., Any]


def contents(folder: Path) -> str:
    """A digest of all that a folder holds."""
    lines = [
        f"{path} {path.lstat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest()}"
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
