from odoo import api, models

from ...tools import identity
from .res_partner import starts_with_letter


class ResPartnerIdentity(models.Model):
    """Identity numbers of contacts: normalized to be found, doubted and never refused."""

    _inherit = "res.partner"

    @api.depends("vat")
    def _compute_identity_normalized(self):
        for partner in self:
            country = starts_with_letter(partner) and partner.country_id.code
            partner.identity_normalized = identity.normalize(partner.vat, country) or False

    @api.depends("vat", "country_id")
    def _compute_identity_kind(self):
        for partner in self:
            partner.identity_kind = identity.kind_name(partner.country_id.code, partner.vat)

    @api.depends("vat", "country_id")
    @api.depends_context("no_vat_validation")
    def _compute_identity_warning(self):
        """Doubt the number of a contact with a case or a contract; others cost no query."""
        doubtful = self.filtered(lambda partner: not partner._has_plausible_identity())
        known = doubtful._known_to_service()
        for partner in self:
            partner.identity_warning = partner in known and partner._doubt_of_identity()

    def _has_plausible_identity(self):
        """Whether the number may be one of the country's, as far as that is known."""
        self.ensure_one()
        # Whoever stores numbers that Odoo is not to validate does not ask us either.
        if self.env.context.get("no_vat_validation"):
            return True
        return identity.is_valid(self.country_id.code, self.vat)

    def _known_to_service(self):
        """Those with a case or a contract, of what the user may read."""
        if not self:
            return self
        ids = self._origin.ids
        known = set()
        for model, names in (
            ("atencion.case", ("partner_id", "requester_id")),
            ("atencion.contract.holder", ("partner_id",)),
        ):
            for name in names:
                groups = self.env[model]._read_group([(name, "in", ids)], [name])
                known.update(partner.id for (partner,) in groups)
        return self.filtered(lambda partner: partner._origin.id in known)

    def _doubt_of_identity(self):
        """What may be wrong with the number, in words."""
        self.ensure_one()
        return self._doubt_of_number(self.vat, self.country_id)

    def _doubts_of_identity(self):
        """One line for each contact whose number is doubted.

        :rtype: list[str]
        """
        return [
            f"{partner.name}: {partner._doubt_of_identity()}"
            for partner in self
            if not partner._has_plausible_identity()
        ]

    @api.model
    def _doubt_of_number(self, number, country):
        return self.env._(
            "%(number)s does not look like an identity number of %(country)s (%(kinds)s). "
            "Check the digits and the country; if they are right, it stays as it is.",
            number=number,
            country=country.name,
            kinds=identity.expected_kinds(country.code),
        )
