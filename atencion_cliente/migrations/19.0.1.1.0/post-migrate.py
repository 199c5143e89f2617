def migrate(cr, version):
    """What cases that were there before escalation know of their past.

    Odoo computes the clocks that are computed, from the ledger, and lets the rules look
    at every case. Closed ones need no look.
    """
    cr.execute(
        """
        UPDATE atencion_case
        SET life = coalesce(reopen_count, 0) + 1,
            escalation_pending = closed_at IS NULL"""
    )
    # The state began with the first interval after the last one in another state: an
    # interval may also end because the area changed.
    cr.execute(
        """
        UPDATE atencion_case
        SET stage_since = began.moment
        FROM (
            SELECT here.id, min(stay.entered_at) AS moment
            FROM atencion_case here
            JOIN atencion_case_history stay ON stay.case_id = here.id
            LEFT JOIN LATERAL (
                SELECT entered_at, id
                FROM atencion_case_history
                WHERE case_id = here.id AND stage_id <> here.stage_id
                ORDER BY entered_at DESC, id DESC
                LIMIT 1) AS before ON TRUE
            WHERE before.id IS NULL OR (stay.entered_at, stay.id) > (before.entered_at, before.id)
            GROUP BY here.id) AS began
        WHERE began.id = atencion_case.id"""
    )
