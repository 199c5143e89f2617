from odoo import fields, models


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
