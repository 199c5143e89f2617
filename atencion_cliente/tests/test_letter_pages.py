import base64
import io
import json

import pillow_heif
from PIL import Image, WebPImagePlugin

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.misc import mute_logger
from odoo.tools.pdf import PdfFileReader

from .support.notices import NoticesCommon

assert WebPImagePlugin  # Odoo leaves WEBP out of Pillow
# Points: the width of an A4 page, and its margins.
PAGE, MARGIN = 595.3, 62.4
ORIENTATION, TURNED = 0x0112, 6
WORDS = "what was found in the room and what will be done about it, "


class LetterCommon(NoticesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["atencion.document.template"].create(
            {"name": "Answer", "subject": "Answer", "body_html": "<p>x</p>"}
        )
        cls.case = cls.create_case(partner_id=cls.holder.id, user_id=cls.agent.id)
        cls.env.cr.flush()

    def letter(self, body):
        return self.on(self.agent, self.env["atencion.document.generate"]).create(
            {"case_id": self.case.id, "template_id": self.template.id, "body": body}
        )

    def pages(self, body):
        pdf = PdfFileReader(io.BytesIO(self.letter(body)._pdf()))
        return [page.extract_text() for page in pdf.pages]


@tagged("post_install", "-at_install")
class TestLetterPages(LetterCommon):
    """What is printed is what was seen."""

    def size(self, body):
        """The width on the page of a word that all letters have, in points."""
        found = []

        def visit(text, _matrix, matrix, _font, size):
            if "marker" in text:
                found.append(round(size * matrix[0], 1))

        pdf = PdfFileReader(io.BytesIO(self.letter(f"<p>marker</p>{body}")._pdf()))
        for page in pdf.pages:
            page.extract_text(visitor_text=visit)
        return found

    def test_nothing_shrinks_a_letter(self):
        link = "https://example.com/" + "a1b2c3" * 30
        cells = "".join(f"<td>{number}000000</td>" for number in range(14))
        plain = self.size("")
        self.assertTrue(plain)
        for body in (
            f'<p><a href="{link}">{link}</a></p>',
            f"<table><tr><td>x</td><td>{'w' * 200}</td></tr></table>",
            f"<table><tr>{cells}</tr></table>",
            '<div style="width: 1500px">x</div>',
        ):
            with self.subTest(body=body[:40]):
                self.assertEqual(self.size(body), plain)

    def test_long_links_are_printed_to_their_end(self):
        text = "".join(self.pages(f"<p>https://example.com/{'a' * 120}END</p>"))
        self.assertIn("END", text)

    def test_rows_are_whole_and_headings_are_repeated(self):
        rows = "".join(
            f"<tr><td>Begin{row}.</td><td>{WORDS * 3}End{row}.</td></tr>" for row in range(30)
        )
        head = "<tr><th>Number</th><th>Remark</th></tr>"
        for table in (
            f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>",
            f'<table class="o_table"><tbody>{head}{rows}</tbody></table>',
        ):
            pages = self.pages(table)
            self.assertGreater(len(pages), 2)
            for number, page in enumerate(pages):
                with self.subTest(page=number):
                    text = " ".join(page.split())
                    self.assertIn("Remark", text)
                    for row in range(30):
                        self.assertEqual(f"Begin{row}." in text, f"End{row}." in text)

    def places(self, body):
        """The left edges on the page of all texts, in points."""
        found = []

        def visit(operator, _operands, matrix, place):
            if operator in (b"Tj", b"TJ"):
                found.append(matrix[0] * place[4] + matrix[2] * place[5] + matrix[4])

        for page in PdfFileReader(io.BytesIO(self.letter(body)._pdf())).pages:
            page.extract_text(visitor_operand_before=visit)
        return found

    def test_columns_and_pictures_with_a_width_stay_on_the_paper(self):
        cell = 'width="150" style="width:150px;white-space:nowrap"'
        cells = "".join(f"<td {cell}>{number}</td>" for number in range(14))
        out = io.BytesIO()
        Image.new("RGB", (400, 300)).save(out, "PNG")
        picture = f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
        for table, columns in (
            (f'<table width="1800" style="width:1800px"><tr>{cells}</tr>', 14),
            (f'<table><tr><td>l</td><td><img width="1200" src="{picture}"></td><td>r</td></tr>', 3),
            (
                f'<table><tr><td>l</td><td><img style="width:1200px" src="{picture}"></td>'
                "<td>r</td></tr>",
                3,
            ),
        ):
            with self.subTest(table=table[:60]):
                places = self.places(f"{table}</table>")
                width = PAGE - 2 * MARGIN
                last = MARGIN + width * (columns - 1) / columns
                self.assertTrue(any(last < place < last + 8 for place in places), places)
                self.assertLess(max(places), PAGE - MARGIN)

    def test_tables_of_the_customer_fit_the_page_on_the_screen(self):
        cells = '<td width="900">a</td><td style="width: 300px">b</td>'
        self.case.description = f"<table><tbody><tr>{cells}</tr></tbody></table>"
        self.template.body_html = '<div t-out="object.description"/>'
        letter = self.on(self.agent, self.env["atencion.document.generate"]).create(
            {"case_id": self.case.id, "template_id": self.template.id}
        )
        self.assertIn("width: 75.0%", letter.body)
        self.assertNotIn("900", letter.body)
        self.assertNotIn("300px", letter.body)

    def test_checklists_keep_their_ticks(self):
        text = " ".join(
            self.pages('<ul class="o_checklist"><li class="o_checked">Done</li><li>Due</li></ul>')
        )
        self.assertEqual((text.count("☑"), text.count("☐")), (1, 1))

    def test_hidden_texts_are_not_printed(self):
        text = "".join(self.pages('<p>Seen</p><div style="display:none">Preview line</div>'))
        self.assertIn("Seen", text)
        self.assertNotIn("Preview", text)

    def test_signature_is_not_alone_on_a_page(self):
        for lines in range(18, 26):
            body = "".join(f"<p>Line {line}</p>" for line in range(lines))
            pages = self.pages(f"{body}<p>We remain at your service.</p><p>Yours faithfully,</p>")
            last = " ".join(pages[-1].split())
            with self.subTest(lines=lines):
                self.assertIn(
                    f"We remain at your service. Yours faithfully, {self.agent.name}", last
                )

    def test_texts_within_many_others_are_printed(self):
        text = self.pages("<div><blockquote>" * 120 + "deep" + "</blockquote></div>" * 120)
        self.assertIn("deep", "".join(text))

    def test_what_would_hold_up_the_server_is_refused(self):
        with self.assertRaisesRegex(UserError, "too long"):
            self.letter("<p>word</p>" * 10_000)._pdf()

    def test_paper_is_that_of_the_report(self):
        self.env.ref("atencion_cliente.paperformat_letter").format = "Letter"
        pdf = PdfFileReader(io.BytesIO(self.letter("<p>x</p>")._pdf()))
        self.assertAlmostEqual(float(pdf.pages[0].mediabox.width), 612, delta=2)
        self.assertAlmostEqual(float(pdf.pages[0].mediabox.height), 792, delta=2)


@tagged("post_install", "-at_install")
class TestLetterUpload(LetterCommon, HttpCase):
    """Pictures of letters are converted when they are uploaded."""

    def upload(self, content, model="atencion.document.generate", name="photo.webp"):
        self.authenticate(self.agent.login, self.agent.login)
        answer = self.url_open(
            "/html_editor/attachment/add_data",
            data=json.dumps(
                {
                    "params": {
                        "name": name,
                        "data": base64.b64encode(content).decode(),
                        "is_image": True,
                        "res_model": model,
                        "res_id": 0,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer["result"]

    def photograph(self, kind):
        exif = Image.Exif()
        exif[ORIENTATION] = TURNED
        out = io.BytesIO()
        Image.new("RGB", (40, 20)).save(out, kind, exif=exif)
        return out.getvalue()

    def test_pictures_are_converted_and_turned(self):
        for kind in ("WEBP", "JPEG"):
            with self.subTest(kind=kind):
                result = self.upload(self.photograph(kind))
                file = self.env["ir.attachment"].browse(result["id"])
                self.assertEqual((file.name, file.mimetype), ("photo.jpg", "image/jpeg"))
                self.assertEqual(Image.open(io.BytesIO(file.raw)).size, (20, 40))

    def test_heic_is_converted(self):
        out = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", (64, 32))).save(out)
        result = self.upload(out.getvalue(), name="IMG_1.HEIC")
        file = self.env["ir.attachment"].browse(result["id"])
        self.assertEqual((file.name, file.mimetype), ("IMG_1.jpg", "image/jpeg"))

    def test_pictures_of_others_stay_as_they_are(self):
        result = self.upload(self.photograph("WEBP"), model="res.partner")
        if "id" in result:
            file = self.env["ir.attachment"].browse(result["id"])
            self.assertEqual(file.mimetype, "image/webp")

    @mute_logger("odoo.http")
    def test_broken_pictures_are_refused(self):
        result = self.upload(b"\x00\x00\x00\x1cftypheic" + b"\xff" * 99)
        self.assertIn("JPG or PNG", result["error"])

    def test_drawings_are_refused(self):
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
        self.assertIn("JPG or PNG", self.upload(drawing, name="x.svg")["error"])
        other = self.upload(drawing, model="res.partner", name="x.svg")
        self.assertTrue(other["id"])
