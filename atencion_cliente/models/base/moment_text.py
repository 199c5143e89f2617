from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from odoo.tools import babel_locale_parse, format_date, format_time
from odoo.tools.misc import get_lang


def moment_text(env, moment, zone=None):
    """A moment in UTC as a text: the day as in all our texts, and the time without seconds.

    :param str zone: the time zone; that of the user by default
    """
    zone = zone or str(env.tz)
    day = _in_zone(moment, zone).date()
    return f"{format_date(env, day)} {format_time(env, moment, zone, 'short')}"


def moment_with_zone(env, moment, zone):
    """A moment in UTC as ``moment_text``, and whose clocks it goes by: “(Lima time)”.

    :param str zone: the time zone, by its city; one without a city is told by its distance to UTC
    """
    text = moment_text(env, moment, zone)
    if "/" not in zone or zone.startswith("Etc/"):
        offset = _in_zone(moment, zone).strftime("%z")
        return f"{text} (UTC{offset[:3]}:{offset[3:]})"
    locale = babel_locale_parse(get_lang(env).code)
    city = get_timezone_location(zone, locale=locale, return_city=True)
    return env._("%(moment)s (%(city)s time)", moment=text, city=city)


def _in_zone(moment, zone):
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
