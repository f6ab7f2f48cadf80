"""Making what was written survive a loss of power."""

from __future__ import annotations

import os
from pathlib import Path


def keep_folder(folder: Path) -> None:
    """Make the entries of a folder durable: new, renamed and removed names."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_tree(folder: Path) -> None:
    """Make all files below a folder durable, and the folders themselves."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            keep_folder(path)
        else:
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    keep_folder(folder)
