from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.atencion_cliente.tools import identity


class L10nLatamIdentificationType(models.Model):
    """Checks identity numbers by the type of the document."""

    _inherit = "l10n_latam.identification.type"

    def _names_a_document(self):
        """Whether it is a specific document, and not the tax number of any country."""
        self.ensure_one()
        return bool(self.country_id) or not self.is_vat

    def _identity_kind(self):
        """The kind of identity number (``tools.identity``) that the type is, or None."""
        self.ensure_one()
        # Kinds are known by the untranslated name.
        return identity.kind_called(self.country_id.code, self.with_context(lang=None).name)

    def _may_be(self, number):
        """Whether a number may be of the type; of types of no known kind every number may be."""
        self.ensure_one()
        return identity.is_of_kind(self.country_id.code, self._identity_kind(), number)

    def _doubt_of_number(self, number):
        """The message about a number that is not of the type."""
        self.ensure_one()
        kind = self._identity_kind()
        country = None if kind == identity.PASSPORT else self.country_id.code
        return self.env._(
            "%(number)s is not a number of the type %(type)s: those look like %(example)s. "
            "Check the digits, or choose the type that it is of.",
            number=number,
            type=self.display_name,
            example=identity.EXAMPLES[country, kind],
        )

    def _raise_on_wrong_number(self, number):
        """Refuse a number that is not of the type, unless the context skips the check.

        :raise ValidationError: the number is not of the type
        """
        context = self.env.context
        if context.get("import_file") or context.get("no_vat_validation"):
            return
        if not self._may_be(number):
            raise ValidationError(self._doubt_of_number(number))

    @api.model
    def _find_for(self, country, number):
        """The type of a country that fits a number; it may be empty."""
        kind = identity.kind_name(country.code, number)
        if not kind:
            return self.browse()
        types = self.search([("country_id", "=", country.id)])
        return types.filtered(lambda known: known._identity_kind() == kind)[:1]
