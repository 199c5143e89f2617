from odoo import api, models


class AtencionTracedLine(models.AbstractModel):
    """Lines of configuration, whose changes are logged in the chatter of what they belong to."""

    _name = "atencion.traced.line"
    _description = "Line of configuration with a log of its changes"

    # The field that links to what the line belongs to.
    _traced_parent = None
    # Names of the fields whose changes are logged.
    _traced_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            line._log_change(self.env._("added: %s", line._traced_text()))
        return lines

    def write(self, vals):
        names = [name for name in self._traced_fields if name in vals]
        before = {line: line._traced_text(names) for line in self} if names else {}
        result = super().write(vals)
        for line, text in before.items():
            if text != line._traced_text(names):
                line._log_change(f"{text} → {line._traced_text(names)}")
        return result

    def unlink(self):
        for line in self:
            line._log_change(self.env._("removed: %s", line._traced_text()))
        return super().unlink()

    def _traced_text(self, names=None):
        """The values of some fields, by default of all that are logged, as one text."""
        self.ensure_one()
        line = self.sudo()
        labels = line.fields_get(names or self._traced_fields, ["string"])
        return ", ".join(
            f"{labels[name]['string']}: {self._shown_value(line, name)}"
            for name in names or self._traced_fields
        )

    @api.model
    def _shown_value(self, line, name):
        field, value = line._fields[name], line[name]
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return field.convert_to_export(value, line) or "–"

    def _log_change(self, text):
        # sudo: the parent is named, its access is that of the line.
        parent = self.sudo()[self._traced_parent].sudo(False)
        model = self.env["ir.model"].sudo()._get(self._name).name
        parent._log_line(f"{model} “{self.sudo().display_name}”: {text}")
