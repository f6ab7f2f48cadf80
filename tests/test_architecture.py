"""The files of the repository keep the rules of the house, and every rule finds a planted fault."""

import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import architecture
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def committed(root: Path) -> list[Path]:
    """Give the files that git tracks and that are still there."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")  # noqa: S603
    return [root / name for name in names if name and (root / name).is_file()]


def texts(root: Path, *suffixes: str, under: str = "") -> list[tuple[str, str]]:
    """Give path and text of the committed text files, optionally only those under a folder and with one of the suffixes."""
    files = [path for path in committed(root) if path.relative_to(root).as_posix().startswith(under)]
    chosen = [path for path in files if not suffixes or path.suffix in suffixes]
    contents = [(path.relative_to(root).as_posix(), path.read_bytes()) for path in chosen]
    return [(name, content.decode("utf-8", "replace")) for name, content in contents if b"\0" not in content]


def stages(root: Path) -> dict[str, str]:
    """Give name and text of the committed stage files."""
    return {Path(name).name: text for name, text in texts(root, ".sql", under="reporting/stages/")}


@pytest.mark.parametrize("rule", architecture.PYTHON_RULES)
def test_python_files_keep_the_rule(rule: architecture.Rule, root: Path) -> None:
    files = texts(root, ".py", under="reporting/")
    assert files
    assert [offence for name, text in files for offence in rule(name, text)] == []


def test_no_file_is_too_long(root: Path) -> None:
    files = texts(root, ".py", ".sql", under="reporting/")
    assert [offence for name, text in files for offence in architecture.length(name, text)] == []


def test_what_is_committed_speaks_of_the_product_alone(root: Path) -> None:
    files = texts(root)
    assert files
    assert [offence for name, text in files for offence in architecture.foreign_text(name, text)] == []


def test_stages_read_what_earlier_stages_made(root: Path) -> None:
    assert architecture.stage_order(stages(root)) == []


def test_every_stage_is_run_once_in_order(root: Path) -> None:
    files = {name: text for name, text in texts(root, ".py", under="reporting/") if name.count("/") == 1}
    pipeline = files.pop("reporting/pipeline.py")
    names = [name for name in stages(root) if architecture.STAGE_NAME.fullmatch(name)]
    assert architecture.stage_runs(pipeline)
    assert architecture.run_once(pipeline, "\n".join(files.values()), names) == []


def test_the_recipes_that_the_documents_name_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    documents = texts(root, ".md")
    assert [offence for _, text in documents for offence in architecture.unknown_recipes(text, makefile)] == []


def test_locks_pin_by_hash_and_name_no_place(root: Path) -> None:
    for name in ("requirements.lock", "requirements-heavy.lock"):
        assert architecture.lock_faults((root / name).read_text(encoding="utf-8")) == []


def undeclared(root: Path, folder: str, extras: set[str]) -> set[str]:
    """Give the modules that the files of a folder import and that no declared dependency brings."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = sum((project["optional-dependencies"][extra] for extra in extras), project["dependencies"])
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    files = texts(root, ".py", under=folder)
    own = {Path(name).stem for name, _ in files} | {part for name, _ in files for part in Path(name).parent.parts}
    homes = packages_distributions()
    modules = set().union(*(architecture.third_party(text) for _, text in files)) - own
    return {module for module in modules if not declared & {canonicalize_name(home) for home in homes.get(module, [])}}


def test_every_import_is_a_declared_dependency(root: Path) -> None:
    assert undeclared(root, "reporting/", {"sign"}) == set()
    assert undeclared(root, "tests/", {"test", "sign"}) == set()


