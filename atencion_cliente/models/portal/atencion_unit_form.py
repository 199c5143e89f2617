from odoo import fields, models
from odoo.tools import hmac

FORM_URL = "/atencion/nuevo"
SCOPE = "atencion_unit_form"
SIGNATURE_LENGTH = 24


class AtencionUnitForm(models.Model):
    """The link of a unit to the form without a login, which is printed as a code."""

    _inherit = "atencion.unit"

    form_token_version = fields.Integer(
        "Version of the link", copy=False, readonly=True, groups=fields.NO_ACCESS
    )

    def _form_token(self):
        """The token of the link, which is good until the link is renewed."""
        self.ensure_one()
        # sudo: the secret of the database and the version, which nobody reads.
        unit = self.sudo()
        message = (unit.id, unit.form_token_version or 0)
        return f"{self.id}-{hmac(unit.env, SCOPE, message)[:SIGNATURE_LENGTH]}"

    def _form_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}{FORM_URL}/{self._form_token()}"
