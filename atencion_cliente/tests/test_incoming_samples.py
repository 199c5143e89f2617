# Texts of customers are not translated.
# pylint: disable=translation-required
import re

from odoo.tests import tagged

from ..tools.audience import EMAIL
from .support.area_mail import ADDRESS, ROSA, SAMPLES, AreaMailCommon
from .support.incoming import CASE

LUIS = "luis@example.com"
# By sample: kind, rule and outcome in the register; what became of the mail.
TABLE = {
    "01": ("person", False, "case"),
    "02": ("person", False, "case"),
    "03": ("person", "R1", "message"),
    "04": ("person", "R5", "message"),
    "05": ("person", "R6", "case"),
    "06": ("person", "R4", "message"),
    "07": ("auto", False, None),
    "08": ("auto", False, None),
    "09": ("bounce", False, None),
    "10": ("bounce", False, None),
    "11": ("delay", False, None),
    "12": ("list", False, None),
    "13": ("own", False, None),
    "14": ("person", "R11", "case"),
    "15": ("person", False, "case"),
    "16": ("person", False, "case"),
    "17": ("person", False, "case"),
    "18": ("person", False, "case"),
    "19": ("person", False, "case"),
    "20": ("person", False, "case"),
    "21": ("person", "R13", "held"),
    "22": ("person", "R3", "message"),
    "23": ("person", "R1", "message"),
    "24": ("person", "R10", "message"),
}


