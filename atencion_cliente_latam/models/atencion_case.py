from odoo import api, fields, models


class AtencionCase(models.Model):
    """The identification type of a requester who is typed by hand."""

    _inherit = "atencion.case"

    requester_identification_type_id = fields.Many2one(
        "l10n_latam.identification.type", string="Identification type"
    )

    @api.constrains(
        "requester_identity", "requester_identity_kind", "requester_identification_type_id"
    )
    def _check_requester_identity(self):
        """Check the number by its type, if that is the type of a document."""
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
        """The country of the chosen type, if it has one."""
        return self.requester_identification_type_id.country_id or super()._identity_country()

    def _identity_owner(self):
        kind = self.requester_identification_type_id
        if not self._with_document_type():
            return super()._identity_owner()
        return self._identity_country(), kind._identity_kind() or ""

    def _with_document_type(self):
        """The cases whose type is a specific document."""
        return self.filtered(
            lambda case: (
                (kind := case.requester_identification_type_id) and kind._names_a_document()
            )
        )

    def _requirement_header(self):
        return [*super()._requirement_header(), "requester_identification_type_id"]

    def _prepare_requester_partner_values(self):
        """Give the partner the chosen type, or the one that fits the number.

        Without a type, Odoo treats a number as that of a company.
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
