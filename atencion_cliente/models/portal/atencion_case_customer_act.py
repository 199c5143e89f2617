from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.representation import ACT
from ...tools.signature import digest
from ...tools.visible_text import is_blank_html
from ..base.server_context import server_value

# The contact to whom the link was sent by which the page was opened: empty for a requester who is
# only typed, missing without a link.
LINK_OWNER = "atencion_link_owner"


class AtencionCaseCustomerAct(models.Model):
    """What customers do by the buttons of the page of their case.

    The case comes from a route that has checked who asks: with ``sudo``, and in the environment of
    who visits the page. What a customer does is heard like what they write; what follows from it,
    such as a change of state, the system does.
    """

    _inherit = "atencion.case"

    def _begin_customer_act(self, right=ACT):
        """What comes first: one act on a case at a time, none by the staff, none without a right.

        :param str right: that a representative needs, one of ``representation.RIGHTS``
        :raise UserError: an internal user is logged in, or a representative who may not do it
        """
        self.ensure_one()
        if self.env.user._is_internal():
            raise UserError(
                self.env._(
                    "Only the customer does this. You are logged in as an internal user: work on "
                    "the case in the application."
                )
            )
        if not self._customer_may(right):
            raise UserError(
                self.env._("Your power of attorney does not include this. Ask the holder.")
            )
        self._one_at_a_time()

    def _customer_may(self, right):
        """Whether who visits the page of the case may do what needs a right.

        Whoever uses the link of a customer has the rights of that customer, with a login, too:
        Odoo's conversation lets them answer by it.

        :param str right: one of ``representation.RIGHTS``
        """
        self.ensure_one()
        return server_value(self.env, LINK_OWNER) is not None or not self._only_seen(right)

    def _one_at_a_time(self):
        """Let the database repeat a request that comes while another one acts on the case.

        A mere lock would not do: whoever has waited for it still sees the case as it was.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s",
                SQL.identifier(self._table),
                self.id,
            )
        )

    def _as_system(self):
        """The case for what follows from an act: as OdooBot, in the language of the company."""
        return self._speaking(self.company_id).with_user(SUPERUSER_ID)

    def _say_as_customer(self, text, files=None):
        """Post what the customer does as their message, which is heard as the others.

        :param str text: plain; what the system says for them is in the language of the company
        :param files: ``ir.attachment`` of the case that go with it
        """
        if files:
            # From customers, Odoo takes only files that wait to be posted.
            files.write({"res_model": "mail.compose.message", "res_id": 0})
        self._speaking(self.company_id).message_post(
            body=text,
            attachment_ids=files.ids if files else None,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **self._acting_customer(),
        )

    def _acting_customer(self):
        """Who acts: the user, or without a login the person to whom the link was sent.

        A requester who is only typed acts in the typed name, and never as the holder.

        :return: the values of their message
        :rtype: dict
        """
        user = self.env.user
        partner = server_value(self.env, LINK_OWNER) if user._is_public() else user.partner_id
        if not partner and not self._is_typed_requester():
            partner = self.requester_id or self.partner_id
        if partner:
            return {"author_id": partner.id}
        return {
            "author_id": False,
            "email_from": self._typed_sender() or self.requester_name or "",
        }

    # -------------------------------------------------------------------------
    # The answer
    # -------------------------------------------------------------------------

    def _is_answered(self):
        """Whether the case is closed, with an answer to its customer."""
        self.ensure_one()
        return bool(self.closed_at and self.active) and not is_blank_html(self.response)

    def _answer_digest(self):
        """The digest of the answer, by which a page says which answer it shows."""
        return digest(self.response)

    def _check_shown_answer(self, shown):
        """Refuse an act upon another answer than the customer has read.

        :param shown: ``_answer_digest`` of the page, as it came in the request
        :raise UserError: says what to do
        """
        if not self._is_answered():
            raise UserError(
                self.env._("The case has no answer at present. We tell you as soon as it has one.")
            )
        if shown != self._answer_digest():
            raise UserError(
                self.env._("Our answer has changed since you opened the page. Read it once more.")
            )
