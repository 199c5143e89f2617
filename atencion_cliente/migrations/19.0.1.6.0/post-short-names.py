"""States that still have the name they came with get its short form, for the list of cases.

The update of translations, which comes next, adds it in the other languages.
"""

from odoo.tools import SQL

SHORT_NAMES = {
    "Waiting for documents": "On hold",
    "Documents in transit": "In transit",
    "Case transferred": "Transferred",
}


def migrate(cr, _version):
    for name, short_name in SHORT_NAMES.items():
        cr.execute(
            SQL(
                """UPDATE atencion_case_stage stage
                SET short_name = jsonb_build_object('en_US', %s::text)
                FROM ir_model_data data
                WHERE data.res_id = stage.id AND data.model = 'atencion.case.stage'
                    AND data.module = 'atencion_cliente'
                    AND stage.name ->> 'en_US' = %s AND stage.short_name IS NULL""",
                short_name,
                name,
            )
        )
