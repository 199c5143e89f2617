from odoo import api, models
from odoo.fields import Domain

from ...tools.access import also_refused


class AtencionKept(models.AbstractModel):
    """Records of Odoo that tell of cases: who may not know of the case neither finds nor reads
    them.

    A model says it in SQL (``_readable_sql``) for what is found, and by records
    (``_kept_records``) for what is read, changed and deleted.
    """

    _name = "atencion.kept"
    _description = "Records kept from who may not know of a case"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that a record tells of no case that is kept from the user."""
        raise NotImplementedError

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        kept = self._kept_records(operation)
        return also_refused(result, kept, lambda: kept._kept_error(operation))

    def _kept_records(self, operation):
        """Those of the records that are kept from the user."""
        return self.browse()

    def _kept_error(self, operation):
        return self.env["ir.rule"]._make_access_error(operation, self)
