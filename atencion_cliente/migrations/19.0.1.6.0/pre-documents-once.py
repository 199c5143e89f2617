"""A case lists each required document once: of two, the later stays without a requirement."""

from odoo.tools import sql


def migrate(cr, _version):
    # A database from before required documents has none.
    if not sql.column_exists(cr, "atencion_case_document", "requirement_id"):
        return
    cr.execute(
        """
        UPDATE atencion_case_document later
        SET requirement_id = NULL
        FROM atencion_case_document first
        WHERE first.case_id = later.case_id
            AND first.requirement_id = later.requirement_id
            AND first.id < later.id"""
    )
