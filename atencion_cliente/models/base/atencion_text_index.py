from odoo import api, models
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL
from odoo.tools.sql import make_index_name


class AtencionTextIndex(models.AbstractModel):
    """Indexes of texts, which must fit how Odoo searches.

    Odoo puts PostgreSQL's function ``unaccent`` around both sides of each ``ilike`` where the
    database has it, and into the trigram indexes that it makes from then on. It keeps those of
    before, which no search uses any more; PostgreSQL drops those that have the function with its
    extension. They are made anew here, also those of other addons: whoever switches searches
    without accents on does so for all of them.
    """

    _name = "atencion.text.index"
    _description = "Indexes of texts"

    @api.model
    def _has_indexable_unaccent(self):
        """Whether Odoo puts ``unaccent`` into the indexes that it makes."""
        return self.env.registry.has_unaccent == FunctionStatus.INDEXABLE

    @api.model
    def _unused(self):
        """The names of the indexes that no search uses, or that are missing, each with its model.

        :rtype: dict[str, str]
        """
        if not self.env.registry.has_trigram:
            # Odoo makes none.
            return {}
        expected = {
            make_index_name(model._table, field.name): name
            for name, model in self.env.registry.items()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if field.index == "trigram" and field.store and field.column_type
        }
        rows = self.env.execute_query(
            # The function of another schema is not the one that Odoo calls.
            SQL(
                r"""
                SELECT expected.name FROM unnest(%s) AS expected(name)
                LEFT JOIN pg_indexes
                    ON schemaname = current_schema AND indexname = expected.name
                WHERE indexname IS NULL OR (indexdef LIKE '%%gin_trgm_ops%%'
                    AND (indexdef ~ '[^.]unaccent\(') != %s)
                ORDER BY expected.name""",
                list(expected),
                self._has_indexable_unaccent(),
            )
        )
        return {index: expected[index] for (index,) in rows}

    @api.model
    def _renew_unused(self):
        """Make the indexes anew that no search uses, or that are missing: runs at each update."""
        unused = self._unused()
        for index in unused:
            self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index)))
        self.env.registry.check_indexes(self.env.cr, list(dict.fromkeys(unused.values())))