def test_locks_meet_the_project_file(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + [
        line for extra in ("test", "lint", "sign") for line in project["project"]["optional-dependencies"][extra]
    ]
    assert architecture.unlocked(wanted, (root / "requirements.lock").read_text(encoding="utf-8")) == []
    heavy = (root / "requirements-heavy.lock").read_text(encoding="utf-8")
    assert architecture.unlocked(project["dependency-groups"]["heavy"], heavy) == []


FAULTS = [
    (architecture.import_direction, "reporting/intake/a.py", "from reporting.render import pdf\n"),
    (architecture.import_direction, "reporting/connectors/a.py", "def f() -> None:\n    import reporting.evidence.pack\n"),
    (architecture.import_direction, "reporting/stages/__init__.py", "from reporting import render\n"),
    (architecture.import_direction, "reporting/render/pdf.py", "from reporting.intake.load import load\n"),
    (architecture.import_direction, "reporting/resources.py", "from reporting import database\n"),
    (architecture.broad_except, "reporting/a.py", "try:\n    f()\nexcept Exception:\n    pass\n"),
    (architecture.broad_except, "reporting/a.py", "try:\n    f()\nexcept (ValueError, BaseException) as error:\n    pass\n"),
    (architecture.broad_except, "reporting/a.py", "try:\n    f()\nexcept:\n    pass\n"),
    (architecture.inexact_number, "reporting/a.py", "value = float(text)\n"),
    (architecture.inexact_number, "reporting/a.py", "value = Decimal(0.1)\n"),
    (architecture.clock, "reporting/a.py", "stamp = datetime.datetime.now(tz=UTC)\n"),
    (architecture.clock, "reporting/a.py", "stamp = time.time()\n"),
    (architecture.clock, "reporting/a.py", "pick = random.choice(rows)\n"),
    (architecture.assembled_sql, "reporting/a.py", "con.execute(f'select * from {table}')\n"),
    (architecture.assembled_sql, "reporting/a.py", "con.sql('select * from ' + table)\n"),
    (architecture.assembled_sql, "reporting/a.py", "con.execute('select * from {}'.format(table))\n"),
    (architecture.length, "reporting/a.sql", "select 1;\n" * 301),
    (architecture.vague_name, "reporting/date_utils.py", ""),
    (architecture.vague_name, "reporting/helpers/a.py", ""),
    (architecture.foreign_text, "docs/a.md", "line\nsee /" + "work/plan\n"),
    (architecture.foreign_text, "docs/a.md", "cd /" + "root\n"),
    (architecture.foreign_text, "a.lock", "--index-url https://py" + "pi.org/simple\n"),
    (architecture.foreign_text, "a.sql", "-- see DES" + "IGN section 6\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), FAULTS)
def test_a_planted_fault_is_found(rule: architecture.Rule, path: str, text: str) -> None:
    (offence,) = rule(path, text)
    assert offence.startswith(path)


CLEAN = [
    (architecture.import_direction, "reporting/cli.py", "from reporting.render import pdf\n"),
    (architecture.inexact_number, "reporting/render/charts.py", "x = float(value)\n"),
    (architecture.inexact_number, "reporting/a.py", "x = Decimal('0.1')\n"),
    (architecture.clock, "reporting/a.py", "period.time()\n"),
    (architecture.broad_except, "reporting/a.py", "try:\n    f()\nexcept ValueError:\n    pass\n"),
    (architecture.assembled_sql, "reporting/a.py", "con.execute('select ?', [value])\n"),
    (architecture.foreign_text, "a.py", "xl/workbook.xml ../shared https://example.org/home/page net/work hours/work\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), CLEAN)
def test_a_clean_file_is_left_alone(rule: architecture.Rule, path: str, text: str) -> None:
    assert rule(path, text) == []


def test_planted_faults_in_the_order_of_stages() -> None:
    first = "create table a as select 1;"
    assert architecture.stage_order({"20_a.sql": first, "30_b.sql": "create table b as with c as (select * from a) select * from c"}) == []
    assert architecture.stage_order({"20_b.sql": "create table b as from a", "30_a.sql": first}) == [
        "20_b.sql: reads a, which 30_a.sql makes later"
    ]
    assert architecture.stage_order({"20_a.sql": first, "30_a.sql": first}) == ["30_a.sql: makes a, which 20_a.sql makes too"]
    assert architecture.stage_order({"a.sql": first, "trace.sql": "from a"}) == ["a.sql: makes a table and has no number"]


def test_planted_faults_in_the_running_of_stages() -> None:
    names = ["02_a.sql", "20_b.sql", "30_c.sql"]
    good = "run_file(connection, STAGES / '02_a.sql')\nrun_stages(connection, 20, 29)\nrun_stages(connection, 30, 99, progress)\n"
    assert architecture.run_once(good, "", names) == []
    assert architecture.run_once(good, "'20_b.sql'", names) == ["20_b.sql: run 2 times"]
    assert architecture.run_once(good, "", [*names, "12_d.sql"]) == ["12_d.sql: run 0 times"]
    turned = "'02_a.sql'\nrun_stages(connection, 30, 99)\nrun_stages(connection, 20, 29)\n"
    assert architecture.run_once(turned, "", names) == ["stages 20 to 29 run after 30 to 99"]


def test_a_recipe_that_is_missing_is_found() -> None:
    assert architecture.unknown_recipes("    make demo\nor `make tea`, and make sure\n", "demo: setup\n") == ["make tea: no such recipe"]


def test_planted_faults_in_a_lock() -> None:
    good = "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via b\n"
    assert architecture.lock_faults(good) == []
    assert architecture.lock_faults(good + "c==2\n") == ["c==2: no hash"]
    assert architecture.lock_faults(good.replace("a==1", "a>=1")) == ["a>=1: not pinned"]
    assert architecture.lock_faults(good.replace("a==1", "a @ file:///x")) == ["a @ file:///x: not pinned", "names a place: ://"]
    assert architecture.lock_faults("--find-links wheels\n" + good) == ["names a place: --find-links"]
    assert architecture.unlocked(["A>=1,<2"], good) == []
    assert architecture.unlocked(["a>=2", "z"], good) == ["a>=2: the lock pins ['1']", "z: the lock pins []"]


def test_the_modules_that_a_file_imports() -> None:
    assert architecture.third_party("import os, yaml.nodes\nfrom duckdb import connect\nfrom reporting import x\n") == {"yaml", "duckdb"}
