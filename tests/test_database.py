"""Opening the database: what does not fit in memory goes to a temporary folder of the process, which is gone at its end."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from reporting.database import SMALL, threads_for

SPILL = """
import os
from reporting.database import connect
connection = connect(memory_limit="100MB")
connection.execute("create table t as select range as a, repeat(md5(range::varchar), 4) as b from range(4000000)")
place = connection.execute("select current_setting('temp_directory')").fetchone()[0]
print(place, len(os.listdir(place)) > 0, os.listdir("."))
"""


def test_what_does_not_fit_in_memory_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SPILL], cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
    place, spilled, here = done.stdout.strip().split(" ", 2)
    assert (spilled, here) == ("True", "[]")
    assert Path(place).parent == Path(tempfile.gettempdir())
    assert not Path(place).exists()


def test_a_small_folder_is_computed_on_one_thread_whatever_was_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "activity").mkdir()
    (tmp_path / "activity" / "a.csv").write_bytes(b"0" * SMALL)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ledger.csv").write_bytes(b"0" * SMALL)
    assert threads_for(tmp_path) == 1
    (tmp_path / "inventory.yaml").write_bytes(b"0")
    assert threads_for(tmp_path) is None
