from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import ormcache

from ..tools.working_hours import WorkedYear


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "atencion.work.source"]

    def _is_in_service(self):
        """Whether a company or an area works by any of these calendars."""
        if not self:
            return False
        # sudo: which calendars are used is no secret to who may change one.
        by_these = [("resource_calendar_id", "in", self.ids)]
        return any(
            self.env[model].sudo().with_context(active_test=False).search_count(by_these, limit=1)
            for model in ("res.company", "atencion.area")
        )

    def _work_intervals_of_year(self, company_id, year):
        """What the calendar works in a year of its zone, holidays taken out.

        :param int company_id: the company whose holidays apply
        """
        # Agents have no rights on calendars, and working hours are no secret.
        calendar = self.sudo()
        calendar.ensure_one()
        zone = ZoneInfo(calendar.tz)
        return calendar._work_intervals_batch(
            datetime.combine(date(year, 1, 1), time.min, zone),
            datetime.combine(date(year, 12, 31), time.max, zone),
            domain=[
                ("time_type", "=", "leave"),
                ("company_id", "in", [company_id, False]),
            ],
        )[False]

    @ormcache("self.id", "company_id", "year")
    def _days_off(self, company_id, year):
        """The days of a year on which the calendar does not work.

        A calendar that never works would make every deadline infinite: all its
        days count, as those of a company without a calendar.

        :param int company_id: the company whose holidays apply
        :rtype: frozenset[datetime.date]
        """
        return _days_without(self._work_intervals_of_year(company_id, year), year)

    def _usual_days_off(self, year):
        """The days of a year on which the calendar would not work without holidays.

        :rtype: frozenset[datetime.date]
        """
        # Agents have no rights on calendars, and working hours are no secret.
        calendar = self.sudo()
        zone = ZoneInfo(calendar.tz)
        attendances = calendar._attendance_intervals_batch(
            datetime.combine(date(year, 1, 1), time.min, zone),
            datetime.combine(date(year, 12, 31), time.max, zone),
        )
        return _days_without(attendances[False], year)

    @ormcache("self.id", "company_id", "year")
    def _worked_year(self, company_id, year):
        """The hours that the calendar works in a year of its zone.

        All of the year for a calendar that never works: every hour counts then.

        :param int company_id: the company whose holidays apply
        :rtype: WorkedYear
        """
        spans = [
            (_in_utc(start), _in_utc(stop))
            for start, stop, _attendance in self._work_intervals_of_year(company_id, year)
        ]
        if not spans:
            zone = ZoneInfo(self.sudo().tz)
            years = (datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))
            spans = [tuple(map(_in_utc, years))]
        return WorkedYear.of(spans)


def _days_without(intervals, year):
    """The days of a year without any work; none if there is no work at all."""
    worked = {
        day
        for start, stop, _attendance in intervals
        for day in (start.date(), (stop - timedelta(seconds=1)).date())
    }
    if not worked:
        return frozenset()
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(day for day in days if day not in worked)


def _in_utc(moment):
    """A moment as Odoo stores it; its calendars end a day a microsecond before midnight."""
    moment = moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
