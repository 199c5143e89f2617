from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.visible_text import is_text
from .atencion_case_alert_sql import LIVE_COLUMNS

# The aggregates that texts, and numbers, of a group allow.
OF_TEXTS = {"array_agg", "array_agg_distinct", "count", "count_distinct", "max", "min"}
ONLY_OF_NUMBERS = {"avg", "sum"}
OF_NUMBERS = OF_TEXTS | ONLY_OF_NUMBERS
NUMBERS = ("float", "integer", "monetary")


class AtencionCaseFilter(models.Model):
    """Filters, orders and groups that have no meaning are refused with a message."""

    _inherit = "atencion.case"

    @contextmanager
    def _refusing_nonsense(self):
        try:
            yield
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("The filter, order or group cannot be understood: %s", str(error)[:200])
            ) from error

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False
    ):
        with self._refusing_nonsense():
            _refuse_unstorable(domain)
            _refuse_counts(offset, limit)
            return super()._search(
                domain,
                offset,
                limit,
                order,
                active_test=active_test,
                bypass_access=bypass_access,
            )

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        with self._refusing_nonsense():
            _refuse_unstorable(domain)
            return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        field = self._fields.get(name)
        is_number = field and field.type in NUMBERS
        if function in ONLY_OF_NUMBERS and field and not is_number:
            raise ValueError(aggregate_spec)
        if name in LIVE_COLUMNS and function not in (OF_NUMBERS if is_number else OF_TEXTS):
            raise ValueError(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)


def _refuse_counts(*counts):
    """Refuse an offset or a limit that is not a number.

    :raise TypeError: names it
    """
    for count in counts:
        if count and (not isinstance(count, int) or count < 0):
            raise TypeError(ascii(count))


def _refuse_unstorable(domain):
    """Refuse texts with characters that PostgreSQL cannot store.

    :raise ValueError: a condition has one
    """
    for condition in Domain(domain).iter_conditions():
        value = condition.value
        values = [value] if isinstance(value, str) or not hasattr(value, "__iter__") else value
        if any(isinstance(one, str) and not is_text(one) for one in values):
            raise ValueError(ascii(value))
