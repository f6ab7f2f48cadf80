"""Private cells when they are read: dropped, or replaced by a pseudonym that tells values apart and does not give them away.

With the inventory's key (private.key beside inventory.yaml, a secret that no table, version or pack holds) a pseudonym is the HMAC-SHA256
of the value (RFC 2104): the same wherever the key is the same, and not to be found by trying values without it. Without a key it is a
number in the order in which values are met: it holds for one computation alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from reporting.database import Connection
from reporting.private_key import NUMBERED, Key

HELD = """create or replace temp table private_held as
    select value, min(row_no) as row_no, min(place) as place
    from (select trim(r.cells[p.place]) as value, r.row_no, p.place from source_row r, (select unnest($places) as place) p
        where r.source_id = $source_id and r.file_no = $file_no and trim(coalesce(r.cells[p.place], '')) <> '') c
    where not exists (from private_value v where v.value = c.value) group by value"""
KEYED = """insert into private_value
    select value, 'hmac:' || left(sha256($outer || unhex(sha256($inner || encode(value)))), 16) from private_held"""
NUMBER = """insert into private_value
    select value, 'private-' || ((select count(*) from private_value) + row_number() over (order by row_no, place)) from private_held"""
REPLACE = """update source_row as r set cells = list_concat(r.cells[1:($place - 1)], [v.shown], r.cells[($place + 1):]) from private_value v
    where r.source_id = $source_id and r.file_no = $file_no and v.value = trim(r.cells[$place])"""
DROP = """update source_row set cells = list_transform(cells, lambda cell, p: case when not list_contains($places, p) then cell end)
    where source_id = $source_id and file_no = $file_no"""

Private = Callable[[Sequence[str], Collection[str]], dict[str, list[int]]]
"""Names of columns, and those by which rows are known -> the positions to drop and to hash."""


def prepare(connection: Connection) -> None:
    """Make the table of values and pseudonyms: a temporary one, which no version, pack or digest takes."""
    connection.execute("create or replace temp table private_value (value varchar primary key, shown varchar not null)")


def hide(  # noqa: PLR0913, PLR0917 - what is hidden where, and how
    connection: Connection, place: tuple[str, int], names: Sequence[str], private: Private, key: Key | None, keyed: Collection[str]
) -> None:
    """Drop or replace the cells of a file that its connector declares private; `place` is (source_id, file_no)."""
    positions = private(names, keyed)
    if not any(positions.values()):
        return
    row = {"source_id": place[0], "file_no": place[1]}
    by = "" if not positions["hashed"] else key.fingerprint if key else NUMBERED
    connection.execute("insert into private_file values ($source_id, $file_no, $by)", row | {"by": by})
    if positions["dropped"]:
        connection.execute(DROP, row | {"places": positions["dropped"]})
    if positions["hashed"]:
        connection.execute(HELD, row | {"places": positions["hashed"]})
        connection.execute(*((KEYED, {"inner": key.inner, "outer": key.outer}) if key else (NUMBER, {})))
    for position in positions["hashed"]:
        connection.execute(REPLACE, row | {"place": position})
    hidden = "(not shown: the file has private columns)"
    connection.execute("update rejected_row set text = $text where source_id = $source_id and file_no = $file_no", row | {"text": hidden})


def originals(connection: Connection, cells: Iterable[str | None]) -> dict[str, str]:
    """Pseudonym -> value, of those among the cells that this computation gave."""
    shown = [cell for cell in cells if cell is not None]
    return dict(
        connection.execute("select shown, value from private_value where list_contains($shown, shown)", {"shown": shown}).fetchall()
    )
