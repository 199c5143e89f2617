from odoo import fields, models

from ...tools.satisfaction import MAX_WAIT_HOURS


class ResCompanySatisfaction(models.Model):
    """When customers of a company are asked how satisfied they are."""

    _inherit = "res.company"

    atencion_rating_wait_hours = fields.Integer(
        "Hours until the customer is asked",
        default=24,
        help="Hours between the closing of a case and the mail that asks its customer how "
        "satisfied they are. A case that is reopened meanwhile asks nothing.",
    )

    _atencion_wait_bounded = models.Constraint(
        f"CHECK (atencion_rating_wait_hours BETWEEN 0 AND {MAX_WAIT_HOURS})",
        "Customers are asked within a month.",
    )
