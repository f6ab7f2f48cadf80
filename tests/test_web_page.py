"""The report as a web page: all that the PDF says, nothing that runs or is fetched, links that lead somewhere, the same bytes."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
import render_fixture as fixture
from render_fixture import squeezed

from reporting.disclosure import build
from reporting.render import fonts
from reporting.render.report import report_html
from reporting.render.shapes import DisclosureView
from reporting.render.web_page import render

RUNS_OR_FETCHES = {"script", "iframe", "object", "embed", "link", "base", "form", "input", "audio", "video", "source", "svg"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


class Page(HTMLParser):
    """The text of a page, the elements with their attributes, and the elements left open or closed twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.unmatched: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.unmatched += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element, open until its end."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "col", "br", "wbr", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unmatched.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep what is read, not the style sheet."""
        if "style" not in self._open:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def view() -> DisclosureView:
    return fixture.view()


@pytest.fixture(scope="module")
def path(view: DisclosureView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page") / "report.html"
    render(view, fixture.ATTACHMENTS, made)
    return made


@pytest.fixture(scope="module")
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def test_every_figure_and_finding_stands_in_the_text(view: DisclosureView, page: Page) -> None:
    text = squeezed("".join(page.words))
    figures = [figure for framework in view.frameworks for section in framework.sections for figure in section.lines]
    assert figures
    for figure in figures:
        row = squeezed(fonts.printable(figure.label) + figure.figure_id + figure.text + figure.comparative_text + figure.change_text)
        assert row in text, figure.figure_id
    messages = [line.message for group in view.findings for line in group.shown]
    assert [message for message in messages if squeezed(fonts.printable(message)) not in text] == []


def test_nothing_runs_and_nothing_is_fetched(page: Page) -> None:
    assert "<script>alert(1)</script>" in "".join(page.words)
    assert {tag for tag, _ in page.elements} & RUNS_OR_FETCHES == set()
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.values("src"))
    policies = [attributes["content"] for _, attributes in page.elements if attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]


def test_a_planted_element_would_be_found() -> None:
    planted = Page('<p onclick="x"><a href="javascript:x">y</a><script>1</script></p><div>')
    assert {tag for tag, _ in planted.elements} & RUNS_OR_FETCHES == {"script"}
    assert planted.unmatched == ["div"]


def test_every_element_is_closed_and_every_link_leads_somewhere(page: Page) -> None:
    assert page.unmatched == []
    anchors, files = page.values("id"), {file.name for file in fixture.ATTACHMENTS}
    assert len(set(anchors)) == len(anchors)
    links = page.values("href")
    assert {link for link in links if not link.startswith("#")} == files
    assert {link.removeprefix("#") for link in links if link.startswith("#")} - set(anchors) == set()


def test_the_same_bytes_and_nothing_of_it_in_the_pdf(view: DisclosureView, path: Path) -> None:
    again = path.with_name("again.html")
    render(view, fixture.ATTACHMENTS, again)
    assert again.read_bytes() == path.read_bytes()
    assert "<style>" not in report_html(view, fixture.ATTACHMENTS)
    assert "Files attached to this PDF" not in path.read_text(encoding="utf-8")


def test_a_build_writes_it_beside_the_data_and_the_next_without_it_takes_it_away(root: Path, tmp_path: Path) -> None:
    made = build(root / "templates" / "init", formats=("html",), out=tmp_path / "out").paths["html"]
    files = {link for link in Page(made.read_text(encoding="utf-8")).values("href") if not link.startswith("#")}
    assert files == {"figures.json", "ledger.csv"}
    assert all((made.parent / name).is_file() for name in files)
    build(root / "templates" / "init", formats=("json",), out=tmp_path / "out")
    assert not made.exists()


@pytest.mark.heavy("chromium")
def test_chromium_shows_every_figure(view: DisclosureView, path: Path, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    subprocess.run(  # noqa: S603 - the browser, on our own page
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}", path.as_uri()],  # noqa: S607
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    text = squeezed("".join(sheet.extract_text() for sheet in pypdf.PdfReader(printed).pages))
    figures = [figure for framework in view.frameworks for section in framework.sections for figure in section.lines]
    assert [figure.figure_id for figure in figures if squeezed(figure.figure_id) not in text or squeezed(figure.text) not in text] == []
