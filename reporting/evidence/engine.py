"""What computed a version: the engine with a digest of its own modules, Python, and the libraries it is built on."""

from __future__ import annotations

import hashlib
import platform
import re
from functools import cache
from importlib import metadata

import duckdb

import reporting
from reporting.database import PACKAGE
from reporting.digest import file_sha256
from reporting.evidence.formats import Engine

DISTRIBUTION = "ghg-reporting"


@cache
def engine() -> Engine:
    """The engine that runs now; neither it nor its libraries change while it runs."""
    return Engine(version=reporting.__version__, code=code_sha256(), python=platform.python_version(), libraries=libraries())


def code_sha256() -> str:
    """SHA-256 over the engine's Python modules, `<SHA-256>  <path>` line by line."""
    lines = [f"{file_sha256(path)}  {path.relative_to(PACKAGE).as_posix()}\n" for path in sorted(PACKAGE.rglob("*.py"))]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def libraries() -> dict[str, str]:
    """Name -> version of the libraries that the installed distribution asks for; DuckDB alone where it runs without being installed."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return {"duckdb": duckdb.__version__}
    names = sorted(re.split(r"[^A-Za-z0-9._-]", line)[0] for line in wanted if "extra ==" not in line)
    return {name: metadata.version(name) for name in names}
