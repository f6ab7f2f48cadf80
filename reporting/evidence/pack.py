"""`ghg pack`: one version of a disclosure with everything that it rests on, as a BagIt bag in a ZIP that a stranger can re-perform.

restore the version's files -> compute from them -> compare with what was published -> tables, script, descriptions -> manifests -> ZIP.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from reporting.database import Connection, connect, records, threads_for
from reporting.digest import file_sha256, lines_sha256
from reporting.disclosure import Output, write_all
from reporting.evidence import chain, copies, describe, objects
from reporting.evidence.bag import close_bag, files_of, write_zip
from reporting.evidence.engine import engine
from reporting.evidence.formats import TableDigest
from reporting.evidence.inputs import input_files, product_files
from reporting.evidence.integrity import MANIFEST
from reporting.evidence.left_out import leave_out, left_out_lines
from reporting.evidence.pack_formats import Coverage, Packed
from reporting.evidence.register import Version, find_version, home_of, versions
from reporting.evidence.script import Start, macros_of, script, write_script
from reporting.inventory import Inventory, load_inventory
from reporting.inventory_folder import inventory_file
from reporting.pipeline import Progress, Result, calculate, read, silent
from reporting.private_key import keyed
from reporting.render import figures
from reporting.resources import pinned
from reporting.setting import write_settings
from reporting.types import InputError, UsageError

HERE = Path(__file__).parent
VERIFIER = HERE / "standalone" / "verify.py"
EXAMPLE = """select l.activity_id, l.source_id, a.file_no, l.row_no, f.path
    from ledger l join activity a using (activity_id) join source_file f on f.source_id = a.source_id and f.file_no = a.file_no
    where not list_contains($confidential, l.source_id) order by abs(l.kg_co2e) desc, l.entry_id limit 1"""
READING = ("encoding", "delimiter", "header_row", "connector")


@dataclass(frozen=True)
class Laid:
    """What a pack is made of: its folder, its period, and the published version, if it is one."""

    root: Path
    period: str
    version: Version | None

    @property
    def data(self) -> Path:
        """The payload."""
        return self.root / "data"


@dataclass(frozen=True)
class Computed:
    """The result of a pack's own files, its tables as copied, and what may not be passed on."""

    result: Result
    kept: copies.Kept
    tables: dict[str, TableDigest]
    parquet: dict[str, str]
    start: Start
    figures_digest: str


def pack(  # noqa: PLR0913 - one argument for each option of the verb
    folder: Path,
    version: str,
    out: Path,
    *,
    period: str = "",
    formats: Sequence[str] = ("pdf", "xlsx", "json"),
    progress: Progress = silent,
) -> Packed:
    """Pack a published version, or with no version the folder as it is now; raises InputError, UsageError and writes nothing then."""
    inventory_file(folder)
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise UsageError(f"{out}: is a folder, or in one that does not exist. fix: name a file, as in pack.zip")
    with tempfile.TemporaryDirectory(prefix="ghg-pack-") as scratch, keyed(folder):
        laid = _published(folder, version, Path(scratch)) if version else _unpublished(folder, period, Path(scratch))
        computed = _compute(laid, progress)
        progress("documents and descriptions")
        _lay_documents(folder, laid, computed, formats, progress)
        left_out = leave_out(computed.result.connection, laid.data, computed.kept)
        coverage = _coverage(computed.result.connection, laid)
        _describe(laid, computed, left_out, coverage)
        progress("manifests and ZIP")
        digest = close_bag(laid.root, _info(laid, computed.result.inventory))
        write_zip(laid.root, out)
        number = len(files_of(laid.root))
    name, version_digest = (laid.version.name, laid.version.digest) if laid.version else ("", "")
    return Packed(
        out, name, laid.period, number, out.stat().st_size, digest, computed.figures_digest, version_digest, tuple(left_out), coverage
    )


def _published(folder: Path, version: str, scratch: Path) -> Laid:
    """The files of a published version: inputs and data of the product from its objects."""
    found = find_version(folder, version)
    root = scratch / f"ghg-pack-{found.name.replace('/', '-')}"
    objects.write_out(home_of(folder), found.manifest.inputs, root / "data" / "inventory")
    objects.write_out(home_of(folder), found.manifest.product, root / "data" / "product")
    return Laid(root, found.manifest.period, found)


