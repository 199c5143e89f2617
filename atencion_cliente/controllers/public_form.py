from odoo.exceptions import ValidationError
from odoo.http import Controller, request, route

from ..models.portal.atencion_unit_form import FORM_URL
from ..models.portal.form_token import read
from ..tools.addresses import addresses
from ..tools.customer_form import sender_errors
from ..tools.mail_body import person_name
from .customer_form import THANKS, THANKS_URL, CustomerForm, links_digest
from .form_words import words
from .portal_new_case import NEW_URL, PortalCaseForm


class PublicCaseForm(CustomerForm):
    """The form without a login: who sends it is who they say, and nobody's contact."""

    template, origin = "atencion_cliente.public_form", "form"

    def __init__(self, company, unit):
        """:param unit: of the link, with ``sudo``; empty without one"""
        super().__init__(company)
        self.unit = unit

    def page_values(self, typed):
        return {"unit": self.unit}

    def sender_errors(self, typed):
        errors = {name: words(code) for name, code in sender_errors(typed).items()}
        if typed.phone and "phone" not in errors:
            try:
                self._phone(typed)
            except ValidationError as refusal:
                errors["phone"] = str(refusal)
        return errors

    def _phone(self, typed):
        """The telephone with its country: that of the home, else of the company.

        The case would take that of the holder, whom the form knows nothing of.

        :raise ValidationError: says how to write it
        """
        place = {"company_id": self.company.id, "project_id": self.unit.project_id.id}
        # sudo: a draft, for its country.
        return request.env["atencion.case"].sudo().new(place)._format_phone(typed.phone)

    def sender_email(self, typed):
        return typed.email.lower()

    def is_requester(self, case, typed):
        same = not typed.email or self.sender_email(typed) in addresses(case.requester_email)
        return same and not case.requester_id

    def sender_values(self, typed):
        first, last = person_name(typed.name)
        kind = self.company.case_form_type_id
        values = {
            "type_id": kind.id,
            "area_id": (self.company.case_form_area_id or kind.area_id).id,
            "requester_firstname": first,
            "requester_lastname": last,
            "requester_email": typed.email,
            "requester_phone": typed.phone and self._phone(typed),
            "requester_identity": typed.identity,
            "unit_id": self.unit.id,
        }
        return {name: value for name, value in values.items() if value}


class PublicForms(Controller):
    """The form without a login, and the page with the numbers of what was registered."""

    @route(
        [FORM_URL, f"{FORM_URL}/<string:token>"],
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def public_case_form(self, token=None, **kwargs):
        """The form of the company, or of the unit of a link.

        A link that is wrong, old or of an archived unit has the page of a form that is off.
        """
        token = token if isinstance(token, str) or token is None else ""
        unit = request.env["atencion.unit"]._of_form_token(token)
        # sudo: visitors read a company by its pages only.
        company = unit.company_id or request.env.company.sudo()
        if not company._has_form() or (token is not None and not unit):
            return self._closed()
        form = PublicCaseForm(company, unit)
        if request.httprequest.method == "POST":
            return form.answer()
        return self._own_form(unit) or form.show()

    def _own_form(self, unit):
        """Leads a customer with a login to their form; None for others, and for others' units."""
        if not request.env.user._is_portal():
            return None
        form = PortalCaseForm()
        if not form.kinds() or unit - form.units():
            return None
        return request.redirect(f"{NEW_URL}?unit={unit.id}" if unit else NEW_URL)

    @route(f"{THANKS_URL}/<string:token>", type="http", auth="public", website=True, sitemap=False)
    def public_case_thanks(self, token, **kwargs):
        """The numbers of what was registered, for one hour; then the page of an unknown link."""
        case_id, digest = read(request.env, THANKS, token) or (0, "")
        # sudo: whoever has the token has just registered the cases.
        case = request.env["atencion.case"].sudo().browse(case_id or ()).exists()
        cases = case._of_same_sheet() if case.active else case.browse()
        if not cases or links_digest(cases) != digest:
            return self._closed()
        values = {"company": case.company_id, "cases": cases}
        return request.render("atencion_cliente.form_thanks", values)

    def _closed(self):
        # sudo: visitors read a company by its pages only.
        values = {"company": request.env.company.sudo()}
        return request.render("atencion_cliente.form_closed", values, status=404)
