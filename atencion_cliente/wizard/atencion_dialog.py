from odoo import api, models
from odoo.exceptions import AccessError


class AtencionDialog(models.AbstractModel):
    """The base of all dialogs, which show only what their user may read.

    Ids are checked when they are written (``atencion.readable.links``), and again when the
    dialog is read, because a case may have become confidential in between. Fields of a dialog
    have ``compute_sudo=False``, also stored and related ones, so that they are computed with
    the rights of the user. A record rule limits each dialog to the user who opened it.
    """

    _name = "atencion.dialog"
    _description = "Dialog"
    _inherit = ["atencion.readable.links"]

    def _check_access(self, operation):
        refusal = super()._check_access(operation)
        if refusal:
            return refusal
        hidden = self.filtered(lambda dialog: dialog._shows_unreadable_record())
        return (hidden, self._unreadable_record_error) if hidden else None

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Leave out dialogs about unreadable records, which record rules cannot express."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        shown = found.filtered(lambda dialog: not dialog._shows_unreadable_record())
        return query if shown == found else shown._as_query()

    def _shows_unreadable_record(self):
        """Whether a many2one of the dialog links to a record that the user may not read."""
        # sudo: only to get the linked records; their access is checked as the user.
        dialog = self.sudo()
        targets = (
            dialog[name].sudo(False)
            for name, field in self._fields.items()
            # Computed fields depend on the others, and would be computed as the superuser here.
            if field.type == "many2one" and not field.compute and name not in models.MAGIC_COLUMNS
        )
        return not all(target.has_access("read") for target in targets if target)

    def _unreadable_record_error(self):
        return AccessError(
            self.env._("This dialog is about a record that you may not read. Close it.")
        )
