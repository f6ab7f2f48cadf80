"""A tiny inventory that is packed, and attacks on its pack: each changes an unpacked pack as somebody who wants to deceive would."""

from __future__ import annotations

import csv
import functools
import hashlib
import importlib.util
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, Literal
from unittest import mock

import inventories as small

from reporting import pipeline, resources
from reporting.database import connect
from reporting.digest import canonical, file_sha256
from reporting.evidence import chain, register
from reporting.evidence import pack as pack_module
from reporting.evidence.bag import close_bag
from reporting.evidence.formats import Event, PeriodChange, SignOff
from reporting.evidence.pack_formats import Packed

PERIOD = "2026-Q3"
ROWS = (
    "a1,diesel.stationary,2026-07-01,2026-07-31,100,l,mill,,evidence/a1.txt",
    "a2,diesel.stationary,2026-06-15,2026-08-14,61,l,mill,,",
    "a3,electricity.purchased,2026-07-01,2026-07-31,1000,kWh,mill,,evidence/gone.txt",
    "a4,electricity.purchased,2026-08-01,2026-08-31,2000,kWh,hall,,",
    "a5,natural_gas.stationary,2026-09-01,2026-09-30,30.5,m3,mill,,",
    "a6,diesel.stationary,2026-07-01,2026-07-31,7,l,mill,,",
    "a7,electricity.purchased,2026-09-01,2026-09-30,300,kWh,hall,,",
)  # fmt: skip
HEADER = "activity_id,activity_type,start,end,quantity,unit,site,meter,evidence"
FILES = {
    "activity/s.csv": small.table(*ROWS, header=HEADER),
    "corrections.csv": "source,activity_id,row,column,old,new,reason,by,date\ns,a5,,quantity,30.5,30.25,Read again,Ann,2026-10-01\n",
    "exclusions.csv": "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date\n"
    "s,a6,,duplicate,Same as a1,,Ann,Bob,2026-10-01\n",
    "evidence/a1.txt": "Invoice a1: 100 l\n",
    "carbon_credits.csv": small.table(
        "C1,retired,removal,biogenic,12.5,Standard,yes,Registry,Forest,afforestation,FR,2025,no,2026-05-01,Notice,2026-08-20,R-1",
        "C2,held,reduction,,7,Standard,no,Registry,Stoves,cooking,KE,2024,no,2026-05-01,Statement,,",
        header="credit_id,status,kind,sink,t_co2e,standard,recognised,registry,project,project_type,region,vintage,corresponding_adjustment,"
        "acquired_on,citation,retired_on,retirement_id",
    ),
}  # fmt: skip
INVENTORY: dict[str, object] = {
    "entities": [
        {"id": "acme", "name": "Acme", "country": "CA", "ownership": "1", "financial_control": True, "operational_control": True},
        {"id": "half", "name": "Half", "country": "CA", "ownership": "0.6", "financial_control": True, "operational_control": True},
    ],
    "sites": [
        {"id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA"},
        {"id": "hall", "name": "Hall", "entity": "half", "country": "CA", "region": "CA"},
    ],
    "views": {"control": {"approach": "operational_control", "gwp_set": "AR6"}, "share": {"approach": "equity_share", "gwp_set": "AR6"}},
    "frameworks": [{"id": "ghg_protocol", "view": "control"}, {"id": "iso_14064_1_2018", "view": "share"}],
}  # fmt: skip


def inventory(folder: Path, **other: object) -> Path:
    """Write the inventory."""
    return small.write(folder, FILES, **{**INVENTORY, **other})  # type: ignore[arg-type]


def published(folder: Path) -> Path:
    """The inventory with one version, PDF and workbook in it, prepared, reviewed and approved, its period closed."""
    version = register.publish(folder, PERIOD, on="2026-10-20")
    sign(folder, version, "prepare", "Ann Ames")
    sign(folder, version, "review", "Cy Cole")
    sign(folder, version, "approve", "Bob Boyd")
    add(folder, PeriodChange(event="close", period=PERIOD, reason="Reported", name="Bob Boyd", role="CFO", date=date(2026, 11, 4)))
    return folder


@functools.cache
def shared() -> Packed:
    """The pack of that version, the inventory beside it, made on two threads; to be read alone, kept as long as the process lasts."""
    place = Path(tempfile.mkdtemp(prefix="ghg-tests-"))
    on_two = mock.Mock(side_effect=lambda **_: connect(threads=2))
    with resources.pinned(small.shelf()), mock.patch.object(pack_module, "connect", on_two), mock.patch.object(pipeline, "connect", on_two):
        return pack_module.pack(published(inventory(place / "inventory")), f"{PERIOD}/latest", place / "pack.zip")


def sign(folder: Path, version: register.Version, kind: Literal["prepare", "review", "approve"], name: str) -> None:
    """Add a sign-off to the register."""
    add(folder, SignOff(event=kind, version=version.name, digest=version.digest, name=name, role="CFO", date=date(2026, 11, 3)))


