"""Writes the value of a field as a letter shows it, in the language of the record's context."""

from markupsafe import Markup, escape

from odoo.tools import format_date, format_datetime, is_html_empty
from odoo.tools.misc import formatLang

from ..tools.letter_language import EMPTY, LetterValue


def letter_value(record, name, zone):
    """The value of a field, read with the rights of the record's user.

    :param record: one record, or an empty recordset, whose value is empty
    :param str name: of the field
    :param str zone: name of the time zone in which moments are written
    :rtype: tools.letter_language.LetterValue
    :raise odoo.exceptions.AccessError: the user may not read the value
    """
    value = record[name]
    field = record._fields[name]
    if not record:
        return EMPTY
    text = WRITERS[field.type](value, field, record, zone)
    return LetterValue(escape(text), bool(value) and bool(text))


def _text(value, _field, _record, _zone):
    lines = (value or "").splitlines()
    return Markup("<br/>").join(lines)


def _html(value, _field, _record, _zone):
    return "" if is_html_empty(value) else Markup(value)


def _date(value, _field, record, _zone):
    return format_date(record.env, value, date_format="long")


def _moment(value, _field, record, zone):
    if not value:
        return ""
    day = format_datetime(record.env, value, tz=zone, dt_format="long")
    return day.rpartition(":")[0] or day


def _choice(value, field, record, _zone):
    return dict(field._description_selection(record.env)).get(value, "")


def _record(value, _field, _owner, _zone):
    value.check_access("read")
    return value.display_name or ""


def _flag(value, _field, record, _zone):
    return record.env._("Yes") if value else record.env._("No")


def _whole(value, _field, record, _zone):
    return formatLang(record.env, value or 0, digits=0)


def _number(value, field, record, _zone):
    digits = field.get_digits(record.env) if field.type == "float" else None
    return formatLang(record.env, value or 0, digits=digits[1] if digits else 2)


def _money(value, field, record, _zone):
    currency = record[field.get_currency_field(record)]
    return formatLang(record.env, value or 0, currency_obj=currency)


# The function that writes each type of field. Letters do not show other types.
WRITERS = {
    "boolean": _flag,
    "char": _text,
    "date": _date,
    "datetime": _moment,
    "float": _number,
    "html": _html,
    "integer": _whole,
    "many2one": _record,
    "monetary": _money,
    "selection": _choice,
    "text": _text,
}
