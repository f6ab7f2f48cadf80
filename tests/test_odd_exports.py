"""Files as another team exports them (decimal commas, titles above the header, totals below): each row is right, or refused by its row."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from inventories import found, rows, write
from odd_files import workbook
from test_company_files import SITES, SYSTEMS, TWINS, take_in

from reporting.pipeline import Result

COMMA: dict[str, Any] = {"decimal_comma": True, "thousands": "."}
FRENCH: dict[str, Any] = {"decimal_comma": True, "thousands": " ", "date_format": "%d/%m/%Y"}
GERMAN = COMMA | {"date_format": "%d.%m.%Y"}
BILL = {
    "bill_id": "Rechnung", "meter": "Zähler", "service": "Sparte", "start": "Von", "end": "Bis", "quantity": "Verbrauch", "unit": "Einheit",
    "bill_type": "Art", "replaces": "Zu",
}  # fmt: skip
PLAIN = {"meter": "Meter", "service": "Service", "start": "Start", "end": "End", "quantity": "Quantity", "unit": "Unit"}
ESPI = "/espi/1_1/resource/RetailCustomer/7/UsagePoint/S1"
# Registers of a meter behind solar panels: what was delivered grows by 300 and 200 Wh, what was fed in by 400 and 100.
READINGS = {"1": (1000, 1300, 1500), "19": (7000, 7400, 7500)}


def entry(own: str, content: str, *related: str) -> str:
    links = "".join(f'<link rel="related" href="{one}"/>' for one in related)
    return f'<entry><link rel="self" href="{own}"/>{links}<content>{content}</content></entry>'


def registers() -> str:
    """A feed of cumulative readings in both directions."""
    parts = [entry(ESPI, "<UsagePoint><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>")]
    for direction, values in READINGS.items():
        kind = "<accumulationBehaviour>3</accumulationBehaviour><commodity>1</commodity><dataQualifier>12</dataQualifier>"
        kind += f"<flowDirection>{direction}</flowDirection><kind>12</kind><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>"
        own, kind_at = f"{ESPI}/MeterReading/{direction}", f"/espi/1_1/resource/ReadingType/{direction}"
        held = "".join(
            f"<IntervalReading><timePeriod><duration>86400</duration><start>{1782878400 + 86400 * n}</start></timePeriod>"
            f"<value>{value}</value></IntervalReading>"
            for n, value in enumerate(values)
        )
        parts += [
            entry(kind_at, f"<ReadingType>{kind}</ReadingType>"),
            entry(own, "<MeterReading/>", f"{own}/IntervalBlock", kind_at),
            entry(f"{own}/IntervalBlock/1", f"<IntervalBlock>{held}</IntervalBlock>"),
        ]
    return f"<feed>{''.join(parts)}</feed>"


def source(connector: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of inventory.yaml
    place = {"constants": {"site": "mill"} | options.pop("constants", {})}
    return {"path": f"activity/{path}", "connector": connector, **options} | ({} if connector == "pact" else place)


BOOK = workbook(
    {
        "Data": [
            ["Energy report", "", "", "", "", ""],
            ["", "", "Period", "", "Consumption", ""],
            list(PLAIN.values()),
            ["E-2", "electricity", datetime(2026, 7, 1), datetime(2026, 7, 31), 1234.5, "kWh"],  # noqa: DTZ001 - cells have no zone
            ["E-2", "electricity", 46235, 46265, 1000, "kWh"],
            ["", "", "", "", "=SUM(E4:E5)", "kWh"],
            ["Total", "", "", "", 2234.5, "kWh"],
        ]
    }
)
FILES: dict[str, str | bytes] = {
    "bill.csv": "\ufeffRechnung;Zähler;Sparte;Von;Bis;Verbrauch;Einheit;Art;Zu\n"
    "R1;E-1;electricity;01.07.2026;31.07.2026;1.234,50;kWh;;\nR2;E-1;electricity;01.08.2026;31.08.2026;1.000;kWh;;\n"
    "R3;E-1;electricity;01.07.2026;31.07.2026;34,5;kWh;credit note;R1\nR4;E-1;electricity;01.09.2026;30.09.2026;12.5;kWh;;\n"
    "Summe;;;;;2.200,00;kWh;;\n",
    "book.xlsx": BOOK,
    "survey.csv": "respondent;mode;distance;unit;days_per_week;occupants\na;train;12,5;km;4;\nb;car;1.012,25;km;5;4\nc;car;7;km;3;8\n",
    "fuel.csv": "transaction_id;date;product;quantity;unit;amount\n1;02.07.2026;DIESEL;1.050,25;l;1.900,00\n"
    "2;04.07.2026;Diesel;40.5;l;70\n",
    "ledger.csv": "document_no;date;naics;amount;tax;document_type\nA;01.07.2026;541511;1.190,00;190,00;invoice\n"
    "B;02.07.2026;541511;1.234,50-;0;invoice\nC;03.07.2026;541511;119,00;19,00;credit note\nD;04.07.2026;541511;(1.000,5);0;invoice\n",
    "travel.csv": "trip_id;leg;date;mode;from;to;class;distance;unit;travellers\nT1;1;01.07.2026;Flight; lhr ;cdg;economy;;;1\n"
    "T2;1;02.07.2026;Train;;;;1.250,5;km;2\nT3;1;03.07.2026;Flight;xxq;LHR;economy;;;1\n",
    "refrigerant.csv": "log_id;date;refrigerant;event;charged;recovered;unit\n1;01.07.2026;R-410A;service;2,125;1;kg\n"
    "2;02.07.2026;R-410A;service;2.5;1;kg\n",
    "waste.csv": "note_no;date;waste_code;treatment;quantity;unit\nN1;01.07.2026;20 01 01;R3;1.200,5;kg\n",
    "assets.csv": "asset_id;purchase_date;in_service;embodied_kg;quantity;lifetime_years\nS1;01.07.2026;01.07.2026;1.461,125;2;4\n",
    "aws.csv": "usage_month;service;region;total_lbm_emissions;total_mbm_emissions\n2026-07;AmazonEC2;Europe (Frankfurt);1.412,5;0,105\n",
    "run.csv": "timestamp;run_id;experiment_id;duration;emissions;energy_consumed;pue\n2026-07-05T10:30:00;r;x;1800;0,03;0,345;1,15\n"
    "2026-07-05T11:30:00;q;x;1800;0,03;0,345;1.15\n",
    "orders.csv": "document_no;line_no;date;product_id;quantity;unit\nO1;1;01.07.2026;urn:gtin:1000000000017;1.250,5;l\n",
    "hours.csv": "id;hardware;hours;count;provider;region;start;end\nm;T4;10,5;2;gcp;europe-west4;06.07.2026;06.07.2026\n",
    "building.csv": "OSEBuildingID;DataYear;Electricity(kWh);Electricity(kBtu)\n1.001;2026;1.000,5;3.413,7\n",
    "meter.xml": registers(),
    "footprints.json": (TWINS / "pact" / "footprints.json").read_bytes(),
    "timed.csv": "start;end;quantity\n01.07.2026 00:00;03.07.2026 12:00;1.024,5\n2026-07-03 12:00;2026-07-04 00:00;1\n",
    "french.csv": "id;date;product;quantity;unit\n1;02/07/2026;Diesel;1\u00a0040,5;l\n"
    "2;02/07/2026;Diesel;1\u202f040;l\n3;02/07/2026;Diesel;10 40;l\n",
    "swiss.csv": "activity_type,start,end,quantity,unit\ndiesel.mobile,2026-07-01,2026-07-31,1\u2019040.5,l\n",
    "typed.xlsx": workbook(
        {"Data": [["transaction_id", "date", "product", "quantity", "unit"], ["1", datetime(2026, 7, 2), "Diesel", 1040.5, "l"]]}  # noqa: DTZ001
    ),
    "flight.csv": "trip_id,date,mode,from,to,class\n1,2026-07-01,flight,LHR,JFK,economy\n2,2026-07-01,flight,LHR,JFK,cargo hold\n",
    "gas.csv": "start,end,service,quantity,unit\n2026-07-01,2026-07-31,gas,10,kWh\n",
    "gross.csv": 'document_no,date,amount,tax,currency,document_type\n1,2026-07-01,"1,200.00",200.00,USD,invoice\n'
    "2,2026-07-02,60.00,10.00,USD,credit note\n3,2026-07-03,60.00,,USD,invoice\n"
    "4,2026-07-04,(60.00),(10.00),USD,invoice\n5,2026-07-05,60.00-,10.00,USD,credit note\n",
    "exponent.json": (TWINS / "pact" / "footprints.json").read_text(encoding="utf-8").replace('"0.5"', '"5e-1"'),
}
SOURCES: dict[str, dict[str, Any]] = {
    "bill": source("utility_bill", "bill.csv", columns=BILL, **GERMAN),
    "book": source("utility_bill", "book.xlsx", header_row=3, columns=PLAIN),
    "survey": source(
        "commuting_survey", "survey.csv", constants={"start": "01.07.2026", "end": "30.09.2026"},
        options={"headcount": "3", "weeks": "12"}, **GERMAN,
    ),
    "fuel": source("fuel_card", "fuel.csv", **GERMAN),
    "ledger": source("purchase_ledger", "ledger.csv", constants={"unit": "EUR"}, options={"amount": "gross"}, **GERMAN),
    "travel": source("travel", "travel.csv", options={"air_factors": "desnz"}, **GERMAN),
    "refrigerant": source("refrigerant_log", "refrigerant.csv", **GERMAN),
    "waste": source("waste_note", "waste.csv", **GERMAN),
    "assets": source("server_register", "assets.csv", constants={"system": "model"}, **GERMAN),
    "aws": source("aws_carbon_console", "aws.csv", **COMMA),
    "run": source("codecarbon", "run.csv", time_zone="UTC", **COMMA),
    "orders": source("product_purchase", "orders.csv", options={"footprints": "footprints"}, **GERMAN),
    "footprints": source("pact", "footprints.json"),
    "exponent": source("pact", "exponent.json"),
    "hours": source("mlco2", "hours.csv", **GERMAN),
    "building": source("building_benchmark", "building.csv", **COMMA),
    "meter": source("green_button", "meter.xml"),
    "timed": source(
        "utility_bill", "timed.csv", constants={"activity_type": "electricity.purchased", "unit": "kWh"},
        **COMMA | {"date_format": "%d.%m.%Y %H:%M"},
    ),
    "french": source("fuel_card", "french.csv", columns={"transaction_id": "id"}, **FRENCH),
    "french-mapped": source(
        "mapping", "french.csv", columns={"activity_id": "id", "start": "date", "end": "date", "quantity": "quantity"},
        constants={"activity_type": "diesel.mobile", "unit": "l"}, **FRENCH,
    ),
    "swiss": source("activity_csv", "swiss.csv", thousands="'"),
    "typed": source("fuel_card", "typed.xlsx", **GERMAN),
    "flight": source("travel", "flight.csv"),
    "flight-desnz": source("travel", "flight.csv", options={"air_factors": "desnz", "radiative_forcing": "without"}),
    "gas": source("utility_bill", "gas.csv"),
    "gas-gross": source("utility_bill", "gas.csv", options={"calorific_basis": "gross"}),
    "gas-net": source("utility_bill", "gas.csv", options={"calorific_basis": "net"}),
    "gross": source(
        "purchase_ledger", "gross.csv", constants={"activity_type": "spend.541511"}, options={"amount": "gross"}, thousands=","
    ),
}  # fmt: skip
# Row and number as read; the arithmetic where there is any.
READ: dict[str, list[tuple[int, str]]] = {
    "bill": [(2, "1234.5"), (3, "1000"), (4, "-34.5")],
    "book": [(4, "1234.5")],
    "survey": [(2, "1200"), (3, "30367.5"), (4, "63")],  # 12.5 x 2 x 4 x 12; 1,012.25 x 2 x 5 x 12 / 4; 7 x 2 x 3 x 12 / 8
    "fuel": [(2, "1050.25")],
    "ledger": [(2, "1000"), (3, "-1234.5"), (4, "-100"), (5, "-1000.5")],
    "travel": [(2, "347"), (3, "2501")],  # 1,250.5 x 2
    "refrigerant": [(2, "1.125")],
    "waste": [(2, "1200.5")],
    "assets": [(2, "2922.25")],  # 1,461.125 x 2
    "aws": [(2, "1412.5"), (2, "0.105")],
    "run": [(2, "0.3")],  # 0.345 / 1.15
    "orders": [(2, "312.625")],  # 1,250.5 l x 0.5 kg / 2 l
    "hours": [(2, "1.47")],  # 10.5 h x 2 x 70 W
    "building": [(2, "1000.5")],
    "meter": [(5, "300"), (6, "200"), (10, "-400"), (11, "-100")],
    "timed": [(2, "1024.5")],
    "french": [(2, "1040.5"), (3, "1040")],
    "french-mapped": [(2, "1040.5"), (3, "1040")],
    "swiss": [(2, "1040.5")],
    "typed": [(2, "1040.5")],
    "flight-desnz": [(2, "5540")],
    "gas": [(2, "10")],
    "gas-gross": [(2, "10")],
    "gas-net": [(2, "10")],
    "gross": [(2, "1000"), (3, "-50"), (5, "-50"), (6, "-50")],
}
# Source, row, and words of what is said of it.
REFUSED = [
    ("bill", 5, "12.5 (not as the source writes numbers)"),
    ("bill", 6, 'start "" or end ""'),
    ("book", 5, "days counted by a spreadsheet"),
    ("book", 6, "cell E6 holds a formula"),
    ("book", 7, 'start "" or end ""'),
    ("timed", 3, "2026-07-03 12:00 (not as the source"),
    ("french", 4, "10 40 (not as the source writes numbers)"),
    ("french-mapped", 4, "10 40"),
    ("fuel", 3, "40.5 (not as the source writes numbers)"),
    ("travel", 4, "XXQ is no airport"),
    ("refrigerant", 3, "charged 2.5 (not as the source writes numbers)"),
    ("run", 3, "0.345 with PUE 1.15 (not as the source writes numbers)"),
    ("flight", 2, "does not name its air_factors"),
    ("flight-desnz", 3, "unknown class cargo hold"),
    ("gas", 2, "kWh"),
    ("gross", 4, "60.00 gross, tax not given"),
    ("exponent", 2, 'no decimal: pcf.pcfExcludingBiogenicUptake "5e-1"'),
]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All of them as sources of one inventory."""
    files = {f"activity/{name}": content for name, content in FILES.items()}
    return take_in(write(tmp_path_factory.mktemp("odd"), files, sources=SOURCES, sites=SITES, systems=SYSTEMS))


