from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..report.letter_value import WRITERS
from ..tools.letter_fields import PRINTED
from .support.hidden import HUSHED, HiddenCommon

MANAGER = "atencion_cliente.group_manager"
SECRET = "SECRETOTP"
# Fields that no letter prints, whoever writes its template.
CLOSED = [
    "create_uid.totp_secret",
    "create_uid.password",
    "create_uid.login",
    "write_uid.name",
    "user_id.totp_secret",
    "user_id.new_password",
    "user_id.partner_id.street",
    "user_id.company_id.name",
    "area_id.manager_id.totp_secret",
    "area_id.manager_id.login",
    "area_id.ack_template_id.subject",
    "partner_id.user_id.password",
    "partner_id.comment",
    "partner_id.main_user_id.login",
    "partner_id.create_uid.name",
    "partner_id.signup_type",
    "company_id.resource_calendar_id.name",
    "company_id.alias_domain_id.name",
    "company_id.parent_id.name",
    "company_id.partner_id.user_id.name",
    "type_id.activity_plan_id.name",
    "stage_id.customer_template_id.body_html",
    "solution_id.problem",
    "solution_id",
    "access_token",
    "access_url",
    "activity_type_id.name",
    "activity_user_id.name",
    "activity_summary",
    "timeline",
    "forecast_explanation",
    "notice_details",
    "notice_link",
    "customer_link",
    "rating_last_feedback",
    "stage_note",
    "create_uid",
    "write_date",
    "id",
]
PLACES = [
    '<p t-out="object.%s"/>',
    '<p t-if="object.%s">x</p>',
    '<p t-if="not object.%s">x</p>',
    "<p t-out=\"object.name or object.%s or 'x'\"/>",
    '<p t-out="format_datetime(object.%s)"/>',
]


