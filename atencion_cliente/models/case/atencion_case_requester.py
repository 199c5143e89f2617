from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import identity, phone, search_key
from ...tools.addresses import addresses, not_writable
from ...tools.visible_text import without_marks

PHONES = ("requester_phone", "requester_phone2")
# What is found and reached by each of its signs.
EXACT = (*PHONES, "requester_email", "requester_identity")
RELATIONS = [
    ("holder", "Holder"),
    ("coowner", "Co-owner"),
    ("tenant", "Tenant"),
    ("proxy", "Proxy"),
    ("relative", "Relative"),
    ("board", "Owners' board"),
    ("internal", "Internal"),
    ("other", "Other"),
]


# The kinds of numbers in ``tools.identity``, and two that are not checked.
IDENTITY_KINDS = [
    ("pe_dni", "DNI (Peru)"),
    ("pe_ruc", "RUC (Peru)"),
    ("pe_ce", "CE (Peru)"),
    ("ve_cedula", "Cédula (Venezuela)"),
    ("ve_rif", "RIF (Venezuela)"),
    ("cl_rut", "RUT (Chile)"),
    ("co_cedula", "Cédula (Colombia)"),
    ("co_nit", "NIT (Colombia)"),
    ("mx_rfc", "RFC (Mexico)"),
    ("mx_curp", "CURP (Mexico)"),
    ("ec_cedula", "Cédula (Ecuador)"),
    ("ec_ruc", "RUC (Ecuador)"),
    ("passport", "Passport"),
    ("foreign", "Foreign document"),
]


