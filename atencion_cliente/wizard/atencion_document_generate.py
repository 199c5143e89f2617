import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import is_html_empty

from ..models.base.public_method import public
from ..report.letter_pdf import print_page
from ..report.letter_stamp import Stamp, stamp
from ..tools import audience
from ..tools.letter_markup import is_too_long, printable, stored_image, with_shared_widths
from ..tools.letter_picture import data_uri, embedded_content, printed_picture

REPORT = "atencion_cliente.atencion_letter_report"
# Characters that file systems refuse in a name.
REFUSED_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class AtencionDocumentGenerate(models.TransientModel):
    """The dialog that writes a letter about a case from a template, to edit, print or send."""

    _name = "atencion.document.generate"
    _description = "Generate a document"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_id = fields.Many2one("atencion.case", required=True, ondelete="cascade", readonly=True)
    fitting_template_ids = fields.Many2many(
        "atencion.document.template", compute="_compute_fitting_template_ids"
    )
    template_id = fields.Many2one(
        "atencion.document.template",
        required=True,
        compute="_compute_template_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        domain="[('id', 'in', fitting_template_ids)]",
    )
    layout = fields.Selection(related="template_id.layout", related_sudo=False)
    # ``compute_sudo=False``: stored fields would be computed with the rights of the superuser.
    lang = fields.Char(
        "Language", compute="_compute_letter", compute_sudo=False, store=True, precompute=True
    )
    subject = fields.Char(
        compute="_compute_letter",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    body = fields.Html(
        "Text",
        compute="_compute_letter",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    email_to = fields.Char("Addressee's e-mail", compute="_compute_email_to")
    head = fields.Html(compute="_compute_frame", sanitize=False)
    foot = fields.Html(compute="_compute_frame", sanitize=False)

    @api.depends("case_id")
    def _compute_fitting_template_ids(self):
        for letter in self:
            letter.fitting_template_ids = letter._fitting_templates()

    @api.depends("case_id")
    def _compute_template_id(self):
        for letter in self:
            templates = letter._fitting_templates()
            kinds = letter._proposed_kinds() if templates else ()
            proposed = templates.filtered(lambda one, kinds=kinds: one.kind in kinds)
            letter.template_id = (proposed or templates)[:1]

    def _fitting_templates(self):
        """The templates for the case, none without a case."""
        if not self.case_id:
            return self.env["atencion.document.template"]
        return self.case_id._fitting_templates()

    def _proposed_kinds(self):
        """The kinds of template that suit the state of the case."""
        case = self.case_id
        if case.is_closed:
            return {f"answer_{case.stage_id.outcome}"}
        return {"documents" if case.missing_document_count else "acknowledgement"}

    @api.depends("template_id", "case_id")
    def _compute_letter(self):
        for letter in self:
            lang, subject, body = self.env.lang, False, False
            if letter.template_id and letter.case_id:
                lang, subject, body = letter.template_id._render_letter(letter.case_id)
                body = Markup(with_shared_widths(str(body or "")))
                letter.case_id._record_opening("letter")
            letter.update({"lang": lang, "subject": subject, "body": body})

    @api.depends("case_id")
    def _compute_email_to(self):
        for letter in self:
            addresses = letter.case_id._customer_addresses().get(letter.case_id.id, {})
            letter.email_to = addresses.get(audience.REQUESTER)

    @api.depends("case_id", "layout", "subject", "lang")
    def _compute_frame(self):
        """Render the head and the foot of the letter for the screen."""
        for letter in self:
            localized = letter.with_context(lang=letter.lang)
            values = {"o": localized}
            render = localized.env["ir.qweb"]._render
            letter.head = render("atencion_cliente.letter_head", values)
            letter.foot = render("atencion_cliente.letter_foot", values)

    # -------------------------------------------------------------------------
    # Page
    # -------------------------------------------------------------------------

    def _printable_body(self):
        return Markup(printable(self.body, self._picture))

    def _picture(self, address):
        """An image of the text as it is printed, as a data URI.

        :param str address: where the text takes it from
        :return: None if the user may not read it, or it cannot be printed
        """
        content = embedded_content(address)
        file_id = stored_image(address)
        if file_id:
            file = self.env["ir.attachment"].browse(file_id).exists()
            content = file.raw if file and file.has_access("read") else None
        picture = printed_picture(content) if content else None
        return data_uri(*picture) if picture else None

    def _paper(self):
        """The paper format of letters, which administrators may choose for their report."""
        # Users may not read reports; its format says nothing about anybody.
        return self.env.ref(REPORT).sudo().get_paperformat()

    def _place_and_date(self):
        city = self.case_id.company_id.partner_id.city
        return ", ".join(filter(None, [city, self.case_id.letter_date]))

    def _identity_label(self):
        country = self.case_id.company_id.country_id
        return country.vat_label or self.env._("Tax ID")

    def _pdf(self):
        """The finished PDF, in the language of the addressee.

        :rtype: bytes
        :raise UserError: the letter has no text or too much, or the server lacks what prints it
        """
        self.ensure_one()
        if is_html_empty(self.body):
            raise UserError(
                self.env._("The letter is empty. Write its text, or choose a template.")
            )
        if is_too_long(self.body):
            raise UserError(
                self.env._(
                    "The letter is too long to be printed. Send its lists as a file instead."
                )
            )
        localized = self.with_context(lang=self.lang)
        values = {"docs": localized, "lang": self.lang}
        page = localized.env["ir.qweb"]._render("atencion_cliente.report_letter", values)
        return stamp(print_page(self.env, page), localized._marks())

    def _marks(self):
        return Stamp(
            company=self.case_id.company_id.name,
            title=self.template_id.name,
            number=self.case_id.name,
            page=self.env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        )

    def _pdf_attachment(self, **owner):
        """Create the attachment of the PDF, named after the case and the template.

        :param owner: values of ``res_model`` and ``res_id``
        """
        title = self.template_id.with_context(lang=self.lang).name
        name = REFUSED_IN_NAMES.sub("-", f"{self.case_id.name} {title}").strip()
        return self.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": self._pdf(),
                "mimetype": "application/pdf",
                "type": "binary",
            }
            | owner
        )

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_print(self):
        """Attach the PDF to the case with a message in its log, and open it.

        :raise RedirectWarning: the letter has doubts; its button prints it as it is
        """
        case = self._case_to_write_about()
        self._check_doubts("action_print_as_it_is")
        return self._print(case)

    @public(one=True)
    def action_print_as_it_is(self):
        """Print the letter, whatever its doubts, which its writer has seen."""
        return self._print(self._case_to_write_about())

    def _print(self, case):
        file = self._pdf_attachment(res_model=case._name, res_id=case.id)
        case._message_log(
            body=self.env._("Document generated: %s", self.template_id.name),
            attachment_ids=file.ids,
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}",
            "target": "new",
            "close": True,
        }

    @public(one=True)
    def action_send(self):
        """Open an e-mail to the requester with the PDF, which is kept when the e-mail is sent.

        :raise RedirectWarning: the letter has doubts; its button opens the e-mail all the same
        """
        case = self._case_to_write_about()
        self._check_doubts("action_send_as_it_is")
        return self._send(case)

    @public(one=True)
    def action_send_as_it_is(self):
        """Open the e-mail with the letter, whatever its doubts, which its writer has seen."""
        return self._send(self._case_to_write_about())

    def _send(self, case):
        # Odoo deletes files of the composer if the e-mail is not sent.
        file = self._pdf_attachment(res_model="mail.compose.message", res_id=0)
        return case._open_composer("atencion_cliente.mail_template_case_letter", file)

    def _case_to_write_about(self):
        """The case, after checking that the user may write this letter about it.

        :raise AccessError: the user may not write the case
        :raise ValidationError: the template is not for cases of this type, form or company
        """
        self.ensure_one()
        self.case_id.check_access("write")
        self.case_id._record_opening("letter")
        if self.template_id not in self.case_id._fitting_templates():
            raise ValidationError(
                self.env._(
                    "Template %(template)s is not for cases such as %(case)s. Choose another one.",
                    template=self.template_id.display_name,
                    case=self.case_id.name,
                )
            )
        return self.case_id
