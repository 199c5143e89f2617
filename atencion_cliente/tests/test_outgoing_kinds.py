from email.message import EmailMessage

from odoo import Command
from odoo.tests import Form, HttpCase, tagged

from ..tools import audience
from .support.incoming import FILE, STRANGER, IncomingCommon

# The facts of each notice to an internal user. Answers to it are internal.
FACTS = {
    audience.CREATED: {},
    audience.MOVED: {"area_id": 0},
    audience.CHANGED: {"fields": ["priority"]},
    audience.ASSIGNED: {},
    audience.WROTE: {"message_id": 0},
    audience.RULE: {"rule_id": 0, "hours": 2},
    audience.WARNING: {"deadline": "2025-01-01"},
    audience.STUCK: {"rule_id": 0},
    audience.LEFT: {"user_id": 0},
}
# Mail that the system writes to a customer by itself, by its template.
TO_CUSTOMERS = (
    "mail_template_case_acknowledgement",
    "mail_template_case_state",
    "mail_template_case_answer",
    "mail_template_case_document_reminder",
    "mail_template_case_rating",
)
# Mail that an agent writes to a customer in the composer.
COMPOSED = (
    "mail_template_case_documents",
    "mail_template_case_message",
    "mail_template_case_letter",
)
OTHER_TEMPLATES = ("mail_template_case_notice",)

THIRD_PARTY = "notaria@example.org"

# What an open page may ask of a conversation.
LISTS = ["attachments", "followers", "activities", "suggestedRecipients"]


