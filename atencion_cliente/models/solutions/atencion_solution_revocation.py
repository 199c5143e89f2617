from odoo import fields, models
from odoo.exceptions import ValidationError

from ..base.public_method import public
from .atencion_solution import REVOCATION


class AtencionSolutionRevocation(models.Model):
    """Revokes solutions, which are then no longer offered, with a reason."""

    _inherit = "atencion.solution"

    @public()
    def action_ask_revocation(self):
        """Open the dialog that asks for the reason of the revocation."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke"),
            "res_model": "atencion.solution.revocation",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_solution_ids": self.ids},
        }

    @public()
    def action_restore(self):
        """Make revoked solutions active again."""
        self.write({"state": "active"})

    def _check_applicable(self):
        """Refuse to apply solutions that the user may not read, or that are revoked.

        :raise AccessError: the user may not read a solution
        :raise ValidationError: a solution is revoked; the message says by whom and why
        """
        self.check_access("read")
        revoked = self.filtered(lambda solution: solution.state == "revoked")[:1]
        if revoked:
            raise ValidationError(
                self.env._(
                    "“%(solution)s” was revoked by %(user)s and cannot be applied: %(reason)s. "
                    "Choose another solution, or write the resolution.",
                    solution=revoked.name,
                    user=revoked.revoked_by_id.name or "",
                    reason=(revoked.revoked_reason or "").rstrip("."),
                )
            )

    def _check_revocation(self):
        for solution in self:
            if solution.state == "revoked" and not (solution.revoked_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%s: write the reason why it must not be applied any more.",
                        solution.name,
                    )
                )

    def _record_revocation(self):
        """Record the user and the moment of the revocation; clear them on active solutions.

        :raise ValidationError: a revoked solution has no reason
        """
        self._check_revocation()
        revoked = self.filtered(lambda solution: solution.state == "revoked")
        revoked._write_checked({"revoked_by_id": self.env.uid, "revoked_on": fields.Datetime.now()})
        (self - revoked)._write_checked(dict.fromkeys((*REVOCATION, "revoked_reason"), False))
