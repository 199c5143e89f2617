# Texts of customers are not translated.
# pylint: disable=translation-required
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.area_mail import (
    ADDRESS,
    ADDRESS_CHILE,
    NEIGHBOUR,
    OTHER_ADDRESS,
    ROSA,
    AreaMailCommon,
)
from .support.incoming import CASE

LUIS = "luis@example.com"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\xdac\xfc\xcf\xf0\x9f\x01\x00\x07\x82\x02\x7f"
    b"\xcf\xec\xb1\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@tagged("post_install", "-at_install")
class TestIncomingNew(AreaMailCommon):
    """What a case has that a mail makes."""

    def test_values(self):
        before = fields.Datetime.now() - timedelta(seconds=1)
        case = self.makes_case(
            subject="Re: RV: Filtración ñ",
            text="Gotea\n\nel caño",
            Date="Tue, 1 Jan 2019 10:00:00 +0000",
        )
        self.assertEqual(case.subject, "Filtración ñ")
        self.assertEqual(case.description, "<p>Gotea</p><p>el caño</p>")
        self.assertEqual(
            (case.company_id, case.area_id, case.type_id, case.source_id),
            (
                self.lima,
                self.repairs,
                self.type_no_limit,
                self.env.ref("atencion_cliente.source_email"),
            ),
        )
        self.assertGreaterEqual(case.received_at, before)
        self.assertEqual(case.create_uid, self.env.ref("base.user_root"))
        self.assertTrue(case.name)
        self.assertFalse(case.user_id)
        self.assertFalse(case.customer_unread)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertPublic(message, case)
        self.assertEqual(message.author_id, self.holder)
        self.assertEqual(self.told(), [ROSA])
        [mail] = [one for one in self.sent if ROSA in one["To"]]
        self.assertIn(case.name, mail["Subject"])

    def test_area_is_notified_as_of_any_case(self):
        self.add_recipient(self.ana, "alert")
        self.makes_case()
        self.assertEqual(len(self.notified(self.ana)), 1)
        self.assertFalse(self.notified(self.bruno))

    def test_area_without_manager_and_template(self):
        self.repairs.write({"manager_id": False, "ack_template_id": False})
        self.assertTrue(self.makes_case())
        self.assertEqual(self.told(), [])

    # -------------------------------------------------------------------------
    # Requester
    # -------------------------------------------------------------------------

    def test_requester(self):
        partner = self.env["res.partner"]
        mine, foreign, free = partner.create(
            [
                {"name": "Of Lima", "email": "a@example.org", "company_id": self.lima.id},
                {"name": "Of Santiago", "email": "b@example.org", "company_id": self.santiago.id},
                {"name": "Free", "email": "c@example.org"},
            ]
        )
        partner.create({"name": "Free, too", "email": "a@example.org"})
        table = [
            ("a@example.org", mine, "of the company, before those of none"),
            ("b@example.org", partner, "of another company"),
            ("C@Example.org", free, "of no company"),
            (NEIGHBOUR, partner, "nobody"),
        ]
        for sender, expected, why in table:
            with self.subTest(why=why):
                case = self.makes_case(sender=f"María Ñáñez <{sender}>")
                self.assertEqual(case.requester_id, expected)
                self.assertEqual(case.requester_email, sender.lower())
                typed = case.requester_firstname, case.requester_lastname
                self.assertEqual(typed, (False, False) if expected else ("María", "Ñáñez"))

    def test_several_partners_are_none(self):
        self.env["res.partner"].create({"name": "Double", "email": ROSA})
        case = self.makes_case(sender=f"Rosa <{ROSA}>")
        self.assertFalse(case.requester_id | case.partner_id)
        self.assertEqual((case.requester_firstname, case.requester_email), ("Rosa", ROSA))

    def test_archived_partner_is_none(self):
        partner = self.env["res.partner"].create({"name": "Old", "email": NEIGHBOUR})
        partner.active = False
        self.assertFalse(self.makes_case(sender=NEIGHBOUR).requester_id)

    def test_contract(self):
        case = self.makes_case(sender=LUIS)
        self.assertEqual((case.requester_id, case.contract_id), (self.coholder, self.contract))
        self.assertEqual((case.unit_id, case.partner_id), (self.flat, self.holder))
        case = self.makes_case(sender=ROSA)
        self.assertEqual(case.requester_id, self.holder)
        self.assertFalse(case.contract_id or case.partner_id or case.unit_id, "she holds two")

    def test_contract_that_is_held_no_more(self):
        line = self.contract.holder_ids.filtered(lambda one: one.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.assertFalse(self.makes_case(sender=LUIS).contract_id)
        line.date_to = False
        self.contract.state = "terminated"
        self.assertFalse(self.makes_case(sender=LUIS, subject="Again").contract_id)

    def test_contract_of_another_company(self):
        case = self.makes_case(sender=LUIS, to=ADDRESS_CHILE)
        self.assertEqual((case.company_id, case.requester_id), (self.santiago, self.coholder))
        self.assertFalse(case.contract_id)

    def test_contact_of_a_firm_that_holds_a_contract(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "email": "buyer@example.org", "parent_id": firm.id}
        )
        self._contract("CT-8", self.common_area.browse(), {firm: 100})
        case = self.makes_case(sender="buyer@example.org")
        self.assertEqual((case.requester_id, case.partner_id), (buyer, firm))

    # -------------------------------------------------------------------------
    # Companies and types
    # -------------------------------------------------------------------------

    def test_same_local_part_in_two_companies(self):
        for address, company in ((ADDRESS, self.lima), (ADDRESS_CHILE, self.santiago)):
            case = self.makes_case(sender=NEIGHBOUR, to=address)
            self.assertEqual(case.company_id, company)

    def test_type_with_documents(self):
        self.deeds.mail_type_id = self.type_documents
        case = self.makes_case(to=OTHER_ADDRESS)
        self.assertEqual(case.stage_code, "WRC")
        self.assertEqual(len(case.document_ids), 2)

    def test_file_receives_no_document(self):
        self.deeds.mail_type_id = self.type_documents
        raw = self.letter(to=OTHER_ADDRESS, files={"DNI.pdf": b"%PDF-1.4 x"})
        case = self.makes_case(raw)
        self.assertEqual(set(case.document_ids.mapped("state")), {"pending"})
        files = self.env["ir.attachment"].search(
            [("res_model", "=", CASE), ("res_id", "=", case.id)]
        )
        self.assertEqual(files.mapped("name"), ["DNI.pdf"])
        self.assertIn("DNI.pdf", self.log(case))

    def test_archived_area_takes_nothing(self):
        self.type_deeds.area_id = self.repairs
        self.deeds.active = False
        raw = self.letter(to=OTHER_ADDRESS)
        with self.assertRaises(ValueError), mute_logger("odoo.addons.mail.models.mail_thread"):
            self.arrives(raw)

    # -------------------------------------------------------------------------
    # Texts
    # -------------------------------------------------------------------------

    def test_subjects(self):
        for subject, expected in (
            ("", "(no subject) Gotea el caño"),
            ("Re: ", "(no subject) Gotea el caño"),
            ("[EXTERNAL] RE: Fwd: Puerta", "Puerta"),
            ("=?utf-8?Q?Filtraci=C3=B3n?=", "Filtración"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("x" * 900, "x" * 299 + "…"),
            ("\u202eodeug", "odeug"),
        ):
            with self.subTest(subject=subject):
                raw = (
                    self.letter(subject="x")
                    .as_bytes()
                    .replace(b"Subject: x", b"Subject: " + subject.encode())
                )
                case = self.makes_case(raw)
                self.assertEqual(case.subject, expected)

    def test_mail_without_text(self):
        case = self.makes_case(subject="", text="")
        self.assertEqual((case.subject, case.description), ("(no subject)", False))

    def test_texts_of_the_log_are_in_the_language_of_the_company(self):
        self.lima.partner_id.lang = "es_419"
        case = self.makes_case(subject="", text="Hola", sender=NEIGHBOUR)
        self.assertEqual(case.subject, "(sin asunto) Hola")

    def test_hostile_markup(self):
        markup = (
            '<html><body style="background:url(http://evil.example/p.png)" onload="x()">'
            "<script>alert(1)</script><style>p{position:fixed}</style>"
            '<p style="position:fixed;top:0" onclick="x()">La puerta</p>'
            '<iframe src="http://evil.example"></iframe><form action="http://evil.example">'
            '<input name="p"></form><a href="javascript:alert(1)">aquí</a></body></html>'
        )
        case = self.makes_case(text=None, html=markup, sender=NEIGHBOUR)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        for text in (case.description, message.body):
            self.assertIn("La puerta", text)
            for bad in ("script", "onload", "onclick", "javascript", "iframe", "<form", "fixed"):
                if text is case.description or bad not in ("<form", "fixed"):
                    self.assertNotIn(bad, text)
        self.assertNotIn("evil.example/p.png", case.description)

    def test_quoted_history_is_marked(self):
        text = "Sí.\n\nEl lun, 23 nov 2026, Ana <ana@example.net> escribió:\n> ¿Gotea?\n"
        case = self.makes_case(text=text)
        self.assertIn('data-o-mail-quote="1"', case.description)
        self.assertIn("¿Gotea?", case.description)
        self.assertNotIn("data-o-mail-quote", str(case.description).partition("</p>")[0])

    def test_pictures_of_the_text(self):
        raw = self.letter(NEIGHBOUR, text=None, html='<p>Mire</p><img src="cid:foto@x">')
        raw.add_related(PIXEL, "image", "png", cid="<foto@x>", filename="IMG_1.PNG")
        case = self.makes_case(raw)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertEqual(message.attachment_ids.mapped("name"), ["IMG_1.PNG"])
        picture = f"/web/image/{message.attachment_ids.id}"
        for text in (case.description, message.body):
            self.assertIn(picture, text)
            self.assertNotIn("cid:", text)

    def test_winmail(self):
        raw = self.letter(files={"winmail.dat": b"\x78\x9f\x3e\x22"})
        self.assertIn("winmail.dat", self.log(self.makes_case(raw)))

    # -------------------------------------------------------------------------
    # What fails
    # -------------------------------------------------------------------------

    def test_refused_value_is_left_out(self):
        """The contract is about archived property: a new case of it is refused."""
        self.env.cr.execute(
            "UPDATE atencion_project SET active = FALSE WHERE id = %s", [self.project.id]
        )
        self.env.invalidate_all()
        case = self.makes_case(sender=LUIS, text="Gotea")
        self.assertEqual((case.area_id, case.subject), (self.repairs, "Gotea"))
        self.assertEqual(case.requester_email, LUIS)
        self.assertFalse(case.unit_id)
        self.assertIn("left out", self.log(case))
        self.assertIn("Contract", self.log(case))
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertIn("Gotea", message.body)
        self.assertEqual(self.told(), [LUIS])

    def test_text_that_is_too_long_for_a_case(self):
        case = self.makes_case(text="Gotea " + "<>&" * 400_000, sender=NEIGHBOUR)
        self.assertIn("Gotea &lt;&gt;&amp;", case.description)
        self.assertLess(len(case.description), 1_000_000)
        self.assertIn("in the mail", case.description)
        self.assertEqual(case.requester_email, NEIGHBOUR)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertEqual(message.body.count("&lt;"), 400_000, "the mail is whole")

    def test_comment_that_does_not_end(self):
        case = self.makes_case(text=None, html="<p>Hola</p><!-- <p>Gotea</p>")
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertIn("Gotea", case.description)
        self.assertIn("Gotea", message.body)

    def test_address_in_single_quotes(self):
        for to in (f"'{ADDRESS}'", f"<'{ADDRESS}'>", f"'{ADDRESS}' <{ADDRESS}>"):
            with self.subTest(to):
                raw = self.letter(text=f"Gotea {to}").as_bytes()
                found = raw.replace(f"To: {ADDRESS}".encode(), f"To: {to}".encode())
                self.assertEqual(self.makes_case(found).area_id, self.repairs)

    def test_any_refusal_is_of_one_value(self):
        """What a field refuses as it is, before the case is made, too."""
        model = self.env[CASE].sudo()
        values = {
            "company_id": self.lima.id,
            "area_id": self.repairs.id,
            "type_id": self.type_no_limit.id,
            "subject": "Gotea",
            "description": "x" * 3_000_001,
        }
        remarks = []
        case = model._create_by_mail(values, remarks)
        self.assertEqual((case.subject, case.description), ("Gotea", False))
        self.assertIn("Description", remarks[0])

    def test_alternative_of_which_the_html_says_nothing(self):
        raw = self.letter(NEIGHBOUR, text="Gotea", html="<html><body></body></html>")
        case = self.makes_case(raw)
        self.assertEqual(case.description, "<p>Gotea</p>")
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertIn("Gotea", message.body)
        self.assertFalse(message.attachment_ids)

    def test_lines_above_the_headers(self):
        for top in (b"\r\n", b"\xef\xbb\xbf", b">From rosa@example.com Mon Nov 23\n"):
            with self.subTest(top):
                raw = self.letter(NEIGHBOUR, text=f"Gotea {top}").as_bytes()
                self.assertEqual(self.makes_case(top + raw).subject, "Gotea")

    def test_hint_of_a_unit(self):
        half = {"share": 50}
        self.contract2.holder_ids = [
            Command.update(self.contract2.holder_ids.id, half),
            Command.create(half | {"partner_id": self.coholder.id}),
        ]
        for hint, unit in (("a-102", self.flat2), ("C-01", self.flat.browse()), ("", None)):
            with self.subTest(hint=hint):
                to = ADDRESS.replace("@", f"+{hint}@") if hint else ADDRESS
                cases = self.makes_case(sender=LUIS, to=to, subject=f"Puerta {hint}")
                self.assertEqual(cases.unit_id, unit or self.flat.browse())
                self.assertEqual("C-01" in self.log(cases), hint == "C-01")

    def test_client_makes_no_case_by_mail(self):
        case = self.on(self.agent, self.env[CASE]).with_context(
            atencion_arrival={"decision": "R12"}
        )
        with self.assertRaises(AccessError):
            case.message_new({"subject": "x", "email_from": ROSA}, {})
