from odoo import models
from odoo.exceptions import AccessError


class AtencionShared(models.AbstractModel):
    """Configuration that several companies share.

    A record without a company serves all companies. Only users who may act in all of them
    can change it.
    """

    _name = "atencion.shared"
    _description = "Shared configuration"

    # True on an extension of an Odoo model: users whose right to change it comes from Odoo or
    # another addon are not restricted.
    _atencion_odoo_model = False

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if refused or operation == "read" or not self._protects_shared(operation):
            return refused
        shared = self.filtered(lambda record: record.id and record.sudo()._is_shared())
        return (shared, shared._shared_error) if shared else None

    def _protects_shared(self, operation):
        """Whether the user may not change shared records."""
        user = self.env.user
        if self._atencion_odoo_model and not user._has_right_from_atencion_only(
            self._name, operation
        ):
            return False
        return not user._acts_in_every_company()

    def _is_shared(self):
        """Whether the record serves every company."""
        self.ensure_one()
        return "company_id" not in self._fields or not self.company_id

    def _shared_error(self):
        return AccessError(
            self.env._(
                "%(model)s “%(name)s” serves every company, and only who may act in all of them "
                "changes it. Ask an administrator of all companies.",
                model=self.env["ir.model"].sudo()._get(self._name).name,
                name=self[:1].sudo().display_name,
            )
        )

    def write(self, vals):
        result = super().write(vals)
        if any(self._fields[name].type == "many2one" for name in vals):
            # The record may be shared now, or belong to a shared record, which changes the
            # configuration of every company.
            self.check_access("write")
        return result
