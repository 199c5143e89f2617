from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ...tools import escalation
from ...tools.working_hours import moment_later

# The begin of a window that is searched from scratch: all clocks begin after it.
EVER = datetime.min


class Window(NamedTuple):
    """The cases on which a rule has become due, for the areas that share a calendar.

    They are those whose clock began later than ``after`` and not later than ``until``, both
    in UTC. ``area_ids``: None for all areas.
    """

    rule: escalation.Rule
    company_id: int
    area_ids: tuple | None
    after: datetime
    until: datetime

    def column(self):
        """The column of the clock that the rule reads."""
        if self.rule.basis == escalation.STAGE:
            return "stage_since"
        if self.rule.basis == escalation.OPEN:
            return "open_since"
        return "running_work_since" if self.rule.working else "running_since"

    def is_from_scratch(self):
        """Whether all cases are searched, not only those that became due since a search."""
        return self.after == EVER

    def as_row(self):
        """The window as a row of SQL, in the order of ``ROW``."""
        rule = self.rule
        return SQL(
            "(%s, %s, %s::int, %s::int[], %s::int, %s::text, %s::timestamp, %s::timestamp,"
            " %s, %s, %s, %s)",
            rule.id,
            self.company_id,
            rule.stage,
            self.area_ids and list(self.area_ids),
            rule.case_type,
            rule.priority,
            "-infinity" if self.is_from_scratch() else self.after,
            self.until,
            self.is_from_scratch(),
            escalation.seconds_of(rule.hours),
            rule.rule_version,
            "reference" if rule.reference else "active",
        )


ROW = SQL(
    "rule_id, company_id, stage_id, area_ids, type_id, priority, after, until, from_scratch,"
    " seconds, rule_version, mode"
)


