from psycopg2 import OperationalError

from odoo import models

from ..base.contained import contained

# What a template renders for each record, in the order in which Odoo does it.
RENDERED = (
    *("lang", "subject", "body_html", "email_from", "reply_to", "email_to", "email_cc"),
    *("partner_to", "scheduled_date"),
)


class AtencionCaseTemplateFailure(models.Model):
    """A mail template that cannot be rendered is reported: to the case, and to one person."""

    _inherit = "atencion.case"

    def _note_template_failure(self, template, error):
        """Log that the customer gets no mail, and ask an administrator to mend the template.

        :param template: ``mail.template``, with ``sudo``
        :param error: the exception
        """
        self.ensure_one()
        reason = error.__cause__ or error
        self._message_log(
            body=self.env._(
                "The mail “%(template)s” to the customer could not be made: %(error)s",
                template=template.name,
                error=reason,
            )
        )
        self._ask_to_mend(template, reason)

    def _ask_to_mend(self, template, reason):
        """Give an administrator one to-do for a template, whatever the number of mails.

        :param reason: of the failure, as an exception or a text
        """
        user = self.company_id._mail_administrator()
        about = f"template {template.id}"
        activities = self.env["mail.activity"].sudo()
        if not user or activities.search_count(
            [("atencion_reason", "=", about), ("user_id", "=", user.id)], limit=1
        ):
            return
        field = self._failing_field(template)
        # Odoo mails the assignee of an activity, by a template of its own.
        case = self.sudo().with_context(lang=user.lang, mail_activity_quick_update=True)
        seen = template.with_context(lang=user.lang)
        labels = seen.fields_get([field], ["string"]) if field else {}
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            atencion_reason=about,
            date_deadline=self.company_id._today(),
            summary=case.env._("The mail template “%s” fails", seen.name),
            note=case.env._(
                "%(case)s: no mail could be made by this template. Field: %(field)s. Reason: "
                "%(reason)s. Correct the template, then write to the customer.",
                case=self.name,
                field=labels[field]["string"] if field else "–",
                reason=reason,
            ),
            user_id=user.id,
        )

    def _failing_field(self, template):
        """The first field of a template that cannot be rendered for the case; it may be empty."""
        for name in RENDERED:
            try:
                with contained(self.env):
                    template._render_field(name, self.ids, compute_lang=name != "lang")
            except OperationalError:
                raise
            except Exception:
                return name
        return ""
