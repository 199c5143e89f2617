from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import phone
from .atencion_case_requester import PHONES


class AtencionCasePhone(models.Model):
    """Cases that are found by the telephone of who asks or of the holder, however it is written.

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
