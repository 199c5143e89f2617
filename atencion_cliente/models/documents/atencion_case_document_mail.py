import logging
from datetime import timedelta

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ..base.contained import contained
from ..base.public_method import public

_logger = logging.getLogger(__name__)

# Number of cases whose reminders are committed together.
BATCH = 100
REMINDER = "atencion_cliente.mail_template_case_document_reminder"
REQUEST = "atencion_cliente.mail_template_case_documents"


class AtencionCaseDocumentMail(models.Model):
    """Requests for documents and reminders, which the customer gets by e-mail."""

    _inherit = "atencion.case"

    document_reminder_count = fields.Integer(
        "Reminders of documents",
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
        help="How often the customer was reminded since the case began to wait.",
    )
    document_reminded_on = fields.Date(
        "Reminded of documents on",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    awaits_documents = fields.Boolean(
        compute="_compute_awaits_documents",
        help="The customer still has to hand something over.",
    )
    # Fields for the mail templates.
    requested_documents = fields.Html(
        "Documents to hand over",
        compute="_compute_requested_documents",
        groups="base.group_user",
        exportable=False,
        sanitize=False,
        help="What the customer still has to hand over: why a document was rejected, and "
        "until when.",
    )
    customer_documents = fields.Html(
        "Documents that the case waits for",
        compute="_compute_requested_documents",
        groups="base.group_user",
        exportable=False,
        sanitize=False,
        help="The same, and empty unless the case waits for documents.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {
            "document_reminder_count",
            "document_reminded_on",
        }

    @api.depends("document_ids.state")
    def _compute_awaits_documents(self):
        for case in self:
            case.awaits_documents = bool(case._awaited_documents())

    @api.depends_context("lang")
    @api.depends("document_ids.state", "document_ids.reason", "document_ids.due_date", "stage_id")
    def _compute_requested_documents(self):
        for case in self:
            block = case._awaited_documents_html()
            if block:
                title = self.env._("Documents that we need from you")
                block = Markup("<p><b>%s</b></p>%s") % (title, block)
            case.requested_documents = block
            case.customer_documents = case.stage_id.waits_for_documents and block

    def _awaited_documents(self):
        """The documents that the customer still has to hand over, mandatory ones first."""
        awaited = self.document_ids.filtered(
            lambda document: document.state in ("pending", "rejected")
        )
        return awaited.sorted(lambda document: not document.mandatory)

    def _awaited_documents_html(self):
        """The documents that the customer has to hand over, as an HTML list or empty.

        :rtype: Markup
        """
        rows = [
            Markup("<li>%s</li>") % document._customer_text()
            for document in self._awaited_documents()
        ]
        return Markup("<ul>%s</ul>") % Markup().join(rows) if rows else Markup()

    @public(one=True)
    def action_request_documents(self):
        """Open an e-mail to the customer with the documents that they have to hand over.

        :raise UserError: there are none
        """
        self.check_access("write")
        if not self._awaited_documents():
            raise UserError(
                self.env._(
                    "%(case)s: no document is pending. Add to its documents what the "
                    "customer has to hand over.",
                    case=self.display_name,
                )
            )
        return self._open_composer(REQUEST) | {"name": self.env._("Request documents")}

    # -------------------------------------------------------------------------
    # Reminders
    # -------------------------------------------------------------------------

    def _stage_values(self, change, moment):
        values = super()._stage_values(change, moment)
        if change.stage.requires_pending_document:
            values |= {"document_reminder_count": 0, "document_reminded_on": False}
        return values

    @api.model
    def _cron_remind_documents(self):
        """Remind customers of the documents that their cases wait for.

        Each batch is committed with the day of its reminders, so that a run that is
        interrupted, or repeated on the same day, reminds nobody twice.
        """
        cron = self.env["ir.cron"]
        ids = self._search_document_reminders().ids
        seconds = cron._commit_progress(remaining=len(ids)) if ids else 0
        for batch in split_every(BATCH, ids):
            if not seconds:
                break
            self._send_document_reminders(batch)
            seconds = cron._commit_progress(len(batch))

    @api.model
    def _search_document_reminders(self):
        """The cases that may be due for a reminder; ``_is_document_reminder_due`` decides."""
        case_types = (
            self.env["atencion.case.type"]
            .sudo()
            .with_context(active_test=False)
            .search([("reminder_days", ">", 0), ("max_reminders", ">", 0)])
        )
        cases = self.sudo()
        found = cases.browse()
        for company in self.env["res.company"].sudo().search([]) if case_types else ():
            for case_type in case_types:
                last = company._today() - timedelta(days=case_type.reminder_days)
                began = company._start_of(last + timedelta(days=1))
                found |= cases.search(
                    Domain("company_id", "=", company.id)
                    & Domain("type_id", "=", case_type.id)
                    & Domain("stage_id.waits_for_documents", "=", True)
                    & Domain("stage_id.is_closed", "=", False)
                    & Domain("document_reminder_count", "<", case_type.max_reminders)
                    & (
                        Domain("document_reminded_on", "<=", last)
                        | Domain("document_reminded_on", "=", False)
                    )
                    & Domain("stage_since", "<", began)
                    & Domain("document_ids.state", "in", ("pending", "rejected"))
                )
        return found.sorted("id")

    @api.model
    def _send_document_reminders(self, ids):
        """Send the reminders of some cases, except cases that another transaction has locked.

        :param list ids: of the cases
        """
        try:
            cases = self.sudo().browse(ids).try_lock_for_update(allow_referencing=True)
            for case in cases.filtered(lambda case: case._is_document_reminder_due()):
                case._send_document_reminder()
        except OperationalError as error:
            # Another transaction changed one of the cases: the next run finds them again.
            self.env.cr.rollback()
            _logger.info("Reminders of documents are left for the next run: %s", error)

    def _is_document_reminder_due(self):
        """Whether a reminder is due.

        It is if a mandatory document is awaited, or any document while the state of the case
        requires a pending one.
        """
        self.ensure_one()
        awaited = self._awaited_documents()
        return bool(
            awaited
            and (self.stage_id.requires_pending_document or any(awaited.mapped("mandatory")))
        )

    def _send_document_reminder(self):
        """Send a reminder and count it; a failure is logged and not raised.

        A case whose customer has no e-mail address gets a message in its log instead.
        """
        self.ensure_one()
        try:
            with contained(self.env):
                self._write_checked(
                    {
                        "document_reminder_count": self.document_reminder_count + 1,
                        "document_reminded_on": self.company_id._today(),
                    }
                )
                if self._customer_addresses()[self.id]:
                    self._write_to_customers(self.env.ref(REMINDER))
                else:
                    self._message_log(
                        body=self.env._(
                            "The customer was not reminded of their documents: they have no "
                            "e-mail address."
                        )
                    )
        except OperationalError:
            raise
        except Exception:
            _logger.exception("Case %s: its customer cannot be reminded", self.id)
