from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools import visible_text
from ...tools.field_value import is_displayable, is_storable
from ...tools.safe_html import safe_html

# Maximum length of a text by type of field, in characters.
MAX_LENGTH = {"char": 500, "text": 100_000, "html": 3_000_000}


class AtencionInput(models.AbstractModel):
    """Checks and cleans the values that a form, an import or another program sends.

    * A value that its field cannot store is refused with a message that names the field.
    * A text without visible characters is stored as empty; a text that is too long is refused.
    * HTML cannot cover other parts of the page (``tools.safe_html``).

    Models inherit it first, so that all other code gets clean values.
    """

    _name = "atencion.input"
    _description = "Input of clients"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_input(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_input(vals))

    def onchange(self, values, field_names, fields_spec):
        if not isinstance(values, dict) or not isinstance(fields_spec, dict):
            raise UserError(self.env._("Values are given by the names of fields."))
        for name, value in values.items():
            field = self._fields.get(name)
            if field and not self._is_displayable(field, value):
                self._refuse_value(field, value)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _is_displayable(self, field, value):
        is_record = field.relational and isinstance(value, dict)
        known = self.env[field.comodel_name]._fields if is_record else {}
        return is_displayable(field.type, value) and (not known or value.keys() <= known.keys())

    @api.model
    def _clean_input(self, vals):
        """Check values against the types of their fields, and clean their texts.

        :param dict vals: values by field name
        :return: the cleaned values
        :raise UserError: names the field and the value that it cannot store
        """
        if not isinstance(vals, dict):
            raise UserError(self.env._("Values are given by the names of fields."))
        return {name: self._clean_value(name, value) for name, value in vals.items()}

    @api.model
    def _clean_value(self, name, value):
        field = self._fields.get(name)
        if field is None:
            raise UserError(
                self.env._(
                    "%(model)s has no field “%(name)s”.",
                    model=self._description,
                    name=ascii(name)[:60],
                )
            )
        if not is_storable(field.type, value) or not self._is_in_selection(field, value):
            self._refuse_value(field, value)
        return self._clean_text(field, value) if field.type in MAX_LENGTH else value

    @api.model
    def _refuse_value(self, field, value):
        raise ValidationError(
            self.env._(
                "%(field)s cannot be “%(value)s”. Correct the value.",
                field=field._description_string(self.env),
                value=visible_text.REFUSED.sub("?", str(value))[:60],
            )
        )

    @api.model
    def _is_in_selection(self, field, value):
        return field.type != "selection" or not value or value in field.get_values(self.env)

    @api.model
    def _clean_text(self, field, value):
        """Remove the characters that a text may not have; False if nothing visible is left.

        :raise ValidationError: the text is too long, or empty in a required field
        """
        if isinstance(value, str):
            text = visible_text.REFUSED.sub("", value)
            self._check_length(field, text)
            if field.type == "html" and field.sanitize:
                text = safe_html(text, field.sanitize_output_method)
            is_blank = visible_text.is_blank_html if field.type == "html" else visible_text.is_blank
            if not is_blank(text):
                # The type is kept: a ``Markup`` stays a ``Markup``.
                return value if text == value else type(value)(text)
            if field.required:
                raise ValidationError(
                    self.env._(
                        "%s is empty. Write something that can be read.",
                        field._description_string(self.env),
                    )
                )
            return False
        return value

    @api.model
    def _check_length(self, field, text):
        longest = MAX_LENGTH[field.type]
        if len(text) > longest:
            raise ValidationError(
                self.env._(
                    "%(field)s has %(count)s characters, and may have %(longest)s. Shorten it, "
                    "or attach it as a file.",
                    field=field._description_string(self.env),
                    count=len(text),
                    longest=longest,
                )
            )
