from odoo import api, models
from odoo.tools import ormcache

# A larger table is not kept whole: the rest of its rows is read as ever.
MOST = 1000
# Models that links of kept rows may go to: their records are not deleted while a setting links
# to them, or their deletion clears what workers keep.
KEPT_TARGETS = (
    "mail.activity.plan",
    "mail.alias",
    "mail.template",
    "res.company",
    "res.partner",
    "res.users",
    "resource.calendar",
)


class AtencionShownSetting(models.AbstractModel):
    """Settings that are read without a statement.

    Each worker keeps their rows, a language at a time, until one of them changes. That has the
    meaning of what Odoo keeps of rights, record rules and parameters: a request that begins after
    the commit of a change sees it. A transaction that changes anything that is kept reads the
    tables from then on: it sees its own changes, and nobody else does.

    Who may read a row is asked as ever.
    """

    _name = "atencion.shown.setting"
    _description = "Setting that workers keep"

    # Which rows of a model of Odoo are ours.
    _kept_domain = ()
    # Stored computed fields that never change, or follow from kept settings alone.
    _kept_computed = ()

    def _fetch_field(self, field):
        kept = field.name in self._kept_names() and self._kept_values()
        if not kept:
            super()._fetch_field(field)
            return
        self.check_access("read")
        self._insert_kept(kept)

    def _show_kept(self):
        """Fill the cache of the transaction with what is kept of these records.

        The caller has asked for the right to read what links to them: Odoo shows the labels of
        links without asking for more.
        """
        kept = self._kept_values()
        if kept:
            self._insert_kept(kept)

    def _kept_values(self):
        """What is kept of each of these records; nothing unless it is kept of all of them.

        :rtype: list[tuple]
        """
        if self.env.registry.cache_invalidated or self.env.context.get("prefetch_langs"):
            return []
        rows = self._kept_rows()
        kept = [rows.get(id_) for id_ in self._ids]
        return [] if None in kept else kept

    def _insert_kept(self, kept):
        for name, values in zip(self._kept_names(), zip(*kept, strict=True), strict=True):
            self._fields[name]._insert_cache(self, values)

    @api.model
    @ormcache("self.env.lang")
    def _kept_rows(self):
        """The values of each row in the format of Odoo's cache, in a language, by id.

        :rtype: dict[int, tuple]
        """
        # sudo: who may read a row is asked when it is read.
        every = self.sudo().with_context(active_test=False)
        rows = every.search(list(self._kept_domain), limit=MOST, order="id")
        names = self._kept_names()
        rows.fetch(names)
        columns = [map(self._fields[name]._get_cache(rows.env).get, rows.ids) for name in names]
        return dict(zip(rows.ids, zip(*columns, strict=True), strict=True))

    @api.model
    @ormcache()
    def _kept_names(self):
        """The names of the fields whose values are kept, in the order of the values.

        :rtype: tuple[str]
        """
        return tuple(name for name, field in self._fields.items() if self._is_kept(field))

    @api.model
    def _is_kept(self, field):
        """Whether a field changes only by a write to a kept setting."""
        if not field.store or field.compute and field.name not in self._kept_computed:
            return False
        if not field.relational:
            return field.prefetch is True and not callable(field.translate)
        if field.type == "many2one" and field.comodel_name in KEPT_TARGETS:
            return True
        kept = self.env.registry["atencion.shown.setting"]
        return isinstance(self.env[field.comodel_name], kept)

    @api.model
    def _in_order(self):
        """All records of the model in its order, archived ones, too."""
        ids = not self.env.registry.cache_invalidated and self._kept_order()
        return self.browse(ids) if ids else self.with_context(active_test=False).search_fetch([])

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
        if self:
            self.env.registry.clear_cache()
            self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_kept()
        return records

    def write(self, vals):
        self._forget_kept()
        return super().write(vals)

    def unlink(self):
        self._forget_kept()
        return super().unlink()
