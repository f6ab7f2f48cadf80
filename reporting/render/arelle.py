"""Validation by Arelle (extra `ixbrl`): schema, dimensions, Calculations 1.1 and units, in a process of its own, without the network.

The taxonomy is what the user gives as packages. Formulas are left out: those of the taxonomies ask for a whole sustainability statement.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reporting.types import InputError, UsageError

FAULTS = {"error", "warning", "critical", "error-semantic", "assertion-unsatisfied", "inconsistency"}
SECONDS = 600
ENTRY_POINT = re.compile(rb"""href\s*=\s*["']([^"']+\.xsd)["']""")
MAX_METADATA = 1 << 20


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the validator."""

    severity: str
    code: str
    text: str
    file: str


def validate(documents: Sequence[Path], packages: Sequence[Path], left_out: Sequence[str] = ()) -> None:
    """Validate documents with taxonomy packages; raises InputError with the first fault, UsageError where it cannot be done."""
    faults = [message for message in messages(documents, packages, left_out) if message.severity in FAULTS]
    if faults:
        first, more = faults[0], f" (and {len(faults) - 1} more)" if faults[1:] else ""
        raise InputError(f"{first.file}: Arelle finds {first.severity} {first.code}: {first.text}{more}. Nothing was written")


def messages(documents: Sequence[Path], packages: Sequence[Path], left_out: Sequence[str] = ()) -> list[Message]:
    """What Arelle says of documents, in its order; raises UsageError where Arelle or the entry point of a document is not there.

    Files of the taxonomy whose names match a pattern of `left_out` are not loaded: validating half of the files costs half of the time.
    """
    if find_spec("arelle") is None:
        raise UsageError('Arelle is not installed, which --taxonomy needs. fix: install "ghg-reporting[ixbrl]"')
    known = {point for package in packages for point in entry_points(package)}
    for document in documents:
        wanted = re.search(rb'schemaRef[^>]*href="([^"]+)"', document.read_bytes())
        if wanted is None or wanted[1].decode() not in known:
            name = wanted[1].decode() if wanted else "no entry point"
            raise UsageError(
                f"{document.name} refers to {name}, which none of the taxonomy packages holds. "
                "fix: give its package, or choose with --framework"
            )
    return _run(documents, packages, left_out)


def entry_points(package: Path) -> set[str]:
    """The entry points that a taxonomy package declares; raises UsageError for what is no package."""
    try:
        with zipfile.ZipFile(package) as archive:
            names = [name for name in archive.namelist() if name.endswith("META-INF/taxonomyPackage.xml")]
            if not names or archive.getinfo(names[0]).file_size > MAX_METADATA:
                raise UsageError(
                    f"{package} is no taxonomy package: META-INF/taxonomyPackage.xml is missing. fix: give the publisher's ZIP file"
                )
            return {found.decode() for found in ENTRY_POINT.findall(archive.read(names[0]))}
    except FileNotFoundError:
        raise UsageError(f"{package} is not there. fix: give the publisher's taxonomy package, a ZIP file") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{package} cannot be read as a ZIP file ({error}). fix: give the publisher's taxonomy package") from None


def _run(documents: Sequence[Path], packages: Sequence[Path], left_out: Sequence[str]) -> list[Message]:
    with tempfile.TemporaryDirectory(prefix="ghg-arelle-") as place:
        log = Path(place) / "log.json"
        files, zips = ("|".join(str(path.resolve()) for path in paths) for paths in (documents, packages))
        command = [
            sys.executable, "-m", "arelle.CntlrCmdLine", "--internetConnectivity=offline", "--disablePersistentConfig",
            f"--packages={zips}", f"--file={files}",
            "--validate", "--utr", "--calc=c11r", "--formula=none", f"--logFile={log}",
            *([f"--skipLoading={'|'.join(left_out)}"] if left_out else []),
        ]  # fmt: skip
        env = {"PATH": os.environ.get("PATH", ""), "HOME": place, "XDG_CONFIG_HOME": place, "LC_ALL": "C.UTF-8", "PYTHONPATH": _home()}
        try:
            ended = subprocess.run(command, cwd=place, env=env, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise UsageError(f"Arelle did not end within {SECONDS} s. fix: validate fewer documents at a time (--framework)") from None
        told = log.read_text(encoding="utf-8") if log.is_file() else ""
        try:
            found = [_message(entry) for entry in json.loads(told)["log"]]
        except (json.JSONDecodeError, KeyError):
            last = " ".join(ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:])
            raise UsageError(f"Arelle ended with {ended.returncode} and no log ({last}). fix: install arelle-release again") from None
    if sum(message.code == "info" and "validated in" in message.text for message in found) != len(documents):
        raise UsageError("Arelle did not say that it validated each document. fix: install arelle-release again")
    return found


def _home() -> str:
    """Where Arelle lies: a home of its own would hide what is installed for the user alone."""
    spec = find_spec("arelle")
    return str(Path(spec.origin).parents[1]) if spec and spec.origin else ""


def _message(entry: dict[str, object]) -> Message:
    told = entry.get("message")
    text = str(told.get("text", "")) if isinstance(told, dict) else str(told)
    refs = entry.get("refs")
    place = str(refs[0].get("href", "")) if isinstance(refs, list) and refs and isinstance(refs[0], dict) else ""
    return Message(str(entry.get("level", "")), str(entry.get("code", "")), " ".join(text.split())[:400], place.partition("#")[0])
