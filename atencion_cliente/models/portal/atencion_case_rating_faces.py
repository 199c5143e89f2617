from urllib.parse import urlsplit

from markupsafe import Markup

from odoo import api, fields, models

from ...tools.portal_link import with_link

# The three ratings, as Odoo's page has them.
FACES = (5, 3, 1)
FACE = Markup(
    '<td style="padding: 8px 16px; text-align: center;"><a href="%(url)s">'
    '<img src="%(image)s" alt="" width="48" height="48"/><br/>%(word)s</a></td>'
)


class AtencionCaseRatingFaces(models.Model):
    """The faces in a mail, by which its addressee rates the case.

    As a mail leaves, they get the way back to the page of the case, as that page itself does.
    """

    _inherit = "atencion.case"

    # For the template.
    customer_rating = fields.Html(
        "Faces to rate by",
        compute="_compute_customer_rating",
        sanitize=False,
        groups="base.group_user",
        exportable=False,
        help="The links by which the addressee rates the case, once they are asked to.",
    )

    @api.depends("rating_ids.consumed")
    @api.depends_context("lang")
    def _compute_customer_rating(self):
        # sudo: the link is for the mail to the customer.
        for case in self.sudo():
            cells = [
                FACE
                % {
                    "url": url,
                    "image": f"{case.get_base_url()}/rating/static/src/img/rating_{value}.png",
                    "word": case._rating_word(value),
                }
                for value, url in case._face_urls().items()
            ]
            table = Markup("<table><tr>%s</tr></table>") % Markup().join(cells)
            case.customer_rating = table if cells else ""

    def _face_urls(self):
        """The address of each face, by its value; none unless the customer is being asked.

        :rtype: dict[int, str]
        """
        self.ensure_one()
        asked = self.rating_ids.filtered(lambda one: one.atencion_email and not one.consumed)
        rating = asked.sorted("id")[-1:]
        url = f"{self.get_base_url()}/rate/{rating.access_token}"
        return {value: f"{url}/{value}" for value in FACES if rating}

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), "object.customer_rating")

    def _with_shared_url(self, text, partner, replace=with_link):
        text = super()._with_shared_url(text, partner, replace)
        if "/rate/" not in text:
            return text
        query = urlsplit(self._shared_url(partner)).query
        for url in self._face_urls().values():
            text = replace(text, url, f"{url}?{query}")
        return text
