from odoo import api, fields, models


class AtencionCaseHistory(models.Model):
    """A ledger entry: the time that a case was in one state and area.

    Entries follow each other without overlap or gap, and every figure of consumed
    time is derived from them. Nobody has the right to write them: the case does,
    when it changes.
    """

    _name = "atencion.case.history"
    _description = "Case state history"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.readable.links"]
    _order = "case_id, entered_at desc, id desc"
    _rec_name = "stage_id"

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    stage_id = fields.Many2one(
        "atencion.case.stage", required=True, ondelete="restrict", string="State"
    )
    area_id = fields.Many2one("atencion.area", required=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", required=True, string="Changed by", ondelete="restrict")
    entered_at = fields.Datetime(required=True)
    left_at = fields.Datetime()
    duration_hours = fields.Float(
        compute="_compute_duration_hours", help="Hours in the state, until now if open."
    )
    note = fields.Text("Notes / documents")
    forced = fields.Boolean()
    rule_id = fields.Many2one(
        "atencion.escalation.rule",
        string="Moved by rule",
        index="btree_not_null",
        ondelete="restrict",
    )
    registered_by_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        help="Who registered later that this happened, by hand or by an import. Empty: "
        "the case changed here, at that moment.",
    )
    registered_at = fields.Datetime("Registered on")
    # Kept here because the flag of the stage may change later.
    paused = fields.Boolean(help="The clock was paused during this time.")

    _one_open = models.UniqueIndex(
        "(case_id) WHERE left_at IS NULL", "A case is in one state at a time."
    )
    _ordered = models.Constraint(
        "CHECK (left_at IS NULL OR left_at >= entered_at)",
        "A case cannot leave a state before entering it.",
    )

    @api.depends("entered_at", "left_at")
    def _compute_duration_hours(self):
        now = fields.Datetime.now()
        for entry in self:
            seconds = ((entry.left_at or now) - entry.entered_at).total_seconds()
            entry.duration_hours = seconds / 3600
