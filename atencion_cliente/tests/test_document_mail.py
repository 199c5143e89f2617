from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .support.documents import DocumentsCommon
from .support.notices import SPANISH
from .test_notice_delivery import HOSTILE

START = "2025-03-03 15:00:00"
TYPED = "diego@example.com"
MAIL = "odoo.addons.atencion_cliente.models.documents.atencion_case_document_mail"


@tagged("post_install", "-at_install")
class TestDocumentMail(DocumentsCommon):
    """Requests for documents and reminders: their content and how often they are sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.typed = {"requester_firstname": "Diego", "requester_email": TYPED}

    def waiting_case(self, **vals):
        """A case of another transaction that waits since the start."""
        with freeze_time(START):
            case = self.moving_case(**(self.typed | vals))
            self.end_transaction()
        self.queue().unlink()
        return case

    def run_on(self, day):
        """Run the scheduled action on a day after the start.

        :return: the mails that it wrote
        """
        before = self.queue()
        moment = date(2025, 3, 3) + timedelta(days=day)
        with freeze_time(f"{moment} 15:00:00"), self.enter_registry_test_mode():
            self.env.ref("atencion_cliente.ir_cron_document_reminders").method_direct_trigger()
        self.env.invalidate_all()
        return self.queue() - before

    # -------------------------------------------------------------------------
    # State mails and request
    # -------------------------------------------------------------------------

    def test_acknowledgement_and_state_mail_list_what_is_missing(self):
        case = self.moving_case(**self.typed)
        self.end_transaction()
        body = self.mails_to(TYPED).body_html
        for said in ("Documents that we need from you", "Deed", "Identity card", "(optional)"):
            self.assertIn(said, body)
        self.receive(case, "Deed", "Identity card")
        self.end_transaction()
        self.queue().unlink()
        self.line(case).write({"state": "rejected", "reason": "It is not signed"})
        self.end_transaction()
        body = self.mails_to(TYPED).body_html
        self.assertIn("we could not accept it. It is not signed", body)
        self.assertNotIn("Identity card", body)

    def test_mails_of_cases_that_do_not_wait_list_nothing(self):
        case = self.create_case(
            document_ids=[Command.create({"name": "Photographs", "mandatory": False})],
            **self.typed,
        )
        self.move(case, "REJ")
        self.move(case, "REA")
        self.end_transaction()
        self.assertNotIn("Photographs", self.mails_to(TYPED).body_html)

    def test_request_opens_a_mail_of_the_agent_that_lists_them(self):
        case = self.on(self.agent, self.moving_case(requester_id=self.holder.id))
        self.end_transaction()
        self.queue().unlink()
        action = case.action_request_documents()
        composer = Form(
            self.on(self.agent, self.env[action["res_model"]]).with_context(**action["context"])
        )
        self.assertIn("Deed", composer.body)
        self.assertIn(case.name, composer.subject)
        composer.save()._action_send_mail()
        message = case.message_ids[0]
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(message.partner_ids, self.holder)
        self.assertFalse(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))

    def test_request_is_in_the_language_of_the_customer(self):
        requirement = self.type_moving.requirement_ids[0]
        requirement.with_context(lang=SPANISH).name = "Escritura"
        self.holder.lang = SPANISH
        case = self.moving_case(requester_id=self.holder.id)
        self.line(case, "Identity card").name = "Card of the Ministry"
        asked = case.with_context(lang=SPANISH).requested_documents
        self.assertIn("Escritura", asked)
        self.assertIn("Card of the Ministry", asked)
        self.assertIn("Deed", case.requested_documents)

    def test_request_of_nothing_or_by_a_stranger_is_refused(self):
        case = self.moving_case()
        with self.assertRaises(AccessError):
            self.on(self.deeds_agent, case).action_request_documents()
        case.document_ids.state = "received"
        with self.assertRaises(UserError):
            case.action_request_documents()

    def test_hostile_text_does_nothing(self):
        case = self.moving_case(**self.typed)
        case.document_ids = [Command.create({"name": HOSTILE, "mandatory": True})]
        case.document_ids[-1].write({"state": "rejected", "reason": HOSTILE})
        self.end_transaction()
        for body in (case.requested_documents, self.mails_to(TYPED).body_html):
            self.assertNotIn("<script", body)
            self.assertNotRegex(body, "<img[^>]*onerror")

    # -------------------------------------------------------------------------
    # Reminders
    # -------------------------------------------------------------------------

    def test_reminders_come_as_often_as_the_type_says(self):
        case = self.waiting_case()
        counts = {day: len(self.run_on(day)) for day in (0, 2, 3, 3, 4, 5, 6, 9, 30)}
        self.assertEqual(counts, {0: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 1, 9: 0, 30: 0})
        self.assertEqual(len(self.mails_to(TYPED)), 2)
        self.assertEqual(case.document_reminder_count, 2)
        self.assertEqual(case.document_reminded_on, date(2025, 3, 9))

    def test_a_run_that_was_missed_is_made_up_once(self):
        self.waiting_case()
        self.assertEqual([len(self.run_on(day)) for day in (8, 9, 11)], [1, 0, 1])

    def test_reminder_says_what_is_missing_and_is_automatic(self):
        case = self.waiting_case(requester_relation="holder")
        mail = self.run_on(3)
        for said in ("Diego", case.name, "Deed", "disregard this reminder"):
            self.assertIn(said, mail.body_html)
        self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
        self.assertEqual(mail.author_id, self.lima.partner_id)
        self.assertEqual(mail.state, "outgoing")

    def test_waiting_anew_counts_anew(self):
        case = self.waiting_case()
        self.run_on(3)
        self.run_on(6)
        with freeze_time("2025-03-20 15:00:00"):
            self.receive(case, "Deed", "Identity card")
            self.line(case).write({"state": "rejected", "reason": "Not signed"})
            self.assertEqual(case.stage_code, "WRC")
            self.end_transaction()
        self.assertEqual((case.document_reminder_count, case.document_reminded_on), (0, False))
        self.assertEqual([len(self.run_on(day)) for day in (17, 19, 20)], [0, 0, 1])

    def test_in_transit_he_is_reminded_of_mandatory_documents_only(self):
        case = self.waiting_case()
        with freeze_time(START):
            self.line(case).state = "in_transit"
            self.assertEqual(case.stage_code, "RIT")
        self.assertIn("Identity card", self.run_on(3).body_html)
        with freeze_time("2025-03-06 15:00:00"):
            self.line(case, "Identity card").state = "in_transit"
        self.assertFalse(self.run_on(6), "only photographs are left")

    def test_who_is_not_reminded(self):
        self.env["atencion.case"].search([]).active = False
        kinds = {
            "closed": {},
            "archived": {"active": False},
            "working": {},
            "transferred": {},
            "other type": {"type_id": self.type_documents.id},
        }
        cases = {kind: self.waiting_case(**vals) for kind, vals in kinds.items()}
        with freeze_time(START):
            self.move(cases["closed"], "REJ")
            self.move(cases["transferred"], "TRA")
            self.receive(cases["working"], "Deed", "Identity card")
            self.end_transaction()
        self.assertFalse(self.run_on(9))
        self.type_moving.max_reminders = 0
        self.waiting_case()
        self.assertFalse(self.run_on(9))

    def test_customer_without_an_address(self):
        case = self.waiting_case(requester_email=False)
        self.assertFalse(self.run_on(3))
        self.assertIn("no e-mail address", self.log(case))
        self.assertEqual(case.document_reminder_count, 1)

    def test_one_that_fails_does_not_stop_the_others(self):
        broken, fine = self.waiting_case(), self.waiting_case()
        cases = self.env.registry["atencion.case"]
        write = cases._write_to_customers

        def fail(self, template):
            if self == broken:
                raise RuntimeError("Broken addon")
            return write(self, template)

        with patch.object(cases, "_write_to_customers", fail), mute_logger(MAIL):
            mails = self.run_on(3)
        self.assertEqual(mails.mapped("res_id"), fine.ids)
        self.assertFalse(broken.document_reminder_count, "nothing half done")
        self.assertEqual(self.run_on(3).mapped("res_id"), broken.ids)

    def test_nobody_writes_the_counter(self):
        case = self.on(self.manager, self.waiting_case())
        for values in ({"document_reminder_count": 9}, {"document_reminded_on": "2025-01-01"}):
            with self.assertRaises(AccessError):
                case.write(values)
        self.run_on(3)
        self.assertFalse(case.copy().document_reminder_count)
