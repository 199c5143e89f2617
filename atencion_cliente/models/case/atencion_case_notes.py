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

    def _prepare_write(self, vals, carried):
        if "note_ids" in vals:
            # sudo: whoever changes the case lets its log tell what becomes of its notes.
            carried["notes"] = {case: case.note_ids for case in self.sudo()}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        for case, notes in carried.get("notes", {}).items():
            # Deleted ones are told by themselves.
            for note in (notes - case.note_ids).exists():
                note._log_on(case, note._gone_text())

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
