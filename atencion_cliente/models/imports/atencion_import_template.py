import io
import re

from odoo import api, models

from ...tools.import_workbook import ImportColumn, TemplateTexts, write_template

TEMPLATE_URL = "/atencion_cliente/import_template"
KINDS = {"date": "date", "datetime": "datetime", "integer": "integer", "float": "number"}
# A longer drop-down list is of no use.
MAX_CHOICES = 200


class AtencionImportTemplate(models.AbstractModel):
    """An Excel workbook to fill and import, in the language of the user.

    Its headers are the labels of the fields. Odoo's import recognises them
    (``base_import.import``), so that the user has no column to assign by hand.
    """

    _name = "atencion.import.template"
    _description = "Excel template of an import"

    @api.model
    def _import_title(self):
        """The title of the worksheet: its records, in the plural."""
        return self._description

    @api.model
    def _import_columns(self):
        """The columns of the template, in order: a hint for each path of fields.

        :rtype: dict[str, str]
        """
        return {}

    @api.model
    def _import_rules(self):
        """Instructions for filling this template, besides those of all templates."""
        return []

    @api.model
    def get_import_templates(self):
        return self._import_template_links()

    @api.model
    def _import_template_links(self):
        return [
            {
                "label": self.env._("Import template: %s", self._import_title()),
                "template": f"{TEMPLATE_URL}/{self._name}",
            }
        ]

    @api.model
    def _import_headers(self):
        """The path of fields that each header of the template stands for.

        :rtype: dict[str, str]
        """
        return {self._import_header(path): path for path in self._import_columns()}

    @api.model
    def _import_path(self, header):
        """The path of fields that a header of a template stands for, in the user's language.

        :rtype: str | None
        """
        written = re.sub(r"\s*/\s*", " / ", header.strip())
        for lang in (self.env.lang, "en_US"):
            path = self.with_context(lang=lang)._import_headers().get(written)
            if path:
                return path
        return None

    @api.model
    def _import_header(self, path):
        labels, model = [], self
        for name in path.split("/"):
            labels.append(model.fields_get([name], ["string"])[name]["string"])
            field = model._fields[name]
            model = self.env[field.comodel_name] if field.relational else None
        return " / ".join(labels)

    @api.model
    def _import_template(self):
        """The workbook to fill.

        :rtype: bytes
        """
        stream = io.BytesIO()
        write_template(
            stream,
            [self._import_column(path, hint) for path, hint in self._import_columns().items()],
            TemplateTexts(
                title=self._import_title(),
                instructions=self.env._("Instructions"),
                lists=self.env._("Lists"),
                rules=[
                    self.env._(
                        "Fill in the first worksheet, one row per record, and leave its header as "
                        "it is. Required columns are red."
                    ),
                    self.env._(
                        "In Odoo: the gear of the list, Import records, and upload the file. "
                        "“Test” shows what is wrong, row by row. A wrong row loads nothing."
                    ),
                    self.env._(
                        "The order: projects, blocks, units, contacts, contracts, cases. An import "
                        "notifies nobody: no notice and no mail is sent."
                    ),
                    *self._import_rules(),
                ],
                headings=[
                    self.env._("Column"),
                    self.env._("Required"),
                    self.env._("How to fill it"),
                ],
                yes=self.env._("Yes"),
            ),
        )
        return stream.getvalue()

    @api.model
    def _import_column(self, path, hint):
        *parents, name = path.split("/")
        model = self
        for parent in parents:
            model = self.env[model._fields[parent].comodel_name]
        field = model._fields[name]
        choices = self._import_choices(model, field)
        if field.type == "selection":
            hint = " ".join(filter(None, [hint, self.env._("One of: %s.", ", ".join(choices))]))
        elif not hint:
            hint = {
                "date": self.env._("A date."),
                "datetime": self.env._("A date and time, in your time zone."),
                "float": self.env._("A number."),
            }.get(field.type, "")
        return ImportColumn(
            self._import_header(path),
            KINDS.get(field.type, "text"),
            not parents and bool(field.required and not field.default and not field.compute),
            hint,
            choices,
        )

    @api.model
    def _import_choices(self, model, field):
        """The values of the drop-down list of a column, none if there are too many."""
        if field.type == "selection":
            return [label for _value, label in field._description_selection(self.env)]
        if field.type == "boolean":
            return [self.env._("Yes"), self.env._("No")]
        if field.type != "many2one" or not field.comodel_name.startswith("atencion."):
            return []
        records = self.env[field.comodel_name].search([], limit=MAX_CHOICES + 1)
        if len(records) > MAX_CHOICES:
            return []
        named = issubclass(self.pool[records._name], self.pool["atencion.reference"])
        return [record._reference() if named else record.display_name for record in records]
