"""Documents say since when they are as they are: nearly the moment of their last change.

Nothing kept it before, but when a document was received.
"""


def migrate(cr, _version):
    cr.execute(
        """UPDATE atencion_case_document SET state_since = COALESCE(received_at, write_date)
        WHERE state <> 'pending' AND state_since IS NULL"""
    )
