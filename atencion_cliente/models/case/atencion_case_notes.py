from odoo import fields, models

from ..base.public_method import public


class AtencionCaseNotes(models.Model):
    """Notes and files of a case; one that concerns several cases is stored once."""

    _inherit = "atencion.case"

    note_ids = fields.Many2many(
        "atencion.note",
        string="Notes",
        copy=False,
        check_company=True,
        groups="base.group_user",
    )

    @public(one=True)
    def action_new_note(self):
        """Open a new note of this case."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New note"),
            "res_model": "atencion.note",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_ids": self.ids,
                "default_company_id": self.company_id.id,
            },
        }
