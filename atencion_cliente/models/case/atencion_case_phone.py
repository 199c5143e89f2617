from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import phone
from ...tools.visible_text import without_marks
from .atencion_case_requester import PHONES


class AtencionCasePhone(models.Model):
    """Telephones of who asks, stored in one format, and cases that are found by them or by that of
    the holder, however it is written.

    The numbers that were typed are stored as digits with an index; those of contacts are searched
    among the contacts, as Odoo does.
    """

    _inherit = "atencion.case"

    phone_key = fields.Char(
        "Phones (search key)",
        compute="_compute_phone_key",
        store=True,
        precompute=True,
        index="trigram",
        groups="base.group_user",
        help="The digits of the phones of the requester.",
    )
    phone_search = fields.Char(
        "Phone of the requester or holder",
        search="_search_phone",
        store=False,
        copy=False,
        groups="base.group_user",
        help="In any notation, with or without the code of its country.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"phone_key"}

    @api.depends(*PHONES)
    def _compute_phone_key(self):
        for case in self:
            case.phone_key = phone.search_key(*(case[name] for name in PHONES)) or False

    @api.model
    def _search_phone(self, operator, value):
        if operator not in ("ilike", "in"):
            return NotImplemented
        texts = [value] if operator == "ilike" else value
        return Domain.OR(self._phone_domain(text) for text in texts if isinstance(text, str))

    @api.model
    def _phone_domain(self, text):
        """The domain of the cases with a telephone; of none if the text is no telephone."""
        countries = self.env.companies.country_id.mapped("code") or [None]
        readings = dict.fromkeys(
            digits for country in countries for digits in phone.search_digits(text, country)
        )
        if not readings:
            return Domain.FALSE
        contacts = self.env["res.partner"].with_context(active_test=False)
        # Odoo would take two zeros at the beginning for those before the code of a country.
        found = contacts.search(
            Domain.OR(Domain("phone_mobile_search", "ilike", f"%{digits}") for digits in readings)
        )
        return Domain.OR(
            [
                *(Domain("phone_key", "ilike", digits) for digits in readings),
                Domain("requester_id", "in", found.ids),
                Domain("partner_id", "in", found.ids),
            ]
        )

    def _normalize_phones(self, names=PHONES):
        """Store phones as E.164, so that they are found however they were typed.

        :raise ValidationError: a phone is not valid in its country; imported data is
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
        """A phone as E.164, with the words around it as they were typed.

        Marks that nobody sees are left out; they come along when a number is copied.
        """
        self.ensure_one()
        number, country = without_marks(number), self._requester_country()
        typed = phone.parted(number, country.code)
        try:
            formatted = self._phone_format(
                number=typed.number, country=country, raise_exception=True
            )
        except UserError:
            # Perhaps a prefix too new to be known: it has the length of a mobile number.
            formatted = phone.possible_mobile(typed.number, country.code)
        if formatted:
            return typed.with_number(formatted)
        is_kept = phone.is_without_country(typed.number, country.code)
        if is_kept or self.env.context.get("import_file"):
            return number
        raise ValidationError(self._phone_refusal(number, country))

    def _phone_refusal(self, number, country):
        """Why a phone is refused, and how to write it."""
        if not country:
            return self.env._(
                "%s is not a phone number. Write it with + and the code of its country, for "
                "the company has no country.",
                number,
            )
        return self.env._(
            "%(number)s is not a phone number of %(country)s. Write it with its "
            "area code, or with + and the code of another country.",
            number=number,
            country=country.name,
        )
