"""One sheet per framework: every figure as a live formula beside the value that the documents state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from reporting.render import wording
from reporting.render.reading import Row, rows
from reporting.render.shapes import DisclosureView, Figure, FrameworkView
from reporting.render.workbook_cells import Formula, Value, plain
from reporting.render.workbook_formula import Months, amount_column, criteria, described, total
from reporting.render.workbook_lines import LineSheets
from reporting.render.workbook_sheet import Book, Column, Sheet

NUMBERED = ("stated", "provisional", "no_activity")


@dataclass(frozen=True, slots=True)
class Spans:
    """The months of the period and of its comparative, as cells."""

    now: Months
    before: Months


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """A framework's sheet with the row of each figure."""

    framework: FrameworkView
    sheet: Sheet
    rows: dict[str, int]


def figure_columns(view: DisclosureView) -> tuple[Column, ...]:
    """The columns of a framework's sheet, titled with the periods."""
    before = view.comparative_text or "Comparative"
    return (
        Column("label", "Figure", 46, "wrapped"),
        Column("value", f"{view.period_text}, live", 14),
        Column("unit", "Unit", 16, "wrapped"),
        Column("stated", "As stated", 13),
        Column("check", "Check", 11, "agrees"),
        Column("status", "Status", 12),
        Column("before", f"{before}, live", 14),
        Column("change", "Change", 10, "share"),
        Column("reason", "Why", 34, "quiet wrapped"),
        Column("citation", "Citation", 36, "quiet wrapped"),
        Column("before_stated", f"{before}, as stated", 14),
        Column("before_check", "Check", 11, "agrees"),
        Column("before_status", "Status then", 12),
        Column("decimals", "Decimals", 9, "whole input"),
        Column("lines", "Ledger lines", 9, "whole"),
        Column("selects", "What the formula adds up", 60, "quiet"),
        Column("figure_id", "Figure id", 44, "quiet"),
        Column("digest", "Digest", 20, "quiet"),
    )


def figure_sheets(
    book: Book, connection: duckdb.DuckDBPyConnection, view: DisclosureView, lines: LineSheets, spans: Spans
) -> list[FigureSheet]:
    """Write every framework's sheet."""
    made = []
    for framework in view.frameworks:
        datapoints = {row["datapoint"]: row for row in rows(connection, "workbook_datapoints", {"framework": framework.framework})}
        sheet = book.sheet(framework.framework, figure_columns(view))
        made.append(_Writer(FigureSheet(framework, sheet, _rows_of(framework)), datapoints, lines, spans).write())
    return made


