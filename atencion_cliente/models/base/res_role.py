from odoo import api, models
from odoo.exceptions import UserError

from .public_method import public


class ResRole(models.Model):
    """Roles are shared by all companies, and administrators of customer care change them.

    A role that a rule notifies is not deleted; Odoo's roles cannot be archived. Who becomes or
    stops being a member of such a role is recorded (``atencion.setting.change``).
    """

    _name = "res.role"
    _inherit = ["res.role", "atencion.shared", "atencion.in.use"]
    _atencion_odoo_model = True
    _setting_links = (("atencion.escalation.rule", "role_id"),)

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        before = self._members_by_company()
        result = super().write(vals)
        self._record_members_since(before)
        return result

    @api.model
    def _of_rules(self):
        """The roles that rules notify, archived rules included.

        :return: in ``sudo``
        """
        # sudo: an administrator of users may not read rules.
        rules = self.env["atencion.escalation.rule"].sudo().with_context(active_test=False)
        found = rules._read_group([("role_id", "!=", False)], [], ["role_id:recordset"])
        return found[0][0]

    def _members_by_company(self):
        """The members, as a text, of those of the roles that rules notify.

        :return: by company whose rules notify the role, and role
        :rtype: dict[tuple[models.Model, models.Model], str]
        """
        # sudo: an administrator of users may not read rules.
        rules = self.env["atencion.escalation.rule"].sudo().with_context(active_test=False)
        found = rules._read_group([("role_id", "in", self.ids)], ["company_id", "role_id"])
        return {
            (company, role): ", ".join(sorted(role.user_ids.mapped("name")))
            for company, role in found
        }

    def _record_members_since(self, before):
        """Record which of the roles have other members than before.

        :param dict before: as ``_members_by_company`` gives it
        """
        self.env["atencion.setting.change"]._record_members(before, self._members_by_company())

    @public(one=True)
    def action_archive_in_use(self):
        """Say what to do instead: roles cannot be archived."""
        raise UserError(self._in_use_advice())

    def _in_use_advice(self):
        return self.env._(
            "A role cannot be archived. Choose another role in the rules that use it, also "
            "in archived ones; then delete it."
        )
