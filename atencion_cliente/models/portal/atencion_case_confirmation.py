from odoo import api, fields, models

from odoo.addons.rating.models.rating_data import RATING_HAPPY_VALUE as HAPPY


class AtencionCaseConfirmation(models.Model):
    """Customers confirm the answer to their closed case, once.

    What they confirm is of the life of the case that the answer ended: reopening it empties the
    field, and the next answer is confirmed anew. The message that says so stays.
    """

    _inherit = "atencion.case"

    customer_confirmed_at = fields.Datetime(
        "Confirmed by the customer on",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the customer confirmed our answer on the page of the case. It is emptied when "
        "the case is reopened.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"customer_confirmed_at"}

    def _stage_values(self, change, moment):
        values = super()._stage_values(change, moment)
        if self._reopened_by(change) and self.customer_confirmed_at:
            values["customer_confirmed_at"] = False
        return values

    def _confirm_as_customer(self, shown):
        """Confirm the answer; whoever does it again changes nothing.

        :param shown: the digest of the answer on the page, as it came in the request
        :raise UserError: says what refuses it, and what to do
        """
        self._begin_customer_act()
        self._check_shown_answer(shown)
        if not self.customer_confirmed_at:
            self._write_checked({"customer_confirmed_at": self._moment()})
            self._say_as_customer(self._as_system().env._("I confirm your answer: it is solved."))

    def _rating_address(self):
        """Where whoever acts rates this closing; empty unless they were asked to, and have not.

        What another customer of the case was asked, they rate themselves.
        """
        author_id = self._acting_customer()["author_id"]
        asked = self.env["rating.rating"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("consumed", "=", False),
                ("create_date", ">=", self.closed_at),
            ],
            order="id desc",
        )
        asked = asked.filtered(lambda one: one.partner_id.id == author_id)
        return f"/rate/{asked[0].access_token}/{HAPPY}" if asked else ""
