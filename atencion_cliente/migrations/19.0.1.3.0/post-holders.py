"""The record rule of the portal finds the holders of a contract as of today."""

from odoo.tools import SQL

HELD_WITHOUT_END = r"\('contract_id\.holder_ids', 'any', .*'date_to', '=', False\)\]\)"
HELD_TODAY = "('is_of_current_holder', '=', True)"


def migrate(cr, _version):
    cr.execute("ALTER TABLE atencion_contract DROP COLUMN IF EXISTS partner_id")
    # An administrator may have edited the rule: only the condition that changes is replaced.
    cr.execute(
        SQL(
            """UPDATE ir_rule
            SET domain_force = regexp_replace(domain_force, %(before)s, %(now)s)
            FROM ir_model_data data
            WHERE data.module = 'atencion_cliente'
                AND data.name = 'atencion_case_rule_portal'
                AND data.model = 'ir.rule'
                AND data.res_id = ir_rule.id""",
            before=HELD_WITHOUT_END,
            now=HELD_TODAY,
        )
    )
