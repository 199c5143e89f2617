from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours

# What the staff writes of a rating: their answer to it.
ANSWER = frozenset({"publisher_comment", "publisher_id", "publisher_datetime"})


class RatingRating(models.Model):
    """What a customer says of a case is theirs: no user makes, changes or deletes a rating."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._refuse_forged()
        return ratings

    def write(self, vals):
        if not ANSWER.issuperset(vals):
            self._refuse_forged()
        result = super().write(vals)
        if "res_id" in vals or "res_model_id" in vals:
            self._refuse_forged()
        return result

    def unlink(self):
        self._refuse_forged()
        return super().unlink()

    def _refuse_forged(self):
        """Refuse ratings of ours by users; Odoo writes those of customers as the superuser.

        :raise AccessError: says who rates
        """
        # sudo: whose rating it is counts for users who may not read it, too.
        if not self.env.su and any(is_ours(rating.res_model) for rating in self.sudo()):
            raise AccessError(self.env._("Only the customer rates a case. Answer the rating."))
