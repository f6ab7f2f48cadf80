"""Making a version: what it rests on is frozen first, everything is computed from the frozen files, then written into an empty folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reporting.database import Connection, whole_file
from reporting.digest import file_sha256, jsonable, lines_sha256
from reporting.disclosure import FORMATS, choose_period
from reporting.evidence import objects
from reporting.evidence.bridge.ends import published_side
from reporting.evidence.bridge.hybrid import Side
from reporting.evidence.bridge.keep import keep
from reporting.evidence.durable import keep_tree
from reporting.evidence.engine import engine
from reporting.evidence.formats import Event, TableDigest, VersionManifest
from reporting.evidence.inputs import input_files, product_files
from reporting.evidence.published import load_events
from reporting.evidence.register import Version
from reporting.evidence.restatement import explain
from reporting.evidence.tables import table_digests
from reporting.inventory import load_inventory
from reporting.ledger import write_csv
from reporting.locks.formats import FactorsLock
from reporting.locks.load import NAME as LOCK
from reporting.locks.load import read_locks
from reporting.locks.lock import period_lock, write_build_lock, write_lock
from reporting.pipeline import Progress, Result, compute
from reporting.render import figures
from reporting.setting import write_settings
from reporting.types import UsageError

INCOMPLETE = """select figure_id from figure where period = $1 and is_mandatory and status = 'withheld' order by figure_id"""


@dataclass(frozen=True)
class Frozen:
    """What a version rests on, kept as objects of `home`: path -> SHA-256."""

    home: Path
    inputs: dict[str, str]
    product: dict[str, str]


@dataclass(frozen=True)
class Draft:
    """What a version will be called, why it is made, and what came before it."""

    name: str
    period: str
    reason: str
    previous: str
    events: tuple[Event, ...]
    earlier: Version | None = None


@dataclass(frozen=True)
class Made:
    """A version that is written but not published: its folder, the digest of its manifest, and the factor lock to put in place."""

    folder: Path
    digest: str
    lock: Path | None


@dataclass(frozen=True)
class Computed:
    """What the frozen inputs give: the result, the digest of its build and those of its tables."""

    result: Result
    digest: str
    tables: dict[str, TableDigest]


def refuse_unknown(formats: Sequence[str]) -> None:
    """Raise UsageError for a format that there is not."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f'unknown format "{name}". fix: use one of {", ".join(FORMATS)}')


def freeze(folder: Path, home: Path) -> Frozen:
    """Keep every input of an inventory folder and the data of the product as objects."""
    files = input_files(folder, load_inventory(folder))
    return Frozen(home, objects.store(home, files), objects.store(home, product_files()))


def is_unchanged(frozen: Frozen, last: VersionManifest) -> bool:
    """Whether inputs, data and engine are those of a version that is published."""
    return (frozen.inputs, frozen.product, engine()) == (last.inputs, last.product, last.engine)


def make(frozen: Frozen, draft: Draft, scratch: Path, formats: Sequence[str], progress: Progress) -> Made:
    """Compute a version from its frozen inputs and write it into an empty folder of the scratch folder."""
    frozen, result = _locked(frozen, draft.period, scratch, progress)
    chosen = choose_period(result, draft.period)
    progress("digests of the tables")
    computed = Computed(result, lines_sha256(figures.digest_lines(result.connection)), table_digests(result.connection))
    load_events(result.connection, draft.events)
    write_settings(result, chosen, computed.digest)
    result.connection.execute("insert or replace into setting values ('version', $1)", [draft.name])
    target = scratch / "version"
    target.mkdir()
    progress("figures, findings and ledger")
    _write_data(computed, draft.period, target)
    if draft.earlier and {"xlsx", "pdf"} & {*formats}:
        _restate(draft, draft.earlier, result, scratch, progress)
    _write_documents(computed, draft.period, target, formats, progress)
    path = _write_manifest(frozen, draft, computed, target)
    keep_tree(target)
    lock = scratch / "inventory" / LOCK
    return Made(target, file_sha256(path), _copy(lock, scratch / LOCK))


def _copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())
    return target


def _locked(frozen: Frozen, period: str, scratch: Path, progress: Progress) -> tuple[Frozen, Result]:
    """Compute under the factor lock of the period; one that has none is computed, locked, and computed once more under its lock."""
    folder = scratch / "inventory"
    objects.lay_out(frozen.home, frozen.inputs, folder)
    result = compute(folder, [period], progress=progress)
    locks = read_locks(folder)
    if period in locks.periods:
        return frozen, result
    chosen = next(one for one in result.periods if one.name == period)
    made = FactorsLock(periods={**locks.periods, period: period_lock(result.connection, chosen)})
    write_lock(made, folder / LOCK)
    kept = objects.store(frozen.home, {LOCK: folder / LOCK})
    inputs = dict(sorted({**frozen.inputs, **kept}.items()))
    return Frozen(frozen.home, inputs, frozen.product), compute(folder, [period], progress=progress)


def _write_data(computed: Computed, period: str, target: Path) -> None:
    result = computed.result
    figures.render(result, period, computed.digest, target / "figures.json")
    write_json({"findings": [vars(finding) for finding in result.findings]}, target / "findings.json")
    write_build_lock(result, period, target / LOCK)
    write_csv(result.connection, target / "ledger.csv")


def _restate(draft: Draft, earlier: Version, result: Result, scratch: Path, progress: Progress) -> None:
    """Explain every figure that changed since the version before, into the documents and restatement.json."""
    before = published_side(earlier.folder.parents[1], earlier, scratch / "earlier")
    found = explain(before, Side(scratch / "inventory", draft.name), draft.period, progress=progress)
    keep(result.connection, found)
    write_json(asdict(found), scratch / "version" / "restatement.json")


def _write_documents(computed: Computed, period: str, target: Path, formats: Sequence[str], progress: Progress) -> None:
    documents = [name for name in ("xlsx", "pdf") if name in formats]
    if documents:
        from reporting.render import documents as render  # noqa: PLC0415 - the renderers take a third of a second to import

        told = figures.beside(computed.result.connection, period)
        render.write(computed.result, told, target, documents, progress)


def _write_manifest(frozen: Frozen, draft: Draft, computed: Computed, target: Path) -> Path:
    result = computed.result
    manifest = VersionManifest(
        version=draft.name,
        period=draft.period,
        organisation=result.inventory.organisation.name,
        reason=draft.reason,
        previous=draft.previous,
        engine=engine(),
        source_date_epoch=int(os.environ.get("SOURCE_DATE_EPOCH", "0")),
        figures=computed.digest,
        incomplete=incomplete(result.connection, draft.period),
        tables=computed.tables,
        inputs=frozen.inputs,
        product=frozen.product,
        files={path.name: file_sha256(path) for path in sorted(target.iterdir())},
    )
    write_json(manifest.model_dump(), target / "version.json")
    return target / "version.json"


def incomplete(connection: Connection, period: str) -> tuple[str, ...]:
    """The mandatory figures of a period that are withheld."""
    return tuple(figure for (figure,) in connection.execute(INCOMPLETE, [period]).fetchall())


def write_json(record: object, path: Path) -> None:
    """One JSON document: sorted keys, decimals as text, one trailing newline."""
    with whole_file(path) as temporary:
        text = json.dumps(jsonable(record), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
        temporary.write_text(text + "\n", encoding="utf-8", newline="")
