"""A process that publishes in forked children and kills them: `python crash_publish.py SCRATCH` prints what it saw as JSON.

The inventory is computed once, before any fork, on one thread; a child then does all that publishing does beside computing.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from inventories import DIESEL, compute, table, write
from registers import PERIOD, burn

from reporting import cli
from reporting.evidence import publication, register
from reporting.evidence.engine import engine
from reporting.evidence.integrity import all_faults
from reporting.evidence.register import home_of, versions
from reporting.pipeline import Result
from reporting.render import figures
from reporting.setting import write_settings
from reporting.types import InputError

MOMENTS = 50
CHANGES = {
    "os.rename",
    "os.remove",
    "os.link",
    "os.mkdir",
    "os.chmod",
    "os.rmdir",
    "shutil.rmtree",
    "shutil.copyfile",
    "tempfile.mkstemp",
    "open",
}
REASON = "late bill"
RESULT: list[Result] = []
"""What was computed before any fork."""


def child(action: Callable[[], object]) -> int:
    """Run an action in a forked child and give its process id; exit code 0 where it came to its end."""
    process = os.fork()
    if process:
        return process
    code = 9
    try:
        action()
        code = 0
    except (InputError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        code = 3
    except SystemExit as stop:
        code = int(str(stop.code or 0))
    finally:
        if code == 9:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a child: its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def publish(folder: Path, period: str = PERIOD) -> None:
    """Publish with what was computed before the fork."""
    register.publish(folder, period, reason=REASON, formats=["json"])


def killed_at(step: int) -> Callable[[str, tuple[object, ...]], None]:
    """An audit hook that ends the process, as kill -9 does, before its n-th change of the file system."""
    left = [step]

    def hook(event: str, _: tuple[object, ...]) -> None:
        if event in CHANGES:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def with_hook(folder: Path, step: int) -> None:
    sys.addaudithook(killed_at(step))
    publish(folder)


def counted(folder: Path) -> int:
    """How many changes of the file system one publication makes."""
    count = [0]

    def hook(event: str, _: tuple[object, ...]) -> None:
        count[0] += event in CHANGES

    def run() -> None:
        sys.addaudithook(hook)
        publish(folder)
        (folder / "count").write_text(str(count[0]), encoding="utf-8")

    assert ended(child(run)) == 0
    return int((folder / "count").read_text(encoding="utf-8"))


def repeated(folder: Path) -> int:
    """Publish again here, and take back what that did to the tables that every child starts from; 0 where it succeeded."""
    connection = RESULT[0].connection
    connection.execute("begin")
    try:
        publish(folder)
    except (InputError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 3
    finally:
        connection.execute("rollback")
    return 0


def after(folder: Path) -> dict[str, object]:
    """What a reader finds, then what a repeat makes of it."""
    names = [version.name for version in versions(folder)]
    faults = [fault.message for fault in all_faults(home_of(folder)) if "no line of the register names it" not in fault.message]
    repeat = repeated(folder)
    left = sorted(path.name for path in home_of(folder).rglob(".*") if path.name != ".lock")
    return {
        "versions": names, "faults": faults, "repeat": repeat, "left": left,
        "then": [version.name for version in versions(folder)], "then_faults": [fault.message for fault in all_faults(home_of(folder))],
    }  # fmt: skip


def crashes(folder: Path, scratch: Path) -> list[dict[str, object]]:
    """Kill publications before changes of the file system spread over all of them, the last ones densely, and at moments of the clock."""
    start = time.monotonic()
    steps = counted(shutil.copytree(folder, scratch / "count"))
    lasts = time.monotonic() - start
    chosen = [steps * place // 10 + 1 for place in range(10)] + list(range(steps - 59, steps + 1, 2))
    told = []
    for number, step in enumerate(chosen):
        copy = shutil.copytree(folder, scratch / f"step{number}")
        code = ended(child(lambda copy=copy, step=step: with_hook(copy, step)))  # type: ignore[misc]
        told.append({"killed": f"before change {step} of {steps}", "code": code, **after(copy)})
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    for number in range(MOMENTS - len(chosen)):
        copy = shutil.copytree(folder, scratch / f"time{number}")
        process = child(lambda copy=copy: publish(copy))  # type: ignore[misc]
        time.sleep(chance.uniform(0, lasts))
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        told.append({"killed": "by the clock", "code": ended(process), **after(copy)})
    return told


def together(folder: Path, scratch: Path) -> list[dict[str, object]]:
    """Two publications of one period at once, and two of different periods at once."""
    told = []
    for number, periods in enumerate([(PERIOD, PERIOD), (PERIOD, "2026-Q4")]):
        copy = shutil.copytree(folder, scratch / f"two{number}")
        processes = [child(lambda copy=copy, period=period: publish(copy, period)) for period in periods]  # type: ignore[misc]
        codes = [ended(process) for process in processes]
        told.append({"codes": codes, **after(copy)})
    return told


def full_disk(folder: Path, scratch: Path) -> list[dict[str, object]]:
    """Publications that may write files of so many bytes only, as on a full disk, through the command."""
    told = []
    for number, size in enumerate((10, 400, 2_000, 9_000)):
        copy = shutil.copytree(folder, scratch / f"full{number}")
        reading, writing = os.pipe()

        def run(copy: Path = copy, writing: int = writing, size: int = size) -> None:
            os.dup2(writing, 2)
            sys.argv = ["ghg", "publish", str(copy), "--period", PERIOD, "--reason", REASON, "--format", "json"]
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            cli.main()

        code = ended(child(run))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as said:
            told.append({"size": size, "code": code, "said": said.read(), **after(copy)})
    return told


def begin(scratch: Path, result: Result) -> Path:
    """An inventory of which two versions are published, and a third is due."""
    folder = inventory(scratch / "inventory")
    result.connection.execute("set threads = 1")
    for litres in (110, 120, 130):
        burn(folder, litres)
        if litres < 130:
            assert ended(child(lambda: publish(folder))) == 0
    return folder


def inventory(folder: Path) -> Path:
    """A small inventory without a register."""
    return write(folder, {"activity/s.csv": table(DIESEL.format(100))})


def main() -> None:
    """Compute once, and ask once what stands beside the figures, then do everything: what is left for each child is the writing."""
    scratch = Path(sys.argv[1])
    result = compute(inventory(scratch / "bare"), ["2026-Q4"])
    RESULT.append(result)
    write_settings(result, PERIOD, "")
    said = {period: figures.beside(result.connection, period) for period in (PERIOD, "2026-Q4")}
    engine()
    with (
        mock.patch.object(figures, "beside", lambda _, period: said[period]),
        mock.patch.multiple(
            publication,
            compute=lambda *_, **__: result,
            table_digests=lambda _: {},
            product_files=lambda: {"product/shelf.py": Path(__file__)},
        ),
    ):
        folder = begin(scratch, result)
        told = {action.__name__: action(folder, scratch) for action in (crashes, together, full_disk)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
