from odoo import api, models

from ...tools import phone


class ResPartnerPhone(models.Model):
    """Telephones of contacts keep the words that somebody typed beside the number."""

    _inherit = "res.partner"

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Format the number alone: Odoo turns “interno 12” into “ext. 12”, “(casa)” into digits."""
        typed = phone.parted(self.phone or "")
        is_ours = self.env.user.has_group("atencion_cliente.group_user")
        if not is_ours or not (typed.before or typed.after):
            return super()._onchange_phone_validation()
        formatted = self._phone_format(number=typed.number, force_format="INTERNATIONAL")
        if formatted:
            self.phone = typed.with_number(formatted)
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
        typed = phone.parted((not number and fname and self[fname]) or number or "")
        if force_format == "E164" and (typed.before or typed.after):
            number = typed.number
        return super()._phone_format(
            fname=fname,
            number=number,
            country=country,
            force_format=force_format,
            raise_exception=raise_exception,
        )
