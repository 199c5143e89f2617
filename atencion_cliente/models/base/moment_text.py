from zoneinfo import ZoneInfo

from odoo.tools import format_date, format_time


def moment_text(env, moment, zone=None):
    """A moment in UTC as a text: the day as in all our texts, and the time without seconds.

    :param str zone: the time zone; that of the user by default
    """
    zone = zone or str(env.tz)
    day = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).date()
    return f"{format_date(env, day)} {format_time(env, moment, zone, 'short')}"
