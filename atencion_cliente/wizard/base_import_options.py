from odoo import api, models
from odoo.exceptions import UserError

# The options of the screen by their type; Odoo fails on others, in the middle of an import.
TYPES = {
    str: (
        "date_format",
        "datetime_format",
        "encoding",
        "float_decimal_separator",
        "float_thousand_separator",
        "quoting",
        "separator",
        "sheet",
    ),
    int: ("limit", "skip"),
    list: ("fields", "import_set_empty_fields", "import_skip_records", "sheets"),
    dict: ("fallback_values", "name_create_enabled_fields"),
}
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names}
# These are one sign, or none.
SIGNS = ("quoting", "separator")
# What Odoo reads without asking whether it is there.
DEFAULTS = {"quoting": '"', "skip": 0}
# What is known of a value to use instead of one that a field does not have.
FALLBACK = ("fallback_value", "field_model", "field_type")


class BaseImportOptions(models.TransientModel):
    """What a program sends with a file of ours: what makes no sense is refused in words."""

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        if not self._is_ours():
            return super().parse_preview(options, count)
        if not _is_whole(count):
            self._refuse_option("count", count)
        return super().parse_preview(self._checked_options(options), count)

    def execute_import(self, fields, columns, options, dryrun=False):
        if not self._is_ours():
            return super().execute_import(fields, columns, options, dryrun)
        for name, names in (("fields", fields), ("columns", columns)):
            if not _are_names(names):
                self._refuse_option(name, names)
        if len(fields) != len(columns):
            self._refuse_option("columns", columns)
        return super().execute_import(fields, columns, self._checked_options(options), dryrun)

    @api.model
    def _checked_options(self, options):
        """The options, without those that say nothing.

        :raise UserError: names the option that has no value of its kind
        """
        if not isinstance(options, dict):
            self._refuse_option("options", options)
        checked = dict(DEFAULTS)
        for name, value in options.items():
            kind = TYPE_OF.get(name)
            if kind and (value is None or value is False or name in DEFAULTS and value == ""):
                continue
            if kind and not _is_of(kind, name, value):
                self._refuse_option(name, value)
            checked[name] = value
        fallbacks = checked.get("fallback_values", {})
        if not all(self._is_fallback(path, value) for path, value in fallbacks.items()):
            self._refuse_option("fallback_values", fallbacks)
        return checked

    @api.model
    def _is_fallback(self, path, value):
        """Whether a model has the field for which a value is used instead."""
        if not (isinstance(path, str) and isinstance(value, dict)):
            return False
        if not all(isinstance(value.get(name), str) for name in FALLBACK):
            return False
        model = self.env.get(value["field_model"])
        field = model is not None and model._fields.get(path.rsplit("/", 1)[-1])
        return field and value["field_type"] in ("boolean", field.type)

    @api.model
    def _refuse_option(self, name, value):
        raise UserError(
            self.env._(
                "“%(value)s” is no value of the option “%(name)s” of an import. Correct it, or "
                "leave the option out.",
                value=ascii(value)[:60],
                name=ascii(name).strip("'")[:60],
            )
        )


def _is_of(kind, name, value):
    """Whether the value of an option is of its kind; in a list are names."""
    if kind is int:
        return _is_whole(value)
    if kind is list:
        # A column without a field has none.
        return _are_names(value) and (name == "fields" or all(value))
    return isinstance(value, kind) and (name not in SIGNS or len(value) < 2)


def _are_names(value):
    return isinstance(value, list) and all(
        isinstance(name, str) or name is False or name is None for name in value
    )


def _is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
