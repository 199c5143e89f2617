from odoo import fields, models


class AtencionWhatsappChatFile(models.TransientModel):
    """A file of a conversation, of which an agent says whether it belongs to the case."""

    _name = "atencion.whatsapp.chat.file"
    _description = "File of a conversation"
    _inherit = ["atencion.input", "atencion.dialog"]

    chat_id = fields.Many2one("atencion.whatsapp.chat", required=True, ondelete="cascade")
    name = fields.Char("File", required=True)
    said = fields.Char("Said with it")
    picture = fields.Binary(attachment=False)
    is_chosen = fields.Boolean("Keep", default=True)
