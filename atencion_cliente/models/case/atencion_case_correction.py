from odoo import fields, models


class AtencionCaseCorrection(models.Model):
    """A correction of a fact of a case: what it was, what it is now, who said so and why.

    Nobody has the right to write corrections: the case does. They are never changed, and
    are deleted with their case only. The values are those that the fields hold: moments in
    UTC.
    """

    _name = "atencion.case.correction"
    _description = "Correction of a case"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.readable.links"]
    _order = "case_id, moment desc, id desc"
    _rec_name = "field_name"

    case_id = fields.Many2one(
        "atencion.case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    field_name = fields.Selection(
        [("received_at", "Received on")], "Field", required=True, readonly=True
    )
    old_value = fields.Datetime("Before", required=True, readonly=True)
    new_value = fields.Datetime("Now", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Corrected by", required=True, readonly=True, ondelete="restrict"
    )
    reason = fields.Text(
        readonly=True, help="Empty: it was corrected on the day of its registration."
    )
    moment = fields.Datetime("Corrected on", required=True, readonly=True)
