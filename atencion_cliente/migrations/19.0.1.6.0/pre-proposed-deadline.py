"""Cases get the columns of proposed deadlines and of what deadlines were counted from, empty.

Odoo would compute them for all cases, and with them their deadlines: those of closed cases, too.
"""

from odoo.tools import sql

COLUMNS = {"proposed_deadline": "date", "deadline_basis": "jsonb"}


def migrate(cr, _version):
    for name, kind in COLUMNS.items():
        if not sql.column_exists(cr, "atencion_case", name):
            sql.create_column(cr, "atencion_case", name, kind)
