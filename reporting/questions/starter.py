"""The small, complete inventory folder to start from."""

from __future__ import annotations

import shutil
from pathlib import Path

from reporting.resources import folder as data_folder
from reporting.types import UsageError

EMPTY_FOLDERS = ("activity", "evidence", "factors")


def init(folder: Path) -> tuple[str, ...]:
    """Write the starter inventory into an empty or new folder; gives the paths written; raises UsageError where something lies there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f'"{folder}" is not an empty folder. fix: name a new one, so that nothing of yours is overwritten')
    template = data_folder("templates") / "init"
    files = sorted(path.relative_to(template) for path in template.rglob("*") if path.is_file())
    for place in EMPTY_FOLDERS:
        (folder / place).mkdir(parents=True, exist_ok=True)
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template / name, folder / name)
    return tuple(name.as_posix() for name in files)
