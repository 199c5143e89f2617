from odoo import api, models

ROLES = "role_ids"


class ResUsers(models.Model):
    """The roles of users that rules notify. Who gets or loses one is recorded."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        if f"default_{ROLES}" not in self.env.context and not any(
            vals.get(ROLES) for vals in vals_list
        ):
            return super().create(vals_list)
        roles = self.env["res.role"]._of_rules()
        before = roles._members_by_company()
        users = super().create(vals_list)
        roles._record_members_since(before)
        return users

    def write(self, vals):
        if ROLES not in vals:
            return super().write(vals)
        roles = self.env["res.role"]._of_rules()
        before = roles._members_by_company()
        result = super().write(vals)
        roles._record_members_since(before)
        return result

    def unlink(self):
        self.check_access("unlink")
        # sudo: the database deletes their roles with users, without a word.
        roles = self.sudo().role_ids
        before = roles._members_by_company() if roles else {}
        result = super().unlink()
        if before:
            roles._record_members_since(before)
        return result
