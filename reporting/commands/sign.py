"""Verbs of signatures: sign, signatures. They need the extra `sign`."""

from __future__ import annotations

import getpass
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.commands.terminal import out, print_json, print_text
from reporting.digest import file_sha256
from reporting.types import InputError, UsageError

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from reporting.evidence.formats import Signature

PASSPHRASE = "GHG_SIGN_PASSPHRASE"  # noqa: S105 - the name of a variable
Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
VersionName = Annotated[str, typer.Argument(help="Such as 2026-Q3/v1 or 2026-Q3/latest.", show_default=False)]
Key = Annotated[Path, typer.Option("--key", help="A PKCS#12 file, or with --certificate a PEM key.", show_default=False)]
Certificate = Annotated[Path | None, typer.Option("--certificate", help="The certificate of a PEM key.", show_default=False)]
Chain = Annotated[Path | None, typer.Option("--chain", help="Further certificates, PEM.", show_default=False)]
Authority = Annotated[str, typer.Option("--timestamp", help="Address of a time stamp authority (RFC 3161): B-T.", show_default=False)]
Pack = Annotated[Path | None, typer.Option("--pack", help="Sign the manifest of this pack too: PACK.p7s.", show_default=False)]
OutFolder = Annotated[Path | None, typer.Option("--out", help="Where to; by default out/signed in the inventory.", show_default=False)]
Unapproved = Annotated[bool, typer.Option("--unapproved", help="Sign a version that nobody approved.")]
Trust = Annotated[Path, typer.Option("--trust", help="Your trust roots, PEM.", show_default=False)]
SignedFile = Annotated[Path, typer.Argument(help="A signed PDF, or a pack with --signature.", show_default=False)]
Detached = Annotated[Path | None, typer.Option("--signature", help="The signature of a pack, PACK.p7s.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("sign")(sign_command)
    app.command("signatures")(signatures_command)


def need_pyhanko() -> None:
    """Raise UsageError where the extra is not installed."""
    if importlib.util.find_spec("pyhanko") is None:
        raise UsageError("pyHanko is not installed. fix: pip install ghg-reporting[sign]")


def passphrase(key: Path) -> bytes | None:
    """The passphrase of the environment, else asked for on a terminal; never an argument, which other users of the machine could read."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given.encode()
    if not sys.stdin.isatty():
        raise UsageError(f"{key} needs a passphrase. fix: set {PASSPHRASE}, or run the command on a terminal")
    return getpass.getpass(f"passphrase of {key}: ").encode()


def sign_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory, version: VersionName, key: Key, certificate: Certificate = None, chain: Chain = None, timestamp: Authority = "",
    pack: Pack = None, out_folder: OutFolder = None, unapproved: Unapproved = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Sign the PDF of an approved version (PAdES B-B, with --timestamp B-T), and the manifest of its pack; the version stays as it is."""
    need_pyhanko()
    from reporting.evidence import sign  # noqa: PLC0415 - needs the extra

    found, pdf = sign.signable(inventory, version, unapproved=unapproved)
    for path in (key, certificate, chain, pack):
        if path is not None and not path.is_file():
            raise InputError(f"{path}: not found. fix: name a file that is there")
    if pack:
        sign.refuse_other_pack(pack, found)
    secret = passphrase(key) if sign.is_encrypted(key) else None
    signer = sign.load_signer(sign.Keys(key, certificate, chain, secret))
    stamper = authority(timestamp)
    approved = ", ".join(event.name for event in found.signoffs if event.event == "approve")
    by = f"approved by {approved}" if approved else "NOT APPROVED"
    target = (out_folder or inventory / "out" / "signed") / f"disclosure-{found.name.replace('/', '-')}-signed.pdf"
    sign.sign_pdf(pdf, target, signer, f"Version {found.name}, digest {found.digest}, {by}", stamper)
    files = [target]
    if pack:
        files.append(pack.with_name(f"{pack.name}.p7s"))
        sign.sign_pack(pack, files[-1], signer, stamper)
    level = "B-T" if stamper else "B-B"
    if as_json:
        told = {"version": found.name, "digest": found.digest, "level": level, "files": [str(path) for path in files]}
        print_json({**told, "unsigned_sha256": file_sha256(pdf)})
    else:
        print_text(f"{found.name} signed, PAdES {level}, {by}")
        for path in files:
            out.print(f"  {path}", soft_wrap=True)
        out.print(f"unsigned sha256 {file_sha256(pdf)}", soft_wrap=True)


def authority(address: str) -> TimeStamper | None:
    """The time stamp authority at an address; None where none is given."""
    from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: PLC0415 - needs the extra

    if address and not address.startswith(("https://", "http://")):
        raise UsageError(f'--timestamp "{address}" is no address. fix: give an http or https address of an RFC 3161 authority')
    return HTTPTimeStamper(address) if address else None


def signatures_command(file: SignedFile, trust: Trust, signature: Detached = None, as_json: Json = False) -> None:
    """Check the signatures of a file against your own trust roots; exit code 1 where one does not hold. Nothing is fetched."""
    need_pyhanko()
    from reporting.evidence.signatures import check, holds  # noqa: PLC0415 - needs the extra

    for path in (file, trust, signature):
        if path is not None and not path.is_file():
            raise InputError(f"{path}: not found. fix: name a file that is there")
    found = check(file, trust, signature)
    if as_json:
        print_json({"file": str(file), "holds": holds(found), "signatures": [one.model_dump() for one in found]})
    else:
        for one in found:
            print_text(f"{one.kind} by {one.signer or 'nobody'}: {state(one)}")
        print_text(f"{'holds' if holds(found) else 'DOES NOT HOLD'}; whether a certificate was revoked was not asked")
    raise typer.Exit(0 if holds(found) else 1)


def state(one: Signature) -> str:
    """What is said of a signature, what is wrong with it in capitals."""
    words = ["intact" if one.is_intact else "CHANGED", "trusted" if one.is_trusted else "NOT TRUSTED"]
    words += ["covers the whole file" if one.covers_whole_file else "DOES NOT COVER THE WHOLE FILE"]
    words += [f"time stamp: {one.time_stamp}", *([one.reason] if one.reason else [])]
    return ", ".join(words)
