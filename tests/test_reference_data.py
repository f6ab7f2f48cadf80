"""The reference tables beside the factor sets: as imported, described, licensed, cited; a bad row is refused by file and row."""

import csv
import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from reporting.database import Connection
from reporting.importers import epoch_accelerators, grid_mix
from reporting.importers.writer import LayoutChangedError
from reporting.questions.catalogue import open_catalogue
from reporting.reference_tables import check_reference_tables, described
from reporting.resources import folder
from reporting.types import InputError

FACTORS = folder("factors")
DESCRIBED = described(FACTORS / "reference_columns.csv")
STATUSES = {"published", "estimate", "second_hand", "unconfirmed"}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REGIONS = frozenset(row["region"] for row in table(FACTORS / "regions.csv"))


@pytest.fixture(scope="module")
def catalogue() -> Connection:
    return open_catalogue()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("reference_columns", *DESCRIBED):
        shutil.copyfile(FACTORS / f"{name}.csv", tmp_path / f"{name}.csv")
    return tmp_path


def test_the_shipped_tables_keep_to_their_description() -> None:
    check_reference_tables(FACTORS, REGIONS)


PLANTED: list[tuple[str, Callable[[str], str], str]] = [
    ("accelerators", lambda text: text.replace(",300,", ",300 W,", 1), r"tdp_w .300 W. is not a plain number"),
    ("accelerators", lambda text: text.replace("-11-06", "-11-31", 1), r"release_date .2025-11-31. is not a date"),
    (
        "accelerator_performance",
        lambda text: text.replace(",dense,", ",sparsely,", 1),
        r"sparsity .sparsely. is not one of dense, sparse, not_stated",
    ),
    ("carbon_free_energy", lambda text: text.replace(",0.16,", ",1.6,", 1), r"carbon_free_share .1\.6. is not a number from 0 to 1"),
    ("cloud_regions", lambda text: text.replace(",US-VA,", ",US-VX,", 1), r"subdivision .US-VX. is not a region of regions\.csv"),
    ("cloud_regions", lambda text: text.replace(",Cape Town,", ", Cape Town,", 1), r"place . Cape Town. is not text without spaces"),
    ("disagreements", lambda text: text + text.splitlines()[1] + "\n", r"stands in row 2 too"),
    ("embodied_carbon", lambda text: text.replace(",second_hand,", ",certain,", 1), r"status .certain. is not one of"),
    ("grid_mix", lambda text: text.replace("fossil_twh", "fossils_twh", 1), r"the columns are"),
    ("grid_mix", lambda text: text.replace(",2023,", ",2023,1,", 1), r"8 cells instead of 7"),
    ("grid_mix", lambda text: text + '"unfinished', r"cannot be read"),
    ("it_coefficients", lambda text: text.replace(",1.2,", ",,", 1), r"value is missing"),
    ("reference_tables", lambda text: text.replace(",true,", ",false,", 1), r"is_redistributable .false. is not one of true"),
]


@pytest.mark.parametrize(("name", "change", "message"), PLANTED)
def test_a_bad_row_is_refused_by_file_and_row(copied: Path, name: str, change: Callable[[str], str], message: str) -> None:
    path = copied / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8", newline="")
    with pytest.raises(InputError, match=rf"^factors/{name}\.csv(:\d+)?: .*{message}.*fix: "):
        check_reference_tables(copied, REGIONS)


def test_a_missing_table_is_refused(copied: Path) -> None:
    (copied / "grid_mix.csv").unlink()
    with pytest.raises(InputError, match=r"^factors/grid_mix\.csv: cannot be read"):
        check_reference_tables(copied, REGIONS)


def test_every_row_has_a_status_and_a_source() -> None:
    for name, columns in DESCRIBED.items():
        names = {column.name for column in columns}
        assert "citation" in names or {"chosen_from", "other_from"} <= names, name
        rows = table(FACTORS / f"{name}.csv")
        assert rows
        assert {row["status"] for row in rows if "status" in names} <= STATUSES, name


def test_every_table_states_its_licence_and_may_be_redistributed() -> None:
    stated = {row["table"]: row for row in table(FACTORS / "reference_tables.csv")}
    assert set(DESCRIBED) - {"reference_tables"} <= set(stated)
    assert all((FACTORS / f"{name}.csv").is_file() for name in stated)
    assert all(row["attribution"] for row in stated.values() if "CC BY" in row["licence"] or "Open Government" in row["licence"])


def test_every_factor_set_may_be_redistributed_and_names_its_licence() -> None:
    for path in sorted(FACTORS.glob("*/set.yaml")):
        head = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert head["redistributable"] is True, path
        assert head["licence"], path
        if any(name in head["licence"] for name in ("CC BY", "Open Government", "EEA", "Apache")):
            assert head["attribution"], path