def add(folder: Path, event: Event) -> None:
    """Add an event to the register."""
    home = register.home_of(folder)
    chain.append(home, chain.read_register(home), event)


@functools.cache
def verifier(place: Path = pack_module.VERIFIER) -> ModuleType:
    """A stand-alone verifier as a module, the product's own where none is named: whoever makes digests anew has it too."""
    spec = importlib.util.spec_from_file_location("standalone_verify", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    with mock.patch.object(sys, "dont_write_bytecode", True):  # a compiled file in the bag would be one that nobody listed
        spec.loader.exec_module(module)
    return module


class Bag:
    """An unpacked pack in the hands of somebody who changes it."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"

    def write(self, name: str, content: str | bytes) -> Bag:
        """Put a file in the place of one below the bag; the copy shares its files with the original."""
        path = self.root / name
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def text(self, name: str) -> str:
        """A file as text."""
        return (self.root / name).read_bytes().decode()

    def swap(self, name: str, old: str, new: str) -> Bag:
        """Change a text in a file; it must be there."""
        text = self.text(name)
        assert old in text, f"{old!r} is not in {name}"
        return self.write(name, text.replace(old, new, 1))

    def rows(self, name: str, change: Callable[[list[dict[str, str]]], object]) -> Bag:
        """Change the rows of a CSV file below data."""
        text = self.text(f"data/{name}")
        rows = list(csv.DictReader(io.StringIO(text)))
        before = [dict(row) for row in rows]
        change(rows)
        assert rows != before, f"nothing was changed in {name}"
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(before[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return self.write(f"data/{name}", stream.getvalue())

    def json(self, name: str, change: Callable[[dict[str, Any]], object]) -> Bag:
        """Change a JSON document below data."""
        document = json.loads(self.text(f"data/{name}"))
        change(document)
        return self.write(f"data/{name}", json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False) + "\n")

    def register(self, change: Callable[[list[dict[str, Any]]], object]) -> Bag:
        """Change the events of the register and chain them anew, head included."""
        events = [json.loads(line) for line in self.text("data/register/register.jsonl").splitlines()]
        change(events)
        before, lines = "0" * 64, []
        for number, event in enumerate(events, start=1):
            line = canonical({**event, "number": number, "previous": before}) + "\n"
            before = hashlib.sha256(line.encode()).hexdigest()
            lines.append(line)
        self.write("data/register/register.jsonl", "".join(lines))
        return self.write("data/register/register.head", canonical({"lines": len(lines), "sha256": before}) + "\n")

    def rebag(self) -> None:
        """Make the manifests say what is there now."""
        info = self.text("bag-info.txt")
        for name in ("bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
            (self.root / name).unlink()
        made = dict(line.split(": ", 1) for line in info.splitlines() if not line.startswith("Payload-Oxum"))
        close_bag(self.root, made)

    def reseal(self) -> None:
        """Make every digest in the pack say what is there now: tables, files, version, register, manifests."""
        digest = verifier().figures_digest(verifier().Pack(self.root))
        self.json("version/figures.json", lambda document: document["build"].update(digest=digest))
        self.json("pack.json", lambda meta: meta.update(figures_digest=digest))
        tables = {path.stem: file_sha256(path) for path in sorted((self.data / "csv").glob("*.csv"))}
        parquet = {path.relative_to(self.data).as_posix(): file_sha256(path) for path in sorted(self.data.glob("*/*.parquet"))}
        self.json(
            "pack.json",
            lambda meta: (meta.update(parquet=parquet), [meta["tables"][name].update(sha256=sha) for name, sha in tables.items()]),
        )
        name = json.loads(self.text("data/pack.json"))["version"]
        if name:
            self.json(f"register/{name}/version.json", lambda made: self._restate(made, digest, tables))
            digest = file_sha256(self.data / "register" / name / "version.json")
            self.register(lambda events: [event.update(digest=digest) for event in events if event.get("version") == name])
            self.json("pack.json", lambda meta: meta.update(version_digest=digest))
        self.rebag()

    def _restate(self, made: dict[str, Any], figures: str, tables: Mapping[str, str]) -> None:
        made["figures"] = figures
        for name, sha256 in tables.items():
            if name in made["tables"]:
                made["tables"][name]["sha256"] = sha256
        for folder, key in (("inventory", "inputs"), ("product", "product"), ("version", "files")):
            place = self.data / folder
            made[key] = {path.relative_to(place).as_posix(): file_sha256(path) for path in sorted(place.rglob("*")) if path.is_file()}


def copied(bag: Path, target: Path) -> Bag:
    """A copy that shares its files with the original until they are written anew."""
    shutil.copytree(bag, target / bag.name, copy_function=os.link)
    return Bag(target / bag.name)
