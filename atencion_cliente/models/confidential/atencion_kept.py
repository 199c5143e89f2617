from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

CASE = "atencion.case"
EVENT = "calendar.event"
TRUE = SQL("TRUE")


class AtencionKept(models.AbstractModel):
    """Records of Odoo that belong to cases, hidden from users who may not know of the case.

    A model gives the condition in SQL (``_readable_sql``) for searches, and by records
    (``_hidden_records``) for reading, changing and deleting.
    """

    _name = "atencion.kept"
    _description = "Records hidden from people who may not know of a case"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that a record belongs to no case that is hidden from the user.

        The parameters are those of ``Domain.custom``.
        """
        raise NotImplementedError

    @api.model
    def _readable_thread_sql(self, alias, model_name, is_public=TRUE):
        """The SQL condition that a row belongs to no case, nor event of one, that is hidden.

        :param str alias: of a table that names a record by its model and its ``res_id``
        :param str model_name: the column with the model
        :param SQL is_public: whether requester and holder may know of the row
        """
        res_id = SQL.identifier(alias, "res_id")
        return SQL(
            """(CASE %(model)s
                WHEN %(case)s THEN NOT %(hidden)s
                WHEN %(event)s THEN NOT %(hidden_by_event)s
                ELSE TRUE END)""",
            model=SQL.identifier(alias, model_name),
            case=CASE,
            event=EVENT,
            hidden=self.env[CASE]._hidden_sql(res_id, is_public),
            hidden_by_event=self.env[EVENT]._hidden_event_sql(res_id),
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        hidden = self._hidden_records(operation)
        if not hidden:
            return result
        if result:
            return result[0] | hidden, result[1]
        return hidden, lambda: hidden._hidden_error(operation)

    def _hidden_records(self, operation):
        """Those of the records that are hidden from the user.

        :param str operation: ``read``, ``write`` or ``unlink``
        """
        return self.browse()

    def _hidden_error(self, operation):
        return self.env["ir.rule"]._make_access_error(operation, self)
