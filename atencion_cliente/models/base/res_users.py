from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, ormcache

# Fields that record what a user did or is responsible for, by model.
USER_REFERENCES = {
    "atencion.area": ["manager_id"],
    "atencion.call": ["user_id", "call_back_user_id"],
    "atencion.case": ["user_id", "legal_user_id"],
    "atencion.case.access": ["user_id"],
    "atencion.case.correction": ["user_id"],
    "atencion.case.document": ["waived_by_id"],
    "atencion.case.history": ["user_id", "registered_by_id"],
    "atencion.case.writer": ["decided_by_id"],
    "atencion.incoming.mail": ["decided_by_id"],
    "atencion.recalculation": ["user_id"],
    "atencion.setting.change": ["user_id"],
    "atencion.solution": ["revoked_by_id"],
}


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.constrains("group_ids")
    def _check_atencion_auditor(self):
        """Refuse an auditor with a role that writes: whoever audits changes nothing."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id
        auditor = group_id("atencion_cliente.group_auditor")
        for user in self.filtered(lambda user: auditor in user.all_group_ids.ids):
            if group_id("atencion_cliente.group_user") in user.all_group_ids.ids:
                raise ValidationError(
                    self.env._(
                        "%s cannot be an auditor and have a role of customer care: an auditor "
                        "changes nothing. Take out one of the two.",
                        user.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_record(self):
        """Refuse to delete users who are named in cases, their history or their areas.

        :raise UserError: names the user
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "(SELECT %(name)s FROM %(table)s WHERE %(name)s IN %(ids)s LIMIT 1)",
                    name=SQL.identifier(name),
                    table=SQL.identifier(self.env[model]._table),
                    ids=tuple(self.ids),
                )
                for model, names in USER_REFERENCES.items()
                for name in names
            )
        )
        if rows:
            raise UserError(
                self.env._(
                    "%s is named in cases, in their history or as the manager of an area, and "
                    "cannot be deleted. Archive the user instead.",
                    self.browse(rows[0][0]).name,
                )
            )

    def _acts_in_every_company(self):
        """Whether the user may act in every company that is not archived."""
        self.ensure_one()
        # sudo: a user cannot search the companies that they lack.
        return (
            not self.env["res.company"]
            .sudo()
            .search_count([("id", "not in", self.sudo().company_ids.ids)], limit=1)
        )

    @ormcache("self.id", "model", "operation")
    def _has_right_from_atencion_only(self, model, operation):
        """Whether the user has a right on an Odoo model through groups of this addon only.

        :param str model: name of the model
        :param str operation: ``write``, ``create`` or ``unlink``
        :rtype: bool
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
