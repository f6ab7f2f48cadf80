"""The checked inventory into the tables that the stages read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reporting.base_year import load_base_year
from reporting.carbon_credits import load_carbon_credits
from reporting.coverage import load_coverage
from reporting.database import PACKAGE, Connection, insert_rows
from reporting.declared_settings import load_settings
from reporting.instruments import OPTIONAL, REQUIRED, load_instruments
from reporting.inventory import Inventory
from reporting.misstatements import load_misstatements
from reporting.narratives import load_narratives
from reporting.periods import Period
from reporting.reference import read_rows
from reporting.registers import load_corrections, load_exclusions, read_table
from reporting.sectors import load_sectors
from reporting.sources import load_source_tables
from reporting.time_tables import load_time_tables
from reporting.types import InputError

ENTITY = """insert into entity select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,9), unnest($5), unnest($6),
    unnest($7), unnest($8), unnest($9), unnest($10)"""
SITE = "insert into site select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,10), unnest($7)"
PUE = "insert into site_pue select unnest($1), unnest($2)::decimal(38,10), unnest($3), unnest($4), unnest($5), unnest($6)"
INPUT = "insert into input select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,12), null, unnest($5), unnest($6)"
PERIOD = "insert into period select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)"
CATEGORY = "insert into scope3_category select unnest($1), unnest($2), unnest($3), unnest($4)"
UNDECIDED = ("undecided", "inventory.yaml does not say how this category is treated")
Row = tuple[object, ...]


def load_inventory_tables(connection: Connection, folder: Path, inventory: Inventory, periods: list[Period]) -> None:
    """Fill period to exclusion from inventory.yaml and the CSV files beside it; raises InputError for a file of the wrong shape."""
    disclosed = set(inventory.periods)
    rows: list[Row] = [(p.name, p.starts, p.ends, p.kind, p.name in disclosed, position) for position, p in enumerate(periods)]
    insert_rows(connection, PERIOD, rows)
    _load_organisation(connection, inventory)
    load_time_tables(connection, inventory)
    load_base_year(connection, folder, inventory)
    load_source_tables(connection, inventory.sources)
    memos = {name: source.memo for name, source in inventory.sources.items()}
    load_coverage(connection, inventory.coverage, inventory.roles, memos, inventory.fiscal_year_start)
    load_exclusions(connection, folder / "exclusions.csv", set(inventory.sources))
    load_corrections(connection, folder / "corrections.csv", set(inventory.sources))
    load_misstatements(connection, folder / "misstatements.csv", {period.name for period in periods})
    ledger = folder / "instruments.csv"
    load_instruments(connection, ledger, read_table(ledger, REQUIRED, OPTIONAL))
    load_carbon_credits(connection, folder / "carbon_credits.csv", inventory)
    load_narratives(connection, folder, inventory)
    load_settings(connection, inventory)


HUNDRED_YEARS = "select gwp_set from gwp group by gwp_set having min(horizon_years) = 100 and max(horizon_years) = 100 order by gwp_set"
"""The sets that an inventory may be computed in: other horizons are shown, never added up."""


def _load_organisation(connection: Connection, inventory: Inventory) -> None:
    sets = [name for (name,) in connection.execute(HUNDRED_YEARS).fetchall()]
    for name, view in inventory.views.items():
        if view.gwp_set not in sets:
            known = ", ".join(sets)
            raise InputError(
                f'inventory.yaml: views.{name}: unknown gwp_set "{view.gwp_set}". fix: use one of {known}, or add it to factors/gwp.csv'
            )
    views: list[Row] = [(name, view.approach, view.gwp_set) for name, view in inventory.views.items()]
    insert_rows(connection, "insert into view select unnest($1), unnest($2), unnest($3)", views)
    insert_rows(connection, ENTITY, list(_entities(inventory)))
    load_sectors(connection, inventory)
    connection.execute("update datapoint set unit = replace(unit, 'CURRENCY', $1)", [inventory.organisation.currency])
    areas = {site.id: None if site.area_m2 is None else str(site.area_m2) for site in inventory.sites}
    sites = [(s.id, s.name, s.entity, s.country, s.region, areas[s.id], s.tenure) for s in inventory.sites]
    insert_rows(connection, SITE, sites)
    if inventory.uncertainty:
        rest = inventory.uncertainty
        insert_rows(connection, "insert into setting select unnest($1), unnest($2)", [("uncertainty.seed", str(rest.seed))])
        insert_rows(connection, "insert into class_uncertainty select unnest($1), unnest($2)", list(rest.activity_data.items()))
    pues = [(s.id, str(p.value), p.kind, p.valid_from, p.valid_to, p.citation) for s in inventory.sites for p in s.pue]
    insert_rows(connection, PUE, pues)
    meters = [(meter.id, site.id, meter.carrier) for site in inventory.sites for meter in site.meters]
    insert_rows(connection, "insert into meter select unnest($1), unnest($2), unnest($3)", meters)
    systems = [(system.id, system.name, system.functional_unit, system.boundary) for system in inventory.systems]
    insert_rows(connection, "insert into system select unnest($1), unnest($2), unnest($3), unnest($4)", systems)
    insert_rows(connection, INPUT, list(_inputs(inventory)))
    insert_rows(connection, CATEGORY, list(_categories(inventory)))


def _entities(inventory: Inventory) -> Iterator[Row]:
    for entity in inventory.entities:
        control = (entity.financial_control is True, entity.operational_control)
        rest = (entity.valid_from, entity.valid_to, entity.financial_control == "joint", entity.investment)
        yield (entity.id, entity.name, entity.country, str(entity.ownership), *control, *rest)


def _inputs(inventory: Inventory) -> Iterator[Row]:
    for system in inventory.systems:
        for period, quantity in system.quantity.items():
            yield ("functional_unit", period, system.id, str(quantity), system.functional_unit, f"inventory.yaml, systems, {system.id}")
        if system.provision:
            unit = f"{system.provision.multiple} {system.provision.functional_unit} ({system.provision.counted})"
            for period, quantity in system.provision.quantity.items():
                yield ("provider_unit", period, system.id, str(quantity), unit, f"inventory.yaml, systems, {system.id}, provision")
    for name, by_period in inventory.inputs.items():
        for period, given in by_period.items():
            yield (name, period, "", str(given.value), given.unit, given.source)


def _categories(inventory: Inventory) -> Iterator[Row]:
    for row in read_rows(PACKAGE / "standards" / "scope3_categories.csv"):
        choice = inventory.scope3_categories.get(int(row["category"]))
        yield (row["category"], *((choice.status, choice.reason) if choice else UNDECIDED), row["label"])
