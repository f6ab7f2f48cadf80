"""The two ends of a bridge by name: a version of the register, an inventory folder, or `.` for the inventory as it is now."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.evidence import objects
from reporting.evidence.bridge.hybrid import Side
from reporting.evidence.inputs import digests, product_files
from reporting.evidence.register import Version, find_version, home_of
from reporting.inventory import load_inventory
from reporting.private_key import keyed
from reporting.types import UsageError

NOW = "."
SETS = "factors/"


@contextmanager
def ends(inventory: Path, old: str, new: str, period: str = "") -> Iterator[tuple[Side, Side, str]]:
    """Both ends and the period: the one asked for, else that of the versions, else the last of the inventory; raises UsageError."""
    with tempfile.TemporaryDirectory(prefix="ghg-diff-") as scratch, keyed(inventory):
        places = [Path(scratch) / "old", Path(scratch) / "new"]
        found = [end(inventory, name, place) for name, place in zip((old, new), places, strict=True)]
        periods = {of for _, of in found if of} or {load_inventory(inventory).periods[-1]}
        if not period and len(periods) > 1:
            raise UsageError(f"{old} and {new} are of different periods. fix: name two versions of one period, or give --period")
        yield found[0][0], found[1][0], period or periods.pop()


def end(inventory: Path, name: str, scratch: Path) -> tuple[Side, str]:
    """One end, with the period where it is a version; the inputs of a version are restored into `scratch`."""
    if name == NOW:
        return Side(inventory, "now"), ""
    if (Path(name) / "inventory.yaml").is_file():
        return Side(Path(name), Path(name).resolve().name), ""
    version = find_version(inventory, name)
    return published_side(home_of(inventory), version, scratch), version.manifest.period


def published_side(home: Path, version: Version, scratch: Path) -> Side:
    """A version of a register: its inputs, its factor sets where they are not those of this product, its figures."""
    objects.write_out(home, version.manifest.inputs, scratch / "inventory")
    kept = {name: digest for name, digest in version.manifest.product.items() if name.startswith(SETS)}
    own = {name: path for name, path in product_files().items() if name.startswith(SETS)}
    figures = version.folder / "figures.json"
    if kept == digests(own):
        return Side(scratch / "inventory", version.name, None, figures)
    objects.write_out(home, kept, scratch / "product")
    for name in sorted(set(own) - set(kept)):
        if name.count("/") == 1:  # a reference table that came with a later engine; sets that came later stay away
            shutil.copyfile(own[name], scratch / "product" / name)
    return Side(scratch / "inventory", version.name, scratch / "product" / SETS.rstrip("/"), figures)
