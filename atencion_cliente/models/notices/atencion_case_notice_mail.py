import logging
from collections import Counter, defaultdict
from typing import NamedTuple

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models

from ...tools import audience
from ..base.contained import contained
from ..base.server_context import server_value, with_server_value

_logger = logging.getLogger(__name__)

# The transaction has asked for a run of the mail queue (see ``base/contained.py``).
TRIGGERED = "atencion.mail_queue"
TEMPLATE = "atencion_cliente.mail_template_case_notice"
# Keeps automatic responders from answering, which could start a loop (RFC 3834, and Exchange).
AUTOMATIC_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
# Types of messages that no person writes.
AUTOMATIC_MESSAGES = ("auto_comment", "notification", "user_notification")

# Programs that read mail have no margins of their own in common.
BLOCK = Markup('<p style="margin: 16px 0 4px 0"><b>%s</b></p><div>%s</div>')
LINK = Markup('<a style="display: inline-block; margin: 16px 0" href="%s">%s</a>')

# Expressions that templates of cases may use, also when their author may not write code.
PLACEHOLDERS = (
    "object.subject",
    "object.stage_id.name",
    "object.area_id.name",
    "object.requester_name",
    "object.notice_reasons",
    "object.notice_details",
    "object.notice_link",
)


class Letter(NamedTuple):
    """An e-mail notice: the values of its message, and its HTML."""

    message_values: dict
    body: str


class Reasons(dict):
    """The texts of a notice by case id. Hashed by identity, as a context key has to be."""

    __hash__ = object.__hash__


