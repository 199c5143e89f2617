from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...tools.working_days import days_later


class ResCompanyReception(models.Model):
    """Moments of a day of the company, by its clocks and its working hours."""

    _inherit = "res.company"

    def _moment_of(self, day, clock):
        """The moment at which the clocks of the company show a time of a day.

        :param datetime.date day:
        :param datetime.time clock: the first one, if clocks that are set back show it twice
        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        moment = datetime.combine(day, clock, tzinfo=self._zone())
        try:
            return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        except OverflowError:
            return moment.replace(tzinfo=None)  # at the limits of ``datetime``

    def _end_of(self, day):
        """The last second of a day in the company's time zone.

        :param datetime.date day:
        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        return self._start_of(days_later(day, 1)) - timedelta(seconds=1)

    def _reception_of(self, day, calendar=None):
        """The moment from which a request counts of which only the day is known.

        Never earlier than is certain: of today it is now; of another day the end of its
        working hours, or its last minute if no work is done on it.

        :param datetime.date day: of the company
        :param calendar: the ``resource.calendar`` of an area; by default that of the company
        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        if day == self._today():
            return fields.Datetime.now()
        # The later one, where clocks that are set back show it twice.
        last_minute = self._start_of(day + timedelta(days=1)) - timedelta(minutes=1)
        hours = self._working_hours(calendar)
        return hours and hours.last_work(self._start_of(day), last_minute) or last_minute
