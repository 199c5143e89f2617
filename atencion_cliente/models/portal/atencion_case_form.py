from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models

from ...tools.mail_body import first_words, text_html
from ..base.server_context import with_server_value
from ..case.atencion_case_number import SEQUENCES

SHEET = "sheet_number"
# Most places, and elements, that a form offers.
MOST_CHOICES = 500


class AtencionCaseForm(models.Model):
    """Cases that customers register themselves: by the form without a login, or in the portal.

    What is registered in one form is one visit: a sheet (pliego) with a case for each defect.
    """

    _inherit = "atencion.case"

    portal_origin = fields.Selection(
        [("form", "Form without a login"), ("portal", "Portal")],
        "Registered by the customer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="By which page the customer registered the case.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"portal_origin"}

    @api.model
    def _register_from_outside(self, company, sender, lines, origin):
        """Register the defects of a form: all of them, or none if it fails.

        The caller has checked who sends it, and undoes what was done if it fails. The cases
        are made by OdooBot, in the way in which those of an agent are. The customer is written
        to once.

        :param company: of the link or of the form
        :param dict sender: values that all the cases have: type, requester, unit
        :param list[Line] lines: at least one
        :param str origin: value of ``portal_origin``
        :raise UserError: a case cannot be made, or a file is not taken
        :return: the cases, in the order of the lines
        """
        model = self._registering(company)
        [sheet] = model._draw_numbers(company, {SEQUENCES[SHEET]: 1})[SEQUENCES[SHEET]]
        common = sender | {
            "company_id": company.id,
            "source_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "atencion_cliente.source_portal"
            ),
            "portal_origin": origin,
            SHEET: sheet,
        }
        values = [model._clean_input(common | model._line_values(line)) for line in lines]
        cases = model._create_checked(values[:1])
        if values[1:]:
            silent = with_server_value(model, "atencion_unannounced", True)
            cases |= silent._create_checked(values[1:]).with_env(model.env)
        for case, line in zip(cases, lines, strict=True):
            if line.files:
                case._add_customer_files(list(line.files))
        return cases

    @api.model
    def _registering(self, company):
        """The model of OdooBot in a company, in its language, without what the visitor sent."""
        context = {"allowed_company_ids": company.ids, "lang": company.partner_id.lang}
        # sudo: whoever sends the form has no rights; it was checked what they may send.
        return self.with_env(self.env(user=SUPERUSER_ID, su=True, context=context))

    @api.model
    def _line_values(self, line):
        return {
            "subject": first_words(line.text),
            "description": text_html(line.text),
            "place_id": line.place or False,
            "category_id": line.element or False,
        }

    @api.model
    def _form_choices(self, companies):
        """The places and the elements that customers of some companies choose from."""
        domain = [("company_id", "in", [False, *companies.ids])]
        return {
            "places": self.env["atencion.place"].search(domain, limit=MOST_CHOICES),
            "elements": self.env["atencion.case.category"].search(domain, limit=MOST_CHOICES),
        }

    def _of_same_sheet(self):
        """The cases that were registered in the same form, this one among them."""
        self.ensure_one()
        if not self.portal_origin:
            return self
        # Agents add cases to a sheet, too: those are not of the form.
        return self.search(
            [
                (SHEET, "=", self.sheet_number),
                ("company_id", "=", self.company_id.id),
                ("portal_origin", "!=", False),
            ],
            order="id",
        )

    def _files_of_request(self):
        """The files that came with the form, which are in no message.

        They were stored by OdooBot, in the transaction that made the case; the office adds its own
        later.

        :return: ``ir.attachment``
        """
        self.ensure_one()
        files = self.env["ir.attachment"]
        if not self.portal_origin:
            return files
        return files.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", False),
                ("create_uid", "=", SUPERUSER_ID),
                ("create_date", "=", self.create_date),
            ],
            order="id",
        )

    def _compute_customer_origin(self):
        """The mail that tells the number of a case names those of the same form, too."""
        result = super()._compute_customer_origin()
        line = Markup("<p>%s</p>")
        # sudo: whoever registered one of them registered all.
        for case in self.sudo().filtered("portal_origin"):
            others = case._of_same_sheet() - case
            if others:
                numbers = ", ".join(others.mapped("name"))
                text = self.env._("You registered these cases together with it: %s.", numbers)
                case.customer_origin = (case.customer_origin or "") + line % text
        return result
