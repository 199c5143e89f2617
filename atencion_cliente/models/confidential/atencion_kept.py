from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

CASE = "atencion.case"
EVENT = "calendar.event"
TRUE = SQL("TRUE")


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

    @api.model
    def _readable_thread_sql(self, alias, model_name, is_public=TRUE):
        """The condition for what names a record by a column ``model_name`` and ``res_id``:
        that it is of no case, nor of an event of one, that is kept from the user.

        :param SQL is_public: whether it is about what requester and holder may know
        """
        res_id = SQL.identifier(alias, "res_id")
        return SQL(
            """(CASE %(model)s
                WHEN %(case)s THEN NOT %(kept)s
                WHEN %(event)s THEN NOT %(kept_of_event)s
                ELSE TRUE END)""",
            model=SQL.identifier(alias, model_name),
            case=CASE,
            event=EVENT,
            kept=self.env[CASE]._kept_from_sql(res_id, is_public),
            kept_of_event=self.env[EVENT]._kept_event_sql(res_id),
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        kept = self._kept_records(operation)
        if not kept:
            return result
        if result:
            return result[0] | kept, result[1]
        return kept, lambda: kept._kept_error(operation)

    def _kept_records(self, operation):
        """Those of the records that are kept from the user."""
        return self.browse()

    def _kept_error(self, operation):
        return self.env["ir.rule"]._make_access_error(operation, self)
