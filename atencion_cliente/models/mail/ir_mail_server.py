from odoo import models


class IrMailServer(models.Model):
    """Outgoing servers by which areas write to customers: they are not archived meanwhile."""

    _inherit = "ir.mail_server"

    def _active_usages_compute(self):
        usages = super()._active_usages_compute()
        # sudo: areas of other companies count, too.
        areas = self.env["atencion.area"].sudo().search([("mail_server_id", "in", self.ids)])
        for area in areas:
            text = self.env._("%s (Service area)", area.display_name)
            usages.setdefault(area.mail_server_id.id, []).append(text)
        return usages
