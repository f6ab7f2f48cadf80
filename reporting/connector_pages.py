"""docs/formats: one page per connector, made from the headers of the SQL files; `python -m reporting.connector_pages` writes them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reporting.database import PACKAGE, header

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "docs" / "formats"
PROSE = re.compile(r"-- (?![a-z_]+: )(.*)")
KEYS = {
    "formats": "Files",
    "records": "Where the records are",
    "natural_key": "Natural key",
    "one": "Column that holds one value a file",
    "fuel": "Column of the fuel",
    "outer": "Read beside the records",
    "required": "Columns it needs",
    "lacks": "A file without them",
    "lines": "Columns that its lines need",
    "columns": "Columns it knows",
    "numbers": "Columns of numbers",
    "dates": "Columns of dates",
    "private": "Private columns",
    "time": "Times",
    "constants": "Constants it takes",
    "options": "Options",
    "rank": "Rank where the source names none",
    "gives": "Gives",
    "places": "Reference tables it reads",
    "seen": "Seen in",
}
INTRODUCTION = """# File formats

Made from the headers of `reporting/connectors/*.sql` by `python -m reporting.connector_pages`; a test holds them to be current.

A source of inventory.yaml names its connector. `constants` give what the file does not say (site, hosting, system, coverage ...).

| connector | files | what |
|---|---|---|
"""
GRID = """
Intensity of the grid by the hour, named under `hourly` of inventory.yaml ([docs/scope2.md](../scope2.md)):

| connector | files | what |
|---|---|---|
"""
TRAPS = """
## Traps that it knows

Each has a test that opens it again (`tests/traps`) and sees another total.

"""
RULES = """
## What holds for all of them

* Files are read as a stream, cells are kept as text, records are numbered. What cannot be read is a finding; the other files go on.
* JSON and XML: nested names are joined by dots; a name that begins with `/` is of what the record stands in; `records` of the source takes
  the place of the connector's path. Several kinds of records are told apart by the column `/element`.
* Columns that a connector does not know are a note, columns that it needs and does not find are an error.
* What two files of a source say of one thing, by the natural key, counts once. The newest says it: by version where the format has one,
  else the last file by name. The same again is a warning (`intake/row-again`), another value is a restatement (`intake/row-restated`), and
  the old row is kept.
* Private columns are dropped, or their values replaced, when a file is read, unless the source says `keep_private: true`. The file stays as
  received. See below.
* An answer of an API that says that more pages follow is an error (`intake/page-missing`) where no file of the source is the last page.
* Numbers and dates of a connector's columns are read as the source writes them (`decimal_comma`, `thousands`, `date_format`). A number that
  is not written so is an error: 1.234 is never taken for 1234 or for 1.234 unless the source says which.
* Times without offset need `time_zone`.

## Private columns and private.key

Coordinates, names, addresses and comments are dropped, and so is, in a file of any connector, a column that nothing maps and whose name
ends with a word of `reporting/standards/private_columns.csv` (e-mail, latitude, phone, surname ...); where it is part of `natural_key` it
is replaced. Account numbers, projects, users, cards and the like must still be told apart: they are replaced (`hash` on the pages). A plain
hash would not do: the twelve digits of an account are found by trying all of them.

* With a key: `private.key`, a file beside inventory.yaml with a secret of 32 to 4096 characters, for instance of
  `python -c "import secrets; print(secrets.token_hex(32))"`. Every value becomes `hmac:` and 16 digits of its HMAC-SHA256 (RFC 2104)
  under the key: the same in every file, on every machine and in every version that is computed with the key, and nothing to others.
* Without one: every value becomes `private-1`, `private-2` ... in the order in which the files show them. The same files in the same order
  give the same numbers, another file may shift them. No figure depends on it, but exclusions, corrections, `roles` and `coverage` must not
  name such a number (`intake/private-number-named`): give a key before you do.
