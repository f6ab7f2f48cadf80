# ruff: noqa: INP001
"""Activity files of the sample about energy, fuels and refrigerants, with the faults that the sample's README lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random

from meridian_tables import CANONICAL, MONTHS, csv_bytes, month_end, number, parquet_bytes, xlsx_bytes

MAIN_HALL_KWH = (1_041_312, 1_068_940, 1_092_415, 1_129_870, 1_124_556, 1_071_208)
FRANKFURT_KWH = ("88.412,6", "90.175,2", "93.640,8", "97.311,4", "96.004,9", "90.887,3")
PARIS_KWH = (21_340, 20_985, 22_410, 24_150, 19_872, 21_206)
DAY_SHAPE = (-31, -36, -40, -43, -44, -41, -30, -12, 8, 22, 30, 34, 36, 38, 37, 35, 31, 27, 22, 15, 6, -5, -15, -24)
"""Load of hall 2 over a day, in kW beside its mean."""
GENSETS = ("generator 1", "generator 2")


def files() -> dict[str, bytes]:
    """Every file by its path inside an inventory folder."""
    return _electricity() | _invoices() | _gas() | _fuels()


def _electricity() -> dict[str, bytes]:
    bills = [
        (
            f"ASH-{m:%Y-%m}",
            "electricity.purchased",
            m,
            month_end(m),
            kwh,
            "kWh",
            "ashburn-dc",
            "ASH-H1-MAIN",
            "actual",
            f"evidence/ASH-{m:%Y-%m}.txt",
        )
        for m, kwh in zip(MONTHS, MAIN_HALL_KWH, strict=True)
    ]
    frankfurt = [
        ("FRA-E1", f"{m:%d.%m.%Y}", f"{month_end(m):%d.%m.%Y}", kwh, f"{water},{tenth}")
        for m, kwh, water, tenth in zip(MONTHS, FRANKFURT_KWH, (61, 64, 70, 78, 75, 66), (4, 0, 2, 8, 5, 1), strict=True)
    ]
    paris = [("PAR-E1", m, month_end(m), kwh) for m, kwh in zip(MONTHS, PARIS_KWH, strict=True)]
    header = ("compteur", "debut", "fin", "kwh")
    return {
        "activity/ashburn_main_hall.csv": csv_bytes((*CANONICAL, "meter", "read_status", "evidence"), bills),
        "activity/ashburn_hall2_it.parquet": parquet_bytes(("start_time", "end_time", "it_kwh"), _hall_2()),
        "activity/london_electricity.xlsx": xlsx_bytes("Consumption", _london()),
        "activity/frankfurt_utilities.csv": csv_bytes(("Zähler", "Von", "Bis", "Strom (kWh)", "Wasser (m³)"), frankfurt, ";", "latin-1"),
        "activity/paris_electricity.csv": csv_bytes(header, [row for row in paris if row[1] != date(2026, 8, 1)]),
        "activity/paris_electricity_2026-08_late.csv": csv_bytes(header, [row for row in paris if row[1] == date(2026, 8, 1)]),
    }


def _hall_2() -> list[tuple[str, str, str]]:
    """Hourly readings of the meter behind the power distribution of hall 2, April to September (daylight-saving time all through)."""
    random = Random("meridian hall 2")  # noqa: S311 - a sample, not a secret
    first = datetime(2026, 4, 1, tzinfo=timezone(timedelta(hours=-4)))
    rows = []
    for hour in range(183 * 24):
        start = first + timedelta(hours=hour)
        weekend = -22 if start.weekday() > 4 else 6
        kwh = 402 + hour // 400 + weekend + DAY_SHAPE[start.hour] + number(random, -9, 9, 3)
        rows.append((start.isoformat(), (start + timedelta(hours=1)).isoformat(), str(kwh)))
    return rows


def _london() -> list[tuple[object, ...]]:
    """A supplier's statement: two lines of heading, then the columns; the May estimate is followed by the actual read."""
    reads = [("04", "A", 36_904, ""), ("05", "E", 39_500, ""), ("05", "A", 37_218, "LON-2026-05-E"), ("06", "A", 38_077, "")]
    reads += [("07", "A", 41_366, ""), ("08", "A", 40_125, ""), ("09", "A", 37_640, "")]
    rows: list[tuple[object, ...]] = [("Thames Energy (sample supplier)",), ("Statement of consumption, account 0042 (sample)",)]
    rows.append(("Read", "Meter", "From", "To", "kWh", "Kind", "Replaces"))
    for month, kind, kwh, replaces in reads:
        start = date(2026, int(month), 1)
        status = "actual" if kind == "A" else "estimated"
        rows.append((f"LON-2026-{month}-{kind}", "LON-E1", start, month_end(start), kwh, status, replaces or None))
    return rows


