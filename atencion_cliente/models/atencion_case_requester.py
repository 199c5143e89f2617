from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

PHONES = ("requester_phone", "requester_phone2")
RELATIONS = [
    ("holder", "Holder"),
    ("coowner", "Co-owner"),
    ("tenant", "Tenant"),
    ("proxy", "Proxy"),
    ("relative", "Relative"),
    ("board", "Owners' board"),
    ("other", "Other"),
]


class AtencionCaseRequester(models.AbstractModel):
    """Who the case belongs to, and who asks: a partner or a person typed by hand."""

    _name = "atencion.case.requester"
    _description = "Requester of a case"

    partner_id = fields.Many2one(
        "res.partner",
        string="Holder / account",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain=[("parent_id", "=", False)],
    )
    requester_id = fields.Many2one(
        "res.partner",
        string="Requester / contact",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    requester_firstname = fields.Char("First name")
    requester_lastname = fields.Char("Last name")
    requester_function = fields.Char("Job position")
    requester_phone = fields.Char("Phone")
    requester_phone2 = fields.Char("Other phone")
    requester_email = fields.Char("E-mail")
    requester_identity = fields.Char("Identity number")
    requester_relation = fields.Selection(
        RELATIONS,
        string="Relation to the unit",
    )
    requester_name = fields.Char("Requester", compute="_compute_requester_name")

    @api.depends("requester_id", "partner_id", "requester_firstname", "requester_lastname")
    def _compute_requester_name(self):
        for case in self:
            typed = " ".join(filter(None, [case.requester_firstname, case.requester_lastname]))
            case.requester_name = case.requester_id.name or typed or case.partner_id.name

    @api.constrains("requester_identity")
    def _check_requester_identity(self):
        """Refuse a wrong number on our forms; imported data only keeps it."""
        if self.env.context.get("import_file"):
            return
        for case in self:
            case.partner_id._raise_on_wrong_identity(
                case.requester_identity, case._requester_country()
            )

    def _requester_country(self):
        """The country whose numbers the requester most likely gives."""
        self.ensure_one()
        return (
            self.requester_id.country_id or self.partner_id.country_id or self.company_id.country_id
        )

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["requester_id", "partner_id"]

    def _mail_get_partners(self, introspect_fields=False):
        """Who asked, or else the holder: Odoo's portal knows one customer a record."""
        partners = super()._mail_get_partners(introspect_fields=introspect_fields)
        return {case_id: found[:1] for case_id, found in partners.items()}

    def _normalize_phones(self, names=PHONES):
        """Store phones as E.164, so that they are found however they were typed.

        :raise ValidationError: a phone is none in its country; imported data is
            kept as it came
        """
        for case in self:
            for name in names:
                number = case[name]
                if number:
                    formatted = case._format_phone(number)
                    if formatted != number:
                        case[name] = formatted

    def _format_phone(self, number):
        self.ensure_one()
        country = self._requester_country()
        try:
            return self._phone_format(number=number, country=country, raise_exception=True)
        except UserError:
            if self.env.context.get("import_file"):
                return number
        raise ValidationError(
            self.env._(
                "%(number)s is not a phone number of %(country)s. Write it with its "
                "area code, or with + and the code of another country.",
                number=number,
                country=country.name or self.env._("the company's country"),
            )
        )
