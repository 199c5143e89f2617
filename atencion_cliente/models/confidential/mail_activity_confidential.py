from odoo import api, models
from odoo.tools import SQL

CASE = "atencion.case"


class MailActivity(models.Model):
    """Activities of confidential cases are for users who may know of the case.

    Odoo shows every user the activities that are assigned to them. Here open ones are
    reassigned to a user who may know of the case, and finished ones are hidden from a
    former assignee who may not.
    """

    _name = "mail.activity"
    _inherit = ["atencion.kept", "mail.activity"]

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._reassign_confidential()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("user_id", "res_id", "case_id", "active")):
            self._reassign_confidential()
        return result

    def _reassign_confidential(self):
        """Reassign the open activities whose user may not know of their case."""
        # sudo: a user may plan an activity without seeing the case.
        cases = self.sudo().case_id.filtered("is_confidential")
        for case in cases:
            case._reassign_activities()

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that an activity is of no case that is hidden from the user."""
        case_id = SQL.identifier(alias, "case_id")
        return SQL(
            "(%(case_id)s IS NULL OR NOT %(hidden)s)",
            case_id=case_id,
            hidden=self.env[CASE]._hidden_sql(case_id),
        )

    def _hidden_records(self, operation):
        of_cases = self.sudo().filtered("case_id")
        if not of_cases:
            return self.browse()
        hidden = self.env[CASE]._hidden_from_user(of_cases.case_id.ids)
        return of_cases.filtered(lambda act: act.case_id.id in hidden.ids).sudo(False)

    def _hidden_error(self, operation):
        return self._make_access_error(operation)