@tagged("post_install", "-at_install")
class TestIncomingSamples(AreaMailCommon):
    """The samples of all kinds of mail, with the outcome of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "atencion_cliente.mail_trusted_servers", "mx.example.net"
        )
        cls.holder.company_id = cls.lima
        cls.colleague = cls.agent
        cls.case = cls.followed_case(
            contract_id=cls.contract.id,
            requester_id=cls.holder.id,
            type_id=cls.type_documents.id,
        )
        cls.public_message = cls.case.message_post(
            body="We come on Monday",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=cls.agent.partner_id.id,
        )
        cls.add_recipient(cls.carla, EMAIL)
        cls.case.message_unsubscribe(cls.case.message_partner_ids.ids)
        cls.env.cr.flush()
        # carla is notified.
        cls.case.priority = "3"
        cls.env.cr.flush()

    def sample(self, number):
        """A sample as the gateway gets it, and the Message-ID of it."""
        [path] = SAMPLES.glob(f"{number}_*.eml")
        notice = self.env["mail.message"].search(
            [
                ("model", "=", CASE),
                ("res_id", "=", self.case.id),
                ("message_type", "=", "user_notification"),
            ],
            limit=1,
        )
        raw = path.read_bytes()
        values = {
            "ALIAS": ADDRESS,
            "ALIAS_LOCAL": ADDRESS.partition("@")[0],
            "DOMAIN": "homes.example",
            "REPLY_TO": ADDRESS,
            "BOUNCE": "bounce@homes.example",
            "MESSAGE_ID": self.public_message.message_id,
            "NOTICE_ID": notice.message_id or "<notice@homes.example>",
            "NUMBER": self.case.name,
            "AGENT": self.carla.email if number == "22" else self.colleague.email,
        }
        for name, value in values.items():
            raw = raw.replace(f"@@{name}@@".encode(), value.encode())
        return raw

    def arrives_sample(self, number):
        """The new cases and the messages of a sample, once its row is right."""
        cases, messages = self.arrives(self.sample(number))
        kind, rule, outcome = TABLE[number]
        row = self.row()
        self.assertEqual((row.kind, row.rule), (kind, rule))
        if outcome:
            self.assertEqual(row.outcome, outcome)
        self.assertEqual(len(cases), int(outcome == "case"))
        return cases, messages

    def test_every_sample_has_its_outcome(self):
        samples = {path.name[:2] for path in SAMPLES.glob("*.eml")}
        self.assertEqual(samples, TABLE.keys())
        for number, (_kind, _rule, outcome) in TABLE.items():
            with self.subTest(sample=number):
                if number == "24":
                    self.close(self.case, "REJ")
                before = self.case.message_ids.filtered(lambda one: one.message_type == "email")
                cases, messages = self.arrives_sample(number)
                after = self.case.message_ids.filtered(lambda one: one.message_type == "email")
                self.assertEqual(len(after - before), int(outcome == "message"))
                self.assertEqual(bool(messages), outcome in ("case", "message"))
                if outcome != "case":
                    self.assertFalse(set(self.told()) - {self.holder.email}, "nobody is told")
                if outcome not in ("case", "message"):
                    self.assertEqual(self.told(), [])

    # -------------------------------------------------------------------------
    # New cases
    # -------------------------------------------------------------------------

    def test_01_plain_text(self):
        cases, messages = self.arrives_sample("01")
        self.assertEqual(cases.requester_id, self.holder)
        self.assertEqual(self.told(), [ROSA])
        self.assertRegex(cases.description, "[áéíóúñ]")
        self.assertPublic(messages, cases)
        portal = self.on(self.portal_holder, cases)
        self.assertEqual(portal.description, cases.description)

    def test_02_markup_with_a_photograph(self):
        cases, messages = self.arrives_sample("02")
        self.assertEqual(cases.subject, "(no subject) La puerta del clóset no cierra")
        self.assertEqual((cases.requester_firstname, cases.requester_lastname), ("María", "Ñañez"))
        self.assertEqual(cases.requester_email, "vecina.nueva@example.org")
        self.assertEqual(len(messages.attachment_ids), 1)
        for text in (cases.description, messages.body):
            self.assertIn(f"/web/image/{messages.attachment_ids.id}", text)
            for bad in ("script", "onerror", "evil.example"):
                self.assertNotIn(bad, text)

    def test_05_stranger_with_a_number(self):
        cases, _messages = self.arrives_sample("05")
        self.assertEqual(cases.related_case_ids, self.case)
        for mail in self.sent:
            if "curioso" in mail["To"]:
                self.assertNotIn(self.case.name, mail.as_string())

    def test_14_forwarded_by_a_colleague(self):
        cases, messages = self.arrives_sample("14")
        self.assertEqual((cases.requester_id, cases.create_uid), (self.coholder, self.agent))
        self.assertEqual(cases.subject, "Rajadura en el dormitorio")
        self.assertTrue(messages.is_internal)
        self.assertEqual(self.told().count(LUIS), 1)

    def test_15_invitation(self):
        cases, messages = self.arrives_sample("15")
        self.assertIn("Rosa le invita", cases.description)
        self.assertTrue(messages.attachment_ids)
        self.assertFalse(self.env["calendar.event"].search([("name", "ilike", "visita")]))

    def test_16_winmail(self):
        cases, messages = self.arrives_sample("16")
        self.assertTrue(cases.description)
        self.assertIn("winmail.dat", messages.attachment_ids.mapped("name"))
        self.assertIn("winmail.dat", self.log(cases))

    def test_17_18_unreadable_charsets(self):
        for number in ("17", "18"):
            cases, _messages = self.arrives_sample(number)
            self.assertRegex(f"{cases.subject} {cases.description}", "[áéíóúñÁÉÍÓÚÑ]")
            self.assertNotIn("\ufffd", f"{cases.subject} {cases.description}")

    def test_19_blind_copy(self):
        cases, _messages = self.arrives_sample("19")
        self.assertEqual((cases.requester_id, cases.area_id), (self.coholder, self.repairs))

    def test_20_hint(self):
        self.flat.code = "LJ-A-101"
        cases, _messages = self.arrives_sample("20")
        self.assertEqual(cases.unit_id, self.flat)

    # -------------------------------------------------------------------------
    # Messages of the case
    # -------------------------------------------------------------------------

    def test_03_04_answers_of_the_requester(self):
        self.holder.email = ROSA
        for number in ("03", "04"):
            _cases, message = self.arrives_sample(number)
            self.assertPublic(message, self.case)
            self.assertEqual(self.told(), [])
            self.assertTrue(self.case.customer_unread)

    def test_06_another_person(self):
        _cases, message = self.arrives_sample("06")
        self.assertInternal(message, self.written, "Soy el esposo de Rosa", self.case)
        self.assertTrue(self.case.pending_writer_ids)

    def test_07_out_of_office_of_a_closed_case(self):
        self.close(self.case, "REJ")
        self.arrives_sample("07")
        self.assertTrue(self.case.closed_at)
        self.assertFalse(self.case.customer_unread)

    def test_21_forged_colleague(self):
        _cases, messages = self.arrives_sample("21")
        self.assertFalse(messages)
        self.assertReaders({"cambie la cuenta": False})

    def test_22_colleague_answers_a_notice(self):
        _cases, message = self.arrives_sample("22")
        self.assertInternal(message, self.written, "debe dos cuotas", self.case)
        self.assertReaders({"debe dos cuotas": False})

    def test_23_documents(self):
        followers = self.case.message_partner_ids
        _cases, message = self.arrives_sample("23")
        self.assertPublic(message, self.case)
        self.assertIn("DNI ambas caras ñ.png", message.attachment_ids.mapped("name"))
        self.assertEqual(set(self.case.document_ids.mapped("state")), {"pending"})
        self.assertIn("DNI ambas caras ñ.png", self.log(self.case))
        self.assertNotIn("logo_firma.png", self.log(self.case))
        self.assertEqual(self.case.message_partner_ids, followers)
        self.assertNotIn(LUIS, self.told())

    def test_24_thanks(self):
        self.close(self.case, "REJ")
        _cases, message = self.arrives_sample("24")
        self.assertPublic(message, self.case)
        self.assertTrue(self.case.closed_at)
        self.assertTrue(self.case.customer_unread)
        self.assertFalse(re.search("R8|reopen", self.log(self.case)))