def test_every_row_is_read_as_it_is_written(result: Result) -> None:
    query = """select source_id, row_no, quantity from activity_row where quantity is not null and activity_type is not null
        and period_start is not null and coalesce(natural_key, '') not like '%/M' order by source_id, row_no, part"""
    read: dict[str, list[tuple[int, Decimal]]] = {}
    for name, row, number in rows(result, query):
        read.setdefault(name, []).append((row, number))
    assert read == {name: [(row, Decimal(number)) for row, number in wanted] for name, wanted in sorted(READ.items())}


@pytest.mark.parametrize(("name", "row", "words"), REFUSED)
def test_what_is_not_read_is_refused_by_its_row(result: Result, name: str, row: int, words: str) -> None:
    path = SOURCES[name]["path"]
    said = [f for f in found(result, severity="error") if (f.file, f.row) == (path, row)]
    assert any(words in f.message and f.fix for f in said)


def test_no_row_disappears(result: Result) -> None:
    left = """select source_id, row_no from source_row anti join activity_input using (source_id, file_no, row_no)
        anti join row_left_out using (source_id, file_no, row_no) where source_id not in ('footprints', 'exponent', 'meter') order by all"""
    assert rows(result, left) == []


def test_identifiers_are_no_numbers(result: Result) -> None:
    assert rows(result, "select natural_key from activity_input where source_id = 'building'") == [("1.001/2026-12-31/electricity",)]


def test_gas_in_kwh_needs_its_calorific_basis(result: Result) -> None:
    units = dict(rows(result, "select source_id, unit from activity_row where source_id like 'gas%'"))
    assert units == {"gas": "kWh", "gas-gross": "kWh_hhv", "gas-net": "kWh_lhv"}
    assert [f.subject.split(":")[1] for f in found(result, "intake/unit-dimension")] == ["gas"]


def test_times_of_the_wall_clock_are_those_of_the_source(result: Result) -> None:
    query = "select period_start::varchar, period_end::varchar from activity_row where source_id = 'timed' and period_end is not null"
    assert rows(result, query) == [("2026-07-01 00:00:00", "2026-07-03 12:00:00")]


def test_a_flight_is_of_the_class_that_its_publisher_knows(result: Result) -> None:
    query = "select activity_type from activity_row where source_id = 'flight-desnz' and quantity is not null and activity_type is not null"
    assert rows(result, query) == [("travel.air.long_haul.economy_without_rf",)]
