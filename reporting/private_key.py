"""The key of an inventory: a secret beside inventory.yaml under which private values are replaced, and which nothing takes along."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from reporting.types import InputError

NAME = "private.key"
NUMBERED = "number"
"""What stands in private_file where there was no key."""
LEAST, MOST = 32, 4096
BLOCK = 64
FIX = 'write one as: python -c "import secrets; print(secrets.token_hex(32))" > private.key'
_home: ContextVar[Path | None] = ContextVar("home", default=None)


@dataclass(frozen=True)
class Key:
    """The two padded keys of HMAC, and what the key is recognised by."""

    inner: bytes = field(repr=False)
    outer: bytes = field(repr=False)
    fingerprint: str


@contextmanager
def keyed(folder: Path) -> Iterator[None]:
    """Use the key of an inventory folder for copies of its files that lie elsewhere, where no key may be."""
    token = _home.set(folder)
    try:
        yield
    finally:
        _home.reset(token)


def read_key(folder: Path) -> Key | None:
    """The key of an inventory folder, None where it has none; raises InputError for one that is no file or can be guessed."""
    places = [place / NAME for place in (folder, _home.get()) if place]
    path = next((place for place in places if place.exists() or place.is_symlink()), None)
    if path is None:
        return None
    if not path.is_file():
        raise InputError(f"{path}: is no file. fix: {FIX}; or remove it, and values are numbered")
    with path.open("rb") as stream:
        secret = stream.read(MOST + 1).strip()
    if not LEAST <= len(secret) <= MOST or len(set(secret)) < LEAST // 4:
        raise InputError(f"{path}: is no key: one has {LEAST} to {MOST} characters that nobody can guess. fix: {FIX}")
    padded = (hashlib.sha256(secret).digest() if len(secret) > BLOCK else secret).ljust(BLOCK, b"\0")
    fingerprint = hmac.new(secret, b"ghg-reporting private.key", hashlib.sha256).hexdigest()[:16]
    return Key(bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded), fingerprint)
