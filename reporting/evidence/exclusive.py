"""One writer at a time: a lock that the system releases when its holder ends, however it ends; and writes that are there or not."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.pipeline import Progress, silent

LOCK = ".lock"


@contextmanager
def exclusive(home: Path, progress: Progress = silent) -> Iterator[None]:
    """Hold the register of a folder alone; waits while somebody else does."""
    home.mkdir(parents=True, exist_ok=True)
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another run that writes to the register")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


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
