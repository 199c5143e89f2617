from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..models.base.public_method import public
from ..models.base.server_context import server_value, with_server_value
from ..models.evidence.mail_message_origin import LOGGED, MAILING
from ..models.mail.atencion_case_third_party import THIRD_PARTIES
from ..tools.addresses import addresses
from ..tools.evidence import is_ours


class MailComposeMessage(models.TransientModel):
    """The composer, which can also write to a customer who is not registered as a contact."""

    _name = "mail.compose.message"
    _inherit = ["atencion.readable.links", "mail.compose.message"]
    _checked_links = frozenset({"atencion_holder_id"})

    atencion_email_to = fields.Char(
        "To the address",
        help="Address of a requester who is not registered, or several of them, separated by "
        "commas. No contact is created for them.",
    )
    atencion_to_third_party = fields.Boolean(
        "To a third party", help="Internal: the customer neither gets this message nor reads it."
    )
    atencion_holder_id = fields.Many2one("res.partner", string="Holder")
    atencion_with_holder = fields.Boolean(
        "Also to the holder", help="The holder of the case gets the e-mail too."
    )

    atencion_is_unaddressed = fields.Boolean(
        "Without an address of the customer",
        compute="_compute_atencion_warnings",
        compute_sudo=False,
    )
    atencion_sender_warning = fields.Char(
        "About the sender", compute="_compute_atencion_warnings", compute_sudo=False
    )

    @api.depends("model", "partner_ids", "atencion_email_to", "record_company_id")
    @api.depends_context("atencion_addressed")
    def _compute_atencion_warnings(self):
        """Nobody gets the answer, or nobody can answer it: said before it is sent."""
        addressed = self.env.context.get("atencion_addressed")
        for composer in self:
            is_answer = addressed and composer.model == "atencion.case"
            is_answer = is_answer and not composer.atencion_to_third_party
            composer.atencion_is_unaddressed = is_answer and not (
                composer.partner_ids or composer.atencion_email_to
            )
            composer.atencion_sender_warning = is_answer and composer._missing_sender_text()

    def _missing_sender_text(self):
        company = self.record_company_id or self.env.company
        own = ""
        if not self.env.user.email:
            own = self.env._(
                "You have no e-mail address: your message has no sender. Enter it in your "
                "preferences."
            )
        return " ".join(filter(None, [company._missing_sender_text(), own])) or False

    @public(one=True)
    def action_atencion_log_call(self):
        """Note a call instead, on the case whose customer has no address."""
        if self.model != "atencion.case":
            return False
        return self.env["atencion.case"].browse(self._evaluate_res_ids()[:1]).action_log_call()

    def _compute_partner_ids(self):
        """Keep the recipients that the case set.

        Odoo would add its suggested recipients, and create a contact for the address of an
        unregistered requester.
        """
        if not self.env.context.get("atencion_addressed"):
            return super()._compute_partner_ids()
        ours = self.filtered(lambda composer: composer.model == "atencion.case")
        for composer in ours:
            composer.partner_ids = composer.partner_ids
        return super(MailComposeMessage, self - ours)._compute_partner_ids()

    @api.onchange("atencion_with_holder")
    def _onchange_atencion_with_holder(self):
        # In an onchange, the recipients are copies of the records.
        chosen = self.partner_ids._origin
        holder = self.atencion_holder_id._origin
        self.partner_ids = chosen | holder if self.atencion_with_holder else chosen - holder

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Odoo creates these mails as the superuser, and notes their delivery as the user."""
        if not is_ours(self.model) or self.env.su:
            return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
        self.env.user._refuse_as_auditor()
        composer = with_server_value(self, MAILING, True)
        mails = super(MailComposeMessage, composer)._action_send_mail_mass_mail(
            res_ids, auto_commit=auto_commit
        )
        return mails.with_env(mails.env(context=self.env.context))

    def _action_send_mail(self, auto_commit=False):
        """A mail to third parties is written on one case, and the case remembers to whom."""
        third = self.filtered(lambda one: one._writes_to_third_party())
        result = super(MailComposeMessage, self - third)._action_send_mail(auto_commit=auto_commit)
        for composer in third:
            case = self.env["atencion.case"].browse(composer._evaluate_res_ids()).ensure_one()
            case.check_access("write")
            emails = case._third_party_addresses(composer.atencion_email_to, composer.partner_ids)
            sender = with_server_value(composer, THIRD_PARTIES, frozenset(emails))
            message = super(MailComposeMessage, sender)._action_send_mail(auto_commit)[1]
            case._record_third_parties(emails, message)
        return result

    def _writes_to_third_party(self):
        return self.atencion_to_third_party and self.model == "atencion.case"

    def action_schedule_message(self):
        """Refuse to send a mail to third parties later: whom it reaches is decided now."""
        if any(one._writes_to_third_party() for one in self):
            raise UserError(
                self.env._("A message to a third party is sent at once: leave out the date.")
            )
        return super().action_schedule_message()

    def _action_send_mail_comment(self, res_ids):
        """What a template says unchanged is the word of the company, also as a note."""
        if not self._is_as_the_template(res_ids):
            return super()._action_send_mail_comment(res_ids)
        composer = with_server_value(self, MAILING, True)
        messages = super(MailComposeMessage, composer)._action_send_mail_comment(res_ids)
        return messages.with_env(self.env)

    def _is_as_the_template(self, res_ids):
        """Whether a note about a record of ours says what its template says."""
        own = self.env.su or self.message_type not in LOGGED or not is_ours(self.model)
        if own or not self.template_id or len(res_ids) != 1:
            return False
        bodies = self.template_id._render_field("body_html", res_ids, compute_lang=True)
        return html2plaintext(bodies[res_ids[0]]) == html2plaintext(self.body or "")

    def _prepare_mail_values(self, res_ids):
        """Mails about many records of ours, which the system sends, are in one's own name, too."""
        values_by_id = super()._prepare_mail_values(res_ids)
        if is_ours(self.model) and not self.env.su and self.composition_mode == "mass_mail":
            for values in values_by_id.values():
                self.env["mail.message"]._refuse_forged(values)
        if server_value(self.env, THIRD_PARTIES):
            # Addresses alone: a contact with a user would read the conversation.
            for values in values_by_id.values():
                values["partner_ids"] = []
        return values_by_id

    def _prepare_mail_values_static(self):
        values = super()._prepare_mail_values_static()
        if self.model != "atencion.case" or self.composition_mode != "comment":
            return values
        third_parties = server_value(self.env, THIRD_PARTIES)
        if third_parties:
            note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
            values |= {"subtype_id": note, "message_type": "comment"}
        if typed := third_parties or addresses(self.atencion_email_to):
            values["outgoing_email_to"] = ", ".join(sorted(typed) if third_parties else typed)
        return values
