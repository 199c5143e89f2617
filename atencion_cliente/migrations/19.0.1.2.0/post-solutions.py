from odoo import SUPERUSER_ID, api

# How many cases are recorded together.
BATCH = 500


def migrate(cr, version):
    """Record the solutions of cases that closed before closing recorded them.

    It is not known when their solutions were applied: that counts from the reception of
    the case.
    """
    cr.execute(
        """
        UPDATE atencion_case
        SET solution_applied_at = received_at
        WHERE solution_id IS NOT NULL AND solution_applied_at IS NULL"""
    )
    cr.execute(
        """
        UPDATE atencion_solution
        SET date = item.closed_at::date, area_id = item.area_id
        FROM atencion_case item
        WHERE item.id = case_id AND item.closed_at IS NOT NULL"""
    )
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    env["atencion.case.category"].search([])._store_words()
    recorded = env["atencion.solution"].search([])
    recorded._store_words()
    closed = env["atencion.case"].search(
        [
            ("stage_id.is_closed", "=", True),
            ("stage_id.requires_resolution", "=", True),
            ("id", "not in", recorded.case_id.ids),
        ],
        order="id",
    )
    for start in range(0, len(closed), BATCH):
        closed[start : start + BATCH]._record_solutions()
        env.flush_all()
        env.invalidate_all()
