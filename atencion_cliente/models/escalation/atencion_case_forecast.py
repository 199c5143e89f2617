from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import models

from ...tools import audience, escalation, explanation
from .atencion_case_escalation_action import ALREADY_IN_STATE, REFUSED, STUCK


class ForecastRule(NamedTuple):
    """What a rule that matches a case did, or would do.

    ``rule`` is empty for the warning before the deadline. ``status``: one of
    ``tools.explanation``. ``at``: the moment in UTC at which its hours are reached, None
    while a pause stops the clock. ``log``: its row in the log, if it has fired. If it has
    not: ``outcome`` says who would be notified, and ``blocked`` is the code of the reason
    why it would not move the case.
    """

    rule: models.Model
    status: str
    at: datetime | None
    log: models.Model | None = None
    outcome: audience.Notified | None = None
    blocked: str | None = None

    def moment(self, now):
        """When it fired or will fire, for sorting: now if it is due, last if it is paused."""
        if self.log:
            return self.log.fired_at
        return max(self.at, now) if self.at else datetime.max


class AtencionCaseForecast(models.Model):
    """The forecast of the rules on a case: when each fires, whom it notifies, what it changes.

    Callers check the right to read the case, and then call these methods with ``sudo``.
    """

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Facts
    # -------------------------------------------------------------------------

    def _forecast_rules(self, now):
        """The rules in force that match the case as it is now, in the order of their moments.

        :param datetime.datetime now: UTC
        :rtype: list[ForecastRule]
        """
        self.ensure_one()
        fired = {log._as_key(): log for log in self.escalation_log_ids}
        facts = self._escalation_facts(fired)
        working_hours = self._working_hours()
        found = []
        for rule in self._rules_in_force():
            pure_rule = rule._as_rule()
            if escalation.matches(pure_rule, facts):
                status, at = explanation.forecast(pure_rule, facts, now, working_hours)
                log = fired.get(escalation.key_of(pure_rule, facts))
                found.append(self._complete_forecast(ForecastRule(rule, status, at, log)))
        found += self._forecast_warning(facts, fired, now)
        return sorted(found, key=lambda forecast: forecast.moment(now))

    def _rules_in_force(self):
        companies = self.env["res.company"]._with_escalation() & self.company_id
        return self.env["atencion.escalation.rule"]._in_force(companies)

    def _complete_forecast(self, forecast):
        """Add what a rule would do, if it has not fired yet. Nothing is sent."""
        if forecast.status == explanation.FIRED:
            return forecast
        rule = forecast.rule
        notice = self._rule_notice(rule, None)._replace(queued=False)
        managers = {self.id: self.area_id.manager_id}
        outcome = self._notify_or_fall_back(notice, managers)[self.id]
        blocked = self._forecast_blocked_moves(rule).get(self.id)
        return forecast._replace(outcome=outcome, blocked=blocked)

    def _forecast_blocked_moves(self, rule):
        """Why a rule would not move the cases as they are now.

        :return: the code of the reason by the id of the case; cases without one would move
        :rtype: dict[int, str]
        """
        stage = rule.new_stage_id
        if not stage:
            return {}
        moves = self._automatic_moves()
        refused, _missing = self._stage_refusal_codes(rule._stage_change())
        blocked = dict.fromkeys(refused, REFUSED)
        for case in self:
            if case.stage_id == stage:
                blocked[case.id] = ALREADY_IN_STATE
            elif moves[case.id] >= escalation.MOST_MOVES:
                blocked[case.id] = STUCK
        return blocked

    def _forecast_warning(self, facts, fired, now):
        """The warning before the deadline, if it was given or will be.

        :param escalation.Facts facts: those of the case
        :param dict fired: rows of the log by their keys
        :param datetime.datetime now: UTC
        :rtype: list[ForecastRule]
        """
        no_rule = self.env["atencion.escalation.rule"]
        given = fired.get(escalation.key_of(escalation.WARNING, facts))
        if given:
            return [ForecastRule(no_rule, explanation.FIRED, None, given)]
        company, days = self.company_id, self._days_to_warn()
        counts = not (facts.closed or self.attention_date or self.exclude_from_kpi)
        if not (counts and days and self.deadline_date):
            return []
        if company.atencion_escalation_mode != "active":
            return []
        # When a pause ends, its days are added to the deadline. So the days that are left
        # during a pause are those that were left when it began.
        if self.deadline_date < company._day_of(self.paused_since or now):
            return []
        if self.paused_since:
            return [self._complete_forecast(ForecastRule(no_rule, explanation.PAUSED, None))]
        at = company._start_of(self.deadline_date - timedelta(days=days))
        status = explanation.DUE if at <= now else explanation.LATER
        return [self._complete_forecast(ForecastRule(no_rule, status, at))]

    def _forecast_other_states(self):
        """The rules that would match the case in another state, and when they would fire.

        :return: pairs of a rule and the moment in UTC at which its hours are reached; None
            if that depends on when the case enters the state, or on the end of a pause
        """
        facts = self._escalation_facts({log._as_key() for log in self.escalation_log_ids})
        working_hours = self._working_hours()
        found = []
        for rule in self._rules_in_force():
            pure_rule = rule._as_rule()
            once_per_reopening = pure_rule.basis != escalation.STAGE
            in_some_state = escalation.matches(replace(pure_rule, stage=None), facts)
            in_this_state = escalation.matches(pure_rule, facts)
            has_fired = once_per_reopening and escalation.key_of(pure_rule, facts) in facts.fired
            if in_some_state and not in_this_state and not has_fired:
                clock = facts.clock
                at = (
                    escalation.fires_at(pure_rule, clock, working_hours)
                    if once_per_reopening
                    else None
                )
                found.append((rule, at))
        return found