def test_nothing_of_a_publisher_that_forbids_it_is_shipped() -> None:
    words = ("boavizta", "electricitymaps-contrib", "watttime", "ecoinvent")
    for path in [*FACTORS.glob("*.csv"), *FACTORS.glob("*/factors.csv")]:
        text = path.read_text(encoding="utf-8")
        if path.name == "embodied_carbon.csv":  # results of a run, cited one by one, are facts; its data base is not here
            text = text.replace('"Boavizta API 2.5.0, ', '"')
        found = {word for word in words if word in text.lower()}
        assert found == set(), path


def test_every_table_and_column_is_documented(root: Path) -> None:
    text = (root / "docs" / "reference_tables.md").read_text(encoding="utf-8")
    heads = {name for line in text.splitlines() if line.startswith("## ") for name in line[3:].split(", ")}
    assert set(DESCRIBED) <= heads
    common = {"status", "note", "citation"}
    missing = {column.name for columns in DESCRIBED.values() for column in columns if f"`{column.name}`" not in text} - common
    assert missing == set()


@pytest.fixture
def hardware(shared: Path) -> Path:
    return shared / "factors" / "hardware_accelerators_epoch.csv"


def test_accelerators_again_give_the_same_bytes(hardware: Path, tmp_path: Path) -> None:
    epoch_accelerators.write_tables(hardware, tmp_path)
    for name in ("accelerators", "accelerator_performance"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (FACTORS / f"{name}.csv").read_bytes()
    stated = {row["table"]: row["sha256"] for row in table(FACTORS / "reference_tables.csv")}
    assert stated["accelerators"] == sha256(hardware.read_bytes()).hexdigest()


def test_every_figure_of_the_hardware_list_is_shipped(hardware: Path) -> None:
    listed = table(hardware)
    power = {row["accelerator"]: row["tdp_w"] for row in table(FACTORS / "accelerators.csv")}
    assert {row["name"]: Decimal(row["tdp_w"] or 0) for row in listed} == {name: Decimal(watts or 0) for name, watts in power.items()}
    ours = sorted((row["accelerator"], Decimal(row["operations_per_s"])) for row in table(FACTORS / "accelerator_performance.csv"))
    columns = ("fp64_flops", "fp32_flops", "tf32_flops", "fp16_flops", "tensor_fp16_bf16_flops", "int8_flops", "fp8_flops", "fp4_flops")
    assert ours == sorted((row["name"], Decimal(row[column]).quantize(Decimal(1))) for row in listed for column in columns if row[column])


@pytest.mark.parametrize(
    ("accelerator", "precision", "unit", "expected"),
    [
        ("NVIDIA H100 SXM5 80GB", "fp16", "matrix", ("dense", "989400000000000", "second_hand")),
        ("NVIDIA H100 SXM5 80GB", "fp32", "vector", ("dense", "66910000000000", "second_hand")),
        ("NVIDIA Tesla V100 SXM2", "fp16", "matrix", ("dense", "125000000000000", "second_hand")),
        ("NVIDIA H100 NVL", "fp16", "vector", ("not_stated", "835500000000000", "unconfirmed")),
        ("Google TPU v4", "fp16", "matrix", ("not_stated", "275000000000000", "second_hand")),
    ],
)
def test_performance_says_which_unit_and_whether_dense(accelerator: str, precision: str, unit: str, expected: tuple[str, str, str]) -> None:
    rows = [
        (row["sparsity"], row["operations_per_s"], row["status"])
        for row in table(FACTORS / "accelerator_performance.csv")
        if (row["accelerator"], row["precision"], row["unit"]) == (accelerator, precision, unit)
    ]
    assert rows == [expected]


@pytest.mark.parametrize(("old", "new"), [("tdp_w", "watts"), (",700.0,", ",700 W,"), ("NVIDIA H200 SXM,", "NVIDIA B200,")])
def test_a_changed_hardware_list_is_refused(hardware: Path, tmp_path: Path, old: str, new: str) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(hardware.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=r"changed\.csv"):
        epoch_accelerators.write_tables(changed, tmp_path)


@pytest.mark.heavy("codecarbon")
def test_the_electricity_mix_again_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("codecarbon")  # it carries the mix
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "private_infra" / "global_energy_mix.json"
    stated = {row["table"]: row["sha256"] for row in table(FACTORS / "reference_tables.csv")}
    assert sha256(path.read_bytes()).hexdigest() == stated["grid_mix"], "another vintage of the mix: import it anew"
    grid_mix.write_table(path, tmp_path)
    assert (tmp_path / "grid_mix.csv").read_bytes() == (FACTORS / "grid_mix.csv").read_bytes()


MIX = '{{"FRA": {{"fossil_TWh": {}, "nuclear_TWh": 335.65, "renewables_TWh": 135.16, "total_TWh": 514.1099999999999, "year": 2023}}}}'


def test_a_mix_is_read_as_printed(tmp_path: Path) -> None:
    path = tmp_path / "mix.json"
    path.write_text(MIX.format("43.3"), encoding="utf-8")
    grid_mix.write_table(path, tmp_path)
    assert [tuple(row.values())[:5] for row in table(tmp_path / "grid_mix.csv")] == [("FR", "2023", "43.3", "335.65", "135.16")]


@pytest.mark.parametrize(
    "text", [MIX.format("53.3"), MIX.format("-43.3"), MIX.format("43.3").replace("FRA", "FRX"), MIX.format("43.3").replace("year", "when")]
)
def test_a_changed_mix_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mix.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=r"mix\.json.*FR[AX]"):
        grid_mix.write_table(path, tmp_path)


