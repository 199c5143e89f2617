from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import ormcache


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "atencion.days.off.source"]

    @ormcache("self.id", "company_id", "year")
    def _days_off(self, company_id, year):
        """The days of a year on which the calendar does not work.

        A calendar that never works would make every deadline infinite: all its
        days count, as those of a company without a calendar.

        :param int company_id: the company whose holidays apply
        :rtype: frozenset[datetime.date]
        """
        # Agents have no rights on calendars, and days off are no secret.
        calendar = self.sudo()
        calendar.ensure_one()
        zone = ZoneInfo(calendar.tz)
        first, last = date(year, 1, 1), date(year, 12, 31)
        intervals = calendar._work_intervals_batch(
            datetime.combine(first, time.min, zone),
            datetime.combine(last, time.max, zone),
            domain=[
                ("time_type", "=", "leave"),
                ("company_id", "in", [company_id, False]),
            ],
        )[False]
        worked = {
            day
            for start, stop, _attendance in intervals
            for day in (start.date(), (stop - timedelta(seconds=1)).date())
        }
        if not worked:
            return frozenset()
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return frozenset(day for day in days if day not in worked)
