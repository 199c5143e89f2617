from odoo import models


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    def _get_mapping_suggestion(self, header, fields_tree, header_types, mapping_fields):
        """Map each header of a template to the field that it was written for.

        Odoo would read a label with a slash, such as “Holder / account”, as a path of fields.
        """
        model = self.env[self.res_model]
        if issubclass(self.pool[model._name], self.pool["atencion.import.template"]):
            for lang in (self.env.lang, "en_US"):
                path = model.with_context(lang=lang)._import_headers().get(header.strip())
                if path:
                    # The distance of a mapping that the user saved, which has priority.
                    return {"field_path": path.split("/"), "distance": -1}
        return super()._get_mapping_suggestion(header, fields_tree, header_types, mapping_fields)
