import re

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models.base.server_context import with_server_value
from ..tools.typed_number import with_point

# The signs of numbers that are written with a decimal point. Odoo's screen begins with them.
POINT = {"float_thousand_separator": ",", "float_decimal_separator": "."}


# A number as people type it, perhaps with a currency beside it.
_NUMBER = re.compile(r"\d(?:[\d.,' \u00a0\u202f]*\d)?")


class BaseImportImport(models.TransientModel):
    """Odoo's import screen, which reads numbers as people write them.

    A file of text has the signs of the language of the user: the screen shows them, and who
    imports may choose others. Sheets give their numbers with a decimal point. A sign that cannot
    group thousands is the decimal sign, whatever was chosen: “80,5” is no 805.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        """Begin with the signs of numbers of the language, and not with a decimal point.

        :param dict options: of the screen
        :param int count: of the rows that are shown
        """
        if self._is_ours() and options.items() >= POINT.items():
            # Nobody has chosen them: the file and the language do.
            options = {name: value for name, value in options.items() if name not in POINT}
        return super().parse_preview(options, count)

    def _read_csv(self, options):
        if self._is_ours():
            for name, sign in self._signs_of_language().items():
                options.setdefault(name, sign)
        return super()._read_csv(options)

    def _read_file(self, options):
        content = super()._read_file(options)
        if self._is_ours():
            for name, sign in POINT.items():
                options.setdefault(name, sign)
        return content

    @api.model
    def _signs_of_language(self):
        """The signs of numbers in the language of the user, as options of the screen."""
        language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return {
            "float_thousand_separator": self.env["ir.fields.converter"]._thousands_sign(),
            "float_decimal_separator": language.decimal_point or ".",
        }

    def execute_import(self, fields, columns, options, dryrun=False):
        """Tell the import of ours that its numbers have been read, as the screen shows them.

        :param list fields: the field of each column, or ``False``
        :param list columns: the headers
        :param dict options: of the screen
        :param bool dryrun: whether nothing is kept
        """
        if not self._is_ours():
            return super().execute_import(fields, columns, options, dryrun)
        read = with_server_value(self, "atencion_numbers_read", True)
        return super(BaseImportImport, read).execute_import(fields, columns, options, dryrun)

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
        if not self._is_ours():
            return super()._parse_float_from_data(data, index, name, options)
        thousands = options.get("float_thousand_separator") or ""
        for line in data:
            typed = line[index]
            line[index] = _NUMBER.sub(lambda found: with_point(found[0], thousands), typed, count=1)
            try:
                super()._parse_float_from_data([line], index, name, options | POINT)
            except ImportValidationError as error:
                raise self._no_number(name, typed) from error
        return None

    def _no_number(self, path, typed):
        """The refusal of what is no number, as the file has it, and by the column's header."""
        return ImportValidationError(
            self.env._(
                "Column “%(column)s”: “%(value)s” is not a number. Write it without its unit.",
                column=self.env[self.res_model]._import_header(path),
                value=typed.strip(),
            ),
            field=path,
        )

    def _is_ours(self):
        model = self.pool.get(self.res_model)
        return model is not None and issubclass(model, self.pool["atencion.import.template"])
