"""Signatures, a separate last step: PAdES B-B or B-T on the PDF of a version, and a detached CMS signature over the manifest of a pack.

The frozen version is never touched: signed copies are written elsewhere. A signature is not reproducible (key, time), so that what
the register and the pack state is the digest of the unsigned file. Needs the extra `sign` (pyHanko). ETSI EN 319 142-1, EN 319 122-1.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reporting.database import whole_file
from reporting.evidence.integrity import intact, told
from reporting.evidence.register import Version, find_version, home_of
from reporting.types import InputError, UsageError

FIELD = "Signature1"
DIGEST = "sha256"
BAG_MANIFEST = "manifest-sha256.txt"
MAX_MANIFEST = 1 << 28
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it logs is raised as well, and is told in one line


@dataclass(frozen=True)
class Keys:
    """Where the key is: a PKCS#12 file, or a PEM key with its certificate; `chain` holds further certificates."""

    key: Path
    certificate: Path | None
    chain: Path | None
    passphrase: bytes | None


def load_signer(keys: Keys) -> signers.SimpleSigner:
    """The signer of the key files; raises InputError for a key that cannot be read with the passphrase."""
    others = _certificates(keys.chain) if keys.chain else []
    try:
        if keys.certificate is None:
            made: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(keys.key.read_bytes(), others, keys.passphrase)
            return made
        key = load_private_key_from_pemder_data(keys.key.read_bytes(), passphrase=keys.passphrase)
    except (ValueError, TypeError):
        kind = "PKCS#12" if keys.certificate is None else "PEM"
        raise InputError(f"{keys.key}: no {kind} key can be read with this passphrase. fix: check the file and the passphrase") from None
    certificates = _certificates(keys.certificate)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple([*certificates[1:], *others])
    return signers.SimpleSigner(signing_cert=certificates[0], signing_key=key, cert_registry=registry)


def _certificates(path: Path) -> list[object]:
    try:
        found = list(load_certs_from_pemder_data(path.read_bytes()))
    except ValueError:
        found = []
    if not found:
        raise InputError(f"{path}: holds no certificate. fix: give certificates in PEM or DER")
    return found


def is_encrypted(path: Path) -> bool:
    """Whether a key file needs a passphrase: PKCS#12 always, PEM where it says so."""
    data = path.read_bytes()
    return not pem.detect(data) or b"ENCRYPTED" in data


def signable(folder: Path, version: str, *, unapproved: bool) -> tuple[Version, Path]:
    """A version and its PDF, if it is whole, complete and approved, or `unapproved` is said; raises UsageError, InputError."""
    found = find_version(folder, version)
    for fault in intact(home_of(folder))[1]:
        raise InputError(f"{told(fault)}. fix: restore the folder disclosures from a copy")
    if found.manifest.incomplete:
        raise UsageError(f"{found.name} is INCOMPLETE and cannot be signed. fix: mend the errors and publish again")
    if not found.is_approved and not unapproved:
        raise UsageError(f"{found.name} is not approved. fix: `ghg signoff` it first, or say --unapproved")
    names = [name for name in found.manifest.files if name.endswith(".pdf")]
    if not names:
        raise UsageError(f"{found.name} was published without a PDF. fix: publish with --format pdf")
    return found, found.folder / names[0]


def sign_pdf(pdf: Path, out: Path, signer: signers.SimpleSigner, reason: str, stamper: timestamps.TimeStamper | None) -> None:
    """Write a signed copy of a PDF: PAdES B-B, with a time stamp B-T; the signature covers the whole file and shows nothing on a page."""
    subfilter = fields.SigSeedSubFilter.PADES
    meta = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=subfilter, md_algorithm=DIGEST, reason=reason)
    with pdf.open("rb") as source, whole_file(out) as temporary, stamping(stamper):
        signed = signers.PdfSigner(meta, signer=signer, timestamper=stamper).sign_pdf(IncrementalPdfFileWriter(source), output=io.BytesIO())
        temporary.write_bytes(signed.getvalue())


@contextmanager
def stamping(stamper: timestamps.TimeStamper | None) -> Iterator[None]:
    """Say of an authority that gives no time stamp that it is the one that failed, as InputError."""
    try:
        yield
    except timestamps.TimestampRequestError as error:
        address = getattr(stamper, "url", "the time stamp authority")
        reason = str(error.__cause__ or error).splitlines()[0][:200]
        raise InputError(f"{address}: gave no time stamp ({reason}). fix: check the address, or sign without --timestamp") from None


def sign_pack(pack: Path, out: Path, signer: signers.SimpleSigner, stamper: timestamps.TimeStamper | None) -> None:
    """Write a detached CMS signature (CAdES attributes, DER) over manifest-sha256.txt of a pack."""
    manifest = bag_manifest(pack)
    with stamping(stamper):
        made = asyncio.run(signer.async_sign_general_data(manifest, DIGEST, detached=True, use_cades=True, timestamper=stamper))
    with whole_file(out) as temporary:
        temporary.write_bytes(made.dump())


def refuse_other_pack(pack: Path, version: Version) -> None:
    """Raise UsageError for a pack of something else than the version that is signed, InputError for a file that is no pack."""
    bag_manifest(pack)
    with zipfile.ZipFile(pack) as archive:
        [name] = [name for name in archive.namelist() if name.count("/") == 2 and name.endswith("/data/pack.json")][:1] or [""]
        try:
            stated = json.loads(archive.read(name))["version_digest"] if name else None
        except (ValueError, KeyError, TypeError, RecursionError):
            stated = None
    if stated != version.digest:
        raise UsageError(f"{pack}: is no pack of {version.name}. fix: give the pack that `ghg pack` wrote of this version")


def bag_manifest(pack: Path) -> bytes:
    """The one manifest-sha256.txt of a pack; raises InputError for a file that is no pack."""
    try:
        with zipfile.ZipFile(pack) as archive:
            named = [item for item in archive.infolist() if item.filename.split("/")[-1] == BAG_MANIFEST]
            depth = min((item.filename.count("/") for item in named), default=0)  # deeper ones are files of the inventory
            found = [item for item in named if item.filename.count("/") == depth <= 1]
            if len(found) != 1 or found[0].file_size > MAX_MANIFEST:
                raise InputError(f"{pack}: has {len(found)} files {BAG_MANIFEST} of a bag. fix: give a pack that `ghg pack` wrote")
            return archive.read(found[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"{pack}: cannot be read as a ZIP archive ({error}). fix: give a pack that `ghg pack` wrote") from None
