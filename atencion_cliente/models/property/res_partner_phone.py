from odoo import api, models

from ...tools import phone
from ...tools.visible_text import without_marks


class ResPartnerPhone(models.Model):
    """Telephones of contacts keep the words that somebody typed beside the number."""

    _inherit = "res.partner"

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Format the number alone: Odoo turns “interno 12” into “ext. 12”, “(casa)” into digits."""
        text = self.phone or ""
        typed = self._phone_parts(text)
        if typed.number == text or not self.env.user.has_group("atencion_cliente.group_user"):
            return super()._onchange_phone_validation()
        formatted = typed.number and self._phone_format(
            number=typed.number, force_format="INTERNATIONAL"
        )
        self.phone = typed.with_number(formatted) if formatted else without_marks(text)
        return None

    def _phone_format(
        self,
        fname=False,
        number=False,
        country=False,
        force_format="E164",
        raise_exception=False,
    ):
        """The number by which a contact is found and called is that of the first of a text."""
        text = (not number and fname and self[fname]) or number or ""
        typed = self._phone_parts(text, country)
        if force_format == "E164" and typed.number != text:
            number = typed.number
            if not number:
                return False
        return super()._phone_format(
            fname=fname,
            number=number,
            country=country,
            force_format=force_format,
            raise_exception=raise_exception,
        )

    def _phone_parts(self, text, country=False):
        """The number in a text and its words, by the country that Odoo takes for a number."""
        typed = phone.parted(text)
        if not typed.before:
            # Nobody needs its country, which may cost a statement.
            return typed
        if not country and len(self) == 1:
            country = self._phone_get_country().get(self.id)
        return phone.parted(text, (country or self.env.company.country_id).code)
