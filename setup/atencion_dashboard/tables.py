"""A table: a row for each value of a source, the largest first, what is left, and the total."""

from collections.abc import Callable
from dataclasses import dataclass

from . import sheet
from .formulas import Count, header, rate, rest, translated, week_of
from .sheet import cell_name
from .sources import Source

HEAD_HEIGHT, NOTE_HEIGHT = 56, 40
# Rows above those of the source: title, note, head and total.
ABOVE_ROWS = 4


@dataclass(frozen=True)
class Column:
    """A column of figures.

    :param title: its word, or the field of the source and the place of its value
    :param figure: what it counts; else the titles of the columns that it is made of
    :param made: the function from their cells to its formula; a rate of its part, and its whole
    """

    title: str | tuple[str, int]
    figure: Count | tuple[str, ...]
    form: int = sheet.WHOLE
    made: Callable[..., str] = rate


@dataclass(frozen=True)
class Table:
    """Figures of the rows of a source.

    Columns of other sources are of the same records or weeks. For that the source has to be keyed.

    :param title: what it shows
    :param note: what somebody has to know to read it
    :param label: the word above its labels
    :param rows: how many are listed; what is left is summed below them
    :param place: the column of the sheet in which it begins
    :param span: how many columns its labels take
    """

    title: str
    note: str
    label: str
    source: Source
    columns: tuple[Column, ...]
    rows: int = 10
    place: int = 0
    span: int = 1

    def write(self, writing, row: int) -> int:
        """Write it from a row on; the row after it."""
        first = row + ABOVE_ROWS
        self._write_head(writing, row)
        self._write_total(writing, first)
        for position in range(1, self.rows + 1):
            self._write_row(writing, first, position)
        self._write_rest(writing, first)
        bars = self._area(self.place, first), self._area(self.place + self.span, first)
        writing.seen.bars.append(bars)
        # One more row is the gap to what is below.
        return first + self.rows + 2

    def column_of(self, title) -> int:
        """The column of the sheet that a column of it is in."""
        titles = [column.title for column in self.columns]
        return self.place + self.span + titles.index(title)

    def form_of(self, place) -> int:
        """The format of the figures in a column of the sheet."""
        return self.columns[place - self.place - self.span].form

    def _area(self, column, first) -> str:
        return f"{cell_name(column, first)}:{cell_name(column, first + self.rows - 1)}"

    def _write_head(self, writing, row):
        seen, width = writing.seen, self.span + len(self.columns)
        seen.put(self.place, row, translated(self.title), style=sheet.TITLE)
        end = cell_name(self.place + width - 1, row)
        seen.borders[f"{cell_name(self.place, row)}:{end}"] = sheet.BELOW
        seen.heights[row + 1] = NOTE_HEIGHT
        seen.put(self.place, row + 1, translated(self.note), style=sheet.NOTE, span=width)
        head = row + 2
        seen.heights[head] = HEAD_HEIGHT
        label = translated(self.label)
        seen.put(self.place, head, label, style=sheet.LABEL_HEAD, span=self.span)
        for column in self.columns:
            title = column.title
            word = header(writing, self.source, *title) if _is_value(title) else translated(title)
            seen.put(self.column_of(title), head, word, style=sheet.HEAD)

    def _write_total(self, writing, first):
        row = first - 1
        label = translated("Total")
        writing.seen.put(self.place, row, label, style=sheet.TOTAL_LABEL, span=self.span)
        self._write_figures(
            writing, row, sheet.TOTAL, lambda figure, _place: figure.formula(writing)
        )

    def _write_row(self, writing, first, position):
        row = first + position - 1
        label = header(writing, self.source, self.source.row, position)
        writing.seen.put(self.place, row, label, style=sheet.LABEL, span=self.span)
        by_place = f"#{self.source.row}", str(position)
        name = self._write_name(writing, by_place, cell_name(self.place, row))

        def content(figure, _place):
            is_own = figure.source == self.source
            return figure.formula(writing, by_place if is_own else (figure.source.row, name))

        self._write_figures(writing, row, sheet.NUMBER, content)

    def _write_name(self, writing, by_place, label) -> str:
        """Write what names a row for other sources to the sheet of data, if the source is keyed.

        :return: the cell that it is in
        """
        source, data = self.source, writing.data
        if not source.is_keyed:
            return ""
        row = data.rows
        if source.is_by_date:
            formula = week_of(f"{writing.seen.name}!{label}")
        else:
            place = source.names.index(source.key)
            formula = f"={Count(source, measure=place).formula(writing, by_place)}"
        data.put(0, row, formula)
        return f"{data.name}!{cell_name(0, row)}"

    def _write_rest(self, writing, first):
        row = first + self.rows
        beyond = ":".join(
            cell_name(self.column_of(self.columns[end].title), row) for end in (0, -1)
        )
        label = f'=IF(COUNT({beyond})>0,_t("Others"),"")'
        writing.seen.put(self.place, row, label, style=sheet.LABEL, span=self.span)

        def content(_figure, place):
            return rest(cell_name(place, first - 1), self._area(place, first))[1:]

        self._write_figures(writing, row, sheet.NUMBER, content)

    def _write_figures(self, writing, row, style, content):
        """Write the figures of a row.

        :param content: function from a count and its column to a formula
        """
        for column in self.columns:
            place = self.column_of(column.title)
            if isinstance(column.figure, Count):
                formula = f"={content(column.figure, place)}"
            else:
                cells = (cell_name(self.column_of(name), row) for name in column.figure)
                formula = column.made(*cells)
            writing.seen.put(place, row, formula, style=style, form=column.form)


def _is_value(title) -> bool:
    return isinstance(title, tuple)
