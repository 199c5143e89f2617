from odoo import api, models

from ..base.atencion_server_only import refusal_of


class ResPartnerIdentityZeros(models.Model):
    """The identity number of a contact that was imported without its first zeros.

    One click takes the proposal, so that only the system writes it: no client does, by no door.
    The other fields of Odoo's contacts are not ours to protect.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "atencion.identity.zeros"]

    _identity_field = "vat"

    @api.model
    def _get_server_only_fields(self):
        return frozenset({"identity_proposal"})

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("identity_proposal") for vals in vals_list):
            raise refusal_of(self, ["identity_proposal"])
        # A default of the client is none, either.
        return super().create([vals | {"identity_proposal": False} for vals in vals_list])

    def write(self, vals):
        if "identity_proposal" in vals and any(
            partner._is_changed_by("identity_proposal", vals["identity_proposal"])
            for partner in self
        ):
            raise refusal_of(self, ["identity_proposal"])
        if "vat" in vals:
            # Whoever writes the number has decided about its zeros.
            vals = vals | {"identity_proposal": False}
        return super().write(vals)

    def _keep_proposal(self, proposal):
        # sudo: a note of the system beside a number that was imported just now. Beside ``write``,
        # which refuses it.
        # pylint: disable-next=super-method-mismatch
        return super(ResPartnerIdentityZeros, self.sudo()).write({"identity_proposal": proposal})

    def _identity_owner(self):
        country = self.country_id or self.company_id.country_id or self.env.company.country_id
        return country, None
