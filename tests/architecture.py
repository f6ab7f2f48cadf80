"""The rules of the house as functions: each takes a file's path and text and gives its offences, so that a planted fault can test it."""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Rule = Callable[[str, str], list[str]]

MAX_LINES = 300
ONE_FILE = {"reporting/evidence/standalone/verify.py"}  # it is handed to auditors on its own, and imports nothing of ours
# Who may not import whom: the calculation knows nothing of how it is shown, and what shows it reads tables and never source files.
CALCULATION = (
    "intake",
    "connectors",
    "stages",
    "checks",
    "standards",
    "frameworks",
    "database",
    "digest",
    "exact_yaml",
    "findings",
    "inventory",
    "types",
)
FORBIDDEN_IMPORTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CALCULATION, ("render", "evidence", "systems", "pipeline", "cli")),
    "importers": ("render", "evidence", "systems", "pipeline", "cli"),
    "render": ("intake", "connectors", "importers", "evidence", "systems", "cli"),
    "evidence": ("intake", "connectors", "importers", "cli"),
    "resources": ("*",),
}
FLOAT_MAY_STAY = re.compile(r"reporting/render/(charts?|shapes|series)\w*\.py")  # coordinates of a drawing are not figures
CLOCK_MAY_STAY = "reporting/evidence/event_date.py"  # the day on which somebody signs off is a fact of that day, and reaches no figure
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "uuid1", "uuid4", "urandom"}
VAGUE_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)$")
STAGE_NAME = re.compile(r"\d\d_[a-z0-9_]+\.sql")

# Written in pieces, so that this file passes its own check.
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "op" + "t")) + r")(?=/|[\s\"'`)]|$)", re.MULTILINE
)
INDEX_HOST = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted", "deb" + r"\.debian", "registry" + r"\.npmjs", "artifact" + "-?registry"))
)
OUTSIDE_TEXT = re.compile(r"\b(?:" + "|".join(("DES" + "IGN", "STY" + "LE", "CONT" + "RACT")) + r")(?:\.md|,? section)\b")


def package_of(module: str) -> str:
    """Give the part below reporting that a dotted module name belongs to, '' for reporting itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "reporting" else ""


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and part of every import from reporting."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, package_of(name.name)) for name in node.names if name.name.startswith("reporting."))
        elif isinstance(node, ast.ImportFrom) and node.module == "reporting":
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reporting."):
            yield node.lineno, package_of(node.module or "")


def import_direction(path: str, text: str) -> list[str]:
    """Check that a lower part of the program does not import a higher one."""
    own = path.removeprefix("reporting/").removesuffix(".py").split("/")[0]
    forbidden = FORBIDDEN_IMPORTS.get(own, ())
    found = imported(ast.parse(text))
    return [f"{path}:{line}: {own} imports reporting.{part}" for line, part in found if part in forbidden or (forbidden == ("*",) and part)]


def third_party(text: str) -> set[str]:
    """Give the top-level modules that a file imports from outside the standard library and the project."""
    nodes = list(ast.walk(ast.parse(text)))
    plain = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    modules = plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {"reporting", "_typeshed"}


def broad_except(path: str, text: str) -> list[str]:
    """Check that no handler catches everything: a fault in the program is not a finding about the data."""
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    broad = {"Exception", "BaseException"}
    names = [(node.lineno, {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else broad) for node in handlers]
    return [f"{path}:{line}: catches everything" for line, caught in names if caught & broad]


def calls(text: str) -> Iterator[tuple[int, ast.expr, list[ast.expr]]]:
    """Give line, callee and positional arguments of every call."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield node.lineno, node.func, node.args


def inexact_number(path: str, text: str) -> list[str]:
    """Check that no binary fraction makes a figure: neither float(...) nor Decimal of a float literal."""
    if FLOAT_MAY_STAY.fullmatch(path):
        return []
    named = [(line, callee.id, arguments) for line, callee, arguments in calls(text) if isinstance(callee, ast.Name)]
    return [
        f"{path}:{line}: {name}() makes a binary fraction"
        for line, name, arguments in named
        if name == "float"
        or (name == "Decimal" and arguments and isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, float))
    ]


def clock(path: str, text: str) -> list[str]:
    """Check that there is no clock and no chance: SOURCE_DATE_EPOCH is the only time there is."""
    if path == CLOCK_MAY_STAY:
        return []
    attributes = [(line, callee.attr, callee.value) for line, callee, _ in calls(text) if isinstance(callee, ast.Attribute)]
    owners = {"datetime", "date", "time", "uuid", "os", "random", "secrets"}
    return [
        f"{path}:{line}: {ast.unparse(owner)}.{name}() differs from run to run"
        for line, name, owner in attributes
        if ast.unparse(owner).split(".")[-1] in owners and (name in CLOCKS or ast.unparse(owner) in {"random", "secrets"})
    ]


def assembled_sql(path: str, text: str) -> list[str]:
    """Check that no SQL is put together from strings: parameters and tables carry what varies."""
    return [
        f"{path}:{line}: SQL assembled from strings"
        for line, callee, arguments in calls(text)
        if isinstance(callee, ast.Attribute) and callee.attr in {"execute", "executemany", "sql", "query"} and arguments
        if isinstance(arguments[0], ast.JoinedStr | ast.BinOp)
        or (
            isinstance(arguments[0], ast.Call)
            and isinstance(arguments[0].func, ast.Attribute)
            and arguments[0].func.attr in {"format", "join"}
        )
    ]


