from odoo import api, fields, models

from ..base.public_method import public


class AtencionCaseWriter(models.Model):
    """A person who writes about a case by mail, and is no party of it.

    Their mails are internal until an agent accepts them; then these and later ones are
    public. They do not become followers: they only get the answers to their own mails.
    """

    _name = "atencion.case.writer"
    _description = "Other person who writes about a case"
    _inherit = ["atencion.readable.links", "atencion.bounds"]
    _order = "id"

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    email = fields.Char("E-mail", required=True)
    state = fields.Selection(
        [
            ("pending", "To decide"),
            ("accepted", "Accepted"),
            ("dismissed", "Dismissed"),
            ("third_party", "Third party"),
        ],
        required=True,
        default="pending",
    )
    message_ids = fields.Many2many(
        "mail.message", "atencion_case_writer_message_rel", string="Messages"
    )
    is_unverified = fields.Boolean(
        compute="_compute_is_unverified",
        help="The mail server does not vouch for it that the mails are of this address.",
    )
    decided_by_id = fields.Many2one("res.users", "Decided by")
    decided_at = fields.Datetime("Decided on")

    _email_unique = models.UniqueIndex("(case_id, email)")

    @api.depends("email", "case_id")
    def _compute_is_unverified(self):
        """A party of the case is only asked about if its mail may not be of them (R13)."""
        for writer in self:
            # sudo: the gateway finds parties by all contacts; only the answer is shown.
            case = writer.case_id.sudo()
            people = case._people_at(writer.email)
            writer.is_unverified = case._party_at(writer.email, people)[0]

    @api.model
    def _record_mail(self, case, arrival, message):
        """Record a mail of a person who is no party of the case.

        A person who was dismissed stays dismissed: a new mail asks for no new decision.

        :param case: the ``atencion.case``
        :param Arrival arrival: the mail
        :param message: its ``mail.message``
        """
        address = arrival.mail.address
        if not address:
            return
        # sudo: nobody has the right to create these; the mail gateway does.
        writers = self.sudo()
        writer = writers.search([("case_id", "=", case.id), ("email", "=", address)])
        if not writer:
            writer = writers.create(
                {
                    "case_id": case.id,
                    "name": arrival.mail.name or address,
                    "email": address,
                }
            )
        if writer.state == "accepted":
            # An accepted person is no party of a case that is confidential now.
            writer.state = "pending"
        writer.message_ids = [(4, message.id)]

    @api.model
    def _record_third_parties(self, case, emails, message):
        """Record people whom an agent has written to: their mails are internal, without a question.

        :param case: the ``atencion.case``
        :param list emails: their normalized addresses
        :param message: the ``mail.message`` that they get
        """
        # sudo: nobody has the right to create these; who may write to them was checked.
        writers = self.sudo()
        known = writers.search([("case_id", "=", case.id), ("email", "in", emails)])
        new = [email for email in emails if email not in known.mapped("email")]
        known |= writers.create(
            [{"case_id": case.id, "name": email, "email": email} for email in new]
        )
        known.write({"state": "third_party", "message_ids": [(4, message.id)]})

    @public(one=True)
    def action_accept(self):
        """Make public what the person wrote, and what they will write about the case.

        :raise AccessError: the user may not change the case
        """
        self._decide("accepted")
        # sudo: users who may change the case may not have got these mails.
        received = self.sudo().message_ids.filtered(lambda one: one.message_type == "email")
        self.case_id._publish_mails(received)
        self.case_id._message_log(
            body=self.env._("%s may write about the case: the customer reads it.", self._in_words())
        )

    @public(one=True)
    def action_dismiss(self):
        """Leave the mails of the person internal, and do not ask about them again.

        :raise AccessError: the user may not change the case
        """
        self._decide("dismissed")
        self.case_id._message_log(
            body=self.env._("What %s wrote stays internal.", self._in_words())
        )

    def _decide(self, state):
        self.check_access("read")
        self.case_id.check_access("write")
        # sudo: only these two buttons write it; the rights on the case were checked.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _in_words(self):
        return self.email if self.name == self.email else f"{self.name} <{self.email}>"
