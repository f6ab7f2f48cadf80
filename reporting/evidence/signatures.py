"""Whether signatures hold: what they cover, whether it was changed, and whether their certificates lead to the user's own trust roots.

Nothing is fetched: whether a certificate was revoked is not asked, and the answer says so.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path

from asn1crypto import cms
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_detached_cms, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel, StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from reporting.evidence.formats import Signature
from reporting.evidence.sign import bag_manifest
from reporting.types import InputError, UsageError

BROKEN = (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What a file that was changed at a bad place makes the reader raise."""


def trust(path: Path) -> ValidationContext:
    """The trust roots of a PEM or DER file, and nothing else; raises InputError for a file without certificates."""
    try:
        roots = list(load_certs_from_pemder_data(path.read_bytes()))
    except ValueError:
        roots = []
    if not roots:
        raise InputError(f"{path}: holds no certificate. fix: give your trust roots in PEM or DER")
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")


def check(path: Path, roots: Path, detached: Path | None = None) -> tuple[Signature, ...]:
    """The signatures of a signed PDF, or the detached one over the manifest of a pack; raises UsageError where there is none."""
    context = trust(roots)
    if detached is not None:
        return (_check_pack(path, detached, context),)
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        raise UsageError(f"{path}: is no PDF. fix: for a pack give its signature with --signature")
    try:
        embedded = PdfFileReader(io.BytesIO(data)).embedded_signatures
        found = tuple(_check_pdf(one, data, context) for one in embedded)
    except BROKEN as error:
        return (_broken("PDF", error),)
    if not found:
        raise UsageError(f"{path}: holds no signature. fix: give the signed copy that `ghg sign` wrote")
    return found


def _check_pdf(embedded: EmbeddedPdfSignature, data: bytes, context: ValidationContext) -> Signature:
    status = validate_pdf_signature(embedded, context, ts_validation_context=context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    told = _told("PAdES", status, covers_all=whole)
    if _is_as_written(embedded, data):
        return told
    return told.model_copy(update={"is_intact": False, "reason": "the bytes that hold the signature itself were changed"})


def _is_as_written(embedded: EmbeddedPdfSignature, data: bytes) -> bool:
    """Whether the gap that the signature cannot cover holds the signature, zeros behind it, and nothing else (ISO 32000-2, 12.8.1)."""
    _, start, end, _ = embedded.byte_range
    held = bytes(embedded.pkcs7_content)
    written = {f"<{held.hex()}>".encode(), f"<{held.hex().upper()}>".encode()}
    rest = held[len(cms.ContentInfo.load(held).dump()) :]
    return data[int(start) : int(end)] in written and not rest.strip(b"\0")


def _check_pack(path: Path, detached: Path, context: ValidationContext) -> Signature:
    manifest = bag_manifest(path)
    try:
        signed = cms.ContentInfo.load(detached.read_bytes(), strict=True)["content"]
        status = asyncio.run(async_validate_detached_cms(manifest, signed, context, ts_validation_context=context))
    except BROKEN as error:
        return _broken("CAdES", error)
    return _told("CAdES", status, covers_all=True)


def _told(kind: str, status: StandardCMSSignatureStatus, *, covers_all: bool) -> Signature:
    stamp = status.timestamp_validity
    names = status.signing_cert.subject.native
    return Signature(
        kind=f"{kind} {'B-T' if stamp else 'B-B'}",
        signer=str(names.get("common_name", status.signing_cert.subject.human_friendly)),
        is_intact=bool(status.intact and status.valid),
        is_trusted=bool(status.trusted),
        covers_whole_file=covers_all,
        time_stamp="none" if not stamp else "valid" if stamp.valid and stamp.intact and stamp.trusted else "not valid",
        reason="" if status.intact else "what was signed was changed",
    )


def _broken(kind: str, error: Exception) -> Signature:
    reason = f"cannot be read: {' '.join(str(error).split())[:200]}"
    return Signature(kind=kind, signer="", is_intact=False, is_trusted=False, covers_whole_file=False, time_stamp="none", reason=reason)


def holds(signatures: Sequence[Signature]) -> bool:
    """Whether every signature is intact, trusted, covers the whole file, and has no time stamp that fails."""
    return all(one.is_intact and one.is_trusted and one.covers_whole_file and one.time_stamp != "not valid" for one in signatures)
