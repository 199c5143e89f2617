from odoo import fields, models


class AtencionCaseRating(models.Model):
    """Nobody has rated a new case: Odoo need not look for its ratings, and write it again."""

    _inherit = "atencion.case"

    rating_last_value = fields.Float(
        compute="_compute_rating_last_value", store=True, precompute=True
    )
