"""Re-performs a disclosure from the tables of its evidence pack, in exact arithmetic: re-performance, not verification under ISO 14064-3.

    python3 verify.py [PACK.zip or unpacked folder] [--digest SHA256]

One file, Python's standard library alone, no code in common with the engine that made the figures. Without arguments it checks the folder
that it lies in. Exit code 0: nothing differs; 1: something differs, the first difference of each step is printed; 2: misuse.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import gzip
import hashlib
import io
import json
import re
import stat
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, cast

CLAIM = "re-performance, not verification under ISO 14064-3"
CHUNK = 1 << 20
MAX_BYTES = 64 << 30
MAX_RATIO = 1000
MAX_WHOLE_RATIO = 100
FAULTS = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    OSError,
    EOFError,
    OverflowError,
    RecursionError,
    ArithmeticError,
    MemoryError,
    StopIteration,
    csv.Error,
    zipfile.BadZipFile,
)
TEXT_MARKS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
CSV_ENDINGS = (".csv", ".tsv", ".txt", ".psv")
LEDGER, FIGURES, FINDINGS = "version/ledger.csv", "version/figures.json", "version/findings.json"
NO_ROW = "energy/sector-not-known"
"""The one rule that withholds a figure because of something that is not declared, not because of a row."""
CELLS = ("source_row", "corrected_row", "rejected_row", "correction_cell", "correction")
"""Tables that hold cells of source files, which a pack leaves out for confidential sources."""
OF_FACTORS = ("factor", "factor_row")
"""Tables that hold factors, of which a pack leaves out those that may not be passed on."""
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clocks, as in the tables
csv.field_size_limit(1 << 27)


class Difference(Exception):  # noqa: N818 - the word that the reader sees
    """What differs, where: a file of the pack, and its row where there is one."""

    def __init__(self, file: str, row: int | None, message: str) -> None:
        super().__init__(f"{file}{'' if row is None else f':{row}'}: {message}")


# Exact numbers --------------------------------------------------------------------------------------------------------------------------


def fixed(text: str, places: int) -> int:
    """A printed decimal of so many places as an integer of its last place; raises ValueError for any other form."""
    if text[-places - 1 : -places] != ".":
        raise ValueError(f'"{text}" has not {places} decimals')
    return int(text.replace(".", "", 1))


def whole_or_fixed(text: str, places: int) -> int:
    """A decimal of at most so many places, as in a file of reference data, as an integer of the last place."""
    number: Fraction = Fraction(text) * 10**places
    if number.denominator != 1:
        raise ValueError(f'"{text}" has more than {places} decimals')
    return int(number)


def rounded(top: int, bottom: int) -> int:
    """A quotient as the nearest integer, half away from zero."""
    half = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return half if (top < 0) == (bottom < 0) else -half


def cut(top: int, bottom: int) -> int:
    """A quotient cut off toward zero."""
    quotient = abs(top) // abs(bottom)
    return quotient if (top < 0) == (bottom < 0) else -quotient


def shown(number: int, places: int) -> str:
    """An integer of the last place as a plain decimal without trailing zeros."""
    digits = str(abs(number)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if number < 0 and text != "0" else text


def microseconds(text: str) -> int:
    """A timestamp of a table as microseconds since 1970."""
    whole, _, fraction = text.partition(".")
    return int((datetime.fromisoformat(whole) - EPOCH).total_seconds()) * 1000000 + int(fraction.ljust(6, "0")[:6])


# Files ----------------------------------------------------------------------------------------------------------------------------------


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()


def folded(name: str) -> str:
    """A name as a file system that knows neither case nor composition sees it."""
    return unicodedata.normalize("NFC", name).casefold()


PLAIN_NAME = re.compile(r"(?!/)(?!(?:.*/)?\.\.(?:/|$))[^\\:\x00-\x1f]+")


def refuse_name(name: str) -> None:
    """Raise Difference for a name that could lead out of the folder it is unpacked into."""
    if not PLAIN_NAME.fullmatch(name):
        raise Difference(repr(name), None, "the name leads out of the pack, or is not a plain name")


def unpack(path: Path, target: Path) -> Path:
    """Unpack a ZIP after looking at every name and size in it; gives the one folder in it."""
    with zipfile.ZipFile(path) as pack:
        members = pack.infolist()
        refuse_members(members)
        for member in members:
            place = target / member.filename
            if member.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with pack.open(member) as stream, place.open("wb") as file:
                copy(stream, file, member)
    tops = sorted(target.iterdir())
    if len(tops) != 1 or not tops[0].is_dir():
        raise Difference(path.name, None, "a pack holds one folder and nothing beside it")
    return tops[0]


def refuse_members(members: list[zipfile.ZipInfo]) -> None:
    """Raise Difference for links, names that leave the folder or meet, and sizes that no pack has."""
    seen: dict[str, str] = {}
    whole, packed = (sum(sizes) for sizes in zip(*((m.file_size, m.compress_size) for m in members)))
    if whole > MAX_BYTES or whole > max(1 << 30, packed * MAX_WHOLE_RATIO):
        raise Difference("the ZIP", None, f"unpacks to {whole} bytes: a bomb")
    for member in members:
        refuse_name(member.orig_filename)
        refuse_name(member.filename)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise Difference(member.filename, None, "is a link or a device, not a file")
        if member.file_size > max(CHUNK, member.compress_size * MAX_RATIO):
            raise Difference(member.filename, None, f"unpacks to {member.file_size} bytes from {member.compress_size}: a bomb")
        other = seen.setdefault(folded(member.filename), member.filename)
        if other != member.filename:
            raise Difference(member.filename, None, f"differs from {other} by case alone")
    if len({member.filename for member in members}) != len(members):
        raise Difference("the ZIP", None, "holds two files of one name")


def copy(stream: IO[bytes], file: IO[bytes], member: zipfile.ZipInfo) -> None:
    """Copy a member and stop where it grows beyond the size that the ZIP states."""
    left = member.file_size
    while chunk := stream.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise Difference(member.filename, None, "is larger than the ZIP says: a bomb")
        file.write(chunk)


class Pack:
    """An unpacked pack: its folder, what pack.json says, and what one step leaves for the next."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.meta = read_json(self.data / "pack.json", root)
        self.period = str(self.meta["period"])
        self.unchecked: list[str] = []
        self.counted: dict[str, int] = {}
        self.errors: set[tuple[str, str]] = set()
        self.months: Any = None
        self.units: Any = None
        self.classes: Any = None
        self.activities: Any = None
        self.groups: dict[tuple[str, ...], list[int]] = {}
        self.energy: dict[tuple[str, ...], list[int]] = {}

    def rows(self, name: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows of a table with their number in data/csv, only these columns (at least two)."""
        return csv_rows(self.data / "csv" / f"{name}.csv", columns, self.counted)

    def all(self, name: str, *columns: str) -> list[tuple[str, ...]]:
        """The rows of a small table."""
        return [row for _, row in self.rows(name, *columns)]

    def pairs(self, name: str, key: str, value: str) -> dict[str, str]:
        """One column of a small table by another."""
        return {row[0]: row[1] for row in self.all(name, key, value)}

    def reference(self, name: str) -> list[dict[str, str]]:
        """A file of the product's reference data, below data/product."""
        with (self.data / "product" / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def read_json(path: Path, root: Path) -> dict[str, Any]:
    """A JSON object; raises Difference where the file holds anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise Difference(path.relative_to(root).as_posix(), None, f"cannot be read ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise Difference(path.relative_to(root).as_posix(), None, "is not a JSON object")
    return found


def csv_rows(path: Path, columns: Sequence[str], counted: dict[str, int] | None = None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV file from row 2, only the columns named; `counted` is told how many there were."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        names = next(reader, [])
        missing = [column for column in columns if column not in names]
        if missing:
            raise Difference(path.name, 1, f'the column "{missing[0]}" is missing')
        pick = itemgetter(*(names.index(column) for column in columns))
        number = 1
        for number, row in enumerate(reader, start=2):
            if len(row) != len(names):
                raise Difference(path.name, number, f"has {len(row)} cells under {len(names)} columns")
            yield number, pick(row)
        if counted is not None:
            counted[path.stem] = number - 1


# The bag --------------------------------------------------------------------------------------------------------------------------------


def check_bag(root: Path) -> str:
    """Every file is listed once, is there and has its SHA-256; nothing else is there."""
    found = bag_files(root)
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if name not in found:
            raise Difference(name, None, "is missing: this is no bag")
    payload, tags = manifest(root, "manifest-sha256.txt"), manifest(root, "tagmanifest-sha256.txt")
    for name in payload:
        if not name.startswith("data/"):
            raise Difference("manifest-sha256.txt", None, f"lists {name}, which is no payload")
    listed = {**payload, **tags, "tagmanifest-sha256.txt": ""}
    for name in sorted(listed.keys() - found):
        raise Difference(name, None, "is listed in the bag and missing")
    for name in sorted(found - listed.keys()):
        raise Difference(name, None, "is in the bag and not listed: it was put there later")
    for name, expected in listed.items():
        if expected and sha256(root / name) != expected:
            raise Difference(name, None, "its SHA-256 is not the one that the manifest lists: the file was changed")
    return f"bag: {len(listed)} files, each listed, each with its SHA-256, nothing beside them"


def bag_files(root: Path) -> set[str]:
    """Every file below a folder; raises Difference for links, and for names that meet on another file system."""
    seen: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Difference(name, None, "is a link or a device, not a file")
        if path.is_file():
            refuse_name(name)
            if seen.setdefault(folded(name), name) != name:
                raise Difference(name, None, f"differs from {seen[folded(name)]} by case alone")
    return set(seen.values())


def manifest(root: Path, name: str) -> dict[str, str]:
    """File -> SHA-256 of a manifest."""
    found: dict[str, str] = {}
    for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1):
        digest, gap, path = line.partition("  ")
        if not gap or not re.fullmatch("[0-9a-f]{64}", digest):
            raise Difference(name, number, "is no line of a manifest")
        path = path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        refuse_name(path)
        if path in found:
            raise Difference(name, number, f"lists {path} twice")
        found[path] = digest
    return found


# Digests and the register ---------------------------------------------------------------------------------------------------------------


def canonical(record: object) -> str:
    """One line of canonical JSON: sorted keys, NFC."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text)


def figures_digest(pack: Pack) -> str:
    """The digest that the documents print: over figures, texts, source files and factor sets."""
    figures = pack.all("figure", "figure_id", "period", "view", "status", "value", "unit")
    sources = pack.all("source_file", "source_id", "file_no", "path", "sha256")
    records: list[dict[str, object]] = [
        {"figure_id": f, "period": p, "view": v, "status": s, "value": shown(fixed(x, 12), 12) if x else None, "unit": u}
        for f, p, v, s, x, u in sorted(figures)
    ]
    answer = ("framework", "datapoint", "period", "status", "text", "narrative")
    records += [dict(zip(answer, row)) for row in sorted(pack.all("text_answer", *answer))]
    records += [{"name": name, "markdown": text} for name, text in sorted(pack.all("narrative", "name", "markdown"))]
    ordered = sorted(sources, key=lambda row: (row[0], int(row[1])))
    records += [{"source_id": s, "file_no": int(n), "path": p, "sha256": d} for s, n, p, d in ordered]
    records += [{"set_id": s, "digest": d} for s, d in sorted(pack.all("factor_set", "set_id", "digest"))]
    return hashlib.sha256("".join(f"{canonical(record)}\n" for record in records).encode()).hexdigest()


def version_path(pack: Pack, version: str) -> Path:
    """Where the manifest of a published version lies."""
    refuse_name(version)
    return pack.data / "register" / version / "version.json"


def check_stated(pack: Pack, stated: str) -> str:
    """The digest that the reader states is one of this pack, recomputed from its contents."""
    known = {"the figures, texts, source files and factor sets": figures_digest(pack)}
    known["the whole pack"] = sha256(pack.root / "tagmanifest-sha256.txt")
    if pack.meta["version"]:
        known["the published version"] = sha256(version_path(pack, pack.meta["version"]))
    for what, digest in known.items():
        if digest == stated:
            return f"the stated digest is that of {what}"
    mine = ", ".join(f"{what} {digest}" for what, digest in known.items())
    raise Difference("pack", None, f"the stated digest {stated} is none of this pack: {mine}")


def check_register(pack: Pack) -> str:
    """The register's lines continue each other, and sign-offs are of what was published, by different people."""
    if not pack.meta["version"]:
        pack.unchecked.append("versions and sign-offs: this pack was made of a folder that is not published")
        return "register: none, the pack says that it is not published"
    events = chain(pack)
    published = {str(e["version"]): str(e["digest"]) for e in events if e["event"] == "publish"}
    latest: dict[str, str] = {}
    for version, digest in published.items():
        path = version_path(pack, version)
        name = path.relative_to(pack.root).as_posix()
        if not path.is_file() or sha256(path) != digest:
            raise Difference(name, None, "is not the manifest that the register published: it was changed")
        made = read_json(path, pack.root)
        if made["version"] != version or made["previous"] != latest.get(version.rpartition("/")[0], "0" * 64):
            raise Difference(name, None, "does not name the version before it: the chain of versions is broken")
        latest[version.rpartition("/")[0]] = digest
    if pack.meta["version"] not in published:
        raise Difference("data/register/register.jsonl", None, f"does not publish {pack.meta['version']}, which the pack says it is")
    signed = check_signoffs(pack, events, published)
    return f"register: {len(events)} lines in one chain, {len(published)} versions, {signed} sign-offs"


def chain(pack: Pack) -> list[dict[str, Any]]:
    """The events of register.jsonl; raises Difference at the first line that does not continue the one before."""
    name = "data/register/register.jsonl"
    before, events = "0" * 64, []
    lines = (pack.data / "register" / "register.jsonl").read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        event = json.loads(line)
        if f"{canonical(event)}\n".encode() != line:
            raise Difference(name, number, "is not written as a register is: the line was edited")
        if event["previous"] != before or event["number"] != number:
            raise Difference(name, number, "does not continue the line before it: a line was edited, moved, added or taken out")
        before = hashlib.sha256(line).hexdigest()
        events.append(event)
    head = read_json(pack.data / "register" / "register.head", pack.root)
    if head["lines"] != len(lines) or head["sha256"] != before:
        raise Difference(
            name, len(lines), f"ends after {len(lines)} lines, where register.head says {head['lines']}: lines were cut off or added"
        )
    return events


def same_person(name: str) -> str:
    """A name without case, composition and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


DONE = {"prepare": "prepared", "review": "reviewed", "approve": "approved"}


def check_signoffs(pack: Pack, events: list[dict[str, Any]], published: dict[str, str]) -> int:
    """Everybody signed the latest version as published, in turn, once, while its period was open; nobody approved what they prepared."""
    done: dict[str, list[tuple[str, str]]] = defaultdict(list)
    latest: dict[str, str] = {}
    closed: set[str] = set()
    signed = 0
    for number, event in enumerate(events, start=1):
        kind = event["event"]
        period = event["period"] if kind in {"close", "reopen"} else event["version"].rpartition("/")[0]
        if kind in {"close", "reopen"}:
            message = (
                "" if period in latest and (period in closed) == (kind == "reopen") else f"{kind}s {period}, which is not open to that"
            )
            message = message or (f"reopens {period} without a reason" if kind == "reopen" and not event["reason"].strip() else "")
            closed = closed - {period} if kind == "reopen" else closed | {period}
        elif period in closed:
            message = f"{kind} of {event['version']}, though {period} is closed"
        elif kind == "publish":
            message = f"publishes {event['version']} without a reason" if period in latest and not event["reason"].strip() else ""
            latest[period] = event["version"]
        else:
            signed += 1
            message = signoff_fault(event, latest.get(period, ""), published, done[event["version"]])
            if not message and kind == "approve" and read_json(version_path(pack, event["version"]), pack.root)["incomplete"]:
                message = f"approves {event['version']}, which is incomplete"
            done[event["version"]].append((kind, same_person(event["name"])))
        if message:
            raise Difference("data/register/register.jsonl", number, message)
    return signed


def signoff_fault(event: dict[str, Any], latest: str, published: dict[str, str], done: list[tuple[str, str]]) -> str:
    """What is wrong with a sign-off, '' where nothing is: `done` are the duties and people before it."""
    version, duty, person = event["version"], event["event"], same_person(event["name"])
    if version not in published or event["digest"] != published[version]:
        return f"signs something else than {version} as it was published"
    if version != latest:
        return f"signs {version}, which a later version had replaced" if latest else f"signs {version} before it was published"
    if (duty, person) in done:
        return f"{event['name']} had {DONE[duty]} {version} already"
    if duty != "prepare" and "prepare" not in {one for one, _ in done}:
        return f"{duty}s {version}, which nobody had prepared"
    other = {"prepare": "approve", "approve": "prepare"}.get(duty)
    if (other, person) in done:
        return f"{event['name']} {duty}s {version}, which they {DONE[str(other)]}"
    return ""


def check_digests(pack: Pack) -> str:
    """Tables, sources, factor sets, documents have the digests that version.json, pack.json and the tables state."""
    check_left_out(pack)
    tables = dict(pack.meta["tables"])
    for name in sorted(path.stem for path in (pack.data / "csv").glob("*.csv")):
        place = f"data/csv/{name}.csv"
        if name not in tables:
            raise Difference(place, None, "is a table that pack.json does not list")
        if sha256(pack.data / "csv" / f"{name}.csv") != tables[name]["sha256"]:
            raise Difference(place, None, "is not the table whose digest pack.json states")
    held = {path.relative_to(pack.data).as_posix() for path in pack.data.glob("*/*.parquet")}
    for name in sorted(held | set(pack.meta["parquet"])):
        if name not in held or pack.meta["parquet"].get(name) != sha256(pack.data / name):
            raise Difference(f"data/{name}", None, "is not the table whose digest pack.json states")
    if pack.meta["version"]:
        check_version(pack, tables)
    files = check_listed_files(pack) + check_sets(pack)
    return f"digests: {len(tables)} tables, {files} files of sources and factor sets" + (
        ", those of the published version" * bool(pack.meta["version"])
    )


def check_left_out(pack: Pack) -> None:
    """What pack.json says to be left out or altered is what may be: cells of confidential sources, factors of sets with such a licence."""
    meta, place = pack.meta, "data/pack.json"
    may = (*(CELLS if meta["hidden_sources"] else ()), *(OF_FACTORS if meta["withheld_sets"] else ()))
    for name in meta["altered"]:
        if name not in may:
            raise Difference(place, None, f"says that the table {name} is altered, which nothing that it leaves out explains")
    sets = {f"{folder}/factors/{set_id}/factors.csv" for set_id in meta["withheld_sets"] for folder in ("inventory", "product")}
    for name in meta["withheld_files"]:
        if name not in sets:
            raise Difference(place, None, f"says that the licence of {name} keeps it out, which is no file of a set named there")
    free = pack.pairs("factor_set", "set_id", "is_redistributable")
    for set_id in meta["withheld_sets"]:
        refuse_name(set_id)
        terms = [pack.data / folder / "factors" / set_id / "set.yaml" for folder in ("inventory", "product")]
        told = "".join(path.read_text(encoding="utf-8") for path in terms if path.is_file())
        if free.get(set_id) != "false" or not re.search(r'(?:^|[\s{,"])redistributable"?\s*:\s*(?:false|no)\b', told, re.IGNORECASE):
            raise Difference(place, None, f"withholds {set_id}, whose set.yaml and factor_set.csv do not forbid to pass it on")
    for name in (*meta["confidential"], *meta["withheld_files"]):
        if not name.startswith(("inventory/", "product/factors/")):
            raise Difference(place, None, f"says that {name} is kept out: no pack leaves out such a file")
        if (pack.data / name).exists():
            raise Difference(f"data/{name}", None, "is there, though pack.json says that it is kept out")


def check_version(pack: Pack, tables: dict[str, Any]) -> None:
    """What version.json states of tables, inputs, data of the product and documents is what is here."""
    made = read_json(version_path(pack, pack.meta["version"]), pack.root)
    altered = set(pack.meta["altered"])
    for name, stated in made["tables"].items():
        if name not in altered and tables.get(name) != stated:
            raise Difference(f"data/csv/{name}.csv", None, "is not the table that was published")
    if made["figures"] != figures_digest(pack):
        raise Difference("data/csv/figure.csv", None, "figures, texts, source files and factor sets are not those that were published")
    for folder, stated in (("inventory", made["inputs"]), ("product", made["product"]), ("version", made["files"])):
        for name, digest in stated.items():
            check_published(pack, folder, name, digest)
    for folder, stated in (("inventory", made["inputs"]), ("product", made["product"])):
        for path in sorted((pack.data / folder).rglob("*")):
            if path.is_file() and path.relative_to(pack.data / folder).as_posix() not in stated:
                raise Difference(path.relative_to(pack.root).as_posix(), None, "was not there when the version was published")


def check_published(pack: Pack, folder: str, name: str, digest: str) -> None:
    """A file is the one that was published, or is kept out with the digest that it had then."""
    refuse_name(name)
    kept_out = {**pack.meta["confidential"], **pack.meta["withheld_files"]}.get(f"{folder}/{name}")
    if kept_out not in {None, digest}:
        raise Difference("data/pack.json", None, f"states another SHA-256 of {folder}/{name} than the published version")
    path = pack.data / folder / name
    if kept_out is None and (not path.is_file() or sha256(path) != digest):
        raise Difference(f"data/{folder}/{name}", None, "is not the file that was published: it was changed, or is missing")


def check_listed_files(pack: Pack) -> int:
    """Source files and hourly series have the digest that their table states."""
    count = 0
    for table in ("source_file", "hourly_file"):
        for number, (name, digest) in pack.rows(table, "path", "sha256"):
            refuse_name(name)
            if f"inventory/{name}" in pack.meta["confidential"]:
                continue
            path = pack.data / "inventory" / name
            if not path.is_file() or sha256(path) != digest:
                raise Difference(f"data/inventory/{name}", None, f"is not the file that was read ({table}.csv:{number}): it was swapped")
            count += 1
    for name, digest in pack.meta["confidential"].items():
        pack.unchecked.append(f"{name}: kept out of the pack as confidential, SHA-256 {digest}")
    for name, digest in pack.meta["withheld_files"].items():
        pack.unchecked.append(f"{name}: kept out of the pack by its licence, SHA-256 {digest}")
    return count


def set_file(pack: Pack, set_id: str) -> Path:
    """Where the factors of a set lie: the company's own, else the product's."""
    refuse_name(set_id)
    own = pack.data / "inventory" / "factors" / set_id / "factors.csv"
    return own if own.is_file() else pack.data / "product" / "factors" / set_id / "factors.csv"


def check_sets(pack: Pack) -> int:
    """Factor sets have the digest of factor_set.csv, and released ones that of their release."""
    count = 0
    for number, (set_id, digest) in pack.rows("factor_set", "set_id", "digest"):
        if set_id in pack.meta["withheld_sets"] or not digest:
            continue
        path = set_file(pack, set_id)
        if not path.is_file() or sha256(path) != digest:
            raise Difference(path.relative_to(pack.root).as_posix(), None, f"is not the set that was used (factor_set.csv:{number})")
        count += 1
    used = {set_id for set_id, _ in pack.all("factor_set", "set_id", "digest")}
    for row in pack.reference("factors/digests.csv"):
        refuse_name(f"{row['set_id']}/{row['file']}")
        path = pack.data / "product" / "factors" / row["set_id"] / row["file"]
        if (
            row["set_id"] in used
            and row["set_id"] not in pack.meta["withheld_sets"]
            and (not path.is_file() or sha256(path) != row["sha256"])
        ):
            raise Difference(f"data/product/factors/{row['set_id']}/{row['file']}", None, "was edited since it was released")
    return count


# Findings -------------------------------------------------------------------------------------------------------------------------------


def check_findings(pack: Pack) -> str:
    """findings.json and figures.json list the same findings, and what errors withhold is what figure_damage.csv says."""
    found = read_json(pack.data / FINDINGS, pack.root)["findings"]
    if read_json(pack.data / FIGURES, pack.root)["findings"] != found:
        raise Difference(f"data/{FIGURES}", None, f"lists other findings than {FINDINGS}")
    errors = [one for one in found if one["severity"] == "error"]
    sources: dict[str, set[str]] = defaultdict(set)
    for source, path in pack.all("source_file", "source_id", "path"):
        sources[path].add(source)
    for one in errors:
        pack.errors |= {(source, str(one["row"])) for source in sources.get(one["file"], ())}
    told = {damage for one in errors for damage in one["damages"]}
    disclosed = {period for period, is_disclosed in pack.all("period", "period", "is_disclosed") if is_disclosed == "true"}
    hourly = {row[0] for row in pack.all("figure", "figure_id", "kind") if row[1] == "hourly"}
    held = {
        f"{figure}@{period}": (line, rule) for line, (figure, period, rule) in pack.rows("figure_damage", "figure_id", "period", "rule")
    }
    for name, (line, rule) in held.items():
        if name not in told and name.rpartition("@")[2] in disclosed and rule != NO_ROW:
            raise Difference("data/csv/figure_damage.csv", line, f"{name} is withheld by {rule}, which findings.json does not say")
    for name in sorted(told - held.keys()):
        if name.rpartition("@")[0] not in hourly:
            raise Difference(f"data/{FINDINGS}", None, f"withholds {name}, and no row of figure_damage.csv does")
    return f"findings: {len(found)}, of which {len(errors)} errors, and what they withhold"


def need_error(pack: Pack, place: tuple[str, str], file: str, line: int | None, message: str) -> None:
    """Raise Difference where a row cannot be used and no error of findings.json says so: it would be missing unseen."""
    if place not in pack.errors:
        raise Difference(file, line, f"{message}, and no error of findings.json says so of row {place[1]} of {place[0]}")


# From the source files to the rows of activities ----------------------------------------------------------------------------------------


class Ordered:
    """Rows of a table that lies in the order of source, file and row, handed out file by file."""

    def __init__(self, name: str, rows: Iterator[tuple[int, tuple[str, ...]]]) -> None:
        self.name, self.rows = name, rows
        self.head = next(rows, None)

    def of(self, source: str, file_no: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows of one file, which come next."""
        while self.head is not None and self.head[1][:2] == (source, file_no):
            yield self.head
            self.head = next(self.rows, None)

    def end(self) -> None:
        """Raise Difference where rows are left that belong to no file."""
        if self.head is not None:
            raise Difference(f"data/csv/{self.name}.csv", self.head[0], "belongs to no source file, or is out of order")


def list_cells(text: str) -> list[str]:
    """The cells of a row as the table prints a list: [a, 'b, c', NULL]; nothing and empty text are both empty."""
    inner = text[1:-1]
    if "'" not in inner:
        return ["" if cell == "NULL" else cell for cell in inner.split(", ")] if inner else []
    cells = re.findall(r"'((?:[^'\\]|\\.)*)'(?:, |$)|([^,]*)(?:, |$)", inner, flags=re.DOTALL)
    found = [re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if not plain else "" if plain == "NULL" else plain for quoted, plain in cells]
    return found[:-1]  # the pattern matches once more, at the end


MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def open_source(path: Path, declared: str) -> io.TextIOWrapper:
    """A text file as it was read: gzip unpacked, its declared encoding or that of its mark, one kind of line end."""
    raw = cast("IO[bytes]", gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb"))  # noqa: SIM115 - the text closes it
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
        start = stream.read(4)
    encoding = declared or next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8")
    return io.TextIOWrapper(raw, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline=None)


def delimiter_of(path: Path, options: dict[str, Any]) -> str:
    """The declared delimiter, else the mark that stands most often in the header row."""
    if options["delimiter"]:
        return str(options["delimiter"])
    line = ""
    with open_source(path, options["encoding"]) as stream:
        for _ in range(int(options["header_row"])):
            line = stream.readline()
    return max((",", ";", "\t", "|"), key=lambda mark: (line.count(mark), mark == ","))


def source_cells(path: Path, options: dict[str, Any], names: list[str]) -> Iterator[tuple[int, list[str], bool]]:
    """The records of a delimited file below its header: number, cells, and whether it has as many as the header; blank ones left out."""
    header_row = int(options["header_row"])
    width = 0
    with open_source(path, options["encoding"]) as stream:
        for number, cells in enumerate(csv.reader(stream, delimiter=delimiter_of(path, options)), start=1):
            if number == header_row:
                width = len(cells)
                if [cell.strip() for cell in cells] != names:
                    raise ValueError(f"row {number} is not the header that source_column.csv has")
            elif number > header_row and cells and (len(cells) != width or any(cell.strip(" ") for cell in cells)):
                yield number, cells, len(cells) == width


def compare_source(
    pack: Pack, place: tuple[str, str, str], names: list[str], table: Iterator[tuple[int, tuple[str, ...]]], rejected: dict[int, str]
) -> Iterator[tuple[int, list[str]]]:
    """Hand on the rows of the table that are, cell by cell, those of the delimited file; raises Difference for the first that is not."""
    source, _, name = place
    shown_name, path = f"data/inventory/{name}", pack.data / "inventory" / name
    options = pack.meta["reading"][source]
    try:
        for number, cells, is_whole in source_cells(path, options, names):
            if number in rejected:
                refuse_rejected(path, options, (number, rejected[number], is_whole))
                continue
            found = next(table, None)
            if not is_whole:
                raise Difference(shown_name, number, "has another number of cells than the header and is not among the rejected rows")
            if found is None or int(found[1][2]) != number:
                raise Difference(shown_name, number, f"is in the file and not in source_row.csv ({'end' if found is None else found[0]})")
            held = list_cells(found[1][3])
            if held != cells:
                raise Difference(shown_name, number, f"the file says {cells}, source_row.csv:{found[0]} says {held}")
            yield number, held
    except ValueError as error:
        raise Difference(shown_name, None, f"cannot be read as pack.json says ({error})") from None
    for line, row in table:
        raise Difference("data/csv/source_row.csv", line, f"row {row[2]} is not in {shown_name}")


def refuse_rejected(path: Path, options: dict[str, Any], row: tuple[int, str, bool]) -> None:
    """Raise Difference for a row that is said to be unreadable and can be read: whole, and without a quotation mark that could break it."""
    number, text, is_whole = row
    if not is_whole:
        return
    with open_source(path, options["encoding"]) as stream:
        if '"' not in text or not any(line.startswith(text.splitlines()[0]) for line in stream):
            raise Difference(f"data/inventory/{path.name}", number, "is said to be unreadable (rejected_row.csv) and can be read")


class Mapping:
    """Which cell or constant feeds which column of an activity, part by part, and the corrections of a source's cells."""

    def __init__(self, pack: Pack) -> None:
        self.connector = pack.pairs("source", "source_id", "connector")
        self.stated = {row[0]: row[1:] for row in pack.all("source", "source_id", "data_quality", "data_origin")}
        self.sites = {row[0]: row[1:] for row in pack.all("site", "site", "entity", "region", "tenure")}
        self.countries = pack.pairs("entity", "entity", "country")
        names: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        columns = pack.all("source_column", "source_id", "file_no", "position", "name")
        self.headers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source, file_no, position, name in sorted(columns, key=lambda row: int(row[2])):
            names[source, file_no].setdefault(name, int(position) - 1)
            self.headers[source, file_no].append(name)
        self.names = names
        self.columns: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self.constants: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for source, part, target, name in pack.all("part_column", "source_id", "part", "target", "column_name"):
            self.columns[source][part][target] = name
        for source, part, target, value in pack.all("part_constant", "source_id", "part", "target", "value"):
            self.constants[source][part][target] = value
        self.corrected = corrections(pack, self.headers)

    def default(self, target: str, row: tuple[str, ...]) -> str:
        """What an activity row says where neither cell nor constant does."""
        site = self.sites.get(row[AT["site"]], ("", "", ""))
        if target == "region":
            return site[1] or self.countries.get(row[AT["entity"]], "")
        quality, origin = self.stated[row[0]]
        return {
            "entity": site[0], "hosting": site[2] or "own", "data_quality": quality or "not_stated", "data_origin": origin or "not_stated",
            "read_status": "actual", "measurement_point": "facility",
        }.get(target, "")  # fmt: skip

    def parts(self, source: str, file_no: str) -> dict[str, dict[str, tuple[int | None, str]]]:
        """Part -> target -> position of its cell (or None) and constant."""
        at = self.names[source, file_no]
        made: dict[str, dict[str, tuple[int | None, str]]] = {}
        for part in sorted({*self.columns[source], *self.constants[source]}, key=int):
            columns, constants = self.columns[source][part], self.constants[source][part]
            feeds = {target: (at.get(name), constants.get(target, "")) for target, name in columns.items()}
            made[part] = {**{target: (None, value) for target, value in constants.items()}, **feeds}
        return {part: feeds for part, feeds in made.items() if any(position is not None for position, _ in feeds.values())}


def stated_rows(pack: Pack, name: str) -> dict[str, dict[str, str]]:
    """The rows of corrections.csv or exclusions.csv by their number."""
    path = pack.data / "inventory" / name
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {str(number): row for number, row in enumerate(csv.DictReader(stream), start=2)}


def is_kept_out(pack: Pack, name: str) -> bool:
    """Whether the pack leaves out corrections.csv, because it quotes cells of a confidential source; that is said as not checked."""
    if f"inventory/{name}" not in pack.meta["confidential"]:
        return False
    if not pack.meta["hidden_sources"]:
        raise Difference("data/pack.json", None, f"says that {name} is confidential, and no source is")
    pack.unchecked.append(f"corrections against {name}, which quotes cells of confidential sources")
    return True


def is_meant(stated: dict[str, str], row_no: str, names: set[str]) -> bool:
    """Whether a row of corrections.csv or exclusions.csv is about a row of a source, by its number or by the names of its activities."""
    number = stated["row"].rpartition(":")[2]
    return number == row_no if number else stated["activity_id"] in names


def corrections(
    pack: Pack, headers: dict[tuple[str, str], list[str]]
) -> dict[tuple[str, str, str], dict[int, tuple[str, str, dict[str, str]]]]:
    """(source, file, row) -> position -> new cell, old cell and the row of corrections.csv that states them."""
    kept_out = is_kept_out(pack, "corrections.csv")
    stated = stated_rows(pack, "corrections.csv")
    found: dict[tuple[str, str, str], dict[int, tuple[str, str, dict[str, str]]]] = defaultdict(dict)
    columns = ("correction_no", "source_id", "file_no", "row_no", "position", "new", "old", "found")
    for line, (no, source, file_no, row_no, position, new, old, cell) in pack.rows("correction_cell", *columns):
        row = {"row": row_no, "activity_id": ""} if kept_out else stated.get(no)
        column = headers[source, file_no][int(position) - 1]
        if row is None or (not kept_out and (row["source"], row["column"], row["old"], row["new"]) != (source, column, old, new)):
            raise Difference("data/csv/correction_cell.csv", line, f"is not what row {no} of corrections.csv says")
        if old.strip(" ") == cell.strip(" "):
            found[source, file_no, row_no][int(position) - 1] = (new, old, row)
    return found


ACTIVITY_ROW = (
    "source_id", "file_no", "row_no", "part", "activity_id", "given_id", "type_text", "activity_type", "starts", "ends", "period_start",
    "period_end",
    "quantity_text", "quantity", "unit_text", "unit", "dimension", "site", "known_site", "entity", "known_entity", "meter", "hosting",
    "evidence",
    "replaces", "coverage", "rank", "is_none", "payer", "given_role", "read_status", "region", "supplier", "factor_pin", "data_quality",
    "data_origin", "measurement_point", "system", "lifecycle_stage",
)  # fmt: skip
LINKED = {
    "quantity": "quantity_text", "start": "starts", "end": "ends", "unit": "unit_text", "activity_type": "type_text", "site": "site",
    "evidence": "evidence", "entity": "entity", "meter": "meter", "region": "region", "supplier": "supplier", "payer": "payer",
    "hosting": "hosting", "factor": "factor_pin", "data_quality": "data_quality", "data_origin": "data_origin",
    "read_status": "read_status", "replaces": "replaces", "measurement_point": "measurement_point", "system": "system",
    "lifecycle_stage": "lifecycle_stage", "role": "given_role",
}  # fmt: skip
"""What a cell or constant of a source says -> the column of an activity row that must say the same."""
BY_METHOD = {"quantity", "unit", "activity_type", "data_origin"}
"""What a calculation method states in the place of a cell."""
AT = {name: place for place, name in enumerate(ACTIVITY_ROW)}


def check_rejected(pack: Pack, rejected: dict[tuple[str, str], dict[int, str]], excluded: Excluded) -> None:
    """An error names every row that cannot be read, unless it is excluded."""
    for (source, file_no), rows in rejected.items():
        for number in rows:
            if (source, file_no, str(number)) not in excluded:
                need_error(pack, (source, str(number)), "data/csv/rejected_row.csv", None, "a row cannot be read")


def check_sources(pack: Pack) -> str:
    """Every row of every delimited source is in the tables as the file has it, and gives the activity rows that its cells say."""
    mapping, months = Mapping(pack), Months(pack)
    source_rows = Ordered("source_row", pack.rows("source_row", "source_id", "file_no", "row_no", "cells"))
    activities = Ordered("activity_row", pack.rows("activity_row", *ACTIVITY_ROW))
    rejected: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for source, file_no, row_no, text in pack.all("rejected_row", "source_id", "file_no", "row_no", "text"):
        rejected[source, file_no][int(row_no)] = text
    excluded = exclusions(pack)
    check_rejected(pack, rejected, excluded)
    superseded = Superseded(pack)
    read = linked = methods = 0
    for number, (source, file_no, name, stated) in pack.rows("source_file", "source_id", "file_no", "path", "rows_read"):
        rows: Iterator[tuple[int, list[str]]] = ((int(row[2]), list_cells(row[3])) for _, row in source_rows.of(source, file_no))
        confidential = f"inventory/{name}" in pack.meta["confidential"]
        if name.removesuffix(".gz").lower().endswith(CSV_ENDINGS) and not confidential:
            names = mapping.headers[source, file_no]
            rows = compare_source(pack, (source, file_no, name), names, source_rows.of(source, file_no), rejected[source, file_no])
        elif not confidential:
            pack.unchecked.append(
                f"{name}: cells taken from source_row.csv (the file's SHA-256 is checked, its {Path(name).suffix} is not parsed)"
            )
        link = Link(pack, mapping, (source, file_no, name), activities.of(source, file_no))
        link.superseded = superseded
        link.key = superseded.positions(source, mapping.headers[source, file_no]) if link.is_linked else ()
        count = 0
        for place, cells in rows:
            count += 1
            linked += link.row(place, cells, months, excluded)
        link.end(months, excluded)
        methods += link.methods
        if source not in pack.meta["hidden_sources"] and count + len(rejected[source, file_no]) != int(stated):
            raise Difference(
                "data/csv/source_file.csv",
                number,
                f"{name}: {stated} rows were read, {count} and {len(rejected[source, file_no])} rejected ones are here",
            )
        read += count
    source_rows.end()
    activities.end()
    pack.months = months
    check_excluded(months, excluded)
    superseded.check({source for source, connector in mapping.connector.items() if connector in {"activity_csv", "mapping"}})
    if methods:
        pack.unchecked.append(
            f"{methods} quantities that a calculation method made of several operands (`ghg verify` multiplies them again)"
        )
    gone = sum(map(len, rejected.values()))
    return f"source rows: {read} as in their files, {linked} activity rows linked to their cells, {gone} rejected, {len(excluded)} excluded"


Excluded = dict[tuple[str, str, str], list[dict[str, str]]]


class Superseded:
    """Rows in the place of which a row of a later export counts: both have the same natural key, and the later one is there."""

    def __init__(self, pack: Pack | None) -> None:
        columns = ("source_id", "file_no", "row_no", "part", "natural_key", "by_file_no", "by_row_no")
        self.rows = {row[:4]: (line, *row[4:]) for line, row in pack.rows("superseded_row", *columns)} if pack else {}
        options = pack.all("source_option", "source_id", "name", "value") if pack else []
        self.names = {source: value.split("\x1f") for source, name, value in options if name == "natural_key"}
        self.keys: dict[tuple[str, ...], str] = {}

    def positions(self, source: str, header: list[str]) -> Sequence[int]:
        """Where the columns of a source's natural key are in a file."""
        return [place for place, name in enumerate(header) if name in self.names.get(source, ())]

    def note(self, row: tuple[str, ...], key: str) -> None:
        """Keep the key of a row."""
        self.keys[row] = key

    def check(self, linked: set[str]) -> None:
        """Raise Difference for a row that is said to be superseded and is not."""
        for (source, file_no, row_no, part), (line, key, by_file, by_row) in self.rows.items():
            later = (source, str(by_file), str(by_row))
            if source in linked and (
                self.keys.get((source, file_no, row_no)) != key or self.keys.get(later) != key or (*later, part) in self.rows
            ):
                message = f"row {row_no} of {source} is not superseded by row {by_row}: their keys differ, or that row does not count"
                raise Difference("data/csv/superseded_row.csv", int(str(line)), message)


class Link:
    """The activity rows of one file, each compared with the cells that it comes from."""

    def __init__(self, pack: Pack, mapping: Mapping, place: tuple[str, str, str], rows: Iterator[tuple[int, tuple[str, ...]]]) -> None:
        self.source, self.file_no, self.name = place
        self.rows, self.mapping = rows, mapping
        self.is_linked = (
            mapping.connector.get(self.source) in {"activity_csv", "mapping"} and f"inventory/{self.name}" not in pack.meta["confidential"]
        )
        self.parts = mapping.parts(self.source, self.file_no) if self.is_linked else {}
        if not self.is_linked:
            pack.unchecked.append(f"{self.name}: its rows are not linked cell by cell (connector {mapping.connector.get(self.source)})")
        self.superseded = Superseded(None)
        self.key: Sequence[int] = ()
        self.methods = 0

    def row(self, row_no: int, cells: list[str], months: Months, excluded: Excluded) -> int:
        """Check the activity rows of one source row and split them by month; gives how many there are."""
        if not self.is_linked:
            return 0
        key: tuple[str, str, str] = (self.source, self.file_no, str(row_no))
        corrected = self.mapping.corrected.get(key, {})
        name = said(cells, self.parts.get("1", {}).get("activity_id"))
        for place, (new, old, stated) in corrected.items():
            if not is_meant(stated, str(row_no), {name}):
                raise Difference(f"data/inventory/{self.name}", row_no, "is corrected by a row of corrections.csv that names another")
            if cells[place].strip(" ") != old.strip(" "):
                message = f'is corrected from "{old}", but the cell says "{cells[place]}"'
                raise Difference(f"data/inventory/{self.name}", row_no, message)
            cells = [*cells[:place], new, *cells[place + 1 :]]
        if self.key:
            self.superseded.note(key, "\x1f".join(cells[place] for place in self.key))
        for part, feeds in self.parts.items():
            if (*key, part) in self.superseded.rows:
                continue
            found = next(self.rows, None)
            if found is None or (found[1][2], found[1][3]) != (str(row_no), part):
                raise Difference(f"data/inventory/{self.name}", row_no, "gives no activity row: it is missing from activity_row.csv")
            self.compare(row_no, cells, feeds, found)
            months.take(found, excluded)
        return len(self.parts)

    def compare(self, row_no: int, cells: list[str], feeds: dict[str, tuple[int | None, str]], found: tuple[int, tuple[str, ...]]) -> None:
        """The texts of an activity row are those of its cells, else its constants."""
        line, row = found
        has_method = bool(said(cells, feeds.get("method")))
        for target, column in LINKED.items():
            if (has_method and target in BY_METHOD) or (target == "activity_type" and row[AT["payer"]]):
                continue
            text = said(cells, feeds.get(target)) or self.mapping.default(target, row)
            if text != row[AT[column]]:
                message = f'{target} is "{text}" in the file, "{row[AT[column]]}" in activity_row.csv:{line}'
                raise Difference(f"data/inventory/{self.name}", row_no, message)
        self.methods += has_method

    def end(self, months: Months, excluded: Excluded) -> None:
        """Take the rows that are linked to no cell; raises Difference where a linked source has rows left over."""
        for found in self.rows:
            if self.is_linked:
                raise Difference("data/csv/activity_row.csv", found[0], f"comes from no row of {self.name}")
            months.take(found, excluded)


def said(cells: list[str], feed: tuple[int | None, str] | None) -> str:
    """What a row says: its cell, else the constant."""
    position, constant = feed or (None, "")
    return (cells[position].strip(" ") if position is not None else "") or constant


def exclusions(pack: Pack) -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """The excluded rows, each with the rows of exclusions.csv that state it."""
    stated = stated_rows(pack, "exclusions.csv")
    found: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for line, (no, source, file_no, row_no, kind) in pack.rows("excluded_row", "exclusion_no", "source_id", "file_no", "row_no", "kind"):
        if no not in stated or (stated[no]["source"], stated[no]["kind"]) != (source, kind):
            raise Difference("data/csv/excluded_row.csv", line, f"is not what row {no} of exclusions.csv says")
        number = stated[no]["row"].rpartition(":")[2]
        if number and number != row_no:
            raise Difference("data/csv/excluded_row.csv", line, f"excludes row {row_no}, exclusions.csv:{no} says row {number}")
        found[source, file_no, row_no].append(stated[no])
    return found


def check_excluded(months: Months, excluded: Excluded) -> None:
    """Rows that are excluded by the name of an activity have an activity of that name."""
    for key, rows in excluded.items():
        for stated in rows:
            if not is_meant(stated, key[2], months.names[key]):
                message = f"excludes row {key[2]} of {key[0]}; exclusions.csv names {stated['activity_id']}, which is another row"
                raise Difference("data/csv/excluded_row.csv", None, message)


# Months ---------------------------------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", re.ASCII)
RANKS = {"meter": 1, "vendor": 2, "tracker": 3, "estimate": 4}
LAST = 5


EMPTY: tuple[str, ...] = ()
OF_ROW = (
    "activity_type", "region", "supplier", "factor_pin", "unit", "entity", "hosting", "site", "system", "lifecycle_stage", "data_quality",
    "data_origin", "read_status", "measurement_point", "meter",
)  # fmt: skip
"""What an activity as read has from its row, by the names of activity_row.csv."""


FROM_ROW = itemgetter(*(AT[name] for name in OF_ROW))


class Standing:
    """What decides whether a part of a row counts in the inventory: coverage and month, rank, what its source says, its time."""

    __slots__ = ("cover", "day", "is_accrued", "is_given", "rank", "row", "scope", "span", "was")

    def __init__(self, cover: tuple[str, str], rank: int, row: tuple[str, ...], scope: str, span: tuple[str, str]) -> None:
        self.cover, self.rank, self.scope, self.span = cover, rank, scope, span
        self.day, self.was, self.row = "", EMPTY, row[2]
        self.is_given, self.is_accrued = row[AT["given_role"]] != "", row[AT["read_status"]] == "accrued"


class Months:
    """Activity rows split into calendar months: differences of units x time so far // time in all, which conserve sums."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.types = {row[0]: row[1:] for row in pack.all("activity_type", "activity_type", "dimension", "allows_negative")}
        self.scopes = {row[0]: row[1:] for row in pack.all("activity_type", "activity_type", "scope", "carrier")}
        self.hosted = {(r["carrier"], r["hosting"]): r["scope"] for r in pack.reference("reporting/standards/hosting_rules.csv")}
        self.choices = pack.all("role_choice", "coverage", "source_id", "starts", "ends")
        self.units = {unit for unit, _ in pack.all("unit", "unit", "dimension")}
        self.aliases = pack.pairs("unit_alias", "alias", "unit")
        self.options: dict[str, dict[str, str]] = defaultdict(dict)
        for source, name, value in pack.all("source_option", "source_id", "name", "value"):
            self.options[source][name] = value
        self.cuts: dict[str, set[date]] = defaultdict(set)
        for entity, first, last in pack.all("entity", "entity", "valid_from", "valid_to"):
            self.cuts[entity] |= {day for day in (date.fromisoformat(first), date.fromisoformat(last)) if day.day > 1}
        self.parts: dict[str, tuple[int | None, Standing]] = {}
        self.sums: dict[tuple[str, ...], tuple[int | None, Standing]] = {}
        self.best: dict[tuple[str, str], int] = {}
        self.actual: dict[tuple[str, str, int], list[tuple[str, str]]] = defaultdict(list)
        self.timed = 0
        self.names: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.places: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)

    def take(self, found: tuple[int, tuple[str, ...]], excluded: Excluded) -> None:
        """Check number, unit and dates of an activity row and split it."""
        line, row = found
        options = self.options[row[0]]
        self.check_number(line, row, options)
        self.check_unit(line, row)
        self.check_dates(line, row, options)
        if row[:3] in excluded:
            self.names[row[:3]] |= {row[AT["given_id"]], row[AT["activity_id"]]}
        elif self.is_usable(row):
            self.split(row, "monthly_sum" in options)
        if (
            row[:3] not in excluded
            and row[AT["is_none"]] != "true"
            and not (row[AT["quantity"]] and row[AT["unit"]] and self.is_usable(row))
        ):
            need_error(self.pack, (row[0], row[2]), "data/csv/activity_row.csv", line, f"{row[AT['activity_id']]} cannot be used")

    def check_number(self, line: int, row: tuple[str, ...], options: dict[str, str]) -> None:
        """The quantity is the number that its text says."""
        text = row[AT["quantity_text"]]
        expected = number_of(text, options)
        stated = row[AT["quantity"]]
        if (fixed(stated, 10) if stated else None) != expected:
            raise Difference(
                "data/csv/activity_row.csv",
                line,
                f'"{text}" is {"no number" if expected is None else shown(expected, 10)}, not {stated or "nothing"}',
            )

    def check_unit(self, line: int, row: tuple[str, ...]) -> None:
        """The unit is the one that its text names."""
        text = row[AT["unit_text"]]
        expected = text if text in self.units else self.aliases.get(text, "")
        if row[AT["unit"]] != expected:
            raise Difference("data/csv/activity_row.csv", line, f'the unit "{text}" is {expected or "unknown"}, not {row[AT["unit"]]}')

    def check_dates(self, line: int, row: tuple[str, ...], options: dict[str, str]) -> None:
        """Start and end are the days that their texts say; timestamps are counted and left."""
        for text, column, is_end in ((row[AT["starts"]], "period_start", False), (row[AT["ends"]], "period_end", True)):
            expected = day_of(text, options, is_end=is_end)
            if expected is None:
                self.timed += 1
            elif row[AT[column]] != expected:
                raise Difference("data/csv/activity_row.csv", line, f'"{text}" is {expected or "no date"}, not {row[AT[column]]}')

    def is_usable(self, row: tuple[str, ...]) -> bool:
        """Whether a row has all that an activity needs: type, place and a period of at most six years."""
        starts, ends = row[AT["period_start"]], row[AT["period_end"]]
        if row[AT["activity_type"]] not in self.types or not starts or not ends or starts >= ends or row[AT["is_none"]] == "true":
            return False
        if (row[AT["site"]] and not row[AT["known_site"]]) or not row[AT["known_entity"]]:
            return False
        return ends <= f"{int(starts[:4]) + 6:04d}{starts[4:]}"

    def split(self, row: tuple[str, ...], is_summed: bool) -> None:
        """One part for each month, and for each side of a day on which the interest in the entity changes."""
        dimension, allows_negative = self.types[row[AT["activity_type"]]]
        quantity = row[AT["quantity"]]
        units = fixed(quantity, 10) if quantity else None
        if units is not None and units < 0 and allows_negative != "true" and not row[AT["replaces"]]:
            units = None
        if row[AT["dimension"]] not in dimension.split("|"):
            units = None
        scope, carrier = self.scopes[row[AT["activity_type"]]]
        scope = self.hosted.get((carrier, row[AT["hosting"]]), scope) if scope else ""
        was = self.same.setdefault(was := FROM_ROW(row), was)
        for day, name, part, span in self.months(row, units):
            month = f"{day[:7]}-01"
            cover = (row[AT["coverage"]], month)
            standing = Standing(cover, self.rank(row, month), row, scope, span)
            standing.day, standing.was = day, was
            if is_summed:
                place = row[AT["meter"]] or row[AT["site"]] or row[AT["entity"]]
                key = (row[0], place, month, row[AT["activity_type"]], row[AT["unit"]])
                self.places[key].add(was)
                before = self.sums[key][0] if key in self.sums else 0
                self.sums[key] = (None if part is None or before is None else before + part, standing)
            else:
                self.parts[row[AT["activity_id"]] + name] = (part, standing)
            if cover[0] and part is not None and not standing.is_given:
                if scope:
                    self.best[cover] = min(standing.rank, self.best.get(cover, standing.rank))
                if row[AT["read_status"]] == "actual":
                    self.actual[(*cover, standing.rank)].append(span)

    def rank(self, row: tuple[str, ...], month: str) -> int:
        """The rank of a source: the one that inventory.yaml chooses for the coverage and month comes first."""
        for coverage, source, first, last in self.choices:
            if coverage == row[AT["coverage"]] and source == row[0] and first <= month < last:
                return 0
        return RANKS.get(row[AT["rank"]], LAST)

    def role(self, standing: Standing) -> str:
        """`inventory`, or `memo`: without scope, said to be, covered by a better source, or an accrual whose row has come."""
        is_covered = self.best.get(standing.cover, standing.rank) < standing.rank
        spans = self.actual.get((*standing.cover, standing.rank), ())
        is_settled = standing.is_accrued and any(first <= standing.span[0] and last >= standing.span[1] for first, last in spans)
        return "memo" if not standing.scope or standing.is_given or is_covered or is_settled else "inventory"

    def months(self, row: tuple[str, ...], units: int | None) -> Iterator[tuple[str, str, int | None, tuple[str, str]]]:
        """First day of the month or of the part of it, name of the part ('' where the row is not split), its units and its time."""
        starts, ends = row[AT["period_start"]], row[AT["period_end"]]
        first, last = microseconds(starts), microseconds(ends)
        for day, after in self.bounds(row[AT["entity"]], date.fromisoformat(starts[:10]), ends):
            low, high = max(day_microseconds(day), first), min(day_microseconds(after), last)
            if low >= high:
                continue
            part = None if units is None else cut(units * (high - first), last - first) - cut(units * (low - first), last - first)
            is_split = day_microseconds(day) > first or day_microseconds(after) < last
            span = (max(f"{day} 00:00:00", starts), min(f"{after} 00:00:00", ends))
            yield day.isoformat(), f"@{day.isoformat()[: 7 if day.day == 1 else 10]}" * is_split, part, span

    def bounds(self, entity: str, start: date, ends: str) -> Iterator[tuple[date, date]]:
        """The calendar months that a period touches, each cut where the interest in the entity changes within it."""
        month = start.replace(day=1)
        while f"{month} 00:00:00" < ends:
            after = (month + timedelta(days=32)).replace(day=1)
            days = [month, *sorted(day for day in self.cuts.get(entity, ()) if month < day < after), after]
            yield from zip(days, days[1:])  # noqa: RUF007 - pairwise is newer than some auditors' Python
            month = after


def day_microseconds(day: date) -> int:
    """Midnight of a day as microseconds since 1970."""
    return (day.toordinal() - 719163) * 86400000000


def number_of(text: str, options: dict[str, str]) -> int | None:
    """A number as people write it, in units of 1e-10, rounded half away from zero; None where it is none, or 1e13 or more."""
    thousands, is_comma = options.get("thousands", ""), "decimal_comma" in options
    plain = text.replace(thousands, "") if thousands else text
    number = plain.replace(",", ".") if is_comma else plain
    if not NUMBER.fullmatch(number) or (is_comma and "." in plain):
        return None
    if thousands and thousands in text and not re.fullmatch(r"[+-]?[0-9]{1,3}(_[0-9]{3})+([.,][0-9]+)?", text.replace(thousands, "_")):
        return None
    whole, _, tail = number.partition(".")
    if whole.isdigit() and len(tail) <= 10 and (not tail or tail.isdigit()):
        units = int(whole + tail.ljust(10, "0"))
    else:
        exact = Fraction(number) * 10**10
        units = rounded(exact.numerator, exact.denominator)
    return units if abs(units) < 10**23 else None


def day_of(text: str, options: dict[str, str], *, is_end: bool) -> str | None:
    """A date as the table prints its midnight (an end that is a date is inclusive); '' for no date, None for a timestamp."""
    if "date_pattern" in options:
        match = re.fullmatch(options["date_pattern"], text)
        if ":" in options["date_order"]:
            return None
        try:
            day = date(*map(int, match.expand(options["date_order"]).split("-"))) if match else None
        except ValueError:
            day = None
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
    elif not text:
        day = None
    else:
        return None
    if day is None:
        return ""
    return f"{day + timedelta(days=1) if is_end else day} 00:00:00"


# Reference data -------------------------------------------------------------------------------------------------------------------------


def recorded(top: Fraction) -> int:
    """A ratio as it is recorded: 14 decimals, half away from zero."""
    return rounded(top.numerator * 10**14, top.denominator)


class Units:
    """Conversions of units, worked out anew from the exact ratios of units.csv."""

    def __init__(self, pack: Pack) -> None:
        self.ratios = {u: Fraction(int(n), int(d)) for u, n, d in pack.all("unit", "unit", "numerator", "denominator")}
        self.dimensions = pack.pairs("unit", "unit", "dimension")
        for row in pack.reference("factors/units.csv"):
            held = self.ratios.get(row["unit"])
            if row["dimension"] != "money" and held != Fraction(int(row["numerator"]), int(row["denominator"])):
                raise Difference("data/csv/unit.csv", None, f"{row['unit']} is not what factors/units.csv says")
        self.held: dict[tuple[str, str], int] = {}
        for line, (one, other, multiplier) in pack.rows("unit_conversion", "from_unit", "to_unit", "multiplier"):
            exact = recorded(self.ratios[one] / self.ratios[other])
            if fixed(multiplier, 14) != exact or self.dimensions[one] != self.dimensions[other]:
                raise Difference("data/csv/unit_conversion.csv", line, f"1 {one} is {shown(exact, 14)} {other}, not {multiplier}")
            self.held[one, other] = exact

    def convert(self, quantity: int, one: str, other: str) -> int:
        """A quantity of 10 decimals in another unit; raises KeyError where units.csv has no such conversion."""
        return rounded(quantity * self.held[one, other], 10**14)


def check_units(pack: Pack) -> str:
    """Every conversion is the exact ratio of its units, rounded once."""
    pack.units = Units(pack)
    return f"units: {len(pack.units.ratios)} units, {len(pack.units.held)} conversions recomputed from exact ratios"


def decimal_of(text: str) -> int:
    """A value of a factor set in units of 1e-14, as the engine casts it."""
    exact = Fraction(text) * 10**14
    return rounded(exact.numerator, exact.denominator)


def used_factors(pack: Pack) -> dict[str, dict[str, set[tuple[str, str]]]]:
    """Set -> factor -> (gas, biogenic) of what prices something, by price.csv."""
    found: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for _, (set_id, factor_id, gas, is_biogenic) in pack.rows("price", "set_id", "factor_id", "gas", "is_biogenic"):
        found[set_id][factor_id].add((gas, is_biogenic))
    return found


def published_factors(pack: Pack, set_id: str, wanted: set[str]) -> dict[tuple[str, str, str], tuple[int, str, str, str]]:
    """(factor, gas, biogenic) -> value, value_as, per_unit, boundary as the set's file says; instruments and definitions from theirs."""
    if set_id == "instruments":
        rates = pack.all("instrument", "instrument_id", "rate_kg_co2e_per_kwh")
        return {(f"instrument.{i}", "CO2e", "false"): (fixed(rate, 14), "kg_co2e", "kWh", "") for i, rate in rates if rate}
    if set_id == "definitions":
        rows = pack.reference("reporting/standards/definitional_factors.csv")
        return {(r["factor_id"], r["gas"], "false"): (decimal_of(r["value"]), r["value_as"], r["per_unit"], "") for r in rows}
    found = {}
    columns = ("factor_id", "gas", "is_biogenic", "value", "value_as", "per_unit", "boundary")
    for _, (factor_id, gas, is_biogenic, value, value_as, per_unit, boundary) in csv_rows(set_file(pack, set_id), columns):
        if factor_id in wanted:
            found[factor_id, gas, "true" if is_biogenic.lower() in {"true", "t", "1", "yes"} else "false"] = (
                decimal_of(value),
                value_as,
                per_unit,
                boundary,
            )
    return found


def check_factors(pack: Pack) -> str:
    """Every factor that prices something has the value of its set's file, and all its gases price together."""
    used, count = used_factors(pack), 0
    published: dict[str, dict[tuple[str, str, str], tuple[int, str, str, str]]] = {}
    for set_id, factors in used.items():
        if set_id in pack.meta["withheld_sets"]:
            pack.unchecked.append(f"values of {len(factors)} factors of {set_id}: its licence keeps them out of the pack")
            continue
        published[set_id] = published_factors(pack, set_id, set(factors))
    columns = ("set_id", "factor_id", "gas", "is_biogenic", "factor", "value_as", "factor_unit", "unit", "multiplier", "boundary")
    for line, (set_id, factor_id, gas, is_biogenic, factor, value_as, factor_unit, unit, multiplier, boundary) in pack.rows(
        "price", *columns
    ):
        if set_id not in published:
            continue
        held = published[set_id].get((factor_id, gas, is_biogenic))
        if held is None or held != (fixed(factor, 14), value_as, factor_unit, held[3] and boundary):
            said = "nothing" if held is None else f"{shown(held[0], 14)} {held[1]} per {held[2]}"
            raise Difference("data/csv/price.csv", line, f"{factor_id} {gas} is {factor} here; the file of {set_id} says {said}")
        if pack.units.held.get((unit, factor_unit)) != fixed(multiplier, 14):
            raise Difference("data/csv/price.csv", line, f"1 {unit} is not {multiplier} {factor_unit}")
        count += 1
    check_gases(used, published)
    check_instruments(pack)
    pack.unchecked.append("which factor was chosen (its value is checked; `ghg verify` chooses again)")
    return f"factors: {count} prices have the value, unit and gases of their set's file"


def check_gases(
    used: dict[str, dict[str, set[tuple[str, str]]]], published: dict[str, dict[tuple[str, str, str], tuple[int, str, str, str]]]
) -> None:
    """A factor prices with all its gases: CO2 from one and methane from another would be nobody's factor."""
    for set_id, rows in published.items():
        gases: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for factor_id, gas, is_biogenic in rows:
            gases[factor_id].add((gas, is_biogenic))
        for factor_id, found in used[set_id].items():
            if set_id not in {"instruments", "definitions"} and gases[factor_id] != found:
                raise Difference(
                    "data/csv/price.csv",
                    None,
                    f"{factor_id} has the gases {sorted(gases[factor_id])} in its set and is priced with {sorted(found)}",
                )


def check_instruments(pack: Pack) -> None:
    """Rate, volume and status of every instrument are those of instruments.csv, and no more is matched than there is."""
    path = pack.data / "inventory" / "instruments.csv"
    stated: dict[str, dict[str, str]] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            stated = {row.get("instrument_id", row.get("id", "")): row for row in csv.DictReader(stream)}
    volumes: dict[str, int] = {}
    columns = ("instrument_id", "volume", "unit", "rate_kg_co2e_per_kwh", "status")
    for line, (name, volume, unit, rate, status) in pack.rows("instrument", *columns):
        row = stated.get(name, {})
        for column, value in (("volume", volume), ("rate_kg_co2e_per_kwh", rate), ("status", status)):
            told = row.get(column, "")
            if told != value and not (told and value and column != "status" and Fraction(told) == Fraction(value)):
                raise Difference("data/csv/instrument.csv", line, f'{name}: {column} is {value}, instruments.csv says "{told}"')
        volumes[name] = pack.units.convert(fixed(volume, 10), unit, "kWh")
    taken: Counter[tuple[str, str]] = Counter()
    for claim, name, kwh in pack.all("instrument_match", "claim", "instrument_id", "kwh"):
        taken[claim, name] += fixed(kwh, 10)
    for (claim, name), total in taken.items():
        if total > volumes[name]:
            raise Difference(
                "data/csv/instrument_match.csv",
                None,
                f"{name}: {shown(total, 10)} kWh are matched ({claim}), it has {shown(volumes[name], 10)}",
            )


REGISTER = "carbon_credits.csv"
EUROPEAN_UNION = "EU27"


def check_credits(pack: Pack, periods: dict[str, tuple[str, str]]) -> None:
    """The lots of carbon credits are those of carbon_credits.csv, and what the register answers for every period is added up from them."""
    path = pack.data / "inventory" / REGISTER
    stated: dict[str, dict[str, str]] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            stated = {row["credit_id"].strip(): row for row in csv.DictReader(stream)}
    union = {region for region, ancestor in pack.all("region_ancestor", "region", "ancestor") if ancestor == EUROPEAN_UNION}
    columns = ("credit_id", "t_co2e", "status", "kind", "region", "acquired_on", "retired_on", "is_recognised", "is_adjusted")
    answers = {"recognised": "is_recognised", "corresponding_adjustment": "is_adjusted"}
    lots = [(line, dict(zip(columns, row))) for line, row in pack.rows("carbon_credit", *columns)]
    for line, lot in lots:
        row = stated.pop(lot["credit_id"], {})
        same = [(name, lot[name], row.get(name, "").strip()) for name in ("status", "kind", "region", "acquired_on", "retired_on")]
        same += [(name, lot[flag], str(row.get(name, "").strip() == "yes").lower()) for name, flag in answers.items()]
        same += [("t_co2e", lot["t_co2e"], row.get("t_co2e", "").strip())]
        for name, value, told in same:
            if value != told and not (name == "t_co2e" and told and Fraction(told) == Fraction(value)):
                raise Difference("data/csv/carbon_credit.csv", line, f'{lot["credit_id"]}: {name} is {value}, {REGISTER} says "{told}"')
    if stated:
        raise Difference("data/csv/carbon_credit.csv", None, f"the lot {min(stated)} of {REGISTER} is missing")
    for line, (name, period, value, source) in pack.rows("input", "name", "period", "value", "source"):
        if source.startswith(REGISTER):
            total = sum(fixed(lot["t_co2e"], 12) for _, lot in lots if counts(name, lot, union, *periods.get(period, ("", ""))))
            if fixed(value, 12) != total:
                raise Difference(
                    "data/csv/input.csv", line, f"{name} of {period} is {value}; the lots of {REGISTER} give {shown(total, 12)}"
                )


def counts(name: str, lot: dict[str, str], union: Collection[str], starts: str, ends: str) -> bool:
    """Whether a lot counts in an answer of the register in a half-open period; days are compared as ISO text."""
    is_open = lot["acquired_on"] < ends and not ("" < lot["retired_on"] < ends)
    if name == "credits_planned":
        return is_open
    if name == "credits_bought_not_cancelled":
        return is_open and lot["acquired_on"] >= starts and lot["status"] != "contracted"
    kinds = {
        "credits_cancelled": True,
        "credits_cancelled_reduction": lot["kind"] == "reduction",
        "credits_cancelled_removal": lot["kind"] == "removal",
        "credits_cancelled_recognised": lot["is_recognised"] == "true",
        "credits_cancelled_eu": lot["region"] in union,
        "credits_cancelled_adjusted": lot["is_adjusted"] == "true",
    }
    return kinds.get(name, False) and starts <= lot["retired_on"] < ends


# Activities -----------------------------------------------------------------------------------------------------------------------------

PLACE = ("activity_type", "region", "supplier", "factor_pin", "unit", "bases", "basis", "month", "entity", "hosting")
REST = ("site", "system", "lifecycle_stage", "data_quality", "data_origin", "read_status", "role", "measurement_point", "meter")
COLUMNS = (*PLACE, *REST)
Place = tuple[str, ...]
Activity = tuple[Any, ...]
TYPE, REGION, SUPPLIER, PIN, UNIT, BASES, BASIS, MONTH, ENTITY, HOSTING, SITE, SYSTEM, STAGE, QUALITY, ORIGIN, READ, ROLE, POINT, METER = (
    range(19)
)
FROM_PLACE = itemgetter(TYPE, REGION, SUPPLIER, PIN, UNIT, ENTITY, HOSTING, SITE, SYSTEM, STAGE, QUALITY, ORIGIN, READ, POINT, METER)
OF_SYSTEM = OF_ROW.index("system")
Q, K, PARENT, DERIVATION, COUNTS, LINE, SOURCE, ROW = range(8)


class Activities:
    """Every row of activity.csv in memory: quantity (1e-10), place, parent, derivation, whether it counts, its source row."""

    def __init__(self, pack: Pack) -> None:
        self.places: list[Place] = []
        self.held: dict[str, Activity] = {}
        numbers: dict[Place, int] = {}
        same: dict[str, str] = {}
        columns = ("activity_id", "parent_activity_id", "derivation", "counts", "quantity", "source_id", "row_no", *PLACE, *REST)
        for line, row in pack.rows("activity", *columns):
            activity_id, parent, derivation, counts, quantity, source, row_no = row[:7]
            place = row[7:]
            number = numbers.get(place)
            if number is None:
                number = numbers[place] = len(self.places)
                self.places.append(place)
            if activity_id in self.held:
                raise Difference("data/csv/activity.csv", line, f"{activity_id} is there twice")
            units = fixed(quantity, 10) if quantity else None
            kind, source = same.setdefault(derivation, derivation), same.setdefault(source, source)
            self.held[activity_id] = (units, number, parent, kind, counts == "true", line, source, row_no)

    def place(self, activity: Activity) -> Place:
        """What an activity shares with others."""
        return self.places[activity[K]]


def wrong(activity: Activity, message: str) -> Difference:
    """A difference at a row of activity.csv."""
    return Difference("data/csv/activity.csv", activity[LINE], message)


def check_activities(pack: Pack) -> str:
    """Every month of every row, every derived row and every flag follows from the rows above it."""
    pack.classes = Classes(pack)
    activities = pack.activities = Activities(pack)
    kinds = Counter(activity[DERIVATION] or "as read" for activity in activities.held.values())
    check_read(pack, activities)
    Derived(pack, activities).check()
    timed = pack.months.timed
    if timed:
        pack.unchecked.append(f"{timed} timestamps (their periods are taken from activity_row.csv; dates are re-read)")
    return "activities: " + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) + ", quantities and months recomputed"


def check_read(pack: Pack, activities: Activities) -> None:
    """The activities as read are exactly the months of the activity rows; the better source counts, the others are memo."""
    months = pack.months
    left = dict.fromkeys(months.parts)
    sums: dict[tuple[str, ...], int | None] = {}
    seen: set[tuple[int, Sequence[tuple[str, ...]]]] = set()
    for activity_id, activity in activities.held.items():
        if activity[DERIVATION]:
            continue
        place = activities.place(activity)
        if "monthly_sum" in months.options[activity[SOURCE]]:
            key = (activity[SOURCE], place[METER] or place[SITE] or place[ENTITY], f"{place[MONTH][:7]}-01", place[TYPE], place[UNIT])
            if key not in months.sums:
                raise wrong(activity, f"{activity_id} is the sum of no readings")
            sums[key] = None if activity[Q] is None or sums.get(key, 0) is None else (sums.get(key) or 0) + activity[Q]
            standing = months.sums[key][1]
            told: Sequence[tuple[str, ...]] = tuple(months.places[key])
        else:
            if activity_id not in months.parts:
                raise wrong(activity, f"{activity_id} comes from no row of activity_row.csv")
            del left[activity_id]
            quantity, standing = months.parts[activity_id]
            if quantity != activity[Q]:
                raise wrong(activity, f"{activity_id} is {number_text(activity[Q])} here, its share of the row is {number_text(quantity)}")
            if (place[MONTH], activity[ROW]) != (standing.day, standing.row):
                message = (
                    f"{activity_id} is of {place[MONTH]}, row {activity[ROW]}; activity_row.csv gives {standing.day}, row {standing.row}"
                )
                raise wrong(activity, message)
            told = (standing.was,)
        if (activity[K], told) not in seen:
            check_place(activity, FROM_PLACE(place), told, standing.rank > months.best.get(standing.cover, standing.rank))
            seen.add((activity[K], told))
        role = months.role(standing)
        if place[ROLE] != role:
            raise wrong(activity, f"{activity_id} is {place[ROLE]}; by the rank of its sources it is {role}")
    check_none_missing(months, left, sums)


def check_place(activity: Activity, place: tuple[str, ...], told: Sequence[tuple[str, ...]], is_covered: bool) -> None:
    """An activity is of the type, place, unit and quality that its row says; a row that a better source covers leaves its system."""
    if place in told or (is_covered and not place[OF_SYSTEM] and any(place == with_no_system(row) for row in told)):
        return
    column, held, expected = next((c, h, e) for c, h, e in zip(OF_ROW, place, told[0]) if h != e)
    raise wrong(activity, f'{column} is "{held}", activity_row.csv says "{expected}"')


def with_no_system(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row as it is where its system is held by a better source."""
    return (*row[:OF_SYSTEM], "", *row[OF_SYSTEM + 1 :])


def check_none_missing(months: Months, left: dict[str, Any], sums: dict[tuple[str, ...], int | None]) -> None:
    """Every month of every row became an activity, and readings add up to theirs."""
    for missing in left:
        raise Difference("data/csv/activity.csv", None, f"{missing} is missing: a row of a source, or a month of it, was taken out")
    for key, total in months.sums.items():
        if sums.get(key, "") != total[0]:
            raise Difference(
                "data/csv/activity.csv", None, f"the readings of {key[0]}, {key[1]}, {key[2][:7]} add up to {number_text(total[0])}"
            )


def number_text(number: int | None) -> str:
    """A quantity for a message."""
    return "nothing" if number is None else shown(number, 10)


SAME = {
    "adds": (REGION, MONTH, ENTITY, HOSTING, SITE, UNIT, QUALITY, ORIGIN, READ, ROLE, POINT, METER),
    "reallocates": (TYPE, REGION, MONTH, ENTITY, HOSTING, SITE, QUALITY, ORIGIN, READ, ROLE, POINT, METER, SYSTEM, STAGE),
    "replaces": (REGION, MONTH, ENTITY, SITE, READ, ROLE, METER, SYSTEM, STAGE),
    "fills": (),
}
"""What a derived row has from its parent."""


class Derived:
    """Rows that derive from others: each product worked out anew, each row that must be there looked for."""

    def __init__(self, pack: Pack, activities: Activities) -> None:
        self.pack, self.activities, self.units = pack, activities, pack.units
        self.carriers = {row[0]: row[1:] for row in pack.all("activity_type", "activity_type", "carrier", "is_energy")}
        self.pues: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for site, pue, first, last in pack.all("site_pue", "site", "pue", "valid_from", "valid_to"):
            self.pues[site].append((first, last, pue))
        self.replacing: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self.adding: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
        self.read_rules()
        self.ancestors: dict[str, list[str]] = defaultdict(list)
        for region, ancestor, _ in sorted(pack.all("region_ancestor", "region", "ancestor", "distance"), key=lambda row: int(row[2])):
            self.ancestors[region].append(ancestor)
        columns = ("activity_type", "unit", "region", "supplier", "factor_pin", "month", "from_unit", "to_unit", "multiplier")
        self.steps = {row[:6]: row[6:] for row in pack.all("fuel_step", *columns)}
        self.matches: dict[tuple[str, str, str], int] = {}
        for claim, activity_id, instrument, kwh in pack.all("instrument_match", "claim", "activity_id", "instrument_id", "kwh"):
            self.matches[claim, activity_id, instrument] = fixed(kwh, 10)
        self.replaced = {row[0] for row in self.replaced_rows()}
        self.children: dict[str, list[tuple[str, Activity]]] = defaultdict(list)

    def read_rules(self) -> None:
        """The rules of derivation, each with the ratio that derivation_rules.csv states."""
        stated = {(r["kind"], r["suffix"], r["activity_type"], r["region"]): Fraction(r["numerator"]) / Fraction(r["denominator"])
                  for r in self.pack.reference("reporting/standards/derivation_rules.csv")}  # fmt: skip
        columns = ("kind", "suffix", "activity_type", "region", "derived_activity_type", "multiplier", "from_unit", "to_unit")
        left = set(stated)
        for line, (kind, suffix, activity_type, region, derived, multiplier, one, other) in self.pack.rows("derivation_rule", *columns):
            ratio = stated.get((kind, suffix, activity_type, region))
            left.discard((kind, suffix, activity_type, region))
            if ratio is not None and recorded(ratio) != fixed(multiplier, 14):
                raise Difference("data/csv/derivation_rule.csv", line, f"{suffix} of {activity_type} is not what derivation_rules.csv says")
            if kind == "replaces":
                self.replacing[activity_type][suffix] = (derived, multiplier, one, other)
            else:
                self.adding[activity_type, region].append((suffix, derived, fixed(multiplier, 14)))
        for key in sorted(left):
            raise Difference("data/csv/derivation_rule.csv", None, f"lacks the rule {' '.join(filter(None, key))} of derivation_rules.csv")

    def replaced_rows(self) -> Iterator[tuple[str]]:
        """The rows whose place another took, by replacement.csv."""
        faults = {row[0] for row in self.pack.all("replacement_fault", "replaced_activity_id", "fault")}
        usable = (
            {row[0]: row[1] for row in self.pack.all("activity_row", "activity_id", "quantity")}
            if self.pack.all("replacement", "activity_id", "replaced_activity_id")
            else {}
        )
        for one, other in self.pack.all("replacement", "activity_id", "replaced_activity_id"):
            if other not in faults and usable.get(one, "").lstrip("-") and not usable[one].startswith("-"):
                yield (other,)

    def check(self) -> None:
        """Check every derived row against its parent, then what must be there and who counts."""
        for activity_id, activity in self.activities.held.items():
            if activity[DERIVATION]:
                parent = self.activities.held.get(activity[PARENT])
                if parent is None:
                    raise wrong(activity, f"{activity_id} derives from {activity[PARENT]}, which is not there")
                self.children[activity[PARENT]].append((activity_id, activity))
                self.check_row(activity_id, activity, parent)
        for activity_id, activity in self.activities.held.items():
            self.check_complete(activity_id, activity)

    def check_row(self, activity_id: str, activity: Activity, parent: Activity) -> None:
        """The quantity of a derived row."""
        kind = activity[DERIVATION]
        suffix = activity_id[len(activity[PARENT]) + 1 :]
        derive = {"replaces": self.replaces, "reallocates": self.reallocates, "adds": self.adds, "fills": self.fills}[kind]
        expected = derive(suffix, activity, parent)
        place, origin = self.activities.place(activity), self.activities.place(parent)
        for column in SAME[kind]:
            if place[column] != origin[column]:
                raise wrong(activity, f'{activity_id}: {COLUMNS[column]} is "{place[column]}", {activity[PARENT]} has "{origin[column]}"')
        if (activity[SOURCE], activity[ROW]) != (parent[SOURCE], parent[ROW]) and kind != "fills":
            raise wrong(activity, f"{activity_id} comes from row {activity[ROW]} of {activity[SOURCE]}, {activity[PARENT]} does not")
        if expected != activity[Q]:
            raise wrong(activity, f"{activity_id} is {number_text(activity[Q])}; from {activity[PARENT]} it is {number_text(expected)}")

    def replaces(self, suffix: str, activity: Activity, parent: Activity) -> int | None:
        """PUE, energy content, cited power, price year: the product of the parent and the recorded multiplier."""
        del activity
        quantity: int | None = parent[Q]
        place = self.activities.place(parent)
        if quantity is None or suffix in {"price_year", "it"}:
            return quantity
        if suffix in {"facility", "overhead"}:
            pue = next(p for first, last, p in self.pues[place[SITE]] if first <= place[MONTH] < last)
            whole = rounded(quantity * fixed(pue, 10), 10**10)
            return whole if suffix == "facility" else whole - quantity
        if suffix == "energy":
            one, _, multiplier = self.steps[place[TYPE], place[UNIT], place[REGION], place[SUPPLIER], place[PIN], place[MONTH]]
        else:
            _, multiplier, one, _ = self.replacing[place[TYPE]][suffix]
        used: int = self.units.convert(quantity, place[UNIT], one)
        return rounded(used * fixed(multiplier, 14), 10**14)

    def reallocates(self, suffix: str, activity: Activity, parent: Activity) -> int | None:
        """The kWh that an instrument covers, or what all of them leave."""
        if parent[Q] is None:
            return None
        claim = self.activities.place(activity)[BASIS]
        name = suffix.removeprefix("provisional~") if claim == "provisional" else suffix
        if name != "residual":
            return self.matches.get((claim, activity[PARENT], name))
        whole: int = self.units.convert(parent[Q], self.activities.place(parent)[UNIT], "kWh")
        return whole - sum(
            kwh for (c, parent_id, _), kwh in self.of_parent(activity[PARENT]) if c == claim and parent_id == activity[PARENT]
        )

    def of_parent(self, parent_id: str) -> list[tuple[tuple[str, str, str], int]]:
        """The matches of one activity."""
        if not hasattr(self, "by_parent"):
            self.by_parent: dict[str, list[tuple[tuple[str, str, str], int]]] = defaultdict(list)
            for key, kwh in self.matches.items():
                self.by_parent[key[1]].append((key, kwh))
        return self.by_parent[parent_id]

    def adds(self, suffix: str, activity: Activity, parent: Activity) -> int | None:
        """Upstream emissions and grid losses: the parent times the rule of the nearest region."""
        rule = self.rules_of(self.activities.place(parent)).get(suffix)
        if rule is None or rule[0] != self.activities.place(activity)[TYPE]:
            raise wrong(activity, f'no rule adds "{suffix}" to {activity[PARENT]}')
        return None if parent[Q] is None else rounded(parent[Q] * rule[1], 10**14)

    def fills(self, suffix: str, activity: Activity, parent: Activity) -> int | None:
        """A declared estimate: the sum of the rows that it rests on, times the declared ratio."""
        del suffix, parent
        if not hasattr(self, "filled"):
            self.filled: dict[int, int] = {}
            ratios = {(f, m): (int(t), int(b)) for f, m, t, b in self.pack.all("fill", "fill_id", "month", "top", "bottom")}
            sums: dict[tuple[str, str, str], int] = Counter()
            for activity_id, fill_id, month, quantity in self.pack.all(
                "activity_parent", "activity_id", "fill_id", "fill_month", "quantity"
            ):
                sums[activity_id, fill_id, month] += fixed(quantity, 10)
            for (activity_id, fill_id, month), total in sums.items():
                top, bottom = ratios[fill_id, month]
                self.filled[self.activities.held[activity_id][LINE]] = rounded(total * top, bottom)
        return self.filled.get(activity[LINE])

    def rules_of(self, place: Place) -> dict[str, tuple[str, int]]:
        """Suffix -> derived type and multiplier: the rule of the nearest region wins, one for any region comes last."""
        found: dict[str, tuple[str, int]] = {}
        for region in (*self.ancestors[place[REGION]], ""):
            for suffix, derived, multiplier in self.adding.get((place[TYPE], region), ()):
                found.setdefault(suffix, (derived, multiplier))
        return found

    def check_complete(self, activity_id: str, activity: Activity) -> None:
        """Rows that must be there are, and a row counts unless another takes its place."""
        place, children = self.activities.place(activity), self.children.get(activity_id, [])
        kinds = {child[DERIVATION] for _, child in children}
        row_id = activity_id.partition("@")[0] if activity_id.partition("@")[0] in self.replaced else activity_id
        is_replaced = "replaces" in kinds or (activity[DERIVATION] == "" and (row_id in self.replaced or activity_id in self.replaced))
        if activity[COUNTS] == is_replaced:
            state = "counts although another row takes its place" if activity[COUNTS] else "does not count, and no row takes its place"
            raise wrong(activity, f"{activity_id} {state}")
        if activity[DERIVATION] in {"adds", "reallocates"} or not activity[COUNTS] or place[ROLE] != "inventory":
            return
        if place[HOSTING] not in {"cloud", "api"}:
            there = {child_id[len(activity_id) + 1 :] for child_id, child in children if child[DERIVATION] == "adds"}
            for suffix in self.rules_of(place).keys() - there:
                raise wrong(activity, f"{activity_id}~{suffix} is missing")
        if place[BASIS] == "location" and activity[Q] is not None:
            parts = [
                child[Q] or 0
                for _, child in children
                if child[DERIVATION] == "reallocates" and self.activities.place(child)[BASIS] == "market"
            ]
            if sum(parts) != self.units.convert(activity[Q], place[UNIT], "kWh"):
                raise wrong(activity, f"the market-based parts of {activity_id} do not add up to it")
        carrier, is_energy = self.carriers[place[TYPE]]
        if (
            place[POINT] == "it"
            and carrier == "electricity"
            and is_energy == "true"
            and any(f <= place[MONTH] < t for f, t, _ in self.pues[place[SITE]])
        ):
            raise wrong(activity, f"{activity_id} is IT energy and has no row with the PUE of {place[SITE]}")


# Weights and prices ---------------------------------------------------------------------------------------------------------------------

ONE9 = 10**9


OF_TYPE = (
    "activity_type", "scope", "scope3_category", "iso_category", "dimension", "bases", "boundary", "carrier", "is_energy", "energy_source",
    "allows_negative",
)  # fmt: skip


class Classes:
    """Scope, category and weight of an activity in a view, from the interests in entities and the rules of the standards."""

    def __init__(self, pack: Pack) -> None:
        self.views = pack.all("view", "view", "approach", "gwp_set")
        columns = (
            "valid_from",
            "valid_to",
            "ownership",
            "financial_control",
            "operational_control",
            "joint_financial_control",
            "investment",
            "country",
        )
        self.entities: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for entity, *rest in pack.all("entity", "entity", *columns):
            self.entities[entity].append(tuple(rest))
        placed = ("scope", "scope3_category", "iso_category", "energy_source", "carrier", "is_energy")
        self.types = {row[0]: row[1:] for row in pack.all("activity_type", "activity_type", *placed)}
        shipped = {row["activity_type"]: row for row in pack.reference("reporting/standards/activity_types.csv")}
        held = pack.all("activity_type", *OF_TYPE)
        for number, row in enumerate(held, start=2):
            told = shipped.get(row[0])
            for column, value in zip(OF_TYPE, row) if told else ():
                if (told or {})[column] != value:
                    raise Difference(
                        "data/csv/activity_type.csv", number, f'{row[0]}: {column} is "{value}", activity_types.csv says otherwise'
                    )
        for name in shipped.keys() - {row[0] for row in held}:
            raise Difference("data/csv/activity_type.csv", None, f"{name} of activity_types.csv is missing")
        self.hosting = {(r["carrier"], r["hosting"]): (r["scope"], r["scope3_category"], r["iso_category"])
                        for r in pack.reference("reporting/standards/hosting_rules.csv")}  # fmt: skip
        self.tenure = {(r["hosting"], r["approach"]): (r["scope3_category"], r["iso_category"])
                       for r in pack.reference("reporting/standards/tenure_rules.csv")}  # fmt: skip
        self.countries = pack.pairs("site", "site", "country")

    def country(self, site: str, entity: str) -> str:
        """Country of the site, else of the entity."""
        return self.countries.get(site) or min((row[7] for row in self.entities[entity] if row[7]), default="")

    def weight(self, approach: str, row: tuple[str, ...]) -> int:
        """The share of an entity's activity in a view, in units of 1e-9 (GHG Protocol Corporate Standard ch. 3)."""
        if approach == "equity_share" or (approach == "financial_control" and row[5] == "true"):
            return fixed(row[2], 9)
        return ONE9 if row[3 if approach == "financial_control" else 4] == "true" else 0

    def of(self, place: Place) -> Iterator[tuple[str, str, tuple[str, str, str], int, str]]:
        """View, GWP set, (scope, category, ISO category), weight and whether it moved, for every view that has the entity."""
        scope, category, iso, _, carrier, _ = self.types[place[TYPE]]
        if scope:
            scope, category, iso = self.hosting.get((carrier, place[HOSTING]), (scope, category, iso))
        else:
            category = iso = ""
        row = next((row for row in self.entities[place[ENTITY]] if row[0] <= place[MONTH] < row[1]), None)
        if row is None:
            return
        for view, approach, gwp_set in self.views:
            weight, (tenure, tenure_iso) = self.weight(approach, row), self.tenure.get((place[HOSTING], approach), ("", ""))
            moved, where = "", (scope, category, iso)
            if scope in {"1", "2"} and tenure:
                moved = "tenure" if weight else ""
                where = ("3", tenure, tenure_iso) if moved else where
            elif scope in {"1", "2"} and not weight and fixed(row[2], 9) > 0 and row[6] == "derived":
                moved, where, weight = "investment", ("3", "15", "5"), fixed(row[2], 9)
            if moved != "investment" and tenure and category == "3":
                weight = 0
            yield view, gwp_set, where, weight, moved


class Line:
    """What every ledger line of one place, factor, gas and view has in common."""

    __slots__ = ("constants", "factor", "group", "gwp", "has_mass", "multiplier", "name", "share")

    def __init__(self, name: str, constants: tuple[str, ...], numbers: tuple[int, int, int, int], has_mass: bool, group: list[int]) -> None:
        self.name, self.constants, self.has_mass, self.group = name, constants, has_mass, group
        self.multiplier, self.factor, self.gwp, self.share = numbers


GROUP = (
    "month", "view", "entity", "site", "country", "scope", "scope3_category", "iso_category", "gas_group", "basis", "is_biogenic",
    "energy_source",
    "system", "lifecycle_stage", "role", "data_quality", "data_origin", "read_status", "is_fallback", "is_other_gwp_set", "hosting",
)  # fmt: skip
CONSTANT = (
    "period", "month", "entity", "site", "country", "activity_type", "role", "scope", "scope3_category", "iso_category", "energy_source",
    "view", "basis",
    "gas", "gas_group", "is_biogenic", "activity_unit", "multiplier", "factor_unit", "factor", "value_as", "gwp", "share", "factor_id",
    "set_id",
    "is_fallback", "is_other_gwp_set", "data_quality", "data_origin", "read_status", "system", "lifecycle_stage", "hosting",
)  # fmt: skip
VARYING = ("entry_id", "activity_id", "activity_quantity", "quantity", "kg_gas", "kg_co2e", "source_id", "row_no", "derivation")
G = {name: place for place, name in enumerate(GROUP)}


def gwp_rows(pack: Pack) -> list[dict[str, str]]:
    """The rows of gwp.csv: the published sets, and the company's own."""
    own = pack.data / "inventory" / "factors" / "gwp.csv"
    rows = pack.reference("factors/gwp.csv")
    if own.is_file():
        with own.open(encoding="utf-8-sig", newline="") as stream:
            rows += [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(stream)]
    return rows


class Prices:
    """Which lines an activity must have in the ledger: one for each basis, gas and disclosed view."""

    def __init__(self, pack: Pack, groups: dict[tuple[str, ...], list[int]]) -> None:
        self.pack, self.classes, self.groups = pack, pack.classes, groups
        self.disclosed = {view for view, _ in pack.all("framework", "view", "framework")}
        self.interval = pack.pairs("month_interval", "month", "interval_start")
        self.gwp: dict[tuple[str, str], str] = {}
        self.gas_groups: dict[str, str] = {}
        for row in gwp_rows(pack):
            self.gwp[row["gwp_set"], row["gas"]] = f"{whole_or_fixed(row['value'], 3) / 1000:.3f}"
            self.gas_groups[row["gas"]] = min(row["gas_group"], self.gas_groups.get(row["gas"], row["gas_group"]))
        self.prices: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        key = ("activity_type", "region", "supplier", "factor_pin", "unit", "interval_start", "bases", "need")
        rest = (
            "basis",
            "factor_id",
            "set_id",
            "factor_unit",
            "multiplier",
            "is_fallback",
            "gas",
            "factor",
            "value_as",
            "is_biogenic",
            "factor_gwp_set",
            "boundary",
        )
        for price in pack.all("price", *key, *rest):
            self.prices[price[: len(key)]].append(price[len(key) :])
        self.lines: dict[int, dict[tuple[str, ...], Line]] = {}

    def priced(self, place: Place) -> Sequence[tuple[str, ...]]:
        """The prices of a place, whatever the view."""
        return self.prices.get((*place[:5], self.interval[place[MONTH]], place[BASES], place[BASIS]), ())

    def of(self, number: int, place: Place) -> dict[tuple[str, ...], Line]:
        """(basis, factor, gas, biogenic, view) -> line."""
        found = self.lines.get(number)
        if found is None:
            found = self.lines[number] = dict(self.make(place))
        return found

    def make(self, place: Place) -> Iterator[tuple[tuple[str, ...], Line]]:
        """The lines of a place: a price of each basis with the weight and GWP of each view."""
        key = (*place[:5], self.interval[place[MONTH]], place[BASES], place[BASIS])
        for view, gwp_set, where, weight, moved in self.classes.of(place):
            if view not in self.disclosed or not weight:
                continue
            for price in self.prices.get(key, ()):
                if moved and price[0] not in {"both", "location"}:
                    continue
                line = self.line(place, price, (view, gwp_set, moved), where, weight)
                if line:
                    yield line

    def line(
        self, place: Place, price: tuple[str, ...], seen: tuple[str, str, str], where: tuple[str, str, str], weight: int
    ) -> tuple[tuple[str, ...], Line] | None:
        """One line; none where the view's GWP set does not know the gas."""
        basis, factor_id, set_id, factor_unit, multiplier, fallback, gas, factor, value_as, is_biogenic, factor_gwp_set, _ = price
        view, gwp_set, moved = seen
        gwp = "1.000" if value_as == "kg_co2e" else self.gwp.get((gwp_set, gas))
        if gwp is None:
            return None
        basis = "both" if moved else basis
        system = "" if moved == "investment" else place[SYSTEM]
        is_other = "true" if value_as == "kg_co2e" and gas != "CO2" and factor_gwp_set != gwp_set else "false"
        is_fallback = "true" if fallback == "1" else "false"
        gas_group = self.gas_groups.get(gas, "other")
        country, source = self.classes.country(place[SITE], place[ENTITY]), self.classes.types[place[TYPE]][3]
        constants = (
            place[MONTH][:7], place[MONTH], place[ENTITY], place[SITE], country, place[TYPE], place[ROLE], *where, source, view, basis,
            gas, gas_group, is_biogenic,
            place[UNIT], multiplier, factor_unit, factor, value_as, gwp, f"{weight // ONE9}.{weight % ONE9:09d}", factor_id, set_id,
            is_fallback, is_other,
            place[QUALITY], place[ORIGIN], place[READ], system, place[STAGE], place[HOSTING],
        )  # fmt: skip
        group = (place[MONTH], view, place[ENTITY], place[SITE], country, *where, gas_group, basis, is_biogenic, source, system,
                 place[STAGE], place[ROLE],
                 place[QUALITY], place[ORIGIN], place[READ], is_fallback, is_other, place[HOSTING])  # fmt: skip
        held = self.groups.setdefault(group, [0, 0, 0, 0])
        numbers = (fixed(multiplier, 14), fixed(factor, 14), fixed(gwp, 3), weight)
        name = f"/{basis}/{factor_id}/{gas}{'.biogenic' if is_biogenic == 'true' else ''}/{view}"
        has_mass = value_as == "kg_gas" or gas == "CO2"
        return (basis, factor_id, gas, is_biogenic, view), Line(name, constants, numbers, has_mass, held)


# The ledger -----------------------------------------------------------------------------------------------------------------------------


def plain_text(text: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in TEXT_MARKS else text


def nearest(number: int, scale: int) -> int:
    """A product divided by a power of ten, half away from zero."""
    return (number + scale // 2) // scale if number >= 0 else -((-number + scale // 2) // scale)


def products(quantity: int, line: Line) -> tuple[int, int, int]:
    """Quantity in the factor's unit (1e-10), kg of gas and kg CO2e (1e-12): each product rounded, half away from zero."""
    used = quantity if line.multiplier == 10**14 else nearest(quantity * line.multiplier, 10**14)
    mass = nearest(used * line.factor, 10**12)
    warming = mass if line.gwp == 1000 else nearest(mass * line.gwp, 1000)
    if line.share == ONE9:
        return used, mass, warming
    return used, nearest(mass * line.share, ONE9), nearest(warming * line.share, ONE9)


def check_ledger(pack: Pack) -> str:
    """Every line of ledger.csv is its activity's quantity times its price; every activity that counts has all its lines."""
    activities, groups = pack.activities, pack.groups
    prices = Prices(pack, groups)
    unpriced = pack.pairs("unpriced_activity", "activity_id", "reason")
    name = LEDGER
    columns = (*VARYING, *CONSTANT)
    at_key = itemgetter(*(CONSTANT.index(column) for column in ("basis", "factor_id", "gas", "is_biogenic", "view")))
    count, before = 0, ""
    width = len(VARYING)
    for number, row in csv_rows(pack.data / name, columns):
        entry_id, activity_id, stated_quantity, used_quantity, kg_gas, kg_co2e, source, row_no, derivation = row[:width]
        constants = row[width:]
        if entry_id <= before:
            raise Difference(f"data/{name}", number, f"{entry_id} is there twice, or out of order")
        before = entry_id
        activity = activities.held.get(plain_text(activity_id))
        if activity is None:
            raise Difference(f"data/{name}", number, f"{activity_id} is no activity")
        line = prices.of(activity[K], activities.places[activity[K]]).get(at_key(constants))
        if line is None or not activity[COUNTS]:
            raise Difference(
                f"data/{name}",
                number,
                f"{entry_id}: no price gives this line; the factor is not the one of price.csv, or the activity does not count",
            )
        if constants != line.constants or plain_text(entry_id) != plain_text(activity_id) + line.name:
            column, held, expected = next(
                ((c, h, e) for c, h, e in zip(CONSTANT, constants, line.constants) if h != e),
                ("entry_id", entry_id, activity_id + line.name),
            )
            raise Difference(f"data/{name}", number, f'{column} is "{held}", by price, view and activity it is "{expected}"')
        if (source, row_no, derivation) != (activity[SOURCE], activity[ROW], activity[DERIVATION]):
            raise Difference(
                f"data/{name}", number, f"{activity_id} comes from row {activity[ROW]} of {activity[SOURCE]}, not from {row_no} of {source}"
            )
        used, mass, warming = products(activity[Q], line)
        if fixed(stated_quantity, 10) != activity[Q] or fixed(used_quantity, 10) != used:
            raise Difference(
                f"data/{name}",
                number,
                f"the quantity is {used_quantity}; the activity has {shown(activity[Q], 10)}, which is {shown(used, 10)}",
            )
        if fixed(kg_co2e, 12) != warming or (kg_gas != "") != line.has_mass or (kg_gas and fixed(kg_gas, 12) != mass):
            raise Difference(
                f"data/{name}",
                number,
                f"{entry_id} is {shown(mass, 12)} kg of gas, {shown(warming, 12)} kg CO2e; here {kg_gas or 'nothing'}, {kg_co2e}",
            )
        group = line.group
        group[0] += 1
        group[1] += warming
        if line.has_mass:
            group[2] += mass
            group[3] += 1
        count += 1
    check_all_lines(pack, prices, unpriced, count)
    return f"ledger: {count} lines multiplied again, each linked to its activity, source row, factor and weight"


def check_all_lines(pack: Pack, prices: Prices, unpriced: dict[str, str], count: int) -> None:
    """As many lines as the activities that count must have; raises Difference for the first activity that lacks one."""
    activities = pack.activities
    check_priced(pack, prices, unpriced)
    counted = [(i, a) for i, a in activities.held.items() if a[COUNTS] and a[Q] is not None and i not in unpriced]
    if sum(len(prices.of(a[K], activities.places[a[K]])) for _, a in counted) == count:
        return
    name = LEDGER
    found = Counter(plain_text(row[0]) for _, row in csv_rows(pack.data / name, ("activity_id", "entry_id")))
    expected = {i: len(prices.of(a[K], activities.places[a[K]])) for i, a in counted}
    for activity_id in sorted(expected.keys() | found.keys()):
        if expected.get(activity_id, 0) != found.get(activity_id, 0):
            raise Difference(
                f"data/{name}", None, f"{activity_id} has {found.get(activity_id, 0)} lines, it must have {expected.get(activity_id, 0)}"
            )


def check_priced(pack: Pack, prices: Prices, unpriced: dict[str, str]) -> None:
    """Every activity that counts is priced on each basis, or an error says that it is not, or its parent's factor holds it already."""
    activities = pack.activities
    holds: dict[str, set[str]] = defaultdict(set)
    for rule in pack.reference("reporting/standards/derivation_rules.csv"):
        holds[rule["suffix"]].add(rule["contained_in_boundary"])
    lacking: dict[int, str] = {}
    for number, place in enumerate(activities.places):
        wanted = {"location", "market"} if (place[BASES], place[BASIS]) == ("dual", "both") else set()
        found = {price[0] for price in prices.priced(place)}
        if not found or not wanted <= found:
            lacking[number] = "no factor prices it" + (f" on the {min(wanted - found)} basis" if found else "")
    for activity_id, activity in activities.held.items():
        reason = unpriced.get(activity_id, "")
        if not activity[COUNTS] or (not reason and activity[K] not in lacking):
            continue
        file, line = "data/csv/activity.csv", activity[LINE]
        if reason == "contained":
            parent = activities.held[activity[PARENT]]
            boundaries = {price[-1] for price in prices.priced(activities.place(parent)) if price[0] != "market"}
            if activity[DERIVATION] != "adds" or not boundaries & (holds[activity_id[len(activity[PARENT]) + 1 :]] - {""}):
                raise wrong(
                    activity, f"{activity_id} is said to be contained in the factor of {activity[PARENT]}, which is not of such a boundary"
                )
        elif activity[Q] is not None:
            need_error(pack, (activity[SOURCE], activity[ROW]), file, line, f"{activity_id}: {reason or lacking[activity[K]]}")


def check_energy(pack: Pack) -> str:
    """Energy in MWh of every activity that counts, by the energy content of its carrier, weighted for every view."""
    activities, units, groups = pack.activities, pack.units, pack.energy
    classes = pack.classes
    contents: dict[tuple[str, str], Fraction] = {}
    for row in pack.reference("factors/energy_contents.csv"):
        contents[row["carrier"], row["from_unit"]] = Fraction(row["mwh_numerator"]) / Fraction(row["mwh_denominator"])
    rules: dict[tuple[str, str], tuple[int, int]] = {}
    for line, (kind, unit, multiplier, energy_unit, content) in pack.rows(
        "energy_rule", "activity_type", "unit", "multiplier", "energy_unit", "mwh_per_unit"
    ):
        rules[kind, unit] = (fixed(multiplier, 14), fixed(content, 14))
        if (
            units.held.get((unit, energy_unit)) != rules[kind, unit][0]
            or recorded(contents[classes.types[kind][4], energy_unit]) != rules[kind, unit][1]
        ):
            raise Difference("data/csv/energy_rule.csv", line, f"{kind} in {unit} is not what energy_contents.csv says")
    for kind, unit in {(place[TYPE], place[UNIT]) for place in activities.places} - rules.keys():
        carrier, is_energy = classes.types[kind][4:6]
        if is_energy == "true" and any(one == carrier and (unit, other) in units.held for one, other in contents):
            raise Difference("data/csv/energy_rule.csv", None, f"lacks the energy of {kind} in {unit}, which energy_contents.csv has")
    targets: dict[int, list[tuple[int, list[int]]]] = {}
    count = 0
    for activity in activities.held.values():
        place = activities.places[activity[K]]
        rule = rules.get((place[TYPE], place[UNIT]))
        if rule is None or not activity[COUNTS] or activity[Q] is None or place[BASIS] not in {"both", "location"}:
            continue
        if activity[K] not in targets:
            targets[activity[K]] = list(energy_groups(place, classes, groups))
        used = activity[Q] if rule[0] == 10**14 else nearest(activity[Q] * rule[0], 10**14)
        mwh = nearest(used * rule[1], 10**12)
        for weight, group in targets[activity[K]]:
            group[0] += 1
            group[1] += mwh if weight == ONE9 else nearest(mwh * weight, ONE9)
        count += 1
    return f"energy: {count} activities in MWh"


def energy_groups(place: Place, classes: Classes, groups: dict[tuple[str, ...], list[int]]) -> Iterator[tuple[int, list[int]]]:
    """Where the energy of a place is added up: weight and group, for each view."""
    for view, _, where, weight, moved in classes.of(place):
        if weight and moved != "investment":
            country, source = classes.country(place[SITE], place[ENTITY]), classes.types[place[TYPE]][3]
            group = (place[MONTH], view, place[ENTITY], place[SITE], country, *where, "", "", "false", source, place[SYSTEM],
                     place[STAGE], place[ROLE],
                     place[QUALITY], place[ORIGIN], place[READ], "false", "false")  # fmt: skip
            yield weight, groups.setdefault(group, [0, 0, 0, 0])


# Figures --------------------------------------------------------------------------------------------------------------------------------

SELECTOR = ("scope", "scope3_category", "iso_category", "basis", "gas_group", "energy_source")
DATAPOINT = (
    "framework", "datapoint", "kind", "measure", "unit", "decimals", "scope", "scope3_category", "iso_category", "basis", "gas_group",
    "energy_source",
    "biogenic", "system", "lifecycle_stage", "role", "split", "numerator", "denominator", "factor", "input", "label", "is_mandatory",
    "is_total",
)  # fmt: skip
DEFAULTS = {"role": "inventory", "is_mandatory": "false", "is_total": "false"}
"""What an empty cell of datapoints.csv stands for."""
KEYS = {
    "category": "scope3_category",
    "iso": "iso_category",
    "gas": "gas_group",
    "entity": "entity",
    "site": "site",
    "country": "country",
    "system": "system",
}
FIGURE = (
    "figure_id", "framework", "datapoint", "key", "period", "view", "kind", "unit", "decimals", "status", "value", "stated", "entries",
    "digest", "label", "is_mandatory", "is_total",
    "measured_share", "estimated_share", "filled_share", "primary_share", "fallback_share", "other_gwp_share",
)  # fmt: skip
SHARES: tuple[tuple[str, Callable[[tuple[str, ...]], bool]], ...] = (
    ("measured_share", lambda g: g[G["data_quality"]] == "measured"),
    (
        "estimated_share",
        lambda g: g[G["data_quality"]] in {"estimated", "proxy"} or g[G["read_status"]] in {"estimated", "accrued", "filled"},
    ),
    ("filled_share", lambda g: g[G["read_status"]] == "filled"),
    ("primary_share", lambda g: g[G["data_origin"]] in {"own", "supplier_specific"}),
    ("fallback_share", lambda g: g[G["is_fallback"]] == "true"),
    ("other_gwp_share", lambda g: g[G["is_other_gwp_set"]] == "true"),
)


SHOWN = (
    "figure_id", "period", "framework", "datapoint", "key", "view", "label", "kind", "status", "value", "stated", "unit", "decimals",
    "is_total", "is_mandatory", "measured_share", "primary_share", "estimated_share", "fallback_share", "filled_share", "other_gwp_share",
    "entries", "digest",
)  # fmt: skip
"""What figures.json says of a figure, and figure.csv too."""
UNITS = {"tCO2e": "t_co2e"}
ENERGY = ("mwh", "mwh_high_impact")
MEASURES = ("kg_co2e", "kg_gas", "kg_supplier", "kg_cloud", *ENERGY)
"""What is added up anew; energy by origin and by contract is not."""
TOO_LARGE = 10**25
"""What leaves 38 digits is not divided: 1e13 in units of 1e-12."""


class Sum:
    """What a figure adds up: amount (1e-12), mass, entries, and the amount behind each share."""

    __slots__ = ("amount", "entries", "mass", "parts", "with_mass")

    def __init__(self) -> None:
        self.amount = self.mass = self.entries = self.with_mass = 0
        self.parts = [0] * len(SHARES)

    def add(self, group: tuple[str, ...], held: list[int], *, supplier_alone: bool) -> None:
        """Add one group; of its amount, all or what suppliers stated."""
        self.entries += held[0]
        self.amount += held[1] if not supplier_alone or group[G["data_origin"]] == "supplier_specific" else 0
        self.mass += held[2]
        self.with_mass += held[3]
        for number, (_, is_part) in enumerate(SHARES):
            if is_part(group):
                self.parts[number] += held[1]


class Figures:
    """The figures worked out anew from the lines added up, by the definitions of the frameworks."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.points = {row[:2]: dict(zip(DATAPOINT, row)) for row in pack.all("datapoint", *DATAPOINT)}
        self.periods = {period: (first, last) for period, first, last in pack.all("period", "period", "starts", "ends")}
        self.inputs = {row[:3]: row[3:] for row in pack.all("input", "name", "period", "key", "value", "unit")}
        self.sums: dict[tuple[str, str, str, str], Sum] = {}
        self.values: dict[tuple[str, str, str, str], tuple[str, int | None]] = {}
        self.views = pack.pairs("framework", "framework", "view")
        self.again = self.left = 0

    def check_definitions(self) -> None:
        """datapoint.csv says what the frameworks' own files say; a period is as long as it is called."""
        for period, kind, first, last in self.pack.all("period", "period", "kind", "starts", "ends"):
            start, end = date.fromisoformat(first), date.fromisoformat(last)
            months = (end.year - start.year) * 12 + end.month - start.month
            if (start.day, end.day) != (1, 1) or months != {"month": 1, "quarter": 3, "ttm": 12, "year": 12}.get(kind, months):
                raise Difference("data/csv/period.csv", None, f"{period} is a {kind} from {first} to {last}")
        for framework in sorted({key[0] for key in self.points}):
            refuse_name(framework)
            for row in self.pack.reference(f"reporting/frameworks/{framework}/datapoints.csv"):
                held = self.points[framework, row["datapoint"]]
                if row["kind"] == "text":
                    continue
                for column in DATAPOINT[2:]:
                    told = row.get(column) or DEFAULTS.get(column, "")
                    if told != held[column] and column != "factor" and "CURRENCY" not in told:
                        raise Difference(
                            "data/csv/datapoint.csv",
                            None,
                            f'{row["datapoint"]}: {column} is "{held[column]}", datapoints.csv says "{told}"',
                        )
                if Fraction(row.get("factor") or 1) != Fraction(held["factor"]):
                    raise Difference("data/csv/datapoint.csv", None, f"{row['datapoint']}: the factor is not the one of datapoints.csv")

    def add_up(self) -> None:
        """Every sum of every datapoint, period and key."""
        high_impact = {entity for entity, is_high in self.pack.all("entity_sector", "entity", "is_high_impact") if is_high == "true"}
        for (framework, name), point in self.points.items():
            measure = point["measure"]
            if point["kind"] != "sum" or measure not in MEASURES:
                continue
            groups = self.pack.energy if measure in ENERGY else self.pack.groups
            views = {self.views[framework]}
            for group, held in groups.items():
                if measure == "mwh_high_impact" and group[G["entity"]] not in high_impact:
                    continue
                if measure == "kg_cloud" and group[G["hosting"]] not in {"cloud", "api"}:
                    continue
                if held[0] and group[G["view"]] in views and selects(point, group):
                    key = group[G[KEYS[point["split"]]]] if point["split"] else ""
                    for period, (first, last) in self.periods.items():
                        if first <= group[0] < last:
                            self.sums.setdefault((framework, name, key, period), Sum()).add(
                                group, held, supplier_alone=measure == "kg_supplier"
                            )

    def check(self) -> str:
        """Compare every figure; sums and inputs first, because ratios rest on them."""
        self.check_definitions()
        check_credits(self.pack, self.periods)
        self.add_up()
        damaged = set(self.pack.all("figure_damage", "figure_id", "period"))
        rows = list(self.pack.rows("figure", *FIGURE))
        self.check_complete([dict(zip(FIGURE, row)) for _, row in rows])
        for line, row in sorted(rows, key=lambda found: found[1][6] == "ratio"):
            figure = dict(zip(FIGURE, row))
            self.check_figure(line, figure, damaged)
        self.check_document()
        if self.left:
            self.pack.unchecked.append(f"{self.left} figures of hourly matching and energy by origin (sums, ratios, inputs are)")
        return f"figures: {self.again} figures added up, divided and rounded again"

    def check_complete(self, figures: list[dict[str, str]]) -> None:
        """No datapoint is missing, none is there twice; what the published version says to be withheld is."""
        held = Counter((f["framework"], f["datapoint"], f["key"].partition("=")[2], f["period"]) for f in figures)
        twice = next((key for key, number in held.items() if number > 1), None)
        periods = {(framework, period) for framework, _, _, period in held}
        whole = [point for point, row in self.points.items() if not row["split"] and row["kind"] in {"sum", "ratio", "input"}]
        wanted = {(*point, "", period) for point in whole for period in self.periods if (point[0], period) in periods}
        gases = {row["gas_group"] for row in gwp_rows(self.pack) if row["is_kyoto"].lower() == "true"} - {"CO2e"}
        split = {key: self.points[key[0], key[1]]["split"] for key, found in self.sums.items() if found.entries and key[2]}
        wanted |= {key for key, by in split.items() if by and (by != "gas" or key[2] in gases)}
        missing = min(wanted - held.keys(), default=None)
        if twice or missing:
            raise Difference("data/csv/figure.csv", None, f"{'/'.join(twice or missing or ())} is {'there twice' if twice else 'missing'}")
        for framework in self.views:
            terms = self.pack.data / "product" / "reporting" / "frameworks" / framework / "framework.yaml"
            if not any(one == framework for one, _ in periods) and "periods:" not in terms.read_text(encoding="utf-8"):
                raise Difference("data/csv/figure.csv", None, f"has no figure of {framework}")
        withheld = sorted(
            f["figure_id"] for f in figures if f["period"] == self.pack.period and f["is_mandatory"] == "true" and f["status"] == "withheld"
        )
        stated = (
            read_json(version_path(self.pack, self.pack.meta["version"]), self.pack.root)["incomplete"]
            if self.pack.meta["version"]
            else withheld
        )
        if withheld != sorted(stated):
            raise Difference(
                "data/csv/figure.csv",
                None,
                f"withholds {withheld or 'nothing'} of what is mandatory, version.json says {stated or 'nothing'}",
            )

    def check_identity(self, line: int, figure: dict[str, str]) -> None:
        """A figure is called, measured and rounded as its datapoint says, in the view of its framework."""
        point = self.points[figure["framework"], figure["datapoint"]]
        expected = {name: point[name] for name in ("unit", "decimals", "kind", "is_mandatory", "is_total")}
        expected |= {"view": self.views[figure["framework"]]}
        expected |= {"figure_id": "/".join(filter(None, (figure["framework"], figure["datapoint"], figure["key"])))}
        expected |= {"label": point["label"]} if not figure["key"] else {}
        for column, value in expected.items():
            if figure[column] != value:
                raise Difference(
                    "data/csv/figure.csv", line, f'{figure["figure_id"]}: {column} is "{figure[column]}", by its datapoint it is "{value}"'
                )
        if figure["key"] and not (figure["label"].startswith(f"{point['label']}: ") and figure["key"].startswith(f"{point['split']}=")):
            raise Difference(
                "data/csv/figure.csv", line, f'{figure["figure_id"]}: its label is "{figure["label"]}", its key {figure["key"]}'
            )

    def check_figure(self, line: int, figure: dict[str, str], damaged: set[tuple[str, ...]]) -> None:
        """Value, status, shares, rounding and digest of a figure."""
        place = "data/csv/figure.csv"
        self.check_identity(line, figure)
        key = (figure["framework"], figure["datapoint"], figure["key"].partition("=")[2], figure["period"])
        value = fixed(figure["value"], 12) if figure["value"] else None
        name = f"{figure['figure_id']}@{figure['period']}"
        kind, is_damaged = figure["kind"], (figure["figure_id"], figure["period"]) in damaged
        if kind == "sum" and figure["status"] != "not_applicable" and is_damaged != (figure["status"] == "withheld"):
            raise Difference(
                place,
                line,
                f"{name} is {figure['status']}, {'although a' if is_damaged else 'and no'} row of figure_damage.csv withholds it",
            )
        if kind in {"ratio", "input"} or (kind == "sum" and self.points[key[:2]]["measure"] in MEASURES):
            value_of = {"sum": self.value_of_sum, "ratio": self.value_of_ratio, "input": self.value_of_input}[kind]
            expected = None if kind == "input" and is_damaged else value_of(key, figure)
            if value != expected:
                raise Difference(
                    place,
                    line,
                    f"{name} is {figure['value'] or 'nothing'}; the lines give {'nothing' if expected is None else shown(expected, 12)}",
                )
            self.again += 1
        else:
            self.left += 1
        self.values[key] = (figure["status"], value)
        if value is not None:
            scale = 10 ** (12 - int(figure["decimals"]))
            if fixed(figure["stated"], 12) != rounded(value, scale) * scale:
                raise Difference(
                    place, line, f"{name} is stated as {figure['stated']}, rounded it is {shown(rounded(value, scale) * scale, 12)}"
                )
        elif figure["stated"]:
            raise Difference(place, line, f"{name} is stated as {figure['stated']} and has no value")
        self.check_shares(line, figure, key)
        told = "|".join((figure["figure_id"], figure["period"], figure["view"], figure["status"], figure["value"], figure["unit"]))
        if hashlib.sha256(told.encode()).hexdigest() != figure["digest"]:
            raise Difference(place, line, f"{name} has another digest than its contents")

    def check_shares(self, line: int, figure: dict[str, str], key: tuple[str, str, str, str]) -> None:
        """The shares of measured, estimated, primary and other data, cut off after 9 decimals."""
        held = self.sums.get(key)
        if figure["kind"] != "sum" or held is None or figure["status"] == "not_applicable":
            return
        if int(figure["entries"]) != held.entries:
            raise Difference("data/csv/figure.csv", line, f"{figure['figure_id']} adds up {held.entries} entries, not {figure['entries']}")
        for (name, _), added in zip(SHARES, held.parts):
            part = added
            if self.points[key[:2]]["measure"] in ENERGY and name in {"fallback_share", "other_gwp_share"}:
                part = 0
            expected = None if held.amount == 0 else cut(part * ONE9, held.amount) * 1000
            if (fixed(figure[name], 12) if figure[name] else None) != expected:
                raise Difference(
                    "data/csv/figure.csv",
                    line,
                    f"{name} of {figure['figure_id']} is {figure[name]}, the lines give {expected and shown(expected, 12)}",
                )

    def value_of_sum(self, key: tuple[str, str, str, str], figure: dict[str, str]) -> int | None:
        """The sum times the datapoint's factor, rounded to 12 decimals."""
        if figure["status"] in {"withheld", "not_reported", "not_material", "not_applicable"}:
            return None
        held, point = self.sums.get(key), self.points[key[:2]]
        if held is None:
            return 0
        if point["measure"] == "kg_gas" and not held.with_mass:
            return None
        return nearest((held.mass if point["measure"] == "kg_gas" else held.amount) * fixed(point["factor"], 6), 10**6)

    def value_of_input(self, key: tuple[str, str, str, str], figure: dict[str, str]) -> int | None:
        """A value of inventory.yaml."""
        point = self.points[key[:2]]
        found = [
            value
            for (name, period, at), (value, unit) in self.inputs.items()
            if (name, period) == (point["input"], key[3])
            and (at == key[2] if point["split"] else unit in {point["unit"], UNITS.get(point["unit"])})
        ]
        if figure["status"] == "not_applicable":
            return None
        return min((fixed(value, 12) for value in found if value), default=None)

    def value_of_ratio(self, key: tuple[str, str, str, str], figure: dict[str, str]) -> int | None:
        """Long division of two figures to 12 decimals, half away from zero."""
        point = self.points[key[:2]]
        (top_status, top), (bottom_status, bottom) = (
            self.values.get((key[0], point[part], key[2], key[3]), ("", None)) for part in ("numerator", "denominator")
        )
        if figure["status"] == "not_applicable" or "withheld" in {top_status, bottom_status} or top is None or not bottom:
            return None
        product = nearest(top * fixed(point["factor"], 6), 10**6)
        return None if abs(product) >= TOO_LARGE or abs(bottom) >= TOO_LARGE else rounded(product * 10**12, bottom)

    def check_document(self) -> None:
        """figures.json states the same figures."""
        name = FIGURES
        document = read_json(self.pack.data / name, self.pack.root)
        told = {(figure["id"], figure["period"]): figure for figure in document["figures"]}
        held = {(row[0], row[1]): dict(zip(SHOWN, row)) for row in self.pack.all("figure", *SHOWN)}
        held = {key: row for key, row in held.items() if key in told or key[1] == self.pack.period}
        if held.keys() != told.keys() or len(told) != len(document["figures"]):
            raise Difference(
                f"data/{name}", None, f"holds other figures than figure.csv: {min(held.keys() ^ told.keys(), default='one twice')}"
            )
        for key, row in held.items():
            for column in SHOWN[2:]:
                number = column in {"value", "stated"} or column.endswith("_share")
                expected: object = row[column] if not number else shown(fixed(row[column], 12), 12) if row[column] else None
                if column in {"is_total", "is_mandatory"}:
                    expected = row[column] == "true"
                if column in {"decimals", "entries"}:
                    expected = int(row[column])
                if told[key][column] != expected:
                    raise Difference(f"data/{name}", None, f"{key[0]}: {column} is {told[key][column]!r}, figure.csv says {expected!r}")
        if document["build"]["digest"] != figures_digest(self.pack):
            raise Difference(f"data/{name}", None, "its digest is not that of figures, texts, sources and factor sets")


def selects(point: dict[str, str], group: tuple[str, ...]) -> bool:
    """Whether a datapoint adds up a group: an empty selector means any, basis `both` is in every basis."""
    is_energy = point["measure"] in ENERGY
    for column in ("scope", "energy_source") if is_energy else SELECTOR:
        wanted, value = point[column], group[G[column]]
        if wanted and value not in wanted.split("|") and not (column == "basis" and value == "both"):
            return False
    if not is_energy and not (
        group[G["is_biogenic"]] == "true" if point["biogenic"] == "only" else point["biogenic"] == "" and group[G["is_biogenic"]] == "false"
    ):
        return False
    if point["system"] and not group[G["system"]]:
        return False
    if point["lifecycle_stage"] and group[G["lifecycle_stage"]] not in point["lifecycle_stage"].split("|"):
        return False
    return point["role"] in {"any", group[G["role"]]}


def check_figures(pack: Pack) -> str:
    """Every figure is the sum or ratio that its definition says."""
    return Figures(pack).check()


def check_rows(pack: Pack) -> str:
    """Rows in = rows accepted + rows rejected + rows excluded, file by file."""
    total = [0, 0, 0, 0]
    columns = ("path", "rows_in", "rows_accepted", "rows_rejected", "rows_excluded")
    for line, (path, *texts) in pack.rows("row_account", *columns):
        numbers = [int(text) for text in texts]
        if numbers[0] != sum(numbers[1:]):
            raise Difference("data/csv/row_account.csv", line, f"{path}: {numbers[0]} rows in, {sum(numbers[1:])} accounted for")
        total = [one + other for one, other in zip(total, numbers)]
    read = sum(int(count) for count, _ in pack.all("source_file", "rows_read", "path"))
    held = pack.counted["source_row"] + pack.counted["rejected_row"]
    if not pack.meta["hidden_sources"] and total[0] != held:
        raise Difference("data/csv/row_account.csv", None, f"{total[0]} rows in, the tables hold {held} of {read}")
    for name, number in pack.counted.items():
        if pack.meta["tables"][name]["rows"] != number:
            raise Difference(f"data/csv/{name}.csv", None, f"has {number} rows, pack.json says {pack.meta['tables'][name]['rows']}")
    return f"rows: {total[0]} in = {total[1]} accepted + {total[2]} rejected + {total[3]} excluded"


# The report -----------------------------------------------------------------------------------------------------------------------------

STEPS: tuple[tuple[str, Callable[[Pack], str], tuple[str, ...]], ...] = (
    ("register", check_register, ()),
    ("digests", check_digests, ()),
    ("units", check_units, ()),
    ("factors", check_factors, ("units",)),
    ("findings", check_findings, ()),
    ("sources", check_sources, ("findings",)),
    ("activities", check_activities, ("units", "sources")),
    ("ledger", check_ledger, ("activities", "findings")),
    ("energy", check_energy, ("activities",)),
    ("figures", check_figures, ("ledger", "energy")),
    ("rows", check_rows, ("sources",)),
)
"""The steps in order, each with the steps whose results it needs."""
NEVER = (
    "factors, GWP values, standards and frameworks below data/product against their publishers (`ghg verify`: against the engine's own)",
    "inventory.yaml against the tables that were read from it (entities, sites, views; `ghg verify` reads it again)",
    "data/tables/*.parquet, but for their SHA-256 (`ghg verify` compares them with the CSV)",
    "the contents of PDF, workbook, README.md, methodology.md, evidence.csv and data/sql, but for their SHA-256",
    "texts and statements of figures.json, but for the SHA-256 of the file (`ghg verify` makes it again)",
    "whether source files are true, whether sources are missing, and whether findings are complete",
)


def run(root: Path, stated: str) -> int:
    """Check an unpacked pack and print the report; gives the number of steps with a difference."""
    failed = [name for name in ("bag",) if not step(name, lambda: check_bag(root))]
    pack = attempt(lambda: Pack(root))
    if pack is None:
        return len(failed) + 1
    if stated and not step("stated digest", lambda: check_stated(pack, stated)):
        failed.append("stated digest")
    done = set()
    for name, check, needs in STEPS:
        lacking = [need for need in needs if need not in done]
        if lacking:
            pack.unchecked.append(f"{name}: they rest on {' and '.join(lacking)}, which cannot be re-performed")
        elif step(name, lambda check=check: check(pack)):  # type: ignore[misc]
            done.add(name)
        else:
            failed.append(name)
    for text in (*pack.unchecked, *NEVER):
        print(f"not checked  {text}")
    if not stated:
        print("not checked  whether this is the pack that was issued: state its digest as --digest (its own digests can all be made anew)")
    if not failed:
        print(f"digest       {figures_digest(pack)}")
    return len(failed)


def attempt(make: Callable[[], Pack]) -> Pack | None:
    """The pack, or None where pack.json cannot be read; that is printed."""
    try:
        return make()
    except Difference as error:
        print(f"DIFFERENCE   pack: {error}")
    except FAULTS as error:
        print(f"DIFFERENCE   pack: cannot be read ({type(error).__name__}: {error})")
    return None


def step(name: str, check: Callable[[], str]) -> bool:
    """Run one step and print what it found; tells whether nothing differs."""
    try:
        print(f"checked      {check()}", flush=True)
    except Difference as error:
        print(f"DIFFERENCE   {name}: {error}", flush=True)
        return False
    except FAULTS as error:
        print(f"DIFFERENCE   {name}: cannot be read ({type(error).__name__}: {error})", flush=True)
        return False
    return True


def main(words: Sequence[str] | None = None) -> int:
    """Check the pack that the command line names; 0 nothing differs, 1 something does, 2 misuse."""
    parser = argparse.ArgumentParser(prog="verify.py", description=f"Re-performs the figures of an evidence pack: {CLAIM}.")
    parser.add_argument(
        "pack",
        nargs="?",
        default=str(Path(__file__).resolve().parent),
        help="the ZIP or the unpacked folder; by default the folder of this file",
    )
    parser.add_argument("--digest", default="", help="the digest that was published: of the figures, the version or the pack")
    given = parser.parse_args(words)
    path = Path(given.pack)
    print(f"{path.name}: {CLAIM}")
    if not path.exists():
        print(f"{path}: is not there", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        try:
            root = path if path.is_dir() else unpack(path, Path(scratch))
        except Difference as error:
            print(f"DIFFERENCE   zip: {error}\nnot checked  anything else")
            return 1
        except FAULTS as error:
            print(f"DIFFERENCE   zip: cannot be unpacked ({type(error).__name__}: {error})\nnot checked  anything else")
            return 1
        faults = run(root, given.digest.strip().lower())
    print(f"{'nothing differs' if not faults else f'{faults} of the steps differ'}; {CLAIM}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
