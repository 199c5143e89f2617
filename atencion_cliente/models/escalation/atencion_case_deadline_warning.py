from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import escalation


class AtencionCaseDeadlineWarning(models.Model):
    """The warning to the assignee of a case before its deadline.

    A case type says how many days before; a deadline in hours, as the case was given it, has none.
    The run of the escalation rules gives the warning, once per reopening of the case, and logs it
    as a firing without a rule.
    """

    _inherit = "atencion.case"

    def _days_to_warn(self):
        """How many days before the deadline to warn of it; 0: never."""
        self.ensure_one()
        # The type may count in another unit by now: the case keeps its own.
        return self.type_id.warn_days if self.deadline_unit == "days" else 0

    def _is_to_warn(self, facts):
        """Whether the deadline is near and its warning was not given yet."""
        self.ensure_one()
        if escalation.key_of(escalation.WARNING, facts) in facts.fired:
            return False
        if self.company_id.atencion_escalation_mode != "active":
            return False
        counts = not (facts.closed or self.attention_date or self.exclude_from_kpi)
        return counts and escalation.warns(
            deadline=None if self.paused_since else self.deadline_date or None,
            warn_days=self._days_to_warn(),
            today=self.company_id._today(),
        )

    @api.model
    def _companies_to_warn(self, companies):
        """Those of ``companies`` in which near deadlines were not searched yet today."""
        return companies.filtered(
            lambda company: (
                company.atencion_escalation_mode == "active"
                and company.atencion_warned_on != company._today()
            )
        )

    def _search_warnings(self, companies):
        """The open cases of ``companies`` whose deadline is near enough to warn of it."""
        near = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (
                    SELECT FROM atencion_case_type case_type
                    WHERE case_type.id = %s AND case_type.warn_days > 0
                    AND %s BETWEEN %s AND %s + case_type.warn_days)""",
                model._field_to_sql(alias, "type_id", query),
                model._field_to_sql(alias, "deadline_date", query),
                *[model._sql_today(model._sql_columns(alias))] * 2,
                to_flush=[self.env["atencion.case.type"]._fields["warn_days"]],
            )
        )
        return self.search(
            Domain.AND(
                Domain(*condition)
                for condition in (
                    ("company_id", "in", companies.ids),
                    ("closed_at", "=", False),
                    ("active", "=", True),
                    ("attention_date", "=", False),
                    ("paused_since", "=", False),
                    ("exclude_from_kpi", "=", False),
                    ("deadline_unit", "=", "days"),
                    ("deadline_date", ">=", min(company._today() for company in companies)),
                )
            )
            & near,
            order="id",
        )