class AtencionCaseNoticeMail(models.Model):
    """Puts the e-mail notices of a transaction into the mail queue, in one batch."""

    _inherit = "atencion.case"

    # Fields for the template of notices: a template that only shows fields is rendered ten
    # times as fast as one that computes.
    notice_reasons = fields.Html(
        "Reasons of the notice",
        compute="_compute_notice_reasons",
        sanitize=False,
        groups="base.group_user",
        exportable=False,
        help="For the template of notices: what happened to the case.",
    )
    notice_details = fields.Html(
        "Description and notes",
        compute="_compute_notice_details",
        # Of fields that were sanitized when they were saved.
        sanitize=False,
        groups="base.group_user",
        exportable=False,
        help="For the template of notices: the deadline, the description and the notes.",
    )
    notice_link = fields.Html(
        "Link to the case",
        compute="_compute_notice_link",
        sanitize=False,
        groups="base.group_user",
        exportable=False,
        help="For the template of notices: it opens the case in Odoo.",
    )

    @api.depends_context("lang", "atencion_reasons")
    def _compute_notice_reasons(self):
        reasons = server_value(self.env, "atencion_reasons") or {}
        for case in self:
            case.notice_reasons = reasons.get(case.id, "")

    @api.depends_context("lang")
    @api.depends("deadline_at", "stage_note", "description", "note_ids.body")
    def _compute_notice_details(self):
        for case in self:
            blocks = [
                (self.env._("Deadline"), case._deadline_text() or False),
                (self.env._("Note of the state"), case.stage_note),
                (self.env._("Description"), case.description),
                *((note.name, note.body or "") for note in case.note_ids),
            ]
            case.notice_details = Markup().join(
                BLOCK % (title, text) for title, text in blocks if text not in (False, None)
            )

    @api.depends_context("lang")
    def _compute_notice_link(self):
        for case in self:
            case.notice_link = LINK % (
                f"{case.get_base_url()}/mail/view?model={case._name}&res_id={case.id}",
                self.env._("Open the case"),
            )

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), *PLACEHOLDERS)

    @api.model
    def _letters(self, batches):
        """The e-mail of each batch.

        :rtype: list[Letter]
        """
        if not batches:
            return []
        rendered, replies = self._render_batches(batches), self._reply_addresses(batches)
        return [
            Letter(
                self._message_values(batch, batch.recipients[audience.EMAIL])
                | {"subject": subject, "reply_to": reply_to},
                body,
            )
            for batch, (subject, body), reply_to in zip(batches, rendered, replies, strict=True)
        ]

    @api.model
    def _put_into_mail_queue(self, batches, letters, messages):
        """Put the e-mails of batches, whose messages are written, into the mail queue.

        :return: the values of the notifications of their recipients
        """
        mails = (
            self.env["mail.mail"]
            .sudo()
            .create(
                [
                    self._mail_values(batch)
                    | {"body_html": letter.body, "mail_message_id": message.id}
                    for batch, letter, message in zip(batches, letters, messages, strict=True)
                ]
            )
        )
        self._trigger_mail_queue()
        return [
            {
                "author_id": batch.author.id,
                "is_read": True,
                "mail_mail_id": mail.id,
                "mail_message_id": message.id,
                "notification_status": "ready",
                "notification_type": "email",
                "res_partner_id": user.partner_id.id,
            }
            for mail, message, batch in zip(mails, messages, batches, strict=True)
            for user in batch.recipients[audience.EMAIL]
        ]

    @api.model
    def _mail_values(self, batch):
        headers = batch.case._notify_by_email_get_headers(dict(AUTOMATIC_HEADERS))
        return {
            "auto_delete": True,
            "headers": repr(headers),
            "is_notification": True,
            "recipient_ids": [(4, user.partner_id.id) for user in batch.recipients[audience.EMAIL]],
        }

    @api.model
    def _reply_addresses(self, batches):
        """The reply address of each batch: the case, if it can receive mail, else the author."""
        cases = defaultdict(set)
        for batch in batches:
            cases[batch.author].add(batch.case.id)
        addresses = {}
        for author, ids in cases.items():
            defaults = dict.fromkeys(ids, author.email_formatted)
            by_case = self.browse(ids)._notify_get_reply_to_batch(
                defaults, dict.fromkeys(ids, author.id)
            )
            addresses.update(((author, case_id), email) for case_id, email in by_case.items())
        return [addresses[batch.author, batch.case.id] for batch in batches]

    @api.model
    def _render_batches(self, batches):
        """Subject and body of each batch, by the template that an administrator edits.

        A template renders a case once per call, so further batches of a case are rendered
        in further rounds.
        """
        turns, rounds = Counter(), defaultdict(list)
        for batch in batches:
            key = (batch.case.env.lang, batch.case.id)
            rounds[batch.case.env.lang, turns[key]].append(batch)
            turns[key] += 1
        rendered = {}
        for (language, _turn), served in rounds.items():
            rendered.update(self._render_round(language, served))
        return [rendered[id(batch)] for batch in batches]

    @api.model
    def _render_round(self, language, batches):
        ids = [batch.case.id for batch in batches]
        reasons = Reasons((batch.case.id, batch.body) for batch in batches)
        try:
            with contained(self.env):
                # ``env.ref`` would ask the database whether the template exists.
                template_id = self.env["ir.model.data"]._xmlid_to_res_id(TEMPLATE, True)
                template = self.env["mail.template"].sudo().browse(template_id)
                template = template.with_context(lang=language)
                template = with_server_value(template, "atencion_reasons", reasons)
                subjects = template._render_field("subject", ids)
                bodies = template._render_field("body_html", ids)
        except OperationalError:
            # The database asks to repeat the transaction.
            raise
        except Exception as error:
            # The notice is sent all the same, as a plain list of its reasons.
            _logger.exception("The e-mail notice of cases %s cannot be rendered", ids)
            batches[0].case._ask_to_mend(template, error.__cause__ or error)
            return {id(one): (one.case._full_label(), one.body) for one in batches}
        return {id(one): (subjects[one.case.id], bodies[one.case.id]) for one in batches}

    @api.model
    def _trigger_mail_queue(self):
        """Run the mail queue after the commit, instead of at its next turn.

        Once for all that a transaction puts into it.
        """
        asked = self.env.cr.precommit.data.setdefault(TRIGGERED, {})
        if asked:
            return
        asked[True] = True
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.ir_cron_mail_scheduler_action")
        cron = self.env["ir.cron"].sudo().browse(cron_id)
        # All that Odoo reads of it.
        cron.fetch(["active"])
        cron._trigger()

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        """Mark messages that no person writes, as that of an assignment, as automatic."""
        values = dict(additional_values or {})
        if message.message_type in AUTOMATIC_MESSAGES:
            values["headers"] = AUTOMATIC_HEADERS | (values.get("headers") or {})
        return super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=values
        )
