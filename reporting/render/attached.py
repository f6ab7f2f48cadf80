"""A file that travels inside a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Name, content and what the file is to the document (AFRelationship of ISO 32000-2, 7.11.3)."""

    name: str
    data: bytes
    mime: str
    relationship: Relationship
    description: str
