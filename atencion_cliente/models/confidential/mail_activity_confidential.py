from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.access import also_refused

CASE = "atencion.case"


class MailActivity(models.Model):
    """Activities of confidential cases are of people who may know of the case.

    Odoo shows an activity to whoever it is assigned to. These are given to who may know,
    and what a former assignee did on the case is not shown to him any more.
    """

    _inherit = "mail.activity"

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
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that an activity is of no case that is kept from the user."""
        case_id = SQL.identifier(alias, "case_id")
        return SQL(
            "(%(case_id)s IS NULL OR NOT %(kept)s)",
            case_id=case_id,
            kept=self.env[CASE]._kept_from_sql(case_id),
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        of_cases = self.sudo().filtered("case_id")
        if not of_cases:
            return result
        hidden = self.env[CASE]._kept_from_user(of_cases.case_id.ids)
        kept = of_cases.filtered(lambda act: act.case_id.id in hidden.ids).sudo(False)
        return also_refused(result, kept, lambda: kept._make_access_error(operation))
