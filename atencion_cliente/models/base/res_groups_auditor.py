from odoo import api, models


class ResGroups(models.Model):
    """Nobody becomes an auditor with a role that writes by the form of a group either."""

    _inherit = "res.groups"

    @api.constrains("user_ids")
    def _check_user_disjoint_groups(self):
        super()._check_user_disjoint_groups()
        group_id = self.env["ir.model.data"]._xmlid_to_res_id
        auditor = group_id("atencion_cliente.group_auditor")
        staff = group_id("atencion_cliente.group_user")
        if not (auditor and staff):
            return
        both = self.env["res.users"].search(
            [
                ("group_ids", "in", self.ids),
                ("all_group_ids", "in", [auditor]),
                ("all_group_ids", "in", [staff]),
            ],
            limit=1,
        )
        both._check_atencion_auditor()
