from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import phone

FORM_LINKS = frozenset({"case_form_type_id", "case_form_area_id"})


class ResCompany(models.Model):
    """What a company offers to its customers on its pages: the form without a login, WhatsApp."""

    _inherit = "res.company"
    _checked_links = frozenset({"atencion_handover_type_id"}) | FORM_LINKS

    case_form_enabled = fields.Boolean(
        "Form without a login",
        help="Whoever has the address of the form, or scans the code of a unit, registers cases.",
    )
    case_form_type_id = fields.Many2one(
        "atencion.case.type",
        "Type of cases by the form",
        domain="[('company_id', 'in', (False, id)), ('form', '!=', 'claim')]",
    )
    case_form_area_id = fields.Many2one(
        "atencion.area",
        "Area of cases by the form",
        domain="[('company_id', '=', id)]",
        help="Empty: the area of the type.",
    )
    case_whatsapp = fields.Char(
        "WhatsApp",
        help="The number of the company, which customers write to from mails and pages.",
    )

    @api.constrains("case_whatsapp", "country_id")
    def _check_case_whatsapp(self):
        """The number is one that has WhatsApp: a mobile one, or one that may be."""
        for company in self.filtered("case_whatsapp"):
            if not phone.mobile_digits(company.case_whatsapp, company.country_id.code):
                raise ValidationError(
                    self.env._(
                        "%s is no mobile number. Write it with + and the code of its country.",
                        company.case_whatsapp,
                    )
                )

    @api.constrains("case_form_enabled", "case_form_type_id", "case_form_area_id")
    def _check_case_form(self):
        """The form has a type and an area that its cases can have, and that are of the company."""
        for company in self:
            company._refuse_form_type(company.case_form_type_id)
            area = company.case_form_area_id
            if area and (area.company_id != company or not area.active):
                raise ValidationError(
                    self.env._(
                        "Area “%(area)s” is archived, or of another company. Choose another for "
                        "the form of %(company)s.",
                        area=area.name,
                        company=company.name,
                    )
                )
            kind = company.case_form_type_id
            if company.case_form_enabled and not (kind and (area or kind.area_id)):
                raise ValidationError(
                    self.env._("Choose the type and the area of the cases that the form makes.")
                )

    def _refuse_form_type(self, kind):
        """Refuse a type that cases by the form cannot have.

        :raise ValidationError: names the type
        """
        if kind.company_id and kind.company_id != self or kind and not kind.active:
            raise ValidationError(
                self.env._(
                    "Case type “%(type)s” is archived, or of another company. Choose another for "
                    "the form of %(company)s.",
                    type=kind.name,
                    company=self.name,
                )
            )
        if kind.form == "claim":
            raise ValidationError(
                self.env._(
                    "“%s” is a type of claims, and no claim is filed by this form. Choose another "
                    "type.",
                    kind.name,
                )
            )

    def _has_form(self):
        """Whether somebody without a login registers cases by the form of the company."""
        kind = self.case_form_type_id
        area = self.case_form_area_id or kind.area_id
        return bool(self.active and self.case_form_enabled and kind.active and area.active)

    def _traced_settings(self, vals):
        ours = {name for name in vals.keys() & self._fields.keys() if name.startswith("case_")}
        return sorted({*super()._traced_settings(vals), *ours})
