from odoo import api, models
from odoo.fields import Domain

DELAY = "delay_days"
DIRECTIONS = ("", "asc", "desc")


class AtencionCaseDelayOrder(models.Model):
    """A page of cases in the order of their delay, without computing the delay of all cases.

    Cases with a delay are few, and found by indexes. All others have the same one, none: they
    are in the rest of the order, before or after.
    """

    _inherit = "atencion.case"

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        first, _comma, rest = (order or "").partition(",")
        name, _space, direction = first.strip().lower().partition(" ")
        if name != DELAY or direction.strip() not in DIRECTIONS or not limit:
            return super().search_fetch(domain, field_names, offset, limit, order)
        rest = rest.strip() or self._order
        late = (Domain(DELAY, ">", 0), f"{first}, {rest}")
        others = (Domain(DELAY, "=", 0), rest)
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
