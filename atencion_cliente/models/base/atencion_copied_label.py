from odoo import models

from .atencion_input import LONGEST


class AtencionCopiedLabel(models.AbstractModel):
    """A duplicate says that it is one, in the label that people know it by."""

    _name = "atencion.copied.label"
    _description = "Label of a duplicate"

    _copied_labels = ("name",)

    def copy_data(self, default=None):
        labels = [name for name in self._copied_labels if name not in (default or {})]
        vals_list = super().copy_data(default)
        for record, vals in zip(self, vals_list, strict=True):
            for name in labels:
                # A label is no longer than its field takes.
                vals[name] = self.env._("%s (copy)", (record[name] or "")[: LONGEST["char"] - 20])
        return vals_list
