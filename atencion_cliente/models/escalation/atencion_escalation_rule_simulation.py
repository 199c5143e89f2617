from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import groupby

from ...tools import escalation
from ...tools.backtest import Interval, backtest, stays
from ..base.public_method import public

LEDGER = ("case_id", "stage_id", "area_id", "entered_at", "left_at", "paused", "rule_id")


class Caught(NamedTuple):
    """A case that a rule would fire on now, and why it would not move it."""

    case_id: int
    hours: float
    since: datetime
    hindered: str | None


class Simulation(NamedTuple):
    """What a rule would do now, and when it would have fired.

    ``told``: cases by user and channel; ``skipped``: cases by user, channel or None,
    and reason; ``untold``: cases of which nobody would hear; ``replayed``: moments in
    UTC and cases, the latest first.
    """

    caught: list[Caught]
    told: dict[tuple[int, str], int]
    skipped: dict[tuple[int, str | None, str], int]
    untold: int
    replayed: list[tuple[datetime, int]]


class AtencionEscalationRuleSimulation(models.Model):
    """What a rule would do if it acted, found out without doing anything.

    The mode of the rule and of its company are no matter, and neither is whether it is
    archived: it is simulated to decide on them.
    """

    _inherit = "atencion.escalation.rule"

    @public(one=True)
    def action_simulate(self):
        """Show what the rule would do.

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
        :param int days: how far to look back
        :rtype: Simulation
        :raise AccessError: the user may not write the rule
        """
        self.ensure_one()
        self.check_access("write")
        # Who may write the rule decides on all cases of its company; addresses of
        # users, calendars and the log are not his to read.
        rule = self.sudo()
        cases = rule._cases_due(now)
        told, skipped, untold = rule._forecast_notices(cases)
        return Simulation(
            caught=rule._forecast_caught(cases, now),
            told=told,
            skipped=skipped,
            untold=untold,
            replayed=rule._replayed(now - timedelta(days=max(days, 0)), now),
        )

    # -------------------------------------------------------------------------
    # Now
    # -------------------------------------------------------------------------

    def _acting(self):
        """The rule for the pure choice, as if it acted."""
        return replace(self._as_rule(), reference=False)

    def _cases_due(self, now):
        """The cases on which the rule would fire now, whatever it has recorded."""
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

    def _forecast_caught(self, cases, now):
        """The cases as the rule sees them, those that have waited longest first.

        :rtype: list[Caught]
        """
        rule = self._acting()
        hindered = cases._forecast_moves(self)
        caught = []
        for case in cases:
            clock = case._escalation_clock()
            working_hours = case._working_hours() if rule.working else None
            hours = escalation.hours_on_clock(rule, clock, now, working_hours)
            since = escalation.counts_from(rule, clock)
            caught.append(Caught(case.id, hours, since, hindered.get(case.id)))
        return sorted(caught, key=lambda found: (-found.hours, found.case_id))

    def _forecast_notices(self, cases):
        """Whom the rule would tell of cases, and whom not: how many cases each.

        :return: as in ``Simulation``: told, skipped, untold
        """
        told, skipped, untold = Counter(), Counter(), 0
        if not cases or not self._channels():
            return told, skipped, untold
        message = cases[0]._message_of(self, None)._replace(queued=False)
        managers = {case.id: case.area_id.manager_id for case in cases}
        for found in cases._tell(message, managers).values():
            told.update(
                (user_id, channel)
                for user_id, names in found.channels_by_user.items()
                for channel in names
            )
            skipped.update(found.skipped)
            untold += found.nobody
        return told, skipped, untold

    # -------------------------------------------------------------------------
    # In the past
    # -------------------------------------------------------------------------

    def _replayed(self, since, until):
        """When the rule would have fired, from the ledgers of the cases.

        :return: moments in UTC and ids of cases, the latest first
        :rtype: list[tuple[datetime.datetime, int]]
        """
        rule = self._acting()
        hours_of = self._hours_of_areas().get
        # The cases are searched by type and priority as they are now.
        kind, priority = rule.kind, rule.priority
        fired = []
        for case_id, intervals in self._ledgers(since, until):
            case = stays(intervals, kind, priority, hours_of)
            fired += [(run, case_id) for run in backtest(rule, case, since, until, hours_of)]
        return sorted(fired, reverse=True)

    def _hours_of_areas(self):
        """The working hours of areas, by id; nothing for a rule that counts all hours."""
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
        """The ledgers of the cases that were open in the time, and may match the rule.

        :return: pairs of the id of a case and its intervals, in order
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
        columns = [history._field_to_sql(query.table, name, query) for name in LEDGER]
        rows = self.env.execute_query(query.select(*columns))
        flags = {
            stage.id: (stage.is_closed, stage.restarts_clock)
            for stage in self.env["atencion.case.stage"].with_context(active_test=False).search([])
        }
        for case_id, group in groupby(rows, itemgetter(0)):
            yield (
                case_id,
                [
                    Interval(stage, area, begin, end, bool(paused), *flags[stage], bool(rule))
                    for _case, stage, area, begin, end, paused, rule in group
                ],
            )
