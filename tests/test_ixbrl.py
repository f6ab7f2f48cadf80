"""Inline XBRL: what is tagged is what is stated, a withheld figure is no number, every planted fault is found."""

from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import inventories
import pytest
from inventories import FACTORS, table, write
from test_esrs import ENTITIES, INSTRUMENTS, LEDGER, LINES, PRICES, SITES
from test_esrs import HEADER as ESRS_HEADER

from reporting import disclosure, reference
from reporting.database import PACKAGE
from reporting.render import arelle, ixbrl, taxonomy
from reporting.render.ixbrl_check import check, dimension_fault
from reporting.render.ixbrl_facts import facts
from reporting.render.ixbrl_reading import Context, read
from reporting.render.texts import texts
from reporting.types import InputError, UsageError

ESRS, VSME = "esrs_e1_set1", "vsme_2026"
PERIODS = ["2026-Q2", "2026-Q3"]
HEADER = f"{ESRS_HEADER},hosting"
CLOUD = "K1,electricity.purchased,2026-08-01,2026-08-31,3000000,kWh,,acme,Cloud,,cloud"
EARLIER = "D0,diesel.stationary,2026-05-01,2026-05-31,40000,l,mill,,,,"
LATER = "D2,diesel.stationary,2026-09-01,2026-09-30,1234567,l,mill,,,,"
NARRATIVE = """# Methods & <scope>

Gross Scope 1 is **{{ figure("esrs_e1_set1/E1-6_scope1") }}**, *see* [EFRAG](https://www.efrag.org/?a=1&b=2).

3. Third
4. Fourth

| a | b |
|---|--:|
| 1 | 2 |
"""


def given(unit: str, **by_period: str) -> dict[str, Any]:
    return {f"2026-{name}": {"value": value, "unit": unit, "source": "Accounts (test)"} for name, value in by_period.items()}


BASE = {name: {"2024": {"value": value, "unit": "t_co2e", "source": "Inventory of 2024 (test)"}} for name, value in (
    ("base_year.ghg_protocol/scope1", "4321.5"), ("base_year.ghg_protocol/scope2_location", "910"),
    ("base_year.ghg_protocol/scope2_market", "700.5"), ("base_year.ghg_protocol/scope3", "2345.67"),
    ("base_year.ghg_protocol/scope3_by_category/category=1", "600"),
)}  # fmt: skip
INPUTS = {
    "net_revenue": given("million EUR", Q2="50.25", Q3="57.2"),
    "revenue": given("million EUR", Q2="60.25", Q3="67.2"),
    "net_revenue_other": given("million EUR", Q2="10", Q3="10"),
    "net_revenue_high_impact": given("million EUR", Q3="30.1"),
    "net_revenue_not_high_impact": given("million EUR", Q3="37.1"),
    "scope1_emission_trading": given("tCO2e", Q3="100"),
    "removals": given("tCO2e", Q3="12"),
    "removals_own": given("tCO2e", Q3="7"),
    "removals_value_chain": given("tCO2e", Q3="5"),
    "credits_cancelled": given("tCO2e", Q3="120"),
    "credits_cancelled_recognised": given("tCO2e", Q3="90"),
    "carbon_price": given("EUR per tCO2e", Q3="85"),
    **BASE,
}
TARGETS = [
    {"id": "one", "figures": ["ghg_protocol/scope1"], "period": "2030", "reduction": "0.42", "source": "Board (test)"},
    {"id": "three", "figures": ["ghg_protocol/scope3"], "period": "2033", "reduction": "0.255", "source": "Board (test)"},
]


@contextmanager
def small_reference() -> Iterator[None]:
    """Only the inventory's own factor sets, as in inventories.compute."""
    with (
        mock.patch.object(reference, "folder", return_value=inventories.shelf()),
        mock.patch.object(reference, "_load_units", inventories._load_units_once),
    ):
        yield


def folder_of(place: Path, *lines: str, **other: object) -> Path:
    files: dict[str, str | bytes] = {
        "activity/s.csv": table(*(f"{line}," for line in LINES), CLOUD, EARLIER, LATER, *lines, header=HEADER),
        "instruments.csv": table(*INSTRUMENTS, header=LEDGER),
        f"narratives/{ESRS}/E1-6_15.md": NARRATIVE,
    }
    inventory: dict[str, Any] = {
        "organisation": {"name": 'Acme <&"> ]]> Ltd', "country": "CA", "currency": "EUR", "nace": "63.10", "nace_revision": "2.1"},
        "entities": ENTITIES,
        "sites": SITES,
        "periods": PERIODS,
        "frameworks": [{"id": name, "view": "control"} for name in ("ghg_protocol", ESRS, VSME)],
        "inputs": INPUTS,
        "base_year": {"period": "2024", "reason": "First (test)", "policy": "As the standard (test)", "threshold": "0.05"},
        "targets": TARGETS,
    }
    return write(place, files, (*FACTORS, *PRICES), **inventory | other)


