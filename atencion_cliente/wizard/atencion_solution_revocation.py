from odoo import fields, models

from ..models.base.public_method import public


class AtencionSolutionRevocation(models.TransientModel):
    """The dialog that asks why solutions are revoked."""

    _name = "atencion.solution.revocation"
    _description = "Revoke solutions"
    _inherit = ["atencion.input", "atencion.dialog"]

    solution_ids = fields.Many2many("atencion.solution", required=True)
    reason = fields.Text(required=True)

    @public(one=True)
    def action_revoke(self):
        """Revoke the solutions, with the rights of the user."""
        self.solution_ids.write({"state": "revoked", "revoked_reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
