from odoo import api, models

from .shown_values import shown_values


class AtencionTracedLine(models.AbstractModel):
    """Lines of configuration, whose changes are logged in the chatter of what they belong to.

    A line that moves is logged as removed where it was, and as added where it goes.
    """

    _name = "atencion.traced.line"
    _description = "Line of configuration with a log of its changes"

    # The field that links to what the line belongs to.
    _traced_parent = None
    # Names of the fields whose changes are logged.
    _traced_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._log_added()
        return lines

    def write(self, vals):
        moved = self._moved_by(vals)
        names = [name for name in self._traced_fields if name in vals]
        before = {line: line._traced_text(names) for line in self - moved} if names else {}
        left = [(line._traced_owner(), line._removed_text()) for line in moved]
        result = super().write(vals)
        for owner, text in left:
            owner._log_line(text)
        moved._log_added()
        for line, text in before.items():
            now = line._traced_text(names)
            if text != now:
                line._traced_owner()._log_line(line._change_text(f"{text} → {now}"))
        return result

    def unlink(self):
        for line in self:
            line._traced_owner()._log_line(line._removed_text())
        return super().unlink()

    def _moved_by(self, vals):
        """The lines that values move to another record."""
        name = self._traced_parent
        if name not in vals:
            return self.browse()
        return self.filtered(lambda line: line._traced_owner().id != vals[name])

    def _traced_owner(self):
        """What the line belongs to."""
        # sudo: the parent is named, its access is that of the line.
        return self.sudo()[self._traced_parent].sudo(False)

    def _traced_text(self, names=None):
        """The values of some fields, by default of all that are logged, as one text."""
        self.ensure_one()
        return shown_values(self, names or self._traced_fields)

    def _change_text(self, text):
        """What is said of the line, with its model and name."""
        # sudo: users may not read the list of models.
        model = self.env["ir.model"].sudo()._get(self._name).name
        return f"{model} “{self.sudo().display_name}”: {text}"

    def _removed_text(self):
        return self._change_text(self.env._("removed: %s", self._traced_text()))

    def _log_added(self):
        for line in self:
            text = line._change_text(self.env._("added: %s", line._traced_text()))
            line._traced_owner()._log_line(text)
