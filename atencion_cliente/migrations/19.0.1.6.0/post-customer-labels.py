"""Customers read the labels of today, unless a company has written its own in any language.

The update of translations, which comes next, adds them in the other languages.
"""

from odoo.tools import SQL

# By the name of a state in the data: its label, and what it said in each language before.
LABELS = {
    "stage_wrc": (
        "We are waiting for your documents",
        ("We are waiting for your documents", "Estamos esperando sus documentos"),
    ),
    "stage_rit": (
        "We are checking your documents",
        ("Your documents are on their way to the area", "Sus documentos van en camino al área"),
    ),
    "stage_rea": ("We are looking at it again", ("Reopened", "Reabierto")),
    "stage_clo": ("Resolved", ("Answered: upheld", "Respondido: procede")),
    "stage_rej": ("Answered", ("Answered: not upheld", "Respondido: no procede")),
}


def migrate(cr, _version):
    for name, (label, shipped) in LABELS.items():
        cr.execute(
            SQL(
                """UPDATE atencion_case_stage stage
                SET customer_label = jsonb_build_object('en_US', %s::text)
                FROM ir_model_data data
                WHERE data.res_id = stage.id AND data.model = 'atencion.case.stage'
                    AND data.module = 'atencion_cliente' AND data.name = %s
                    AND stage.customer_label IS NOT NULL
                    AND NOT EXISTS (
                        SELECT FROM jsonb_each_text(stage.customer_label) AS label (lang, text)
                        WHERE label.text <> ALL (%s)
                    )""",
                label,
                name,
                list(shipped),
            )
        )
