"""Whoever reads a note or document reads the files that were uploaded with it when it was new."""

from odoo.tools import SQL


def migrate(cr, _version):
    for model in ("atencion.note", "atencion.case.document"):
        table = model.replace(".", "_")
        cr.execute(
            SQL(
                """UPDATE ir_attachment SET res_model = %(model)s, res_id = link.%(owner)s
                FROM %(relation)s link
                WHERE link.ir_attachment_id = ir_attachment.id
                    AND coalesce(ir_attachment.res_id, 0) = 0""",
                model=model,
                owner=SQL.identifier(f"{table}_id"),
                relation=SQL.identifier(f"{table}_ir_attachment_rel"),
            )
        )
