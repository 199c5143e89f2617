from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import groupby

from ...tools import escalation
from ...tools.backtest import BacktestEntry, backtest, periods_of
from ..base.public_method import public

LEDGER_FIELDS = (
    "case_id",
    "stage_id",
    "area_id",
    "began_at",
    "left_at",
    "paused",
    "closed",
    "rule_id",
)


class DueCase(NamedTuple):
    """A case on which a rule would fire now.

    ``hours``: how long it has waited, as the rule counts. ``since``: the moment in UTC from
    which they count. ``blocked``: the code of the reason why the rule would not move it.
    """

    case_id: int
    hours: float
    since: datetime
    blocked: str | None


class Simulation(NamedTuple):
    """What a rule would do now, and when it would have fired in the past.

    ``notified``: how many cases each user would be notified of, by user id and channel.
    ``skipped``: of how many cases each user would not be notified, by user id, channel (None
    for all channels) and reason. ``not_notified``: of how many cases nobody would be
    notified. ``past_firings``: moments in UTC and ids of cases, the latest first.
    """

    due_cases: list[DueCase]
    notified: dict[tuple[int, str], int]
    skipped: dict[tuple[int, str | None, str], int]
    not_notified: int
    past_firings: list[tuple[datetime, int]]


class AtencionEscalationRuleSimulation(models.Model):
    """The simulation of a rule: what it would do if it acted. Nothing is written or sent.

    The rule is simulated as if it were active, in the mode “Acts”, and in a company in which
    escalation is on: a simulation helps to decide on these settings.
    """

    _inherit = "atencion.escalation.rule"

    @public(one=True)
    def action_simulate(self):
        """Open the dialog with the simulation of the rule.

        :raise AccessError: the user may not write the rule
        """
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Simulate “%s”", self.name),
            "res_model": "atencion.escalation.simulation",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_rule_id": self.id},
        }

    def _simulate(self, now, days):
        """What the rule would do now, and would have done in the last days.

        :param datetime.datetime now: UTC
        :param int days: how many days to look back; less than 0 counts as 0
        :rtype: Simulation
        :raise AccessError: the user may not write the rule
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: a user who may write the rule decides on all cases of its company, but may
        # have no right to read addresses of users, calendars and the log.
        rule = self.sudo()
        cases = rule._cases_due(now)
        notified, skipped, not_notified = rule._forecast_notices(cases)
        return Simulation(
            due_cases=rule._forecast_cases(cases, now),
            notified=notified,
            skipped=skipped,
            not_notified=not_notified,
            past_firings=rule._backtest(now - timedelta(days=max(days, 0)), now),
        )

    # -------------------------------------------------------------------------
    # Now
    # -------------------------------------------------------------------------

    def _acting(self):
        """The rule as ``tools.escalation`` reads it, in the mode “Acts”."""
        return replace(self._as_rule(), reference=False)

    def _cases_due(self, now):
        """The cases on which the rule would fire now.

        What it has fired on in the mode “Only records” does not count as fired.
        """
        self.env["atencion.case"].flush_model()
        self.env["atencion.escalation.log"].flush_model()
        rule = self._acting()
        windows = [window._replace(rule=rule) for window in self._windows(now, {})]
        ids = [
            case_id
            for group in self._groups(windows)
            for _rule_id, case_id in self.env.execute_query(self._sql_due(group))
        ]
        return self.env["atencion.case"].browse(ids)

    def _forecast_cases(self, cases, now):
        """The cases on which the rule would fire, those that have waited longest first.

        :rtype: list[DueCase]
        """
        rule = self._acting()
        blocked = cases._forecast_blocked_moves(self)
        due_cases = []
        for case in cases:
            clock = case._escalation_clock()
            working_hours = case._working_hours() if rule.working else None
            hours = escalation.hours_on_clock(rule, clock, now, working_hours)
            since = escalation.counts_from(rule, clock)
            due_cases.append(DueCase(case.id, hours, since, blocked.get(case.id)))
        return sorted(due_cases, key=lambda found: (-found.hours, found.case_id))

    def _forecast_notices(self, cases):
        """How many cases each user would be notified of, or not.

        :return: ``notified``, ``skipped`` and ``not_notified`` as in ``Simulation``
        """
        notified, skipped, not_notified = Counter(), Counter(), 0
        if not cases or not self._channels():
            return notified, skipped, not_notified
        notice = cases[0]._rule_notice(self, None)._replace(queued=False)
        managers = {case.id: case.area_id.manager_id for case in cases}
        for outcome in cases._notify_or_fall_back(notice, managers).values():
            notified.update(
                (user_id, channel)
                for user_id, channels in outcome.channels_by_user.items()
                for channel in channels
            )
            skipped.update(outcome.skipped)
            not_notified += outcome.nobody
        return notified, skipped, not_notified

    # -------------------------------------------------------------------------
    # Backtest
    # -------------------------------------------------------------------------

    def _backtest(self, since, until):
        """When the rule would have fired, according to the ledgers of the cases.

        :param datetime.datetime since: UTC, included
        :param datetime.datetime until: UTC, excluded
        :return: moments in UTC and ids of cases, the latest first
        :rtype: list[tuple[datetime.datetime, int]]
        """
        rule = self._acting()
        hours_of = self._hours_of_areas().get
        # Only cases are searched that have the type and priority of the rule now.
        case_type, priority = rule.case_type, rule.priority
        fired = []
        for case_id, entries in self._ledgers(since, until):
            periods = periods_of(entries, case_type, priority, hours_of)
            fired += [(run, case_id) for run in backtest(rule, periods, since, until, hours_of)]
        return sorted(fired, reverse=True)

    def _hours_of_areas(self):
        """The working hours of the areas by their id; empty for a rule that counts all hours."""
        if self.calendar_mode == "natural":
            return {}
        areas = self.env["atencion.area"].with_context(active_test=False)
        company = self.company_id
        return {
            area.id: company._working_hours(area.resource_calendar_id)
            for area in areas.search_fetch(
                [("company_id", "=", company.id)], ["resource_calendar_id"]
            )
        }

    def _ledgers(self, since, until):
        """The ledgers of the cases that may match the rule and were open in a time.

        :param datetime.datetime since: UTC, included
        :param datetime.datetime until: UTC, excluded
        :return: pairs of the id of a case and its ``BacktestEntry`` rows, in order
        """
        domain = Domain("company_id", "=", self.company_id.id) & Domain("received_at", "<", until)
        domain &= Domain("closed_at", "=", False) | Domain("closed_at", ">=", since)
        if self.type_id:
            domain &= Domain("type_id", "=", self.type_id.id)
        if self.priority:
            domain &= Domain("priority", "=", self.priority)
        history = self.env["atencion.case.history"]
        query = history._search(
            [("case_id", "in", self.env["atencion.case"]._search(domain))],
            order="case_id, entered_at, id",
        )
        columns = [history._field_to_sql(query.table, name, query) for name in LEDGER_FIELDS]
        rows = self.env.execute_query(query.select(*columns))
        stages = self.env["atencion.case.stage"].with_context(active_test=False)
        restarting = set(stages.search([("restarts_clock", "=", True)]).ids)
        for case_id, group in groupby(rows, itemgetter(0)):
            yield (
                case_id,
                [
                    BacktestEntry(
                        stage,
                        area,
                        begin,
                        end,
                        paused=bool(paused),
                        closed=bool(closed),
                        restarts=stage in restarting,
                        by_rule=bool(rule),
                    )
                    for _case, stage, area, begin, end, paused, closed, rule in group
                ],
            )
