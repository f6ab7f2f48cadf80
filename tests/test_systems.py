"""Exact quantities and the calculations on them: by hand, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.quantity import Quantity, parse_unit, unit_names
from reporting.systems.grid import mix_intensity
from reporting.systems.inference import Model, Server, accelerators_needed
from reporting.systems.peers import difference, outliers
from reporting.systems.power_curve import PowerCurve, window_energy
from reporting.systems.series import resample
from reporting.types import UsageError

CURVE = PowerCurve(((Fraction(0), Fraction(1, 10)), (Fraction(1, 2), Fraction(1, 2)), (Fraction(1), Fraction(1))))


def of(value: str, unit: str) -> Quantity:
    return Quantity.of(value, unit)


def test_units_multiply_divide_and_convert() -> None:
    assert (of("2", "kW") * of("30", "min")).to("kWh") == 1
    assert of("1", "lb_co2e/MWh").to("g_co2e/kWh") == Decimal("0.45359237")
    assert of("6", "g/1e6 token").to("kg/1e9 token") == 6
    assert of("1", "TB-h").to("GB_h") == 1000
    assert parse_unit("kWh/GB/h") == parse_unit("kWh/GB-h")


@given(st.sampled_from(sorted(unit_names())), st.decimals(min_value="-1e9", max_value="1e9", places=6))
def test_a_unit_comes_back_as_it_went(unit: str, value: Decimal) -> None:
    assert Quantity.of(value, unit).to(unit) == value


def test_power_is_read_from_straight_lines() -> None:
    assert [CURVE.power_factor(Fraction(text)) for text in ("0", "0.25", "0.5", "0.75", "1")] == [
        Fraction(text) for text in ("0.1", "0.3", "0.5", "0.75", "1")
    ]
    energy = window_energy(Fraction(1, 2), of("100", "W"), of("1", "h"), Quantity(Fraction(1, 4)), of("0.5", "Wh"))
    assert energy.to("Wh") == 13


def test_a_mix_is_its_weighted_mean() -> None:
    parts = [(Fraction(3, 4), of("800", "g_co2e/kWh")), (Fraction(1, 4), of("40", "kg_co2e/MWh"))]
    assert mix_intensity(parts).to("g_co2e/kWh") == 610


def test_peers_out_of_line_are_flagged() -> None:
    found = outliers([of(text, "kg_co2e/kWh") for text in ("0.4", "0.5", "0.003")])
    assert [peer.is_flagged for peer in found] == [False, False, True]
    assert found[2].ratio == Fraction(3, 450)


def test_a_difference_is_absolute_and_relative() -> None:
    found = difference(of("102", "kWh"), of("0.1", "MWh"))
    assert found.absolute.to("kWh") == 2
    assert found.relative == Fraction(1, 50)
    assert difference(of("1", "kWh"), of("0", "kWh")).relative is None


@given(st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 50)), min_size=1, max_size=6), st.integers(1, 20))
def test_spreading_over_bins_conserves_the_sum(windows: list[tuple[int, int]], interval: int) -> None:
    given_windows = [(of(str(amount), "kWh"), of(str(length), "s")) for amount, length in windows]
    bins = resample(given_windows, of(str(interval), "s"))
    assert sum(part.value for part in bins) == sum(amount.value for amount, _ in given_windows)
    assert len(bins) == -(-sum(length for _, length in windows) // interval)


@pytest.mark.parametrize(("billions", "count"), [(1, 1), (33, 1), (34, 2), (67, 4), (400, 16)])
def test_accelerators_are_the_next_power_of_two_that_holds_the_model(billions: int, count: int) -> None:
    zero = of("0", "kg_co2e")
    server = Server(of("1", "kW"), zero, Fraction(8), of("80", "GB"), zero, of("3", "yr"))
    assert accelerators_needed(Model(Fraction(billions), Fraction(billions), Fraction(16), Fraction("1.2")), server) == count


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (lambda: of("1", "furlong"), "which is no unit"),
        (lambda: of("1", "kWh") + of("1", "kg"), "are not alike"),
        (lambda: of("1", "kWh").to("kg"), "are not alike"),
        (lambda: of("1", "kWh") / of("0", "h"), "divided by 0"),
        (lambda: CURVE.power_factor(Fraction(2)), "outside the power curve"),
        (lambda: PowerCurve(((Fraction(1), Fraction(1)), (Fraction(0), Fraction(1)))), "ascending order"),
        (lambda: mix_intensity([(Fraction(1, 2), of("1", "kg_co2e/kWh"))]), "not to 1"),
        (lambda: outliers([of("1", "kg")]), "two values or more"),
        (lambda: outliers([of("1", "kg"), of("0", "kg")]), "all above 0"),
        (lambda: resample([(of("1", "kWh"), of("2", "s"))], of("1", "s"), of("1", "s")), "ends before the last window"),
        (lambda: resample([(of("1", "kWh"), of("0", "s"))], of("1", "s")), "a length above 0"),
    ],
)
def test_what_has_no_answer_is_refused(refused: Callable[[], object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        refused()
