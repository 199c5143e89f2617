import logging

from odoo import api, models
from odoo.tools import SQL

from ...tools import escalation
from .atencion_escalation_rule import BOOKKEEPING

_logger = logging.getLogger(__name__)

# What a run reads when nothing is due.
SEARCHED = (
    "area_id",
    "calendar_mode",
    "company_id",
    "hours",
    "hours_basis",
    "memory",
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
    """What a run of the rules asks of a rule, and what it keeps in it."""

    _inherit = "atencion.escalation.rule"

    @api.model
    def _search_anew(self):
        """Let the engine search all rules from scratch: working time has changed."""
        rules = self.sudo().with_context(active_test=False).search([])
        rules._write_checked({"searched_at": False})

    @api.model
    def _in_force(self, companies=None):
        """The rules of companies where escalation is on, by default of all of these."""
        if companies is None:
            companies = self.env["res.company"]._with_escalation()
        return self.search_fetch([("company_id", "in", companies.ids)], SEARCHED)

    def _close_search(self, versions, now):
        """Remember up to when all that the rules were due on was done.

        Bookkeeping, in SQL: it changes neither who edited a rule last nor when. A rule
        that was written since it was searched stays as it is.

        :param dict versions: when each rule was last written, as it was searched
        :param datetime.datetime now: UTC
        """
        if not self:
            return
        names = sorted(BOOKKEEPING)
        self.flush_recordset([*names, "write_date"])
        rows = [SQL("(%s, %s)", rule_id, versions[rule_id]) for rule_id in self.ids]
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
        """Show on the rule what keeps it from firing; it is tried again at the next run."""
        _logger.error("Escalation rule %s fails on case %s", self.id, case.id, exc_info=error)
        if self:
            message = f"{case.name}: {error}"
            self._write_checked({"last_error": message, "last_error_at": now})

    def _only_records(self):
        """Whether the rule touches nothing: by itself, or by its company's setting."""
        self.ensure_one()
        return "reference" in (self.mode, self.company_id.atencion_escalation_mode)

    def _recipients(self):
        """Who holds the role, also who has left: the log tells why he was skipped."""
        self.ensure_one()
        return self.role_id.sudo().with_context(active_test=False).user_ids

    def _as_rule(self):
        """The rule for the pure choice.

        :rtype: escalation.Rule
        """
        self.ensure_one()
        return escalation.Rule(
            id=self.id,
            sequence=self.sequence,
            stage=self.stage_id.id or None,
            area=self.area_id.id or None,
            kind=self.type_id.id or None,
            priority=self.priority or None,
            hours=self.hours,
            basis=self.hours_basis,
            working=self.calendar_mode == "working",
            new_stage=self.new_stage_id.id or None,
            memory=self.memory,
            reference=self._only_records(),
        )