@tagged("post_install", "-at_install")
class TestOutgoingKinds(HttpCase, IncomingCommon):
    """Everybody answers every kind of mail of a case; customers read only what is public."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["atencion.escalation.rule"].create(
            {
                "name": "Late",
                "company_id": cls.lima.id,
                "hours": 2,
                "new_stage_id": cls.stages["WCE"].id,
            }
        )

    def check(self, case, mails, conversation=False, others=()):
        """Answer mails of a case as everybody, and compare what its customers see.

        People to whom the mail was only forwarded know its Message-ID, and answer as well.

        :param bool conversation: whether answers of internal users are public
        :param dict others: for further addresses, whether their answers are public
        """
        people = {
            self.carla.email: conversation,
            self.ana.email: conversation,
            self.outsider.email: conversation,
            self.customer.email: True,
            self.portal_coholder.email: True,
            STRANGER: False,
        } | dict(others)
        answers = {}
        for place, mail in enumerate(mails):
            for address, public in people.items():
                text = f"Answer {place} of {address} to {case.name}."
                with self.subTest(sender=address, mail=place):
                    message, written = self.answer(mail, f"Somebody <{address}>", text)
                    answers[text] = (message, public)
                    self.assertEqual(len(message), 1, "the mail is kept")
                    if not people[STRANGER]:
                        self.assertNotIn(STRANGER, str(written.mapped("email_to")))
                    if public:
                        self.assertPublic(message, case)
                    else:
                        self.assertInternal(message, written, text, case)
        self.assertReaders({text: public for text, (_message, public) in answers.items()})
        self.check_portal(self.customer, case, answers)

    def check_portal(self, user, case, answers):
        """Check what the customer's page shows, with a login and by its link without one."""
        token = case._portal_ensure_token()
        self.env.flush_all()
        for login, access in ((user.login, {}), (None, {"token": token})):
            self.authenticate(login, login)
            thread = {"thread_model": case._name, "thread_id": case.id}
            page = self.make_jsonrpc_request(
                "/mail/chatter_fetch", thread | access | {"fetch_params": {"limit": 200}}
            )
            bodies = " ".join(each["body"][1] for each in page["data"]["mail.message"])
            for text, (_message, public) in answers.items():
                self.assertEqual(text in bodies, public, text)
            for name in LISTS:
                asked = thread | {"request_list": [name], "access_params": access}
                shown = self.make_jsonrpc_request(
                    "/mail/data", {"fetch_params": [["mail.thread", asked]]}
                )
                self.assertNotIn(FILE, str(shown))
            for message, public in answers.values():
                if not public:
                    answer = self.url_open(f"/web/content/{message.attachment_ids.id}?download=1")
                    self.assertNotIn("File: ", answer.text)
                    break

    def only(self, mails, address):
        """The one mail that went to an address, possibly among others."""
        found = {mail["Message-Id"]: mail for mail in mails if address in mail["To"]}
        self.assertEqual(len(found), 1)
        return next(iter(found.values()))

    def check_internal(self, case, mails):
        """The same for mails to internal users, which have Odoo's internal subtype."""
        for mail in mails:
            known = mail["Message-Id"] if isinstance(mail, EmailMessage) else mail.message_id
            message = self.env["mail.message"].search([("message_id", "=", known)])
            self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.check(case, mails)

    # -------------------------------------------------------------------------
    # To internal users
    # -------------------------------------------------------------------------

    def notice(self, case, event, channel, user):
        """Notify a user of an event of a case, and return the mails that are sent."""
        values = {
            "area_id": self.repairs.id,
            "rule_id": self.rule.id,
            "user_id": self.agent.id,
        }
        facts = {name: values.get(name, value) for name, value in FACTS[event].items()}
        reason = (event, facts)
        if event == audience.ASSIGNED:
            case.with_context(mail_auto_subscribe_no_notify=True).user_id = user
        return self.sent_by(
            lambda: case._queue_notices(user, (channel,), reason, author=self.supervisor)
        )[0]

    def test_no_event_is_forgotten(self):
        audiences = audience.AUDIENCES.items()
        self.assertEqual(
            {event for event, people in audiences if people != audience.CUSTOMERS}, set(FACTS)
        )

    def test_notices_by_mail(self):
        case = self.followed_case()
        mails = [
            self.only(self.notice(case, event, audience.EMAIL, self.carla), self.carla.email)
            for event in FACTS
        ]
        self.check_internal(case, mails)

    def test_notices_in_the_inbox(self):
        case = self.followed_case()
        for event in FACTS:
            self.notice(case, event, audience.ALERT, self.ana)
        self.assertEqual(len(self.notified(self.ana)), len(FACTS))
        self.check_internal(case, self.notified(self.ana))

    def test_chats_of_notices_send_no_mail(self):
        case = self.followed_case()
        for event in FACTS:
            self.assertFalse(self.notice(case, event, audience.ALERT, self.carla))
        self.assertEqual(len(self.chats(self.carla)), len(FACTS))

    def test_to_dos_of_notices_send_no_mail(self):
        case = self.followed_case()
        self.assertFalse(self.notice(case, audience.CHANGED, audience.TASK, self.carla))
        self.assertTrue(self.tasks_of(self.carla))

    def test_to_dos_about_received_mails(self):
        """They send none: neither what waits for an administrator, nor that somebody floods."""
        case = self.followed_case()
        self.repairs.write({"mail_type_id": self.type_two_days.id, "alias_name": "postventa"})
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_limit", "1")
        known = self.any_message(case).message_id
        for number in range(3):
            mail = EmailMessage()
            mail["From"], mail["To"] = self.customer.email, "postventa@homes.example"
            mail["In-Reply-To"] = known
            mail.set_content(f"Mail {number}")
            self.process(mail.as_bytes(), None)
        self.assertFalse(self.sent)
        del mail["From"]
        self.process(mail.as_bytes(), None)
        self.assertFalse(self.sent)
        rows = self.env["atencion.incoming.mail"].search([])
        self.assertEqual(rows.mapped("outcome"), ["held", "held", "held", "message"])

    def test_files_that_were_left_out(self):
        case = self.followed_case()
        self.repairs.write({"mail_type_id": self.type_two_days.id, "alias_name": "postventa"})
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_size_limit_mb", "1")
        mail = EmailMessage()
        mail["From"], mail["To"] = self.customer.email, "postventa@homes.example"
        mail["In-Reply-To"] = self.any_message(case).message_id
        mail.set_content("See the film")
        mail.add_attachment(b"x" * 900_000, "video", "mp4", filename="film.mp4")
        mails, _result = self.sent_by(
            lambda: self.env["mail.thread"].message_process(False, mail.as_bytes())
        )
        told = [one for one in mails if "film.mp4" in one.as_string()]
        self.check_internal(case, [self.only(told, self.customer.email)])

    def any_message(self, case):
        return case.message_post(
            body="We come", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def failed(self, case, partner):
        """What is noted of a mail of a case that came back from a partner."""
        message = case.message_post(
            body="Good morning",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=partner.ids,
        )
        delivery = message.notification_ids.filtered(lambda one: one.res_partner_id == partner)
        return case._note_returned(delivery, "bounced", "550 Unknown", counts=True)

    def test_to_dos_about_mails_send_no_mail(self):
        case = self.followed_case()
        template = self.env.ref("atencion_cliente.mail_template_case_state")
        rows = self.failed(case, self.holder) | self.failed(case, self.carla.partner_id)

        rating = self.env["rating.rating"].create(
            {"res_model_id": self.env["ir.model"]._get_id(case._name), "res_id": case.id}
        )

        def work():
            rows._settle()
            case._ask_to_mend(template, "no reason")
            case._ask_to_call_back(rating)

        mails, _done = self.sent_by(work)
        self.assertFalse(mails)
        tasks = self.env["mail.activity"].search([("user_id", "!=", False)])
        self.assertEqual(
            sorted(tasks.filtered(lambda one: "mail" in one.summary.lower()).mapped("res_model")),
            ["atencion.case", "atencion.case", "res.partner"],
        )

    def test_area_with_a_recipient_of_new_cases(self):
        self.add_recipient(self.carla, audience.EMAIL)
        mails, case = self.sent_by(
            lambda: self.create_case(
                contract_id=self.contract.id, requester_id=self.customer.partner_id.id
            )
        )
        self.check_internal(case, [self.only(mails, self.carla.email)])

    def test_assignment(self):
        case = self.followed_case()
        mails, _done = self.sent_by(lambda: case.write({"user_id": self.carla.id}))
        self.check_internal(case, [self.only(mails, self.carla.email)])

    def test_activity(self):
        case = self.followed_case()
        mails, _activity = self.sent_by(
            lambda: self.on(self.agent, case).activity_schedule(
                "mail.mail_activity_data_todo", summary="Call", user_id=self.carla.id
            )
        )
        self.check_internal(case, [self.only(mails, self.carla.email)])

    def test_note_with_a_mention(self):
        case = self.followed_case()
        mails, _note = self.sent_by(
            lambda: self.on(self.agent, case).message_post(
                body="Please look",
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                partner_ids=(self.carla.partner_id | self.holder).ids,
            )
        )
        self.assertFalse([mail for mail in mails if self.holder.email in mail["To"]])
        self.check_internal(case, [self.only(mails, self.carla.email)])

    def test_mail_of_somebody_else(self):
        case = self.followed_case(user_id=self.carla.id)
        self.answer(self.a_public_message(case), STRANGER, "I am the husband")
        self.check_internal(case, [self.only(self.sent, self.carla.email)])

    def test_mail_of_somebody_else_once_accepted(self):
        case = self.followed_case(user_id=self.carla.id)
        case.message_subscribe(self.carla.partner_id.ids)
        self.answer(self.a_public_message(case), f"Husband <{STRANGER}>", "I am the husband")
        mails, _done = self.sent_by(self.on(self.area_user, case).pending_writer_ids.action_accept)
        self.check(case, [self.only(mails, self.holder.email)], True, {STRANGER: True})

    def test_to_dos_of_plans_send_no_mail(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Plan",
                "res_model": "atencion.case",
                "template_ids": [
                    Command.create(
                        {"summary": "Visit", "responsible_type": "other"}
                        | {"responsible_id": self.carla.id}
                    )
                ],
            }
        )
        self.type_no_limit.activity_plan_id = plan
        mails, _case = self.sent_by(lambda: self.create_case(type_id=self.type_no_limit.id))
        self.assertTrue(self.tasks_of(self.carla))
        self.assertFalse([mail for mail in mails if self.carla.email in mail["To"]])

    def test_mail_to_a_third_party(self):
        case = self.followed_case()
        action = self.on(self.agent, case).action_write_to_third_party()
        composer = self.on(self.agent, self.env["mail.compose.message"])
        values = {"atencion_email_to": THIRD_PARTY, "subject": "Visit", "body": "<p>Come</p>"}
        mails, _done = self.sent_by(
            composer.with_context(**action["context"]).create(values).action_send_mail
        )
        self.check_internal(case, [self.only(mails, THIRD_PARTY)])

    # -------------------------------------------------------------------------
    # To customers, by the system
    # -------------------------------------------------------------------------

    def test_mail_to_customers(self):
        case = self.followed_case()
        mails = []
        for name in TO_CUSTOMERS:
            template = self.env.ref(f"atencion_cliente.{name}")
            sent, _done = self.sent_by(lambda wanted=template: case._write_to_customers(wanted))
            mails.append(self.only(sent, self.customer.email))
        self.check(case, mails)

    def test_mail_that_is_sent_again(self):
        case = self.followed_case()
        self.failed(case, self.holder)
        mails, _done = self.sent_by(lambda: case.action_send_undelivered())
        self.check(case, [self.only(mails, self.holder.email)], conversation=True)

    def test_request_for_a_rating(self):
        case = self.followed_case()
        template = self.env["mail.template"].create(
            {
                "name": "Rating",
                "model_id": self.env["ir.model"]._get_id(case._name),
                "subject": "How was it?",
                "body_html": "<p>Say so</p>",
                "partner_to": str(self.holder.id),
                "use_default_to": False,
            }
        )
        mails, _done = self.sent_by(lambda: case.rating_send_request(template))
        self.check(case, [self.only(mails, self.holder.email)])

    def test_invitation_to_the_portal(self):
        case = self.followed_case()
        share = self.env["portal.share"].with_context(active_model=case._name, active_id=case.id)
        mails, _done = self.sent_by(
            lambda: share.create({"partner_ids": self.holder.ids}).action_send_mail()
        )
        self.check(case, [self.only(mails, self.holder.email)])

    def test_invitation_to_an_event(self):
        """Answers to an invitation are filed on the event, not on the case."""
        case = self.followed_case()
        guests = self.customer.partner_id | self.carla.partner_id
        mails, event = self.sent_by(
            lambda: self.on(self.agent, self.env["calendar.event"]).create(
                {
                    "name": "Visit",
                    "start": "2035-01-02 15:00:00",
                    "stop": "2035-01-02 16:00:00",
                    "partner_ids": guests.ids,
                    "res_model": case._name,
                    "res_id": case.id,
                    "res_model_id": self.env["ir.model"]._get_id(case._name),
                }
            )
        )
        mail = self.only(mails, self.carla.email)
        for address in (self.carla.email, self.customer.email, STRANGER):
            text = f"{address} answers the invitation"
            message, written = self.answer(mail, address, text)
            self.assertEqual((message.model, message.res_id), (event._name, event.id))
            self.assertEqual(self.readers(text), [])
            self.assertEqual(self.mailed(written, text), [])

    # -------------------------------------------------------------------------
    # Conversation
    # -------------------------------------------------------------------------

    def a_public_message(self, case):
        message = self.on(self.area_user, case).message_post(
            body="We come on Monday",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.holder.ids,
        )
        return self.env["mail.message"].browse(message.id)

    def test_answer_in_the_conversation(self):
        case = self.followed_case()
        mails, _message = self.sent_by(lambda: self.a_public_message(case))
        self.check(case, [self.only(mails, self.holder.email)], conversation=True)

    def test_message_of_the_customer(self):
        case = self.followed_case()
        case.message_subscribe(self.carla.partner_id.ids)
        mails, _message = self.sent_by(
            lambda: self.on(self.customer, case).message_post(
                body="Now the kitchen too",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        )
        self.check(case, [self.only(mails, self.carla.email)], conversation=True)

    def test_act_of_the_customer(self):
        case = self.followed_case()
        case.message_subscribe(self.carla.partner_id.ids)
        customer = case.with_user(self.customer).sudo()
        mails, _message = self.sent_by(lambda: customer._say_as_customer("It is solved"))
        self.check(case, [self.only(mails, self.carla.email)], conversation=True)

    def test_mail_of_the_customer(self):
        case = self.followed_case()
        case.message_subscribe(self.carla.partner_id.ids)
        self.answer(self.a_public_message(case), self.customer.email, "Now the kitchen too")
        self.check(case, [self.only(self.sent, self.carla.email)], conversation=True)

    def test_composed_mail(self):
        case = self.followed_case(type_id=self.type_documents.id)
        mails = []
        for name in COMPOSED:
            action = self.on(self.agent, case)._open_composer(f"atencion_cliente.{name}")
            composer = self.on(self.agent, self.env["mail.compose.message"])
            form = Form(composer.with_context(**action["context"]))
            sent, _done = self.sent_by(lambda form=form: form.save().action_send_mail())
            mails.append(self.only(sent, self.customer.email))
        self.check(case, mails, conversation=True)
