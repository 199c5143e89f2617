import logging
from collections import defaultdict

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import is_html_empty

from ...tools import audience
from ..base.contained import contained
from ..base.present import present
from ..base.server_context import server_value, with_server_value
from .atencion_case_notice_mail import AUTOMATIC_HEADERS

_logger = logging.getLogger(__name__)

# Key of what the transaction queues for its end (see ``base/contained.py``).
QUEUE = "atencion.customer_mail"
# What a template with the answer says, and the template that takes its place without one.
ANSWER = "object.customer_response"
WITHOUT_ANSWER = "atencion_cliente.mail_template_case_state"
# Expressions that templates for customers may use: only what a customer may read.
PLACEHOLDERS = (
    "object.addressee_lang",
    "object.addressee_name",
    "object.company_id.email_formatted",
    "object.company_id.name",
    "object.customer_documents",
    "object.customer_link",
    "object.customer_origin",
    ANSWER,
    "object.customer_stage",
    "object.requested_documents",
)


class AtencionCaseCustomerMail(models.Model):
    """Notifies the customer by mail that their case is registered, and of its new states.

    The area has the template of the acknowledgement and each state its own; without a
    template there is no mail. All changes of a case in one transaction make one mail, by
    the template of its last state.
    """

    _inherit = "atencion.case"

    # For the templates. Each mail is written for one addressee (see _write_to).
    addressee_id = fields.Many2one(
        "res.partner", compute="_compute_addressee", groups="base.group_user", exportable=False
    )
    addressee_name = fields.Char(
        "Addressee's name", compute="_compute_addressee", groups="base.group_user", exportable=False
    )
    addressee_lang = fields.Char(
        "Addressee's language",
        compute="_compute_addressee",
        groups="base.group_user",
        exportable=False,
    )
    customer_stage = fields.Char(
        "State for the customer",
        compute="_compute_customer_stage",
        groups="base.group_user",
        exportable=False,
    )
    customer_response = fields.Html(
        "Answer for the customer",
        compute="_compute_customer_response",
        groups="base.group_user",
        exportable=False,
    )
    customer_link = fields.Html(
        "Link for the customer",
        compute="_compute_customer_link",
        groups="base.group_user",
        exportable=False,
        sanitize=False,
        help="To the page of the case. A mail to its customer opens it without a login.",
    )

    customer_origin = fields.Html(
        "Closed case for the customer",
        compute="_compute_customer_origin",
        groups="base.group_user",
        exportable=False,
        sanitize=False,
        help="The closed case that this one continues, for an addressee who is a party of both.",
    )

    @api.depends_context("atencion_addressee")
    @api.depends("requester_id", "requester_name", "requester_email", "partner_id")
    def _compute_addressee(self):
        to_holder = server_value(self.env, "atencion_addressee") == audience.HOLDER
        for case in self:
            partner = case.partner_id if to_holder else case._requesting_partner()
            case.addressee_id = partner
            case.addressee_name = partner.name or case.requester_name
            lang = partner.lang or (case.requester_id or case.partner_id).lang
            case.addressee_lang = lang or case.company_id.partner_id.lang

    @api.depends_context("lang", "atencion_announced")
    @api.depends("stage_id", "response")
    def _compute_customer_stage(self):
        for case in self:
            stage, response = case._announced()
            case.customer_stage = stage._customer_text(response)

    @api.depends_context("lang", "atencion_announced")
    @api.depends("response")
    def _compute_customer_response(self):
        # What an answer ends with may keep no distance to what follows.
        block = Markup('<p><b>%s</b></p><div style="margin-bottom: 16px;">%s</div>')
        for case in self:
            _stage, response = case._announced()
            empty = is_html_empty(response)
            case.customer_response = "" if empty else block % (self.env._("Our answer"), response)

    def _announced(self):
        """The state and the answer that the customer reads.

        Those of the case, or in the preview of a mail those that it will have.
        """
        announced = server_value(self.env, "atencion_announced")
        if not announced:
            return self.stage_id, self.response
        stage_id, response = announced
        return self.stage_id.browse(stage_id), response

    @api.depends_context("lang")
    @api.depends("access_url")
    def _compute_customer_link(self):
        link = Markup('<p><a href="%s">%s</a></p>')
        for case in self:
            case.customer_link = link % (case._customer_url(), self.env._("See your case"))

    @api.depends_context("lang", "atencion_addressee")
    @api.depends("origin_id", "addressee_id")
    def _compute_customer_origin(self):
        who = server_value(self.env, "atencion_addressee") or audience.REQUESTER
        line = Markup("<p>%s</p>")
        # sudo: the addressee knows the number of their own case.
        for case in self.sudo():
            origin = case.origin_id.filtered("closed_at")
            theirs = origin and origin._is_case_of(case._written_addresses()[who])
            text = self.env._("It continues your case %s, which is closed.", origin.name)
            case.customer_origin = line % text if theirs else ""

    # -------------------------------------------------------------------------
    # Events
    # -------------------------------------------------------------------------

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        registered = self - self._with_history(carried)
        registered._queue_customer_mail({case.id: (True, case.stage_id) for case in registered})

    def _prepare_write(self, vals, carried):
        if "stage_id" in vals:
            carried["stages"] = {case.id: (False, case.stage_id) for case in self}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        self._queue_customer_mail(carried.get("stages"))

    def _queue_customer_mail(self, events):
        """Write to customers at the end of the transaction.

        :param dict events: by case id, whether it was registered, and the state it had
        """
        if self._is_unannounced() or not events:
            return
        precommit = self.env.cr.precommit
        if QUEUE not in precommit.data:
            precommit.data[QUEUE] = {}
            precommit.add(self.with_env(self.env(context={}))._send_customer_mails)
        for case_id, event in events.items():
            precommit.data[QUEUE].setdefault(case_id, event)

    @api.model
    def _is_unannounced(self):
        """Whether customers hear nothing of what happens, as of an import."""
        silent = server_value(self.env, "atencion_unannounced")
        return bool(self.env.context.get("tracking_disable") or silent)

    # -------------------------------------------------------------------------
    # Mails
    # -------------------------------------------------------------------------

    def _send_customer_mails(self):
        """Write the queued mails; runs just before the commit."""
        events = self.env.cr.precommit.data.pop(QUEUE, {})
        # sudo: the user who changed a case may no longer see it, and customers have few rights.
        cases = present(self.env[self._name].sudo().browse(events)).filtered("active")
        cases = cases.with_context(lang=self.env.user.lang)
        by_template = defaultdict(cases.browse)
        for case in cases:
            template = case._customer_template(*events[case.id])
            if template:
                by_template[template] |= case
        for template, served in by_template.items():
            served._write_to_customers(template)

    def _customer_template(self, registered, origin):
        """The template that the customer is written with, if any.

        :param bool registered: the case was created in this transaction
        :param origin: the state that it had before
        """
        self.ensure_one()
        changed = self.stage_id != origin
        of_stage = changed and self._state_template(self.stage_id, self.response)
        return of_stage or (registered and self.area_id.ack_template_id)

    def _state_template(self, stage, response):
        """The template of a state; without an answer, not one that says that there is one.

        :param str response: HTML
        """
        template = stage.customer_template_id
        if not template or not is_html_empty(response):
            return template
        # ``env.ref`` would ask the database for each case.
        other = template.browse(self.env["ir.model.data"]._xmlid_to_res_id(WITHOUT_ANSWER))
        # Both are read at once, in the language of the mail.
        template, other = (one.with_prefetch((template | other).ids) for one in (template, other))
        body = template.with_context(lang=self.addressee_lang).body_html
        return other if ANSWER in (body or "") else template

    def _write_to_customers(self, template, addresses=None):
        """Put a mail into the queue for each customer of each case.

        :param dict addresses: as of ``_customer_addresses``, which are the default
        """
        addresses = addresses or self._customer_addresses()
        by_letter = defaultdict(self.browse)
        for case, values in self._customer_mail_values():
            for addressee in addresses[case.id]:
                by_letter[addressee, tuple(values.items())] |= case
        self.filtered(lambda case: addresses[case.id])._log_missing_sender()
        # Odoo asks each template for the addresses again.
        known = with_server_value(template.sudo(), "atencion_addresses", addresses)
        for (addressee, values), cases in by_letter.items():
            cases._write_to(addressee, known, dict(values))
        if by_letter:
            self._trigger_mail_queue()

    def _log_missing_sender(self):
        """Note on cases whose customers are written to that they cannot answer."""
        bodies = {case.id: case.company_id._missing_sender_text() for case in self}
        bodies = {case_id: text for case_id, text in bodies.items() if text}
        self.browse(bodies)._message_log_batch(bodies=bodies)

    def _write_to(self, addressee, template, values):
        """Write a mail to one addressee of each case: the requester, or the holder.

        If the template fails for a case, its log says so and why, an administrator is asked to
        mend it, and neither the agent's work nor the mails of other cases are affected.

        :param str addressee: ``requester`` or ``holder``
        :param template: ``mail.template``, with ``sudo``
        :param dict values: of the mail, the same for all the cases
        """
        template = with_server_value(template, "atencion_addressee", addressee)
        try:
            with contained(self.env):
                template.send_mail_batch(self.ids, email_values=values)
        except OperationalError:
            # The database asks to repeat the transaction.
            raise
        except Exception as error:
            if len(self) > 1:
                for case in self:
                    case._write_to(addressee, template, values)
                return
            _logger.exception("Case %s: the mail to its customer cannot be made", self.id)
            self._note_template_failure(template, error)

    def _customer_mail_values(self):
        """Pairs of a case and the values that its mails to customers have in common."""
        defaults = {case.id: case.company_id.email_formatted for case in self}
        replies = self._notify_get_reply_to_batch(
            defaults, {case.id: case.company_id.partner_id.id for case in self}
        )
        for case in self:
            yield (
                case,
                {
                    "author_id": case.company_id.partner_id.id,
                    "headers": repr(AUTOMATIC_HEADERS),
                    "reply_to": replies[case.id],
                },
            )

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), *PLACEHOLDERS)
