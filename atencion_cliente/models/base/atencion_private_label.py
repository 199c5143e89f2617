from odoo import SUPERUSER_ID, api, models


class AtencionPrivateLabel(models.AbstractModel):
    """Records whose label tells what not every user may know.

    Odoo makes the label of what a many2one links to, and the words of a refusal, as the
    superuser. Who may not read the record gets its number alone.
    """

    _name = "atencion.private.label"
    _description = "Label for who may read the record"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        super()._compute_display_name()
        self._shorten_private_labels()

    def _shorten_private_labels(self):
        """Leave the number in the labels of what the user may not read.

        A model that makes its labels itself calls it at the end.
        """
        for record in self._unreadable():
            record.display_name = record._label_of_number()

    def _label_of_number(self):
        """What a user is told of a record that they may not read."""
        return self.env._("No. %s", self.id)

    def _unreadable(self):
        """Those of the records that the superuser reads for a user who may not read them."""
        if not self.env.su or self.env.uid == SUPERUSER_ID:
            return self.browse()
        # The companies of the context may be those of somebody else, whose code this is.
        companies = self.env.companies & self.env.user.company_ids
        seen = self._origin.sudo(False).with_context(allowed_company_ids=companies.ids)
        readable = seen._filtered_access("read")
        return self.filtered(lambda record: record._origin.id not in readable._ids)
