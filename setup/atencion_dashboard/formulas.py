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
    """The formula of the label of a row or column, by its field and its place from 1 on.

    Odoo has an error for a date that is not there.
    """
    label = f"PIVOT.HEADER({writing.id_of(source)},{quoted(f'#{name}')},{place})"
    return f'=IFERROR({label},"")' if ":" in name else f"={label}"


def rate(part: str, *whole: str) -> str:
    """The formula of the rate of a cell; empty where there is nothing to divide by.

    :param whole: what it is the rate of: a cell, or several together

    >>> rate("B2", "C2")
    '=IFERROR(SUM(B2)/SUM(C2),"")'
    """
    return f'=IFERROR(SUM({part})/SUM({",".join(whole)}),"")'


def difference(part: str, other: str) -> str:
    """The formula of the difference of two cells; empty where both are.

    >>> difference("B2", "C2")
    '=IF(COUNT(B2,C2)=0,"",SUM(B2)-SUM(C2))'
    """
    return f'=IF(COUNT({part},{other})=0,"",SUM({part})-SUM({other}))'


def week_of(label: str) -> str:
    """The formula of a week as pivots name it (``9/2026``), from its label.

    A label ends in both numbers: Odoo says “Semana 9 2026” or “W9 2026”. No label gives a week
    that never was.
    """
    week = f"IFERROR(VALUE(MID({label},LEN({label})-6,2)),VALUE(MID({label},LEN({label})-5,1)))"
    return f'=IFERROR({week}&"/"&RIGHT({label},4),"1/1000")'


def rest(total: str, listed: str) -> str:
    """The formula of what a total has beyond the cells that are listed; empty if nothing."""
    beyond = f"{total}-SUM({listed})"
    return f'=IF(ROUND({beyond},2)>0,{beyond},"")'


def quoted(text: str) -> str:
    return f'"{text}"'


def translated(text: str) -> str:
    """The formula of a word in the language of the user."""
    return f"=_t({quoted(text)})"
