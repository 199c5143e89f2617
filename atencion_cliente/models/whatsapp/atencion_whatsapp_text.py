from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.whatsapp import NAMES, unknown_placeholders


class AtencionWhatsappText(models.Model):
    """A text that an agent chooses when they open a chat with a customer.

    Saved answers (``mail.canned.response``) do not serve: they have one language and name
    nothing of the case. A mail template is HTML, and evaluates what its author writes.
    """

    _name = "atencion.whatsapp.text"
    _description = "Text for WhatsApp"
    _inherit = ["atencion.input", "atencion.shared", "atencion.readable.links"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: the text serves every company.")
    body = fields.Text(
        "Text",
        required=True,
        translate=True,
        help="{name}, {number}, {state}, {link} and {company} are filled in.",
    )

    @api.constrains("body")
    def _check_body(self):
        for text in self:
            unknown = unknown_placeholders(text.body)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: %(unknown)s cannot be filled in. Use %(known)s.",
                        name=text.name,
                        unknown=unknown[0],
                        known=", ".join(f"{{{words[0]}}}" for words in NAMES.values()),
                    )
                )