def length(path: str, text: str) -> list[str]:
    """Check that a file can be read in one sitting."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines, more than {MAX_LINES}"] if lines > MAX_LINES and path not in ONE_FILE else []


def vague_name(path: str, text: str) -> list[str]:  # noqa: ARG001
    """Check that a file's name says what is in it."""
    parts = path.removesuffix(".py").split("/")
    return [f"{path}: {part!r} says nothing" for part in parts if VAGUE_NAMES.search(part)]


def foreign_text(path: str, text: str) -> list[str]:
    """Check that a file names no path of one machine, no package index and no document outside the repository."""
    kinds = (("a path of one machine", MACHINE_PATH), ("a package index", INDEX_HOST), ("a document outside the repository", OUTSIDE_TEXT))
    found = ((what, match) for what, pattern in kinds for match in pattern.finditer(text))
    return [f"{path}:{text.count(chr(10), 0, match.start()) + 1}: names {what}: {match.group().strip()}" for what, match in found]


PYTHON_RULES: tuple[Rule, ...] = (
    import_direction,
    broad_except,
    inexact_number,
    clock,
    assembled_sql,
    vague_name,
)


def stage_tables(text: str) -> tuple[set[str], set[str]]:
    """Give the tables and views that a stage makes and every name that it reads from, comments left out."""
    code = re.sub(r"--[^\n]*", "", text).lower()
    made = re.findall(
        r"\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?([a-z_][a-z0-9_]*)", code
    )
    read = re.findall(r"\b(?:from|join)\s+([a-z_][a-z0-9_]*)\b(?!\s*\()", code)
    common = re.findall(r"\b([a-z_][a-z0-9_]*)\s+as\s+(?:(?:not\s+)?materialized\s*)?\(", code)
    return set(made), set(read) - set(common)


def stage_order(stages: Mapping[str, str]) -> list[str]:
    """Check that what makes a table has a number and reads what an earlier one made; the mapping is file name to text."""
    # A file without a number is a question to a finished build, such as trace.sql: it makes nothing.
    offences = [
        f"{name}: makes a table and has no number" for name in stages if not STAGE_NAME.fullmatch(name) and stage_tables(stages[name])[0]
    ]
    numbered = sorted(name for name in stages if STAGE_NAME.fullmatch(name))
    made_by: dict[str, str] = {}
    for name in numbered:
        for table in sorted(stage_tables(stages[name])[0]):
            if table in made_by:
                offences.append(f"{name}: makes {table}, which {made_by[table]} makes too")
            made_by.setdefault(table, name)
    for name in numbered:
        read = sorted(stage_tables(stages[name])[1])
        offences += [f"{name}: reads {table}, which {made_by[table]} makes later" for table in read if made_by.get(table, "") > name]
    return offences


def stage_runs(text: str) -> list[tuple[int, int]]:
    """Give the ranges of stage numbers that a file runs, run_stages(connection, first, last), from top to bottom."""
    runs = [(line, arguments[1:3]) for line, callee, arguments in calls(text) if ast.unparse(callee) == "run_stages"]
    ranges = [(line, [word.value for word in words if isinstance(word, ast.Constant)]) for line, words in runs]
    return [(int(str(numbers[0])), int(str(numbers[1]))) for _, numbers in sorted(ranges) if len(numbers) == 2]


def run_once(pipeline: str, others: str, stages: list[str]) -> list[str]:
    """Check that each stage is run once, by number range in pipeline.py or by name there or in the other files, and ranges ascend."""
    ranges = stage_runs(pipeline)
    named = re.findall(r"[\"'](\d\d_[a-z0-9_]+\.sql)[\"']", pipeline + others)
    runs = {name: named.count(name) + sum(first <= int(name[:2]) <= last for first, last in ranges) for name in sorted(stages)}
    counted = [f"{name}: run {count} times" for name, count in runs.items() if count != 1]
    return counted + [f"stages {b[0]} to {b[1]} run after {a[0]} to {a[1]}" for a, b in pairwise(ranges) if a[1] >= b[0]]


def unknown_recipes(prose: str, makefile: str) -> list[str]:
    """Check that every `make <recipe>` at the start of a line or in backticks is a recipe of the Makefile."""
    recipes = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    said = set(re.findall(r"(?:^\s*\$?\s*|`)make ([a-z][a-z-]*)", prose, re.MULTILINE))
    return sorted(f"make {name}: no such recipe" for name in said - recipes)


def lock_faults(text: str) -> list[str]:
    """Check that every requirement of a lock is one exact version with hashes, and nothing in it says where to fetch from."""
    logical = re.sub(r"\\\n\s*", " ", text)
    requirements = [line for line in logical.splitlines() if line and line[0] not in "# -"]
    names = [line.split(" --hash")[0].strip() for line in requirements]
    unpinned = [f"{name}: not pinned" for name in names if "==" not in name.split(";")[0]]
    unhashed = [f"{name}: no hash" for name, line in zip(names, requirements, strict=True) if "--hash=sha256:" not in line]
    places = sorted(set(re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)))
    return unpinned + unhashed + [f"names a place: {place}" for place in places]


def unlocked(wanted: list[str], lock: str) -> list[str]:
    """Check that every requirement of the project file is met by a version that the lock pins."""
    pins = [Requirement(line.removesuffix(" \\")) for line in lock.splitlines() if line and line[0] not in " #-"]
    versions = {canonicalize_name(pin.name): [spec.version for spec in pin.specifier] for pin in pins}
    requirements = [Requirement(line) for line in wanted]
    found = [(requirement, versions.get(canonicalize_name(requirement.name), [])) for requirement in requirements]
    return [
        f"{requirement}: the lock pins {pinned}" for requirement, pinned in found if not any(v in requirement.specifier for v in pinned)
    ]
