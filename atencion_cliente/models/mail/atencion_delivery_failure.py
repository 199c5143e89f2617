from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ...tools.delivery_retry import next_attempt

# Of these, only failures of the address itself count against it.
KINDS = [
    ("waiting", "Tried again later"),
    ("refused", "Refused"),
    ("given_up", "Given up after several attempts"),
    ("bounced", "Returned"),
    ("complaint", "Complaint of abuse"),
    ("stopped", "Not sent: the address does not work"),
]
# Automatic mails to an address stop after so many mails that it refused or returned.
MOST_FAILURES = 2


class AtencionDeliveryFailure(models.Model):
    """A message of a record of ours that one address did not get, and what became of it.

    Sending a mail only writes these rows. What follows, on the case and for people, is done
    by ``_settle`` in a transaction of its own: nothing of it can undo that a mail was sent.
    """

    _name = "atencion.delivery.failure"
    _description = "Mail that was not delivered"
    _inherit = ["atencion.readable.links", "atencion.bounds"]
    _order = "id desc"
    _rec_name = "email"

    message_id = fields.Many2one("mail.message", required=True, readonly=True, ondelete="cascade")
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    case_id = fields.Many2one(
        "atencion.case", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="set null"
    )
    email = fields.Char("Address", readonly=True, required=True, default="")
    is_colleague = fields.Boolean(readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    is_of_address = fields.Boolean("Counts against the address", readonly=True)
    reason = fields.Char(readonly=True)
    attempts = fields.Integer(readonly=True)
    failed_at = fields.Datetime(readonly=True, required=True)
    next_attempt_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("sent", "Sent later"),
            ("heard", "The address wrote"),
            ("changed", "The address was changed"),
            ("dismissed", "No longer needed"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    is_settled = fields.Boolean(readonly=True)
    is_told = fields.Boolean("To-do given", readonly=True)

    _address_unique = models.UniqueIndex("(message_id, email)")
    _unsettled_index = models.Index("(id) WHERE is_settled IS NOT TRUE")
    _against_address_index = models.Index(
        "(email) WHERE is_of_address IS TRUE AND state != 'heard'"
    )

    @api.model
    def _record(self, found):
        """Note failures; of a message that failed before for an address, the row goes on.

        :param list found: values of each failure
        :return: the rows, in the order of ``found``
        """
        # sudo: sending is the work of the system, and nobody writes these rows.
        model = self.sudo()
        known = model.search([("message_id", "in", [vals["message_id"] for vals in found])])
        by_key = {(row.message_id.id, row.email): row for row in known}
        new, rows = {}, model
        for vals in found:
            key = vals["message_id"], vals["email"]
            if key in by_key:
                by_key[key].write(vals | {"state": "open", "is_settled": False})
            else:
                new[key] = vals
        created = model.create(list(new.values()))
        by_key |= {(row.message_id.id, row.email): row for row in created}
        for vals in found:
            rows |= by_key[vals["message_id"], vals["email"]]
        self._trigger_settling()
        return rows

    @api.model
    def _trigger_settling(self):
        """Do what follows after the commit."""
        cron = self.env.ref("atencion_cliente.ir_cron_settle_deliveries", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    def _close(self, state):
        """Note that nothing is missing any more."""
        if self:
            self.write({"state": state, "is_settled": False, "next_attempt_at": False})
            self._trigger_settling()

    @api.model
    def _attempt_values(self, earlier, is_passing):
        """How often a mail was tried, and when it is tried again.

        :param earlier: the rows of the same mail, which may be empty
        :param bool is_passing: whether another attempt may succeed
        """
        attempts = max(earlier.mapped("attempts"), default=0) + 1
        now = fields.Datetime.now()
        due = next_attempt(attempts, now) if is_passing else None
        kind = "waiting" if due else "given_up" if is_passing else "refused"
        return {
            "attempts": attempts,
            "failed_at": now,
            "kind": kind,
            "next_attempt_at": due or False,
        }

    @api.model
    def _values_of(self, mail, email, partner, failure):
        """The values of a failure of sending.

        :param str email: normalized; empty without a valid one
        :param partner: empty for a typed address
        """
        return self._values_of_recipient(mail.mail_message_id, email or mail.email_to, partner) | {
            "is_of_address": failure.is_of_address,
            "mail_id": mail.id,
            "reason": failure.reason,
        }

    @api.model
    def _values_of_stopped(self, mail, email, partner):
        """The values of a mail that was not sent, as its address does not work."""
        return self._values_of_recipient(mail.mail_message_id, email, partner) | {
            "failed_at": fields.Datetime.now(),
            "kind": "stopped",
            "mail_id": mail.id,
        }

    @api.model
    def _values_of_recipient(self, message, email, partner):
        return {
            "case_id": message.res_id if message.model == "atencion.case" else False,
            "email": email or partner.email or partner.name or "",
            "is_colleague": bool(partner) and not partner.partner_share,
            "message_id": message.id,
            "partner_id": partner.id,
        }

    @api.model
    def _dead_addresses(self, emails):
        """Those of some addresses to which nothing automatic is sent any more.

        :param emails: normalized
        :rtype: set[str]
        """
        against = Domain("email", "in", list(emails)) & Domain("is_of_address", "=", True)
        groups = self.sudo()._read_group(
            against & Domain("state", "!=", "heard"), ["email", "kind"], ["__count"]
        )
        counts, dead = {}, set()
        for email, kind, count in groups:
            counts[email] = counts.get(email, 0) + count
            if kind == "complaint" or counts[email] >= MOST_FAILURES:
                dead.add(email)
        return dead

    # -------------------------------------------------------------------------
    # What follows
    # -------------------------------------------------------------------------

    @api.model
    def _cron_settle(self, batch=100):
        """Mark cases, and give to-dos, after mails failed or were sent after all."""
        rows = self.sudo()
        rows._close_changed()
        unsettled = rows.search([("is_settled", "=", False)], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(unsettled))
        for start in range(0, len(unsettled), batch):
            unsettled[start : start + batch].exists()._settle()
            cron._commit_progress(min(batch, len(unsettled) - start))

    @api.model
    def _close_changed(self):
        """Close what failed at an address that its partner no longer has."""
        still = self.search([("state", "=", "open"), ("partner_id", "!=", False)])
        still.filtered(
            lambda row: (
                row.email not in (*email_normalize_all(row.partner_id.email), row.partner_id.email)
            )
        )._close("changed")

    def _settle(self):
        """Bring cases and to-dos up to date with these failures."""
        self.is_settled = True
        for row in self.filtered(lambda row: row.case_id and not row.is_colleague):
            row.case_id._tell_of_failure(row)
        for row in self.filtered("is_colleague"):
            row._tell_administrators()
        self.case_id._mark_undelivered()

    def _is_to_be_told(self):
        """Whether somebody has to do something about it, and has not been asked yet."""
        self.ensure_one()
        ends = self.kind not in ("waiting", "stopped") and self.state == "open"
        return ends and not self.is_told

    def _tell_administrators(self):
        """One to-do about the address of a colleague, whatever the number of mails.

        It is on the contact of the colleague: the case may be confidential.
        """
        if not (self._is_to_be_told() and self.partner_id):
            return
        same = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("is_told", "=", True),
                ("state", "=", "open"),
            ]
        )
        self.is_told = True
        company = self.case_id.company_id or self.partner_id.user_ids[:1].company_id
        user = company._mail_administrator()
        if same or not user:
            return
        contact = self.partner_id.with_context(lang=user.lang, mail_activity_quick_update=True)
        contact.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=contact.env._("Mails to %s are not delivered", contact.name),
            note=contact.env._(
                "The notices of the customer service do not reach %(address)s: %(reason)s. "
                "Correct the address of the user, or ask whoever manages the mailbox.",
                address=self.email or contact.name,
                reason=self.reason or contact.env._("no reason was given"),
            ),
        )
