from odoo import api, fields, models


class AtencionCase(models.Model):
    """A requester typed by hand says of which type the identity number is."""

    _inherit = "atencion.case"

    requester_identification_type_id = fields.Many2one(
        "l10n_latam.identification.type", string="Identification type"
    )

    @api.constrains("requester_identity", "requester_identification_type_id")
    def _check_requester_identity(self):
        """The type says what the number has to be, where it names a document."""
        typed = self.filtered(
            lambda case: (
                (kind := case.requester_identification_type_id) and kind._names_a_document()
            )
        )
        for case in typed:
            case.requester_identification_type_id._raise_on_wrong_number(case.requester_identity)
        return super(AtencionCase, self - typed)._check_requester_identity()

    def _requirement_header(self):
        return [*super()._requirement_header(), "requester_identification_type_id"]

    def _prepare_requester_partner_values(self):
        """The partner gets the type that was chosen, or the one that the number looks like.

        Odoo takes a number without a type for a company's.
        """
        values = super()._prepare_requester_partner_values()
        kind = self.requester_identification_type_id or (
            self.requester_identification_type_id._find_for(
                self._requester_country(), self.requester_identity
            )
        )
        if kind and self.requester_identity:
            values["l10n_latam_identification_type_id"] = kind.id
        return values
