from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("vat", "country_id", "l10n_latam_identification_type_id")
    def _check_identity(self):
        """The type says what the number has to be, where it names a document."""
        typed = self.filtered(
            lambda partner: (
                (kind := partner.l10n_latam_identification_type_id) and kind._names_a_document()
            )
        )
        super(ResPartner, self - typed)._check_identity()
        for partner in typed:
            partner.l10n_latam_identification_type_id._raise_on_wrong_number(partner.vat)
