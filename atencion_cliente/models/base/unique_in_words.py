import re
from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ValidationError

_VALUES = re.compile(r"\)=\((.*)\)", re.DOTALL)


@contextmanager
def unique_in_words(records, message):
    """Say in words what a unique index of the records' table refuses in the block.

    Two transactions at once, or two records of one creation, meet only in the index.

    :param message: a function of the values of the index, as a list of texts; it runs without
        the database, which takes no statement any more
    :raise ValidationError: with that message
    """
    # The language is looked up while that is possible.
    records.env.lang  # noqa: B018
    try:
        yield
    except UniqueViolation as error:
        if error.diag.table_name != records._table:
            raise
        found = _VALUES.search(error.diag.message_detail or "")
        values = found.group(1).split(", ", 1) if found else [""]
        raise ValidationError(message(values)) from error
