from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def cache_invalidation_fields(self):
        """Pages that workers keep for visitors lead to the form while there is one.

        Types and areas clear what is kept by themselves.
        """
        return super().cache_invalidation_fields() | {
            "case_form_enabled",
            "case_form_type_id",
            "case_form_area_id",
        }
