from odoo import models

from ..base.server_context import server_value
from ..mail.atencion_incoming_mail_trial import TRIAL


class AtencionCaseNumberTrial(models.Model):
    """A case that is made to be undone takes no number."""

    _inherit = "atencion.case"

    def _draw_numbers(self, company, counts):
        if server_value(self.env, TRIAL):
            return {code: ["…"] * count for code, count in counts.items()}
        return super()._draw_numbers(company, counts)
