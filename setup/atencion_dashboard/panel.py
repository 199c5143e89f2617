"""A panel, from its description to the JSON that Odoo's dashboards read."""

import json
from dataclasses import dataclass, field

from .cards import Cards
from .charts import Chart
from .sheet import BORDERS, FORMATS, STYLES, Sheet
from .sources import Source, global_filters
from .tables import Table

# What Odoo 19 reads without migrating it.
VERSION = "18.5.10"
# Odoo replaces it with that of the user.
LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}
# The columns of a sheet: one for labels, those for numbers. With all of them, a screen of 1366
# pixels is full beside the list of panels.
WIDTHS = (186,) + (79,) * 12


@dataclass(frozen=True)
class Panel:
    """A dashboard.

    :param name: of its file
    :param bands: blocks that are beside each other, from above
    :param period: the period that it opens with; it has no filter of the period if None
    :param widths: of the columns of its sheet
    """

    name: str
    bands: tuple[tuple[Cards | Table | Chart, ...], ...]
    period: str | None = None
    widths: tuple[int, ...] = WIDTHS


@dataclass
class Writing:
    """What is written of a panel: the sheet that is seen, and the one that its charts read."""

    seen: Sheet
    data: Sheet = field(default_factory=lambda: Sheet("Data", (150,) * 8))
    sources: list[Source] = field(default_factory=list)

    def id_of(self, source: Source) -> int:
        """The number by which formulas name a source."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1


def written(panel: Panel) -> str:
    """The file of a panel."""
    writing = Writing(Sheet("Panel", panel.widths))
    row = 0
    for band in panel.bands:
        row = max(block.write(writing, row) for block in band)
    content = {
        "version": VERSION,
        "revisionId": "START_REVISION",
        "sheets": [writing.seen.content(), writing.data.content()],
        "styles": STYLES,
        "formats": FORMATS,
        "borders": BORDERS,
        "settings": {"locale": LOCALE},
        "pivots": {str(id_): source.pivot(id_) for id_, source in enumerate(writing.sources, 1)},
        "pivotNextId": len(writing.sources) + 1,
        "lists": {},
        "listNextId": 1,
        "globalFilters": global_filters(panel.period),
        "chartOdooMenusReferences": {},
        "customTableStyles": {},
        "uniqueFigureIds": True,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
