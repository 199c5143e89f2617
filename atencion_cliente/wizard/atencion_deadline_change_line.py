from odoo import fields, models


class AtencionDeadlineChangeLine(models.TransientModel):
    """A case whose deadline would move. It is computed for display, and never stored."""

    _name = "atencion.deadline.change.line"
    _description = "Deadline that moves"
    _inherit = ["atencion.input", "atencion.dialog"]

    change_id = fields.Many2one("atencion.deadline.change", ondelete="cascade")
    case_id = fields.Many2one("atencion.case", readonly=True, ondelete="cascade")
    old_deadline = fields.Date("Deadline", readonly=True)
    new_deadline = fields.Date("New deadline", readonly=True)
