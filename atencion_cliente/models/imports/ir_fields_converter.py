from odoo import api, models

from ...tools.typed_number import read, thousands_sign
from ..base.server_context import server_value
from .atencion_refused_rows import import_run

# Of records that a name may mean, as many are named.
MAX_CANDIDATES = 10


class IrFieldsConverter(models.AbstractModel):
    """In our imports a name means one record, and a number is read by the user's language.

    Odoo would take the first of several records.
    """

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        run = import_run(self.env)
        if not run or subfield is not None:
            return super().db_id_for(model, field, subfield, value, savepoint)
        name, comodel = value.strip(), self.env[field.comodel_name]
        found = run.found[comodel._name].get(name)
        if found is None:
            # It may be in an earlier row of the file: those are created first.
            run.create_rows(lambda: self.env.context["import_flush"](model=comodel._name))
            found = self._look_up(comodel, [name]).pop(name)
        if len(found) > 1:
            raise self._ambiguous_name(field, name, found)
        if not found:
            return super().db_id_for(model, field, subfield, name, savepoint)
        return found.id, []

    @api.model
    def _str_to_float(self, model, field, value, savepoint):
        # The import screen has read the numbers of its file already.
        is_read = server_value(self.env, "atencion_numbers_read")
        if import_run(self.env) and isinstance(value, str) and not is_read:
            number, word = read(value, self._thousands_sign()) or ("", "")
            if word or not number:
                raise self._format_import_error(
                    ValueError,
                    self.env._(
                        "“%s” in field '%%(field)s' is not a number. Write it without its unit."
                    ),
                    value,
                )
            value = number
        return super()._str_to_float(model, field, value, savepoint)

    @api.model
    def _thousands_sign(self):
        """The sign between thousands in the language of the user, empty if there is none."""
        language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return thousands_sign(language.thousands_sep or "", language.grouping or "")

    @api.model
    def _look_up(self, model, names):
        """Look up the records that names mean, and keep them for the import.

        :return: the records of the model that are known so far, by name
        :rtype: dict[str, models.Model]
        """
        known = import_run(self.env).found[model._name]
        if issubclass(self.pool[model._name], self.pool["atencion.reference"]):
            known.update(model._find_named(names))
        else:
            for name in names:
                pairs = model.name_search(name, operator="=")
                known[name] = model.browse([record_id for record_id, _name in pairs])
        return known

    @api.model
    def _ambiguous_name(self, field, name, found):
        named = issubclass(self.pool[found._name], self.pool["atencion.reference"])
        shown = found[:MAX_CANDIDATES]
        candidates = shown._candidates() if named else shown.mapped("display_name")
        return self._format_import_error(
            ValueError,
            self.env._(
                "%(column)s: “%(name)s” may be any of %(count)s: %(candidates)s. "
                "Write instead the one that is meant."
            ),
            {
                # Odoo's own name of it would have the English label of a line's field.
                "column": field._description_string(self.env),
                "name": name,
                "count": len(found),
                "candidates": ", ".join(candidates),
            },
            {"value": name},
        )
