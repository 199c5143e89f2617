from odoo import api, models

from ...tools import identity
from .res_partner import starts_with_letter


class ResPartnerIdentity(models.Model):
    """Identity numbers of contacts: normalized for searches, and checked with a warning only."""

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
        """Warn of an implausible number, on contacts with a case or a contract only."""
        doubtful = self.filtered(lambda partner: not partner._has_plausible_identity())
        known = doubtful._with_case_or_contract()
        for partner in self:
            partner.identity_warning = partner in known and partner._identity_warning_text()

    def _has_plausible_identity(self):
        """Whether the number may be valid in the country of the contact."""
        self.ensure_one()
        # Odoo's own key to store numbers without validation.
        if self.env.context.get("no_vat_validation"):
            return True
        return identity.is_valid(self.country_id.code, self.vat)

    def _with_case_or_contract(self):
        """The contacts with a case or a contract that the user may read."""
        if not self:
            return self
        ids = self._origin.ids
        known = set()
        for model, names in (
            ("atencion.case", ("partner_id", "requester_id")),
            ("atencion.contract.holder", ("partner_id",)),
            ("atencion.representative", ("partner_id",)),
        ):
            for name in names:
                groups = self.env[model]._read_group([(name, "in", ids)], [name])
                known.update(partner.id for (partner,) in groups)
        return self.filtered(lambda partner: partner._origin.id in known)

    def _identity_warning_text(self):
        """The warning about the identity number of the contact."""
        self.ensure_one()
        return self._number_warning_text(self.vat, self.country_id)

    def _identity_warnings(self):
        """One line for each contact with an implausible identity number.

        :rtype: list[str]
        """
        return [
            f"{partner.name}: {partner._identity_warning_text()}"
            for partner in self
            if not partner._has_plausible_identity()
        ]

    @api.model
    def _number_warning_text(self, number, country):
        return self.env._(
            "%(number)s does not look like an identity number of %(country)s (%(kinds)s). "
            "Check the digits and the country; if they are right, it stays as it is.",
            number=number,
            country=country.name,
            kinds=identity.kind_names(country.code),
        )
