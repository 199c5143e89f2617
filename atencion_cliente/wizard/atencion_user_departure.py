from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base.public_method import public


class AtencionUserDeparture(models.TransientModel):
    """The dialog that asks who takes over the open cases of users who are archived.

    Whoever archives users may have no rights on cases: the dialog tells how many there are.
    """

    _name = "atencion.user.departure"
    _description = "Archive users with open cases"
    _inherit = ["atencion.input", "atencion.dialog"]

    user_ids = fields.Many2many("res.users", required=True, readonly=True, string="Users")
    case_count = fields.Integer("Open cases", compute="_compute_case_count", compute_sudo=False)
    successor_id = fields.Many2one(
        "res.users",
        "Who takes over",
        help="Empty: the cases go to the trays of their areas, where nobody is assigned.",
    )
    successor_domain = fields.Binary(compute="_compute_successor_domain", compute_sudo=False)

    @api.depends("user_ids")
    def _compute_case_count(self):
        for dialog in self:
            dialog.case_count = len(self.env["atencion.case"]._open_cases_of(dialog.user_ids))

    @api.depends("user_ids")
    def _compute_successor_domain(self):
        staff = self.env.ref("atencion_cliente.group_user")
        for dialog in self:
            dialog.successor_domain = [
                ("share", "=", False),
                ("all_group_ids", "in", staff.ids),
                ("id", "not in", dialog.user_ids.ids),
            ]

    @public(one=True)
    def action_apply(self):
        """Archive the users, and give their cases to whoever takes over."""
        successor = self.successor_id
        # sudo: who is of the staff is no secret.
        staff = successor.sudo().has_group("atencion_cliente.group_user") if successor else True
        if successor in self.user_ids or not successor.active and successor or not staff:
            raise UserError(
                self.env._(
                    "%s cannot take over cases. Choose somebody of customer care who stays, or "
                    "nobody: then the cases go to the trays of their areas.",
                    successor.name,
                )
            )
        self.user_ids._archive_for(successor)
        return {"type": "ir.actions.act_window_close"}
