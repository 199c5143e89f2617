"""A row of cards, each with one figure."""

from dataclasses import dataclass

from .formulas import Count, rate
from .sheet import PERCENT, WHOLE, cell_name

HEIGHT, GAP = 96, 16
PLAIN, WARNING = "#EFF6FF", "#FBEAEA"


@dataclass(frozen=True)
class Card:
    """One figure, or the rate of two.

    A click on it does nothing: Odoo would open a menu, without the filters of the panel, and so
    other cases than those that the card counts. The numbers of tables open what they count.
    """

    title: str
    figure: Count
    of: Count | None = None
    form: int = WHOLE
    color: str = PLAIN


@dataclass(frozen=True)
class Cards:
    """Cards beside each other, over the width of the panel."""

    cards: tuple[Card, ...]

    def write(self, writing, row: int) -> int:
        """Write them to a row; the row after it."""
        seen = writing.seen
        width = (sum(seen.widths) - GAP * (len(self.cards) - 1)) // len(self.cards)
        seen.heights[row] = HEIGHT + GAP
        for place, card in enumerate(self.cards):
            chart = _scorecard(card, _write_value(writing, card))
            seen.draw(chart, 0, row, (width, HEIGHT), (place * (width + GAP), GAP // 2))
        return row + 1


def _write_value(writing, card) -> str:
    """Write what a card shows to the sheet of data.

    :return: the cell that it is in
    """
    data = writing.data
    row = data.rows
    data.put(0, row, f"={card.figure.formula(writing)}")
    content = f"=SUM({cell_name(0, row)})"
    if card.of:
        data.put(1, row, f"={card.of.formula(writing)}")
        content = rate(cell_name(0, row), cell_name(1, row))
    data.put(2, row, content, form=card.form)
    return f"{data.name}!{cell_name(2, row)}"


def _scorecard(card, value) -> dict:
    return {
        "type": "scorecard",
        "title": {"text": card.title, "bold": True, "fontSize": 12, "color": "#434343"},
        "keyValue": value,
        "background": card.color,
        "baselineMode": "text",
        "baselineColorUp": "#00A04A",
        "baselineColorDown": "#DC6965",
        "humanize": False,
    }


def on_time_rate(title, source, **options) -> Card:
    """The card of the cases attended on time, of those that were attended and had a deadline."""
    part = Count(source, ("alert_state", "attended_on_time"))
    return Card(title, part, of=Count(source), form=PERCENT, **options)
