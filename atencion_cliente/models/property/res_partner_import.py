from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import identity, search_key
from ...tools.identity_zeros import with_zeros
from ..base.public_method import ROWS, TEXTS, public
from ..base.server_context import server_value, with_server_value
from ..imports.atencion_refused_rows import RowsRun


class ResPartner(models.Model):
    """Contacts that users of ours import: each person once.

    A new row with the identity number and the name of a contact that is there is refused, also
    if the number of the row lacks its first zeros. Two people may share a number, as spouses do
    in some lists. Other users import contacts as Odoo does.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "atencion.refused.rows"]

    @api.model
    @public(fields=TEXTS, data=ROWS)
    def load(self, fields, data):
        if self.env.su or not self.env.user.has_group("atencion_cliente.group_user"):
            return super().load(fields, data)
        importer = with_server_value(self, "atencion_contact_import", RowsRun())
        return super(ResPartner, importer).load(fields, data)

    @api.model
    def _rows_run(self):
        return server_value(self.env, "atencion_contact_import")

    @api.model
    def _row_checks(self, vals_list):
        return [*super()._row_checks(vals_list), self._known_check(vals_list)]

    @api.model
    def _known_check(self, vals_list):
        """A check of new rows that refuses who is there, or in a row above."""
        keys = {key for vals in vals_list for key in self._row_identities(vals)}
        companies = {self._row_company(vals) for vals in vals_list}
        found = self.search_fetch(
            [
                ("identity_normalized", "in", list(keys)),
                ("company_id", "in", [False, *companies]),
            ],
            ["name", "identity_normalized", "company_id"],
        )
        known = {
            (partner.identity_normalized, search_key.key(partner.name), partner.company_id.id)
            for partner in found
        }

        def check(values):
            name = search_key.key(values.get("name"))
            own = self._row_identities(values)
            places = (False, self._row_company(values))
            if any((number, name, place) in known for number in own for place in places):
                raise ValidationError(
                    self.env._(
                        "%(name)s with the number %(number)s is there already. Take the row "
                        "out of the file; what is to change, change it in the contact.",
                        name=values["name"],
                        number=values["vat"],
                    )
                )
            known.update((number, name, values.get("company_id") or False) for number in own)

        return check

    @api.model
    def _row_identities(self, values):
        """The keys of the number of a row, as it is and with the zeros it may have lost."""
        own = self.env["res.country"].browse(values.get("country_id") or ())
        number, country = values.get("vat"), own or self.env.company.country_id
        numbers = (number, with_zeros(country.code, number))
        return {key for key in (identity.normalize(n, own.code) for n in numbers) if key}

    @api.model
    def _row_company(self, values):
        """The company whose contacts a row is compared with, besides those of none."""
        return values.get("company_id") or self.env.company.id

    @api.model
    def get_import_templates(self):
        """The template of ours alone: Odoo's is in English, and has none of the columns."""
        if not self.env.user.has_group("atencion_cliente.group_user"):
            return super().get_import_templates()
        return self._import_template_links()

    @api.model
    def _import_title(self):
        return self.env._("Contacts")

    @api.model
    def _import_header(self, path):
        # As the screens call it: Odoo's own label is about taxes.
        return self.env._("Identity number") if path == "vat" else super()._import_header(path)

    @api.model
    def _import_columns(self):
        return {
            "vat": self.env._(
                "Identity number: DNI, RUC, cédula, RIF, RUT. It names the person in the "
                "templates of contracts and cases."
            ),
            "name": "",
            "is_company": "",
            "country_id": self.env._("Its name, or its code of two letters."),
            "phone": "",
            "email": "",
            "street": "",
            "city": "",
        }
