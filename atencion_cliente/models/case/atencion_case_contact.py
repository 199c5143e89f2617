from odoo import api, fields, models

from ...tools import phone


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
        compute="_compute_contact",
        groups="base.group_user",
        help="A link that opens a chat with the mobile number. Nothing is sent by it.",
    )

    @api.depends(
        *("requester_phone", "requester_email", "company_id"),
        *("requester_id.phone", "requester_id.email", "requester_id.country_id"),
        *("partner_id.phone", "partner_id.email", "partner_id.country_id"),
    )
    def _compute_contact(self):
        readable = (self.requester_id | self.partner_id)._filtered_access("read")
        for case in self:
            requester, holder = case.requester_id & readable, case.partner_id & readable
            number = requester.phone or case.requester_phone or holder.phone
            case.contact_phone = number
            case.contact_email = requester.email or case.requester_email or holder.email
            mobile = phone.mobile_digits(number or "", case._requester_country().code)
            case.contact_whatsapp = f"https://wa.me/{mobile}" if mobile else False
