from odoo import api, fields, models


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    """What the numbers of a company's cases begin with, and how the next one looks."""

    _inherit = "res.config.settings"

    atencion_case_prefix = fields.Char(related="company_id.atencion_case_prefix", readonly=False)
    atencion_sheet_prefix = fields.Char(related="company_id.atencion_sheet_prefix", readonly=False)
    atencion_case_example = fields.Char("Next case", compute="_compute_atencion_examples")
    atencion_sheet_example = fields.Char("Next sheet", compute="_compute_atencion_examples")
    atencion_prefix_warning = fields.Char(
        "About the prefix", compute="_compute_atencion_prefix_warning"
    )

    @api.depends("company_id", "atencion_case_prefix", "atencion_sheet_prefix")
    def _compute_atencion_examples(self):
        for settings in self:
            for kind in ("case", "sheet"):
                name = f"atencion_{kind}_prefix"
                example = settings.company_id._number_example(name, settings[name])
                settings[f"atencion_{kind}_example"] = example

    @api.depends("company_id")
    def _compute_atencion_prefix_warning(self):
        for settings in self:
            others = settings.company_id._companies_with_prefix("atencion_case_prefix")
            text = self.env._(
                "Cases of %s begin alike: one number means several cases.",
                ", ".join(others.mapped("name")),
            )
            settings.atencion_prefix_warning = text if others else False
