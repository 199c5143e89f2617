from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("vat", "country_id", "l10n_latam_identification_type_id")
    def _check_identity(self):
        """The type says what the number has to be, where it names a document."""
        typed = self._with_document_type()
        for partner in typed:
            partner.l10n_latam_identification_type_id._raise_on_wrong_number(partner.vat)
        return super(ResPartner, self - typed)._check_identity()

    @api.depends("l10n_latam_identification_type_id")
    def _compute_identity_kind(self):
        """What was chosen, before what the number looks like."""
        typed = self._with_document_type()
        for partner in typed:
            partner.identity_kind = partner.l10n_latam_identification_type_id.name
        return super(ResPartner, self - typed)._compute_identity_kind()

    def _with_document_type(self):
        """Those whose type names a document."""
        return self.filtered(
            lambda partner: (
                (kind := partner.l10n_latam_identification_type_id) and kind._names_a_document()
            )
        )
