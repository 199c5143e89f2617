from odoo import api, fields, models


class AtencionCase(models.Model):
    """A requester typed by hand says of which type the identity number is."""

    _inherit = "atencion.case"

    requester_identification_type_id = fields.Many2one(
        "l10n_latam.identification.type", string="Identification type"
    )

    @api.constrains(
        "requester_identity", "requester_identity_kind", "requester_identification_type_id"
    )
    def _check_requester_identity(self):
        """The type says what the number has to be, where it names a document."""
        typed = self._with_document_type()
        for case in typed:
            case.requester_identification_type_id._raise_on_wrong_number(case.requester_identity)
        return super(AtencionCase, self - typed)._check_requester_identity()

    def _has_plausible_requester_identity(self):
        return bool(self._with_document_type()) or super()._has_plausible_requester_identity()

    @api.depends("requester_identification_type_id")
    def _compute_customer_warning(self):
        return super()._compute_customer_warning()

    def _identity_country(self):
        """The country of the type that was chosen, where it has one."""
        return self.requester_identification_type_id.country_id or super()._identity_country()

    def _with_document_type(self):
        """Those whose type names a document."""
        return self.filtered(
            lambda case: (
                (kind := case.requester_identification_type_id) and kind._names_a_document()
            )
        )

    def _requirement_header(self):
        return [*super()._requirement_header(), "requester_identification_type_id"]

    def _prepare_requester_partner_values(self):
        """The partner gets the type that was chosen, or the one that the number looks like.

        Odoo takes a number without a type for a company's.
        """
        values = super()._prepare_requester_partner_values()
        kind = self.requester_identification_type_id or (
            self.requester_identification_type_id._find_for(
                self._identity_country(), self.requester_identity
            )
        )
        if kind and self.requester_identity:
            values["l10n_latam_identification_type_id"] = kind.id
        return values
