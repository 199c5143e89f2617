"""The history of a case is no list in its form any more.

A view that changed the list's columns is checked against the new form before its own new
version is loaded: it says nothing until then.
"""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
            FROM ir_model_data
            WHERE ir_model_data.res_id = ir_ui_view.id
                AND ir_model_data.model = 'ir.ui.view'
                AND ir_model_data.module = 'atencion_cliente'
                AND ir_model_data.name = 'atencion_case_view_form_escalation'"""
        )
    )
