from odoo import models
from odoo.fields import Domain

REACHED_BY = ("email", "phone")


class ResPartner(models.Model):
    """Links that were sent to the former e-mail or telephone of a customer stop working.

    A mistyped address is somebody else's.
    """

    _inherit = "res.partner"

    def write(self, vals):
        names = vals.keys() & set(REACHED_BY)
        moved = self.filtered(
            lambda one: any(one[name] and one[name] != vals[name] for name in names)
        )
        # sudo: which cases they are customers of may be no business of whoever writes.
        cases = moved.sudo()._linked_cases() if moved else self.env["atencion.case"]
        reached = {case: case._reached() for case in cases}
        result = super().write(vals)
        for case, before in reached.items():
            case._drop_links_of(before)
        return result

    def _linked_cases(self):
        """The cases of which these contacts are customers, and to which there are links."""
        people = Domain("requester_id", "in", self.ids) | Domain("partner_id", "in", self.ids)
        cases = self.env["atencion.case"].with_context(active_test=False)
        return cases.search(people & Domain("access_token", "!=", False))
