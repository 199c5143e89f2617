"""The first entry of each case is marked: it counts from the reception of its case.

So far a correction of the request date rewrote when that entry began, so both agree.
"""


def migrate(cr, _version):
    cr.execute(
        """
        UPDATE atencion_case_history entry SET is_first = TRUE
        FROM (
            SELECT DISTINCT ON (case_id) id FROM atencion_case_history
            ORDER BY case_id, entered_at, id) first
        WHERE entry.id = first.id"""
    )