* The key is no input: no version, pack, table, log or document holds it, no source may name it. `ghg publish`, `ghg pack` and
  `ghg diff` take it from the inventory folder; keep a copy where other secrets are kept, and out of version control. A version is packed
  anew with the key with which it was published; with another one its tables do not come out, and the message says so. `ghg restore` writes
  the inputs of a version without it: put the key beside them.
* A pack leaves out the files themselves and states their SHA-256. `ghg verify --files FOLDER` reads them with `inventory/private.key` of
  that folder; without the key their rows are taken from the pack's tables, and it says so. Whoever knows all of a file but one account
  number can still try numbers against that SHA-256: where that matters, make the source `confidential`, so that its rows stay out as well.

## How to add one

A file `reporting/connectors/<name>.sql` with a header and one `insert into activity_input by name` from the view `record` (the columns of
a row by name). Header: `-- connector:`, `-- title:`, `-- formats:` (csv, xlsx, json, jsonl, parquet, xml, sqlite, prometheus), and where it
applies `-- records:` (path in JSON such as `response.data[]`, in XML such as `TimeSeries.Period.Point`, tables in SQLite; several are
separated by ` | `), `-- outer:` (of a list of objects beside the records in JSON, the names to keep), `-- natural_key:`, `-- required:`
(`a, b or c`), `-- lacks:` (what a file without them is, said where it is refused), `-- columns:` (`*` is any text), `-- numbers:`,
`-- dates:`, `-- private:` (`longitude drop, user hash`), `-- constants:`, `-- options:` (`name=word|word; name`), `-- rank:`,
`-- time: local` (the source must then name its zone), `-- seen:`, `-- traps:` (what makes a careless import wrong, separated by
`;`). Lines of prose follow. Each trap is a small edit of the file in `tests/traps/<name>.yaml` that opens it again.

A bill of many lines has a second file, `reporting/connectors/grouped/<name>.sql`: a query over `raw` (the file) that gives keys,
`quantity` and `cost` of every line. Parquet is then read in place, lines of the same keys are added up, and a group stands as one row;
`-- lines:` names the columns of the file that are needed.
"""


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted((PACKAGE / "connectors").glob("*.sql")))


@cache
def _grid_files() -> tuple[Path, ...]:
    return tuple(sorted((PACKAGE / "connectors" / "grid").glob("*.sql")))


def traps(path: Path) -> list[str]:
    """The traps that the header of a connector names."""
    return [trap.strip() for trap in header(path).get("traps", "").split(";") if trap.strip()]


def _names(path: Path) -> list[str]:
    return [name.strip() for name in header(path).get("connector", path.stem).split(",")]


def _prose(path: Path) -> list[str]:
    """The lines of prose below the keys of a header, up to the first that is no comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return [match[1] for line in lines[:end] if (match := PROSE.match(line))]


def _page(path: Path) -> str:
    head = header(path)
    lines = [f"# {head['title']}", "", f"Connector: {', '.join(f'`{name}`' for name in _names(path))}", ""]
    lines += [*_prose(path), "", "| | |", "|---|---|"]
    lines += [f"| {label} | {head[key].replace('|', chr(92) + '|')} |" for key, label in KEYS.items() if key in head]
    told = TRAPS + "".join(f"* {trap}\n" for trap in traps(path)) if traps(path) else ""
    return "\n".join(lines) + "\n" + told


def _rows(files: tuple[Path, ...]) -> str:
    """A row of the index for each file."""
    return "".join(
        f"| [{', '.join(_names(path))}]({path.stem}.md) | {header(path)['formats']} | {header(path)['title']} |\n" for path in files
    )


def pages() -> dict[str, str]:
    """The pages by file name."""
    index = INTRODUCTION + _rows(_files()) + GRID + _rows(_grid_files()) + RULES
    return {"README.md": index} | {f"{path.stem}.md": _page(path) for path in (*_files(), *_grid_files())}


def main() -> None:
    """Write the pages that differ."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PLACE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
