# Texts of customers are not translated.
# pylint: disable=translation-required
from odoo.tests import tagged

from .support.machines import ME, OWN_ADDRESSES, machine_mails
from .support.register import ALIAS, RegisterCommon


@tagged("post_install", "-at_install")
class TestIncomingMachines(RegisterCommon):
    """Mails of machines make no case, change none, and are answered by none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case.requester_id.email = ME
        cls.env.flush_all()

    def facts(self):
        """What a mail of a machine leaves as it is."""
        self.case.invalidate_recordset()
        public = self.case.message_ids.filtered(lambda one: not one.subtype_id.internal)
        return (
            self.case.stage_id,
            self.case.message_partner_ids,
            self.case.activity_ids,
            public,
            self.case.writer_ids,
        )

    def check(self, to, known):
        names = set()
        for kind, name, raw in machine_mails(to, known, self.case._own_mark()):
            if name in OWN_ADDRESSES and known == self.sent_message.message_id:
                continue  # a colleague may answer from the address of the company
            with self.subTest(name=name, to=to):
                cases, facts = self.cases(), self.facts()
                row = self.receive(raw)
                self.assertEqual(row.kind, kind)
                is_held = kind == "admin" or name == "Own company"
                self.assertEqual(row.outcome, "held" if is_held else "dropped")
                self.assertFalse(self.result)
                self.assertEqual(self.cases(), cases)
                if kind not in ("bounce", "complaint"):
                    self.assertEqual(self.facts(), facts)
                self.assertEqual(self.facts()[0], facts[0])
                self.assertEqual(self.to_customers(), [])
                self.assertTrue(row.source, "kept, to be filed if the machine is a person")
                names.add(name)
        self.assertGreater(len(names), 50)

    def test_answers_to_an_open_case(self):
        self.check(ALIAS, self.sent_message.message_id)

    def test_answers_to_a_closed_case_by_the_catchall(self):
        self.case.resolution = "<p>Done</p>"
        self.move(self.case, "CLO")
        self.end_transaction()
        self.check("catchall@homes.example", self.sent_message.message_id)

    def test_new_mails(self):
        self.check(ALIAS, "<unknown@example.org>")

    def test_our_own_automatic_mails_wait_for_nobody(self):
        for headers in ({"Auto_Submitted": "auto-generated"}, {"X_Atencion_Case": "AC-1; other"}):
            with self.subTest(**headers):
                row = self.receive(self.mail("desk@lima-homes.test", str(headers), **headers))
                self.assertEqual((row.kind, row.outcome), ("own", "dropped"))

    def test_line_in_the_log(self):
        row = self.receive(
            self.mail(
                ME,
                "I am out until Monday.",
                In_Reply_To=self.sent_message.message_id,
                Auto_Submitted="auto-replied",
            )
        )
        self.assertEqual(row.case_id, self.case)
        line = self.case.message_ids[0]
        self.assertIn("I am out until Monday.", line.body)
        self.assertEqual(line.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(line.notified_partner_ids)

    def test_odoo_marks_what_was_not_delivered(self):
        partner = self.case.requester_id
        notification = self.sent_message.notification_ids.filtered(
            lambda one: one.res_partner_id == partner
        )
        notification.sudo().notification_status = "sent"
        mails = {
            name: raw
            for _kind, name, raw in machine_mails(
                ALIAS, self.sent_message.message_id, self.case._own_mark()
            )
        }
        self.receive(mails["Delayed"])
        self.assertEqual(notification.notification_status, "sent")
        self.receive(mails["Postfix"])
        self.assertEqual(notification.notification_status, "bounce")

    def test_a_person_is_none_of_them(self):
        for number, headers in enumerate(
            (
                {"Feedback_ID": "x"},
                {"List_Unsubscribe": "<mailto:x@example.org>"},
                {"X_Loop": "x"},
                {"X_Auto_Response_Suppress": "All"},
                {"Subject": "About the mail that was returned: undelivered mail"},
                {"Auto_Submitted": "no"},
            )
        ):
            with self.subTest(**headers):
                row = self.receive(self.mail(text=f"Hello {number}", **headers))
                self.assertIn(row.kind, ("person", "quiet"))
                self.assertEqual(row.outcome, "case", row.detail)
