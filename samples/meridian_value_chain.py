# ruff: noqa: INP001
"""Activity files of the sample about the value chain: travel, commuting, waste, water, purchases, cloud, hardware."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from meridian_tables import CANONICAL, MONTHS, csv_bytes, month_end, number, xlsx_bytes

Row = tuple[object, ...]
SITES = ("ashburn-dc", "london-office", "frankfurt-lab", "paris-office")
CARS = ("car.average.diesel", "car.average.petrol", "car.average.hybrid")
FLIGHTS = (
    ("travel.air.short_haul.economy", "LHR-FRA return", 1310, "london-office"),
    ("travel.air.short_haul.economy", "LHR-CDG return", 694, "paris-office"),
    ("travel.air.short_haul.business", "LHR-FRA return", 1310, "frankfurt-lab"),
    ("travel.air.long_haul.economy", "LHR-IAD return", 11838, "london-office"),
    ("travel.air.long_haul.premium_economy", "LHR-IAD return", 11838, "ashburn-dc"),
    ("travel.air.long_haul.business", "LHR-SFO return", 17230, "london-office"),
    ("travel.air.international.economy", "FRA-IAD return", 13094, "frankfurt-lab"),
    ("travel.air.international.business", "CDG-IAD return", 12388, "paris-office"),
)
RAIL = (("travel.rail.national", "London-Manchester return", 592), ("travel.rail.international", "London-Paris return", 984))
HOTELS = ("travel.hotel.uk_london", "travel.hotel.germany", "travel.hotel.france", "travel.hotel.united_states")
COMMUTING = {
    "london-office": (("commuting.rail.national", 41_200), ("commuting.rail.underground", 58_700), ("commuting.bus.london", 12_300)),
    "frankfurt-lab": (("commuting.rail.light", 36_900), ("commuting.car.average.unknown", 44_100)),
    "paris-office": (("commuting.rail.light", 52_400), ("commuting.bus.average", 9_800)),
    "ashburn-dc": (("commuting.car.average.unknown", 118_600),),
}
SUPPLIERS = (
    ("541511", "Larkspur Software Works", "Contract programming", 18_000, 96_000),
    ("541512", "Cobalt Systems Design", "System integration", 9_000, 74_000),
    ("518210", "Hollow Tree Hosting", "Data sets and hosting services", 4_000, 52_000),
    ("511210", "Quillmark Software", "Licences", 6_000, 88_000),
    ("561720", "Brightwater Cleaning", "Cleaning of premises", 1_500, 9_000),
    ("561612", "Gatehouse Guards", "Guarding of the data centre", 8_000, 21_000),
    ("811310", "Ironbridge Maintenance", "Service of chillers and switchgear", 3_000, 46_000),
    ("541110", "Marlow and Finch Law", "Legal advice", 2_500, 38_000),
    ("541211", "Tern Accountants", "Audit and accounting", 5_000, 60_000),
    ("492110", "Swift Heron Couriers", "Parcels", 300, 4_500),
    ("323111", "Inkwell Printers", "Printing", 250, 3_900),
    ("722320", "Copper Kettle Catering", "Catering", 700, 8_200),
)
CAPITAL = (
    ("334111", "2026-04-20", 2_640_000, "40 servers with accelerators, hall 2"),
    ("334112", "2026-05-12", 415_000, "Storage shelves"),
    ("334210", "2026-05-29", 188_500, "Network switches"),
    ("335313", "2026-06-18", 96_200, "Switchgear, hall 1"),
    ("334111", "2026-07-07", 1_980_000, "30 servers with accelerators, hall 2"),
    ("335911", "2026-08-14", 240_800, "Battery strings of the uninterruptible supply"),
    ("333415", "2026-09-02", 131_700, "Chiller"),
    ("238210", "2026-09-21", 64_900, "Wiring of hall 2"),
)
CLOUD = (
    ("Nimbus", "aws:eu-west-2", "acct-17", 9_800),
    ("Nimbus", "aws:us-east-1", "acct-17", 14_300),
    ("Cirrus", "gcp:europe-west3", "acct-4", 6_100),
)
CARDS = 512


def files() -> dict[str, bytes]:
    """Every file by its path inside an inventory folder."""
    return {
        "activity/company_cars.csv": csv_bytes((*CANONICAL, "note"), _cars()),
        "activity/travel.csv": csv_bytes((*CANONICAL, "region", "note"), _travel()),
        "activity/commuting.csv": csv_bytes((*CANONICAL, "data_quality", "note"), _commuting()),
        "activity/waste.csv": csv_bytes(CANONICAL, _waste()),
        "activity/water.csv": csv_bytes(CANONICAL, _water()),
        "activity/purchases.xlsx": xlsx_bytes("Ledger", _purchases()),
        "activity/capital_goods.csv": csv_bytes((*CANONICAL[:-1], "entity", "region", "note"), _capital()),
        "activity/cloud_usage.csv": csv_bytes(("provider", "region", "account", "usage_start", "usage_end", "kwh"), _cloud()),
        "activity/hardware_reserved.csv": csv_bytes((*CANONICAL, "system", "lifecycle_stage", "note"), _hardware()),
    }


def _cars() -> list[Row]:
    """Odometer differences of the three cars of the London office."""
    random = Random("meridian cars")  # noqa: S311
    return [
        (f"CAR-{n}-{m:%Y-%m}", kind, m, month_end(m), number(random, 640, 1900), "km", "london-office", f"car {n}")
        for m in MONTHS
        for n, kind in enumerate(CARS, start=1)
    ]


def _travel() -> list[Row]:
    """Lines of a travel agency: flights and rail in passenger-kilometres, hotels in nights."""
    random = Random("meridian travel")  # noqa: S311
    rows: list[Row] = []
    for count in range(190):
        day = date(2026, 4, 1) + timedelta(days=count * 181 // 190)
        draw = random.randint(1, 10)
        if draw <= 5:
            kind, note, length, site = FLIGHTS[random.randint(0, len(FLIGHTS) - 1)]
            rows.append((f"TR-{count + 1:04d}", kind, day, day, length, "pkm", site, "GB", note))
        elif draw <= 7:
            kind, note, length = RAIL[random.randint(0, len(RAIL) - 1)]
            rows.append((f"TR-{count + 1:04d}", kind, day, day, length, "pkm", "london-office", "GB", note))
        else:
            nights = random.randint(1, 5)
            hotel, site = HOTELS[random.randint(0, 3)], SITES[random.randint(0, 3)]
            rows.append((f"TR-{count + 1:04d}", hotel, day, day + timedelta(days=nights - 1), nights, "night", site, "", "hotel"))
    return rows


def _commuting() -> list[Row]:
    """Survey results per quarter, scaled to the headcount."""
    quarters = ((date(2026, 4, 1), date(2026, 6, 30), 100), (date(2026, 7, 1), date(2026, 9, 30), 91))
    return [
        (
            f"COM-{site[:3]}-Q{q}-{n}",
            kind,
            start,
            end,
            km * percent // 100,
            "km" if "car" in kind else "pkm",
            site,
            "estimated",
            "survey of May 2026",
        )
        for q, (start, end, percent) in enumerate(quarters, start=2)
        for site, modes in COMMUTING.items()
        for n, (kind, km) in enumerate(modes, start=1)
    ]


def _waste() -> list[Row]:
    """Kilograms collected a month; one cell of August cannot be read as a number."""
    random = Random("meridian waste")  # noqa: S311
    office = (("waste.commercial_and_industrial_waste.combustion", 180), ("waste.paper_and_board.closed_loop", 95))
    streams = dict.fromkeys(SITES, office)
    streams["ashburn-dc"] = (("waste.mixed_msw.landfilled", 1_240), ("waste.mixed_electronics.recycled", 320))
    rows: list[Row] = []
    for m in MONTHS:
        for site in SITES:
            for kind, mean in streams[site]:
                kg: object = number(random, mean * 8 // 10, mean * 12 // 10)
                if (m.month, kind) == (8, "waste.mixed_msw.landfilled"):
                    kg = "1 2x4"
                rows.append((f"W-{len(rows) + 1:03d}", kind, m, month_end(m), kg, "kg", site))
    return rows


def _water() -> list[Row]:
    """Water by meter in cubic metres; at Ashburn in cubic feet, once with a unit that nobody knows."""
    random = Random("meridian water")  # noqa: S311
    rows: list[Row] = []
    for m in MONTHS:
        rows.append(
            (
                f"H2O-ASH-{m:%m}",
                "water.supply",
                m,
                month_end(m),
                number(random, 92_000, 131_000),
                "cuft?" if m.month == 5 else "ft3",
                "ashburn-dc",
            )
        )
        rows.append((f"H2O-LON-{m:%m}", "water.supply", m, month_end(m), number(random, 48, 66, 1), "m3", "london-office"))
        rows.append((f"H2O-PAR-{m:%m}", "water.supply", m, month_end(m), number(random, 22, 37, 1), "m3", "paris-office"))
    return rows


def _purchases() -> list[Row]:
    """The purchase ledger in dollars of 2026; every 25th line is a credit note."""
    random = Random("meridian purchases")  # noqa: S311
    rows: list[Row] = [("Document", "Posting date", "Entity", "Supplier", "Text", "NAICS", "Commodity", "Amount USD")]
    for count in range(150):
        naics, supplier, text, low, high = SUPPLIERS[random.randint(0, len(SUPPLIERS) - 1)]
        amount = number(random, low, high, 2)
        if count % 25 == 24:
            amount, text = -(amount / 10).quantize(Decimal("0.01")), f"Credit note: {text.lower()}"
        entity = "meridian-inc" if random.randint(1, 4) > 1 else "meridian-europe"
        day = date(2026, 4, 1) + timedelta(days=count * 183 // 150)
        rows.append((f"PO-{7000 + count}", day, entity, f"{supplier} (sample)", text, naics, f"spend.{naics}", amount))
    return rows


def _capital() -> list[Row]:
    return [
        (f"CAP-{n:02d}", f"capital.{naics}", day, day, usd, "USD@2026", "meridian-inc", "US", note)
        for n, (naics, day, usd, note) in enumerate(CAPITAL, start=1)
    ]


def _cloud() -> list[Row]:
    """Energy of rented accelerator instances as the providers state it; one line ends before it starts."""
    random = Random("meridian cloud")  # noqa: S311
    rows: list[Row] = []
    for m in MONTHS:
        for provider, region, account, mean in CLOUD:
            kwh = number(random, mean * 9 // 10, mean * 11 // 10, 1)
            end = date(2026, 6, 30) if (m.month, region) == (7, "gcp:europe-west3") else month_end(m)
            rows.append((f"{provider} (sample)", region, account, m, end, kwh))
    return rows


def _hardware() -> list[Row]:
    """Card-hours that the cards of hall 2 are reserved for the assistant: every hour of the month."""
    return [
        (
            f"HW-{m:%Y-%m}",
            "hardware.embodied",
            m,
            month_end(m),
            CARDS * 24 * month_end(m).day,
            "h",
            "ashburn-dc",
            "assistant-inference",
            "embodied",
            f"{CARDS} cards",
        )
        for m in MONTHS
    ]
