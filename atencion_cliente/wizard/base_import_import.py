from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models.base.server_context import server_value, with_server_value
from ..tools import import_headers, typed_date, typed_number
from .base_import_reading import POINT, Samples

# The option by which the screen says that somebody has chosen the signs of numbers.
CHOSEN = "atencion_signs_chosen"


class FileReading:
    """The rows of a file, once they are read."""

    def __init__(self):
        self.rows = []


class BaseImportImport(models.TransientModel):
    """Odoo's import screen, which reads dates and numbers as their language writes them.

    Where the file itself shows another order of dates, or other signs of numbers, the file
    counts; what somebody has chosen in the screen always does. How a file is read is
    ``base_import_reading.py``, and what the screen shows of it ``base_import_examples.py``.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        """Begin with the dates and numbers of the language, and show how they are read.

        :param dict options: of the screen
        :param int count: of the rows that are shown
        """
        if not self._is_ours():
            return super().parse_preview(options, count)
        if options.items() >= POINT.items() and not options.get(CHOSEN):
            # Nobody has chosen them: the file and the language do.
            options = {name: value for name, value in options.items() if name not in POINT}
        is_open = "float_decimal_separator" not in options
        reading = FileReading()
        screen = with_server_value(self, "atencion_file_reading", reading)
        result = super(BaseImportImport, screen).parse_preview(options, count)
        if "error" not in result:
            samples = self._samples_of_preview(reading.rows, result, options)
            for name in POINT if is_open else ():
                options.pop(name, None)
            self._settle(options, samples)
            result["atencion_reading"] = self._examples(options, samples, reading.rows)
        return result

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

    def _read_file(self, options):
        content = super()._read_file(options)
        reading = server_value(self.env, "atencion_file_reading")
        if reading is not None:
            if options.get("has_headers") and len(content[1]) == 1:
                raise ImportValidationError(
                    self.env._(
                        "The file has a row of headers, and no other row: nothing to import."
                    )
                )
            # Odoo guesses the signs of numbers that no option says.
            for name, sign in self._signs_of(self._language_decimal()).items():
                options.setdefault(name, sign)
            reading.rows = content[1]
        return content

    def _convert_import_data(self, fields, options):
        data, import_fields = super()._convert_import_data(fields, options)
        if self._is_ours():
            types = [self._type_of(path.split("/")) for path in import_fields]
            self._settle(options, Samples.of(data, types))
        return data, import_fields

    @api.model
    def _settle(self, options, samples):
        """Complete the options: the order of dates and the signs of numbers that nobody chose."""
        if not (options.get("date_format") or options.get("datetime_format")):
            day_first = typed_date.day_first(samples.dates, self._language_day_first())
            written = (typed_date.format_of(text, day_first) for text in samples.dates)
            found = next(filter(None, written), "")
            if found:
                options |= {"date_format": found, "datetime_format": f"{found} %H:%M:%S"}
        if "float_decimal_separator" not in options:
            shown = typed_number.decimal_sign(samples.numbers)
            options |= self._signs_of(shown or self._language_decimal())

    @api.model
    def _signs_of(self, decimal):
        """The signs of numbers with a decimal sign, as options of the screen."""
        thousands = self.env["ir.fields.converter"]._thousands_sign()
        if decimal != self._language_decimal() or thousands == decimal:
            thousands = "," if decimal == "." else "."
        return {"float_thousand_separator": thousands, "float_decimal_separator": decimal}

    @api.model
    def _language_decimal(self):
        return self._language().decimal_point or "."

    @api.model
    def _language_day_first(self):
        return typed_date.order_of(self._language().date_format) is not False

    @api.model
    def _language(self):
        return self.env["res.lang"]._get_data(code=self.env.lang or "en_US")

    def _samples_of_preview(self, rows, result, options):
        """What is typed in the columns of dates and of numbers, as the screen maps them."""
        matches, guesses = result["matches"] or {}, result["header_types"] or []
        types = [
            self._type_of(matches[index]) if index in matches else _guessed_type(guesses, index)
            for index in range(len(rows[0]))
        ]
        return Samples.of(rows[1:] if options.get("has_headers") else rows, types)

    def _type_of(self, path):
        """The type of the field that a path leads to; empty for the id of a record."""
        field = self._field_of(path)
        return field.type if field else ""

    def _field_of(self, path):
        """The field that a path leads to; None for the id of a record."""
        model, field = self.env[self.res_model], None
        for name in path:
            field = model._fields.get(name)
            if field is None:
                return None
            model = self.env[field.comodel_name] if field.relational else model
        return field

    def _get_mapping_suggestion(self, header, fields_tree, header_types, mapping_fields):
        """Map each header of a template, or another name of it, to the field that is meant.

        Odoo would read a label with a slash, such as “Holder / account”, as a path of fields.
        """
        if self._is_ours():
            path = self.env[self.res_model]._import_path(header)
            # The distance of a mapping that the user saved, which has priority.
            distance = -1
            if not path and header.lower() not in mapping_fields:
                path, distance = import_headers.path_of(self.res_model, header), 0
            # Odoo also asks for the parts of a path, within the fields of its first part.
            if path and any(field["name"] == path.split("/")[0] for field in fields_tree):
                return {"field_path": path.split("/"), "distance": distance}
        return super()._get_mapping_suggestion(header, fields_tree, header_types, mapping_fields)

    def _is_ours(self):
        """Whether a model of ours is imported, or contacts by a user of ours."""
        model = self.pool.get(self.res_model)
        if model is None or not issubclass(model, self.pool["atencion.import.template"]):
            return False
        return self.res_model.startswith("atencion.") or self.env.user.has_group(
            "atencion_cliente.group_user"
        )


def _guessed_type(guesses, index):
    """The type of a column that is mapped to no field: a date, a number, or another one."""
    types = guesses[index] if index < len(guesses) else ()
    return next((name for name in ("datetime", "float") if name in types), "")
