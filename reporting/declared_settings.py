"""What inventory.yaml says of the organisation, its policies and people, as rows of the table `setting`."""

from __future__ import annotations

from reporting.database import Connection, insert_rows
from reporting.inventory import Inventory

ORGANISATION = ("name", "lei", "country", "currency", "nace", "nace_revision")
POLICIES = ("materiality_threshold", "variance_threshold", "supplier_basis", "fiscal_year_start", "colocation_overhead")


def load_settings(connection: Connection, inventory: Inventory) -> None:
    """Fill `setting` with everything that inventory.yaml declares in single words and texts."""
    rows = _organisation(inventory) | _people(inventory)
    insert_rows(connection, "insert into setting select unnest($1), unnest($2)", list(rows.items()))


def _organisation(inventory: Inventory) -> dict[str, str]:
    rows = {f"organisation.{key}": str(getattr(inventory.organisation, key)) for key in ORGANISATION}
    rows |= {key: str(getattr(inventory, key)) for key in POLICIES}
    if inventory.base_year:
        rows |= {f"base_year.{key}": str(getattr(inventory.base_year, key)) for key in ("period", "reason", "policy", "threshold")}
    return rows | {f"narrative.{key}": text for key, text in inventory.narrative.items()}


def _people(inventory: Inventory) -> dict[str, str]:
    people = {role: getattr(inventory, role) for role in ("preparer", "reviewer", "approver")}
    return {f"{role}.{part}": getattr(person, part) for role, person in people.items() if person for part in ("name", "role")}
