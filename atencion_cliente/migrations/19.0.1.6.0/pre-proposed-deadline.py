"""Cases get the column of proposed deadlines, which is empty.

Odoo would compute it for all cases, and with it their deadlines: those of closed cases, too.
"""

from odoo.tools import sql


def migrate(cr, _version):
    if not sql.column_exists(cr, "atencion_case", "proposed_deadline"):
        sql.create_column(cr, "atencion_case", "proposed_deadline", "date")
