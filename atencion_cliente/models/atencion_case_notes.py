from odoo import api, fields, models

from ..tools.commands import referred_ids


class AtencionCaseNotes(models.AbstractModel):
    """Notes and files of a case, each kept once for all the cases it is on."""

    _name = "atencion.case.notes"
    _description = "Notes of a case"

    note_ids = fields.Many2many(
        "atencion.note",
        string="Notes",
        copy=False,
        check_company=True,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_unseen_notes(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_unseen_notes(vals)
        return super().write(vals)

    def _refuse_unseen_notes(self, vals):
        """Refuse to link a note by its id to see it: a note is seen with its cases.

        :raise AccessError: as reading it would
        """
        self.env["atencion.note"].browse(referred_ids(vals.get("note_ids"))).check_access("read")

    def action_new_note(self):
        """Write a note that is on this case from the start."""
        self.ensure_one()
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
