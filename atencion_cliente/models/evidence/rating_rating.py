from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours

# What the staff writes of a rating: their answer to it.
ANSWER = frozenset({"publisher_comment", "publisher_id", "publisher_datetime"})
# What the customer says.
ANSWERED = ("consumed", "feedback", "rating")


class RatingRating(models.Model):
    """What a customer says of a case is theirs, and said once.

    No user makes, changes or deletes a rating, and no second answer replaces the first.
    """

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._refuse_forged()
        return ratings

    def write(self, vals):
        if not ANSWER.issuperset(vals):
            self._refuse_forged()
        self._refuse_again(vals)
        result = super().write(vals)
        if "res_id" in vals or "res_model_id" in vals:
            self._refuse_forged()
        return result

    def unlink(self):
        self._refuse_forged()
        return super().unlink()

    def _refuse_again(self, vals):
        """Refuse another answer than the one that was given, to the system, too.

        :raise AccessError: says that it is final
        """
        answers = {name: vals[name] for name in ANSWERED if name in vals}
        if not answers:
            return
        # sudo: whether it was given counts for users who may not read it, too.
        for rating in self.sudo():
            given = rating.consumed and is_ours(rating.res_model)
            if given and any((rating[name] or 0) != (answers[name] or 0) for name in answers):
                raise AccessError(self.env._("A rating that was given is final."))

    def _refuse_forged(self):
        """Refuse ratings of ours by users; Odoo writes those of customers as the superuser.

        :raise AccessError: says who rates
        """
        # sudo: whose rating it is counts for users who may not read it, too.
        if not self.env.su and any(is_ours(rating.res_model) for rating in self.sudo()):
            raise AccessError(self.env._("Only the customer rates a case. Answer the rating."))
