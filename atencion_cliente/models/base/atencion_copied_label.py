from odoo import models

from .atencion_input import MAX_LENGTH


class AtencionCopiedLabel(models.AbstractModel):
    """Adds “(copy)” to the label of a duplicated record."""

    _name = "atencion.copied.label"
    _description = "Label of a duplicate"

    _copied_labels = ("name",)

    def copy_data(self, default=None):
        labels = [name for name in self._copied_labels if name not in (default or {})]
        vals_list = super().copy_data(default)
        for record, vals in zip(self, vals_list, strict=True):
            for name in labels:
                # The label with its suffix must not exceed the length limit of its field.
                vals[name] = self.env._(
                    "%s (copy)", (record[name] or "")[: MAX_LENGTH["char"] - 20]
                )
        return vals_list
