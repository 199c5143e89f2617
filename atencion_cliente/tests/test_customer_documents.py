from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.uploaded_file import MAX_A_DAY, MAX_SIZE
from .support.acts import CustomerActsCommon, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestCustomerDocuments(CustomerActsCommon):
    """Customers hand over the documents that their case asks for."""

    def files_of(self, case):
        domain = [("res_model", "=", case._name), ("res_id", "=", case.id)]
        return self.env["ir.attachment"].search(domain)

    def test_a_document_is_in_transit_and_somebody_hears(self):
        case = self.own_case()
        self.assertEqual(case.stage_code, "WRC")
        self.enter(self.portal_holder)
        page = self.hand_over(case, ("front.jpg", picture()), ("back.png", picture("PNG")))
        self.assertIn("We have your files", page.text)
        line = self.line(case)
        self.assertEqual((line.state, case.stage_code), ("in_transit", "RIT"))
        self.assertEqual(sorted(line.attachment_ids.mapped("name")), ["back.png", "front.jpg"])
        for file in line.attachment_ids:
            self.assertEqual((file.res_model, file.res_id), (case._name, case.id))
            self.assertFalse(file.public or file.access_token)
            self.assertEqual(file.create_uid, self.portal_holder)
        message = self.last_said(case)
        self.assertEqual(message.author_id, self.holder)
        self.assertEqual(message.body, "<p>Document sent: Deed</p>")
        self.assertEqual(message.attachment_ids, line.attachment_ids)
        self.assertTrue(case.customer_unread)
        self.assertIn(self.agent.partner_id, message.notified_partner_ids)
        self.assertIn("Deed: Pending → In transit", " ".join(case.message_ids.mapped("body")))
        self.assertEqual(self.ledger_entries(case)[-1].user_id, self.env.ref("base.user_root"))
        self.assertContiguous(case)

    def test_a_rejected_document_is_sent_again(self):
        case = self.own_case()
        self.line(case).write({"state": "rejected", "reason": "It is not signed"})
        self.enter(self.portal_holder)
        self.assertIn("It is not signed", self.open_page(case).text)
        self.hand_over(case)
        self.assertEqual((self.line(case).state, self.line(case).reason), ("in_transit", False))

    def test_by_the_link_it_is_of_the_requester(self):
        case, typed = self.own_case(), self.own_case(requester_id=False, partner_id=False)
        typed.write(
            {
                "contract_id": False,
                "requester_firstname": "Elena",
                "requester_email": "elena@example.org",
            }
        )
        typed.partner_id = False
        self.enter()
        for one, author, sender in (
            (case, self.holder, self.holder.email_formatted),
            (typed, self.holder.browse(), '"Elena" <elena@example.org>'),
        ):
            page = self.hand_over(one, token=self.token(one))
            self.assertIn("We have your files", page.text)
            self.assertIn("access_token=", page.url, "the page stays open")
            message = self.last_said(one)
            self.assertEqual((message.author_id, message.email_from), (author, sender))
            self.assertEqual(message.attachment_ids, self.line(one).attachment_ids)
            self.assertTrue(one.customer_unread)

    def test_what_is_not_asked_for_is_refused(self):
        case = self.own_case()
        self.enter(self.portal_holder)
        for state in ("in_transit", "received", "waived"):
            self.line(case).write({"state": state, "reason": "Seen"})
            page = self.hand_over(case)
            self.assertIn("We have this document already", page.text)
        self.assertFalse(self.files_of(case))

    def test_sent_twice_it_is_stored_once(self):
        case = self.own_case()
        self.enter(self.portal_holder)
        self.hand_over(case)
        self.hand_over(case)
        self.assertEqual(len(self.files_of(case)), 1)

    def test_closed_case_asks_for_none(self):
        case = self.own_case()
        self.line(case, "Deed").state = "received"
        self.enter(self.portal_holder)
        self.assertIn("Photographs", self.open_page(case).text)
        self.move(case, "REJ")
        page = self.open_page(case).text
        self.assertIn('id="o_atencion_documents_title"', page)
        self.assertIn(f'id="document-{self.line(case, "Deed").id}"', page)
        self.assertNotIn(f'id="document-{self.line(case, "Photographs").id}"', page)
        self.line(case, "Deed").state = "pending"
        self.end_of_work()
        self.assertNotIn("o_atencion_documents_title", self.open_page(case).text)

    def test_closed_case_takes_none(self):
        case = self.own_case()
        self.move(case, "REJ")
        self.enter(self.portal_holder)
        self.assertNotIn("multipart/form-data", self.open_page(case).text)
        page = self.hand_over(case)
        self.assertIn("The case is closed, and takes no documents", page.text)
        self.assertFalse(self.files_of(case))
        self.assertEqual(self.line(case).state, "pending")

    def test_line_of_another_case_is_unknown(self):
        case, other = self.own_case(), self.own_case()
        self.enter(self.portal_holder)
        foreign = self.line(other).id
        answers = [
            self.send(case, f"document/{line}", files=[("a.jpg", picture())], follow=False)
            for line in (foreign, 999999999)
        ]
        [known, unknown] = [(one.status_code, one.headers.get("Location")) for one in answers]
        self.assertEqual(known, unknown)
        self.assertFalse(self.files_of(case) | self.files_of(other))

    def test_all_or_none_in_words(self):
        case = self.own_case()
        self.enter(self.portal_holder)
        photograph = ("a.jpg", picture())
        for files, words in (
            ([photograph, ("plan.svg", SVG)], "The file “plan.svg” is of a kind"),
            ([photograph, ("plan.jpg", SVG)], "The file “plan.jpg” is of a kind"),
            ([photograph, ("empty.pdf", b"")], "The file “empty.pdf” is empty"),
            ([photograph] * 11, "There are more than 10 files"),
            ([("large.pdf", PDF.ljust(MAX_SIZE + 1))], "is larger than 25 MB"),
            ([("", b"")], "Choose a file first"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.hand_over(case, *files).text)
                self.assertFalse(self.files_of(case))
                self.assertEqual(self.line(case).state, "pending")
        self.assertNotIn("Choose a file first", self.open_page(case).text, "it is told once")

    def test_names_are_harmless(self):
        case = self.own_case()
        self.enter(self.portal_holder)
        self.hand_over(case, ("../<img src=x onerror=alert(1)>.exe", picture()))
        [file] = self.line(case).attachment_ids
        self.assertEqual(file.name, "-img src=x onerror=alert(1)-.jpg")
        self.assertEqual(file.mimetype, "image/jpeg")

    def test_a_day_is_full(self):
        case = self.own_case()
        customer = case.with_user(self.portal_holder).sudo()
        sent = customer._add_customer_files([("a.pdf", PDF)])
        self.env["ir.attachment"].flush_model()

        def set_size(size, file=sent, **moved):
            values = {"file_size": size} | moved
            changes = [SQL("%s = %s", SQL.identifier(name), values[name]) for name in values]
            self.env.cr.execute(
                SQL("UPDATE ir_attachment SET %s WHERE id = %s", SQL(", ").join(changes), file.id)
            )

        set_size(MAX_A_DAY - len(PDF))
        customer._add_customer_files([("b.pdf", PDF)])
        with self.assertRaisesRegex(UserError, "more than 100 MB"):
            customer._add_customer_files([("c.pdf", PDF)])
        self.assertEqual(len(self.files_of(case)), 2)
        set_size(MAX_A_DAY, create_uid=self.agent.id)
        customer._add_customer_files([("d.pdf", PDF)])
        yesterday = fields.Datetime.now() - timedelta(days=1, minutes=1)
        set_size(MAX_A_DAY, create_uid=self.portal_holder.id, create_date=yesterday)
        customer._add_customer_files([("e.pdf", PDF)])
        set_size(MAX_A_DAY, create_date=fields.Datetime.now())
        other = self.own_case().with_user(self.portal_holder).sudo()
        other._add_customer_files([("f.pdf", PDF)])

    def test_without_javascript_the_form_has_all_that_it_needs(self):
        case = self.own_case()
        self.enter(self.portal_holder)
        page = self.open_page(case).text
        line = self.line(case)
        for part in (
            f'action="/my/cases/{case.id}/document/{line.id}?"',
            'enctype="multipart/form-data"',
            f'for="files-{line.id}"',
            f'id="files-{line.id}"',
            'multiple="multiple"',
            ".heic",
            'name="csrf_token"',
        ):
            self.assertIn(part, page)
        self.assertNotIn("capture", page)

    def test_statements(self):
        case, many = self.own_case(), self.own_case()
        self.enter(self.portal_holder)
        self.hand_over(self.own_case())
        counts = []
        for one, count in ((case, 1), (many, 10)):
            files = [(f"{number}.jpg", picture()) for number in range(count)]
            customer = one.with_user(self.portal_holder).sudo()
            counts.append(
                self.statements(
                    lambda one=customer, files=files: one._hand_over_document(self.line(one), files)
                )
            )
        self.assertLessEqual(counts[1] - counts[0], 30, counts)
        self.assertLessEqual(counts[0], 160, counts)
