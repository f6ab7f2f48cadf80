"""The PDF report: same bytes everywhere, attachments whole, hostile text inert, nothing fetched, nothing lost, standards met."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdf
import pytest
import render_fixture as fixture
import verapdf
from render_fixture import squeezed
from weasyprint.urls import FatalURLFetchingError

from reporting.render import charts, documents, fonts, wording
from reporting.render.pdf import LockedFetcher, pdf_bytes, render
from reporting.render.report import report_html
from reporting.render.shapes import Chart, DisclosureView, Point
from reporting.render.view import make_view

ROOT = Path(__file__).resolve().parents[1]
PRINT_SHA256 = """
import hashlib, sys
sys.path.insert(0, "tests")
import render_fixture as fixture
from reporting.render.pdf import pdf_bytes
from reporting.render.report import report_html
view = fixture.view()
print(hashlib.sha256(pdf_bytes(report_html(view, fixture.ATTACHMENTS), view.source_date_epoch, fixture.ATTACHMENTS)).hexdigest())
"""


@pytest.fixture(scope="module")
def view() -> DisclosureView:
    return fixture.view()


@pytest.fixture(scope="module")
def pdf(view: DisclosureView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    render(view, fixture.ATTACHMENTS, path)
    return path


@pytest.fixture(scope="module")
def text(pdf: Path) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages))


def digest_elsewhere(**environment: str) -> str:
    """The SHA-256 of the report made by a process of its own in another environment."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PRINT_SHA256], cwd=ROOT, env=dict(os.environ) | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_same_bytes_in_other_processes(pdf: Path) -> None:
    here = hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert digest_elsewhere(PYTHONHASHSEED="1", TZ="Pacific/Auckland", LANG="de_DE.UTF-8", LC_ALL="C") == here
    assert digest_elsewhere(PYTHONHASHSEED="2", TZ="America/New_York", LANG="C", HOME="/nonexistent") == here


