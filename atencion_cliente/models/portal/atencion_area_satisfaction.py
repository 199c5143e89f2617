from odoo import fields, models

from ..base.public_method import public


class AtencionAreaSatisfaction(models.Model):
    """How satisfied the customers of an area are.

    The figures are of the ratings that the user may read, as is the list behind them.
    """

    _name = "atencion.area"
    # First: areas are threads, which have ratings of their own.
    _inherit = ["rating.parent.mixin", "atencion.area"]

    rating_count = fields.Integer(compute_sudo=False)
    rating_avg = fields.Float(compute_sudo=False, digits=(2, 1))
    rating_avg_percentage = fields.Float(compute_sudo=False)
    rating_percentage_satisfaction = fields.Integer(compute_sudo=False)

    @public(one=True)
    def action_open_ratings(self):
        """Open what customers said of the area."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.rating_rating_action_given"
        )
        domain = [
            ("parent_res_model", "=", self._name),
            ("parent_res_id", "=", self.id),
            ("consumed", "=", True),
        ]
        return action | {"domain": domain}
