from odoo import fields, models


class AtencionCaseTypePortal(models.Model):
    """Types that customers choose from when they register a case themselves."""

    _inherit = "atencion.case.type"

    portal_visible = fields.Boolean(
        "Customers choose it",
        help="Customers with a login register cases of this type in the portal.",
        tracking=True,
    )
    portal_help = fields.Text(
        "Help for customers",
        translate=True,
        help="What the customer reads beside the type: when to choose it, and what to have ready.",
        tracking=True,
    )

    def _for_customers_of(self, companies):
        """The types that customers of some companies choose from."""
        return self.search(
            [("portal_visible", "=", True), ("company_id", "in", [False, *companies.ids])]
        )

    def _area_for_customers(self, company):
        """The area of a case that a customer of a company registers; it may be empty."""
        area = self.area_id or company.case_form_area_id
        return area.filtered(lambda one: one.active and one.company_id == company)
