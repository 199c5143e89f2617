"""A sheet while it is written: cells with their looks, and figures upon them."""

from dataclasses import dataclass, field

TITLE, NOTE, HEAD, LABEL_HEAD, LABEL, NUMBER, TOTAL_LABEL, TOTAL = range(1, 9)
STYLES = {
    TITLE: {"bold": True, "fontSize": 14, "textColor": "#01666B"},
    NOTE: {
        "italic": True,
        "fontSize": 9,
        "verticalAlign": "top",
        "wrapping": "wrap",
        "textColor": "#666666",
    },
    HEAD: {
        "bold": True,
        "fontSize": 9,
        "align": "right",
        "verticalAlign": "bottom",
        "wrapping": "wrap",
        "textColor": "#434343",
    },
    LABEL_HEAD: {"bold": True, "fontSize": 9, "verticalAlign": "bottom", "textColor": "#434343"},
    LABEL: {"wrapping": "clip"},
    NUMBER: {"align": "right"},
    TOTAL_LABEL: {"bold": True, "wrapping": "clip"},
    TOTAL: {"bold": True, "align": "right"},
}
WHOLE, PERCENT, DECIMAL = range(1, 4)
FORMATS = {WHOLE: "#,##0", PERCENT: "0%", DECIMAL: "#,##0.00"}
BELOW = 1
LINE = {"style": "thin", "color": "#CCCCCC"}
BORDERS = {BELOW: {"bottom": LINE}}
ROW_HEIGHT = 23


def cell_name(column: int, row: int) -> str:
    """The name of a cell; both count from 0.

    >>> cell_name(0, 0), cell_name(27, 9)
    ('A1', 'AB10')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


@dataclass
class Sheet:
    """What is written to a sheet of a panel.

    :param widths: of its columns, in pixels
    """

    name: str
    widths: tuple[int, ...]
    cells: dict[str, str] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=dict)
    borders: dict[str, int] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)
    bars: list[tuple[str, str]] = field(default_factory=list)
    figures: list[dict] = field(default_factory=list)
    rows: int = 1

    def put(self, column, row, content, *, style=None, form=None, span=1):
        """Write a cell, which may span several columns."""
        cell = cell_name(column, row)
        self.rows = max(self.rows, row + 1)
        if content:
            self.cells[cell] = content
        area = f"{cell}:{cell_name(column + span - 1, row)}" if span > 1 else cell
        if style:
            self.styles[area] = style
        if form:
            self.formats[area] = form
        if span > 1:
            self.merges.append(area)

    def draw(self, data: dict, column: int, row: int, size, offset=(0, 0)):
        """Put a chart on the sheet, with its corner in a cell.

        :param size: width and height in pixels
        :param offset: of its corner from that of the cell
        """
        id_ = f"{self.name.lower()}-{len(self.figures) + 1}"
        self.figures.append(
            {
                "id": id_,
                "tag": "chart",
                "col": column,
                "row": row,
                "offset": {"x": offset[0], "y": offset[1]},
                "width": size[0],
                "height": size[1],
                "data": data | {"chartId": id_},
            }
        )

    def content(self) -> dict:
        """It as Odoo's spreadsheet has it."""
        return {
            "id": self.name.lower(),
            "name": self.name,
            "colNumber": len(self.widths),
            "rowNumber": self.rows,
            "cols": {str(place): {"size": width} for place, width in enumerate(self.widths)},
            "rows": {
                str(place): {"size": self.heights.get(place, ROW_HEIGHT)}
                for place in range(self.rows)
            },
            "cells": self.cells,
            "styles": self.styles,
            "formats": self.formats,
            "borders": self.borders,
            "merges": self.merges,
            "conditionalFormats": [
                {
                    "id": f"bar-{place}",
                    "ranges": [labels],
                    "rule": {"type": "DataBarRule", "color": 15531509, "rangeValues": values},
                }
                for place, (labels, values) in enumerate(self.bars, 1)
            ],
            "dataValidationRules": [],
            "tables": [],
            "figures": self.figures,
            "areGridLinesVisible": False,
            "isVisible": True,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        }
