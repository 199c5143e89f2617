from odoo import api, models

from ..base.res_users_staff import AUDITOR

# Fields by which users get into a group, or a group implies another.
MEMBERSHIP = frozenset({"implied_by_ids", "implied_ids", "user_ids"})


class ResGroups(models.Model):
    """Who becomes an auditor by the form of a group leaves their open cases, too."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        if any(not MEMBERSHIP.isdisjoint(vals) for vals in vals_list):
            groups._release_cases_of_auditors()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if not MEMBERSHIP.isdisjoint(vals):
            self._release_cases_of_auditors()
        return result

    def _release_cases_of_auditors(self):
        """Release the cases of the users of these groups, if the groups make them auditors."""
        auditor = self.env["ir.model.data"]._xmlid_to_res_id(AUDITOR)
        implied = self._get_group_definitions().get_superset_ids(self.ids)
        if auditor and auditor in {*self.ids, *implied}:
            # Odoo keeps the former groups of users who are put into a group while it is created.
            self.env["ir.model.access"].call_cache_clearing_methods()
            # sudo: whoever changes groups may not read all users.
            users = self.sudo().with_context(active_test=False).all_user_ids
            users.filtered(lambda user: user._is_auditor())._release_cases()
