"""The embedded typefaces and what they can print: no system font is ever used, what they lack is written out."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_mono  # type: ignore[import-untyped]
import fontpkg_ibm_plex_sans  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

SANS, MONO = Path(fontpkg_ibm_plex_sans.ROOT) / "files", Path(fontpkg_ibm_plex_mono.ROOT) / "files"
FILES = {
    "sans": SANS / "IBMPlexSans[wdth,wght].ttf",
    "sans-italic": SANS / "IBMPlexSans-Italic[wdth,wght].ttf",
    "mono": MONO / "IBMPlexMono-Regular.ttf",
}


@cache
def covered() -> frozenset[int]:
    """The code points that every embedded typeface has."""
    maps = [frozenset(TTFont(path, lazy=True).getBestCmap()) for _, path in sorted(FILES.items())]
    return frozenset.intersection(*maps)


def printable(text: str) -> str:
    """The text with each character that cannot be printed written as its code point, so that nothing vanishes or hides.

    Control and direction characters count as unprintable: they could make a line read differently from what it says.
    """
    return "".join(_printable(character) for character in unicodedata.normalize("NFC", text))


def _printable(character: str) -> str:
    if character in "\n\t":
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"} and character != "\N{SOFT HYPHEN}"
    return f"[U+{ord(character):04X}]" if hidden or ord(character) not in covered() else character
