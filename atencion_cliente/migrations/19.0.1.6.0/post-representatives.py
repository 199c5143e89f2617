from odoo import SUPERUSER_ID, api

OF_HOLDERS = "('is_of_current_holder', '=', True)"
OF_REPRESENTATIVES = "('is_of_represented_holder', '=', True)"


def migrate(cr, _version):
    """Representatives see the cases of the holders whom they represent.

    An update does not change the record rule of the portal: it was loaded with ``noupdate``.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("atencion_cliente.atencion_case_rule_portal", raise_if_not_found=False)
    if rule and OF_REPRESENTATIVES not in rule.domain_force:
        either = f"'|', {OF_HOLDERS}, {OF_REPRESENTATIVES}"
        rule.domain_force = rule.domain_force.replace(OF_HOLDERS, either)
