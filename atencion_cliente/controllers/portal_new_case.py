from odoo.http import Controller, request, route

from ..tools.customer_form import Typed, read_form
from ..tools.representation import ACT
from .customer_form import CustomerForm
from .form_words import words

NEW_URL = "/my/cases/new"


class PortalCaseForm(CustomerForm):
    """The form of a customer with a login, for the units that they hold or represent today."""

    template, origin = "atencion_cliente.portal_new_case", "portal"

    def __init__(self):
        # sudo: customers read a company by its pages only.
        super().__init__(request.env.company.sudo())
        self.customer = request.env.user.partner_id
        # sudo: they are found by the customer's own shares.
        held = request.env["atencion.contract"].sudo()._held_by(self.customer)
        powers = request.env["atencion.representative"]._of_user(ACT)
        self.contracts = held | powers.contract_id.filtered("active")

    def units(self):
        """The units that the customer chooses from."""
        return self.contracts.unit_ids

    def companies(self):
        return self.company | self.contracts.company_id

    def kinds(self):
        """The types that the customer chooses from, which have an area."""
        # sudo: customers read a type by this page only.
        kinds = request.env["atencion.case.type"].sudo()._for_customers_of(self.companies())
        return kinds.filtered(lambda kind: any(map(kind._area_for_customers, self.companies())))

    def is_offered(self):
        """Whether the user registers cases here; the staff does it in the application."""
        return not request.env.user._is_internal() and bool(self.kinds())

    def contract_of(self, typed):
        """The contract of the chosen unit, or the only one of the customer."""
        if typed.unit:
            return self.contracts.filtered(lambda one: typed.unit in one.unit_ids.ids)[:1]
        return self.contracts if len(self.contracts) == 1 else self.contracts.browse()

    def case_company(self, typed):
        return self.contract_of(typed).company_id or self.company

    def page_values(self, typed):
        return {
            "units": self.units(),
            "kinds": self.kinds(),
            "verdicts": self.verdicts(typed),
        }

    def verdicts(self, typed):
        """What the customer reads of the warranty, by the number of the line."""
        unit = self.units().filtered(lambda one: one.id == typed.unit)
        elements = self._choices()["elements"] if unit else ()
        return {
            number: request.env["atencion.case"]._warranty_before_sending(
                unit, self.contract_of(typed), element
            )
            for number, line in enumerate(typed.lines)
            for element in elements
            if element.id == line.element
        }

    def sender_errors(self, typed):
        errors = {}
        company = self.case_company(typed)
        if typed.unit and typed.unit not in self.units().ids:
            errors["unit"] = words("not_offered")
        kind = self._kind(typed)
        if not typed.kind:
            errors["kind"] = words("missing")
        elif not (kind and kind._area_for_customers(company)) or kind.company_id - company:
            errors["kind"] = words("not_offered")
        return errors

    def _kind(self, typed):
        return self.kinds().filtered(lambda kind: kind.id == typed.kind)

    def sender_login(self):
        return f"user {request.env.user.id}"

    def is_requester(self, case, typed):
        return case.requester_id == self.customer

    def sender_name(self, typed):
        return self.customer.email_formatted or self.customer.name

    def sender_values(self, typed):
        contract, kind = self.contract_of(typed), self._kind(typed)
        values = {
            "type_id": kind.id,
            "area_id": kind._area_for_customers(self.case_company(typed)).id,
            "requester_id": self.customer.id,
            "requester_relation": contract and contract._relation_of(self.customer),
            "contract_id": contract.id,
            "unit_id": typed.unit,
        }
        return {name: value for name, value in values.items() if value}


class PortalNewCase(Controller):
    """New cases of customers with a login."""

    @route(NEW_URL, type="http", auth="user", methods=["GET", "POST"], website=True, sitemap=False)
    def portal_new_case(self, **kwargs):
        """The form; what it sends is registered with the customer as the requester."""
        form = PortalCaseForm()
        if not form.is_offered():
            values = {"company": form.company}
            return request.render("atencion_cliente.form_closed", values, status=404)
        if request.httprequest.method == "POST":
            return form.answer()
        asked = read_form(request.httprequest.args)
        chosen = asked.unit if asked.unit in form.units().ids else form.units()[:1].id
        return form.show(Typed(unit=chosen or 0))

    @route(f"{NEW_URL}/warranty", type="http", auth="user", methods=["GET"], sitemap=False)
    def portal_new_case_warranty(self, **kwargs):
        """What the form says of the warranty of an element of a unit of the customer's, as JSON."""
        typed = read_form(request.httprequest.args)
        return request.make_json_response({"text": PortalCaseForm().verdicts(typed).get(0, "")})
