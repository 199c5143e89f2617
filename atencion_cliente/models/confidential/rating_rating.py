from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

CASE = "atencion.case"


class RatingRating(models.Model):
    """Ratings of cases are for users who may read the case; Odoo shows ratings to everybody."""

    _name = "rating.rating"
    _inherit = ["atencion.kept", "rating.rating"]

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that a rating is of no case, or of one that the user may read."""
        cases = self.env[CASE].sudo(False).with_context(active_test=False)
        seen = SQL("FALSE")
        if cases.has_access("read"):
            seen = SQL(
                "%s IN %s", SQL.identifier(alias, "res_id"), cases._search(Domain.TRUE).subselect()
            )
        return SQL(
            "(%(model)s IS DISTINCT FROM %(case)s OR %(seen)s)",
            model=SQL.identifier(alias, "res_model"),
            case=CASE,
            seen=seen,
        )

    def _hidden_records(self, operation):
        of_cases = self.sudo().filtered(lambda rating: rating.res_model == CASE)
        if not of_cases:
            return self.browse()
        cases = self.env[CASE].browse(of_cases.mapped("res_id")).exists()
        seen = set(cases._filtered_access("read" if operation == "read" else "write").ids)
        return of_cases.filtered(lambda rating: rating.res_id not in seen).sudo(False)
