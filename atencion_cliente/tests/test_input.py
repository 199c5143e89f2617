from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools.visible_text import is_blank
from .support.common import NOTE, AtencionCommon

BLANKS = (" ", "\n\t", "\u200b", "\u00a0\u2003", "\u2060\ufeff", "\u3164", "\u2800", "\u00ad")
HOSTILE = """
<p class="fw-bold position-fixed stretched-link" style="color: red; position:fixed; z-index:9">A</p>
<div style="background: url(https://x.example/1.png)">B</div>
<div style="back\\67round-image: u\\72l(//x.example/2)">C</div>
<div style="background-image:image-set('//x.example/3' 1x); inset:0; transform:scale(99)">D</div>
<div style="margin-left:-900px;width:100vw;height:100vh">E</div>
<table background="//x.example/4"><tr><td background="//x.example/5">F</td></tr></table>
<img src="https://x.example/photo.png" srcset="//x.example/6 2x" style="position:absolute"/>
<form action="//x.example/7"><input name="n"/><button>G</button></form>
<iframe src="//x.example/8"></iframe><video poster="//x.example/9"></video>
<svg><image href="//x.example/10"/></svg><style>p { position: fixed }</style>
<link rel="stylesheet" href="//x.example/11"/><span onclick="alert(1)">H</span>
"""
GONE = (
    "position", "z-index", "url(", "image-set", "inset", "transform", "margin-left", "100v",
    "background=", "srcset", "<form", "<input", "<button", "<iframe", "<video", "<svg", "<style",
    "<link", "onclick", "stretched-link", "x.example/1",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestInput(AtencionCommon):
    """Texts are readable, not too long, and do not cover other parts of the page."""

    def written_models(self):
        """Our models that a user may write, each with a record of it if there is one."""
        access = self.env["ir.model.access"].search(
            [
                ("model_id.model", "=like", "atencion.%"),
                "|",
                ("perm_write", "=", True),
                ("perm_create", "=", True),
            ]
        )
        return [self.env[name] for name in sorted(set(access.mapped("model_id.model")))]

    def written(self, model, kind):
        return [
            (name, field)
            for name, field in model._fields.items()
            if field.type == kind
            and field.store
            and not field.related
            and name not in getattr(model, "_get_server_only_fields", frozenset)()
        ]

    def test_every_model_that_users_write_reads_its_input_first(self):
        for model in self.written_models():
            with self.subTest(model=model._name):
                mro = [getattr(cls, "_name", None) for cls in type(model).mro()]
                self.assertIn("atencion.input", mro)

    def test_every_html_field_is_tamed_at_every_door(self):
        for model in self.written_models():
            for name, field in self.written(model, "html"):
                with self.subTest(model=model._name, field=name):
                    self.assertTrue(field.sanitize)
                    text = model._clean_input({name: HOSTILE})[name]
                    stored = field.convert_to_column(text, model)
                    for sign in GONE:
                        self.assertNotIn(sign, stored)
                    self.assertIn("photo.png", stored)
                    for letter in "ABCDEFH":
                        self.assertIn(letter, stored)

    def test_html_fields_that_are_not_sanitized_are_made_by_us(self):
        for model in self.written_models():
            for name, field in model._fields.items():
                if field.type == "html" and not field.sanitize:
                    with self.subTest(model=model._name, field=name):
                        self.assertTrue(field.compute and not field.store)

    def test_descriptions_of_cases_are_tamed(self):
        case = self.create_case(description=HOSTILE, resolution=HOSTILE)
        case.write({"response": HOSTILE})
        for text in (case.description, case.resolution, case.response):
            self.assertIn('<p class="fw-bold" style="color: red">A</p>', text)
            for sign in GONE:
                self.assertNotIn(sign, text)

    def test_what_the_editor_writes_stays(self):
        text = (
            '<h2>Title</h2><p style="text-align: center"><strong>Bold</strong> <font '
            'class="text-o-color-1" style="background-color: rgb(255, 0, 0)">red</font></p>'
            '<ul class="o_checklist"><li class="o_checked">Done</li></ul>'
            '<table class="table table-bordered o_table"><tbody><tr><td>1</td></tr></tbody></table>'
            '<p><img class="img img-fluid" src="/web/image/1-abc/a.png" style="width: 50%"></p>'
            '<p><a href="https://example.com" target="_blank">Link</a></p>'
        )
        self.assertEqual(self.create_case(description=text).description, self.plain(text))

    def plain(self, text):
        """A text as Odoo alone cleans it."""
        return (
            self.env["atencion.case"]
            ._fields["description"]
            .convert_to_column(text, self.env["atencion.case"])
        )

    def test_shipped_templates_stay_as_they_are(self):
        for template in self.env["atencion.document.template"].search([]):
            body = template.body_html
            template.write({"body_html": body})
            self.assertEqual(template.body_html, body)

    def test_required_texts_are_not_blank(self):
        for model in self.written_models():
            for kind in ("char", "text", "html"):
                for name, field in self.written(model, kind):
                    for blank in BLANKS if field.required else ():
                        for door in (model.create, model.browse().write):
                            with (
                                self.subTest(model=model._name, field=name, blank=blank),
                                self.assertRaises(ValidationError) as refusal,
                            ):
                                door({name: blank})
                            self.assertIn("is empty", str(refusal.exception))

    def test_long_texts_are_refused_in_words(self):
        for model in self.written_models():
            for kind, longest in (("char", 500), ("text", 100_000)):
                for name, _field in self.written(model, kind):
                    with self.subTest(model=model._name, field=name):
                        model._clean_input({name: "x" * longest})
                        for door in (model.create, model.browse().write):
                            with self.assertRaises(ValidationError) as refusal:
                                door({name: "x" * (longest + 1)})
                            self.assertIn(str(longest), str(refusal.exception))

    def test_the_doors_of_a_case(self):
        model = self.on(self.agent, self.env["atencion.case"])
        case = self.create_case()
        for blank in BLANKS:
            for door in (
                lambda text: model.create(self.case_values(subject=text)),
                lambda text: self.on(self.agent, case).write({"subject": text}),
                lambda text: model.sudo().create(self.case_values(subject=text)),
                lambda text: model.web_save(self.case_values(subject=text), {"id": {}}),
            ):
                with self.assertRaises(ValidationError):
                    door(blank)
        with self.assertRaises(ValidationError):
            model.create(self.case_values(subject="x" * 1_000_000))
        result = model.load(["subject", "type_id"], [["\u200b", self.type_two_days.name]])
        self.assertFalse(result["ids"])

    def test_notes_and_reasons_that_show_nothing_are_none(self):
        for blank in BLANKS:
            case = self.ready_case()
            with self.subTest(blank=blank):
                with self.assertRaises(ValidationError):
                    self.move(self.on(self.agent, case), "REJ", note=blank)
                case.resolution = f"<p>{blank}</p>"
                self.assertFalse(case.resolution)
                with self.assertRaises(ValidationError):
                    self.move(self.on(self.agent, case), "CLO", note=NOTE)

    def test_control_characters_go_and_letters_stay(self):
        case = self.create_case(subject="Ñandú \x00\ud800😀")
        self.assertEqual(case.subject, "Ñandú 😀")
        self.assertFalse(is_blank(case.subject))

    def test_a_duplicate_of_a_long_subject_is_made(self):
        case = self.create_case(subject="x" * 500)
        self.assertTrue(case.copy().subject)
