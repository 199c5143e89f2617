from odoo import fields, models

from ...tools.evidence import is_ours


class RatingRating(models.Model):
    """What a customer was asked about a closing of a case, and what they said of it."""

    _inherit = "rating.rating"

    atencion_email = fields.Char(
        "Asked at", readonly=True, help="The address to which the question was sent."
    )
    atencion_reopening = fields.Integer(
        "Closing",
        readonly=True,
        aggregator=None,
        help="Which closing of the case it is about: 1 is the first, the next one follows a "
        "reopening.",
    )

    def write(self, vals):
        """A rating that was given stays with the area that it is about.

        Odoo hands ratings over to the area to which their case goes.
        """
        if vals.keys() != {"parent_res_id"}:
            return super().write(vals)
        # sudo: which of them are of ours counts for users who may not read them, too.
        given = self.sudo().filtered(lambda one: one.consumed and is_ours(one.res_model))
        return super(RatingRating, self - given.with_env(self.env)).write(vals)
