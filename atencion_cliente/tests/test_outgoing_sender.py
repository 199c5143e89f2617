# Texts of customers are not translated.
# pylint: disable=translation-required
from datetime import timedelta
from email.utils import parseaddr

from markupsafe import Markup

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ..tools import audience
from ..tools.mail_kind import OWN_HEADER, MailKind, Setting, kind_of
from ..tools.mail_parts import read_mail
from .support.incoming import STRANGER, IncomingCommon
from .test_outgoing_kinds import COMPOSED, TO_CUSTOMERS

ALIAS = "postventa@homes.example"
AUTOMATIC = ("Auto-Submitted", "X-Auto-Response-Suppress")
# What no customer may read, of a case that has it in all its internal places.
SECRET = "he owes two payments"


class SenderCommon(IncomingCommon):
    """The area Repairs has the address postventa@homes.example."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.partner_id.write({"name": "Ana Ríos", "email": "ana.rios@lima-homes.test"})
        cls.repairs.name = "Postventa"
        cls.give_address(cls.repairs, "postventa")
        cls.case = cls.followed_case(subject="The wall is wet")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Lima Homes Postventa", "company_id": cls.lima.id}
        )

    @classmethod
    def give_address(cls, area, name):
        area.write({"mail_type_id": cls.type_no_limit.id, "alias_name": name})

    def server(self, sender_filter, **vals):
        return self.env["ir.mail_server"].create(
            {"name": "Out", "smtp_host": "localhost", "from_filter": sender_filter} | vals
        )

    # -------------------------------------------------------------------------
    # Kinds of mail
    # -------------------------------------------------------------------------

    def say(self, body="We come on Monday", user=None, **values):
        """An agent writes to the customer in the conversation."""
        message = self.on(user or self.agent, self.case).message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **{"partner_ids": self.holder.ids} | values,
        )
        return self.env["mail.message"].browse(message.id)

    def compose(self, template="mail_template_case_message", body=None):
        action = self.on(self.agent, self.case)._open_composer(f"atencion_cliente.{template}")
        composer = self.on(self.agent, self.env["mail.compose.message"])
        form = Form(composer.with_context(**action["context"]))
        if body:
            form.body = body
        return form.save()

    def write_in_bulk(self):
        composer = self.on(self.agent, self.env["mail.compose.message"]).create(
            {
                "composition_mode": "mass_mail",
                "model": "atencion.case",
                "res_ids": repr(self.case.ids),
                "subject": "News",
                "body": "<p>News</p>",
            }
        )
        return composer._action_send_mail()

    def schedule(self):
        composer = self.compose()
        composer.scheduled_date = "2035-01-01 10:00:00"
        composer.action_schedule_message()
        scheduled = self.env["mail.scheduled.message"].search([("res_id", "=", self.case.id)])
        # As the cron does it.
        bot = self.env.ref("base.user_root")
        scheduled = scheduled.with_context(allowed_company_ids=self.lima.ids)
        scheduled.with_user(bot)._post_message()

    def invite(self):
        share = self.env["portal.share"].with_context(
            active_model="atencion.case", active_id=self.case.id
        )
        share.create({"partner_ids": self.holder.ids}).action_send_mail()

    def ask_rating(self):
        template = self.env["mail.template"].create(
            {
                "name": "Rating",
                "model_id": self.env["ir.model"]._get_id("atencion.case"),
                "subject": "How was it?",
                "body_html": "<p>Say so</p>",
                "partner_to": str(self.holder.id),
                "use_default_to": False,
            }
        )
        self.case.rating_send_request(template)

    def customer_writes(self):
        self.on(self.customer, self.case).message_post(
            body="Now the kitchen too", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def notify(self):
        reason = (audience.CHANGED, {"fields": ["priority"]})
        self.case._queue_notices(self.carla, (audience.EMAIL,), reason, author=self.agent)

    def mention(self):
        self.on(self.agent, self.case).message_post(
            body=SECRET,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.carla.partner_id.ids,
        )

    def personal(self):
        """Kinds of mail that a person writes to the customer, by name."""
        return {
            "comment": self.say,
            "scheduled": self.schedule,
            "bulk": self.write_in_bulk,
        } | {name: lambda name=name: self.compose(name).action_send_mail() for name in COMPOSED}

    def automatic(self):
        """Kinds of mail to the customer that no person writes."""
        return {"invitation": self.invite, "rating": self.ask_rating} | {
            name: lambda name=name: self.case._write_to_customers(
                self.env.ref(f"atencion_cliente.{name}")
            )
            for name in TO_CUSTOMERS
        }

    def internal(self):
        """Kinds of mail to colleagues."""
        return {"notice": self.notify, "mention": self.mention, "assignment": self.assign}

    def assign(self):
        self.case.user_id = self.agent
        self.on(self.agent, self.case).user_id = self.carla

    def mails_of(self, kinds):
        """By kind, the mails that it sends; each is made in a savepoint of its own."""
        for name, work in kinds.items():
            with self.subTest(kind=name), self.env.cr.savepoint() as savepoint:
                mails, _done = self.sent_by(work)
                self.assertTrue(mails)
                yield name, mails
                savepoint.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestOutgoingSender(HttpCase, SenderCommon):
    """Who the mails of a case are from, for whom their answers are, and what they belong to."""

    def check_sender(self, mails, address, names):
        for mail in mails:
            self.assertEqual(parseaddr(mail["From"])[1], address)
            self.assertIn(parseaddr(mail["From"])[0], names)

    def all_kinds(self):
        return self.personal() | self.automatic() | self.internal()

    def test_every_kind_is_from_the_area(self):
        for _name, mails in self.mails_of(self.all_kinds()):
            for mail in mails:
                self.assertEqual(parseaddr(mail["From"])[1], ALIAS)
                self.assertEqual(parseaddr(mail["Reply-To"])[1], ALIAS)
                self.assertIn("Postventa", parseaddr(mail["From"])[0])
                self.assertEqual(mail["Subject"].count(self.case.name), 1, mail["Subject"])
                self.assertEqual(len(mail.get_all("From")), 1)

    def test_names(self):
        for kinds, name in (
            (self.personal(), "Ana Ríos · Postventa"),
            ({name: self.automatic()[name] for name in TO_CUSTOMERS}, "Lima Homes · Postventa"),
        ):
            for _name, mails in self.mails_of(kinds):
                self.assertEqual({parseaddr(mail["From"])[0] for mail in mails}, {name})

    def test_every_kind_without_an_address_of_the_area(self):
        self.repairs.alias_id = False
        for _name, mails in self.mails_of(self.all_kinds()):
            for mail in mails:
                self.assertEqual(parseaddr(mail["Reply-To"])[1], "catchall@homes.example")
                self.assertNotIn("Postventa", mail["From"])

    def test_a_server_that_may_not_send_the_address(self):
        for sender_filter, address in (
            ("homes.example", ALIAS),
            ("", ALIAS),
            ("Service@relay.example", "service@relay.example"),
            ("relay.example", "postventa@relay.example"),
        ):
            self.repairs.mail_server_id = self.server(sender_filter)
            for _name, mails in self.mails_of({"comment": self.say, "bulk": self.write_in_bulk}):
                self.check_sender(mails, address, ["Ana Ríos · Postventa"])
                self.assertEqual(parseaddr(mails[0]["Reply-To"])[1], ALIAS)

    def test_the_server_of_the_area_sends_all_kinds(self):
        own, other = self.server("homes.example", sequence=20), self.server("homes.example")
        self.repairs.mail_server_id = own
        for name, work in self.all_kinds().items():
            with self.subTest(kind=name):
                with self.mock_mail_gateway():
                    work()
                    self.end_transaction()
                    parts = list(self._new_mails._split_by_mail_configuration())
                self.assertEqual({part[0] for part in parts}, {own.id})
                self.assertEqual({parseaddr(part[2])[1] for part in parts}, {ALIAS})
        self.repairs.mail_server_id = False
        mails, _done = self.sent_by(self.say)
        self.assertTrue(mails)
        self.assertTrue(other)

    def test_mails_of_others_are_left_alone(self):
        mail = self.env["mail.mail"].create(
            {"email_from": "a@lima-homes.test", "email_to": "b@example.org", "subject": "Hello"}
        )
        with self.mock_mail_gateway():
            mail.send()
            sent = self._mails[0]["EmailMessage"]
        self.assertEqual((sent["From"], sent["Subject"]), ("a@lima-homes.test", "Hello"))
        self.assertFalse(sent[OWN_HEADER])

    def test_what_a_customer_writes_is_not_from_their_address(self):
        self.case.message_subscribe(self.carla.partner_id.ids)
        for alias in (self.repairs.alias_id, self.env["mail.alias"]):
            self.repairs.alias_id = alias
            mails, _done = self.sent_by(self.customer_writes)
            self.assertTrue(mails)
            for mail in mails:
                self.assertNotIn(self.customer.email, mail["From"])
                self.assertIn(self.customer.name, mail["From"])
        message = self.case.message_ids.filtered(lambda one: one.message_type == "comment")[0]
        self.assertIn(self.customer.email, message.email_from)

    def test_a_case_that_changes_its_area(self):
        self.give_address(self.deeds, "escrituras")
        first, _done = self.sent_by(self.say)
        self.case.area_id = self.deeds
        second, _done = self.sent_by(lambda: self.say(user=self.supervisor))
        self.check_sender(second, "escrituras@homes.example", [self.sender_of_deeds()])
        self.assertIn(first[0]["Message-Id"], second[0]["References"])

    def sender_of_deeds(self):
        return f"{self.supervisor.name} · {self.deeds.name}"

    # -------------------------------------------------------------------------
    # Thread and headers
    # -------------------------------------------------------------------------

    def test_threads(self):
        ack = self.env.ref("atencion_cliente.mail_template_case_acknowledgement")
        [first, *_rest], _done = self.sent_by(lambda: self.case._write_to_customers(ack))
        mails, _done = self.sent_by(self.say)
        self.assertIn(first["Message-Id"], mails[0]["References"])
        answer, _written = self.answer(mails[0], self.customer.email, "On Monday I am out")
        [last, *_rest], _done = self.sent_by(lambda: self.compose().action_send_mail())
        self.assertEqual(last["In-Reply-To"], answer.message_id)
        self.assertIn(mails[0]["Message-Id"], last["References"])

    def test_headers_of_machines_are_on_automatic_mails_alone(self):
        for _name, mails in self.mails_of(self.automatic() | self.internal()):
            for mail in mails:
                if self.carla.email in mail["To"] and SECRET in mail.as_string():
                    continue
                self.assertEqual(mail["Auto-Submitted"], "auto-generated")
                self.assertEqual(mail["X-Auto-Response-Suppress"], "All")
                self.assertFalse(mail["Precedence"])
        for _name, mails in self.mails_of(self.personal()):
            for mail in mails:
                self.assertFalse([name for name in (*AUTOMATIC, "Precedence") if mail[name]])

    def test_own_mails_are_known(self):
        [mail, *_others], _done = self.sent_by(self.say)
        value = mail[OWN_HEADER]
        self.assertNotIn(str(self.case.id), value.replace(self.case.name, "").split(";")[0])
        mark = self.case._own_mark()
        raw = f"From: {STRANGER}\n{OWN_HEADER}: {value}\n\nHello\n".encode()
        self.assertEqual(kind_of(read_mail(raw), Setting(own_mark=mark)).kind, MailKind.OWN)
        other = Setting(own_mark="another database")
        self.assertEqual(kind_of(read_mail(raw), other).kind, MailKind.PERSON)

    # -------------------------------------------------------------------------
    # Quotes and signature
    # -------------------------------------------------------------------------

    def body(self, mail):
        return mail.get_body(("html",)).get_content()

    def test_earlier_words_are_quoted_and_internal_ones_are_not(self):
        self.mention()
        self.say("We come on Monday")
        self.customer_writes()
        for _name, mails in self.mails_of(
            {"comment": lambda: self.say("Good"), "bulk": self.write_in_bulk}
        ):
            body = self.body(mails[0])
            own, quoted = body.split("gmail_quote", 1)
            self.assertIn("Now the kitchen too", quoted)
            self.assertIn("We come on Monday", quoted)
            self.assertNotIn("Now the kitchen too", own)
        for _name, mails in self.mails_of(self.personal() | self.automatic()):
            for mail in mails:
                self.assertNotIn(SECRET, mail.as_string())
        for _name, mails in self.mails_of(self.automatic()):
            self.assertNotIn("Now the kitchen too", self.body(mails[0]))

    def test_quotes_of_customers_are_folded(self):
        text = "Yes.\n\n-----Mensaje original-----\nDe: Ana\nWe come on Monday"
        message, _written = self.answer(self.say(), self.customer.email, text)
        self.assertRegex(message.body, r"data-o-mail-quote[^>]*><p>-----Mensaje original")
        self.assertIn("We come on Monday", message.body)

    def test_signature_of_the_area(self):
        self.agent.signature = "<p>Ana signs</p>"
        [mail, *_rest], _done = self.sent_by(self.say)
        self.assertIn("Ana signs", self.body(mail))
        self.repairs.mail_signature = "<p>Your after-sales team</p>"
        [mail, *_rest], _done = self.sent_by(self.say)
        self.assertIn("Your after-sales team", self.body(mail))
        self.assertNotIn("Ana signs", self.body(mail))
        # As the composer sends a template.
        [mail, *_rest], _done = self.sent_by(lambda: self.say(email_add_signature=False))
        self.assertIn("Your after-sales team", self.body(mail))


@tagged("post_install", "-at_install")
class TestHiddenAgents(HttpCase, SenderCommon):
    """An area that does not show its agents speaks for them, on every way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repairs.write({"show_agent_name": False, "partner_id": cls.contact.id})

    def test_the_area_is_not_proposed_as_a_recipient(self):
        self.say()
        seen = self.on(self.agent, self.case)
        proposed = seen._message_get_suggested_recipients(reply_discussion=True)
        ids = {one["partner_id"] for one in proposed}
        self.assertTrue(ids)
        self.assertFalse(ids & {self.contact.id, self.lima.partner_id.id})

    def assertHidden(self, text):
        for word in ("Ana R", self.agent.name, "ana.rios", self.agent.login):
            self.assertNotIn(word, text)

    def test_no_mail_names_the_agent(self):
        for _name, mails in self.mails_of(self.personal() | self.automatic()):
            for mail in mails:
                if self.carla.email in mail["To"]:
                    continue
                self.assertEqual(parseaddr(mail["From"]), (self.contact.name, ALIAS))
                self.assertHidden(mail.as_string())
                self.assertHidden(self.decoded(mail))

    def decoded(self, mail):
        parts = [part for part in mail.walk() if part.get_content_type().startswith("text/")]
        return " ".join([*map(str, mail.values()), *(str(part.get_content()) for part in parts)])

    def test_author_of_public_messages(self):
        for name, work in self.personal().items():
            with self.subTest(kind=name):
                before = self.case.message_ids
                self.sent_by(work)
                spoken = (self.case.message_ids - before).filtered("atencion_writer_id")
                self.assertEqual(spoken.author_id, self.contact)
                self.assertEqual(spoken.atencion_writer_id, self.agent)
                self.assertEqual(spoken.create_uid, self.env.ref("base.user_root"))
                self.assertIn(ALIAS, spoken.email_from)
                log = (self.case.message_ids - before).filtered(
                    lambda one: one.author_id == self.agent.partner_id
                )
                self.assertTrue(log.filtered("is_internal"))
                self.assertFalse(log.filtered(lambda one: not one.is_internal))

    def test_answer_by_mail(self):
        self.case.message_subscribe(self.agent.partner_id.ids)
        question = self.on(self.customer, self.case).message_post(
            body="When?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        question = self.env["mail.message"].browse(question.id)
        message, written = self.answer(question, f"Ana Ríos <{self.agent.email}>", "On Monday")
        self.assertPublic(message, self.case)
        self.assertEqual(message.author_id, self.contact)
        self.assertFalse(self.case.customer_unread)
        for mail in self.sent:
            self.assertNotIn(self.agent.email, mail["To"])
            self.assertEqual(parseaddr(mail["From"]), (self.contact.name, ALIAS))
        self.assertTrue(written)

    def test_notes_and_other_areas_keep_their_author(self):
        note = self.on(self.agent, self.case).message_post(body=SECRET, message_type="comment")
        self.assertEqual(note.author_id, self.agent.partner_id)
        other = self.followed_case(area_id=self.deeds.id)
        message = self.on(self.supervisor, other).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(message.author_id, self.supervisor.partner_id)

    def test_the_agent_corrects_and_others_do_not(self):
        message = self.say()
        url = "/mail/message/update_content"
        data = {"message_id": message.id, "update_data": {"body": "On Tuesday"}}
        self.authenticate(self.agent2.login, self.agent2.login)
        with self.assertRaisesRegex(Exception, "404|NotFound|not found"):
            self.make_jsonrpc_request(url, data)
        self.authenticate(self.agent.login, self.agent.login)
        self.make_jsonrpc_request(url, data)
        message.invalidate_recordset()
        self.assertIn("On Tuesday", message.body)
        self.assertEqual(message.author_id, self.contact)
        with self.assertRaises(AccessError):
            self.on(self.agent, message).write({"body": "x"})

    def test_the_portal_never_shows_the_agent(self):
        link = (
            f'<a data-oe-model="res.partner" data-oe-id="{self.agent.partner_id.id}" href="#">'
            "@Ana Ríos</a>"
        )
        file = self.on(self.agent, self.env["ir.attachment"]).create(
            {
                "name": "plan.txt",
                "raw": b"x",
                "res_model": "mail.compose.message",
                "res_id": 0,
            }
        )
        message = self.say(
            Markup(link),
            partner_ids=(self.holder | self.carla.partner_id | self.agent.partner_id).ids,
            attachment_ids=file.ids,
        )
        self.assertFalse(message.partner_ids.filtered(lambda one: not one.partner_share))
        self.assertEqual(file.create_uid, self.env.ref("base.user_root"))
        with self.assertRaises(UserError):
            self.on(self.agent, message).sudo()._message_reaction(
                "👍", "add", self.agent.partner_id, self.env["mail.guest"]
            )
        self.on(self.agent, self.case)._message_update_content(
            self.on(self.agent, message).sudo(), body=Markup(f"{link}, good morning")
        )
        token = self.case._portal_ensure_token()
        self.env.flush_all()
        thread = {"thread_model": "atencion.case", "thread_id": self.case.id}
        for login, access in ((self.customer.login, {}), (None, {"token": token})):
            self.authenticate(login, login)
            page = self.make_jsonrpc_request(
                "/mail/chatter_fetch", thread | access | {"fetch_params": {"limit": 200}}
            )
            self.assertIn("plan.txt", str(page))
            self.assertHidden(str(page))
            self.assertNotIn(self.carla.name, str(page))
        read = self.on(self.customer, message).read()
        self.assertHidden(str(read))

    def test_no_answer_that_an_agent_is_out_of_office(self):
        now = fields.Datetime.now()
        self.agent.write(
            {
                "out_of_office_message": "<p>Ana is away</p>",
                "out_of_office_from": now - timedelta(days=1),
                "out_of_office_to": now + timedelta(days=1),
            }
        )
        for shown in (True, False):
            self.repairs.show_agent_name = shown
            mails, _done = self.sent_by(self.customer_writes)
            away = [mail for mail in mails if "Ana is away" in self.decoded(mail)]
            self.assertEqual(bool(away), shown)

    def test_rating_is_of_the_area(self):
        self.assertEqual(self.case._rating_get_operator(), self.contact)
        self.repairs.show_agent_name = True
        self.assertEqual(self.case._rating_get_operator(), self.case.user_id.partner_id)

    def test_nobody_names_another_writer(self):
        values = {"model": "atencion.case", "res_id": self.case.id, "body": "x"}
        message = (
            self.on(self.agent, self.env["mail.message"])
            .with_context(default_atencion_writer_id=self.supervisor.id)
            .create(values | {"atencion_writer_id": self.supervisor.id})
        )
        self.assertFalse(message.sudo().atencion_writer_id)
        message.sudo().write({"atencion_writer_id": self.supervisor.id})
        self.assertFalse(message.sudo().atencion_writer_id)


@tagged("post_install", "-at_install")
class TestThirdParties(SenderCommon):
    """Mails to contractors and notaries stay out of the customer's sight."""

    def composer(self, to, **values):
        action = self.on(self.agent, self.case).action_write_to_third_party()
        composer = self.on(self.agent, self.env["mail.compose.message"])
        return composer.with_context(**action["context"]).create(
            {"atencion_email_to": to, "body": f"<p>{SECRET}</p>", "subject": "Visit"} | values
        )

    def send(self, to=STRANGER, **values):
        return self.sent_by(lambda: self.composer(to, **values).action_send_mail())[0]

    def test_mail_and_answer_stay_internal(self):
        mails = self.send()
        [mail] = [one for one in mails if STRANGER in one["To"]]
        self.assertEqual(parseaddr(mail["From"])[1], ALIAS)
        self.assertIn(SECRET, mail.as_string())
        for word in ("access_token", "/mail/view", "/my/cases"):
            self.assertNotIn(word, mail.as_string())
        for one in mails:
            self.assertNotIn(self.customer.email, one["To"])
        self.assertReaders({SECRET: False})
        message, written = self.answer(mail, STRANGER, "I come at ten")
        self.assertInternal(message, written, "I come at ten", self.case)
        self.assertFalse(self.case.pending_writer_ids)
        self.assertIn(self.agent.partner_id, message.notified_partner_ids)
        self.assertNotIn(STRANGER, str(self.case.message_partner_ids.mapped("email")))
        later, _done = self.sent_by(lambda: self.say("We come on Monday"))
        for one in later:
            self.assertNotIn(SECRET, one.as_string())
            self.assertNotIn("I come at ten", one.as_string())

    def test_it_is_recorded_to_whom_it_went(self):
        self.send(f"{STRANGER}, otro@example.org")
        writers = self.case.writer_ids
        self.assertEqual(set(writers.mapped("email")), {STRANGER, "otro@example.org"})
        self.assertEqual(set(writers.mapped("state")), {"third_party"})
        self.assertIn(STRANGER, " ".join(self.case.message_ids.mapped("body")))
        delivered = self.env["mail.notification"].search(
            [("mail_message_id", "in", writers.message_ids.ids)]
        )
        self.assertIn(STRANGER, delivered.mapped("mail_email_address"))

    def test_a_contact_is_written_to_at_the_address(self):
        contact = self.env["res.partner"].create({"name": "Notary", "email": "n@example.org"})
        mails = self.send("", partner_ids=[Command.set(contact.ids)])
        self.assertTrue([one for one in mails if "n@example.org" in one["To"]])
        self.assertFalse(self.case.writer_ids.message_ids.partner_ids & contact)

    def test_never_to_a_party(self):
        for to, partners in (
            (self.customer.email, None),
            (f"{STRANGER}, {self.holder.email}", None),
            ("", self.customer.partner_id),
            (self.carla.email, None),
            (ALIAS, None),
            ("", None),
        ):
            with self.subTest(to=to, partners=partners), self.assertRaises(UserError):
                self.send(to, partner_ids=[Command.set(partners.ids if partners else [])])
        self.assertReaders({SECRET: False})
        self.assertFalse(self.case.writer_ids)

    def test_it_is_not_scheduled(self):
        with self.assertRaises(UserError):
            self.composer(STRANGER, scheduled_date="2035-01-01 10:00:00").action_schedule_message()

    def test_a_note_reaches_no_typed_address_otherwise(self):
        mails, _done = self.sent_by(
            lambda: self.on(self.agent, self.case).message_post(
                body=SECRET,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                outgoing_email_to=STRANGER,
            )
        )
        self.assertFalse([one for one in mails if STRANGER in one["To"]])

    def test_confidential_case(self):
        self.case.is_confidential = True
        mails = self.send()
        self.assertTrue([one for one in mails if STRANGER in one["To"]])

    def test_who_may_not_change_the_case_writes_to_nobody(self):
        with self.assertRaises(AccessError):
            self.on(self.deeds_agent, self.case).action_write_to_third_party()


@tagged("post_install", "-at_install")
class TestAnswersOfAreas(HttpCase, SenderCommon):
    """Answers that an area shares are of its members, and are edited by its manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saved = cls.env["mail.canned.response"].create(
            {
                "source": "visit",
                "substitution": "We come on Monday.",
                "atencion_area_ids": cls.repairs.ids,
            }
        )

    def test_members_use_them_and_others_do_not(self):
        for user, found in ((self.agent, True), (self.deeds_agent, False), (self.outsider, False)):
            with self.subTest(user=user.name):
                answers = self.on(user, self.env["mail.canned.response"]).search([])
                self.assertEqual(self.saved in answers, found)
                self.authenticate(user.login, user.login)
                data = self.make_jsonrpc_request(
                    "/mail/data", {"fetch_params": ["mail.canned.response"]}
                )
                self.assertEqual("We come on Monday." in str(data), found)

    def test_the_manager_of_the_area_edits(self):
        self.on(self.area_user, self.saved).substitution = "We come on Tuesday."
        self.assertTrue(self.saved.is_shared)
        with self.assertRaises(AccessError):
            self.on(self.agent, self.saved).substitution = "Never."

    def test_nobody_shares_with_the_area_of_others(self):
        values = {"source": "x", "substitution": "y", "atencion_area_ids": self.repairs.ids}
        model = self.env["mail.canned.response"]
        with self.assertRaises(AccessError):
            self.on(self.agent, model).create(dict(values))
        own = self.on(self.agent, model).create({"source": "x", "substitution": "y"})
        with self.assertRaises(AccessError):
            own.atencion_area_ids = self.repairs
        self.assertTrue(self.on(self.area_user, model).create(dict(values)).is_shared)
