from odoo import fields, models


class AtencionCaseRating(models.Model):
    """Nobody has rated a new case: Odoo need not look for its ratings, and write it again."""

    _inherit = "atencion.case"

    # Its average would count the cases that nobody rated as 0: see ``satisfaction``.
    rating_last_value = fields.Float(
        compute="_compute_rating_last_value", store=True, precompute=True, aggregator=None
    )

    def _compute_rating_stats(self):
        known = self.filtered(lambda case: "rating_ids" in case._cache)
        unrated = known.filtered(lambda case: not case.rating_ids)
        unrated.rating_count = unrated.rating_avg = 0
        return super(AtencionCaseRating, self - unrated)._compute_rating_stats()
