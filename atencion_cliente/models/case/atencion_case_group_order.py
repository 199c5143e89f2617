from odoo import api, models
from odoo.tools import SQL

DIRECTIONS = {"": SQL("ASC"), "asc": SQL("ASC"), "desc": SQL("DESC")}
# The alert has the order of its selection: what is late comes first. Odoo orders by the key.
ALERT = "alert_state"


class AtencionCaseGroupOrder(models.Model):
    """Groups by a setting are ordered by what is kept of it, those by the alert as it lists them.

    Odoo joins each case with its state or area before it groups them, to know their order.
    """

    _inherit = "atencion.case"

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        if not order and ALERT not in groupby_terms:
            return super()._read_group_orderby(order, groupby_terms, query)
        if not order:
            # As they are grouped, which joins nothing.
            orders = [
                self._order_of_alert(name, groupby_terms)
                or super(AtencionCaseGroupOrder, self)._read_group_orderby("", {name: term}, query)
                for name, term in groupby_terms.items()
            ]
            return SQL(", ").join(orders)
        orders = [
            self._order_of_setting(part, groupby_terms)
            or self._order_of_alert(part, groupby_terms)
            or super(AtencionCaseGroupOrder, self)._read_group_orderby(part, groupby_terms, query)
            for part in order.split(",")
        ]
        return SQL(", ").join(orders)

    def _order_of_alert(self, part, groupby_terms):
        """The order by one term if it is the alert, else None."""
        name, _space, direction = part.strip().partition(" ")
        direction = DIRECTIONS.get(direction.strip().lower())
        if name != ALERT or name not in groupby_terms or not direction:
            return None
        states = self._fields[ALERT].get_values(self.env)
        return SQL("array_position(%s::text[], %s) %s", states, groupby_terms[name], direction)

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
