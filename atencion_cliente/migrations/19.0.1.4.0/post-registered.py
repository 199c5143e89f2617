"""Rows of the ledger in another user's name say who registered them, and when."""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE atencion_case_history
            SET registered_by_id = create_uid, registered_at = create_date
            WHERE user_id <> create_uid AND registered_by_id IS NULL"""
        )
    )
