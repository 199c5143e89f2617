from odoo import api, models

from ...tools import identity


class AtencionCaseIdentityZeros(models.Model):
    """The identity number of a requester who was typed, or imported, without its first zeros."""

    _name = "atencion.case"
    _inherit = ["atencion.case", "atencion.identity.zeros"]

    _identity_field = "requester_identity"

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"identity_proposal"}

    def _identity_owner(self):
        chosen = self.requester_identity_kind
        # A foreign document is of no kind that is known here.
        kind = (identity.CHOICES.get(chosen) or (None, ""))[1] if chosen else None
        return self._identity_country(), kind

    def _keep_proposal(self, proposal):
        self._write_checked({"identity_proposal": proposal})

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(vals, carried)
        if not vals.keys().isdisjoint(("requester_identity", "requester_identity_kind")):
            return {"identity_proposal": False} | vals
        return vals
