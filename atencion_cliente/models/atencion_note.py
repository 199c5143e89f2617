from odoo import api, fields, models


class AtencionNote(models.Model):
    """A note or file that may concern several cases, kept once."""

    _name = "atencion.note"
    _description = "Case note"
    _order = "date desc, id desc"

    name = fields.Char("Short name", required=True)
    date = fields.Date("Effective date", required=True, default=fields.Date.context_today)
    body = fields.Html()
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")
    case_ids = fields.Many2many("atencion.case", string="Cases")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.model_create_multi
    def create(self, vals_list):
        notes = super().create(vals_list)
        # sudo: who writes a note tells of it on all its cases.
        notes.sudo().case_ids._tell_changed(["note_ids"])
        return notes

    def write(self, vals):
        before = {note.id: note.sudo().case_ids for note in self} if "case_ids" in vals else {}
        result = super().write(vals)
        for note in self.sudo() if before else ():
            (note.case_ids - before[note.id])._tell_changed(["note_ids"])
        return result
