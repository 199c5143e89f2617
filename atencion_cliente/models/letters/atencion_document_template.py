from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...report.letter_value import letter_value
from ...tools import letter_language as language

CASE = "atencion.case"
CHECKS = {
    "body_html": language.template_problems,
    "subject": language.inline_problems,
    "lang": language.inline_problems,
}


class AtencionDocumentTemplate(models.Model):
    """The template of a letter about a case, with placeholders for fields of the case.

    It is rendered with the rights of the user who writes the letter, in a language that has
    fields and conditions only (``tools/letter_language.py``). Odoo's rendering would evaluate
    any expression that a user who may edit mail templates puts into it.
    """

    _name = "atencion.document.template"
    _description = "Document template"
    _inherit = [
        "atencion.input",
        "atencion.shared",
        "atencion.readable.links",
        "mail.render.mixin",
    ]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: the template serves every company.")
    kind = fields.Selection(
        [
            ("acknowledgement", "Acknowledgement of receipt"),
            ("documents", "Request for documents"),
            ("answer_upheld", "Answer: upheld"),
            ("answer_rejected", "Answer: rejected"),
            ("visit", "Visit record"),
            ("certificate", "Certificate"),
            ("other", "Other"),
        ],
        "Purpose",
        required=True,
        default="other",
        help="A case proposes the template for what its state asks for.",
    )
    layout = fields.Selection(
        [
            ("letter", "Letter, with its addressee"),
            ("certificate", "Certificate, with its title"),
            ("record", "Record, signed by both parties"),
        ],
        required=True,
        default="letter",
    )
    form = fields.Selection(
        lambda self: (
            self.env["atencion.case.type"]._fields["form"]._description_selection(self.env)
        ),
        help="Empty: the template serves every form.",
    )
    type_ids = fields.Many2many(
        "atencion.case.type",
        string="Case types",
        domain="['|', ('company_id', '=', False), ('company_id', '=?', company_id)]",
        help="Empty: the template serves every type.",
    )
    subject = fields.Char(required=True, translate=True, default="{{ object.subject }}")
    body_html = fields.Html(
        "Text",
        render_engine="qweb",
        translate=True,
        sanitize="email_outgoing",
        required=True,
    )
    lang = fields.Char(default="{{ object.addressee_lang }}")
    placeholder_help = fields.Html(compute="_compute_placeholder_help", sanitize=False)

    def _compute_render_model(self):
        self.render_model = CASE

    @api.depends_context("lang")
    def _compute_placeholder_help(self):
        shown = self.env["ir.qweb"]._render(
            "atencion_cliente.document_template_placeholders",
            {
                "placeholders": self._useful_placeholders(),
                "with_default": '<t t-out="object.letter_property">-</t>',
                "in_subject": "{{ object.name }}",
            },
        )
        self.placeholder_help = shown

    @api.model
    def _useful_placeholders(self):
        """The fields that letters need most, as placeholders with their labels."""
        labels = self.env[CASE].fields_get(attributes=["string"])
        names = (
            *("name", "subject", "description", "response", "resolution", "customer_stage"),
            *("type_id", "category_id", "request_date", "deadline_date", "attention_date"),
            *("addressee_name", "letter_identity", "requester_relation", "requester_phone"),
            *("partner_id", "letter_holders", "contract_id", "letter_property", "unit_id"),
            *("project_id", "area_id", "user_id", "letter_missing_documents", "letter_date"),
            "company_id",
        )
        return [(f'<t t-out="object.{name}"/>', labels[name]["string"]) for name in names]

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    # Odoo's ``check_company`` would refuse the types of a company in a shared template.
    @api.constrains("company_id", "type_ids")
    def _check_types(self):
        for template in self.filtered("company_id"):
            foreign = template.type_ids.filtered(
                lambda one, company=template.company_id: one.company_id - company
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "Template %(template)s is of %(company)s, and type %(type)s of another "
                        "company. Take out the type, or leave the company empty.",
                        template=template.name,
                        company=template.company_id.name,
                        type=foreign[0].name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_sources(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_sources(vals)
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        for lang in translations if field_name in CHECKS else ():
            for template in self.with_context(lang=lang):
                self._check_sources({field_name: template[field_name]})
        return result

    # -------------------------------------------------------------------------
    # Rendering
    # -------------------------------------------------------------------------

    def _render_letter(self, case):
        """Render the letter of a case in the language of its addressee.

        :param case: one ``atencion.case``
        :return: code of the language, subject as plain text, and text as markup
        :raise AccessError: the user may not read the case
        :raise UserError: names the placeholder that cannot be filled, and its line
        """
        self.ensure_one()
        case.check_access("read")
        lang = self._render_lang(case.ids)[case.id]
        if not self.env["res.lang"]._get_data(code=lang or ""):
            lang = self.env.lang or "en_US"
        subject = self._render_field("subject", case.ids, set_lang=lang)[case.id]
        body = self._render_field("body_html", case.ids, set_lang=lang)[case.id]
        return lang, subject, body

    @api.model
    def _render_template_qweb(self, template_src, model, res_ids, add_context=None, options=None):
        return self._render_source("body_html", language.render_template, template_src, res_ids)

    @api.model
    def _render_template_inline_template(
        self, template_txt, model, res_ids, add_context=None, options=None
    ):
        return self._render_source("subject", language.render_inline, template_txt, res_ids)

    @api.model
    def _render_source(self, name, render, source, res_ids):
        source = str(source or "")
        # Translations that are loaded from a file are not checked when they are saved.
        problems = CHECKS[name](source, self._path_problem)
        if problems:
            raise UserError(self._problems_text(name, problems))
        cases = self.env[CASE].browse(res_ids)
        return {case.id: render(source, self._value_reader(case, name)) for case in cases}

    @api.model
    def _value_reader(self, case, name):
        """A function that reads the values of a case with the rights of the user.

        :param str name: the field of the template that is rendered, for error messages
        :rtype: tools.letter_language.ValueReader
        """
        zone = case.company_id.resource_calendar_id.tz or "UTC"

        def read(path, line):
            record = case
            *records, last = path.split(".")
            try:
                for step in records:
                    record = record[step]
                    # The cache may hold values that the superuser read.
                    record.check_access("read")
                return letter_value(record, last, zone)
            except AccessError as error:
                problem = self.env._(
                    "you may not read “%(field)s”. Ask an administrator to take it out of the "
                    "template. %(reason)s",
                    field=f"object.{path}",
                    reason=error.args[0],
                )
                label = self._fields[name]._description_string(self.env)
                raise UserError(
                    self.env._(
                        "Field “%(field)s” of the template, line %(line)s: %(problem)s",
                        field=label,
                        line=line,
                        problem=problem,
                    )
                ) from error

        return read
