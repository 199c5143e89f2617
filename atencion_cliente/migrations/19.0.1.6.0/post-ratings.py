"""Ratings of cases count for the area that their case has, as those that are given from now on."""

from odoo.tools import SQL


def migrate(cr, _version):
    cr.execute(
        SQL(
            """UPDATE rating_rating rating
            SET parent_res_model_id = model.id, parent_res_model = model.model,
                parent_res_id = c.area_id
            FROM atencion_case c, ir_model model
            WHERE model.model = 'atencion.area' AND rating.res_model = 'atencion.case'
            AND rating.res_id = c.id AND rating.parent_res_id IS NULL"""
        )
    )
