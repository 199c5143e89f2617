"""Activities that were finished before they had a percentage get state done and 100 %."""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE mail_activity SET execution_state = 'done', progress = 100
            WHERE NOT active AND execution_state = 'pending' AND case_id IS NOT NULL"""
        )
    )