@tagged("post_install", "-at_install")
class TestLetterAccess(HiddenCommon):
    """Letters print listed fields only, and of these only what their author may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.visible["atencion.document.template"]
        cls.case = cls.visible["atencion.case"]
        cls.env.cr.execute("UPDATE res_users SET totp_secret = %s", (SECRET,))

    def plant(self, column, source):
        """A text that came past the checks: of an old version, or of a file."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE atencion_document_template "
                "SET %s = jsonb_build_object('en_US', %s::text) WHERE id = %s",
                SQL.identifier(column),
                source,
                self.template.id,
            )
        )
        self.env.invalidate_all()

    def letter(self, user, case=None, template=None):
        values = {"case_id": (case or self.case).id, "template_id": (template or self.template).id}
        return self.on(user, self.env["atencion.document.generate"]).create(values)

    # -------------------------------------------------------------------------
    # Fields that no letter prints
    # -------------------------------------------------------------------------

    def test_secrets_are_refused_at_saving(self):
        template = self.on(self.manager, self.template)
        for path in CLOSED:
            for place in PLACES:
                with self.subTest(path=path, place=place):
                    with self.assertRaises(ValidationError) as refusal:
                        template.body_html = place % path
                    self.assertIn(f"“object.{path}” is not for letters", str(refusal.exception))
            for field in ("subject", "lang"):
                with self.subTest(path=path, field=field):
                    with self.assertRaises(ValidationError):
                        template[field] = f"{{{{ object.{path} ||| x }}}}"
        self.assertIn("Hello", self.template.body_html)

    def test_secrets_are_refused_whoever_saves(self):
        """Data files are loaded by the superuser, who reads everything."""
        for path in CLOSED:
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self.template.body_html = PLACES[0] % path
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self.template.create({"name": "x", "subject": "x", "body_html": PLACES[1] % path})

    def test_secrets_are_refused_when_a_letter_is_written(self):
        for path in CLOSED:
            for place in PLACES:
                self.plant("body_html", place % path)
                for user in (self.agent, self.manager):
                    with self.subTest(path=path, place=place, user=user.login):
                        with self.assertRaises(UserError) as refusal:
                            self.letter(user)
                        self.assertIn("is not for letters", str(refusal.exception))
                        self.assertNotIn(SECRET, str(refusal.exception))
            self.plant("body_html", "<p>Hello</p>")

    def test_a_subject_prints_no_secret_either(self):
        self.plant("subject", "{{ object.create_uid.totp_secret }}")
        with self.assertRaises(UserError):
            self.letter(self.agent)
        spec = {"subject": {}, "body": {}}
        values = {"case_id": self.case.id, "template_id": self.template.id}
        with self.assertRaises(UserError):
            self.on(self.agent, self.env["atencion.document.generate"]).onchange(values, [], spec)

    def test_printed_fields_exist_and_are_writable_in_a_letter(self):
        for model, names in PRINTED.items():
            if model not in self.env:
                continue
            for name in names:
                field = self.env[model]._fields.get(name)
                with self.subTest(model=model, field=name):
                    self.assertTrue(field, "no such field")
                    self.assertIn(field.type, WRITERS)
                    self.assertNotIn("secret", name)
                    if field.relational:
                        self.assertIn(field.comodel_name, PRINTED)

    def test_every_printed_field_is_judged_as_printed(self):
        template = self.on(self.agent, self.template)
        for name in PRINTED["atencion.case"]:
            with self.subTest(field=name):
                self.assertFalse(template._path_problem(name))
        self.assertFalse(template._path_problem("unit_id.project_id.promoter_id.country_id.name"))
        for name in ("name", "email", "phone", "function", "signature"):
            self.assertFalse(template._path_problem(f"user_id.{name}"))

    def test_field_of_the_company_is_printed(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_lot",
                "field_description": "Lot",
                "ttype": "char",
                "model_id": self.env["ir.model"]._get_id("atencion.unit"),
            }
        )
        self.assertFalse(self.template._path_problem("unit_id.x_lot"))
        field.unlink()

    # -------------------------------------------------------------------------
    # Fields that the user may not read
    # -------------------------------------------------------------------------

    def test_restricted_field_is_refused_at_saving_and_at_writing(self):
        self.template.body_html = '<p t-out="object.unit_id.owner_id.phone"/>'
        for model, name in (
            ("atencion.case", "unit_id"),
            ("atencion.unit", "owner_id"),
            ("res.partner", "phone"),
        ):
            with self.subTest(field=name):
                self.patch(self.env[model]._fields[name], "groups", "base.group_system")
                with self.assertRaises(UserError) as refusal:
                    self.letter(self.agent)
                self.assertIn("you may not read", str(refusal.exception))
                with self.assertRaises(ValidationError) as refusal:
                    self.on(
                        self.manager, self.template
                    ).body_html = '<p t-if="object.unit_id.owner_id.phone">x</p>'
                self.assertIn("you may not read", str(refusal.exception))
                self.patch(self.env[model]._fields[name], "groups", None)

    def test_model_that_the_user_may_not_read_is_refused(self):
        self.template.body_html = '<p t-out="object.unit_id.name"/>'
        access = self.env["ir.model.access"].search([("model_id.model", "=", "atencion.unit")])
        access.filtered(lambda one: one.group_id != self.env.ref(MANAGER)).unlink()
        with self.assertRaises(UserError) as refusal:
            self.letter(self.agent)
        self.assertIn("you may not read", str(refusal.exception))

    def test_record_that_the_user_may_not_read_is_not_printed(self):
        """Neither a field of it nor its label, also if the superuser has just read it."""
        secret = self.hidden_to_agent["atencion.case"][0]
        self.case.origin_id = secret
        for path in ("origin_id", "origin_id.subject", "origin_id.type_id.name"):
            self.template.body_html = f'<p t-out="object.{path}"/>'
            case = self.on(self.agent, self.case)
            case.sudo().origin_id.mapped("subject")
            with self.subTest(path=path), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(UserError) as refusal:
                    self.template.with_env(case.env)._render_letter(case)
                self.assertIn(f"object.{path}", str(refusal.exception))
                self.assertNotIn(HUSHED, str(refusal.exception))
        self.template.body_html = '<p t-out="object.origin_id.subject"/>'
        self.assertIn(HUSHED, self.letter(self.supervisor_lima).body)

    def test_letter_of_a_case_that_the_user_may_not_read_is_refused(self):
        for case in self.hidden_to_agent["atencion.case"] | self.hidden["atencion.case"]:
            seen = self.on(self.agent, case)
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.template.with_env(seen.env)._render_letter(seen)

    def test_letter_is_written_with_the_rights_of_its_writer(self):
        """Before the letter is stored, and when the fields that it is rendered from change."""
        self.template.body_html = '<p t-out="object.subject"/>'
        letter = self.letter(self.agent)
        self.assertIn(self.case.subject, letter.body)
        other = self.on(self.supervisor_lima, letter)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            other.web_read({"body": {}})

    def test_shipped_letters_serve_every_agent(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", "atencion_cliente"), ("model", "=", "atencion.document.template")]
        )
        templates = self.env["atencion.document.template"].browse(names.mapped("res_id"))
        self.case.write({"contract_id": self.contract.id, "unit_id": self.flat.id})
        self.assertEqual(len(templates), 6)
        for template in templates:
            for user in self.roles:
                with self.subTest(template=template.name, user=user.login):
                    letter = self.letter(user, template=template)
                    self.assertTrue(letter.subject)
                    self.assertIn(self.case.name, letter.body)