@dataclass(frozen=True)
class Built:
    """What a build wrote."""

    output: disclosure.Output
    record: dict[str, Any]

    def text(self, framework: str) -> str:
        """The document of a framework."""
        return self.output.paths[f"ixbrl/{framework}"].read_text(encoding="utf-8")

    def facts(self, framework: str) -> dict[str, dict[str, Any]]:
        """Its facts by id."""
        found: dict[str, dict[str, Any]] = json.loads(self.output.paths[f"facts/{framework}"].read_text(encoding="utf-8"))["facts"]
        return found

    def of(self, framework: str, figure: str, kind: str = "figure", at: str = "2026-Q3") -> list[dict[str, Any]]:
        """The facts of a figure."""
        start = f"f-{kind}.{re.sub(r'[^A-Za-z0-9._-]', '_', f'{framework}/{figure}')}.{at}."
        return [fact for name, fact in self.facts(framework).items() if name.startswith(start)]


def build(folder: Path, **options: Any) -> Built:  # noqa: ANN401 - what disclosure.build takes
    with small_reference():
        output = disclosure.build(folder, formats=["json", "ixbrl"], **options)
    return Built(output, json.loads(output.paths["json"].read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A mill with every kind of energy, cloud services, a base year, targets, removals and a narrative."""
    return build(folder_of(tmp_path_factory.mktemp("mill")))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same with a quantity that is none, which withholds Scope 1."""
    return build(folder_of(tmp_path_factory.mktemp("damaged"), "X1,diesel.stationary,2026-09-01,2026-09-30,12x,l,mill,,,,"))


@pytest.fixture(scope="module")
def meridian(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample's own report, with the shipped factor sets."""
    output = disclosure.build(root / "samples" / "meridian", formats=["json", "ixbrl"], out=tmp_path_factory.mktemp("meridian"))
    return Built(output, json.loads(output.paths["json"].read_text(encoding="utf-8")))


def figure(built: Built, name: str, period: str = "2026-Q3") -> dict[str, Any]:
    [found] = [row for row in built.record["figures"] if row["id"] == name and row["period"] == period]
    assert isinstance(found, dict)
    return found


def test_a_figure_is_tagged_with_its_stated_value_scaled(mill: Built) -> None:
    [scope1] = mill.of(ESRS, "E1-6_scope1")
    assert scope1["value"] == figure(mill, f"{ESRS}/E1-6_scope1")["stated"]
    assert scope1["decimals"] == 0
    assert scope1["dimensions"] == {
        "concept": "esrs:GrossScope1GreenhouseGasEmissions", "entity": 'entity:Acme <&"> ]]> Ltd',
        "period": "2026-07-01T00:00:00/2026-10-01T00:00:00", "unit": "utr:tCO2e",
    }  # fmt: skip
    [revenue] = mill.of(ESRS, "E1-6_net_revenue")
    assert (revenue["value"], revenue["decimals"], revenue["dimensions"]["unit"]) == ("57200000", -4, "iso4217:EUR")
    [share] = mill.of(ESRS, "E1-5_15")
    stated = Decimal(figure(mill, f"{ESRS}/E1-5_15")["stated"])
    assert (Decimal(share["value"]), share["decimals"], "unit" in share["dimensions"]) == (stated / 100, 4, False)
    [intensity] = mill.of(ESRS, "E1-6_intensity_location")
    per_million = Decimal(figure(mill, f"{ESRS}/E1-6_intensity_location")["stated"])
    assert (Decimal(intensity["value"]), intensity["decimals"]) == (per_million.scaleb(-6), 9)
    assert intensity["dimensions"]["unit"] == "utr:tCO2e/iso4217:EUR"


def test_dimensions(mill: Built) -> None:
    """Base year, categories with the cloud beneath the first, value chain, gas, country, targets."""
    axis = "esrs:CurrentlyStatedBaselineMilestonesOrTargetYearsAxis"
    [base] = mill.of(ESRS, "E1-6_scope1", "base_year", "2024")
    assert (base["value"], base["dimensions"][axis]) == ("4322", "esrs:BaselineYearMember")  # 4321.5, half away from zero
    assert base["dimensions"]["period"] == "2024-01-01T00:00:00/2025-01-01T00:00:00"
    [cloud] = mill.of(ESRS, "E1-6_scope3_cloud")
    category = "esrs:Scope3GHGEmissionsCategoryGHGProtocolAxis"
    assert cloud["dimensions"][category] == "esrs:Category11CloudComputingAndDataCentreServicesMember"
    assert cloud["value"] == "600"  # 3 GWh at 0.2 kg per kWh
    [first] = mill.of(ESRS, "E1-6_scope3_by_category/category=1")
    assert (first["dimensions"][category], first["value"]) == ("esrs:Category1PurchasedGoodsAndServicesMember", "600")
    own, up, down = (mill.of(ESRS, f"E1-6_06_{name}")[0] for name in ("own_location", "upstream", "downstream"))
    [total] = mill.of(ESRS, "E1-6_total_location")
    assert abs(sum(int(part["value"]) for part in (own, up, down)) - int(total["value"])) <= 1
    assert up["dimensions"]["esrs:ValueChainAxis"] == "esrs:UpstreamValueChainMember"
    [country] = mill.of(ESRS, "E1-6_scope1_country/country=CA")
    assert country["dimensions"]["esrs:CountryAxis"] == "country:CA"
    assert {fact["dimensions"]["concept"] for fact in mill.of(ESRS, "E1-6_06_upstream")} == {
        "esrs:LocationBasedGreenhouseGasEmissions", "esrs:MarketBasedGreenhouseGasEmissions",
    }  # fmt: skip
    [goal] = mill.of(ESRS, "E1-6_scope1", "target", "2030")
    [cut] = mill.of(ESRS, "E1-6_scope1", "target_reduction", "2030")
    [percent] = mill.of(ESRS, "E1-6_scope1", "target_percent", "2030")
    assert [fact["value"] for fact in (goal, cut, percent)] == ["2506", "1815", "0.42"]  # of 4321.5: 2506.47 and 1815.03
    assert goal["dimensions"][axis] == "esrs:Milestone2030YearMember"
    assert mill.of(ESRS, "E1-6_scope3", "target", "2033")[0]["dimensions"][axis] == "esrs:MilestonesAndTargetYearsMember"


def test_the_comparative_period_has_facts_of_its_own(mill: Built) -> None:
    [before] = mill.of(ESRS, "E1-6_scope1", at="2026-Q2")
    assert before["value"] == figure(mill, f"{ESRS}/E1-6_scope1", "2026-Q2")["stated"] == "100"
    assert before["dimensions"]["period"] == "2026-04-01T00:00:00/2026-07-01T00:00:00"


def test_vsme(mill: Built) -> None:
    [energy] = mill.of(VSME, "B3_energy")
    assert energy["value"] == figure(mill, f"{VSME}/B3_energy")["stated"]
    [renewable] = mill.of(VSME, "B3_electricity_renewable")
    assert renewable["dimensions"]["vsme:BreakdownOfEnergyConsumptionAxis"] == "vsme:RenewableEnergyMember"
    [base] = mill.of(VSME, "C3_base_year", "year_of_base", "2024")
    assert (base["value"], base["dimensions"]["period"]) == ("2024", "2025-01-01T00:00:00")
    [goal] = mill.of(VSME, "B3_scope1", "target", "2030")
    assert (goal["value"], goal["dimensions"]["vsme:ReportingScopesAxis"]) == ("2506", "vsme:TargetYearMember")
    years = {fact["value"] for at in ("2030", "2033") for fact in mill.of(VSME, "C3_targets", "year_of_target", at)}
    assert years == {"2030", "2033"}


def test_a_narrative_is_a_text_block_that_agrees_with_its_figure(mill: Built) -> None:
    [block] = mill.of(ESRS, "E1-6_15", "text")
    stated = f"{int(figure(mill, f'{ESRS}/E1-6_scope1')['stated']):,}"
    assert f"<strong>{stated} t CO₂e</strong>" in block["value"]
    assert "Methods &amp; &lt;scope&gt;" in block["value"]
    assert '<ol style="counter-reset: list-item 2">' in block["value"]  # XHTML 1.1 has no attribute `start`


def test_a_withheld_figure_is_nil_with_its_reason_and_never_a_number(damaged: Built) -> None:
    withheld = [row for row in damaged.record["figures"] if row["status"] == "withheld" and row["period"] == "2026-Q3"]
    assert {f"{ESRS}/E1-6_scope1", f"{ESRS}/E1-6_total_location", f"{VSME}/B3_scope1"} <= {row["id"] for row in withheld}
    for framework in (ESRS, VSME):
        by_id = {(fact["ghg:figure"], fact["ghg:of"], name): fact for name, fact in damaged.facts(framework).items()}
        for row in withheld:
            for (name, of, fact_id), fact in by_id.items():
                if name == row["id"] and of == "figure" and ".2026-Q3." in fact_id:
                    assert (fact["value"], "decimals" in fact) == (None, False)
                    assert fact["ghg:reason"]
                    pattern = rf'<ix:nonFraction id="{re.escape(fact_id)}" [^>]*xsi:nil="true"/>'
                    assert re.search(pattern, damaged.text(framework))
                    assert f'fromRefs="{fact_id}"' in damaged.text(framework)
    assert "INCOMPLETE" in damaged.text(ESRS)
    [scope2] = damaged.of(ESRS, "E1-6_scope2_location")
    assert scope2["value"] == figure(damaged, f"{ESRS}/E1-6_scope2_location")["stated"]


def test_what_has_no_status_of_a_number_is_not_tagged(mill: Built) -> None:
    for row in mill.record["figures"]:
        if row["status"] in {"not_reported", "not_material", "not_applicable"} and row["framework"] in {ESRS, VSME}:
            assert mill.of(row["framework"], row["id"].partition("/")[2], at=row["period"]) == []


def test_every_number_of_the_period_is_tagged_or_known_not_to_be(mill: Built) -> None:
    for framework in (ESRS, VSME):
        tagged = {fact["ghg:figure"] for fact in mill.facts(framework).values()}
        for row in mill.record["figures"]:
            if row["framework"] == framework and row["period"] == "2026-Q3" and row["status"] in {"stated", "no_activity"}:
                is_without = row["datapoint"] in UNTAGGED or row["id"].endswith("/gas=CO2e")  # the axis of gases has no member for it
                assert (row["id"] in tagged) != is_without, row["id"]


def test_same_bytes(mill: Built, tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; import test_ixbrl as t; t.build(Path(sys.argv[1]), out=Path(sys.argv[2]))"
    command = [sys.executable, "-c", script, str(mill.output.result.folder), str(tmp_path / "again")]
    env = {"PYTHONHASHSEED": "7", "PYTHONPATH": "tests:.", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(command, env=env, cwd=Path(__file__).parents[1], check=True, timeout=120)  # noqa: S603
    for name, path in mill.output.paths.items():
        if name.partition("/")[0] in {"ixbrl", "facts"}:
            assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), name


# The data -------------------------------------------------------------------------------------------------------------
UNTAGGED = {
    # A subsidiary stands on a typed axis beside an operating segment, which an inventory does not know.
    "E1-6_scope1_entity", "E1-6_scope2_location_entity", "E1-6_scope2_market_entity",
    # Numerators and denominators: the taxonomy has the share alone.
    "E1-6_scope1_trading", "E1-6_scope3_supplier", "E1-6_scope2_energy", "E1-6_contractual_energy", "E1-6_bundled_energy",
    "E1-6_unbundled_energy", "E1-7_credits_reduction", "E1-7_credits_removal", "E1-7_credits_recognised", "E1-7_credits_eu",
    "E1-7_credits_adjusted", "E1-8_priced_scope1", "E1-8_priced_scope2", "E1-8_priced_scope3", "E1-5_19",
    # The taxonomies have no element for it.
    "E1-5_energy_by_country", "B3_scope3_by_category",
}  # fmt: skip


def mapping(framework: str) -> list[dict[str, str]]:
    with taxonomy.load(framework).mapping.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def misplaced(row: dict[str, str], used: taxonomy.Taxonomy) -> str:
    """Why no table of the taxonomy would hold a fact of this row; a country stands for all."""
    dimensions = tuple(tuple(part.split("=", 1)) for part in row["dimensions"].replace("country:*", "country:CA").split("|") if part)
    typed = frozenset(axis for axis, _ in dimensions if used.typed_element(axis))
    return dimension_fault(row["element"], Context("", None, date(2026, 12, 31), dimensions, typed), used)  # type: ignore[arg-type]


@pytest.mark.parametrize("framework", [ESRS, VSME])
def test_the_mapping_fits_datapoints_and_taxonomy(framework: str) -> None:
    used = taxonomy.load(framework)
    with (used.mapping.parent / "datapoints.csv").open(encoding="utf-8", newline="") as stream:
        points = {row["datapoint"]: row for row in csv.DictReader(stream)}
    rows = mapping(framework)
    assert {row["datapoint"] for row in rows} <= {*points}
    numbers = {name for name, row in points.items() if row["kind"] != "text"}
    assert numbers - {row["datapoint"] for row in rows} == UNTAGGED & numbers
    for row in rows:
        element = used.elements[row["element"]]
        assert row["citation"]
        if row["unit"]:
            assert taxonomy.is_unit_of(row["unit"].replace("CURRENCY", "EUR"), element.type), row
            percent = row["of"] == "target_percent"
            assert row["figure_unit"] == ("%" if percent else points[row["datapoint"]]["unit"]), row
        else:
            assert (row["of"] == "text") == (element.type == "dtr-types:textBlockItemType"), row
    assert len({(row["datapoint"], row["key"], row["of"], row["element"]) for row in rows}) == len(rows)
    assert [fault for row in rows if (fault := misplaced(row, used))] == []
    lost = next(row for row in mapping(ESRS) if row["datapoint"] == "E1-4_18") | {"dimensions": ""}
    assert "needs esrs:IdentifierOfTargetTypedAxis" in misplaced(lost, taxonomy.load(ESRS))
    assert len([row for row in rows if row["of"] == "text"]) == len({row["element"] for row in rows if row["of"] == "text"})


def test_the_tables_agree_with_the_lists_of_the_taxonomy(shared: Path) -> None:
    """Axes, defaults and counts of members by role, from lists that were made apart from ours."""
    with (shared / "esrs" / "e1_xbrl_dimensions.csv").open(encoding="utf-8", newline="") as stream:
        told = {(row["role"].strip(" ]"), f"esrs:{row['axis']}"): row for row in csv.DictReader(stream)}
    used = taxonomy.load(ESRS)
    ours = {(table.name, axis.name): axis for table in used.tables for axis in table.axes.values()}
    assert {*ours} == {*told}
    for key, axis in ours.items():
        assert axis.default.partition(":")[2] == told[key]["default"], key
        if axis.typed_element or "Country" in axis.name or "NACE" in axis.name:
            continue
        assert {member.partition(":")[2] for member in axis.members} == {*told[key]["members"].split()}, key


def test_the_vsme_tables_are_those_of_the_published_taxonomy(shared: Path) -> None:
    """No XSD package of it is at hand for a validator: names, types, tables, axes and members against EFRAG's own JSON of the edition."""
    told = json.loads((shared / "esrs" / "vsme-2026-05-01.json").read_text(encoding="utf-8"))
    used = taxonomy.load(VSME)
    assert used.head.entry_point == told["entryPoint"]
    assert {prefix: told["namespaces"].get(prefix) for prefix in used.head.namespaces} == used.head.namespaces
    for element in used.elements.values():
        concept = told["concepts"][element.name]
        assert (element.type, element.period) == (concept["dataType"], concept["periodType"]), element.name
        assert not concept.get("abstract")
    defaults = told["dimensions"]["_defaults"]
    for held in used.tables:
        [role] = [role for name, role in told["dimensions"].items() if name.endswith(f"/role/{held.name}")]
        [cube] = role.values()
        assert cube["xbrldt:closed"]
        assert cube["xbrldt:contextElement"] == "scenario"
        assert held.elements == {name for _, name in cube["primaryItems"] if not told["concepts"][name].get("abstract")}, held.name
        assert {*held.axes} == {*cube.get("explicitDimensions", {}), *(name for name, *_ in cube.get("typedDimensions", []))}
        for axis in held.axes.values():
            assert axis.default == defaults.get(axis.name, "")
            assert axis.members - {axis.default} == {*cube["explicitDimensions"][axis.name]} - {axis.default}, (held.name, axis.name)
    asked = {role.rpartition("/")[2]: {name for _, name in cube["primaryItems"]} for role, cubes in told["dimensions"].items()
             if role != "_defaults" for cube in cubes.values()}  # fmt: skip
    needed = {role for role, names in asked.items() if names & {*used.elements}}
    assert needed == {held.name for held in used.tables}, "a table that holds one of our elements is not among ours"


def test_units_are_those_of_the_registry(shared: Path) -> None:
    """Each unit with its item type is a row of the XBRL Unit Type Registry, of status REC."""
    registry = json.loads((shared / "esrs" / "utr.json").read_text(encoding="utf-8"))["utr"]
    known = {(row["itemType"], row["unitId"]) for row in registry if row["status"] == "REC"}
    units = [row for row in reference.read_rows(PACKAGE / "standards" / "xbrl_units.csv") if row["unit"].startswith("utr:")]
    assert [
        row for row in units if (row["type"].partition(":")[2], row["unit"].partition(":")[2]) not in known and "/" not in row["unit"]
    ] == []
    assert len(units) > 20


# Planted faults -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Fault:
    """A change of a document, and what the check says of it."""

    name: str
    change: Callable[[str], str]
    says: str
    framework: str = ESRS


def swap(old: str, new: str) -> Callable[[str], str]:
    """Replace the first occurrence."""
    return lambda text: text.replace(old, new, 1)


def pattern(old: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(old, new, text, count=1)


SCOPE1 = r'(<ix:nonFraction id="f-figure\.esrs_e1_set1_E1-6_scope1\.2026-Q3[^>]*>)'
TOTAL = r'(<ix:nonFraction id="f-figure\.esrs_e1_set1_E1-6_total_location\.2026-Q3[^>]*>)[^<]*'
MEMBER = "esrs:Category2CapitalGoodsMember</xbrldi"
FAULTS = (
    Fault("member", swap(MEMBER, "esrs:OwnOperationsMember</xbrldi"), "esrs:Scope3GHGEmissionsCategoryGHGProtocolAxis has no esrs:OwnOp"),
    Fault("axis", swap('"esrs:ValueChainAxis"', '"esrs:UndertakingScopeAxis"'), "has no esrs:UndertakingScopeAxis"),
    Fault("default member", swap(MEMBER, "esrs:Scope3GHGEmissionsCategoryGHGProtocolMember</xbrldi"), "which is never written"),
    Fault(
        "axis left out",
        pattern(r'<xbrldi:explicitMember dimension="esrs:NACEEconomicActivitiesAxis">[^<]*</xbrldi:explicitMember>', ""),
        "needs esrs:NACEEconomicActivitiesAxis",
    ),
    Fault(
        "typed axis with a member",
        pattern(r"<xbrldi:typedMember dimension=(\S+?)><esrs:TYP>[^<]*</esrs:TYP></xbrldi:typedMember>",
                r"<xbrldi:explicitMember dimension=\1>esrs:OwnOperationsMember</xbrldi:explicitMember>"),
        "is typed",
    ),
    Fault("total", pattern(TOTAL, r"\g<1>99"), "is not the sum of its 3 items"),
    Fault("element", swap('"esrs:GrossScope1Green', '"esrs:GrossScope1green'), "has no such element"),
    Fault("unit", swap("utr:MWh<", "utr:MWhh<"), '"utr:MWhh" is no unit of dtr-types:energyItemType'),
    Fault("unit of another type", swap("utr:tCO2e<", "utr:MWh<"), "is no unit of dtr-types:ghgEmissionsItemType"),
    Fault("no context", pattern(r'contextRef="c1"', 'contextRef="c999"'), 'there is no context "c999"'),
    Fault("no unit", pattern(r'unitRef="u1"', 'unitRef="u999"'), 'there is no unit "u999"'),
    Fault("scale", pattern(r' scale="6"', ' scale="3"'), "its figure is"),
    Fault("sign", pattern(SCOPE1, lambda m: m[1].replace(" decimals", ' sign="-" decimals')), "is not the sum"),  # type: ignore[arg-type]
    Fault("decimals", pattern(r' decimals="0"', ""), "says not to how many decimals"),
    Fault("format", pattern(r"ixt:num-dot-decimal", "ixt:num-comma-decimal"), "num-dot-decimal is used"),
    Fault("id twice", pattern(r'id="f-figure[^"]*E1-6_scope2_market.2026-Q3[^"]*"', 'id="c1"'), 'the id "c1" is given 2 times'),
    Fault("footnote", swap('id="c2"', 'id="other"'), "there is no context"),
    Fault("entity", pattern(r"(<xbrli:identifier[^>]*>)Acme", r"\1Other"), "name different entities"),
    Fault("reversed period", swap("<xbrli:startDate>2026-07-01", "<xbrli:startDate>2027-07-01"), "ends before it starts"),
    Fault("broken XML", swap("</body>", "</bdy>"), "is not well-formed XML"),
    Fault("entity declared", swap("<html ", '<!DOCTYPE html [<!ENTITY a "b">]>\n<html '), "is not well-formed XML"),
    Fault("schema", swap("esrs_all.xsd", "esrs_cor.xsd"), "the entry point of the taxonomy is"),
    Fault("fact lost", pattern(SCOPE1 + r"([^<]*)</ix:nonFraction>", r"\2"), "was not written"),
    Fault(
        "fact added",
        swap("</body>", '<p><ix:nonNumeric id="x" contextRef="c2" name="esrs:DisclosureOfMethodologiesSignificantAssumptionsAnd'
             'EmissionsFactorsUsedToCalculateOrMeasureGHGEmissionsExplanatory">x</ix:nonNumeric></p></body>'),
        'a fact "x" was not to be written',
    ),
    Fault(
        "two values",
        pattern(SCOPE1 + r"([^<]*)</ix:nonFraction>", lambda m: m[0] + m[1].replace('id="f-', 'id="g-') + "7</ix:nonFraction>"),  # type: ignore[arg-type]
        "with different values",
    ),
    Fault("year", swap(">2024</ix:nonNumeric>", ">MMXXIV</ix:nonNumeric>"), "is not a year", VSME),
    Fault("instant", pattern(r"<xbrli:instant>2024-12-31</xbrli:instant>",
                             "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"),
          "of the period type instant", VSME),
    Fault("VSME member", swap("vsme:RenewableEnergyMember", "vsme:BaselineYearMember"), "has no vsme:BaselineYearMember", VSME),
    Fault("namespace", swap('vsme/2026-05-01/vsme"', 'vsme/2025-07-30/vsme"'), "has no such element", VSME),
)  # fmt: skip


def wanted(built: Built, framework: str) -> Any:  # noqa: ANN401 - the facts of the writer
    connection, used = built.output.result.connection, taxonomy.load(framework)
    return facts(connection, used, "2026-Q3", texts(connection, "2026-Q3"))


def test_the_documents_have_no_fault(mill: Built) -> None:
    for framework in (ESRS, VSME):
        assert check(mill.text(framework).encode(), taxonomy.load(framework), wanted(mill, framework)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(fault: Fault, mill: Built) -> None:
    text = mill.text(fault.framework)
    changed = fault.change(text)
    assert changed != text
    faults = check(changed.encode(), taxonomy.load(fault.framework), wanted(mill, fault.framework))
    assert any(fault.says in found for found in faults), faults[:3]


def test_nil_with_a_content_is_found(damaged: Built) -> None:
    changed = re.sub(r'(<ix:nonFraction [^>]*xsi:nil="true")/>', r"\1>5</ix:nonFraction>", damaged.text(ESRS), count=1)
    assert any("is nil, but has a content" in fault for fault in check(changed.encode(), taxonomy.load(ESRS)))


def test_a_footnote_to_nowhere_is_found(damaged: Built) -> None:
    changed = damaged.text(ESRS).replace('toRefs="n1"', 'toRefs="n0"', 1)
    assert any('a footnote refers to "n0"' in fault for fault in check(changed.encode(), taxonomy.load(ESRS)))


def test_documents_of_others(shared: Path) -> None:
    """A valid one has no fault; of the three with planted faults Arelle finds two, the check finds all."""
    used = taxonomy.load(ESRS)
    found = {name: check((shared / "esrs" / f"{name}.xhtml").read_bytes(), used) for name in ("e1", "e1-bad", "e1-badname", "e1-baddim")}
    assert found["e1"] == []
    assert all("is not the sum" in fault for fault in found["e1-bad"])
    assert len(found["e1-bad"]) == 2
    assert any("has no such element" in fault for fault in found["e1-badname"])
    assert any("is no unit of" in fault for fault in found["e1-badname"])
    assert any("has no esrs:" in fault for fault in found["e1-baddim"])


def test_a_faulty_document_is_refused_and_nothing_is_written(mill: Built, tmp_path: Path) -> None:
    changed = mill.text(ESRS).replace(MEMBER, "esrs:OwnOperationsMember</xbrldi", 1)
    with pytest.raises(InputError, match=r"has no esrs:OwnOperationsMember.*Nothing was written"):
        ixbrl.keep(tmp_path / "x.xhtml", changed, taxonomy.load(ESRS), wanted(mill, ESRS))
    assert not list(tmp_path.iterdir())


def test_a_mapping_of_another_unit_is_refused(mill: Built) -> None:
    connection = mill.output.result.connection
    connection.execute("begin")
    connection.execute("update figure set unit = 'kg' where figure_id = 'esrs_e1_set1/E1-6_scope1'")
    try:
        with pytest.raises(InputError, match=r'maps esrs_e1_set1/E1-6_scope1 as "tCO2e", but its unit is "kg"'):
            wanted(mill, ESRS)
    finally:
        connection.execute("rollback")


# Misuse ---------------------------------------------------------------------------------------------------------------
def test_misuse_is_said(mill: Built, tmp_path: Path) -> None:
    folder, other = mill.output.result.folder, tmp_path / "x.zip"
    nothing: Any = SimpleNamespace(frameworks=())
    with pytest.raises(UsageError, match="no framework of this build has an XBRL taxonomy"):
        ixbrl.write(mill.output.result.connection, nothing, tmp_path, ())
    with pytest.raises(UsageError, match="add ixbrl to the formats"):
        disclosure.build(folder, formats=["json"], taxonomies=[other])
    other.write_bytes(b"no zip")
    with pytest.raises(UsageError, match="cannot be read as a ZIP file"):
        arelle.entry_points(other)
    with (
        mock.patch.object(arelle, "find_spec", return_value=None),
        pytest.raises(UsageError, match="Arelle is not installed"),
    ):
        arelle.messages([mill.output.paths[f"ixbrl/{ESRS}"]], [other])


def test_a_package_without_the_entry_point_is_refused(mill: Built, shared: Path) -> None:
    given = [shared / "esrs" / "ESRS-Set1-XBRL-Taxonomy.zip"]
    with (
        mock.patch.object(arelle, "find_spec", return_value=object()),
        pytest.raises(UsageError, match=r"vsme-all\.xsd, which none"),
    ):
        arelle.messages([mill.output.paths[f"ixbrl/{VSME}"]], given)


# Other programs -------------------------------------------------------------------------------------------------------
@pytest.mark.heavy("ixbrlparse")
def test_another_reader_reads_every_value(mill: Built, damaged: Built, meridian: Built) -> None:
    """Without the taxonomy: each number, times its scale, is the figure's stated value in figures.json."""
    compared = 0
    reader = importlib.import_module("ixbrlparse")
    scales = {
        (framework, row["datapoint"]): int(row["scale"] or 0)
        for framework in (ESRS, VSME)
        for row in mapping(framework)
        if row["of"] == "figure"
    }
    for built in (mill, damaged, meridian):
        for framework in (name for name in (ESRS, VSME) if f"ixbrl/{name}" in built.output.paths):
            with built.output.paths[f"ixbrl/{framework}"].open(encoding="utf-8") as stream:
                document = reader.IXBRL(stream)
            facts, read_back = built.facts(framework), read(built.text(framework).encode(), {}).facts
            assert len(document.numeric) == sum(fact.is_numeric for fact in read_back)
            assert len(document.nonnumeric) == sum(not fact.is_numeric for fact in read_back)
            numbers = {fact.soup_tag["id"]: fact for fact in document.numeric if not fact.soup_tag.get("xsi:nil")}
            told = {name: fact for name, fact in facts.items() if "decimals" in fact}
            assert {*numbers} == {*told}
            for name, fact in told.items():
                value = Decimal(str(numbers[name].value)).quantize(Decimal(1).scaleb(-fact["decimals"]))
                assert value == Decimal(fact["value"]), name
                if fact["ghg:of"] == "figure":
                    at = next(period for period in PERIODS if f".{period}." in name)
                    row = figure(built, fact["ghg:figure"], at)
                    assert value == Decimal(row["stated"]).scaleb(scales[framework, row["datapoint"]]), name
                    compared += built is meridian
    assert compared > 80  # of the sample, in two periods


PACKAGES = ("ESRS-Set1-XBRL-Taxonomy.zip", "country-stub.zip")
OPEN_TABLES = "*/def_esrs_90000*"
"""The five tables of Set 1 that allow any axis on any fact: with them no validator finds a wrong axis or member."""
CODES = {
    "calc11e:inconsistentCalculationUsingRounding": ("total",),
    "ix11.12.1.2:missingReferences": ("element",),
    "utre:error-NumericFactUtrInvalid": ("unit",),
    "xbrldie:PrimaryItemDimensionallyInvalidError": ("member", "axis"),
}
"""What Arelle says of planted faults; of the last two only where the open tables are left out."""


def packages(shared: Path) -> list[Path]:
    """The Set 1 package and the country codes; skips aloud where they are not there."""
    found = [shared / "esrs" / name for name in PACKAGES]
    missing = [path.name for path in found if not path.is_file()]
    if missing:
        pytest.skip(f"no taxonomy: {', '.join(missing)} is not in ../shared/reference/esrs")
    return found


@pytest.mark.heavy("arelle")
def test_arelle_finds_nothing_in_the_report_of_the_sample(meridian: Built, shared: Path) -> None:
    """Schema, dimensions, Calculations 1.1 and units: no message but that it was loaded and validated."""
    began = time.process_time()
    said = arelle.messages([meridian.output.paths[f"ixbrl/{ESRS}"]], packages(shared), taxonomy.load(ESRS).head.undecisive)
    assert [message for message in said if message.code != "info"] == []
    assert time.process_time() - began < 5  # it runs in a process of its own


@pytest.mark.heavy("arelle")
def test_arelle_finds_planted_faults(mill: Built, shared: Path, tmp_path: Path) -> None:
    """A fault of every kind in one document; countries are no members of their axis in the stand-in for their taxonomy."""
    text = mill.text(ESRS)
    for fault in FAULTS:
        text = fault.change(text) if fault.name in {name for names in CODES.values() for name in names} else text
    bad = tmp_path / "bad.xhtml"
    bad.write_text(text, encoding="utf-8")
    said = arelle.messages([bad], packages(shared), [*taxonomy.load(ESRS).head.undecisive, OPEN_TABLES])
    assert {message.code for message in said if message.severity in arelle.FAULTS} == {*CODES}
    dimensions = [message.text for message in said if message.code.startswith("xbrldie:")]
    concepts = {re.findall(r"esrs:\w+", message)[0] for message in dimensions}
    assert concepts == {
        "esrs:GrossScope1GreenhouseGasEmissions",
        "esrs:GrossScope3GreenhouseGasEmissions",
        "esrs:LocationBasedGreenhouseGasEmissions",
        "esrs:MarketBasedGreenhouseGasEmissions",
    }
