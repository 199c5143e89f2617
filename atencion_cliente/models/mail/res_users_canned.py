from odoo import models


class ResUsers(models.Model):
    """The page offers answers to whoever has some of their areas, too."""

    _inherit = "res.users"

    def _init_store_data(self, store):
        result = super()._init_store_data(store)
        if self.env.user and self.env["mail.canned.response"]._has_of_own_areas():
            store.add_global_values(hasCannedResponses=True)
        return result
