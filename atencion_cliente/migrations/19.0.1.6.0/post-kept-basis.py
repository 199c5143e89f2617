"""Open claims keep what their deadline was counted from, so that the calendar does not move it.

It comes after the first entries of the ledger, which say when pauses began.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    cases = api.Environment(cr, SUPERUSER_ID, {})["atencion.case"].with_context(active_test=False)
    claims = cases.search(
        [
            ("claim_filed_at", "!=", False),
            ("closed_at", "=", False),
            ("deadline_date", "!=", False),
            ("clock_start", "!=", False),
        ]
    )
    pauses = claims._paused_spans()
    for claim in claims.filtered(lambda claim: not claim.deadline_basis):
        claim._write_checked({"deadline_basis": claim._basis_of_deadline(pauses)})
