from odoo import api, fields, models
from odoo.tools import formataddr

from ...tools import audience, phone
from ...tools.addresses import addresses
from ...tools.whatsapp import chat_link


class AtencionCaseContact(models.Model):
    """How to reach who asks: links on the first screen of a case.

    A registered requester is reached as their contact says, another one as was typed, and
    without either the holder, as by mail (see ``_requesting_partner``).
    """

    _inherit = "atencion.case"

    contact_phone = fields.Char(
        "Phone of the requester", compute="_compute_contact", groups="base.group_user"
    )
    contact_email = fields.Char(
        "E-mail of the requester", compute="_compute_contact", groups="base.group_user"
    )
    contact_whatsapp = fields.Char(
        "WhatsApp",
        compute="_compute_contact_whatsapp",
        groups="base.group_user",
        help="A link that opens a chat with the mobile number. Nothing is sent by it.",
    )
    holder_whatsapp = fields.Char(
        "WhatsApp of the holder",
        compute="_compute_contact_whatsapp",
        groups="base.group_user",
        help="The same for the holder, if their mobile number is another one.",
    )

    @api.depends(
        *("requester_phone", "requester_email", "company_id"),
        *("requester_id.phone", "requester_id.email", "requester_id.country_id"),
        *("partner_id.phone", "partner_id.email", "partner_id.country_id"),
    )
    def _compute_contact(self):
        for case, requester, holder in self._readable_people():
            case.contact_phone = requester.phone or case.requester_phone or holder.phone
            case.contact_email = requester.email or case.requester_email or holder.email

    @api.depends(
        *("requester_phone", "company_id", "requester_id.phone", "requester_id.country_id"),
        *("partner_id.phone", "partner_id.country_id"),
    )
    def _compute_contact_whatsapp(self):
        for case, requester, holder in self._readable_people():
            numbers = case._chat_numbers_of(requester, holder)
            links = {who: chat_link(digits) for who, digits in numbers.items() if digits}
            case.contact_whatsapp = links.get(audience.REQUESTER, False)
            case.holder_whatsapp = links.get(audience.HOLDER, False)

    def _readable_people(self):
        """Each case with its requester and its holder, as far as the user may read them."""
        readable = (self.requester_id | self.partner_id)._filtered_access("read")
        for case in self:
            yield case, case.requester_id & readable, case.partner_id & readable

    def _chat_numbers(self):
        """The mobile numbers by which the customers are reached (see ``_chat_numbers_of``)."""
        self.ensure_one()
        return self._chat_numbers_of(self.requester_id, self.partner_id)

    def _chat_numbers_of(self, requester, holder):
        """The mobile numbers of requester and holder, by addressee; empty without one.

        A requester without a telephone is reached by that of the holder.

        :param requester: ``res.partner``; empty for a typed one
        :return: international digits
        :rtype: dict[str, str]
        """
        country_code = self._requester_country().code
        asked, theirs = (
            phone.mobile_digits(number or "", country_code)
            for number in (requester.phone or self.requester_phone or holder.phone, holder.phone)
        )
        return {audience.REQUESTER: asked, audience.HOLDER: "" if theirs == asked else theirs}

    # -------------------------------------------------------------------------
    # Requesters who are no contacts
    # -------------------------------------------------------------------------

    def _is_typed_requester(self):
        """Whether a person asks who is no contact, and is reached by what was typed."""
        self.ensure_one()
        typed = addresses(self.requester_email) or self.requester_phone
        return not self.requester_id and bool(typed)

    def _typed_sender(self):
        """As whom a typed requester writes: name and address; empty for a contact."""
        if not self._is_typed_requester():
            return ""
        name, emails = self._typed_name(), addresses(self.requester_email)
        return formataddr((name, emails[0])) if emails else name or self.requester_phone
