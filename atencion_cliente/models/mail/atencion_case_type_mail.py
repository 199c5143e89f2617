from odoo import api, models


class AtencionCaseTypeMail(models.Model):
    """Types of the cases that mails make."""

    _inherit = "atencion.case.type"

    @api.constrains("form", "company_id")
    def _check_mail_areas(self):
        # sudo: areas of other companies count, too.
        areas = self.env["atencion.area"].sudo().with_context(active_test=False)
        areas.search([("mail_type_id", "in", self.ids)])._check_mail_type()
