"""GWP sets of the company: a view takes one by name, the IPCC's stay as they are, and a row that cannot be used is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from inventories import DIESEL, FACTORS, compute, factor, table, upstream, value, write

from reporting.types import InputError

HEAD = "gwp_set,gas,gas_group,value,is_kyoto,kyoto_value,horizon_years,citation"
OWN = "house,CH4,CH4,30,true,30,100,Board paper 7"
VIEWS = {"control": {"approach": "operational_control", "gwp_set": "house"}}
GAS = factor("methane", "diesel.stationary", "2", "l", gas="CH4", value_as="kg_gas")


def folder(place: Path, *lines: str, views: object = VIEWS) -> Path:
    files = {"activity/s.csv": table(DIESEL.format(10)), "factors/gwp.csv": table(*lines, header=HEAD)}
    return write(place, files, [GAS, upstream("diesel.well_to_tank", "0", "l"), *FACTORS[1:3]], views=views)


def test_a_view_takes_the_values_of_the_company(tmp_path: Path) -> None:
    result = compute(folder(tmp_path, OWN))
    assert value(result, "ghg_protocol/scope1") == Decimal("0.6")  # 10 l x 2 kg CH4 x 30


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("AR6,CH4,CH4,1,true,1,100,x", '"AR6" is a published set'),
        ("house,CH4,CH4,30,true,30,100,", "a cell is empty"),
        ("house,CH4,CH4,-1,true,30,100,x", 'value "-1" is no number'),
        ("house,CH4,CH4,30,perhaps,30,100,x", "is_kyoto is neither"),
        (f"{OWN}\n{OWN}", "CH4 stands twice in house"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(line: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gwp\.csv:[23]: ") as caught:
        compute(folder(tmp_path, line))
    assert told in str(caught.value)


def test_a_view_with_an_unknown_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='unknown gwp_set "other"'):
        compute(folder(tmp_path, OWN, views={"control": {"approach": "operational_control", "gwp_set": "other"}}))
