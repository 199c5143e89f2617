from odoo import Command

from .common import AtencionCommon

SPANISH = "es_419"


class NoticesCommon(AtencionCommon):
    """People whom the areas of Lima notify.

    ana and bruno read their notifications in Odoo, carla gets hers by e-mail; bruno
    reads Spanish. None of them is an assignee or the author of anything.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(SPANISH)
        cls.ana, cls.bruno, cls.carla = cls.agent2, cls.area_user, cls.deeds_agent
        # Odoo's tests give everybody the same address.
        for user in cls.env["res.users"].search([("login", "=like", "test\\_%")]):
            user.partner_id.email = f"{user.login}@example.com"
        (cls.ana | cls.bruno).notification_type = "inbox"
        cls.bruno.lang = SPANISH
        cls.stages["WCE"].with_context(lang=SPANISH).name = "Tramitación"

    @classmethod
    def add_recipient(cls, user, *channels, area=None, on_create=True, on_update=True):
        """Let an area notify a user of its cases by some channels."""
        return cls.env["atencion.area.notification"].create(
            {
                "area_id": (area or cls.repairs).id,
                "user_id": user.id,
                "on_create": on_create,
                "on_update": on_update,
            }
            | {f"notify_{channel}": True for channel in channels}
        )

    @classmethod
    def known_case(cls, **vals):
        """A case of an earlier transaction, without notices."""
        case = cls.create_case(**vals)
        cls.env.cr.flush()
        cls.env["mail.message"].search(
            [("model", "=", "atencion.case"), ("message_type", "=", "user_notification")]
        ).unlink()
        cls.queue().unlink()
        cls.env["mail.activity"].search([("res_model", "=", "atencion.case")]).unlink()
        return case

    def end_transaction(self):
        """What Odoo does before it commits."""
        self.env.cr.flush()

    def notified(self, user, medium="inbox"):
        """Messages that a user was notified of through a medium, the newest last."""
        return (
            self.env["mail.notification"]
            .search(
                [
                    ("res_partner_id", "=", user.partner_id.id),
                    ("notification_type", "=", medium),
                    ("mail_message_id.model", "=", "atencion.case"),
                    ("mail_message_id.message_type", "=", "user_notification"),
                ],
                order="id",
            )
            .mail_message_id
        )

    def chats(self, user):
        """The chat messages that OdooBot wrote to a user, the newest last."""
        bot = self.env.ref("base.partner_root")
        found = self.env["discuss.channel"].search([("channel_type", "=", "chat")])
        chats = found.filtered(
            lambda one: one.channel_member_ids.partner_id == user.partner_id | bot
        )
        return self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "in", chats.ids),
                ("author_id", "=", bot.id),
                ("body", "like", "/mail/view"),
            ],
            order="id",
        )

    @classmethod
    def queue(cls):
        """The mails of cases that wait to be sent, the newest last."""
        return cls.env["mail.mail"].search([("model", "=", "atencion.case")], order="id")

    def mails_to(self, partner):
        """Mails that wait in the queue for a partner, or for an address."""
        mails = self.queue()
        if isinstance(partner, str):
            return mails.filtered(lambda mail: partner in (mail.email_to or ""))
        return mails.filtered(lambda mail: partner in mail.recipient_ids)

    def tasks_of(self, user):
        return self.env["mail.activity"].search(
            [("res_model", "=", "atencion.case"), ("user_id", "=", user.id)]
        )

    def add_note(self, case, body="<p>The seal is old</p>"):
        case.note_ids = [
            Command.create({"name": "Visit", "body": body, "company_id": case.company_id.id})
        ]

    def statements(self, work):
        """How many SQL statements some work takes, including the end of its transaction."""
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.cr.flush()
        return self.cr.sql_log_count - before
