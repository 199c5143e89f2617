"""The form of a case no longer has a list for its history.

A former view of ours changes the columns of that list. Odoo would check it against the new
form before it loads the new version of the view, and fail: until then the view is empty.
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
