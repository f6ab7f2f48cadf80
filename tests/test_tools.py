"""The checking tools themselves: each must refuse a planted fault, or its silence would prove nothing."""

import os
import zipfile
from pathlib import Path

import libreoffice
import openpyxl
import pytest
import verapdf
import weasyprint

# One pixel of SVG; PDF/UA wants a text alternative for it.
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"


def page(path: Path, body: str, variant: str) -> Path:
    html = f"<html lang=en><head><title>Test</title></head><body style='font-family: DejaVu Sans'>{body}</body></html>"
    weasyprint.HTML(string=html).write_pdf(path, pdf_variant=variant)
    return path


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_passes_a_good_page(tmp_path: Path) -> None:
    good = page(tmp_path / "good.pdf", f"<h1>Heading</h1><p>Text <img alt='a square' src=\"{PICTURE}\"></p>", "pdf/ua-1")
    assert verapdf.check(good, ["ua1"]) == []


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_refuses_a_picture_without_alternative_text(tmp_path: Path) -> None:
    bad = page(tmp_path / "bad.pdf", f'<h1>Heading</h1><p>Text <img src="{PICTURE}"></p>', "pdf/ua-1")
    (failed,) = verapdf.check(bad, ["ua1"])
    assert failed.startswith("ua1 7.3-1 (1 times)")


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_refuses_a_skipped_heading_and_a_missing_standard(tmp_path: Path) -> None:
    bad = page(tmp_path / "bad.pdf", "<h1>One</h1><h3>Three</h3>", "pdf/ua-1")
    failed = verapdf.check(bad, ["ua1", "3a"])
    assert {message.split()[0] for message in failed} == {"ua1", "3a"}
    assert any(message.startswith("ua1 7.4.2-1 ") for message in failed)


@pytest.mark.heavy(*verapdf.NEEDS)
def test_verapdf_stops_on_what_is_no_pdf_or_no_flavour(tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_text("no PDF", encoding="utf-8")
    with pytest.raises(RuntimeError, match="parse stream"):
        verapdf.check(other, ["ua1"])
    good = page(tmp_path / "good.pdf", "<h1>Heading</h1>", "pdf/ua-1")
    with pytest.raises(RuntimeError, match="no such flavour: ua9"):
        verapdf.check(good, ["ua9"])


def test_a_validator_that_did_nothing_is_no_pass() -> None:
    with pytest.raises(RuntimeError, match="tested nothing against ua1"):
        verapdf.failures([["verdict", "ua1", "compliant", "0"]], ["ua1"])
    with pytest.raises(RuntimeError, match="tested nothing against 3a"):
        verapdf.failures([["verdict", "ua1", "compliant", "9"]], ["ua1", "3a"])
    assert verapdf.failures([["verdict", "ua1", "refused", "9"]], ["ua1"]) == ["ua1 refused without a failed rule"]


def workbook_with_cached_value(path: Path, cached: str) -> Path:
    """Write a workbook whose cell A3 sums A1 and A2 (40 + 2) and holds the given cached value."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([40])
    sheet.append([2])
    sheet["A3"] = "=SUM(A1:A2)"
    plain = path.with_suffix(".plain.xlsx")
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert part.count(b"<v />") + part.count(b"<v></v>") == 1
                part = part.replace(b"<v />", f"<v>{cached}</v>".encode()).replace(b"<v></v>", f"<v>{cached}</v>".encode())
            target.writestr(name, part)
    return path


@pytest.mark.heavy("soffice")
def test_libreoffice_corrects_a_wrong_cached_value(tmp_path: Path) -> None:
    wrong = workbook_with_cached_value(tmp_path / "wrong.xlsx", "999")
    assert openpyxl.load_workbook(wrong, data_only=True).active["A3"].value == 999
    right = libreoffice.recalculate(wrong, tmp_path / "out")
    assert openpyxl.load_workbook(right, data_only=True).active["A3"].value == 42


def test_libreoffice_that_writes_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    idle.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(RuntimeError, match="wrote no"):
        libreoffice.recalculate(tmp_path / "book.xlsx", tmp_path / "out")
    with pytest.raises(ValueError, match="would be overwritten"):
        libreoffice.recalculate(tmp_path / "book.xlsx", tmp_path)
