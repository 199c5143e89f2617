from odoo import models
from odoo.exceptions import UserError

from ...tools.mail_route import KnownCase
from ...tools.visible_text import is_blank, is_text

# Characters of a reason that says something, and of the longest one.
MIN_REASON, MAX_REASON = 10, 5000


class AtencionCaseCustomerReopening(models.Model):
    """Customers reopen their closed case by its page, under the conditions of those who write."""

    _inherit = "atencion.case"

    def _reopen_as_customer(self, reason):
        """Reopen the case.

        :param reason: as it came in the request
        :raise UserError: says what refuses it, and what to do
        """
        self._begin_customer_act()
        reason = self._checked_reason(reason)
        if refusal := self._reopening_refusal(reason):
            raise UserError(refusal)
        self._as_system()._reopen_for_customer(reason)
        self._say_as_customer(reason)

    def _checked_reason(self, reason):
        reason = reason.strip() if is_text(reason) else ""
        if is_blank(reason) or len(reason) < MIN_REASON:
            raise UserError(
                self.env._(
                    "Tell us in a few words why you reopen the case: %s characters at least.",
                    MIN_REASON,
                )
            )
        if len(reason) > MAX_REASON:
            raise UserError(
                self.env._("The text is longer than %s characters. Shorten it.", MAX_REASON)
            )
        return reason

    def _reopening_refusal(self, reason=""):
        """Why the customer may not reopen the case, and what to do instead; empty if they may.

        :param str reason: why it would be reopened
        """
        self.ensure_one()
        if not self.closed_at:
            return self.env._("The case is open. Write to us below whatever is missing.")
        if self.claim_filed_at:
            return self.env._(
                "A claim that was answered is not reopened. If you do not agree with our answer, "
                "write to us below, or file another claim."
            )
        if not KnownCase(**self._reopening_facts(reason)).is_reopened:
            return self.env._(
                "The case can no longer be reopened here. Write to us below, or register a new "
                "one, and we look at both."
            )
        return ""
