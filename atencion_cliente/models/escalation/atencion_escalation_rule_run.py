import logging

from odoo import api, models
from odoo.tools import SQL

from ...tools import escalation
from .atencion_escalation_rule import BOOKKEEPING

_logger = logging.getLogger(__name__)

# The fields that a run reads of all rules, in one statement.
READ_BY_RUN = (
    "area_id",
    "calendar_mode",
    "company_id",
    "hours",
    "hours_basis",
    "rule_version",
    "mode",
    "new_stage_id",
    "priority",
    "searched_at",
    "sequence",
    "stage_id",
    "type_id",
    "write_date",
)


class AtencionEscalationRuleRun(models.Model):
    """What a run of the rules reads of a rule, and what it records on it."""

    _inherit = "atencion.escalation.rule"

    @api.model
    def _search_from_scratch(self):
        """Make the next run search all cases for all rules, because working time has changed."""
        rules = self.sudo().with_context(active_test=False).search([])
        rules._write_checked({"searched_at": False})

    @api.model
    def _in_force(self, companies=None):
        """The active rules of companies.

        :param companies: by default, all companies in which escalation is on
        """
        if companies is None:
            companies = self.env["res.company"]._with_escalation()
        return self.search_fetch([("company_id", "in", companies.ids)], READ_BY_RUN)

    def _close_search(self, written_at, now):
        """Record on the rules that all cases on which they were due until ``now`` are processed.

        It is written in SQL, so that it changes neither who edited a rule last nor when. A
        rule that was edited after its search is left as it is.

        :param dict written_at: when each rule was last written before its search, in UTC,
            by the id of the rule
        :param datetime.datetime now: UTC
        """
        if not self:
            return
        names = sorted(BOOKKEEPING)
        self.flush_recordset([*names, "write_date"])
        rows = [SQL("(%s, %s)", rule_id, written_at[rule_id]) for rule_id in self.ids]
        self.env.cr.execute(
            SQL(
                """
                UPDATE atencion_escalation_rule rule
                SET searched_at = %s, last_error = NULL, last_error_at = NULL
                FROM (VALUES %s) AS searched (id, write_date)
                WHERE rule.id = searched.id AND rule.write_date = searched.write_date""",
                now,
                SQL(", ").join(rows),
            )
        )
        self.invalidate_recordset(names, flush=False)

    def _record_error(self, case, error, now):
        """Log that the rule failed on a case, and show it on the rule.

        The next run tries again.
        """
        _logger.error("Escalation rule %s fails on case %s", self.id, case.id, exc_info=error)
        if self:
            message = f"{case.name}: {error}"
            self._write_checked({"last_error": message, "last_error_at": now})

    def _only_records(self):
        """Whether the rule only writes the log, by its own mode or by that of its company."""
        self.ensure_one()
        return "reference" in (self.mode, self.company_id.atencion_escalation_mode)

    def _recipients(self):
        """The users of the role. Archived users are included: the log says they are skipped."""
        self.ensure_one()
        return self.role_id.sudo().with_context(active_test=False).user_ids

    def _as_rule(self):
        """The rule as ``tools.escalation`` reads it.

        :rtype: escalation.Rule
        """
        self.ensure_one()
        return escalation.Rule(
            id=self.id,
            sequence=self.sequence,
            stage=self.stage_id.id or None,
            area=self.area_id.id or None,
            case_type=self.type_id.id or None,
            priority=self.priority or None,
            hours=self.hours,
            basis=self.hours_basis,
            working=self.calendar_mode == "working",
            new_stage=self.new_stage_id.id or None,
            rule_version=self.rule_version,
            reference=self._only_records(),
        )
