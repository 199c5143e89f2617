from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.atencion_cliente.tools import identity


class L10nLatamIdentificationType(models.Model):
    """A type tells which kind of number a person has to give."""

    _inherit = "l10n_latam.identification.type"

    def _names_a_document(self):
        """Whether the type says more than that a number is some country's tax number."""
        self.ensure_one()
        return bool(self.country_id) or not self.is_vat

    def _identity_kind(self):
        """The kind of its country that the type is, or none: a passport, for instance."""
        self.ensure_one()
        # Kinds are known by the name in the source, however users read it.
        return identity.kind_called(self.country_id.code, self.with_context(lang=None).name)

    def _raise_on_wrong_number(self, number):
        """Refuse a number that is none of the type; imported data only keeps it.

        :raise ValidationError: says what the type expects
        """
        self.ensure_one()
        if self.env.context.get("import_file"):
            return
        kind = self._identity_kind()
        if identity.is_of_kind(self.country_id.code, kind, number):
            return
        if kind:
            raise ValidationError(
                self.env._(
                    "%(number)s is not a number of the type %(type)s: those look like "
                    "%(example)s. Check the digits, or choose the type that it is of.",
                    number=number,
                    type=self.display_name,
                    example=identity.EXAMPLES[self.country_id.code, kind],
                )
            )
        raise ValidationError(
            self.env._(
                "%(number)s is not a number of the type %(type)s: those have 4 to 20 letters "
                "and digits. Check it, or choose the type that it is of.",
                number=number,
                type=self.display_name,
            )
        )

    @api.model
    def _find_for(self, country, number):
        """The type of a country that a number most likely is of."""
        kind = identity.kind_name(country.code, number)
        if not kind:
            return self.browse()
        types = self.search([("country_id", "=", country.id)])
        return types.filtered(lambda known: known._identity_kind() == kind)[:1]
