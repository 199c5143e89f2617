from contextlib import closing

from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.notices import SPANISH, NoticesCommon
from .test_notice_delivery import FEW, HOSTILE, MANY

MAIL = "odoo.addons.atencion_cliente.models.notices.atencion_case_customer_mail"
TYPED = "diego@example.com"
# SQL statements that 45 more cases may add: batches of the same inserts.
MORE = 12


@tagged("post_install", "-at_install")
class TestCustomerMail(NoticesCommon):
    """Acknowledgement and state mails: who gets which, and what they say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.typed = {"requester_firstname": "Diego", "requester_email": TYPED}
        cls.answered = cls.typed | {"response": "<p>We change the seal</p>"}

    def subjects_to(self, partner):
        """Names of the templates that wrote to a partner or an address."""
        marks = {"received": "ack", "changed its state": "state", "answered your": "answer"}
        return [
            next(name for mark, name in marks.items() if mark in mail.body_html)
            for mail in self.mails_to(partner)
        ]

    # -------------------------------------------------------------------------
    # Acknowledgement
    # -------------------------------------------------------------------------

    def test_requester_gets_the_number(self):
        case = self.create_case(**self.typed)
        self.end_transaction()
        mail = self.mails_to(TYPED)
        self.assertEqual(len(mail), 1)
        for said in (case.name, case.subject, "Diego", "We are working on it"):
            self.assertIn(said, mail.body_html)
        self.assertIn(case.name, mail.subject)
        self.assertEqual(mail.state, "outgoing", "nothing is sent inside the save")
        self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
        self.assertFalse(mail.auto_delete)
        self.assertIn(mail.mail_message_id, self.on(self.agent, case).message_ids)
        self.assertEqual(mail.author_id, self.lima.partner_id)

    def test_requester_and_holder_get_one_each(self):
        same, other = self.holder.copy({"email": TYPED}), self.coholder
        table = [
            ({"requester_id": self.holder.id, "partner_id": other.id}, {self.holder: 1, other: 1}),
            ({"partner_id": self.holder.id}, {self.holder: 1}),
            ({"requester_id": self.holder.id, "partner_id": self.holder.id}, {self.holder: 1}),
            (self.typed | {"partner_id": same.id}, {TYPED: 1, same: 0}),
            (self.typed | {"partner_id": other.id}, {TYPED: 1, other: 1}),
            ({"requester_id": self.holder.id} | self.typed, {self.holder: 1, TYPED: 0}),
            ({}, {}),
        ]
        for values, expected in table:
            with self.subTest(values=values):
                self.queue().unlink()
                case = self.create_case(**values)
                self.end_transaction()
                got = {who: len(self.mails_to(who)) for who in expected}
                self.assertEqual(got, expected)
                self.assertEqual(self.queue().mapped("res_id"), case.ids * sum(got.values()))

    def test_requester_without_an_address_gets_it_at_the_typed_one(self):
        self.holder.email = False
        self.create_case(requester_id=self.holder.id, **self.typed)
        self.create_case(requester_id=self.coholder.id, requester_email="no address")
        self.create_case(requester_email="no address")
        self.end_transaction()
        self.assertEqual(self.subjects_to(TYPED), ["ack"])
        self.assertEqual(self.subjects_to(self.coholder), ["ack"])
        self.assertEqual(len(self.queue()), 2)

    def test_area_without_template_acknowledges_nothing(self):
        self.repairs.ack_template_id = False
        self.create_case(**self.typed)
        self.end_transaction()
        self.assertFalse(self.mails_to(TYPED))

    def test_mail_without_a_sender_is_noted_on_the_case(self):
        self.create_case(**self.typed)
        self.end_transaction()
        self.lima.write({"email": False, "alias_domain_id": False})
        cases = self.create_case(**self.typed) | self.create_case(**self.typed)
        self.create_case()
        self.end_transaction()
        said = self.lima.with_context(lang=self.env.user.lang)._missing_sender_text()
        noted = self.env["mail.message"].search(
            [("model", "=", "atencion.case"), ("body", "ilike", said)]
        )
        self.assertEqual(sorted(noted.mapped("res_id")), sorted(cases.ids))

    def test_never_to_an_alias_of_ours(self):
        domain = self.env["mail.alias.domain"].create({"name": "homes.example"})
        self.lima.alias_domain_id = domain
        self.create_case(requester_email=domain.catchall_email.upper(), partner_id=self.holder.id)
        self.end_transaction()
        self.assertEqual(self.queue(), self.mails_to(self.holder))

    def test_an_answer_comes_to_the_catchall(self):
        self.lima.alias_domain_id = self.env["mail.alias.domain"].create({"name": "homes.example"})
        self.create_case(**self.typed)
        self.end_transaction()
        self.assertIn(self.lima.catchall_email, self.mails_to(TYPED).reply_to)

    def test_imports_archived_and_rolled_back_cases_write_to_nobody(self):
        quiet = self.env["atencion.case"].with_context(tracking_disable=True)
        imported = quiet.create(self.case_values(**self.typed))
        self.move(imported, "REJ")
        self.create_case(active=False, **self.typed)
        with closing(self.cr.savepoint()) as savepoint:
            self.create_case(**self.typed)
            savepoint.rollback()
        self.create_case(**self.typed).unlink()
        self.end_transaction()
        self.assertFalse(self.mails_to(TYPED))

    # -------------------------------------------------------------------------
    # States
    # -------------------------------------------------------------------------

    def test_states_of_which_the_customer_is_notified(self):
        expected = {
            "WRC": ["state"],
            "RIT": [],
            "PRO": [],
            "WCE": [],
            "TRA": [],
            "REA": ["state"],
            "CLO": ["answer"],
            "REJ": ["answer"],
        }
        origins = {"RIT": "WRC", "PRO": "WCE", "REA": "REJ"}
        for code, mails in expected.items():
            with self.subTest(code=code):
                case = self.ready_case(origins.get(code, "PRO"), **self.answered)
                self.end_transaction()
                self.queue().unlink()
                self.move(case, code)
                self.end_transaction()
                self.assertEqual(self.subjects_to(TYPED), mails)

    def test_several_changes_are_one_mail_of_the_last_state(self):
        case = self.ready_case("PRO", **self.answered)
        self.end_transaction()
        self.queue().unlink()
        for code in ("WRC", "PRO", "CLO"):
            self.move(case, code)
        self.end_transaction()
        self.assertEqual(self.subjects_to(TYPED), ["answer"])
        self.move(case, "REA")
        self.move(case, "CLO", resolution="<p>Seal changed again</p>")
        self.end_transaction()
        self.assertEqual(self.subjects_to(TYPED), ["answer"], "the state is the same in the end")

    def test_case_that_is_answered_at_once_is_acknowledged_by_its_answer(self):
        self.create_case(stage_id=self.stages["REJ"].id, stage_note="Not ours", **self.answered)
        self.create_case(stage_id=self.stages["WCE"].id, stage_note="At once", **self.typed)
        self.end_transaction()
        self.assertEqual(sorted(self.subjects_to(TYPED)), ["ack", "answer"])

    def test_state_without_template_sends_nothing(self):
        self.stages["REJ"].customer_template_id = False
        case = self.known_case(**self.typed)
        self.move(case, "REJ")
        self.end_transaction()
        self.assertFalse(self.mails_to(TYPED))

    # -------------------------------------------------------------------------
    # Content
    # -------------------------------------------------------------------------

    def test_customer_reads_the_answer_and_nothing_internal(self):
        case = self.known_case(
            response="<p>We change the seal</p>",
            resolution="<p>Cheap seal</p>",
            description="<p>It drips</p>",
            **self.typed,
        )
        self.add_note(case, "<p>Difficult customer</p>")
        self.move(case, "CLO", note="He insists too much")
        self.end_transaction()
        body = self.mails_to(TYPED).body_html
        for said in (case.name, case.subject, "Resolved", "We change the seal"):
            self.assertIn(said, body)
        for hidden in ("Cheap seal", "Difficult customer", "insists", "Upheld<", "Repairs"):
            self.assertNotIn(hidden, body)

    def test_link_to_the_portal_for_customers_with_a_user(self):
        visitor = self.env["res.partner"].create({"name": "Eva", "email": "eva@example.com"})
        case = self.create_case(requester_id=visitor.id, partner_id=self.holder.id)
        self.end_transaction()
        link = f"/my/cases/{case.id}"
        self.assertIn(link, self.mails_to(self.holder).body_html)
        self.assertNotIn(link, self.mails_to(visitor).body_html)

    def test_each_customer_reads_their_language(self):
        template = self.env.ref("atencion_cliente.mail_template_case_acknowledgement")
        template.with_context(lang=SPANISH).subject = "Recibido: {{ object.name }}"
        self.coholder.lang = SPANISH
        self.create_case(requester_id=self.holder.id, partner_id=self.coholder.id)
        self.create_case(**self.typed)
        self.end_transaction()
        self.assertIn("Recibido", self.mails_to(self.coholder).subject)
        self.assertNotIn("Recibido", self.mails_to(self.holder).subject)
        self.assertNotIn("Recibido", self.mails_to(TYPED).subject)
        self.lima.partner_id.lang = SPANISH
        self.create_case(**self.typed)
        self.end_transaction()
        self.assertIn("Recibido", self.mails_to(TYPED)[-1].subject, "else the company's")

    def test_hostile_text_does_nothing(self):
        case = self.known_case(
            subject=f"Water {HOSTILE}",
            response=f"<p>Done {HOSTILE}</p>",
            requester_firstname=HOSTILE,
            requester_email=TYPED,
        )
        self.move(case, "REJ")
        self.end_transaction()
        body = self.mails_to(TYPED).body_html
        self.assertNotIn("<script", body)
        self.assertNotRegex(body, "<img[^>]*onerror")

    # -------------------------------------------------------------------------
    # Failure and cost
    # -------------------------------------------------------------------------

    def test_template_that_fails_does_not_stop_the_agent(self):
        template = self.stages["REJ"].customer_template_id
        template.body_html = "<p><t t-out=\"1 / (object.priority != '3')\"/></p>"
        cases = self.known_case(**self.typed) | self.known_case(priority="3", **self.typed)
        with self.assertLogs(MAIL, "ERROR") as logs, mute_logger("odoo.addons.mail"):
            self.move(self.on(self.supervisor, cases), "REJ")
            self.end_transaction()
        self.assertEqual(len(logs.records), 1)
        self.assertEqual(cases.mapped("stage_code"), ["REJ", "REJ"])
        self.assertEqual(self.mails_to(TYPED).mapped("res_id"), cases[0].ids)
        logged = cases[1].message_ids[0]
        self.assertIn(template.name, logged.body)
        self.assertIn("division by zero", logged.body)
        self.assertTrue(logged.is_internal or logged.subtype_id.internal)
        self.assertNotIn("could not", " ".join(cases[0].message_ids.mapped("body")))

    def test_template_that_fails_is_reported_once(self):
        template = self.repairs.ack_template_id
        broken = "1 / (object.priority != '3')"
        urgent = self.typed | {"priority": "3"}
        table = {
            "subject": f"{{{{ {broken} }}}}",
            "body_html": f'<p><t t-out="{broken}"/></p>',
            "reply_to": f"{{{{ {broken} }}}}",
        }
        for field, text in table.items():
            with self.subTest(field):
                self.env["mail.activity"].search([("atencion_reason", "!=", False)]).unlink()
                former, template[field] = template[field], text
                with self.assertLogs(MAIL, "ERROR"), mute_logger("odoo.addons.mail"):
                    cases = self.create_case(**urgent) | self.create_case(**urgent)
                    self.end_transaction()
                template[field] = former
                # Odoo tries a template with some record before it is saved.
                cases.priority = "1"
                self.assertFalse(set(self.mails_to(TYPED).mapped("res_id")) & set(cases.ids))
                task = self.env["mail.activity"].search(
                    [("res_model", "=", "atencion.case"), ("res_id", "in", cases.ids)]
                )
                self.assertEqual(len(task), 1)
                self.assertTrue(task.user_id.has_group("atencion_cliente.group_manager"))
                seen = template.with_context(lang=task.user_id.lang)
                self.assertIn(seen.name, task.summary)
                labels = seen.fields_get([field], ["string"])
                self.assertIn(f"Field: {labels[field]['string']}.", task.note)

    def test_many_cases_cost_hardly_more_statements_than_few(self):
        counts = {}
        # The first count also fills the caches.
        for total in (FEW, FEW, MANY):
            cases = self.create_cases(total, **self.typed)
            self.env.cr.flush()
            counts[total] = self.statements(lambda cases=cases: self.move(cases, "REJ"))
        self.assertLessEqual(counts[MANY], counts[FEW] + MORE, counts)
