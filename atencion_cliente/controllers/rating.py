from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import request

from odoo.addons.rating.controllers.main import Rating

# The ratings of Odoo's page, as its form sends them.
RATES = ("1", "3", "5")


class CaseRating(Rating):
    """The page on which the customer of a case rates it, by the link that they were sent."""

    def _get_rating_and_record(self, token):
        """The rating of a link and its record, as Odoo finds them.

        Of a case, whoever is logged in as another customer finds what an unknown link finds. A
        requester who is only typed has no contact: Odoo refuses whoever is logged in, and here
        the link is enough, as without a login.
        """
        rating, record = super()._get_rating_and_record(token)
        if record._name != "atencion.case":
            return rating, record
        posted = request.httprequest.method == "POST"
        if posted and request.params.get("rate") not in RATES:
            raise BadRequest(request.env._("Choose one of the three faces."))
        user = request.env.user
        if not user._is_portal():
            return rating, record
        if rating.partner_id:
            own = user.partner_id.commercial_partner_id
            if own != rating.partner_id.commercial_partner_id:
                raise NotFound
            return rating, record
        public = request.env.ref("base.public_user")
        request.update_env(user=public)
        return rating.with_user(public).sudo(), record.with_user(public).sudo()
