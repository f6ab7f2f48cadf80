"""Fixtures shared by all tests: reference data, programs that may be missing, golden files."""

import gc
import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from memory import copied, remembered

from reporting import pipeline

pipeline.load_product = copied(pipeline.load_product)  # type: ignore[assignment]
pipeline.compute = remembered(pipeline.compute)  # before any other module takes it from there

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that writes golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files from what the code gives now")


def in_ci() -> bool:
    """Tell whether a missing program is a failure (CI=true or GHG_CI=1) and not a reason to skip."""
    return os.environ.get("CI") == "true" or os.environ.get("GHG_CI") == "1"


def installed(tool: str) -> bool:
    """Tell whether there is a program, a Python module or, for an absolute path, a file of that name."""
    if Path(tool).is_absolute():
        return Path(tool).is_file()
    return shutil.which(tool) is not None or importlib.util.find_spec(tool) is not None


def require(tool: str) -> None:
    """Skip the running test aloud, or fail it in CI, where a program, module or file is not installed."""
    if installed(tool):
        return
    reason = f"{tool} is not installed (make heavy-setup installs it)"
    if in_ci():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the modules that tests/slow.txt names, and put them first: what runs last, beside nothing else, is then short."""
    modules = set((ROOT / "tests" / "slow.txt").read_text(encoding="utf-8").split())
    for item in items:
        if item.path.stem in modules:
            item.add_marker("slow")
    items.sort(key=lambda item: item.path.stem not in modules)


def pytest_collection_finish() -> None:
    """Keep the collector of cycles off what lasts as long as the run: looking at it again and again took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_unconfigure() -> None:
    """Give all of it back to the collector before the process ends."""
    gc.unfreeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip aloud what is slow, but not in CI or where it is asked for; check the programs of @pytest.mark.heavy("soffice", "qpdf")."""
    if os.environ.get("GHG_SLOW") != "1" and item.get_closest_marker("slow") and not in_ci():
        pytest.skip("slow: runs in CI and with `make test-all`")
    for mark in item.iter_markers("heavy"):
        for tool in mark.args:
            require(tool)


@pytest.fixture
def heavy() -> Callable[[str], None]:
    """Give the check for a program that only a part of a test needs; called with its name, as "soffice"."""
    return require


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of reference data beside the checkout; skips aloud where it is missing."""
    folder = ROOT.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("no reference data: ../shared/reference is not beside this checkout")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give a comparison of a text with a file below tests; called with its name, as errors/intake/bomb.txt, and the text."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"no golden file {name}: make golden writes it"
        assert text == path.read_bytes().decode(), f"{name} differs: make golden writes it anew, then read the difference"

    return compare
