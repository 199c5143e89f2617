"""Charts of the table that is beside them."""

from dataclasses import dataclass

from .sheet import ROW_HEIGHT, WHOLE, cell_name
from .tables import ABOVE_ROWS, HEAD_HEIGHT, NOTE_HEIGHT, Table


@dataclass(frozen=True)
class Series:
    """A column of the table, as a chart shows it.

    :param kind: ``bar`` or ``line``; a line has an axis of its own
    """

    title: str
    color: str
    kind: str = "bar"


@dataclass(frozen=True)
class Chart:
    """Bars, with a line if a series is one, of columns of a table.

    :param place: the column of the sheet in which it begins; it ends where the sheet does
    :param horizontal: bars lie, one below the other as the rows of the table are
    :param is_stacked: bars of a row are one after the other, else beside each other
    :param reverse: the other way round: the table has the newest first, time runs to the right
    :param label_end: how many letters of a label are shown, from its end: a telephone has no
        place for “Semana 47 2026” below each bar
    """

    table: Table
    series: tuple[Series, ...]
    place: int
    horizontal: bool = False
    is_stacked: bool = True
    reverse: bool = False
    label_end: int | None = None

    def write(self, writing, row: int) -> int:
        """Draw it beside its table, which says where what follows begins."""
        labels, *values = self._copy(writing, row + ABOVE_ROWS)
        width = sum(writing.seen.widths[self.place :])
        height = (self.table.rows + 1) * ROW_HEIGHT + HEAD_HEIGHT + NOTE_HEIGHT
        writing.seen.draw(self._data(labels, values), self.place, row + 1, (width, height))
        return row

    def _copy(self, writing, first) -> list[str]:
        """Let the sheet of data have the table's labels and series: that of a chart has no gaps.

        :return: the ranges of both, whose first cell is their title
        """
        table, data = self.table, writing.data
        columns = [table.place, *(table.column_of(one.title) for one in self.series)]
        rows = [*range(first, first + table.rows)]
        # What is left of a time would be one bar of many weeks.
        rows = rows[::-1] if self.reverse else [*rows, first + table.rows]
        start = data.rows
        for place, column in enumerate(columns):
            cells = [f"{writing.seen.name}!{cell_name(column, row)}" for row in (first - 2, *rows)]
            for offset, content in enumerate([cells[0], *map(self._shown(column), cells[1:])]):
                data.put(place, start + offset, f"={content}")
        end = data.rows - 1
        return [
            f"{data.name}!{cell_name(place, start)}:{cell_name(place, end)}"
            for place in range(len(columns))
        ]

    def _shown(self, column):
        """What the chart shows of a cell of a column: a function from the cell to a formula."""
        if column == self.table.place:
            return lambda cell: f"TRIM(RIGHT({cell},{self.label_end}))" if self.label_end else cell
        if self.table.form_of(column) == WHOLE:
            # A number without its format: an axis of few cases would have 1, 1, 2, 2.
            return lambda cell: f'IF({cell}="","",VALUE({cell}))'
        return lambda cell: cell

    def _data(self, labels, values) -> dict:
        is_mixed = any(one.kind == "line" for one in self.series)
        sets = [
            {"dataRange": area, "backgroundColor": one.color}
            | (
                {"type": one.kind, "yAxisId": "y1" if one.kind == "line" else "y"}
                if is_mixed
                else {}
            )
            for one, area in zip(self.series, values, strict=True)
        ]
        return {
            "type": "combo" if is_mixed else "bar",
            "title": {"text": self.table.title, "fontSize": 13, "color": "#434343"},
            "background": "#FFFFFF",
            "dataSets": sets,
            "dataSetsHaveTitle": True,
            "labelRange": labels,
            "legendPosition": "top" if len(self.series) > 1 else "none",
            "aggregated": False,
            "showValues": False,
        } | ({} if is_mixed else {"stacked": self.is_stacked, "horizontal": self.horizontal})
