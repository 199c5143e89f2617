from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools import visible_text
from ...tools.field_value import fits, may_be_shown
from ...tools.safe_html import safe_html

# Longest text of each type of field, in characters.
LONGEST = {"char": 500, "text": 100_000, "html": 3_000_000}


class AtencionInput(models.AbstractModel):
    """Values as they come from a form, an import or another program.

    * A value that its field cannot hold is refused in words, before anything uses it.
    * A text that shows nothing is no text; a megabyte is no subject.
    * HTML stays in its place on the page (``tools.safe_html``).

    It comes first of what a model inherits, so that everything else gets clean values.
    """

    _name = "atencion.input"
    _description = "Input of clients"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._read_input(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._read_input(vals))

    def onchange(self, values, field_names, fields_spec):
        if not isinstance(values, dict) or not isinstance(fields_spec, dict):
            raise UserError(self.env._("Values are given by the names of fields."))
        for name, value in values.items():
            field = self._fields.get(name)
            if field and not self._may_be_shown(field, value):
                self._refuse_value(field, value)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _may_be_shown(self, field, value):
        known = self.env[field.comodel_name]._fields if isinstance(value, dict) else {}
        return may_be_shown(field.type, value) and (not known or value.keys() <= known.keys())

    @api.model
    def _read_input(self, vals):
        """Values that fields can hold, with clean texts.

        :raise UserError: says which value is wrong, and why
        """
        if not isinstance(vals, dict):
            raise UserError(self.env._("Values are given by the names of fields."))
        return {name: self._read_value(name, value) for name, value in vals.items()}

    @api.model
    def _read_value(self, name, value):
        field = self._fields.get(name)
        if field is None:
            raise UserError(
                self.env._(
                    "%(model)s has no field “%(name)s”.",
                    model=self._description,
                    name=ascii(name)[:60],
                )
            )
        if not fits(field.type, value) or not self._is_choice(field, value):
            self._refuse_value(field, value)
        return self._read_text(field, value) if field.type in LONGEST else value

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
    def _is_choice(self, field, value):
        return field.type != "selection" or not value or value in field.get_values(self.env)

    @api.model
    def _read_text(self, field, value):
        """A text without what nobody sees; False if nothing is left of it."""
        if isinstance(value, str):
            text = visible_text.REFUSED.sub("", value)
            self._refuse_long(field, text)
            if field.type == "html" and field.sanitize:
                text = safe_html(text, field.sanitize_output_method)
            is_blank = visible_text.is_blank_html if field.type == "html" else visible_text.is_blank
            if not is_blank(text):
                # What is marked as HTML stays so.
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
    def _refuse_long(self, field, text):
        longest = LONGEST[field.type]
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
