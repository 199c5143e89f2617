from markupsafe import Markup

from odoo import models


class AtencionCaseDeliveryTold(models.Model):
    """Who hears of a mail that was not delivered: the log of the case, and one person."""

    _inherit = "atencion.case"

    def _tell_of_failure(self, failure):
        """Log a failure that is final, and give one to-do for it.

        :param failure: ``atencion.delivery.failure`` of this case, in ``sudo``
        """
        self.ensure_one()
        if failure.is_told or failure.state != "open" or failure.kind == "waiting":
            return
        failure.is_told = True
        case = self.with_context(lang=self.company_id.partner_id.lang)
        case._message_log(body=case._failure_text(failure))
        if failure.kind != "stopped":
            self._give_delivery_task(failure)

    def _failure_text(self, failure):
        names = {
            "address": failure.email,
            "reason": failure.with_context(lang=self.env.lang)._reason_text(),
            "subject": failure.message_id.subject or self.display_name,
        }
        texts = {
            "bounced": self.env._(
                "The mail “%(subject)s” came back, %(address)s did not get it: %(reason)s", **names
            ),
            "complaint": self.env._(
                "%(address)s reported the mail “%(subject)s” as unwanted. No automatic mail is "
                "sent to this address any more.",
                **names,
            ),
            "given_up": self.env._(
                "The mail “%(subject)s” to %(address)s was tried several times, and given up: "
                "%(reason)s",
                **names,
            ),
            "refused": self.env._(
                "The mail “%(subject)s” to %(address)s was refused: %(reason)s", **names
            ),
            "stopped": self.env._(
                "The automatic mail “%(subject)s” was not sent: mails to %(address)s do not "
                "arrive. It is sent again when the address is changed, or the customer writes.",
                **names,
            ),
        }
        return texts[failure.kind]

    def _give_delivery_task(self, failure):
        """One to-do for whoever has to find another way to the customer."""
        user = self._delivery_responsible()
        if not user:
            return
        # Odoo mails the assignee of an activity; that mail might fail, too.
        case = self.with_context(lang=user.lang, mail_activity_quick_update=True)
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._today(),
            user_id=user.id,
            summary=case.env._("Mail not delivered to %s", failure.email),
            note=Markup("<p>%s</p><p>%s</p>")
            % (
                case._failure_text(failure),
                case.env._(
                    "Correct the address and use “Send again”, or reach the customer in another "
                    "way."
                ),
            ),
        )

    def _delivery_responsible(self):
        """The user who is told: the assignee, the manager of the area, or an administrator."""
        return self._first_who_takes(
            self.user_id, self.area_id.manager_id, self.company_id._mail_administrator()
        )

    def _first_who_takes(self, *people):
        """The first of some users who can take a to-do of the case, or its fallback.

        :param people: ``res.users``, each one or none
        """
        self.ensure_one()
        for user in people:
            if user.active and self._may_know(user, internal=True) and not user._is_auditor():
                return user
        return self._fallback_assignee()
