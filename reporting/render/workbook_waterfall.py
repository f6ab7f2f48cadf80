"""The waterfalls beside the table of a restatement: stacked bars whose first part is not drawn, one chart for each total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from openpyxl.chart import BarChart, Reference

from reporting.render.workbook_sheet import Sheet
from reporting.statement import Cell

STEP, LOW, RISES, FALLS = 2, 4, 5, 6
"""Columns of the statement `restatement`: the name of a step, where its bar starts, how far it rises or falls."""
COLOURS = {LOW: None, RISES: "0F5257", FALLS: "9B2C1F"}
APART = 18  # rows of a sheet from one chart to the next


def waterfall(sheet: Sheet, rows: Sequence[tuple[Cell, ...]], first: int) -> None:
    """Draw a chart for each run of rows with the same figure, to the right of the table, whose first row is the sheet's row `first`."""
    for number, (figure, group) in enumerate(groupby(rows, key=lambda row: row[0])):
        last = first + len(list(group)) - 1
        sheet.setup.add_chart(_chart(sheet, str(figure), first, last), f"H{2 + number * APART}")
        first = last + 1


def _chart(sheet: Sheet, title: str, first: int, last: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.title, chart.legend, chart.height, chart.width = title, None, 8, 18
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    for column, colour in COLOURS.items():
        chart.add_data(Reference(sheet.setup, min_col=column, min_row=first, max_row=last), titles_from_data=False)
        series = chart.series[-1]
        if colour is None:
            series.graphicalProperties.noFill = True
        else:
            series.graphicalProperties.solidFill = colour
    chart.set_categories(Reference(sheet.setup, min_col=STEP, min_row=first, max_row=last))
    return chart