def test_attachments_are_whole(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        attached = {name: item.get_file() for name, item in document.attachments.items()}
        assert {name: file.read_bytes() for name, file in attached.items()} == {file.name: file.data for file in fixture.ATTACHMENTS}
        assert {name: file.mime_type for name, file in attached.items()} == {file.name: file.mime for file in fixture.ATTACHMENTS}
        relations = {str(item.obj.UF): str(item.obj.AFRelationship) for item in document.attachments.values()}
        assert relations == {file.name: f"/{file.relationship}" for file in fixture.ATTACHMENTS}
        assert len(document.Root.AF) == len(fixture.ATTACHMENTS)


def test_metadata_names_both_standards_and_the_given_date(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        metadata = document.Root.Metadata.read_bytes()
        assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert metadata.count(b"<rdf:RDF") == 1
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/Lang" in document.Root
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260921141320")


def test_all_type_is_embedded_and_our_own(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        names = {str(item.FontName) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item}
    assert names
    assert all("Plex" in name for name in names)


def test_hostile_text_is_inert(pdf: Path, text: str) -> None:
    assert "<script>alert(1)</script>" in text
    assert "=cmd|'/ccalc'!A1" in text
    assert "{{7*7}}" in text
    assert "[U+05D3]" in text
    with pikepdf.open(pdf) as document:
        kinds = {str(item.get("/S", "")) for item in document.objects if isinstance(item, pikepdf.Dictionary)}
        assert not kinds & {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR"}


@pytest.mark.parametrize(
    "planted",
    [
        '<link rel="attachment" href="file:///etc/hostname">',
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<img alt="x" src="asset:../../../etc/hostname">',
        "<style>p { background: url(file:///etc/hostname) }</style><p>x</p>",
    ],
)
def test_nothing_outside_is_fetched(planted: str) -> None:
    html = f'<html lang="en"><head><title>x</title></head><body>{planted}</body></html>'
    with pytest.raises(FatalURLFetchingError):
        pdf_bytes(html, 0, ())


def test_the_lock_lets_the_typefaces_through() -> None:
    assert LockedFetcher().fetch("asset:sans").read()[:4] == b"\x00\x01\x00\x00"


def test_incomplete_stands_on_the_cover_only_where_it_applies(pdf: Path) -> None:
    complete = fixture.view("2026")
    assert not complete.is_incomplete
    html = report_html(complete, ())
    assert "INCOMPLETE" not in html
    assert "Interim metrics" not in html
    cover = squeezed(pypdf.PdfReader(pdf).pages[0].extract_text())
    assert "INCOMPLETE" in cover
    assert "Interimmetrics:notanESRSsustainabilitystatementoranannualGHGinventory" in cover
    assert "Notindependentlyassured" in cover


def test_an_optional_withheld_figure_does_not_make_it_incomplete() -> None:
    connection = fixture.database()
    connection.execute("update figure set is_mandatory = false")
    changed = make_view(connection, period="2026-Q3", findings=())
    assert changed.withheld
    assert not changed.is_incomplete


def test_every_figure_stands_in_the_text(view: DisclosureView, text: str) -> None:
    lines = [figure for framework in view.frameworks for section in framework.sections for figure in section.lines]
    missing = [figure.figure_id for figure in lines if squeezed(figure.figure_id) not in text or squeezed(figure.text) not in text]
    assert not missing
    for figure in lines:
        row = squeezed(fonts.printable(figure.label) + figure.figure_id + figure.text + figure.comparative_text + figure.change_text)
        assert row in text, figure.figure_id


def test_a_part_without_anything_to_say_stands_with_its_like(view: DisclosureView, text: str) -> None:
    sections = [section for framework in view.frameworks for section in framework.sections]
    quiet = [figure for section in sections for figure in section.figures if figure.is_quiet]
    groups = [group for section in sections for group in section.quiet]
    assert sum(len(group.names) for group in groups) == len(quiet) > 0
    for group in groups:
        line = f"{group.label}, {group.status_text}: {'; '.join(group.names)}.{group.ids}"
        assert squeezed(fonts.printable(line)) in text, group.ids
    for figure in quiet:
        assert any(
            group.ids.startswith(figure.figure_id.partition("=")[0]) and figure.key.partition("=")[2] in group.ids for group in groups
        )


def test_every_cause_file_factor_and_finding_stands_in_the_text(view: DisclosureView, text: str) -> None:
    wanted = [figure.reason for figure in view.withheld]
    wanted += [part for file in view.sources for part in (file.path, file.sha256)]
    wanted += [factor.factor_id for publication in view.publications for factor in publication.factors]
    wanted += [part for publication in view.publications for part in (publication.licence, publication.attribution)]
    wanted += [line.message for group in view.findings for line in group.shown]
    assert [part for part in wanted if squeezed(fonts.printable(part)) not in text] == []


def test_the_trace_adds_up_or_the_report_is_refused(view: DisclosureView) -> None:
    assert view.trace is not None
    assert view.trace.figure.value == wording.rounded(view.trace.total_kg * Decimal("0.001"), 12)
    connection = fixture.database()
    connection.execute("update ledger set kg_co2e = kg_co2e + 1 where scope = '1'")
    with pytest.raises(RuntimeError, match="ghg_protocol/scope1: the ledger lines add up to"):
        make_view(connection, period="2026-Q3", findings=())


def test_a_ledger_that_is_not_attached_is_not_promised(view: DisclosureView) -> None:
    assert "The ledger is not attached" in report_html(view, fixture.ATTACHMENTS[:1])
    assert "The ledger is not attached" not in report_html(view, fixture.ATTACHMENTS)


def test_no_claim_to_be_accessible(text: str) -> None:
    assert "accessible" not in text.lower()


def test_a_chart_without_numbers_draws_words() -> None:
    point = Point("Category <6> & more", None, "withheld")
    picture = charts.picture(Chart("categories", "Scope 3", "", "t CO₂e", (point,)))
    assert picture.alternative == "Chart: Scope 3 in t CO₂e. Category <6> & more: withheld."


def test_characters_that_could_deceive_are_written_out() -> None:
    assert fonts.printable("safe\u202etxt.exe") == "safe[U+202E]txt.exe"
    assert fonts.printable("CO₂e → é") == "CO₂e → é"


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [("1234567.5", 1, "1,234,567.5"), ("-3.25", 2, "\N{MINUS SIGN}3.25"), ("-0.0", 1, "0.0"), ("0", 0, "0"), ("999.999", 3, "999.999")],
)
def test_numbers(value: str, decimals: int, printed: str) -> None:
    assert wording.number(Decimal(value), decimals) == printed


def test_changes() -> None:
    assert wording.change(Decimal(110), Decimal(100)) == (Decimal("0.1"), "+10.0 %")
    assert wording.change(Decimal(90), Decimal(100))[1] == "\N{MINUS SIGN}10.0 %"
    assert wording.change(Decimal(1), Decimal(0)) == (None, "from nil")
    assert wording.change(None, Decimal(1)) == (None, "")
    assert wording.change(Decimal(-1), Decimal(1)) == (None, "sign changed")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("2026-Q3", "Q3 2026"),
        ("2026-07", "July 2026"),
        ("2026", "2026"),
        ("FY2026-Q3", "Q3 fiscal year 2026"),
        ("2026-Q3-YTD", "Q3 2026, year to date"),
    ],
)
def test_periods(name: str, printed: str) -> None:
    assert wording.period(name) == printed


def test_units() -> None:
    assert [wording.unit(name) for name in ("tCO2e", "kWh_hhv", "t_co2e", "tCO2e per million EUR")] == [
        "t CO₂e",
        "kWh (gross)",
        "t CO₂e",
        "t CO₂e per million EUR",
    ]


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_finds_nothing(pdf: Path) -> None:
    assert verapdf.check(pdf, ["ua1", "3a"]) == []


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_would_find_a_missing_mark(view: DisclosureView, tmp_path: Path) -> None:
    whole = pdf_bytes(report_html(replace(view, narrative=()), ()).replace(' alt="', ' data-alt="'), view.source_date_epoch, ())
    path = tmp_path / "no_alternative_text.pdf"
    path.write_bytes(whole)
    assert any(failure.startswith("ua1 7.3-1") for failure in verapdf.check(path, ["ua1"]))


def test_what_is_too_large_lies_beside_the_pdf_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_ATTACHED", 10)
    workbook = tmp_path / "disclosure.xlsx"
    for name, size in (("figures.json", 11), ("ledger.csv", 10), ("disclosure.xlsx", 11)):
        (tmp_path / name).write_bytes(b"x" * size)
    assert [file.name for file in documents.attachments(tmp_path, workbook)] == ["figures.json", "ledger.csv"]
    workbook.write_bytes(b"x" * 10)
    (tmp_path / "ledger.csv").write_bytes(b"x" * 11)
    assert [file.name for file in documents.attachments(tmp_path, workbook)] == ["figures.json", "disclosure.xlsx"]


def test_every_withheld_figure_is_named_with_its_reason(view: DisclosureView, text: str) -> None:
    groups = view.withheld_groups
    assert sum(max(1, len(group.names)) for group in groups) == len(view.withheld) > 0
    for group in groups:
        names = f": {'; '.join(group.names)}" if group.names else ""
        assert squeezed(fonts.printable(f"{group.label}{names}{group.ids}{group.reason or 'no cause recorded'}")) in text


def test_parts_of_a_withheld_figure_stand_together_where_they_share_the_reason(view: DisclosureView) -> None:
    part = replace(view.withheld[0], figure_id="f/gas/gas=CH4", datapoint="gas", key="gas=CH4", label="Scope 1: CH₄", reason="1 error: a")
    others = [
        replace(part, figure_id=f"f/gas/gas={gas}", key=f"gas={gas}", label=f"Scope 1: {gas}", reason=reason)
        for gas, reason in (("CO2", "1 error: b"), ("N2O", "1 error: a"))
    ]
    groups = replace(view, withheld=(part, *others)).withheld_groups
    assert [(group.label, group.names, group.ids, group.reason) for group in groups] == [
        ("Scope 1", ("CH₄", "N2O"), "f/gas/gas=CH4, N2O", "1 error: a"),
        ("Scope 1: CO2", (), "f/gas/gas=CO2", "1 error: b"),
    ]
