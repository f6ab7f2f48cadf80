"""The embedded typefaces and what they can print: no system font is ever used, what they lack is written out."""

from __future__ import annotations

import io
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_ibm_plex_mono
import fontpkg_ibm_plex_sans

SANS = Path(fontpkg_ibm_plex_sans.ROOT) / "files" / "IBMPlexSans[wdth,wght].ttf"
MONO = Path(fontpkg_ibm_plex_mono.ROOT) / "files" / "IBMPlexMono-Regular.ttf"
FILES = {"sans": SANS, "mono": MONO}


def without_time(font: bytes) -> bytes:
    """A TrueType file as it is, but with a fixed time of modification: cutting a weight out of a variable font writes the clock into it."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - takes a twentieth of a second to import

    face = TTFont(io.BytesIO(font), recalcTimestamp=False, lazy=True)
    face["head"].modified = face["head"].created
    target = io.BytesIO()
    face.save(target, reorderTables=False)
    return target.getvalue()


@cache
def covered() -> frozenset[int]:
    """The code points that every embedded typeface has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - see without_time

    sans, mono = (frozenset(TTFont(path, lazy=True).getBestCmap()) for path in (SANS, MONO))
    return sans & mono


def printable(text: str) -> str:
    """The text with each character that cannot be printed written as its code point, so that nothing vanishes or hides.

    Control and direction characters count as unprintable: they could make a line read differently from what it says.
    """
    return "".join(map(_printable, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _printable(character: str) -> str:
    if character in "\n\t":
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"} and character != "\N{SOFT HYPHEN}"
    return f"[U+{ord(character):04X}]" if hidden or ord(character) not in covered() else character
