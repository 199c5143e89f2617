from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import ormcache

from ...tools.working_days import FORTNIGHT, ONE_DAY, WorkingDays
from ...tools.working_hours import FIRST_MOMENT, LAST_MOMENT, WorkedYear

# How many names a text shows.
MOST_NAMES = 3
_TWO_WEEKS = timedelta(days=FORTNIGHT - 1)


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "atencion.working.time"]

    def write(self, vals):
        if "tz" not in vals:
            return super().write(vals)
        # The zone of its calendar is the zone of a company: the change leaves the same trace.
        companies = self._companies_concerned()
        before = companies._setting_texts(["resource_calendar_id"])
        result = super().write(vals)
        after = companies._setting_texts(["resource_calendar_id"])
        self.env["atencion.setting.change"]._record(before, after)
        return result

    def _companies_concerned(self):
        # sudo: a user who changes calendars may not read all companies.
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        if not self.ids:
            return companies
        return companies.search([("resource_calendar_id", "in", self.ids)])

    def _working_time_text(self):
        names = ", ".join(self.sudo().mapped("name")[:MOST_NAMES])
        return self.env._("working hours “%s”", names)

    def _is_calendar_used(self):
        """Whether a company or an area uses any of these calendars."""
        if not self:
            return False
        # sudo: a user who changes calendars may not read all companies and areas.
        by_these = [("resource_calendar_id", "in", self.ids)]
        return any(
            self.env[model].sudo().with_context(active_test=False).search_count(by_these, limit=1)
            for model in ("res.company", "atencion.area")
        )

    def _work_intervals(self, company_id, first, last):
        """The working intervals from one day to another in the calendar's zone, without holidays.

        :param int company_id: the company whose holidays apply
        :param datetime.date first: first day
        :param datetime.date last: last day, included
        :return: pairs of a begin and an end
        """
        # sudo: agents have no rights on calendars; working hours are public.
        calendar = self.sudo()
        calendar.ensure_one()
        # Odoo counts the weeks of flexible calendars from the first day of the request.
        intervals = calendar._work_intervals_batch(
            *calendar._span(_fortnight_of(first), last), domain=self._holiday_domain(company_id)
        )[False]
        begin, _end = calendar._span(first, last)
        return [(max(start, begin), stop) for start, stop, _attendance in intervals if stop > begin]

    def _span(self, first, last):
        """The start of a first day and the end of a last day in the calendar's zone."""
        zone = ZoneInfo(self.tz)
        return datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone)

    @api.model
    def _holiday_domain(self, company_id):
        return [
            ("time_type", "=", "leave"),
            ("company_id", "in", [company_id, False]),
            # Odoo's calendars fail on moments at the limits of ``datetime``.
            ("date_from", ">=", FIRST_MOMENT),
            ("date_to", "<=", LAST_MOMENT),
        ]

    @ormcache("self.id", "company_id", "first_year", "last_year")
    def _working_days(self, company_id, first_year, last_year):
        """The working days of the calendar, with the holidays of a range of years.

        :param int company_id: the company whose holidays apply
        :param int first_year: first year whose holidays are loaded
        :param int last_year: last year whose holidays are loaded
        :rtype: WorkingDays
        """
        week = self._usual_week()
        holidays = [
            day
            for year in self._years_with_leaves(company_id, first_year, last_year)
            for day in self._days_off(company_id, year)
        ]
        return WorkingDays(week, holidays)

    def _usual_week(self):
        """Which days of two weeks are working days, apart from holidays.

        :return: a flag for each of 14 days, from a Monday on
        :rtype: list[bool]
        """
        # sudo: agents have no rights on calendars; working hours are public.
        calendar = self.sudo()
        calendar.ensure_one()
        first = _fortnight_of(date(2000, 1, 1))
        intervals = calendar._attendance_intervals_batch(*calendar._span(first, first + _TWO_WEEKS))
        worked = _days_in((start, stop) for start, stop, _attendance in intervals[False])
        return [first + timedelta(days=count) in worked for count in range(FORTNIGHT)]

    def _years_with_leaves(self, company_id, first_year, last_year):
        """The years that have holidays of the calendar, in ascending order."""
        calendar = self.sudo()
        span = calendar._span(date(first_year, 1, 1), date(last_year, 12, 31))
        first, last = map(_in_utc, span)
        leaves = calendar.env["resource.calendar.leaves"].search_fetch(
            [
                *self._holiday_domain(company_id),
                ("calendar_id", "in", [False, calendar.id]),
                ("resource_id", "=", False),
                ("date_from", "<=", last),
                ("date_to", ">=", first),
            ],
            ["date_from", "date_to"],
        )
        years = set()
        for leave in leaves:
            # In the calendar's zone, a leave may fall on the day before or after its UTC day.
            begin = max(leave.date_from, first) - ONE_DAY
            end = min(leave.date_to, last) + ONE_DAY
            years.update(range(begin.year, end.year + 1))
        return sorted(years.intersection(range(first_year, last_year + 1)))

    def _days_off(self, company_id, year):
        """The days of a year that are not working days of the calendar."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        worked = _days_in(self._work_intervals(company_id, first, last))
        days = (first + timedelta(days=count) for count in range(366))
        return [day for day in days if day.year == year and day not in worked]

    @ormcache("self.id", "company_id", "year")
    def _worked_year(self, company_id, year):
        """The working hours of the calendar in one year of its zone.

        If the calendar has no working hours at all, every hour of the year counts.

        :param int company_id: the company whose holidays apply
        :param int year:
        :rtype: WorkedYear
        """
        spans = [
            (_in_utc(start), _in_utc(stop))
            for start, stop in self._work_intervals(
                company_id, date(year, 1, 1), date(year, 12, 31)
            )
        ]
        if not spans:
            zone = ZoneInfo(self.sudo().tz)
            years = (datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))
            spans = [tuple(map(_in_utc, years))]
        return WorkedYear.of(spans)


def _days_in(intervals):
    """The days that have any working time."""
    return {
        day
        for start, stop in intervals
        for day in (start.date(), (stop - timedelta(seconds=1)).date())
    }


def _fortnight_of(day):
    """The first day of the two-week period of a day, which Odoo counts from 1 January of year 1."""
    return day - timedelta(days=(day.toordinal() - 1) % FORTNIGHT)


def _in_utc(moment):
    """A moment in UTC without zone, rounded to seconds.

    Odoo's calendars end a day one microsecond before midnight.
    """
    moment = moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
