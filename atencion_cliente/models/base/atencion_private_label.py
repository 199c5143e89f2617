from odoo import SUPERUSER_ID, api, models


class AtencionPrivateLabel(models.AbstractModel):
    """Hides the label of a record from users who may not read the record.

    Odoo computes the labels of many2one fields, and those in access errors, as the superuser.
    A user who may not read the record sees its number instead.
    """

    _name = "atencion.private.label"
    _description = "Label for who may read the record"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        super()._compute_display_name()
        self._shorten_private_labels()

    def _shorten_private_labels(self):
        """Replace the labels of records that the user may not read by their number.

        A model that overrides ``_compute_display_name`` calls it at the end.
        """
        for record in self._unreadable_records():
            record.display_name = record._restricted_label()

    def _restricted_label(self):
        """The label for users who may not read the record."""
        return self.env._("No. %s", self.id)

    def _unreadable_records(self):
        """The records that the user may not read, when they are read with ``sudo``."""
        if not self.env.su or self.env.uid == SUPERUSER_ID:
            return self.browse()
        # Code with ``sudo`` may have put companies into the context that the user lacks.
        allowed = self.env.user._get_company_ids()
        companies = [company_id for company_id in self.env.companies.ids if company_id in allowed]
        seen = self._origin.sudo(False).with_context(allowed_company_ids=companies)
        readable = seen._filtered_access("read")
        return self.filtered(lambda record: record._origin.id not in readable._ids)
