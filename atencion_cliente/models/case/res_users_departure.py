from odoo import models
from odoo.http import request

from ..base.server_context import server_value, with_server_value

CASE = "atencion.case"
# What the web client calls when somebody chooses “Archive”.
ARCHIVE_CALL = "/web/dataset/call_kw/res.users/action_archive"
# Context key: the id of the user who takes over; without one, the areas do.
SUCCESSOR = "atencion_successor"


class ResUsers(models.Model):
    """Users who leave with open cases: these go to somebody else, or to the tray of their area.

    “Archive” on the screen asks to whom. On any other way of leaving (a program, an employee who
    leaves, a user who becomes a customer or an auditor) nobody could answer, and the user must
    not stay: the cases go to the trays at once.
    """

    _inherit = "res.users"

    def action_archive(self):
        self.check_access("write")
        on_screen = request and request.httprequest.path == ARCHIVE_CALL
        if on_screen and self.env[CASE]._open_cases_of(self):
            return self._ask_for_successor()
        # First: Odoo deletes the activities of who leaves.
        self._release_cases()
        return super().action_archive()

    def write(self, vals):
        result = super().write(vals)
        if not vals.get("active", True) or "group_ids" in vals:
            # sudo: whoever archives users may not read whether they left.
            gone = self.sudo().filtered(
                lambda user: not user.active or user.share or user._is_auditor()
            )
            if gone:
                gone._release_cases()
        return result

    def _ask_for_successor(self):
        dialog = self.env["atencion.user.departure"].create({"user_ids": [(6, 0, self.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who takes over the open cases?"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _archive_for(self, successor):
        """Archive the users, with the rights of whoever does it; their cases go to another.

        :param successor: a ``res.users``, may be empty
        """
        self = with_server_value(self, SUCCESSOR, successor.id)
        return self.action_archive()

    def _successor(self):
        return self.sudo().browse(server_value(self.env, SUCCESSOR) or ())

    def _release_cases(self):
        cases = self.env[CASE]._open_cases_of(self)
        if cases:
            cases._release_from(self, self._successor())
        self._hand_over_activities()

    def _hand_over_activities(self):
        """Give the open activities of cases to the successor, or to the manager of the area."""
        # sudo: whoever archives users may not read activities of cases.
        activities = self.env["mail.activity"].sudo()
        found = activities.search([("res_model", "=", CASE), ("user_id", "in", self.ids)])
        for case_id, of_case in found.grouped("res_id").items():
            case = self.env[CASE].sudo().browse(case_id).exists()
            for user in (self._successor(), case.area_id.manager_id - self):
                if user.active and case._is_read_by(user):
                    of_case.write({"user_id": user.id})
                    break
