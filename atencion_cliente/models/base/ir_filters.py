from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours


class IrFilters(models.Model):
    """An auditor keeps filters of our records for themselves, and sets none up for others."""

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        filters._refuse_auditor_for_others()
        return filters

    def write(self, vals):
        self._refuse_auditor_for_others()
        result = super().write(vals)
        self._refuse_auditor_for_others()
        return result

    def unlink(self):
        self._refuse_auditor_for_others()
        return super().unlink()

    def _refuse_auditor_for_others(self):
        """Refuse filters of our records that an auditor does not have alone.

        :raise AccessError: says what is theirs
        """
        if self.env.su or not self.env.user._is_auditor():
            return
        # sudo: whose filters they are counts even if the user may not read them.
        for one in self.sudo():
            if is_ours(one.model_id) and one.user_ids != self.env.user:
                raise AccessError(
                    self.env._("An auditor keeps filters for themselves, and not for others.")
                )
