from odoo import api, models
from odoo.tools import SQL, ormcache

# A larger table is not kept whole: the rest of its rows is read as ever.
MOST = 1000


class AtencionShownSetting(models.AbstractModel):
    """Settings that screens of cases show without a statement.

    Each worker keeps what screens show of the rows, a language at a time, until one of them
    changes. Only screens use it: what decides reads the table.
    """

    _name = "atencion.shown.setting"
    _description = "Setting that screens of cases show"

    # The columns that a label is made of, or that a screen depends on.
    _shown_columns = ("name",)

    def _show_kept(self):
        """Fill the cache of the transaction with what is kept of these records.

        The caller has asked for the right to read what links to them: Odoo shows the labels of
        links without asking for more.
        """
        if self.env.context.get("prefetch_langs"):
            return
        kept = self._kept_rows()
        rows = {id_: kept[id_] for id_ in self.ids if id_ in kept}
        for place, name in enumerate(self._shown_columns):
            values = [row[place] for row in rows.values()]
            self._fields[name]._insert_cache(self.browse(rows), values)

    @api.model
    @ormcache("self.env.lang")
    def _kept_rows(self):
        """What screens show of each row, in a language, by id.

        :rtype: dict[int, tuple]
        """
        # sudo: the rights are those to what links to the rows, see ``_show_kept``.
        every = self.sudo()
        query = every._search([], limit=MOST, order="id", active_test=False)
        columns = [every._field_to_sql(self._table, name, query) for name in self._shown_columns]
        rows = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), *columns))
        return {id_: tuple(values) for id_, *values in rows}

    @api.model
    @ormcache("self.env.lang")
    def _kept_order(self):
        """The ids of the rows in the order of the model; none of a table that is not kept whole.

        :rtype: list[int]
        """
        # sudo: in which order rows are is no secret.
        every = self.sudo().with_context(active_test=False)
        ids = every.search([], limit=MOST + 1).ids
        return ids if len(ids) <= MOST else []

    def _forget_kept(self):
        """Read the rows anew; again once the change can be seen, for a reader in between."""
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_kept()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._forget_kept()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_kept()
        return result
