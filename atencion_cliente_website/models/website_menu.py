from odoo import models

from odoo.addons.atencion_cliente.models.portal.atencion_unit_form import FORM_URL


class WebsiteMenu(models.Model):
    _inherit = "website.menu"

    def _compute_visible(self):
        """Hide the entry of the form where the company of the website has none."""
        result = super()._compute_visible()
        for menu in self.filtered(lambda menu: menu.url == FORM_URL and menu.is_visible):
            # sudo: visitors may not read companies.
            menu.is_visible = menu.website_id.sudo().company_id._has_form()
        return result