def _unpublished(folder: Path, period: str, scratch: Path) -> Laid:
    """The files of a folder as they are now."""
    inventory = load_inventory(folder)
    root = scratch / f"ghg-pack-{period or inventory.periods[-1]}-not-published"
    for place, files in (("inventory", input_files(folder, inventory)), ("product", product_files())):
        for name, path in files.items():
            target = root / "data" / place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return Laid(root, period or inventory.periods[-1], None)


def _compute(laid: Laid, progress: Progress) -> Computed:
    """Compute from the files of the pack; raises InputError where a published version does not come out again."""
    connection = connect(threads=threads_for(laid.data / "inventory"))
    tables = laid.data / "tables"
    with pinned(laid.data / "product" / "factors"):
        given = read(connection, laid.data / "inventory", [laid.period], progress=progress)
        kept = copies.Kept(given.inventory.confidential)
        early = copies.write_parquet_copies(connection, laid.data / "given", kept, copies.names(connection, copies.given_views(connection)))
        macros = macros_of(connection)
        result = calculate(given, progress)
    progress("tables")
    kept.sets = tuple(
        name for (name,) in connection.execute("select set_id from factor_set where not is_redistributable order by set_id").fetchall()
    )
    names = copies.names(connection)
    late = copies.write_parquet_copies(connection, tables, kept, names)
    digests = copies.write_csv_copies(connection, laid.data / "csv", kept, names)
    if laid.version:
        _refuse_other(laid.version, digests, kept)
    paths = {name: _place(laid.data, name, sha256, late, kept) for name, sha256 in early.items()}
    parquet = {path.relative_to(laid.data).as_posix(): file_sha256(path) for path in sorted(laid.data.glob("*/*.parquet"))}
    digest = lines_sha256(figures.digest_lines(connection))
    return Computed(result, kept, digests, parquet, Start(paths, macros), digest)


def _place(data: Path, name: str, sha256: str, late: dict[str, str], kept: copies.Kept) -> str:
    """Where a table as read lies: among the final tables where no stage changed it, so that nothing is there twice."""
    if late.get(name) == sha256 or (name in kept.altered() and name in late):
        (data / "given" / f"{name}.parquet").unlink()
        return f"data/tables/{name}.parquet"
    return f"data/given/{name}.parquet"


def _refuse_other(version: Version, tables: dict[str, TableDigest], kept: copies.Kept) -> None:
    """Raise InputError where the tables are not those that were published: another engine computed them."""
    stated = version.manifest.tables
    for name in sorted(stated):
        if name not in kept.altered() and tables.get(name) != stated[name]:
            made = version.manifest.engine
            raise InputError(
                f"{version.name}: the table {name} does not come out as it was published (ghg-reporting {made.version}, DuckDB "
                f"{made.libraries.get('duckdb', 'unknown')}). fix: pack it with the versions that published it; version.json names them"
            )


def _lay_documents(folder: Path, laid: Laid, computed: Computed, formats: Sequence[str], progress: Progress) -> None:
    """Figures, findings, ledger and documents: those that were published, else made now; the register beside a published version."""
    target = laid.data / "version"
    target.mkdir()
    result, period, digest = computed.result, laid.period, computed.figures_digest
    if laid.version is None:
        write_settings(result, period, digest)
        write_all(Output(result, period, {}, digest), target, formats, progress)
        shutil.rmtree(target / "ledger")  # the same lines are in tables/ledger.parquet
        describe.write_json(target / "findings.json", {"findings": [vars(finding) for finding in result.findings]})
        return
    for name in laid.version.manifest.files:
        shutil.copyfile(laid.version.folder / name, target / name)
    register = laid.data / "register"
    for one in versions(folder):
        (register / one.name).mkdir(parents=True)
        shutil.copyfile(one.folder / MANIFEST, register / one.name / MANIFEST)
    for name in (chain.NAME, chain.HEAD):
        shutil.copyfile(home_of(folder) / name, register / name)


