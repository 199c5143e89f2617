from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .server_context import server_value, with_server_value

# Aggregates that are figures also in the groups of a list, whose rows include excluded cases.
FIGURES = ("avg", "max", "min", "sum")


class AtencionFigures(models.AbstractModel):
    """Figures about cases leave out those that are excluded from indicators.

    Pivots, graphs and calls that group records count without them. Lists and kanbans show
    them: the number of rows of a group includes them, its sums and averages do not.
    """

    _name = "atencion.figures"
    _description = "Figures without excluded cases"

    # The field that links to the case; None for cases themselves.
    _figures_case = None

    @api.model
    def _counted_domain(self, domain):
        """A domain without excluded cases."""
        if server_value(self.env, "atencion_listed"):
            return domain
        name = "exclude_from_kpi"
        if self._figures_case:
            name = f"{self._figures_case}.{name}"
        return Domain(domain) & Domain(name, "=", False)

    @api.model
    def _formatted_read_group_with_length(self, *args, **kwargs):
        listed = with_server_value(self, "atencion_listed", True)
        return super(AtencionFigures, listed)._formatted_read_group_with_length(*args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        """Group for a graph, or for another program, without excluded cases."""
        return super().formatted_read_group(
            self._counted_domain(domain), groupby, aggregates, having, offset, limit, order
        )

    @api.model
    @api.readonly
    @api.deprecated("Since 19.0, as in Odoo. Please use formatted_read_group")
    def read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True):
        """Group for another program that calls Odoo's former method, without excluded cases."""
        return super().read_group(
            self._counted_domain(domain), fields, groupby, offset, limit, orderby, lazy
        )

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), *, order=None):
        """Group for a pivot, without excluded cases."""
        return super().formatted_read_grouping_sets(
            self._counted_domain(domain), grouping_sets, aggregates, order=order
        )

    def _read_group_select(self, aggregate_spec, query):
        value = super()._read_group_select(aggregate_spec, query)
        if (
            not server_value(self.env, "atencion_listed")
            or aggregate_spec.rpartition(":")[2] not in FIGURES
        ):
            return value
        return SQL("%s FILTER (WHERE NOT %s)", value, self._excluded_sql(self._table))

    @api.model
    def _excluded_sql(self, alias):
        """The SQL condition that a row is of an excluded case."""
        field = self.env["atencion.case"]._fields["exclude_from_kpi"]
        if not self._figures_case:
            column = SQL.identifier(alias, "exclude_from_kpi")
            return SQL("(%s IS TRUE)", column, to_flush=field)
        # Read once: few are excluded. A row without a case is of none that is.
        return SQL(
            """((%s IN (
                SELECT id FROM atencion_case WHERE exclude_from_kpi IS TRUE)) IS TRUE)""",
            SQL.identifier(alias, self._figures_case),
            to_flush=field,
        )
