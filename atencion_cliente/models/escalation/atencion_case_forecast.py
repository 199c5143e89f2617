from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import models

from ...tools import audience, escalation, explanation
from .atencion_case_escalation_action import REFUSED, STUCK, THERE


class ForecastRule(NamedTuple):
    """A rule that matches a case; an empty rule is the warning before the deadline.

    ``at``: the moment of its hours, in UTC; ``log``: what it did, if it fired; ``told``:
    whom it would tell; ``hindered``: why it would not move the case.
    """

    rule: models.Model
    status: str
    at: datetime | None
    log: models.Model | None = None
    told: audience.Notified | None = None
    hindered: str | None = None

    def moment(self, now):
        """When it fired, or fires: what is due does so now, what a pause holds last."""
        if self.log:
            return self.log.fired_at
        return max(self.at, now) if self.at else datetime.max


class AtencionCaseForecast(models.Model):
    """Which rules come next on a case: when each fires, whom it tells, where it moves it.

    Its methods are called with ``sudo``, once the right to read the case was checked.
    """

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Facts
    # -------------------------------------------------------------------------

    def _forecast_rules(self, now):
        """The rules in force that match the case as it stands, the soonest first.

        :param datetime.datetime now: UTC
        :rtype: list[ForecastRule]
        """
        self.ensure_one()
        fired = {log._as_key(): log for log in self.escalation_log_ids}
        facts = self._escalation_facts(fired)
        working_hours = self._working_hours()
        found = []
        for rule in self._rules_in_force():
            pure = rule._as_rule()
            if escalation.matches(pure, facts):
                status, at = explanation.forecast(pure, facts, now, working_hours)
                key = escalation.key_of(pure, facts)
                found.append(self._forecast_blocks(ForecastRule(rule, status, at, fired.get(key))))
        found += self._forecast_warning(facts, fired, now)
        return sorted(found, key=lambda forecast: forecast.moment(now))

    def _rules_in_force(self):
        companies = self.env["res.company"]._with_escalation() & self.company_id
        return self.env["atencion.escalation.rule"]._in_force(companies)

    def _forecast_blocks(self, forecast):
        """Complete what a rule does, if it is still to come; nothing is sent."""
        if forecast.status == explanation.FIRED:
            return forecast
        rule = forecast.rule
        message = self._message_of(rule, None)._replace(queued=False)
        told = self._tell(message, {self.id: self.area_id.manager_id})[self.id]
        return forecast._replace(told=told, hindered=self._forecast_moves(rule).get(self.id))

    def _forecast_moves(self, rule):
        """Why a rule would not move cases as they stand; it would move the others.

        :return: codes by case id
        :rtype: dict[int, str]
        """
        stage = rule.new_stage_id
        if not stage:
            return {}
        moves = self._automatic_moves()
        refused, _missing = self._stage_refusal_codes(rule._stage_change())
        hindered = dict.fromkeys(refused, REFUSED)
        for case in self:
            if case.stage_id == stage:
                hindered[case.id] = THERE
            elif moves[case.id] >= escalation.MOST_MOVES:
                hindered[case.id] = STUCK
        return hindered

    def _forecast_warning(self, facts, fired, now):
        """The warning before the deadline, if it was given or is still to come."""
        nothing = self.env["atencion.escalation.rule"]
        given = fired.get(escalation.key_of(escalation.WARNING, facts))
        if given:
            return [ForecastRule(nothing, explanation.FIRED, None, given)]
        company, days = self.company_id, self.type_id.warn_days
        counts = not (facts.closed or self.attention_date or self.exclude_from_kpi)
        if not (counts and days and self.deadline_date):
            return []
        if company.atencion_escalation_mode != "active":
            return []
        # A pause moves the deadline and today alike.
        if self.deadline_date < company._day_of(self.paused_since or now):
            return []
        if self.paused_since:
            return [self._forecast_blocks(ForecastRule(nothing, explanation.HELD, None))]
        at = company._start_of(self.deadline_date - timedelta(days=days))
        status = explanation.DUE if at <= now else explanation.LATER
        return [self._forecast_blocks(ForecastRule(nothing, status, at))]

    def _forecast_elsewhere(self):
        """The rules that would match in another state, with the moment of their hours.

        :return: pairs of a rule and a moment in UTC, None while it cannot be told
        """
        facts = self._escalation_facts({log._as_key() for log in self.escalation_log_ids})
        working_hours = self._working_hours()
        found = []
        for rule in self._rules_in_force():
            pure = rule._as_rule()
            of_life = pure.basis != escalation.STAGE
            anywhere = escalation.matches(replace(pure, stage=None), facts)
            spent = of_life and escalation.key_of(pure, facts) in facts.fired
            if anywhere and not spent and not escalation.matches(pure, facts):
                clock = facts.clock
                at = escalation.fires_at(pure, clock, working_hours) if of_life else None
                found.append((rule, at))
        return found
