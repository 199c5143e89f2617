from odoo import models


class MailMessageSubtype(models.Model):
    """Each notice reads its subtype: workers keep them, as Odoo keeps who follows which."""

    _name = "mail.message.subtype"
    _inherit = ["mail.message.subtype", "atencion.shown.setting"]