def test_shares_of_the_mix_are_a_whole(catalogue: Connection) -> None:
    rows = catalogue.execute("select count(*), max(abs(1 - fossil_share - nuclear_share - renewable_share)) from grid_mix").fetchall()
    assert rows == [(len(table(FACTORS / "grid_mix.csv")), Decimal("0.0000000002"))]
    france = catalogue.execute("select nuclear_share from grid_mix where region = 'FR'").fetchall()
    assert france == [(Decimal("0.6528758436"),)]
    assert Fraction(33565, 4330 + 33565 + 13516) - Fraction("0.6528758436") < Fraction(1, 10**10)


@pytest.mark.parametrize("name", ["accelerator_performance", "embodied_carbon", "it_coefficient"])
def test_what_is_unconfirmed_is_kept_out_of_what_may_be_used(catalogue: Connection, name: str) -> None:
    every = catalogue.execute("select status, count(*) from query_table($1) group by all", [name]).fetchall()
    usable = catalogue.execute("select status, count(*) from query_table($1) group by all", [f"usable_{name}"]).fetchall()
    assert "unconfirmed" in dict(every)
    assert dict(usable) == {status: count for status, count in every if status != "unconfirmed"}


def test_ranges_of_embodied_carbon_are_in_order() -> None:
    for row in table(FACTORS / "embodied_carbon.csv"):
        stated = [Decimal(row[name]) for name in ("low", "central", "high") if row[name]]
        assert stated
        assert stated == sorted(stated)


def test_cloud_regions_agree_with_the_tree_of_regions(catalogue: Connection) -> None:
    tree = {row["region"]: row for row in table(FACTORS / "regions.csv")}
    places = table(FACTORS / "cloud_regions.csv")
    assert {row["region"] for row in places} == {name for name, row in tree.items() if row["kind"] == "cloud_region"}
    for row in places:
        above = {
            ancestor
            for (ancestor,) in catalogue.execute("select ancestor from region_ancestor where region = $1", [row["region"]]).fetchall()
        }
        assert row["country"] in above, row
        assert not row["grid_subregion"] or row["grid_subregion"] in above, row
        assert bool(row["grid_subregion"]) == bool(row["grid_status"]), row
        assert not row["subdivision"] or row["subdivision"].startswith(f"{row['country']}-"), row


def test_us_east_1_has_neighbours_with_published_figures(catalogue: Connection) -> None:
    rows = catalogue.execute(
        """select n.neighbour, f.value from cloud_neighbour n join factor f on f.region = n.neighbour
           where n.region = 'aws:us-east-1' and f.valid_from = date '2024-01-01'"""
    ).fetchall()
    assert rows == [("gcp:us-east4", Decimal("0.32305"))]


def test_disagreements_about_accelerators_name_what_is_shipped() -> None:
    power = {row["accelerator"]: row["tdp_w"] for row in table(FACTORS / "accelerators.csv")}
    speed = {
        (row["accelerator"], f"{row['precision']} {row['unit']} {row['sparsity']}"): row["operations_per_s"]
        for row in table(FACTORS / "accelerator_performance.csv")
    }
    found = [row for row in table(FACTORS / "disagreements.csv") if row["table"].startswith("accelerator")]
    assert len(found) == 7
    for row in found:
        ours = power[row["subject"]] if row["property"] == "tdp_w" else speed[row["subject"], row["property"]]
        assert row["chosen"] == ours
        assert row["other"] != ours