def _rows_of(framework: FrameworkView) -> dict[str, int]:
    """The row of every figure: a heading before each section, below the header row."""
    found, row = {}, 1
    for section in framework.sections:
        row += 1
        for figure in section.figures:
            row += 1
            found[figure.figure_id] = row
    return found


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the formulas of one framework need."""

    made: FigureSheet
    datapoints: dict[str, Row]
    lines: LineSheets
    spans: Spans

    def write(self) -> FigureSheet:
        """Write sections and figures."""
        sheet = self.made.sheet
        for section in self.made.framework.sections:
            sheet.row([section.title, *[None] * (len(sheet.columns) - 1)], ["section"] * len(sheet.columns), points=20)
            for figure in section.figures:
                self._figure(figure)
        for name in ("check", "before_check"):
            sheet.mark_differences(name, 2, sheet.height)
        sheet.filter(1)
        sheet.print_columns("citation")
        return self.made

    def _figure(self, figure: Figure) -> None:
        sheet, row = self.made.sheet, self.made.rows[figure.figure_id]
        kind = "input" if figure.kind in {"input", "hourly"} else "strong" if figure.is_total else "number"
        values: dict[str, Value] = {
            "label": figure.label,
            "value": self._live(figure, "now", "value"),
            "unit": figure.unit_text,
            "stated": _stated(figure.status, figure.stated),
            "check": self._check(figure, "value", "stated"),
            "status": figure.status.replace("_", " "),
            "before": self._live(figure, "before", "before"),
            "before_stated": _stated(figure.comparative_status, figure.comparative_stated),
            "before_check": self._check(figure, "before", "before_stated"),
            "before_status": figure.comparative_status.replace("_", " "),
            "change": self._change(figure),
            "reason": figure.reason,
            "citation": figure.citation,
            "decimals": figure.decimals,
            "lines": figure.entries,
            "selects": self._described(figure),
            "figure_id": figure.figure_id,
            "digest": figure.digest,
        }
        styles = {column.name: column.style for column in sheet.columns}
        styles["label"] = "strong wrapped" if figure.is_total else "wrapped"
        for name, look in (("value", kind), ("before", kind), ("stated", "stated"), ("before_stated", "stated")):
            styles[name] = f"{look} {figure.decimals}" if not isinstance(values[name], str) else _word_style(values[name])
        written = sheet.row([values[column.name] for column in sheet.columns], [styles[column.name] for column in sheet.columns])
        if written != row:
            raise RuntimeError(f"{figure.figure_id} stands in row {written}, formulas refer to row {row}")

    def _live(self, figure: Figure, span: str, column: str) -> Value:
        status, value = (figure.status, figure.value) if span == "now" else (figure.comparative_status, figure.comparative_value)
        if status not in NUMBERED or value is None:
            return status.replace("_", " ") or None
        if figure.kind in {"input", "hourly"}:
            return value
        datapoint = self.datapoints[figure.datapoint]
        if figure.kind == "ratio":
            return Formula(self._ratio(figure, datapoint, column), value)
        lines = self.lines.of(datapoint["measure"])
        months = self.spans.now if span == "now" else self.spans.before
        wanted = criteria(datapoint, figure.view, figure.key)
        return Formula(total(lines, amount_column(datapoint["measure"], figure.view), wanted, months, datapoint["factor"]), value)

    def _ratio(self, figure: Figure, datapoint: Row, column: str) -> str:
        parts = {(other.datapoint, other.key.partition("=")[2]): other for other in self.made.framework.figures}
        split = figure.key.partition("=")[2]
        cells = [
            f"{self.made.sheet.letters[column]}{self.made.rows[parts[datapoint[part], split].figure_id]}"
            for part in ("numerator", "denominator")
        ]
        return f"ROUND({cells[0]}*{plain(datapoint['factor'])}/{cells[1]},12)"

    def _check(self, figure: Figure, value: str, stated: str) -> Value:
        exact, said = (figure.value, figure.stated) if value == "value" else (figure.comparative_value, figure.comparative_stated)
        status = figure.status if value == "value" else figure.comparative_status
        if status not in NUMBERED or exact is None or said is None:
            return None
        row, letters = self.made.rows[figure.figure_id], self.made.sheet.letters
        formula = f"ROUND(ROUND({letters[value]}{row},{letters['decimals']}{row})-{letters[stated]}{row},9)"
        return Formula(formula, wording.rounded(exact, figure.decimals) - said)

    def _change(self, figure: Figure) -> Value:
        if figure.change is None:
            return figure.change_text or None
        row, letters = self.made.rows[figure.figure_id], self.made.sheet.letters
        now, before = f"{letters['stated']}{row}", f"{letters['before_stated']}{row}"
        return Formula(f"({now}-{before})/ABS({before})", figure.change)

    def _described(self, figure: Figure) -> str:
        datapoint = self.datapoints[figure.datapoint]
        if figure.kind == "sum":
            return described(datapoint, figure.view, figure.key)
        if figure.kind == "ratio":
            return f"{datapoint['numerator']} x {plain(datapoint['factor'])} / {datapoint['denominator']}"
        return "hour by hour, listed by ghg trace" if figure.kind == "hourly" else "an input, not calculated"


def _stated(status: str, stated: Value) -> Value:
    return stated if status in NUMBERED else status.replace("_", " ") or None


def _word_style(text: Value) -> str:
    return "withheld" if text == "withheld" else "no number"


def key_rows(sheets: Sequence[FigureSheet], view: DisclosureView) -> list[tuple[FigureSheet, Figure]]:
    """The figures of the summary: the key figures, then the totals of every other framework."""
    keys = {figure.figure_id for figure in view.key_figures}
    lead = [(made, figure) for made in sheets for figure in made.framework.figures if figure.figure_id in keys]
    rest = [(made, figure) for made in sheets[1:] for figure in made.framework.figures if figure.is_total and figure.figure_id not in keys]
    return lead + rest
