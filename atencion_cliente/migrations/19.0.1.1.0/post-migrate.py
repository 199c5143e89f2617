def migrate(cr, _version):
    """Fill the columns of escalation of the cases from before escalation.

    Odoo itself fills the computed columns. It marks every case to be processed by the rules;
    closed cases do not need it.
    """
    cr.execute(
        """
        UPDATE atencion_case
        SET reopening = coalesce(reopen_count, 0) + 1,
            escalation_pending = closed_at IS NULL"""
    )
    # A case entered its state with the first row of its ledger after the last row in another
    # state. A row may also end because the area changed.
    cr.execute(
        """
        UPDATE atencion_case
        SET stage_since = began.moment
        FROM (
            SELECT here.id, min(entry.entered_at) AS moment
            FROM atencion_case here
            JOIN atencion_case_history entry ON entry.case_id = here.id
            LEFT JOIN LATERAL (
                SELECT entered_at, id
                FROM atencion_case_history
                WHERE case_id = here.id AND stage_id <> here.stage_id
                ORDER BY entered_at DESC, id DESC
                LIMIT 1) AS before ON TRUE
            WHERE before.id IS NULL OR (entry.entered_at, entry.id) > (before.entered_at, before.id)
            GROUP BY here.id) AS began
        WHERE began.id = atencion_case.id"""
    )
