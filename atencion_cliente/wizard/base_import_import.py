from odoo import models

from ..tools.typed_number import with_point

# What numbers have once they are written with a decimal point.
POINT = {"float_thousand_separator": ",", "float_decimal_separator": "."}


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    def _get_mapping_suggestion(self, header, fields_tree, header_types, mapping_fields):
        """Map each header of a template to the field that it was written for.

        Odoo would read a label with a slash, such as “Holder / account”, as a path of fields.
        """
        model = self.env[self.res_model]
        if self._is_ours():
            for lang in (self.env.lang, "en_US"):
                path = model.with_context(lang=lang)._import_headers().get(header.strip())
                if path:
                    # The distance of a mapping that the user saved, which has priority.
                    return {"field_path": path.split("/"), "distance": -1}
        return super()._get_mapping_suggestion(header, fields_tree, header_types, mapping_fields)

    def _parse_float_from_data(self, data, index, name, options):
        """Read a decimal comma: Odoo would take “80,5” for 805 with the settings of its screen."""
        if self._is_ours():
            for line in data:
                line[index] = with_point(line[index])
            options = options | POINT
        return super()._parse_float_from_data(data, index, name, options)

    def _is_ours(self):
        return issubclass(self.pool[self.res_model], self.pool["atencion.import.template"])