DESNZ_UNITS = {
    "Gigajoule, GJ": "GJ", "GJ": "GJ", "Kilowatt-hour, kWh": "kWh", "kWh": "kWh", "Therm": "therm_hhv", "therm": "therm_hhv",
    "Tonne oil equivalent, toe": "toe_lhv", "toe": "toe_lhv", "Kilocalorie, kcal": "kcal", "kcal": "kcal",
    "Litres, L": "l", "L": "l", "Cubic metres, m3": "m3", "m3": "m3", "Cubic feet, cu ft": "ft3", "cu ft": "ft3",
    "Imperial gallon": "gal_uk", "Imp. gallon": "gal_uk", "US gallon": "gal_us", "Barrel (US, petroleum), bbl": "bbl", "Bbl (US,P)": "bbl",
    "Kilogram, kg": "kg", "kg": "kg", "tonne, t (metric ton)": "t", "tonne": "t", "ton (UK, long ton)": "long_ton", "ton (UK)": "long_ton",
    "ton (US, short ton)": "short_ton", "ton (US)": "short_ton", "Pound, lb": "lb", "lb": "lb", "Metre, m": "m", "m": "m", "Feet, ft": "ft",
    "ft": "ft", "Miles, mi": "mi", "mi": "mi", "Kilometres, km": "km", "km": "km", "Nautical miles, nmi or NM": "nmi", "nmi": "nmi",
    "Inch, in": "in", "in": "in", "Centimetres, cm": "cm", "cm": "cm", "Yard, yd": "yd", "yd": "yd",
}  # fmt: skip
SIX_DIGITS = Fraction(1, 10**6)
"""DESNZ derives its table from figures printed with six to nine digits (0.001102311 short tons in a kilogram)."""


def test_every_unit_conversion_of_desnz_follows_from_units(shared: Path) -> None:
    ratios = {row["unit"]: Fraction(int(row["numerator"]), int(row["denominator"])) for row in table(FACTORS / "units.csv")}
    printed = table(shared / "factors" / "unit_conversions_desnz.csv")
    assert len(printed) == 110
    apart = {}
    for row in printed:
        ours = ratios[DESNZ_UNITS[row["from_unit"]]] / ratios[DESNZ_UNITS[row["to_unit"]]]
        if abs(ours / Fraction(row["factor"]) - 1) > SIX_DIGITS:
            apart[row["source_cell"]] = abs(ours / Fraction(row["factor"]) - 1)
    calorie = {row["source_cell"] for row in printed if "kcal" in {DESNZ_UNITS[row["from_unit"]], DESNZ_UNITS[row["to_unit"]]}}
    assert set(apart) == calorie
    assert len(calorie) == 8
    assert max(apart.values()) < Fraction(25, 100_000)
    listed = [row for row in table(FACTORS / "disagreements.csv") if row["table"] == "units"]
    assert [row["subject"] for row in listed] == ["kcal"]
    assert ratios["kcal"] * 10**6 == Fraction(listed[0]["chosen"])


def test_every_fuel_of_desnz_has_its_calorific_values_and_density(shared: Path) -> None:
    ours = {
        (row["citation"].rsplit(", ", 1)[1], row["edition"][-4:]): Decimal(row["value"]) for row in table(FACTORS / "fuel_properties.csv")
    }
    printed = {
        (row["source_cell"], row["year"]): (row["property"], row["unit"], Decimal(row["value"]))
        for row in table(shared / "factors" / "fuel_properties_desnz.csv")
    }
    assert len(ours) > 200
    assert {key: printed[key][2] for key in ours} == ours
    assert {(name, unit) for name, unit, _ in (printed[key] for key in ours)} == {
        ("Net CV", "GJ/tonne"),
        ("Gross CV", "GJ/tonne"),
        ("Density", "kg/m3"),
    }


def test_processors_of_machines_are_those_in_their_names_and_published_ones_name_the_page() -> None:
    machines = table(FACTORS / "cloud_instances.csv")
    assert Counter(one["status"] for one in machines) == {"published": 477, "second_hand": 339}
    for one in machines:
        name, provider = one["instance_type"], one["provider"]
        if one["status"] == "published":
            assert re.search(r"commit [0-9a-f]{7}, \S+\.md\)$|docs\.cloud\.google\.com", one["citation"]), name
        if provider == "azure" or (provider == "gcp" and not name.startswith(("a2-", "a3-"))):
            number = re.search(r"^Standard_[A-Z]+(\d+)" if provider == "azure" else r"-(\d+)$", name)
            assert number, name
            assert int(number[1]) == int(one["vcpu"]), name
    # A machine of twice the size has twice the processors, within a family of AWS.
    by_name = {one["instance_type"]: int(one["vcpu"]) for one in machines if one["provider"] == "aws"}
    for name, processors in by_name.items():
        family, _, size = name.partition(".")
        if size.endswith("xlarge") and size != "xlarge" and f"{family}.xlarge" in by_name and (family, size) != ("c4", "8xlarge"):
            assert processors == int(size.removesuffix("xlarge")) * by_name[f"{family}.xlarge"], name
