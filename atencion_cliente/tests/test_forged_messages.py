import json
from contextlib import suppress
from email.message import EmailMessage

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_evidence import SAID, EvidenceCommon

CUSTOMER = '"Andrés Gómez" <andres@cliente.test>'
LATER = "2090-01-01 00:00:00"


class ForgedCommon(EvidenceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls._create_user("auditor", "auditor", cls.lima)
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Acknowledgement",
                "model_id": cls.env["ir.model"]._get_id("atencion.case"),
                "subject": "Received",
                "body_html": "<p>We have it</p>",
                "email_from": "{{ object.company_id.email_formatted }}",
                "email_to": "somebody@example.com",
                "auto_delete": False,
            }
        )
        cls.lima.email = "lima@example.com"
        cls.env.flush_all()

    def messages(self):
        return self.env["mail.message"].search_count(
            [("model", "=", "atencion.case"), ("res_id", "=", self.case.id)]
        )

    def assertRefused(self, door, name=""):
        before = self.messages()
        with self.subTest(name):
            with self.assertRaises(UserError), self.cr.savepoint():
                door()
                self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.messages(), before)


@tagged("post_install", "-at_install")
class TestForgedMessages(ForgedCommon):
    """Nobody says in the name of a customer, nor of the company's log, what they did not say."""

    def test_mails_of_a_template_are_the_companys(self):
        forged = (
            {"author_id": self.customer.partner_id.id},
            {"email_from": CUSTOMER},
            {"date": "2020-01-01 00:00:00"},
            {"message_type": "email"},
            {"body_html": "<p>I give up my claim</p>"},
            {"body": "<p>I give up my claim</p>"},
            {"reply_to": "evil@evil.test"},
            {"create_uid": self.customer.id},
        )
        for user in (self.agent, self.manager):
            template = self.on(user, self.template)
            for values in forged:
                for door in (
                    lambda template=template, values=values: template.send_mail(
                        self.case.id, email_values=dict(values)
                    ),
                    lambda template=template, values=values: template.send_mail_batch(
                        self.case.ids, email_values=dict(values)
                    ),
                ):
                    self.assertRefused(door, f"{user.login} {values}")
            before = self.messages()
            template.send_mail(self.case.id, email_values={"email_to": "other@example.com"})
            self.assertEqual(self.messages(), before + 1)

    def test_mails_of_other_templates_do_not_become_messages_of_ours(self):
        other = self.template.copy({"model_id": self.env["ir.model"]._get_id("res.partner")})
        other.email_from = "{{ user.email_formatted }}"
        values = {"model": "atencion.case", "res_id": self.case.id}
        for user in (self.agent, self.manager):
            mine = self.on(user, other)
            self.assertRefused(
                lambda mine=mine: mine.send_mail(self.holder.id, email_values=dict(values))
            )
            message = self.env["mail.message"].create({"body": "x"} | values)
            self.assertRefused(
                lambda mine=mine, message=message: mine.send_mail(
                    self.holder.id, email_values={"mail_message_id": message.id}
                )
            )

    def test_no_mail_is_written_over_a_message(self):
        """Odoo writes what a mail says on the message that a default of the context names."""
        message = self.said(self.customer)
        context = {"default_mail_message_id": message.id}
        mails = self.on(self.agent, self.env["mail.mail"]).sudo().with_context(**context)
        with self.assertRaises(AccessError), self.cr.savepoint():
            mails.create({"body_html": "<p>I am satisfied</p>"})
        composer = self.on(self.agent, self.env["mail.compose.message"]).create(
            {"model": "res.partner", "res_ids": repr(self.holder.ids), "body": "I am satisfied"}
            | {"composition_mode": "mass_mail", "subject": "Hello"}
        )
        with suppress(AccessError), self.cr.savepoint():
            composer.with_context(**context)._action_send_mail()
        self.env.invalidate_all()
        self.assertIn("We come on Monday", message.sudo().body)

    def test_a_template_of_ones_own_writes_as_nobody_else(self):
        mine = self.template.copy({"email_from": CUSTOMER})
        self.assertRefused(lambda: self.on(self.agent, mine).send_mail(self.case.id))
        self.assertTrue(mine.send_mail(self.case.id))

    def test_the_gateway_alone_brings_mails(self):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = CUSTOMER, "cases@example.com", "Re"
        mail["Message-Id"] = "<one@cliente.test>"
        mail.set_content("I give up my claim")
        raw = mail.as_string()
        for user in (self.agent, self.supervisor, self.auditor, self.customer):
            for model in ("mail.thread", "atencion.case"):
                gateway = self.on(user, self.env[model])
                for thread in (self.case.id, None):
                    self.assertRefused(
                        lambda gateway=gateway, thread=thread: gateway.message_process(
                            "atencion.case", raw, thread_id=thread
                        ),
                        user.login,
                    )
        # odoo-mailgate calls as an administrator of the system, crons as the superuser.
        gateway = self.on(self.manager, self.env["mail.thread"])
        gateway.message_process("atencion.case", raw, thread_id=self.case.id)
        self.assertIn("I give up", self.bodies())

    def test_the_sender_of_a_message_is_who_writes_it(self):
        own = self.agent.partner_id
        new = {"model": "atencion.case", "res_id": self.case.id, "body": "Hello"}
        forged = (
            {"email_from": "Andrés Gómez (cliente)"},
            {"email_from": CUSTOMER},
            {"author_id": own.id, "email_from": CUSTOMER},
            {"author_id": own.id, "email_from": "Andrés Gómez (cliente)"},
            {"author_id": own.id, "email_from": f'"Andrés Gómez" <{own.email}>'},
            {"author_id": own.id, "email_from": f"{own.email}, andres@cliente.test"},
            {"reply_to": "evil@evil.test"},
            {"author_id": own.id, "reply_to": f"{own.email}, evil@evil.test"},
            {"author_id": self.lima.partner_id.id, "email_from": CUSTOMER},
        )

        def composed(values, **more):
            composer = self.on(self.agent, self.env["mail.compose.message"]).create(
                {"model": "atencion.case", "res_ids": repr(self.case.ids), "body": "Hello"}
                | {"auto_delete": False, "subject": "Hello", "reply_to_mode": "new"}
                | values
                | more
            )
            composer._action_send_mail()

        def scheduled(values):
            own_messages = self.on(self.agent, self.env["mail.scheduled.message"])
            kept = {name: value for name, value in values.items() if name != "author_id"}
            own_messages.create(
                new
                | {"author_id": own.id, "scheduled_date": LATER}
                | {"notification_parameters": json.dumps(kept)}
            )

        mine = self.on(self.agent, self.case)
        to = self.agent2.partner_id.ids
        doors = {
            "post": lambda values: mine.message_post(body="Hello", **SAID, **values),
            "record": lambda values: self.on(self.agent, self.env["mail.message"]).create(
                new | values
            ),
            "notify": lambda values: mine.message_notify(body="x", partner_ids=to, **values),
            "scheduled": scheduled,
            "composer": composed,
            "many": lambda values: composed(values, composition_mode="mass_mail"),
        }
        for name, door in doors.items():
            for values in forged:
                self.assertRefused(
                    lambda door=door, values=values: door(dict(values)), f"{name} {values}"
                )
            door({})
            door({"author_id": own.id, "email_from": own.email_formatted})
            door({"author_id": own.id, "email_from": own.email, "reply_to": own.email})

    def test_the_companys_name_is_for_what_is_sent(self):
        """What is stored like a line of the log has the name of who writes it."""
        company = self.lima.partner_id
        mine = self.on(self.agent, self.case)
        for kind in ("notification", "auto_comment"):
            self.assertRefused(
                lambda kind=kind: mine.message_post(
                    body="Closed", author_id=company.id, message_type=kind
                ),
                kind,
            )
        sent = mine.message_post(body="Hello", author_id=company.id, **SAID)
        self.assertEqual(sent.author_id, company)
        self.assertEqual(mine.message_post(body="A default").message_type, "notification")
        posted = mine.message_post_with_source(self.template)
        self.assertEqual(posted.author_id, company)
        domain = self.env["mail.alias.domain"].create({"name": "answers.example.com"})
        self.lima.alias_domain_id = domain
        alias = f'"Lima" <{domain.catchall_email}>'
        self.assertTrue(mine.message_post(body="Hello", reply_to=alias, **SAID))

    def test_deliveries_are_the_systems_to_tell(self):
        message = self.said(self.agent)
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": self.holder.id,
                "notification_type": "email",
                "notification_status": "exception",
            }
        )
        self.env.flush_all()
        for user in (self.agent, self.supervisor, self.manager, self.auditor):
            rows = self.on(user, self.env["mail.notification"])
            row = self.on(user, message.sudo().notification_ids[:1])
            new = {
                "mail_message_id": message.id,
                "res_partner_id": self.coholder.id,
                "notification_type": "email",
                "notification_status": "sent",
            }
            elsewhere = rows.sudo().create(
                new | {"mail_message_id": self.holder.message_post(body="x").id}
            )
            for door in (
                lambda rows=rows, new=new: rows.create(new),
                lambda row=row: row.write({"notification_status": "sent"}),
                lambda row=row: row.unlink(),
                lambda rows=rows, other=elsewhere: rows.browse(other.id).write(
                    {"mail_message_id": message.id}
                ),
                lambda user=user, new=new: self.on(user, message).write(
                    {"notification_ids": [(0, 0, new)]}
                ),
            ):
                with self.subTest(user=user.login):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        door()
                        self.env.flush_all()
            elsewhere.unlink()
        other = self.holder.message_post(body="Not ours")
        self.on(self.manager, self.env["mail.notification"]).create(
            new | {"mail_message_id": other.id}
        ).unlink()
        message.with_user(self.agent).set_message_done()
