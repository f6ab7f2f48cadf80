"""The writer of factor sets: the same rows always give the same bytes, and what the format forbids is refused."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from reporting.importers.writer import FactorRow, SetMeta, plain, write_set

META = SetMeta("Publisher", "Title: of a set", "2026 v1", "https://example.org", "Licence", True, date(2026, 11, 23), "0" * 64, "AR5", date(2028, 12, 31), None, 10, None)  # fmt: skip  # noqa: E501
ROW = FactorRow(
    factor_id="a.b",
    label='Label, "quoted"',
    activity_type="",
    region="GB",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
    basis="",
    boundary="direct",
    gas="CO2",
    published_value="1.50",
    published_unit="kg CO2 per kWh",
    value=Decimal("1.50"),
    value_as="kg_gas",
    per_unit="kWh",
    is_biogenic=False,
    citation="Table 1, E17",
)


def test_bytes_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = [replace(ROW, factor_id=f"a.{number}", gas=gas) for number in range(20) for gas in ("CO2", "CH4")]
    write_set(tmp_path / "one", META, rows)
    write_set(tmp_path / "two", META, random.Random(1).sample(rows, len(rows)))  # noqa: S311 - a shuffle, no secret
    for name in ("set.yaml", "factors.csv"):
        written = (tmp_path / "one" / name).read_bytes()
        assert written == (tmp_path / "two" / name).read_bytes()
        assert b"\r" not in written


def test_text_of_the_files(tmp_path: Path) -> None:
    write_set(tmp_path, META, [ROW])
    assert (tmp_path / "factors.csv").read_text(encoding="utf-8") == (
        "factor_id,label,activity_type,region,supplier,valid_from,valid_to,basis,boundary,gas,published_value,published_unit,value,value_as,"
        "per_unit,price_year,uncertainty,is_biogenic,citation\n"
        'a.b,"Label, ""quoted""",,GB,,2026-01-01,2027-01-01,,direct,CO2,1.50,kg CO2 per kWh,1.5,kg_gas,kWh,,,false,"Table 1, E17"\n'
    )
    assert yaml.safe_load((tmp_path / "set.yaml").read_text(encoding="utf-8"))["retrieved"] == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+3", "1000"),
        ("0.000", "0"),
        ("-0.0", "0"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("0.000000000000005", "0"),
        ("0.000000000000015", "0.00000000000002"),
        ("0.123456789012345678", "0.12345678901235"),
    ],
)
def test_plain_decimals_round_half_even_at_14(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    "faulty",
    [
        replace(ROW, citation=""),
        replace(ROW, published_value=""),
        replace(ROW, valid_to=date(2026, 1, 1)),
        replace(ROW, basis="green"),
        replace(ROW, value_as="kg"),
        replace(ROW, value=Decimal("NaN"), factor_id="other"),
        ROW,
    ],
)
def test_faults_are_refused_and_nothing_is_written(faulty: FactorRow, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"citation|published_value|valid_from|basis|value_as|not a number|occurs twice"):
        write_set(tmp_path / "set", META, [ROW, faulty])
    assert not (tmp_path / "set").exists()
