from odoo import fields, models
from odoo.tools import SQL, ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    atencion_area_ids = fields.Many2many(
        "atencion.area",
        "atencion_area_member_rel",
        "user_id",
        "area_id",
        string="Service areas",
        groups="atencion_cliente.group_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if "atencion_area_ids" in vals:
            # sudo: whoever administers users may not read areas.
            self.sudo().atencion_area_ids._forget_cached_rules()
        return result

    def _acts_in_every_company(self):
        """Whether the user may act in all companies in use."""
        self.ensure_one()
        # sudo: a user does not see the companies that they lack.
        return (
            not self.env["res.company"]
            .sudo()
            .search_count([("id", "not in", self.sudo().company_ids.ids)], limit=1)
        )

    @ormcache("self.id", "model", "operation")
    def _has_right_from_atencion_only(self, model, operation):
        """Whether nothing but a group of Customer Care lets the user touch a model of Odoo.

        :param str model: name of the model
        :param str operation: ``write``, ``create`` or ``unlink``
        """
        self.ensure_one()
        grants = SQL(
            r"""SELECT 1
            FROM ir_model_access access
            JOIN ir_model model ON model.id = access.model_id
            WHERE model.model = %(model)s
                AND access.active
                AND access.%(right)s
                AND (access.group_id IS NULL OR access.group_id IN %(groups)s)
                AND NOT EXISTS (
                    SELECT 1
                    FROM ir_model_data data
                    WHERE data.model = 'ir.model.access'
                        AND data.res_id = access.id
                        AND data.module LIKE 'atencion\_cliente%%')
            LIMIT 1""",
            model=model,
            right=SQL.identifier(f"perm_{operation}"),
            groups=tuple(self.all_group_ids.ids) or (None,),
        )
        self.env["ir.model.access"].flush_model()
        return not self.env.execute_query(grants)
