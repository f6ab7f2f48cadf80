"""The data folders are found in a checkout, an editable installation and an installed wheel, and their absence is an error."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from reporting import resources

FOLDERS: tuple[resources.DataFolder, ...] = ("factors", "schemas", "templates", "samples")
PRINT_FOLDERS = f"from reporting.resources import folder\nfor name in {FOLDERS}: print(folder(name))"


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command and give what it prints; what it wrote to stderr is shown when it fails."""
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Give the Python of an empty virtual environment that sees this one's packages, but not its editable installation of the project."""
    run(sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    # A folder that a .pth file names is searched, but the .pth files in it (editable installations) are not read.
    Path(site, "neighbour.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def install(python: Path, what: Path, *options: str, cwd: Path) -> None:
    run(
        python,
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "--ignore-installed",
        *options,
        what,
        cwd=cwd,
    )


def committed_data(root: Path) -> set[str]:
    """Give the data files that git tracks, relative to the checkout."""
    names = run("git", "-c", "safe.directory=*", "ls-files", "-z", *FOLDERS, cwd=root).split("\0")
    return {name for name in names if name and (root / name).is_file()}


def expected(home: Path) -> list[str]:
    return [str(home / name) for name in FOLDERS]


@pytest.mark.parametrize("name", FOLDERS)
def test_checkout(name: resources.DataFolder, root: Path) -> None:
    assert resources.folder(name) == root / name


@pytest.mark.heavy("hatchling", "pip")
def test_installed_wheel(python: Path, root: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist", cwd=root)
    (wheel,) = (tmp_path / "dist").glob("ghg_reporting-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert committed_data(root) <= {name.removeprefix("reporting/_data/") for name in archive.namelist()}
    install(python, wheel, cwd=tmp_path)
    found = run(python, "-c", PRINT_FOLDERS, cwd=tmp_path).split("\n")[:-1]
    assert [Path(line).parts[-4:] for line in found] == [("site-packages", "reporting", "_data", name) for name in FOLDERS]
    assert all(Path(line).is_relative_to(tmp_path / "venv") for line in found)


@pytest.mark.heavy("hatchling", "editables", "pip")
def test_editable_installation(python: Path, root: Path, tmp_path: Path) -> None:
    install(python, root, "--editable", cwd=tmp_path)
    assert run(python, "-c", PRINT_FOLDERS, cwd=tmp_path).split("\n")[:-1] == expected(root)


def test_missing_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "reporting"
    (tmp_path / "factors").mkdir()  # some other project's folder: no pyproject.toml lies beside it
    monkeypatch.setattr("reporting.__file__", str(package / "__init__.py"))
    with pytest.raises(FileNotFoundError, match=r"'factors' of ghg-reporting is missing: there is neither .*_data/factors nor"):
        resources.folder("factors")


def test_kept_factors_stand_in_for_the_shipped_ones_and_for_nothing_else(tmp_path: Path) -> None:
    shipped = resources.folder("factors")
    with resources.pinned(tmp_path):
        assert resources.folder("factors") == tmp_path
        assert resources.folder("schemas") != tmp_path
    assert resources.folder("factors") == shipped
