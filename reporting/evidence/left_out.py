"""What a pack may not pass on: files of confidential sources and what quotes them, files with private columns, sets by their licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reporting.database import Connection
from reporting.digest import file_sha256
from reporting.evidence.copies import Kept
from reporting.evidence.unpack import is_plain
from reporting.inventory import Source

FILES = """select f.source_id, f.path, p.source_id is not null as is_private
    from source_file f left join private_file p using (source_id, file_no) order by f.source_id, f.file_no"""
DOCUMENTS = """select document from (
        select list_contains($1, source_id) as is_confidential,
            regexp_replace(trim(unnest(string_split(evidence, ';'))), '^evidence/', '') as document
        from activity_row where evidence is not null)
    group by document having bool_and(is_confidential) order by document"""


def leave_out(connection: Connection, data: Path, kept: Kept) -> dict[str, str]:
    """Take out what may not be passed on; gives path below data -> SHA-256 of what was taken."""
    files = connection.execute(FILES).fetchall()
    paths = [f"inventory/{path}" for source_id, path, is_private in files if is_private or source_id in kept.sources]
    paths += _of_confidential(connection, data, kept.sources)
    paths += [f"{place}/{name}/factors.csv" for name in kept.sets for place in ("inventory/factors", "product/factors")]
    taken = {}
    for name in dict.fromkeys(paths):
        path = data / name
        if path.is_file():
            taken[name] = file_sha256(path)
            path.unlink()
    return taken


def _of_confidential(connection: Connection, data: Path, sources: Sequence[str]) -> list[str]:
    """What else holds cells of confidential sources: evidence documents that their rows alone name, and corrections.csv."""
    documents = connection.execute(DOCUMENTS, [list(sources)]).fetchall()
    paths = [f"inventory/{folder}{name}" for (name,) in documents for folder in ("", "evidence/")]
    corrected = connection.execute("select 1 from correction where list_contains($1, source_id) limit 1", [list(sources)]).fetchall()
    return [path for path in paths if is_plain(path) and (data / path).is_file()] + ["inventory/corrections.csv"] * bool(corrected)


def left_out_lines(taken: dict[str, str], sources: Mapping[str, Source]) -> list[str]:
    """What is not in the pack and why, one line each."""
    reasons = "; ".join(f"{name}: {source.confidential}" for name, source in sources.items() if source.confidential)
    lines = []
    for name, sha256 in taken.items():
        why = (
            "its licence does not allow to pass it on"
            if name.endswith("/factors.csv")
            else f"confidential or with private columns ({reasons or 'by its connector'})"
        )
        lines.append(f"`{name}`, SHA-256 `{sha256}`: {why}")
    return lines
