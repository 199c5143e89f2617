from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Where it is on record what a user did or answers for, by model.
ON_RECORD = {
    "atencion.area": ["manager_id"],
    "atencion.case": ["user_id", "legal_user_id"],
    "atencion.case.access": ["user_id"],
    "atencion.case.document": ["waived_by_id"],
    "atencion.case.history": ["user_id", "registered_by_id"],
    "atencion.case.writer": ["decided_by_id"],
    "atencion.solution": ["revoked_by_id"],
}


class ResUsers(models.Model):
    """Who worked on cases is not deleted: Odoo would empty their name, or answer in SQL."""

    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_record(self):
        """Refuse to delete who is named in cases, their history or their areas."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "(SELECT %(name)s FROM %(table)s WHERE %(name)s IN %(ids)s LIMIT 1)",
                    name=SQL.identifier(name),
                    table=SQL.identifier(self.env[model]._table),
                    ids=tuple(self.ids),
                )
                for model, names in ON_RECORD.items()
                for name in names
            )
        )
        if rows:
            raise UserError(
                self.env._(
                    "%s is named in cases, in their history or as the manager of an area, and "
                    "stays on record. Archive the user instead.",
                    self.browse(rows[0][0]).name,
                )
            )
