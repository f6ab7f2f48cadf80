"""The PDF: one file that is PDF/A-3a and PDF/UA-1, with the data attached; the same view gives the same bytes.

HTML comes from templates/report.html.j2 over the disclosure view alone. WeasyPrint may fetch data: addresses and the two embedded
typefaces, nothing else. The PDF/UA mark goes into the metadata packet that WeasyPrint writes for PDF/A.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.database import whole_file
from reporting.render import fonts
from reporting.render.attached import AttachedFile
from reporting.render.report import report_html, style_sheet
from reporting.render.shapes import DisclosureView

PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class LockedFetcher(URLFetcher):  # type: ignore[misc]
    """Gives data: addresses and the embedded typefaces (asset:NAME); anything else stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data", "asset"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401 - WeasyPrint's own signature
        """Answer one address; raises FatalURLFetchingError through WeasyPrint for all that is not allowed."""
        if url.startswith("asset:"):
            path = fonts.FILES.get(url.removeprefix("asset:"))
            if path is None:
                raise ValueError(f"{url} is not an asset of the report")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
        return super().fetch(url, headers)


def render(view: DisclosureView, attachments: Sequence[AttachedFile], out: Path) -> None:
    """Write the report of a view as a PDF; the file appears whole or not at all."""
    with whole_file(out) as path:
        path.write_bytes(pdf_bytes(report_html(view, attachments), view.source_date_epoch, attachments))


def pdf_bytes(html: str, source_date_epoch: int, attachments: Sequence[AttachedFile]) -> bytes:
    """Set the HTML and attach the files; dates come from `source_date_epoch` (seconds) alone."""
    fetcher, font_config = LockedFetcher(), FontConfiguration()
    css = CSS(string=style_sheet("report.css"), font_config=font_config, url_fetcher=fetcher)
    stamp = datetime.fromtimestamp(source_date_epoch, UTC)
    target = io.BytesIO()
    HTML(string=html, url_fetcher=fetcher, base_url="asset:none/").write_pdf(
        target,
        stylesheets=[css],
        font_config=font_config,
        pdf_variant="pdf/a-3a",
        attachments=[_attachment(file, stamp, fetcher) for file in attachments],
        finisher=_finish,
    )
    return target.getvalue()


def _attachment(file: AttachedFile, stamp: datetime, fetcher: LockedFetcher) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(file.data),
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=stamp,
        modified=stamp,
        url_fetcher=fetcher,
    )


def _finish(_document: object, pdf: pydyf.PDF) -> None:
    _mark_pdf_ua(pdf)
    _list_attachments_once(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and "Length1" in item.extra:
            item.stream = [fonts.without_time(b"".join(item.stream))]
            item.extra["Length1"] = len(item.stream[0])


def _list_attachments_once(pdf: pydyf.PDF) -> None:
    """Name each attached file once in the catalogue, where WeasyPrint 70 names it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _mark_pdf_ua(pdf: pydyf.PDF) -> None:
    """Add the PDF/UA-1 identification and its schema to the one metadata packet; show the title in the window (ISO 14289-1, 5, 7.1)."""
    packets = [item for item in pdf.objects if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata"]
    if len(packets) != 1:
        raise RuntimeError(f"expected one metadata packet, found {len(packets)}: this version of WeasyPrint is not supported")
    packets[0].stream = [part.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>") for part in packets[0].stream]
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
