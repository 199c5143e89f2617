from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .support.notices import SPANISH, NoticesCommon

# Parts that no template may have, and the message about each.
REFUSED = [
    ('<t t-foreach="object.note_ids" t-as="note"/>', "is a loop"),
    ('<t t-out="object._table"/>', "is private"),
    ('<t t-out="object.__class__.__mro__"/>', "is private"),
    ("<t t-out=\"object.write({'active': False})\"/>", "calls a function"),
    ("<t t-out=\"object.env['res.users']\"/>", "is not a field"),
    ('<t t-out="user.login"/>', "is not a field"),
    ('<t t-call="web.layout"/>', "is not allowed"),
    ('<t t-set="x" t-value="1"/>', "is not allowed"),
    ('<p t-att-style="object.name">x</p>', "is not allowed"),
    ("<script>alert(1)</script>", "cannot be in a letter"),
    ("<p>{{ object.name }}</p>", "only works in the subject"),
    ('<t t-out="object.nmae"/>', "there is no field “object.nmae”"),
    ('<t t-out="object.partner_id.nmae"/>', "there is no field “object.partner_id.nmae”"),
    ('<t t-out="object.name.upper"/>', "there is no field"),
    ('<t t-out="object.env.cr"/>', "there is no field"),
    ('<t t-out="object.document_ids"/>', "is a list"),
    ('<t t-out="object.document_ids.name"/>', "is a list"),
    ('<t t-out="object.partner_id.image_1920"/>', "neither a text"),
    ('<p t-else="">x</p>', "must directly follow"),
]


