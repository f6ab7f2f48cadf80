"""What was released stays as it was: the digests of the released factor sets, recorded once and compared whenever the sets are loaded.

`python -m reporting.released` records the sets that factors/digests.csv does not know yet; a set that it knows is never recorded anew.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from reporting.database import Connection, insert_rows
from reporting.digest import file_sha256
from reporting.resources import folder
from reporting.types import InputError

FILES = ("factors.csv", "set.yaml")
COLUMNS = ("set_id", "file", "sha256")
RELEASED = "insert into released_file select unnest($1), unnest($2), unnest($3), unnest($4)"
OWED_COLUMNS = ("set_id", "table_name", "activity_type", "given", "gases", "citation")
OWED = "insert into gas_owed_rule select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)"


def load_statements(connection: Connection, places: list[Path]) -> None:
    """Fill gas_owed_rule and released_file from gases_owed.csv and digests.csv of folders of factor sets; raises InputError."""
    owed = [tuple(row[name] for name in OWED_COLUMNS) for place in places for row in read_table(place / "gases_owed.csv", OWED_COLUMNS)]
    insert_rows(connection, OWED, owed)
    insert_rows(connection, RELEASED, [row for place in places for row in compared(place)])


def compared(place: Path) -> list[tuple[object, ...]]:
    """Set, file, digest released and digest found, for every recorded file of a set that is there."""
    recorded = [(row["set_id"], row["file"], row["sha256"]) for row in read_table(place / "digests.csv", COLUMNS)]
    for set_id, file, _ in recorded:
        if file not in FILES or Path(set_id).name != set_id:
            known = " or ".join(FILES)
            raise InputError(f'{place / "digests.csv"}: "{set_id}/{file}" is no file of a set. fix: name a folder beside it, and {known}')
    return [
        (set_id, file, sha256, file_sha256(place / set_id / file)) for set_id, file, sha256 in recorded if (place / set_id / file).is_file()
    ]


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file with these columns, none where there is no file; raises InputError for one of another shape."""
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    if tuple(reader.fieldnames or ()) != columns:
        raise InputError(
            f"{path}:1: the columns are {', '.join(reader.fieldnames or ()) or 'none'}. fix: they must be {', '.join(columns)}"
        )
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise InputError(f"{path}:{number}: the row has another number of cells than the header. fix: correct the row")
    return rows


def recorded_with_new(place: Path) -> str:
    """The text of digests.csv with the sets that it does not know yet."""
    known = [tuple(row[name] for name in COLUMNS) for row in read_table(place / "digests.csv", COLUMNS)]
    names = {row[0] for row in known}
    sets = sorted(path.parent for path in place.glob("*/set.yaml"))
    new = [(path.name, file, file_sha256(path / file)) for path in sets if path.name not in names for file in FILES]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted([*known, *new]))
    return text.getvalue()


if __name__ == "__main__":
    (folder("factors") / "digests.csv").write_text(recorded_with_new(folder("factors")), encoding="utf-8", newline="")
