from odoo import api, models
from odoo.exceptions import AccessError


class AtencionDialog(models.AbstractModel):
    """What the dialogs of the application have in common: they show no more than their user sees.

    Every id that a dialog gets is checked when it comes (``atencion.readable.links``), and
    again whenever the dialog is read: meanwhile a case may have become confidential. It
    computes with the rights of its user (``compute_sudo=False`` on each field, of stored and
    related ones too), and a record rule keeps it to who opened it.
    """

    _name = "atencion.dialog"
    _description = "Dialog"
    _inherit = ["atencion.readable.links"]

    def _check_access(self, operation):
        refusal = super()._check_access(operation)
        if refusal:
            return refusal
        hidden = self.filtered(lambda dialog: dialog._shows_hidden())
        return (hidden, self._make_hidden_error) if hidden else None

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Odoo reads fields by a search, which knows record rules only."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        shown = found.filtered(lambda dialog: not dialog._shows_hidden())
        return query if shown == found else shown._as_query()

    def _shows_hidden(self):
        """Whether the dialog is about a record that its user may not read any more."""
        # sudo: only to know which records it is about; the user's right is asked for then.
        dialog = self.sudo()
        targets = (
            dialog[name].sudo(False)
            for name, field in self._fields.items()
            # What is computed follows from the others; to compute it here would be as superuser.
            if field.type == "many2one" and not field.compute and name not in models.MAGIC_COLUMNS
        )
        return not all(target.has_access("read") for target in targets if target)

    def _make_hidden_error(self):
        return AccessError(
            self.env._("This dialog is about a record that you may not read. Close it.")
        )