@tagged("post_install", "-at_install")
class TestDocumentTemplate(NoticesCommon):
    """Templates of letters: which texts are accepted, and how they are rendered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["atencion.document.template"].create(
            {"name": "Letter", "subject": "About {{ object.name }}", "body_html": "<p>Hello</p>"}
        )
        cls.case = cls.create_case(
            partner_id=cls.holder.id,
            user_id=cls.agent.id,
            contract_id=cls.contract.id,
            unit_id=cls.flat.id,
        )

    def body(self, source, case=None, user=None):
        """A text, rendered for a case."""
        self.template.body_html = source
        letter = self.on(user or self.agent, self.template)._render_letter(
            self.on(user or self.agent, case or self.case)
        )
        return str(letter[2])

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    def test_code_is_refused_at_save_with_its_line(self):
        for wrong, said in REFUSED:
            with self.subTest(wrong=wrong):
                source = f"<p>One</p>\n<p>Two</p>\n{wrong}"
                with self.assertRaises(ValidationError) as refusal:
                    self.on(self.manager, self.template).body_html = source
                self.assertIn("Line 3: ", str(refusal.exception))
                self.assertIn(said, str(refusal.exception))
                with self.assertRaises(ValidationError):
                    self.template.create({"name": "New", "subject": "x", "body_html": source})
        self.assertEqual(str(self.template.body_html), "<p>Hello</p>")

    def test_subject_and_language_are_checked_too(self):
        for wrong, said in {
            "{{ object.name.upper() }}": "calls a function",
            "{{ object._cr }}": "is private",
            "{{ object.nmae }}": "there is no field",
            "{{ object.name": "never closed",
        }.items():
            for field in ("subject", "lang"):
                with self.subTest(wrong=wrong, field=field):
                    with self.assertRaises(ValidationError) as refusal:
                        self.template[field] = wrong
                    self.assertIn(said, str(refusal.exception))

    def test_translations_are_checked(self):
        for field, wrong in {
            "subject": "{{ object.name.upper() }}",
            "body_html": '<t t-foreach="object.note_ids" t-as="x">Hola</t>',
        }.items():
            with self.subTest(field=field), self.assertRaises(ValidationError):
                self.template.update_field_translations(field, {SPANISH: wrong})
        with self.assertRaises(ValidationError):
            self.template.with_context(lang=SPANISH).subject = "{{ object.env }}"

    def test_text_that_came_past_the_checks_is_refused_at_rendering(self):
        """A translation file or an old version writes straight to the database."""
        for column, hostile in {
            "body_html": '<p>a</p>\n<p t-out="object.write({})"/>',
            "subject": "{{ object.unlink() }}",
        }.items():
            with self.subTest(column=column):
                self.env.flush_all()
                self.env.cr.execute(
                    SQL(
                        "UPDATE atencion_document_template "
                        "SET %s = jsonb_build_object('en_US', %s::text) WHERE id = %s",
                        SQL.identifier(column),
                        hostile,
                        self.template.id,
                    )
                )
                self.env.invalidate_all()
                with self.assertRaises(UserError) as refusal:
                    self.template._render_letter(self.case)
                self.assertIn("calls a function", str(refusal.exception))

    def test_whoever_edits_mail_templates_runs_no_code_either(self):
        self.manager.group_ids = [
            Command.link(self.env.ref("mail.group_mail_template_editor").id),
            Command.link(self.env.ref("base.group_system").id),
        ]
        with self.assertRaises(ValidationError):
            self.on(self.manager, self.template).body_html = '<t t-out="1 + 1"/>'

    def test_template_of_a_company_serves_no_type_of_another(self):
        self.template.type_ids = self.type_two_days | self.type_chile
        with self.assertRaises(ValidationError) as refusal:
            self.template.company_id = self.lima
        self.assertIn("Take out the type", str(refusal.exception))
        self.template.type_ids = self.type_two_days
        self.template.company_id = self.lima

    def test_only_administrators_write_templates(self):
        for user in (self.agent, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, self.template).subject = "Mine"

    def test_what_odoos_assistant_inserts_is_understood(self):
        source = '<t t-out="format_datetime(object.received_at, tz=object.requester_id.tz)"/>'
        self.case.received_at = datetime(2026, 3, 9, 20, 30)
        self.assertIn("March 9, 2026", self.body(source))

    # -------------------------------------------------------------------------
    # Values
    # -------------------------------------------------------------------------

    def test_each_kind_of_value_is_written_for_people(self):
        self.case.write(
            {
                "received_at": datetime(2026, 3, 9, 20, 30),
                "customer_comment": "One\nTwo & <three>",
                "response": "<p>We <b>changed</b> it</p>",
                "priority": "3",
            }
        )
        self.flat.area_m2 = 1234.5
        for path, shown in {
            "name": self.case.name,
            "request_date": "March 9, 2026",
            "received_at": "March 9, 2026 at 3:30",
            "customer_comment": "One<br/>Two &amp; &lt;three&gt;",
            "response": "<p>We <b>changed</b> it</p>",
            "priority": "Urgent",
            "type_id": "Leak",
            "unit_id.area_m2": "1,234.50",
            "is_confidential": "No",
            "limit_days": "2",
            "partner_id.country_id.code": "PE",
            "legal_user_id.name": "nobody",
        }.items():
            with self.subTest(path=path):
                # Odoo writes a narrow space before AM and PM.
                text = self.body(f'<t t-out="object.{path}">nobody</t>').replace("\u202f", " ")
                self.assertTrue(text.startswith(shown), text)

    def test_letter_speaks_the_language_of_its_addressee(self):
        self.template.with_context(lang=SPANISH).subject = "Sobre {{ object.name }}"
        self.holder.lang = SPANISH
        self.case.received_at = datetime(2026, 3, 9, 20, 30)
        self.template.body_html = '<p><t t-out="object.request_date"/></p>'
        lang, subject, body = self.on(self.agent, self.template)._render_letter(
            self.on(self.agent, self.case)
        )
        self.assertEqual(lang, SPANISH)
        self.assertEqual(subject, f"Sobre {self.case.name}")
        self.assertEqual(body, "<p>9 de marzo de 2026</p>")

    def test_unknown_language_is_that_of_the_writer(self):
        self.template.lang = "xx_XX"
        self.assertEqual(self.template._render_letter(self.case)[0], "en_US")

    def test_hostile_values_are_text(self):
        hostile = '<script>alert(1)</script><t t-out="object.name"/>{{ object.name }}'
        self.case.subject = hostile
        body = self.body('<p t-out="object.subject"/>')
        self.assertNotIn("<script", body)
        self.assertIn("&lt;t t-out=", body)
        self.assertNotIn(self.case.name, body)
        self.template.subject = "{{ object.subject }}"
        self.assertIn("{{ object.name }}", self.template._render_letter(self.case)[1])

    def test_field_that_the_user_may_not_read_is_named(self):
        self.template.body_html = '<p>a</p>\n<p t-out="object.resolution"/>'
        field = self.env["atencion.case"]._fields["resolution"]
        self.patch(field, "groups", "base.group_system")
        with self.assertRaises(UserError) as refusal:
            self.on(self.agent, self.template)._render_letter(self.on(self.agent, self.case))
        self.assertIn("Line 2", str(refusal.exception))
        self.assertIn("object.resolution", str(refusal.exception))

    def test_missing_documents_are_a_list_with_reasons(self):
        case = self.create_case(type_id=self.type_documents.id, partner_id=self.holder.id)
        case.document_ids = [
            Command.create({"name": "<b>Deed</b>", "state": "rejected", "reason": "Blurred"}),
            Command.create({"name": "Letter", "state": "received"}),
        ]
        shown = str(case.letter_missing_documents)
        for said in ("<li><b>Identity card", "Photographs</b> (optional)", "Blurred"):
            self.assertIn(said, shown)
        self.assertIn("&lt;b&gt;Deed", shown)
        self.assertNotIn("Letter", shown)
        self.assertFalse(self.case.letter_missing_documents)

    def test_fields_for_letters(self):
        self.assertEqual(self.case.letter_property, "A-101 · Flat 101, Tower A, Gardens")
        self.assertEqual(self.case.letter_holders, "Rosa Quispe (60 %), Luis Paredes (40 %)")
        self.assertEqual(self.case.letter_identity, "70000101")
        self.contract.holder_ids[1].date_to = "2026-01-01"
        self.env.invalidate_all()
        self.assertEqual(self.case.letter_holders, "Rosa Quispe (60 %)")
        typed = self.create_case(requester_firstname="Diego", requester_identity="45678912")
        self.assertEqual(typed.letter_identity, "45678912")
        self.assertFalse(self.create_case().letter_identity)

    # -------------------------------------------------------------------------
    # Shipped templates
    # -------------------------------------------------------------------------

    def shipped(self):
        return self.env["ir.model.data"].search(
            [("module", "=", "atencion_cliente"), ("model", "=", "atencion.document.template")]
        )

    def test_shipped_templates_render_on_an_empty_and_on_a_full_case(self):
        shipped = self.env["atencion.document.template"].browse(self.shipped().mapped("res_id"))
        self.assertEqual(len(shipped), 6)
        self.case.write({"response": "<p>Seal changed</p>", "description": "<p>It drips</p>"})
        bare = self.create_case(type_id=self.type_no_limit.id)
        for template in shipped:
            for case in (self.case, bare):
                with self.subTest(template=template.name, case=case.name):
                    _lang, subject, body = template._render_letter(case)
                    self.assertTrue(subject)
                    self.assertIn(case.name, body)
                    self.assertNotIn("t-out", body)
                    self.assertNotIn("False", body)
        answer = self.env.ref("atencion_cliente.document_template_answer_upheld")
        self.assertIn("Seal changed", answer._render_letter(self.case)[2])
        self.assertIn("[Write the answer here]", answer._render_letter(bare)[2])

    def test_placeholders_that_the_form_offers_are_right(self):
        for placeholder, label in self.template._useful_placeholders():
            self.template.body_html = placeholder
            self.assertTrue(label)
        self.assertIn("object.letter_date", self.template.placeholder_help)
