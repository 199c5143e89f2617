from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.depends("l10n_latam_identification_type_id")
    def _compute_identity_warning(self):
        return super()._compute_identity_warning()

    def _has_plausible_identity(self):
        """Check the number by its type, if that is the type of a document."""
        kind = self.l10n_latam_identification_type_id
        if self.env.context.get("no_vat_validation") or not kind or not kind._names_a_document():
            return super()._has_plausible_identity()
        return kind._may_be(self.vat)

    def _identity_owner(self):
        """Propose zeros for a number of the chosen type, if that is the type of a document."""
        country, name = super()._identity_owner()
        kind = self.l10n_latam_identification_type_id
        if not kind or not kind._names_a_document():
            return country, name
        return kind.country_id or country, kind._identity_kind() or ""

    def _identity_warning_text(self):
        kind = self.l10n_latam_identification_type_id
        if not kind or not kind._names_a_document():
            return super()._identity_warning_text()
        return kind._number_warning_text(self.vat)

    @api.depends("l10n_latam_identification_type_id")
    def _compute_identity_kind(self):
        """Prefer the chosen type to the kind that fits the number."""
        typed = self.filtered(
            lambda partner: (
                (kind := partner.l10n_latam_identification_type_id) and kind._names_a_document()
            )
        )
        for partner in typed:
            partner.identity_kind = partner.l10n_latam_identification_type_id.name
        return super(ResPartner, self - typed)._compute_identity_kind()
