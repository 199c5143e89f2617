from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# What cases are sorted by: of one day, those of an earlier hour, or of more hours of delay.
SORTED_BY = {
    "deadline_date": ("deadline_at",),
    "delay_days": ("delay_days", "delay_hours"),
}
DELAYS = {"delay_days": SORTED_BY["delay_days"], "delay_hours": ("delay_hours",)}
DIRECTIONS = ("", "asc", "desc")


class AtencionCaseDueOrder(models.Model):
    """Cases in the order of their deadline or of their delay, which have hours beside days.

    A page in the order of the delay does not compute the delay of all cases. Those with a delay
    are few, and found by indexes. All others have the same one, none: they are in the rest of
    the order, before or after.
    """

    _inherit = "atencion.case"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        terms = (
            super(AtencionCaseDueOrder, self)._order_field_to_sql(
                alias, name, direction, nulls, query
            )
            for name in SORTED_BY.get(field_name, (field_name,))
        )
        return SQL(", ").join(terms)

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        first, _comma, rest = (order or "").partition(",")
        name, _space, direction = first.strip().lower().partition(" ")
        if name not in DELAYS or direction.strip() not in DIRECTIONS or not limit:
            return super().search_fetch(domain, field_names, offset, limit, order)
        rest = rest.strip() or self._order
        is_late = Domain.OR(self._search_live(column, ">", 0) for column in DELAYS[name])
        late, others = (is_late & self._may_be_late(), f"{first}, {rest}"), (~is_late, rest)
        is_late_first = direction.strip() == "desc"
        found = self.browse()
        with self._refusing_nonsense():
            for part, part_order in (late, others) if is_late_first else (others, late):
                inside = Domain(domain) & part
                page = super().search_fetch(inside, [], offset, limit - len(found), part_order)
                found += page
                if len(found) == limit:
                    break
                # The part has ended within the page, or before it.
                offset = offset - self.search_count(inside) if offset and not page else 0
        found.fetch(field_names)
        return found
