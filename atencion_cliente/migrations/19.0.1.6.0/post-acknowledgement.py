"""Acknowledgements name the closed case that the new one continues."""

from odoo.tools import SQL

BEFORE = '<t t-out="object.customer_documents"'
ADDED = '<t t-out="object.customer_origin"></t>'


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE mail_template template
            SET body_html = (
                SELECT jsonb_object_agg(lang, replace(body, %(before)s, %(after)s))
                FROM jsonb_each_text(template.body_html) AS text (lang, body)
            )
            FROM ir_model_data data
            WHERE data.module = 'atencion_cliente'
            AND data.name = 'mail_template_case_acknowledgement'
            AND data.model = 'mail.template' AND data.res_id = template.id
            AND template.body_html::text NOT LIKE '%%customer_origin%%'""",
            before=BEFORE,
            after=f"{ADDED}\n                {BEFORE}",
        )
    )
