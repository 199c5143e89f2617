from odoo import fields, models

from ...tools.mail_kind import MailKind

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


class AtencionIncomingMail(models.Model):
    """A mail that was received, what it is, and what became of it."""

    _name = "atencion.incoming.mail"
    _description = "Received mail"
    _order = "id desc"

    digest = fields.Char("SHA-256 of the mail", required=True, readonly=True)
    email_from = fields.Char("From", readonly=True)
    email_normalized = fields.Char("Address", readonly=True)
    email_to = fields.Char("To", readonly=True)
    subject = fields.Char(readonly=True)
    message_id = fields.Char("Message-ID", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    rule = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("open", "Being filed"),
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
    case_id = fields.Many2one("atencion.case", "Case", readonly=True, ondelete="set null")
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Binary("Original mail", attachment=True, readonly=True)
    size = fields.Integer("Size in bytes", readonly=True)

    _digest_unique = models.UniqueIndex("(digest)")
