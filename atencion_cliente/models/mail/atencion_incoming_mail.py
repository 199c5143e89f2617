from markupsafe import Markup

from odoo import api, fields, models

from ...tools.addresses import TAG
from ...tools.mail_kind import MailKind
from ...tools.mail_parts import read_mail
from ...tools.mail_text import mail_text

KINDS = [
    (MailKind.PERSON.value, "From a person"),
    (MailKind.QUIET.value, "From a person, without automatic answer"),
    (MailKind.OWN.value, "Our own"),
    (MailKind.BOUNCE.value, "Not delivered"),
    (MailKind.COMPLAINT.value, "Complaint of abuse"),
    (MailKind.DELAY.value, "Delayed"),
    (MailKind.ADMIN.value, "Without a sender"),
    (MailKind.AUTO.value, "Automatic answer"),
    (MailKind.LIST.value, "Mailing list"),
    (MailKind.SPAM.value, "Spam"),
]
# What waits for a person, or for another attempt.
UNDECIDED = ("open", "held", "failed")
ADMINISTRATOR = "atencion_cliente.group_manager"
LINK = Markup('<p><a href="%s">%s</a></p>')
PATH = "/odoo/atencion-received-mails"
# Characters of a mail that its row shows.
MAX_SHOWN = 5_000


class AtencionIncomingMail(models.Model):
    """A mail that was received, what it is, and what became of it.

    Only the mail gateway writes rows: no user has the right.
    """

    _name = "atencion.incoming.mail"
    _description = "Received mail"
    _inherit = ["atencion.bounds", "atencion.readable.links"]
    _order = "id desc"
    _rec_name = "subject"

    digest = fields.Char("SHA-256 of the mail", required=True, readonly=True)
    content_digest = fields.Char("SHA-256 of what it says", readonly=True)
    email_from = fields.Char("Sender", readonly=True)
    email_normalized = fields.Char("Address", readonly=True)
    email_to = fields.Char("To", readonly=True)
    subject = fields.Char(readonly=True)
    message_id = fields.Char("Message-ID", readonly=True)
    kind = fields.Selection(KINDS, "Kind of mail", readonly=True)
    rule = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("open", "To be tried again"),
            ("case", "New case"),
            ("message", "Message on a case"),
            ("dropped", "Not filed"),
            ("held", "To be decided"),
            ("failed", "Failed"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    detail = fields.Text("Reason", readonly=True)
    area_id = fields.Many2one(
        "atencion.area", "Service area", readonly=True, ondelete="set null", index="btree_not_null"
    )
    case_id = fields.Many2one(
        "atencion.case", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    source = fields.Binary("Original mail", attachment=True, readonly=True, groups=ADMINISTRATOR)
    source_name = fields.Char(compute="_compute_source_name")
    text = fields.Text("What it says", compute="_compute_text", groups=ADMINISTRATOR)
    size = fields.Integer("Size in bytes", readonly=True)
    attempts = fields.Integer(readonly=True, default=0)
    next_attempt_at = fields.Datetime("Next attempt", readonly=True)
    told_at = fields.Datetime(
        "Sender told of files left out",
        readonly=True,
        help="When the sender was told how to deliver files that were too large.",
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)
    to_do_id = fields.Many2one(
        "mail.activity", "To-do", readonly=True, ondelete="set null", index="btree_not_null"
    )
    brought_for_cases = fields.Boolean(
        readonly=True, help="The mailbox that brought it makes cases of all mails."
    )

    _digest_unique = models.UniqueIndex("(digest)")
    _sender = models.Index("(email_normalized, create_date)")
    _mailbox = models.Index(rf"(regexp_replace(email_normalized, '{TAG}', '@'), create_date)")
    _message_id = models.Index("(message_id) WHERE message_id IS NOT NULL")
    _to_try = models.Index("(next_attempt_at) WHERE outcome = 'open'")
    _undecided = models.Index("(id) WHERE outcome IN ('open', 'held', 'failed')")

    @api.depends("subject")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for mail in self:
            mail.display_name = mail.subject or self.env._("(no subject)")

    def _compute_source_name(self):
        for mail in self:
            mail.source_name = f"{mail.digest[:12]}.eml"

    def _compute_text(self):
        for mail in self:
            # sudo: the file of the original; who reads this field reads it. The web client asks
            # for the sizes of files instead.
            source = mail.sudo().with_context(bin_size=False)._source_file().raw or b""
            mail.text = mail_text(read_mail(source))[:MAX_SHOWN] or False

    def _in_words(self, company=None):
        """The rows in the language of a company, by default theirs: no user writes the text."""
        company = company or self.company_id
        lang = company.partner_id.lang or self.env.user.lang
        return self.with_context(lang=lang)

    # -------------------------------------------------------------------------
    # The original
    # -------------------------------------------------------------------------

    def _keep_source(self, source):
        """Keep the original mail beside its row, unless it is kept."""
        self.ensure_one()
        if not self._source_file():
            self.env["ir.attachment"].create(
                {
                    "name": self.source_name,
                    "raw": source,
                    "mimetype": "message/rfc822",
                    "res_model": self._name,
                    "res_field": "source",
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
            self.invalidate_recordset(["source"])

    def _source_file(self):
        """The file of the original mail; it may be empty."""
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "source"),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )

    # -------------------------------------------------------------------------
    # Who decides
    # -------------------------------------------------------------------------

    @api.model
    def _administrator(self, company):
        """Who decides about the mails of a company: an administrator of the service, or of Odoo.

        :param company: empty for a mail of no company
        """
        users = self.env["res.users"]
        for group in (ADMINISTRATOR, "base.group_system"):
            found = users.search(
                [
                    ("all_group_ids", "in", self.env.ref(group).id),
                    ("share", "=", False),
                    *([("company_ids", "in", company.ids)] if company else []),
                ],
                # People who were made administrators, before the user that Odoo creates.
                order="id desc",
                limit=1,
            )
            if found:
                return found
        return users

    def _ask_administrator(self):
        """Leave one to-do for an administrator, as long as another one is open."""
        self.ensure_one()
        user = self._administrator(self.company_id)
        if not user:
            return
        if self.search_count([("to_do_id.user_id", "=", user.id)], limit=1):
            return
        model = self._in_words()
        # Of no record: Odoo wants a chatter on those that have activities.
        self.to_do_id = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True)
            .create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "user_id": user.id,
                    "summary": model.env._("Received mails wait for a decision"),
                    "note": LINK % (PATH, model.env._("See the received mails")),
                }
            )
        )
