"""The shapes of the register: the events of register.jsonl, and version.json, the manifest of a published version."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, RootModel, TypeAdapter

from reporting.fields import Model, Text

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
VersionName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+/v[1-9][0-9]{0,5}$")]
PeriodName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$", max_length=32)]
FIRST = "0" * 64
"""What stands as `previous` where there is nothing before."""


class Publish(Model):
    """A version was published; `digest` is the SHA-256 of its version.json."""

    event: Literal["publish"] = "publish"
    number: Annotated[int, Field(ge=1)] = 1
    previous: Sha256 = FIRST
    version: VersionName
    digest: Sha256
    reason: str
    date: date


class SignOff(Model):
    """Somebody prepared, reviewed or approved a version; `digest` is that of the version.json which they saw."""

    event: Literal["prepare", "review", "approve"]
    number: Annotated[int, Field(ge=1)] = 1
    previous: Sha256 = FIRST
    version: VersionName
    digest: Sha256
    name: Text
    role: Text
    date: date


class PeriodChange(Model):
    """A period was closed or reopened; a closed period takes no new version."""

    event: Literal["close", "reopen"]
    number: Annotated[int, Field(ge=1)] = 1
    previous: Sha256 = FIRST
    period: PeriodName
    reason: str
    name: Text
    role: Text
    date: date


Event = Publish | SignOff | PeriodChange
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


class RegisterLine(RootModel[Annotated[Event, Field(discriminator="event")]]):
    """A line of register.jsonl."""


class Head(Model):
    """register.head: how many lines the register has and the SHA-256 of the last, so that lines taken off its end are missed."""

    lines: Annotated[int, Field(ge=0)]
    sha256: Sha256


class Engine(Model):
    """What computed: versions, and the SHA-256 over the engine's own modules."""

    name: Literal["ghg-reporting"] = "ghg-reporting"
    version: str
    code: Sha256
    python: str
    libraries: dict[str, str]


class TableDigest(Model):
    """Rows of a table, and the SHA-256 of its CSV (header, all columns, ordered by all of them)."""

    rows: Annotated[int, Field(ge=0)]
    sha256: Sha256


class VersionManifest(Model):
    """version.json: path to SHA-256 of every input and of all data of the product, what was computed from it, what was written."""

    format: Literal["ghg-version/1"] = "ghg-version/1"
    version: VersionName
    period: PeriodName
    organisation: Text
    reason: str
    previous: Sha256
    engine: Engine
    source_date_epoch: int
    figures: Sha256
    incomplete: tuple[str, ...]
    tables: dict[str, TableDigest]
    inputs: dict[str, Sha256]
    product: dict[str, Sha256]
    files: dict[str, Sha256]


class Published(Model):
    """`ghg publish --json`: the version, whether it is new, what lies in its folder, and the mandatory figures that are withheld."""

    version: VersionName
    digest: Sha256
    is_new: bool
    folder: str
    files: tuple[str, ...]
    incomplete: tuple[str, ...]


class ListedVersion(Model):
    """A version as `ghg versions --json` lists it."""

    version: VersionName
    period: PeriodName
    digest: Sha256
    previous: Sha256
    date: date
    reason: str
    engine: str
    is_latest: bool
    is_approved: bool
    is_closed: bool
    incomplete: tuple[str, ...]
    signoffs: tuple[SignOff, ...]


class RegisterFault(Model):
    """Something in the register that is not as it was written."""

    file: str
    line: int | None
    message: str


class Versions(Model):
    """`ghg versions --json`: every version in the order of publication, and what is not as it was written."""

    versions: tuple[ListedVersion, ...]
    faults: tuple[RegisterFault, ...]


class Restored(Model):
    """`ghg restore --json`: the version whose inputs were written, and where."""

    version: VersionName
    digest: Sha256
    folder: str
    files: tuple[str, ...]


class Signed(Model):
    """`ghg sign --json`: the version, the signed copies that were written, and the SHA-256 of what was signed."""

    version: VersionName
    digest: Sha256
    level: Literal["B-B", "B-T"]
    files: tuple[str, ...]
    unsigned_sha256: Sha256


class Signature(Model):
    """One signature as it was checked; `is_trusted`: its certificate leads to a trust root of the user. Revocation is not asked."""

    kind: str
    signer: str
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    time_stamp: Literal["none", "valid", "not valid"]
    reason: str


class Signatures(Model):
    """`ghg signatures --json`: every signature of a file, and whether all of them hold."""

    file: str
    holds: bool
    signatures: tuple[Signature, ...]
