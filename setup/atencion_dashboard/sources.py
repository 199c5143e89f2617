"""What a panel counts: pivots of Odoo, and the filters above a panel that they follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

COUNT = "__count"
# The filters of panels, with the labels by which they are translated.
PERIOD = {"id": "period", "type": "date", "label": "Period"}
FILTERS = {
    "company": {"type": "relation", "label": "Company", "modelName": "res.company"},
    "project": {"type": "relation", "label": "Project", "modelName": "atencion.project"},
    "area": {"type": "relation", "label": "Service area", "modelName": "atencion.area"},
}
OF_CASES = {"company": "company_id", "project": "project_id", "area": "area_id"}
OF_ENTRIES = OF_CASES | {"project": "case_id.project_id"}
OF_UNITS = {"company": "company_id", "project": "project_id"}
MOMENTS = ("closed_at", "entered_at", "left_at")


@dataclass(frozen=True)
class Source:
    """Records of one model, grouped by a row and perhaps a column.

    :param domain: which records
    :param row: the field of the rows, for dates with its granularity (``attention_date:week``)
    :param column: the field of the columns
    :param measures: what is summed of them; their count if there are none, or `COUNT` is one
    :param fields: the field that each filter of the panel looks at
    :param period: the field that the filter of the period looks at; the latest rows are first
        where rows are dates, else the largest
    :param is_keyed: whether figures of other sources stand in its rows: what names a row is read,
        the id of its record, or its week
    """

    model: str = "atencion.case"
    domain: tuple = ()
    row: str | None = None
    column: str | None = None
    measures: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=lambda: OF_CASES)
    period: str | None = None
    is_keyed: bool = False

    @property
    def is_by_date(self) -> bool:
        return bool(self.row and ":" in self.row)

    @property
    def key(self) -> str:
        """The measure that is the id of a row: the greatest of its records, which all are one."""
        return f"{self.row}:max"

    @property
    def names(self) -> list[str]:
        """Its measures, as formulas name them; the first one says which rows are large."""
        figures = [_measure_name(name) for name in self.measures] or [COUNT]
        return [*figures, self.key] if self.is_keyed and not self.is_by_date else figures

    def pivot(self, id_: int) -> dict:
        """It as Odoo's spreadsheet has it."""
        largest = {"domain": [], "order": "desc", "measure": self.names[0]}
        return {
            "id": str(id_),
            "formulaId": str(id_),
            "name": f"Source {id_}",
            "type": "ODOO",
            "model": self.model,
            "domain": [term if term == "|" else list(term) for term in self.domain],
            "context": {},
            "measures": [self._measure(name) for name in self.names],
            "rows": [_dimension(self.row)] if self.row else [],
            "columns": [_dimension(self.column)] if self.column else [],
            "sortedColumn": None if self.is_by_date or not self.row else largest,
            "fieldMatching": self._matching(),
        }

    def _measure(self, name: str) -> dict:
        field_name, _colon, aggregator = name.partition(":")
        return {"id": name, "fieldName": field_name, "aggregator": aggregator or "sum"}

    def _matching(self) -> dict:
        matching = {name: _match(chain, "many2one") for name, chain in self.fields.items()}
        if self.period:
            kind = "datetime" if self.period in MOMENTS else "date"
            matching["period"] = _match(self.period, kind) | {"offset": 0}
        return matching


def _measure_name(name: str) -> str:
    return name if name == COUNT else f"{name}:sum"


def _match(chain: str, kind: str) -> dict:
    return {"chain": chain, "type": kind}


def _dimension(name: str) -> dict:
    """A field as rows or columns; the newest is first where it is a date."""
    field_name, _colon, granularity = name.partition(":")
    dimension = {"fieldName": field_name, "order": "desc" if granularity else "asc"}
    return dimension | {"granularity": granularity} if granularity else dimension


def global_filters(period: str | None) -> list[dict]:
    """The filters above a panel.

    :param period: the one that a panel opens with; what is as of today has none
    """
    filters = [{"id": id_, "includeChildren": False} | values for id_, values in FILTERS.items()]
    return [PERIOD | {"defaultValue": period}, *filters] if period else filters