class AtencionCaseRequester(models.Model):
    """Who the case belongs to, and who asks: a partner or a person typed by hand."""

    _inherit = "atencion.case"

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
        tracking=True,
        check_company=True,
    )
    requester_firstname = fields.Char("First name", tracking=True)
    requester_lastname = fields.Char("Last name", tracking=True)
    requester_function = fields.Char("Job position", tracking=True)
    requester_phone = fields.Char("Phone", tracking=True)
    requester_phone2 = fields.Char("Other phone", tracking=True)
    requester_email = fields.Char(
        "E-mail",
        tracking=True,
        help="One address, or several separated by commas or semicolons.",
    )
    requester_identity = fields.Char("Identity number", tracking=True)
    requester_identity_kind = fields.Selection(
        IDENTITY_KINDS,
        string="Kind of identity number",
        help="The number is checked only as what is chosen here; without a kind it is kept as "
        "it was typed.",
    )
    requester_relation = fields.Selection(
        RELATIONS,
        string="Relation to the unit",
        tracking=True,
    )
    requester_name = fields.Char("Requester", compute="_compute_requester_name")
    customer_warning = fields.Text(
        "Doubts about numbers",
        compute="_compute_customer_warning",
        help="Identity numbers and phones that may be mistyped. They are kept.",
    )

    @api.model
    def _clean_text(self, field, value):
        if field.name in EXACT and isinstance(value, str):
            value = without_marks(value)
        return super()._clean_text(field, value)

    @api.depends("requester_id", "partner_id", "requester_firstname", "requester_lastname")
    def _compute_requester_name(self):
        # sudo: as labels in Odoo; whoever sees a case sees whose it is, even if the contact
        # now belongs to another company.
        for case in self.sudo():
            typed = " ".join(filter(None, [case.requester_firstname, case.requester_lastname]))
            case.requester_name = case.requester_id.name or typed or case.partner_id.name

    @api.constrains("requester_identity", "requester_identity_kind")
    def _check_requester_identity(self):
        """Refuse a number without the form of the chosen kind; imported numbers are accepted."""
        context = self.env.context
        if context.get("import_file") or context.get("no_vat_validation"):
            return
        for case in self:
            kind, number = case.requester_identity_kind, case.requester_identity
            if not identity.matches_choice(kind, number):
                kinds = self._fields["requester_identity_kind"]._description_selection(self.env)
                raise ValidationError(
                    self.env._(
                        "%(number)s is no %(kind)s: those look like %(example)s. Check the "
                        "digits. To keep the number as it is, choose another kind, “Foreign "
                        "document”, or none.",
                        number=number,
                        kind=dict(kinds)[kind],
                        example=identity.EXAMPLES[identity.CHOICES[kind]],
                    )
                )

    @api.depends(
        *("partner_id.vat", "partner_id.country_id", "requester_id.vat", "requester_id.country_id"),
        *("requester_identity", "requester_identity_kind", "requester_email", *PHONES),
        *("requester_firstname", "requester_lastname", "partner_id.email", "requester_id.email"),
    )
    @api.depends_context("no_vat_validation")
    def _compute_customer_warning(self):
        for case in self:
            case.customer_warning = "\n".join(filter(None, case._doubts_of_customer())) or False

    def _doubts_of_customer(self):
        """What may be wrong with the numbers of the holder and of the requester, in words."""
        people = (self.partner_id | self.requester_id)._filtered_access("read")
        typed = [person.email for person in people]
        if not self.requester_id:
            typed.append(self.requester_email)
        aliases = self._own_addresses(one for text in typed for one in addresses(text))
        doubts = people._identity_warnings()
        for person in people:
            doubts = [*doubts, *self._doubts_of_email(person.email, aliases)]
        if self.requester_id:
            return doubts
        return [
            *doubts,
            *self._doubts_of_typed_identity(),
            *(self._doubt_of_phone(name) for name in PHONES if self[name]),
            *self._doubts_of_email(self.requester_email, aliases),
        ]

    def _doubts_of_typed_identity(self):
        """Doubts whether the typed number is valid, or belongs to somebody with another name."""
        self.ensure_one()
        if not self._has_plausible_requester_identity():
            number, country = self.requester_identity, self._identity_country()
            yield self.env["res.partner"]._number_warning_text(number, country)
        typed = self._typed_name()
        for partner in self._partners_with_typed_identity() if typed else ():
            if not search_key.is_same_name(partner.name, typed):
                yield self.env._(
                    "%(number)s is the identity number of %(name)s.",
                    number=self.requester_identity,
                    name=partner.name,
                )

    def _doubt_of_phone(self, name):
        """A warning that a typed phone is refused or unusual, empty without any doubt."""
        self.ensure_one()
        number = self[name]
        if number != self._origin[name]:
            try:
                self._format_phone(number)
            except ValidationError as refusal:
                return str(refusal)
        country_code = self._requester_country().code
        main = phone.parted(number, country_code).number
        if phone.is_known(main, country_code):
            return ""
        if phone.is_without_country(main, country_code):
            return self.env._(
                "%s cannot be checked: the company has no country. An administrator enters it in "
                "the company's data, or write the number with + and the code of its country.",
                number,
            )
        return self.env._(
            "%s is not known as a phone number. If it is right, it stays as it is.", number
        )

    def _doubts_of_email(self, typed, aliases):
        """Warnings of addresses to which nothing can be sent, or nothing is.

        :param str typed: the addresses as somebody typed them
        :param set aliases: addresses that are aliases of this system
        """
        for text in not_writable(typed):
            yield self.env._("%s is no e-mail address: nothing can be sent to it.", text)
        for address in addresses(typed):
            if address in aliases:
                yield self.env._(
                    "%s is an address of this system, and not the customer's: nothing is sent "
                    "to it.",
                    address,
                )

    def _has_plausible_requester_identity(self):
        """Whether the typed number may be valid; one with a chosen kind was checked when saved."""
        if self.requester_identity_kind or self.env.context.get("no_vat_validation"):
            return True
        return identity.is_valid(self._identity_country().code, self.requester_identity)

    def _identity_country(self):
        """The country of the typed number: that of its kind, else the requester's."""
        self.ensure_one()
        code, _name = identity.CHOICES.get(self.requester_identity_kind, (None, None))
        return self.env.ref(f"base.{code.lower()}") if code else self._requester_country()

    def _requester_country(self):
        """The most likely country of the requester's numbers."""
        self.ensure_one()
        return (
            self.requester_id.country_id
            or self.partner_id.country_id
            or self.project_id.country_id
            or self.company_id.country_id
        )

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["requester_id", "partner_id"]

    def _mail_get_partners(self, introspect_fields=False):
        """The requester, or else the holder: Odoo's portal has one customer per record.

        Nobody if the requester is only typed: by their link they would act as the holder.
        """
        partners = super()._mail_get_partners(introspect_fields=introspect_fields)
        for case in self:
            partners[case.id] = partners[case.id][: 0 if case._is_typed_requester() else 1]
        return partners

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self._normalize_phones()

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if not vals.keys().isdisjoint(PHONES):
            self._normalize_phones()
