"""What a pack says about itself: bill of materials (CycloneDX), RO-Crate, methodology and the auditor's README."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from reporting.database import Connection, records
from reporting.digest import file_sha256, jsonable
from reporting.evidence.bag import files_of
from reporting.evidence.engine import DISTRIBUTION
from reporting.evidence.formats import Engine
from reporting.evidence.script import environment

KINDS = {
    ".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".sql": "application/sql", ".yaml": "application/yaml", ".txt": "text/plain", ".jsonl": "application/jsonl",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
SETS = """select s.set_id, s.publisher, s.title, s.edition, s.licence, s.url,
count(*) as lines from ledger l join factor_set s using (set_id)
    group by all order by s.set_id"""
FACTORS = """select set_id, factor_id, any_value(factor_citation order by factor_citation) as factor_citation, count(*) as lines,
bool_or(is_fallback) as is_fallback
    from ledger group by all order by set_id, factor_id"""
COUNTS = """select (select count(*) from correction_cell) as corrections, (select count(*) from excluded_row) as exclusions,
(select count(*) from fill) as fills,
    (select count(*) from finding where severity = 'error') as errors,
    (select count(*) from finding where severity = 'warning') as warnings,
    (select count(*) from finding where severity = 'note') as notes"""


def requirements() -> dict[str, str]:
    """Name -> version of everything that the installed distribution rests on, however far down."""
    found: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # a requirement of another platform
        if name not in found:
            found[name] = distribution.version
            wanted = [line for line in distribution.requires or () if "extra ==" not in line]
            waiting += [re.split(r"[^A-Za-z0-9._-]", line)[0] for line in wanted]
    return dict(sorted(found.items()))


def bill_of_materials(engine: Engine) -> dict[str, object]:
    """CycloneDX 1.6: the engine and the libraries that computed, without a time or a serial number, so that it is the same every time."""
    parts = {name: version for name, version in requirements().items() if name != DISTRIBUTION} or engine.libraries
    components: list[dict[str, object]] = [{"type": "platform", "name": "Python", "version": engine.python}]
    components += [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}"} for name, version in parts.items()
    ]
    head = {"type": "application", "name": engine.name, "version": engine.version, "hashes": [{"alg": "SHA-256", "content": engine.code}]}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": head}, "components": components}


def crate(data: Path, meta: Mapping[str, object], published_on: str) -> dict[str, object]:
    """RO-Crate 1.1 over the payload: every file with digest and kind, and the computation that led from the inputs to the figures."""
    files = {name: path for name, path in files_of(data).items() if name != "ro-crate-metadata.json"}
    inputs = [{"@id": name} for name in files if name.startswith(("inventory/", "product/"))]
    results = [{"@id": name} for name in files if name.startswith(("version/", "tables/"))]
    root: dict[str, object] = {
        "@id": "./", "@type": "Dataset", "name": f"Evidence pack of {meta['organisation']}, {meta['period']}",
        "description": "What a greenhouse-gas disclosure rests on, for re-performance; not verification under ISO 14064-3.",
        "license": "The licences of factor sets stand in their set.yaml.", "hasPart": [{"@id": name} for name in files],
    }  # fmt: skip
    if published_on:
        root["datePublished"] = published_on
    run = {
        "@id": "#calculation",
        "@type": "CreateAction",
        "name": "The calculation",
        "instrument": {"@id": "#engine"},
        "object": inputs,
        "result": results,
    }
    tool = {"@id": "#engine", "@type": "SoftwareApplication", "name": "ghg-reporting", "version": str(meta["engine_version"])}
    head = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    graph = [head, root, run, tool, *(_file(name, path) for name, path in files.items())]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def _file(name: str, path: Path) -> dict[str, object]:
    kind = KINDS.get(path.suffix.lower(), "application/octet-stream")
    return {"@id": name, "@type": "File", "contentSize": str(path.stat().st_size), "sha256": file_sha256(path), "encodingFormat": kind}


def methodology(connection: Connection, **words: object) -> str:
    """The approach of the disclosure as Markdown: views, frameworks, arithmetic, sets and factors used."""
    return environment().get_template("methodology.md.j2").render(
        views=records(connection, "from view order by view"), frameworks=records(connection, "from framework order by position, framework"),
        sets=records(connection, SETS), factors=records(connection, FACTORS), counts=records(connection, COUNTS)[0], **words,
    )  # fmt: skip


def readme(**words: object) -> str:
    """README.md: what is in the pack and how to do the sum again."""
    return environment().get_template("README.md.j2").render(**words)


def write_json(path: Path, record: object) -> None:
    """A JSON document with sorted keys."""
    path.write_text(json.dumps(jsonable(record), sort_keys=True, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="")
