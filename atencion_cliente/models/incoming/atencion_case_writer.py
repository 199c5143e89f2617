from odoo import api, fields, models

from ..base.public_method import public


class AtencionCaseWriter(models.Model):
    """Somebody who writes about a case by mail and is no party of it.

    What they write is internal until an agent accepts them. Then it is public, and what
    they write later too. They do not follow: they are sent what answers their own mail,
    and nothing else.
    """

    _name = "atencion.case.writer"
    _description = "Other person who writes about a case"
    _inherit = ["atencion.readable.links", "atencion.bounds"]
    _order = "id"

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    email = fields.Char("E-mail", required=True)
    state = fields.Selection(
        [("pending", "To decide"), ("accepted", "Accepted"), ("dismissed", "Dismissed")],
        required=True,
        default="pending",
    )
    message_ids = fields.Many2many(
        "mail.message", "atencion_case_writer_message_rel", string="Messages"
    )
    decided_by_id = fields.Many2one("res.users", "Decided by")
    decided_at = fields.Datetime("Decided on")

    _email_unique = models.UniqueIndex("(case_id, email)")

    @api.model
    def _keep(self, case, arrival, message):
        """Remember a mail of somebody who is no party.

        Who was dismissed stays so: a new mail of theirs asks for no new decision.
        """
        if not arrival.address:
            return
        # sudo: only the gateway makes these, and nobody has rights to.
        writers = self.sudo()
        writer = writers.search([("case_id", "=", case.id), ("email", "=", arrival.address)])
        if not writer:
            writer = writers.create(
                {
                    "case_id": case.id,
                    "name": arrival.name or arrival.address,
                    "email": arrival.address,
                }
            )
        if writer.state == "accepted":
            # Of a confidential case they are no party, although somebody accepted them.
            writer.state = "pending"
        writer.message_ids = [(4, message.id)]

    @public(one=True)
    def action_accept(self):
        """Make public what the person wrote, and what they will write about the case.

        :raise AccessError: the user may not change the case
        """
        self._decide("accepted")
        # sudo: who may change the case decides, also about mail that others were told of.
        self.case_id._publish_mails(self.sudo().message_ids)
        self.case_id._message_log(
            body=self.env._("%s may write about the case: the customer reads it.", self._in_words())
        )

    @public(one=True)
    def action_dismiss(self):
        """Leave internal what the person wrote, and ask no more.

        :raise AccessError: the user may not change the case
        """
        self._decide("dismissed")
        self.case_id._message_log(
            body=self.env._("What %s wrote stays internal.", self._in_words())
        )

    def _decide(self, state):
        self.check_access("read")
        self.case_id.check_access("write")
        # sudo: nobody writes these but by the two buttons, and the case allows it.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _in_words(self):
        return self.email if self.name == self.email else f"{self.name} <{self.email}>"
