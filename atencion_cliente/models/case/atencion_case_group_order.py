from odoo import api, models
from odoo.tools import SQL

DIRECTIONS = {"": SQL("ASC"), "asc": SQL("ASC"), "desc": SQL("DESC")}


class AtencionCaseGroupOrder(models.Model):
    """Groups by a setting are ordered by what is kept of it.

    Odoo joins each case with its state or area before it groups them, to know their order.
    """

    _inherit = "atencion.case"

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        if not order:
            return super()._read_group_orderby(order, groupby_terms, query)
        orders = [
            self._order_of_setting(part, groupby_terms)
            or super(AtencionCaseGroupOrder, self)._read_group_orderby(part, groupby_terms, query)
            for part in order.split(",")
        ]
        return SQL(", ").join(orders)

    def _order_of_setting(self, part, groupby_terms):
        """The order by one term if it is a setting that is kept, else None."""
        name, _space, direction = part.strip().partition(" ")
        field = self._fields.get(name)
        direction = DIRECTIONS.get(direction.strip().lower())
        if not (direction and field and name in groupby_terms and field.type == "many2one"):
            return None
        setting = self.env[field.comodel_name]
        if not isinstance(setting, self.env.registry["atencion.shown.setting"]):
            return None
        ids = setting._kept_order()
        return ids and SQL("array_position(%s::int[], %s) %s", ids, groupby_terms[name], direction)
