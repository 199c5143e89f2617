"""Entries of the ledger say whether the case was closed in them, as its states are now."""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE atencion_case_history entry SET closed = COALESCE(stage.is_closed, FALSE)
            FROM atencion_case_stage stage
            WHERE stage.id = entry.stage_id AND entry.closed IS NULL"""
        )
    )
