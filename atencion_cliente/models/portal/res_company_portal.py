from odoo import fields, models


class ResCompany(models.Model):
    """What customers reach the company by, from outside."""

    _inherit = "res.company"

    case_whatsapp = fields.Char(
        "WhatsApp number",
        help="Customers write to it from their mails, their pages, the form and the QR codes. "
        "Write it with + and the code of its country.",
    )
