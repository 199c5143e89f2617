"""Cases that are claims today count as filed as claims on the day they were received."""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE atencion_case
            SET claim_filed_at = coalesce(received_at, atencion_case.create_date)
            FROM atencion_case_type type
            WHERE type.id = type_id AND type.form = 'claim' AND claim_filed_at IS NULL"""
        )
    )
