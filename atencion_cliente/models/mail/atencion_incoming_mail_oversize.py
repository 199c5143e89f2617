from markupsafe import Markup

from odoo import fields, models

from ...tools.mail_digest import kept
from ...tools.mail_kind import MailKind

# A sender is told once in this time how to deliver what was left out.
HOURS_BETWEEN = 24
MEGABYTE = 1024 * 1024


class AtencionIncomingMailOversize(models.Model):
    """Files that are too large: the case says which were left out, and their sender hears it."""

    _inherit = "atencion.incoming.mail"

    def _tell_left_out(self, received, left_out):
        """Tell what was left out of a mail that was filed on a case.

        :param ReceivedMail received: the mail
        :param left_out: what ``tools.mail_repair`` left out
        """
        case = self.env["atencion.case"].browse(received.case_id if left_out else None).exists()
        if not case:
            return
        case = case.with_user(self.env.ref("base.user_root")).sudo()
        model = self._in_words(case.company_id)
        names = Markup("").join(
            Markup("<li>%s (%.1f MB)</li>") % (kept(one.name, 200), one.size / MEGABYTE)
            for one in left_out
        )
        title = model.env._("Files of the mail that were too large, and are not here:")
        case._message_log(body=Markup("<p>%s</p><ul>%s</ul>") % (title, names))
        if self._hears_of_left_out(received):
            self.told_at = fields.Datetime.now()
            self._write_of_left_out(case, received, names)

    def _tell_cut(self, received):
        """Say on the case of a mail that it has more files; its original is kept."""
        case = self.env["atencion.case"].browse(received.case_id if received.is_cut else None)
        if case.exists():
            case = case.with_user(self.env.ref("base.user_root")).sudo()
            model = self._in_words(case.company_id)
            text = model.env._(
                "The mail has more files than are here. The others are in its original, which "
                "an administrator finds under Received mails."
            )
            case._message_log(body=text)

    def _hears_of_left_out(self, received):
        """Whether a sender is a person who was not told for a day."""
        if received.kind is not MailKind.PERSON or received.is_forged:
            return False
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=HOURS_BETWEEN)
        told = [("email_normalized", "=", self.email_normalized), ("told_at", ">=", since)]
        return not self.search_count(told, limit=1)

    def _write_of_left_out(self, case, received, names):
        """Write to the sender how to deliver files that were left out."""
        settings = self._mail_settings()
        model = self._in_words(case.company_id)
        text = model.env._(
            "We received your message as %(case)s, but these files are too large for a mail. "
            "Please answer this mail with smaller files, of at most %(size)s MB in each mail.",
            case=case.name,
            size=settings.size_limit // MEGABYTE,
        )
        partner = case.requester_id | case.partner_id
        partner = partner.filtered(lambda one: one.email_normalized == received.sender_address)[:1]
        case.message_post(
            body=Markup("<p>%s</p><ul>%s</ul>") % (text, names),
            message_type="auto_comment",
            subtype_xmlid="mail.mt_note",
            author_id=False,
            email_from=case.company_id.email_formatted or False,
            partner_ids=partner.ids,
            outgoing_email_to=False if partner else received.sender_address,
        )
