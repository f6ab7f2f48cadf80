"""Whatever ends a publication, at whatever moment: the register is readable, the last version whole, and a repeat succeeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from crash_publish import MOMENTS

HERE = Path(__file__).parent
BEFORE = ["2026-Q3/v1", "2026-Q3/v2"]
Seen = dict[str, list[dict[str, Any]]]
AFTER = [*BEFORE, "2026-Q3/v3"]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What the process of crashes saw, starting from an inventory of which two versions are published."""
    command = [sys.executable, str(HERE / "crash_publish.py"), str(tmp_path_factory.mktemp("crash"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)  # noqa: S603 - our own script
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.skipif(sys.platform == "win32", reason="kills forked processes")
def test_kill_at_any_of_fifty_moments_loses_nothing(seen: Seen) -> None:
    told = seen["crashes"]
    assert len(told) == MOMENTS
    for one in told:
        assert one["faults"] == [], one
        assert one["versions"] in (BEFORE, AFTER), one
        assert (one["repeat"], one["then"], one["then_faults"], one["left"]) == (0, AFTER, [], []), one
    codes = Counter(one["code"] for one in told if one["killed"] != "by the clock")
    assert codes == {-9: 40}, "every step was reached and the process killed there"
    assert {len(one["versions"]) for one in told} == {2, 3}, "some were killed before their line was written, some after"


def test_of_two_publications_at_once_none_is_lost(seen: Seen) -> None:
    same, different = seen["together"]
    assert (same["codes"], same["versions"], same["then_faults"]) == ([0, 0], AFTER, [])
    assert (different["codes"], sorted(different["versions"])) == ([0, 0], [*AFTER, "2026-Q4/v1"])
    assert different["then_faults"] == []


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_half_written(seen: Seen) -> None:
    for one in seen["full_disk"]:
        assert (one["code"], one["said"].count("\n")) == (3, 1), one
        assert one["said"].startswith("ghg: "), one
        assert (one["versions"], one["faults"]) == (BEFORE, []), one
        assert (one["repeat"], one["then"], one["then_faults"]) == (0, AFTER, []), one
