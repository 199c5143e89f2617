import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import is_html_empty

from ..models.base.contained import contained
from ..models.base.server_context import with_server_value

_logger = logging.getLogger(__name__)


class AtencionCaseClosing(models.TransientModel):
    """What the dialog of a change of state asks when it closes cases.

    The answer to the customer, whether and with which mail they get it, and which of the
    planned activities are done.
    """

    _inherit = "atencion.case.stage.change"

    # What the answer was filled with: one that differs was written by the user, and stays.
    proposed_response = fields.Html(compute="_compute_response", compute_sudo=False, store=True)
    response = fields.Html(
        "Answer to the customer",
        compute="_compute_response",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    has_mail = fields.Boolean(compute="_compute_mail", compute_sudo=False)
    has_address = fields.Boolean("Has an address", compute="_compute_mail", compute_sudo=False)
    sender_warning = fields.Char("About the sender", compute="_compute_mail", compute_sudo=False)
    mail_to = fields.Char("Mail to", compute="_compute_mail", compute_sudo=False)
    mail_subject = fields.Char("Mail subject", compute="_compute_mail", compute_sudo=False)
    mail_body = fields.Html("Mail", compute="_compute_mail", compute_sudo=False)
    is_sent = fields.Boolean(
        "Write to the customer", default=True, help="Without it, the customer gets no mail."
    )
    open_activity_ids = fields.Many2many(
        "mail.activity", compute="_compute_open_activity_ids", compute_sudo=False
    )
    done_activity_ids = fields.Many2many(
        "mail.activity",
        "atencion_case_closing_activity_rel",
        "dialog_id",
        "activity_id",
        string="Activities that are done",
        domain="[('id', 'in', open_activity_ids)]",
        help="Those without a tick stay planned.",
    )

    @api.depends("case_ids", "stage_id", "resolution")
    def _compute_response(self):
        for change in self:
            proposal = change._proposed_response()
            if not change._is_response_written():
                change.response = proposal
            change.proposed_response = proposal

    def _is_response_written(self):
        """Whether the user wrote the answer, or emptied it."""
        if is_html_empty(self.response):
            return not is_html_empty(self.proposed_response)
        return self.response != self.proposed_response

    def _proposed_response(self):
        """The answer that the case has, or else its resolution."""
        if not self.is_closed:
            return False
        case = self.case_ids
        written = case.response if len(case) == 1 else False
        return self.resolution if is_html_empty(written) else written

    @api.depends("case_ids", "stage_id")
    def _compute_open_activity_ids(self):
        for change in self:
            change.open_activity_ids = change.case_ids.activity_ids if change.is_closed else False

    @api.depends("case_ids", "stage_id", "response")
    def _compute_mail(self):
        for change in self:
            mails = change._mails() if change.is_closed else {}
            shown = change._rendered(*mails.popitem()) if len(mails) == 1 else {}
            change.update(
                {
                    "has_mail": bool(mails or shown),
                    "has_address": any(change.case_ids._origin._customer_addresses().values()),
                    "sender_warning": bool(mails or shown)
                    and change.case_ids.company_id[:1]._missing_sender_text(),
                    "mail_to": shown.get("to"),
                    "mail_subject": shown.get("subject"),
                    "mail_body": shown.get("body"),
                }
            )

    def _mails(self):
        """The template of the mail to the customer, by case that has one and an address."""
        cases = self.case_ids._origin
        addresses = cases._customer_addresses()
        # sudo: mails to customers are made without the rights of the user, who reads the case.
        templates = {
            case: case.sudo()._state_template(self.stage_id, self.response) for case in cases
        }
        return {case: one for case, one in templates.items() if one and addresses[case.id]}

    def _rendered(self, case, template):
        """The mail that the first addressee would get.

        :rtype: dict[str, str]
        """
        addresses = case._customer_addresses()[case.id]
        template = with_server_value(template, "atencion_addressee", next(iter(addresses)))
        template = with_server_value(
            template, "atencion_announced", (self.stage_id.id, self.response)
        )
        try:
            with contained(self.env):
                subject, body = (
                    template._render_field(name, case.ids, compute_lang=True)[case.id]
                    for name in ("subject", "body_html")
                )
        except OperationalError:
            # The database asks to repeat the transaction.
            raise
        except Exception as error:
            _logger.info("Case %s: no preview of the mail", case.id, exc_info=True)
            subject = template.subject
            body = Markup("<p>%s</p>") % self.env._(
                "The mail “%(template)s” cannot be made: %(error)s",
                template=template.name,
                error=error.__cause__ or error,
            )
        return {"to": ", ".join(addresses.values()), "subject": subject, "body": body}

    # -------------------------------------------------------------------------
    # Change
    # -------------------------------------------------------------------------

    def _cases_to_change(self):
        cases = super()._cases_to_change()
        silent = self.is_closed and not self.is_sent
        return with_server_value(cases, "atencion_unannounced", True) if silent else cases

    def _write_before_change(self, cases):
        super()._write_before_change(cases)
        if not self.is_closed:
            return
        if not is_html_empty(self.response):
            # An answer for several cases does not replace the one that a case has.
            several = len(self.case_ids) > 1
            cases.filtered(lambda case: not several or is_html_empty(case.response)).write(
                {"response": self.response}
            )
        self.done_activity_ids.filtered(
            lambda activity: activity.active and activity.case_id in cases
        )._action_done()
        if not self.is_sent:
            text = self.env._("The customer was not written to about the new state.")
            cases._message_log_batch(bodies=dict.fromkeys(cases.ids, text))
