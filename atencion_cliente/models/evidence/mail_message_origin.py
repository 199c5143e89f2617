from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.evidence import OWN_TYPES, is_ours, is_sender_of, reaches_only
from ..base.server_context import server_value

# Context key: the system logs which values of a record have changed.
TRACKING = "atencion_tracking"
# Context key: a mail of a template is made, which Odoo creates as the superuser.
MAILING = "atencion_mailing"
# How far the clock of a program may be from ours.
CLOCKS = timedelta(minutes=5)
# What says who wrote a message, when and how. The defaults of a context say it, too.
ORIGIN = (
    *("author_id", "date", "email_from", "message_type", "model", "reply_to"),
    "tracking_value_ids",
)
# Kinds that the conversation shows like lines of the log, or as said by the system.
LOGGED = frozenset({"auto_comment", "notification"})


class MailMessage(models.Model):
    """Whoever writes a message in a record of ours writes it now and in their own name.

    Odoo lets the staff choose author, sender, date and kind. The system itself (``sudo``) and
    the mail gateway are free.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_of_user():
            context = self.env.context
            defaults = {name: context.get(f"default_{name}") for name in ORIGIN}
            for vals in vals_list:
                if is_ours(vals.get("model", defaults["model"])):
                    self._refuse_forged(defaults | vals)
        return super().create(vals_list)

    @api.model
    def _is_of_user(self):
        """Whether what is written is the word of the user, and not of the system."""
        if server_value(self.env, "atencion_arrival"):
            return False
        return not self.env.su or bool(server_value(self.env, MAILING))

    @api.model
    def _refuse_forged(self, vals):
        """Refuse a message in the name of somebody else, of another moment, or of another kind.

        Users write in their own name. Templates write in that of the company, and what the
        system logs is of its own user.

        :raise AccessError: says what the message would pretend
        """
        self.env.user._refuse_as_auditor()
        date = fields.Datetime.to_datetime(vals.get("date") or None)
        if date and abs(date - fields.Datetime.now()) > CLOCKS:
            raise AccessError(
                self.env._("A message has the moment at which it is written: leave out its date.")
            )
        if vals.get("tracking_value_ids") and not server_value(self.env, TRACKING):
            raise AccessError(self.env._("Only the system logs which values have changed."))
        if (vals.get("message_type") or "comment") not in OWN_TYPES:
            raise AccessError(
                self.env._("Only what arrives from outside is a message of this kind.")
            )
        self._refuse_other_author(vals)
        self._refuse_other_sender(vals.get("email_from"), vals.get("reply_to"))

    @api.model
    def _refuse_other_author(self, vals):
        author, own = vals.get("author_id"), self.env.user.partner_id.id
        if not author or author == own:
            return
        # A template of the company may be stored as a note; a user does not log in its name.
        logs = vals.get("message_type") in LOGGED and not server_value(self.env, MAILING)
        if logs or author not in self.env.companies.partner_id.ids:
            raise AccessError(
                self.env._("Messages are written in one's own name: leave out their author.")
            )

    @api.model
    def _refuse_other_sender(self, sender, reply_to):
        """Refuse a sender, or an address for answers, of neither the user nor the company.

        :raise AccessError: says what to leave out
        """
        own = self.env.user.partner_id.email_formatted
        sender, reply_to = sender or own, reply_to or own
        if sender == own and reply_to == own:
            return
        # sudo: of the domains, users know the addresses only.
        domains = self.env.companies.sudo().alias_domain_id
        people = self.env.user.partner_id | self.env.companies.partner_id
        known = {*_lower(people.mapped("email_formatted")), *_lower(people.mapped("email"))}
        known |= {*_lower(people.mapped("email_normalized"))}
        known |= {*_lower(domains.mapped("default_from_email"))}
        known |= {*_lower(domains.mapped("catchall_email"))}
        if sender.lower() not in known and not is_sender_of(
            sender, known, {*_lower(people.mapped("name"))}
        ):
            raise AccessError(
                self.env._("Messages are written in one's own name: leave out their sender.")
            )
        if not reaches_only(reply_to, known, {*_lower(domains.mapped("name"))}):
            raise AccessError(
                self.env._("Answers come to the company: leave out the address for answers.")
            )


def _lower(texts):
    return (text.strip().lower() for text in texts if text)
