from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.access import also_refused

CASE = "atencion.case"


class RatingRating(models.Model):
    """Ratings of cases are seen with the case; Odoo shows all ratings to everybody."""

    _inherit = "rating.rating"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that a rating is of no case, or of one that the user reads."""
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

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        of_cases = self.sudo().filtered(lambda rating: rating.res_model == CASE)
        if not of_cases:
            return result
        cases = self.env[CASE].browse(of_cases.mapped("res_id")).exists()
        seen = set(cases._filtered_access("read" if operation == "read" else "write").ids)
        kept = of_cases.filtered(lambda rating: rating.res_id not in seen).sudo(False)
        return also_refused(
            result, kept, lambda: self.env["ir.rule"]._make_access_error(operation, kept)
        )
