from odoo import api, fields, models

from ..base.public_method import public
from . import starter_book


# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    atencion_has_example = fields.Boolean(
        "Has the example", compute="_compute_atencion_has_example"
    )

    @api.depends("company_id")
    def _compute_atencion_has_example(self):
        for settings in self:
            settings.atencion_has_example = bool(
                starter_book.loaded_records(self.env, settings.company_id)
            )

    @public()
    def action_load_example(self):
        """Load the example; the method that does it checks the user's rights."""
        return self.env["atencion.starter"].action_load()

    @public()
    def action_unload_example(self):
        """Remove the example; the method that does it checks the user's rights."""
        return self.env["atencion.starter"].action_unload()
