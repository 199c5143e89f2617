from odoo import api, models
from odoo.tools import SQL

CASE = "atencion.case"


class MailActivity(models.Model):
    """Activities of confidential cases are of people who may know of the case.

    Odoo shows an activity to whoever it is assigned to. These are given to who may know,
    and what a former assignee did on the case is not shown to him any more.
    """

    _name = "mail.activity"
    _inherit = ["atencion.kept", "mail.activity"]

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._give_to_who_may_know()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("user_id", "res_id", "case_id", "active")):
            self._give_to_who_may_know()
        return result

    def _give_to_who_may_know(self):
        """Hand over the open ones whose user may not know of their case."""
        # sudo: whoever plans an activity need not see the case.
        cases = self.sudo().case_id.filtered("is_confidential")
        for case in cases:
            case._hand_over_activities()

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that an activity is of no case that is kept from the user."""
        case_id = SQL.identifier(alias, "case_id")
        return SQL(
            "(%(case_id)s IS NULL OR NOT %(kept)s)",
            case_id=case_id,
            kept=self.env[CASE]._kept_from_sql(case_id),
        )

    def _kept_records(self, operation):
        of_cases = self.sudo().filtered("case_id")
        if not of_cases:
            return self.browse()
        hidden = self.env[CASE]._kept_from_user(of_cases.case_id.ids)
        return of_cases.filtered(lambda act: act.case_id.id in hidden.ids).sudo(False)

    def _kept_error(self, operation):
        return self._make_access_error(operation)
