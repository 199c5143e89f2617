import io
import zipfile
from base64 import b64decode, b64encode

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .support.common import AtencionCommon

CHAT = """23/11/26, 10:15 - Los mensajes están cifrados.
23/11/26, 10:16 - Rosa: Hay una <b>fuga</b>
en la cocina
23/11/26, 10:17 - Rosa: IMG-1.jpg (archivo adjunto)
Mire
24/11/26, 8:05 p. m. - Lima Homes: Vamos el lunes"""


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), "blue").save(drawn, "JPEG")
    return drawn.getvalue()


def archive(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name, content in files.items():
            written.writestr(name.replace("_dot_", "."), content)
    return b64encode(packed.getvalue())


@tagged("post_install", "-at_install")
class TestWhatsappChat(AtencionCommon):
    """A pasted conversation is one internal note of the case, with the files that were chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(requester_id=cls.holder.id, user_id=cls.agent.id)
        cls.env["res.lang"]._activate_lang("es_419")
        cls.lima.partner_id.lang = "es_419"

    def dialog(self, user=None, **values):
        model = self.on(user or self.agent, self.env["atencion.whatsapp.chat"])
        return model.create({"case_id": self.case.id} | values)

    def note(self):
        return self.case.message_ids.sorted("id")[-1]

    def test_pasted_text_is_one_internal_note(self):
        before = len(self.case.message_ids)
        self.dialog(text=CHAT).action_add()
        self.assertEqual(len(self.case.message_ids), before + 1)
        note = self.note()
        self.assertTrue(note.subtype_id.internal)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertFalse(note.notification_ids)
        words = (
            "11/23/2026",
            "<i>Los mensajes están cifrados.</i>",
            "<b>Rosa:</b> Hay una &lt;b&gt;fuga&lt;/b&gt;<br>en la cocina",
            "<i>[IMG-1.jpg]</i>",
            "11/24/2026",
            "<b>Lima Homes:</b> Vamos el lunes",
        )
        places = [note.body.index(word) for word in words]
        self.assertEqual(places, sorted(places), "the order is kept")
        self.assertIn("WhatsApp confirms nothing", note.body)

    def test_customers_do_not_read_it(self):
        self.dialog(text=CHAT).action_add()
        messages = self.on(self.portal_holder, self.env["mail.message"])
        self.assertNotIn("fuga", " ".join(messages.search([]).mapped("body")))

    def test_days_are_read_as_the_company_writes_them(self):
        for lang, day in (("es_419", "11/05/2026"), ("en_US", "05/11/2026")):
            self.lima.partner_id.lang = lang
            self.dialog(text="05/11/26, 10:15 - Rosa: Hola").action_add()
            with self.subTest(lang):
                self.assertIn(day, self.note().body)

    def test_what_is_not_understood_is_kept(self):
        self.dialog(text="Rosa dice que hay una fuga\x00\n<script>x</script>").action_add()
        self.assertIn(
            "Rosa dice que hay una fuga<br>&lt;script&gt;x&lt;/script&gt;", self.note().body
        )

    def test_archive_asks_for_the_files(self):
        upload = archive(
            _chat_dot_txt=CHAT,
            **{
                "IMG-1_dot_jpg": picture(),
                "IMG-2_dot_jpg": picture(),
                "PTT_dot_opus": b"OggS voice",
                "page_dot_html": b"<html><script>x</script></html>",
                "broken_dot_jpg": b"\xff\xd8\xff broken",
            },
        )
        dialog = self.dialog(upload=upload)
        before = self.note()
        action = dialog.action_add()
        self.assertEqual((action["res_model"], action["res_id"]), (dialog._name, dialog.id))
        self.assertEqual(self.note(), before)
        files = {one.name: one for one in dialog.file_ids}
        self.assertEqual(set(files), {"IMG-1.jpg", "IMG-2.jpg", "PTT.ogg", "broken.jpg"})
        self.assertEqual(files["IMG-1.jpg"].said, "11/23/2026 10:17 AM · Rosa · Mire")
        drawn = Image.open(io.BytesIO(b64decode(files["IMG-1.jpg"].picture)))
        self.assertLessEqual(max(drawn.size), 160)
        self.assertFalse(files["broken.jpg"].picture)
        (files["IMG-2.jpg"] | files["broken.jpg"]).is_chosen = False
        dialog.action_add()
        kept = self.note().attachment_ids
        self.assertEqual(set(kept.mapped("name")), {"IMG-1.jpg", "PTT.ogg"})
        self.assertEqual(
            {(one.res_model, one.res_id, one.public) for one in kept},
            {(self.case._name, self.case.id, False)},
        )
        self.assertIn("image/jpeg", kept.mapped("mimetype"))

    def test_no_file_has_to_be_chosen(self):
        dialog = self.dialog(upload=archive(_chat_dot_txt=CHAT, **{"1_dot_jpg": picture()}))
        dialog.action_add()
        dialog.file_ids.is_chosen = False
        dialog.action_add()
        self.assertIn("fuga", self.note().body)
        self.assertFalse(self.note().attachment_ids)

    def test_exported_text(self):
        self.dialog(upload=b64encode(CHAT.encode("utf-8-sig"))).action_add()
        self.assertIn("Vamos el lunes", self.note().body)

    def test_long_conversation_is_a_file_too(self):
        lines = "\n".join(f"23/11/26, 10:15 - Rosa: line {one} {'x' * 90}" for one in range(2000))
        self.dialog(upload=b64encode(lines.encode())).action_add()
        note = self.note()
        self.assertLess(len(note.body), 120_000)
        self.assertIn("line 1999 ", note.body)
        self.assertNotIn("line 0 ", note.body)
        self.assertIn("All of it is in the file", note.body)
        self.assertEqual(note.attachment_ids.raw.decode(), lines)

    def test_what_cannot_be_read_is_refused(self):
        table = {
            "Paste the conversation": {},
            "conversation in the archive": {"upload": archive(**{"1_dot_jpg": picture()})},
            "too large": {"upload": b64encode(b"a" * (5 * 1024 * 1024 + 1))},
            "cannot be read": {"upload": b64encode(picture())},
            "characters": {"text": "x" * 100_001},
        }
        for reason, values in table.items():
            with self.subTest(reason), self.assertRaisesRegex(UserError, reason):
                self.dialog(**values).action_add()

    def test_rights(self):
        for user in (self.deeds_agent, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dialog(user, text=CHAT)
        dialog = self.dialog(text=CHAT)
        with self.assertRaises(AccessError):
            self.on(self.agent2, dialog).action_add()
        self.case.user_id = self.agent2
        self.case.area_id = self.deeds
        self.case.message_unsubscribe(self.agent.partner_id.ids)
        with self.assertRaises(AccessError):
            self.on(self.agent, dialog).action_add()