def _coverage(connection: Connection, laid: Laid) -> tuple[Coverage, ...]:
    """Tonnes by document, and data/evidence.csv with them."""
    files = list(files_of(laid.data / "inventory"))
    query = (HERE / "coverage.sql").read_text(encoding="utf-8")
    found = connection.sql(query, params={"period": laid.period, "files": files})
    found.write_csv(str(laid.data / "evidence.csv"))
    return tuple(Coverage(*row) for row in found.fetchall())


def coverage_line(coverage: Sequence[Coverage]) -> str:
    """Which share of the tonnes has a document, in a sentence."""
    whole = sum((part.kg_co2e for part in coverage), Decimal(0))
    if not whole:
        return "no tonnes, so no share with a document"
    sums = {
        state: sum((c.kg_co2e for c in coverage if c.state == state), Decimal(0))
        for state in ("in the pack", "named, not in the pack", "none")
    }
    parts = [f"{kg / whole:.1%} {words}" for (_, kg), words in zip(sums.items(), SENTENCE, strict=True)]
    return f"of {whole / 1000:,.3f} t CO2e: " + ", ".join(parts)


SENTENCE = ("have a document in the pack", "name one that is not in it", "have none")


def _describe(laid: Laid, computed: Computed, taken: dict[str, str], coverage: Sequence[Coverage]) -> None:
    """pack.json, the script, methodology, bill of materials, crate, README and the verifier."""
    result, data = computed.result, laid.data
    made, version = engine(), laid.version
    organisation = result.inventory.organisation.name
    sources = result.inventory.sources
    meta = {
        "format": "ghg-pack/1", "version": version.name if version else "", "period": laid.period, "organisation": organisation,
        "figures_digest": computed.figures_digest, "version_digest": version.digest if version else "", "engine": made.model_dump(),
        "engine_version": made.version, "tables": {name: digest.model_dump() for name, digest in computed.tables.items()},
        "parquet": computed.parquet, "ledger": "version/ledger.csv", "figures": "version/figures.json",
        "altered": list(computed.kept.altered()),
        "confidential": {name: sha256 for name, sha256 in taken.items() if not name.endswith("/factors.csv")},
        "hidden_sources": list(computed.kept.sources),
        "withheld_sets": list(computed.kept.sets), "withheld_files": {name: s for name,
        s in taken.items() if name.endswith("/factors.csv")},
        "given": sorted(computed.start.tables),
        "reading": {name: {key: getattr(source, key) for key in READING} for name, source in sources.items()},
    }  # fmt: skip
    describe.write_json(data / "pack.json", meta)
    text = script(result.connection, organisation, laid.period, computed.start, list(computed.kept.sources))
    write_script(data / "sql" / "reperform.sql", text)
    words = {"organisation": organisation, "period": laid.period, "folder": "version"}
    (data / "methodology.md").write_text(describe.methodology(result.connection, **words), encoding="utf-8", newline="")
    describe.write_json(data / "sbom.cdx.json", describe.bill_of_materials(made))
    published_on = version.date.isoformat() if version else ""
    describe.write_json(data / "ro-crate-metadata.json", describe.crate(data, meta, published_on))
    page = describe.readme(
        **words, version=meta["version"], published_on=published_on, version_digest=meta["version_digest"],
        reason=version.reason if version else "",
        figures_digest=computed.figures_digest, engine=f"ghg-reporting {made.version}, DuckDB {duckdb.__version__}",
        duckdb=duckdb.__version__,
        example=next(iter(records(result.connection, EXAMPLE, {"confidential": list(computed.kept.sources)})), None),
        left_out=left_out_lines(taken, sources), coverage=coverage_line(coverage) + ".",
    )  # fmt: skip
    (laid.root / "README.md").write_text(page, encoding="utf-8", newline="")
    shutil.copyfile(VERIFIER, laid.root / "verify.py")


def _info(laid: Laid, inventory: Inventory) -> dict[str, str]:
    """bag-info.txt; no clock: the date is that of the publication."""
    made = engine()
    return {
        "Source-Organization": inventory.organisation.name,
        "External-Identifier": laid.version.name if laid.version else f"{laid.period}, not published",
        "External-Description": f"Evidence pack of a greenhouse-gas disclosure, {laid.period}",
        "Bag-Software-Agent": f"{made.name} {made.version}", "Bagging-Date": laid.version.date.isoformat() if laid.version else "",
    }  # fmt: skip
