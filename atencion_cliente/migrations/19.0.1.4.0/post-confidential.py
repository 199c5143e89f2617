from odoo import SUPERUSER_ID, api

CUSTOMERS = """
    ['|', '|',
        ('requester_id', '=', user.partner_id.id),
        ('partner_id', '=', user.partner_id.id),
        '&',
            ('is_confidential', '=', False),
            '|',
                ('partner_id', '=', user.partner_id.commercial_partner_id.id),
                ('is_of_current_holder', '=', True)]
"""


def migrate(cr, _version):
    """Apply to existing confidential cases what happens when a case becomes confidential.

    The record rule of the portal is replaced, because an update does not change it: it was
    loaded with ``noupdate``.
    """
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    rule = env.ref("atencion_cliente.atencion_case_rule_portal", raise_if_not_found=False)
    if rule:
        rule.domain_force = CUSTOMERS
    env["atencion.case"].search([("is_confidential", "=", True)])._enforce_confidentiality()
