from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import audience
from ...tools.whatsapp import chat_link, fill_in, is_too_long
from ..base.public_method import public
from ..base.server_context import with_server_value


class AtencionCaseWhatsapp(models.Model):
    """Chats with the customer, by links: no provider, and nothing is known of what was sent."""

    _inherit = "atencion.case"

    @public(one=True)
    def action_open_whatsapp(self):
        """Open the dialog that writes to the requester."""
        return self._whatsapp_dialog(
            "atencion.whatsapp.opening", default_addressee=audience.REQUESTER
        )

    @public(one=True)
    def action_open_holder_whatsapp(self):
        """Open the dialog that writes to the holder."""
        return self._whatsapp_dialog("atencion.whatsapp.opening", default_addressee=audience.HOLDER)

    @public(one=True)
    def action_paste_whatsapp(self):
        """Open the dialog that keeps a conversation on the case."""
        return self._whatsapp_dialog("atencion.whatsapp.chat")

    def _whatsapp_dialog(self, model, **defaults):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id, **defaults},
        }

    # -------------------------------------------------------------------------
    # To the customer
    # -------------------------------------------------------------------------

    def _chat_text(self, text, addressee):
        """What a chat begins with, in the language of the customer, with the plain address.

        :param text: ``atencion.whatsapp.text``; without one the text says number and state
        :param str addressee: ``requester`` or ``holder``
        """
        case = with_server_value(self, "atencion_addressee", addressee)
        case = case.with_context(lang=case.addressee_lang)
        values = {
            "company": case.company_id.name,
            "link": case._customer_url(),
            "name": case.addressee_name or "",
            "number": case.name,
            "state": case.customer_stage or "",
        }
        usual = case.env._(
            "Hello, {name}: about your case {number}.\nState: {state}\nYou can see it here: {link}"
        )
        return fill_in(text.with_env(case.env).body or usual, values)

    def _open_chat(self, addressee, text):
        """The link that opens a chat with the customer; the log says what it was opened with.

        The user has to write the case. The link with the token is in the chat alone.

        :param str addressee: ``requester`` or ``holder``
        :raise UserError: they have no mobile number, or the text is too long for a link
        """
        self.check_access("write")
        # sudo: the user may not read the contacts of the case.
        case = self.sudo()
        number = case._chat_numbers()[addressee]
        if not number:
            raise UserError(self.env._("There is no mobile number. Enter it on the case first."))
        link = chat_link(number, case._with_shared_url(text, case._chat_partner(addressee)))
        if is_too_long(link):
            raise UserError(self.env._("WhatsApp opens no text as long as this one. Shorten it."))
        self._message_log(
            body=Markup("<b>%s</b> +%s<br/>%s")
            % (
                self.env._("WhatsApp opened; whether it was sent is not known:"),
                number,
                Markup("<br/>").join(text.splitlines()),
            )
        )
        return link

    def _chat_partner(self, addressee):
        """The contact whose telephone it is; empty for a typed requester.

        :param str addressee: ``requester`` or ``holder``
        """
        if addressee == audience.REQUESTER and (self.requester_id.phone or self.requester_phone):
            return self.requester_id
        return self.partner_id

    # -------------------------------------------------------------------------
    # To the company
    # -------------------------------------------------------------------------

    def _company_chat_link(self):
        """The link by which the customer asks the company about this case; it may be empty."""
        self.ensure_one()
        text = self.env._("Hello, my case is %s.", self.name)
        # sudo: of the company, customers read no more than this link.
        return self.sudo().company_id._whatsapp_link(text)

    @api.depends("company_id.case_whatsapp", "name")
    def _compute_customer_link(self):
        """Mails end with the company's number, too."""
        result = super()._compute_customer_link()
        for case in self:
            case.customer_link += case._company_chat_line()
        return result

    def _company_chat_line(self):
        link = self._company_chat_link()
        line = Markup('<p><a href="%s">%s</a></p>')
        return line % (link, self.env._("Write to us by WhatsApp")) if link else Markup()

    def _mail_closing_line(self):
        return super()._mail_closing_line() + self._company_chat_line()
