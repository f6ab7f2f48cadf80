"""The same version gives the same pack, byte for byte; whatever ends its writing, the old pack, the whole new one or none is there."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import evidence_pack as small
import pytest

from reporting.digest import file_sha256
from reporting.evidence.bag import close_bag, write_zip

PUBLISH = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
import evidence_pack
import inventories
import reporting.pipeline
import reporting.evidence.pack as module
from reporting import resources
from reporting.database import connect
reporting.pipeline.connect = lambda **_: connect(threads=1)
module.connect = lambda **_: connect(threads=4)
with resources.pinned(inventories.shelf()):
    folder = evidence_pack.published(Path(sys.argv[1]))
    module.pack(folder, "2026-Q3/v1", Path(sys.argv[2]))
"""
SURROUNDINGS = {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"}
MOMENTS = 50


def test_builds_and_packs_of_other_surroundings_have_the_same_bytes(tmp_path: Path) -> None:
    """Published with PDF and workbook and packed here on two threads; in another process published on one and packed on four.

    That process has another folder, time zone, language and hash seed.
    """
    made = small.shared()
    version = made.path.parent / "inventory" / "disclosures" / "2026-Q3" / "v1"
    assert {"disclosure-2026-Q3.pdf", "disclosure-2026-Q3.xlsx"} <= {path.name for path in version.iterdir()}
    folder, pack = tmp_path / "deep" / "er" / "inventory", tmp_path / "4.zip"
    shutil.copytree(made.path.parent / "inventory", folder, ignore=shutil.ignore_patterns("disclosures"))
    command = [sys.executable, "-c", PUBLISH, str(folder), str(pack)]
    subprocess.run(command, check=True, env={**os.environ, **SURROUNDINGS}, cwd=Path(__file__).parent.parent)  # noqa: S603 - our own script
    there = folder / "disclosures" / "2026-Q3" / "v1"
    assert [path.name for path in version.iterdir() if file_sha256(path) != file_sha256(there / path.name)] == []
    assert file_sha256(made.path) == file_sha256(pack), different(made.path, pack)


def different(*packs: Path) -> list[str]:
    """The files in which packs differ."""
    sums = [{member.filename: member.CRC for member in zipfile.ZipFile(pack).infolist()} for pack in packs]
    return sorted({name for one in sums for name in one if any(other.get(name) != one[name] for other in sums)})


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of some hundred kilobytes, which takes a while to write."""
    root = tmp_path_factory.mktemp("bag") / "pack"
    chance = random.Random(1)  # noqa: S311 - bytes that do not compress
    for number in range(12):
        path = root / "data" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(60_000))
    close_bag(root, {"Source-Organization": "Acme"})
    return root


def in_a_child(root: Path, out: Path, seconds: float = 0, limit: int = 0) -> int:
    """Write the ZIP in a process of its own, killed after so many seconds or held to so many bytes; gives how it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if limit:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            write_zip(root, out)
            code = 0
        except OSError:
            code = 3
        finally:
            os._exit(code)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_killed_at_any_moment_there_is_the_old_pack_the_new_one_or_none(bag: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.zip"
    began = time.perf_counter()
    assert in_a_child(bag, out) == 0
    whole, duration = file_sha256(out), time.perf_counter() - began
    endings = set()
    for moment in range(MOMENTS):
        old = b"" if moment % 2 else b"the old pack"
        out.unlink()
        if old:
            out.write_bytes(old)
        ended = in_a_child(bag, out, seconds=0.001 + duration * 1.2 * moment / MOMENTS)
        state = "none" if not out.exists() else "new" if file_sha256(out) == whole else "old" if out.read_bytes() == old else "broken"
        assert state in ({"new", "old"} if old else {"new", "none"})
        endings.add((ended, state))
        if not out.exists():
            out.touch()
    assert {state for _, state in endings} >= {"old", "none"}
    assert in_a_child(bag, out) == 0
    assert file_sha256(out) == whole


def test_a_full_disk_leaves_the_old_pack(bag: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.zip"
    out.write_bytes(b"the old pack")
    assert in_a_child(bag, out, limit=300_000) == 3
    assert out.read_bytes() == b"the old pack"
    assert [path.name for path in tmp_path.iterdir()] == ["pack.zip"]


def test_the_order_in_which_files_were_made_does_not_matter(bag: Path, tmp_path: Path) -> None:
    other = tmp_path / "pack"
    other.mkdir()
    for path in sorted(bag.rglob("*"), reverse=True):
        if path.is_file():
            (other / path.relative_to(bag)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, other / path.relative_to(bag))
    write_zip(bag, tmp_path / "one.zip")
    write_zip(other, tmp_path / "two.zip")
    assert file_sha256(tmp_path / "one.zip") == file_sha256(tmp_path / "two.zip")
