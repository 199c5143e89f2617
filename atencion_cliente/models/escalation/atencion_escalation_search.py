from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ...tools import escalation
from ...tools.working_hours import moment_later

# What is searched from scratch began after this, whenever it began.
EVER = datetime.min


class Window(NamedTuple):
    """What a rule looks for by one calendar: clocks that began after one moment, until another.

    Criteria are as in ``atencion.escalation.rule``; those that are None match anything.
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

    def is_anew(self):
        """Whether it is searched from scratch."""
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
            rule.kind,
            rule.priority,
            "-infinity" if self.is_anew() else self.after,
            self.until,
            self.is_anew(),
            escalation.seconds_of(rule.hours),
            rule.memory,
            "reference" if rule.reference else "active",
        )


ROW = SQL(
    "rule_id, company_id, stage_id, area_ids, type_id, priority, after, until, anew, seconds,"
    " memory, mode"
)


class AtencionEscalationSearch(models.Model):
    """Search of the cases on which escalation rules are due.

    For each rule and calendar, the clocks that have exactly the rule's hours now, and
    had them at the last search, began at two moments: what is due began between them.
    All rules that read one clock are searched by one statement, which reads of its
    index what became due and nothing else.
    """

    _inherit = "atencion.escalation.rule"

    def _search_due(self, now, since=None):
        """The cases on which the rule is due and has not fired.

        :param datetime.datetime now: UTC
        :param since: as in ``_find_due``
        """
        self.ensure_one()
        return self.env["atencion.case"].sudo().browse(self._find_due(now, {self: since})[self.id])

    def _find_due(self, now, since):
        """The ids of the cases on which each rule is due and has not fired.

        :param datetime.datetime now: UTC
        :param dict since: by rule, the last moment in UTC for which this was searched
            and all that was due was done, if there is one. Only what became due by
            mere time since then is found then; what has changed meanwhile is marked
            on the cases themselves.
        :rtype: dict[int, list[int]]
        """
        self.env["atencion.case"].flush_model()
        self.env["atencion.escalation.log"].flush_model()
        due = {rule.id: [] for rule in self}
        for windows in self._groups(self._windows(now, since)):
            for rule_id, case_id in self.env.execute_query(self._sql_due(windows)):
                due[rule_id].append(case_id)
        return due

    def _windows(self, now, since):
        """What to look for, a window a rule and calendar.

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
        """The windows that are searched together: of one clock, since the last search.

        From scratch each is searched alone. PostgreSQL sees then how much it finds.
        """
        groups = defaultdict(list)
        for window in windows:
            groups[window if window.is_anew() else window.column()].append(window)
        return groups.values()

    def _areas_by_calendar(self):
        """The areas of the companies with rules in working hours, by company and calendar."""
        companies = self.filtered(lambda rule: rule.calendar_mode == "working").company_id
        if not companies:
            return {}
        areas = (
            self.env["atencion.area"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("company_id", "in", companies.ids)], ["company_id", "resource_calendar_id"]
            )
        )
        return areas.grouped(
            lambda area: (
                area.company_id,
                area.resource_calendar_id or area.company_id.resource_calendar_id,
            )
        )

    def _calendars(self, areas_by_calendar):
        """The working hours by which the rule counts, each with the areas that have it.

        :return: pairs of ids of areas, None for all of them, and WorkingHours or None
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
        """The statement that finds what is in windows of one clock.

        A case that is paused waits no longer: from scratch, it is due on a clock that
        pauses hold if that had the hours before the pause.
        """
        column = windows[0].column()
        return SQL(
            """
            SELECT sought.rule_id, due.id
            FROM (VALUES %(rows)s) AS sought (%(row)s)
            CROSS JOIN LATERAL (
                SELECT id, life, visit, stage_id, area_id, type_id, priority,
                    %(held)s AS seconds_held
                FROM atencion_case
                WHERE closed_at IS NULL AND active AND company_id = sought.company_id
                AND %(column)s > sought.after AND %(column)s <= sought.until
                OFFSET 0) AS due
            WHERE (sought.stage_id IS NULL OR due.stage_id = sought.stage_id)
            AND (sought.area_ids IS NULL OR due.area_id = ANY(sought.area_ids))
            AND (sought.type_id IS NULL OR due.type_id = sought.type_id)
            AND (sought.priority IS NULL OR due.priority = sought.priority)
            AND (seconds_held IS NULL OR sought.anew AND seconds_held >= sought.seconds)
            %(not_fired)s
            ORDER BY sought.rule_id, due.id""",
            rows=SQL(", ").join(window.as_row() for window in windows),
            row=ROW,
            column=SQL.identifier(column),
            held=SECONDS_HELD.get(column, SQL("NULL::int")),
            # What became due since has not fired yet, but for what an earlier run did
            # of a search that it could not finish. That is judged again.
            not_fired=self._sql_not_fired(column) if windows[0].is_anew() else SQL(),
        )

    def _sql_not_fired(self, column):
        return SQL(
            """
            AND NOT EXISTS (
                SELECT FROM atencion_escalation_log log
                WHERE log.rule_id = sought.rule_id AND log.case_id = due.id
                AND log.life = due.life AND log.visit = %s
                AND log.memory = sought.memory AND log.mode = sought.mode)""",
            SQL("due.visit") if column == "stage_since" else SQL("0"),
        )


# By clocks that a pause holds, the seconds that they had when it began; none while
# they run.
SECONDS_HELD = {
    "running_since": SQL("CASE WHEN paused_since IS NOT NULL THEN round(paused_hours * 3600) END"),
    "running_work_since": SQL(
        "CASE WHEN paused_since IS NOT NULL THEN round(paused_work_hours * 3600) END"
    ),
}


def _counted_back(rule, working_hours, moment):
    """The latest start of a clock that has the hours of a rule at a moment."""
    if rule.working and working_hours:
        return working_hours.before(moment, rule.hours)
    return moment_later(moment, -escalation.seconds_of(rule.hours))
