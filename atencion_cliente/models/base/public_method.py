"""Methods that any program may call, with anything."""

import functools
import inspect

from odoo.exceptions import MissingError, UserError

from ...tools.field_value import GREATEST, GREATEST_OF_VIEWS, is_id
from ...tools.visible_text import is_text

__all__ = ["DICT", "ID", "PHRASE", "ROWS", "TEXT", "TEXTS", "public"]


# What somebody looks for is not longer, in characters: taking it apart would cost seconds.
LONGEST_PHRASE = 1_000
# What an argument may be.
DICT, ID, PHRASE, ROWS, TEXT, TEXTS = "dict", "id", "phrase", "rows", "text", "texts"


def _is_list_of(is_one):
    return lambda value: isinstance(value, (list, tuple)) and all(map(is_one, value))


_CHECKS = {
    DICT: lambda value: isinstance(value, dict),
    ID: is_id,
    ROWS: _is_list_of(lambda row: isinstance(row, (list, tuple))),
    PHRASE: lambda value: is_text(value) and len(value) <= LONGEST_PHRASE,
    TEXT: is_text,
    TEXTS: _is_list_of(is_text),
}


def public(one=False, **kinds):
    """A method that is called from outside: refuses, in words, calls that mean nothing.

    Rights are for the method to check.

    :param bool one: the method is for a single record
    :param kinds: what each argument is, if it is given
    :raise UserError: records or arguments are not what the method takes
    :raise MissingError: a record was deleted
    """

    def decorate(method):
        signature = inspect.signature(method)

        @functools.wraps(method)
        def checked(self, *args, **kwargs):
            try:
                call = signature.bind(self, *args, **kwargs)
            except TypeError as error:
                raise UserError(
                    self.env._("“%(method)s”: %(reason)s.", method=method.__name__, reason=error)
                ) from error
            _check_arguments(self, call, kinds)
            _check_records(self, one)
            return method(*call.args, **call.kwargs)

        checked.is_public = True
        return checked

    return decorate


def _check_arguments(records, call, kinds):
    """Refuse arguments of another kind; one that may be left out and is empty is left out."""
    for name, kind in kinds.items():
        if name not in call.arguments:
            continue
        value, parameter = call.arguments[name], call.signature.parameters[name]
        has_default = parameter.default is not parameter.empty
        if not value and kind in (PHRASE, TEXT):
            call.arguments[name] = parameter.default if has_default else ""
        elif not value and has_default:
            call.arguments[name] = value if kind == ID else parameter.default
        elif not _CHECKS[kind](value):
            raise UserError(
                records.env._(
                    "“%(argument)s” cannot be “%(value)s”. Correct the value.",
                    argument=name,
                    value=ascii(value)[:60],
                )
            )


def _check_records(records, one):
    env, ids = records.env, records._ids
    # A record that is not saved yet has an object for its id, which no client can send.
    greatest = GREATEST if records._auto else GREATEST_OF_VIEWS
    if not all(is_id(id_, greatest) or hasattr(id_, "origin") for id_ in ids):
        raise UserError(env._("Records are named by their ids, which are numbers."))
    if one and len(ids) != 1:
        raise UserError(env._("This is done for one record at a time. Choose one."))
    if len(records.exists()) < len(records):
        raise MissingError(env._("The record was deleted, or never was. Refresh the page."))
