from odoo import models


class ResCompany(models.Model):
    """The addresses of areas are of the e-mail domain of their company."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "alias_domain_id" in vals:
            # sudo: whoever may choose the domain of the company chooses that of its areas.
            areas = self.env["atencion.area"].sudo().with_context(active_test=False)
            areas.search(
                [("company_id", "in", self.ids), ("alias_id", "!=", False)]
            )._settle_addresses()
        return result
