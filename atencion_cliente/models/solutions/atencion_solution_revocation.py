from odoo import fields, models
from odoo.exceptions import ValidationError

from ..base.public_method import public
from .atencion_solution import REVOCATION


class AtencionSolutionRevocation(models.Model):
    """Solutions that are no longer offered, and by whom and why."""

    _inherit = "atencion.solution"

    @public()
    def action_ask_revocation(self):
        """Ask why the solutions must not be applied any more."""
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
        """Offer revoked solutions again."""
        self.write({"state": "active"})

    def _check_applicable(self):
        """Refuse to apply solutions that the user does not read, or that were revoked.

        :raise AccessError: the user does not read one
        :raise ValidationError: one is revoked; the message says by whom and why
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

    def _stamp_revocation(self):
        """Record who revoked and when; forget all of it for active ones."""
        self._check_revocation()
        revoked = self.filtered(lambda solution: solution.state == "revoked")
        revoked._write_checked({"revoked_by_id": self.env.uid, "revoked_on": fields.Datetime.now()})
        (self - revoked)._write_checked(dict.fromkeys((*REVOCATION, "revoked_reason"), False))
