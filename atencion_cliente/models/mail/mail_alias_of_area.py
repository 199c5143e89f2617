from odoo import api, models
from odoo.exceptions import UserError

AREA = "atencion.area"


class MailAlias(models.Model):
    """Aliases of areas, which an administrator may also edit in Odoo's list of aliases."""

    _name = "mail.alias"
    _inherit = ["mail.alias", "atencion.shown.setting"]
    _kept_domain = (("alias_parent_model_id.model", "=", AREA),)

    def write(self, vals):
        areas = self._areas()
        result = super().write(vals)
        areas._refuse_other_values(vals)
        if "alias_name" in vals:
            areas._settle_addresses()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_area(self):
        for area in self._areas():
            raise UserError(
                self.env._(
                    "%(alias)s is the address of the area “%(area)s”: clear it there instead.",
                    alias=area.alias_id.display_name,
                    area=area.display_name,
                )
            )

    def _areas(self):
        """The areas whose addresses the aliases are, in ``sudo``."""
        ours = self._of_areas()
        areas = self.env[AREA].sudo().with_context(active_test=False)
        return areas.search([("alias_id", "in", ours.ids)]) if ours else areas

    def _of_areas(self):
        # sudo: whoever may write an alias may know whose it is.
        owners = self.env["ir.model"]._get_id(AREA)
        return self.sudo().filtered(lambda alias: alias.alias_parent_model_id.id == owners)

    def _forget_kept(self):
        return super(MailAlias, self._of_areas())._forget_kept()

    def _differing(self, values):
        """The values, as they are written, that the alias does not have."""
        fields = self._fields
        return {
            name: value
            for name, value in values.items()
            if self and fields[name].convert_to_write(self[name], self) != value
        }
