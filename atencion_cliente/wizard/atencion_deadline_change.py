from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base.public_method import public

# How many cases the dialog shows.
MAX_SHOWN = 200


class AtencionDeadlineChange(models.TransientModel):
    """The dialog that shows which deadlines would move, and then moves them.

    It works with the rights of the user, and counts again when it is applied.
    """

    _name = "atencion.deadline.change"
    _description = "Recalculate deadlines"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_ids = fields.Many2many("atencion.case", string="Cases", readonly=True)
    with_limits = fields.Boolean(
        "With the maximum days of now",
        default=True,
        help="Maximum days that were changed in case types or priorities hold for new cases. "
        "With this, the chosen cases get them, too.",
    )
    reason = fields.Text(help="It is written in the log of each case.")
    moves = fields.Html(
        "Deadlines that move",
        compute="_compute_moves",
        compute_sudo=False,
        sanitize=False,  # a template of ours
    )
    moved_count = fields.Integer("Cases that move", compute="_compute_moves", compute_sudo=False)
    kept_count = fields.Integer(
        "Cases that stay",
        compute="_compute_moves",
        compute_sudo=False,
        help="Closed or attended cases, and those whose deadline would be the same.",
    )
    claim_count = fields.Integer("Filed claims", compute="_compute_moves", compute_sudo=False)

    @api.depends("case_ids", "with_limits")
    def _compute_moves(self):
        for change in self:
            chosen = change.case_ids._origin
            cases = chosen._recalculable()
            recounts = cases._recount(change.with_limits)
            moved = cases._moved_by(recounts)
            change.moves = self.env["ir.qweb"]._render(
                "atencion_cliente.deadline_change_table",
                {
                    "moves": [
                        (
                            case,
                            case._deadline_text() or "–",
                            case._deadline_text(recounts[case].deadline) or "–",
                        )
                        for case in moved[:MAX_SHOWN]
                    ],
                    "more": len(moved[MAX_SHOWN:]),
                },
            )
            claims = chosen._open_claims() - cases
            change.moved_count = len(moved)
            change.claim_count = len(claims)
            change.kept_count = len(chosen - moved - claims)

    @public(one=True)
    def action_apply(self):
        """Move the deadlines.

        :raise UserError: none would move
        """
        moved = self.case_ids._recalculate(self.with_limits, (self.reason or "").strip())
        if not moved:
            raise UserError(self.env._("No deadline would move. Close the dialog."))
        return {"type": "ir.actions.act_window_close"}
