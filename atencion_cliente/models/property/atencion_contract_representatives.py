from odoo import api, fields, models


class AtencionContractRepresentatives(models.Model):
    """Who represents the holders of a contract."""

    _inherit = "atencion.contract"

    representative_ids = fields.One2many(
        "atencion.representative", "contract_id", string="Representatives"
    )

    @api.constrains("representative_ids")
    def _check_representatives(self):
        self.representative_ids._refuse_strangers()

    def _log_line(self, text):
        """Log a change of a representative, whatever a client's context says.

        :param str text: what changed
        """
        # sudo: whoever may change a line may not always write messages.
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
