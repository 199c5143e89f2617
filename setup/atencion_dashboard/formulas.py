"""Formulas of cells: figures of a pivot, rates of two figures, words that are translated."""

from dataclasses import dataclass

from .sources import Source


@dataclass(frozen=True)
class Count:
    """A figure of a source: of all its columns, or of one of them.

    :param key: a column, by its field and value, or by ``#field`` and its place from 1 on
    :param measure: the place of the measure among those of the source
    """

    source: Source
    key: tuple = ()
    measure: int = 0

    def formula(self, writing, row: tuple[str, str] | None = None) -> str:
        """The call of the pivot: of a row, or of all rows.

        :param row: its field and the record, or ``#field`` and its place from 1 on
        """
        source = self.source
        arguments = [str(writing.id_of(source)), quoted(source.names[self.measure])]
        if row:
            arguments += [quoted(row[0]), row[1]]
        arguments += [quoted(one) if isinstance(one, str) else str(one) for one in self.key]
        return f"PIVOT.VALUE({','.join(arguments)})"


def header(writing, source: Source, name: str, place: int) -> str:
    """The formula of the label of a row or column, by its field and its place from 1 on."""
    return f"=PIVOT.HEADER({writing.id_of(source)},{quoted(f'#{name}')},{place})"


def rate(part: str, *whole: str) -> str:
    """The formula of the rate of a cell; empty where there is nothing to divide by.

    :param whole: what it is the rate of: a cell, or several together

    >>> rate("B2", "C2")
    '=IFERROR(SUM(B2)/SUM(C2),"")'
    """
    return f'=IFERROR(SUM({part})/SUM({",".join(whole)}),"")'


def rest(total: str, listed: str) -> str:
    """The formula of what a total has beyond the cells that are listed; empty if nothing."""
    beyond = f"{total}-SUM({listed})"
    return f'=IF(ROUND({beyond},2)>0,{beyond},"")'


def quoted(text: str) -> str:
    return f'"{text}"'


def translated(text: str) -> str:
    """The formula of a word in the language of the user."""
    return f"=_t({quoted(text)})"
