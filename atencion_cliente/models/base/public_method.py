"""Checks the arguments of methods that clients call by RPC, with any values."""

import functools
import inspect

from odoo.exceptions import MissingError, UserError

from ...tools.field_value import MAX_BIGINT, MAX_INTEGER, is_id
from ...tools.visible_text import is_text

__all__ = ["DICT", "ID", "PHRASE", "ROWS", "TEXT", "TEXTS", "public"]


# Longest text of a search, in characters: analysing a longer one takes seconds.
MAX_PHRASE_LENGTH = 1_000
# Types of arguments.
DICT, ID, PHRASE, ROWS, TEXT, TEXTS = "dict", "id", "phrase", "rows", "text", "texts"


def _is_list_of(is_one):
    return lambda value: isinstance(value, (list, tuple)) and all(map(is_one, value))


_CHECKS = {
    DICT: lambda value: isinstance(value, dict),
    ID: is_id,
    ROWS: _is_list_of(lambda row: isinstance(row, (list, tuple))),
    PHRASE: lambda value: is_text(value) and len(value) <= MAX_PHRASE_LENGTH,
    TEXT: is_text,
    TEXTS: _is_list_of(is_text),
}


def public(one=False, **argument_types):
    """Decorate a method that clients call: refuse invalid calls with a readable message.

    The method itself checks access rights.

    :param bool one: the method is for a single record
    :param argument_types: the type of each argument that is checked, by its name
    :raise UserError: the records or the arguments are invalid
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
            _check_arguments(self, call, argument_types)
            _check_records(self, one)
            return method(*call.args, **call.kwargs)

        checked.is_public = True
        return checked

    return decorate


def _check_arguments(records, call, argument_types):
    """Refuse arguments of another type; replace empty optional ones by their default."""
    for name, argument_type in argument_types.items():
        if name not in call.arguments:
            continue
        value, parameter = call.arguments[name], call.signature.parameters[name]
        has_default = parameter.default is not parameter.empty
        if not value and argument_type in (PHRASE, TEXT):
            call.arguments[name] = parameter.default if has_default else ""
        elif not value and has_default:
            call.arguments[name] = value if argument_type == ID else parameter.default
        elif not _CHECKS[argument_type](value):
            raise UserError(
                records.env._(
                    "“%(argument)s” cannot be “%(value)s”. Correct the value.",
                    argument=name,
                    value=ascii(value)[:60],
                )
            )


def _check_records(records, one):
    env, ids = records.env, records._ids
    # An unsaved record has an object instead of an id, which a client cannot send.
    greatest = MAX_INTEGER if records._auto else MAX_BIGINT
    if not all(is_id(id_, greatest) or hasattr(id_, "origin") for id_ in ids):
        raise UserError(env._("Records are named by their ids, which are numbers."))
    if one and len(ids) != 1:
        raise UserError(env._("This is done for one record at a time. Choose one."))
    if len(records.exists()) < len(records):
        raise MissingError(env._("The record was deleted, or never existed. Refresh the page."))
