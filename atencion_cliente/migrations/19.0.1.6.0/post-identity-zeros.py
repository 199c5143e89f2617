"""Numbers that lost their first zeros in an earlier import are offered for review, too.

Only those of cases, and of contacts with a case or a contract. No number changes.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 1000
PEOPLE = """
    SELECT partner.id FROM res_partner partner
    JOIN (
        SELECT partner_id AS id FROM atencion_case
        UNION SELECT requester_id FROM atencion_case
        UNION SELECT partner_id FROM atencion_contract_holder
        UNION SELECT partner_id FROM atencion_representative
    ) people ON people.id = partner.id
    WHERE length(partner.identity_normalized) BETWEEN 5 AND 12 ORDER BY partner.id"""
CASES = """
    SELECT id FROM atencion_case
    WHERE requester_id IS NULL AND length(requester_identity) >= 5 ORDER BY id"""


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, query in (("res.partner", PEOPLE), ("atencion.case", CASES)):
        cr.execute(query)
        for ids in split_every(BATCH, [record_id for (record_id,) in cr.fetchall()]):
            env[model].browse(ids)._propose_identities()
            env.flush_all()
            env.invalidate_all()
