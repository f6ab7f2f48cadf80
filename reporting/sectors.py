"""The sector of each entity by its NACE code, and whether ESRS E1 calls it one of high climate impact."""

from __future__ import annotations

from reporting.database import Connection
from reporting.inventory import Inventory
from reporting.types import InputError

SECTOR = """insert into entity_sector
    select $1, $2, section, section_of_revision_2, is_high_impact from nace_code
    where nace_revision = $3 and (starts_with($4, code) or (section = $4 and len(code) = 2)) order by len(code) desc, code limit 1
    returning entity"""
UNKNOWN = "insert into entity_sector values ($1, '', '', '', null)"


def load_sectors(connection: Connection, inventory: Inventory) -> None:
    """Fill entity_sector, one row per entity; raises InputError for a code of no section of its revision."""
    organisation = inventory.organisation
    for entity, own in {one.id: one.nace for one in inventory.entities}.items():
        code = own or organisation.nace
        if not code:
            connection.execute(UNKNOWN, [entity])
        elif not connection.execute(SECTOR, [entity, code, organisation.nace_revision, _digits(code)]).fetchone():
            raise InputError(
                f'inventory.yaml: nace "{code}" of "{entity}" is no code of NACE revision {organisation.nace_revision}. '
                "fix: give a section, division, group or class such as C, 63 or 63.10, and nace_revision"
            )


def _digits(code: str) -> str:
    """The digits of a code without dots and section letter; a section alone stays a letter."""
    plain = code.replace(".", "").strip().upper()
    return plain[1:] if len(plain) > 1 and plain[0].isalpha() else plain