class AtencionEscalationSearch(models.Model):
    """The search of the cases on which escalation rules are due.

    For each rule and calendar, two moments are computed: when a clock must have begun that
    reached the hours of the rule at the last search, and when one that reaches them now. The
    rule has become due on the cases whose clock began between these moments. All rules that
    read the same clock are searched by one part of a statement, which reads from the index of the
    clock only the cases that have become due.
    """

    _inherit = "atencion.escalation.rule"

    def _search_due(self, now, since=None):
        """The cases on which the rule is due and has not fired.

        :param datetime.datetime now: UTC
        :param datetime.datetime since: the moment of the last search, as in ``_find_due``
        """
        self.ensure_one()
        return self.env["atencion.case"].sudo().browse(self._find_due(now, {self: since})[self.id])

    def _find_due(self, now, since):
        """The ids of the cases on which each rule is due and has not fired.

        :param datetime.datetime now: UTC
        :param dict since: by rule, the moment in UTC of the last search of which all cases
            were processed; falsy without one. Only cases on which the rule has become due
            since then are found, not those that matched it because they were changed:
            those carry a mark.
        :rtype: dict[int, list[int]]
        """
        self.env["atencion.case"].flush_model()
        self.env["atencion.escalation.log"].flush_model()
        due = {rule.id: [] for rule in self}
        groups = self._groups(self._windows(now, since))
        searches = SQL(" UNION ALL ").join(SQL("(%s)", self._sql_due(group)) for group in groups)
        for rule_id, case_id in self.env.execute_query(searches) if groups else ():
            due[rule_id].append(case_id)
        return due

    def _windows(self, now, since):
        """The windows to search, one per rule and calendar.

        :param datetime.datetime now: UTC
        :param dict since: as in ``_find_due``
        :rtype: list[Window]
        """
        areas = self._areas_by_calendar()
        windows = []
        for record in self:
            rule = record._as_rule()
            last = since.get(record)
            for area_ids, hours in record._calendars(areas):
                after = _counted_back(rule, hours, last) if last and last <= now else EVER
                until = _counted_back(rule, hours, now)
                windows.append(Window(rule, record.company_id.id, area_ids, after, until))
        return windows

    def _groups(self, windows):
        """The windows in groups; each group is searched by one part of the statement.

        Windows of the same clock are searched together. A window that is searched from
        scratch is searched alone, so that PostgreSQL can estimate how many rows it finds and
        choose the right plan.
        """
        groups = defaultdict(list)
        for window in windows:
            groups[window if window.is_from_scratch() else window.column()].append(window)
        return groups.values()

    def _areas_by_calendar(self):
        """The areas of the companies with rules in working hours, by company and calendar."""
        companies = self.filtered(lambda rule: rule.calendar_mode == "working").company_id
        if not companies:
            return {}
        areas = self.env["atencion.area"].sudo()._in_order()
        areas = areas.filtered(lambda area: area.company_id in companies).sorted("id")
        return areas.grouped(
            lambda area: (
                area.company_id,
                area.resource_calendar_id or area.company_id.resource_calendar_id,
            )
        )

    def _calendars(self, areas_by_calendar):
        """The working hours by which the rule counts, with the areas that have them.

        :param dict areas_by_calendar: as ``_areas_by_calendar`` returns them
        :return: pairs of ids of areas (None for all areas) and their ``WorkingHours`` (None if
            all hours count)
        """
        self.ensure_one()
        own = self.area_id
        if self.calendar_mode == "natural":
            return [(own._ids or None, None)]
        return [
            (found._ids, company._working_hours(calendar))
            for (company, calendar), areas in areas_by_calendar.items()
            if company == self.company_id and (found := areas & own if own else areas)
        ]

    def _sql_due(self, windows):
        """The statement that finds the cases in windows of the same clock.

        On a clock that stops during a pause, a paused case is due if it had waited the hours
        before the pause. It has not become due since the last search, so only a search from
        scratch finds it.

        :return: a statement that gives the id of a rule and the id of a case per row
        """
        column = windows[0].column()
        return SQL(
            """
            SELECT sought.rule_id, due.id
            FROM (VALUES %(rows)s) AS sought (%(row)s)
            CROSS JOIN LATERAL (
                SELECT id, reopening, stage_entry, stage_id, area_id, type_id, priority,
                    %(paused_seconds)s AS paused_seconds
                FROM atencion_case
                WHERE closed_at IS NULL AND active AND company_id = sought.company_id
                AND %(column)s > sought.after AND %(column)s <= sought.until
                OFFSET 0) AS due
            WHERE (sought.stage_id IS NULL OR due.stage_id = sought.stage_id)
            AND (sought.area_ids IS NULL OR due.area_id = ANY(sought.area_ids))
            AND (sought.type_id IS NULL OR due.type_id = sought.type_id)
            AND (sought.priority IS NULL OR due.priority = sought.priority)
            AND (paused_seconds IS NULL OR sought.from_scratch AND paused_seconds >= sought.seconds)
            %(not_fired)s
            ORDER BY sought.rule_id, due.id""",
            rows=SQL(", ").join(window.as_row() for window in windows),
            row=ROW,
            column=SQL.identifier(column),
            paused_seconds=PAUSED_SECONDS.get(column, SQL("NULL::int")),
            # A rule that has become due since the last search has not fired yet. An exception
            # are firings of an earlier run that did not process all cases: those are found
            # here, and left out when the rules are chosen.
            not_fired=self._sql_not_fired(column) if windows[0].is_from_scratch() else SQL(),
        )

    def _sql_not_fired(self, column):
        return SQL(
            """
            AND NOT EXISTS (
                SELECT FROM atencion_escalation_log log
                WHERE log.rule_id = sought.rule_id AND log.case_id = due.id
                AND log.reopening = due.reopening AND log.stage_entry = %s
                AND log.rule_version = sought.rule_version AND log.mode = sought.mode)""",
            SQL("due.stage_entry") if column == "stage_since" else SQL("0"),
        )


# For each clock that stops during a pause: the seconds that it had when the pause began; NULL
# if the case is not paused.
PAUSED_SECONDS = {
    "running_since": SQL("CASE WHEN paused_since IS NOT NULL THEN round(paused_hours * 3600) END"),
    "running_work_since": SQL(
        "CASE WHEN paused_since IS NOT NULL THEN round(paused_work_hours * 3600) END"
    ),
}


def _counted_back(rule, working_hours, moment):
    """When a clock must have begun at the latest to have the hours of a rule at ``moment``."""
    if rule.working and working_hours:
        return working_hours.before(moment, rule.hours)
    return moment_later(moment, -escalation.seconds_of(rule.hours))