def _invoices() -> dict[str, bytes]:
    """Evidence for the main hall: one made-up invoice a month."""
    heading = "Ashburn Power and Light (sample supplier)\n"
    return {
        f"evidence/ASH-{m:%Y-%m}.txt": (
            f"{heading}Invoice ASH-{m:%Y-%m} (made up)\nMeter ASH-H1-MAIN, {m} to {month_end(m)}\nDelivered: {kwh} kWh\n"
        ).encode()
        for m, kwh in zip(MONTHS, MAIN_HALL_KWH, strict=True)
    }


def _gas() -> dict[str, bytes]:
    """Gas bills run from mid-month to mid-month, so three of them straddle the end of a quarter; one London bill stands twice."""
    starts = [date(2026, month, 17) for month in range(3, 11)]
    london = [
        (f"LG-{number_:04d}", start, end - timedelta(days=1), kwh)
        for number_, start, end, kwh in zip(
            range(311, 318), starts, starts[1:], (24_610, 15_320, 8_940, 6_115, 5_870, 7_204, 13_655), strict=False
        )
    ]
    london.insert(3, london[2])
    frankfurt = [
        (f"{start:%d.%m.%Y}", f"{end - timedelta(days=1):%d.%m.%Y}", kwh)
        for start, end, kwh in zip(
            starts, starts[1:], ("31.902,5", "18.744,0", "9.310,8", "6.988,2", "6.542,7", "8.870,4", "17.465,9"), strict=False
        )
    ]
    return {
        "activity/london_gas.csv": csv_bytes(("bill", "from", "to", "kwh_gross"), london),
        "activity/frankfurt_gas.csv": csv_bytes(("Von", "Bis", "Erdgas kWh (Hs)"), frankfurt, ";", "latin-1"),
    }


def _fuels() -> dict[str, bytes]:
    refills = [
        ("REF-01", "refrigerant.R-410A", "2026-04-22", "2026-04-22", "4.2", "kg", "ashburn-dc"),
        ("REF-02", "refrigerant.HFC-134a", "2026-05-11", "2026-05-11", "1.1", "kg", "london-office"),
        ("REF-03", "refrigerant.R-410A", "2026-06-30", "2026-06-30", "2.6", "kg", "ashburn-dc"),
        ("REF-04", "refrigerant.R-410A", "2026-07-16", "2026-07-16", "5.8", "kg", "ashbrun-dc"),
        ("REF-05", "refrigerant.HFC-134a", "2026-08-19", "2026-08-19", "0.9", "kg", "frankfurt-lab"),
        ("REF-06", "refrigerant.R-410A", "2026-09-03", "2026-09-03", "1.4", "kg", "paris-office"),
    ]
    heat = [("PAR-H-2026-04", "heat.purchased", "2026-04-01", "2026-04-30", "3150", "kWh", "paris-office")]
    return {
        "activity/refrigerants.csv": csv_bytes(CANONICAL, refills),
        "activity/paris_heat.csv": csv_bytes(CANONICAL, heat),
        "activity/ashburn_gensets.csv": csv_bytes((*CANONICAL, "note"), _gensets()),
        "activity/fuel_cards.csv": csv_bytes(("transaction", "date", "card", "site", "diesel_l", "petrol_l"), _fuel_cards()),
    }


def _gensets() -> list[tuple[object, ...]]:
    """Weekly test runs; in the week of 13 July 18.4 gallons were typed as 81.4."""
    random = Random("meridian gensets")  # noqa: S311
    rows: list[tuple[object, ...]] = []
    for week in range(26):
        day = date(2026, 4, 6) + timedelta(days=7 * week)
        for genset in GENSETS:
            gallons = number(random, 15, 22, 1)
            if (day, genset) == (date(2026, 7, 13), GENSETS[1]):
                gallons = Decimal("81.4")
            rows.append((f"GEN-{len(rows) + 1:03d}", "diesel.stationary", day, day, gallons, "gal_us", "ashburn-dc", genset))
    return rows


def _fuel_cards() -> list[tuple[object, ...]]:
    """Fuel bought with company cards in Germany and France; transaction T-2066 takes back T-2065."""
    random = Random("meridian fuel cards")  # noqa: S311
    rows: list[tuple[object, ...]] = []
    for count in range(120):
        day = date(2026, 4, 1) + timedelta(days=count * 183 // 120)
        site = "frankfurt-lab" if random.randint(1, 3) < 3 else "paris-office"
        litres = number(random, 24, 58, 2)
        diesel = random.randint(1, 2) == 1
        rows.append((f"T-{2000 + count}", day, f"C{random.randint(1, 9)}", site, litres if diesel else "", "" if diesel else litres))
    bought = rows[65][1:4]
    rows[65] = ("T-2065", *bought, "46.20", "")
    rows[66] = ("T-2066", *bought, "-46.20", "")
    return rows
