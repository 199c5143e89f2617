from odoo import models
from odoo.exceptions import UserError

from .public_method import public


class ResRole(models.Model):
    """Roles are shared by all companies, and administrators of customer care change them.

    A role that a rule notifies is not deleted; Odoo's roles cannot be archived.
    """

    _name = "res.role"
    _inherit = ["res.role", "atencion.shared", "atencion.in.use"]
    _atencion_odoo_model = True
    _setting_links = (("atencion.escalation.rule", "role_id"),)

    @public(one=True)
    def action_archive_in_use(self):
        """Say what to do instead: roles cannot be archived."""
        raise UserError(self._in_use_advice())

    def _in_use_advice(self):
        return self.env._(
            "A role cannot be archived. Choose another role in the rules that use it, also "
            "in archived ones; then delete it."
        )
