from odoo import api, fields, models
from odoo.tools import consteq, hmac

from ...tools.field_value import written_id
from ..base.public_method import public

FORM_URL = "/atencion/nuevo"
SCOPE = "atencion_unit_form"
# As long as nobody guesses it, and short enough for a code that a telephone reads from paper.
SIGNATURE_LENGTH = 24


class AtencionUnitForm(models.Model):
    """The link of a unit to the form without a login, which is printed as a code.

    The link names the unit, and is signed together with a version. A new version ends the links
    that were printed before.
    """

    _inherit = "atencion.unit"

    # Only the system reads and writes it.
    form_token_version = fields.Integer(
        "Version of the link", copy=False, readonly=True, groups=fields.NO_ACCESS
    )

    def _form_token(self):
        """The token of the link, which is good until the link is renewed."""
        self.ensure_one()
        return f"{self.id}-{self._form_signature()}"

    def _form_signature(self):
        # sudo: the secret of the database and the version, which nobody reads.
        unit = self.sudo()
        message = (unit.id or 0, unit.form_token_version or 0)
        return hmac(unit.env, SCOPE, message)[:SIGNATURE_LENGTH]

    def _form_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}{FORM_URL}/{self._form_token()}"

    @api.model
    def _of_form_token(self, token):
        """The unit of a link whose company has the form on; empty for any other token.

        What is done for a wrong token is the same as for the right one.

        :rtype: atencion.unit
        """
        text, _dash, signature = (token or "").partition("-")
        # sudo: whoever has the link sees which unit it is of.
        unit = self.sudo().browse(written_id(text) or ()).exists()
        is_signed = consteq(unit[:1]._signature_or_none().encode(), signature.encode())
        is_open = unit.active and unit.project_id.active and unit.company_id._has_form()
        return unit if is_signed and is_open else unit.browse()

    def _signature_or_none(self):
        """The signature; of no unit, one that no link has."""
        signature = self._form_signature()
        return signature if self else f"{signature}-"

    @public()
    def action_renew_form_link(self):
        """End the links to the form that were printed for the units; their next ones are new."""
        self.check_access("write")
        # sudo: the version is not written by users in any other way.
        for unit in self.sudo():
            unit.form_token_version += 1
        self._message_log_batch(
            bodies=dict.fromkeys(
                self.ids,
                self.env._("The link to the form was renewed: codes printed before are void."),
            )
        )
