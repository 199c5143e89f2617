import re

from odoo import api, fields, models
from odoo.fields import Domain

from ..base.public_method import ID, PHRASE, TEXT, public

TOKEN = re.compile(r"cat(\d+)")


class AtencionCaseCategory(models.Model):
    """The words that customers of different countries have for what a category is about."""

    _inherit = "atencion.case.category"

    synonym_ids = fields.One2many("atencion.synonym", "category_id", string="Regional words")

    @api.model
    @api.readonly
    @public(name=PHRASE, operator=TEXT, limit=ID)
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Find categories by their names first, then by the words of customers."""
        found = super().name_search(name, domain, operator, limit)
        if operator != "ilike" or not name or (limit and len(found) >= limit):
            return found
        ids = self._ids_by_words(name)
        if not ids:
            return found
        others = Domain(domain or Domain.TRUE) & Domain("id", "in", list(ids))
        others &= Domain("id", "not in", [id_ for id_, _label in found])
        more = self.search_fetch(others, ["display_name"], limit=limit and limit - len(found))
        return found + [(category.id, category.display_name) for category in more]

    @api.model
    def _ids_by_words(self, text):
        """The ids of the categories that have every word of a text, or one of the same meaning.

        :rtype: set[int]
        """
        words = self.env["atencion.solution"]._query_words(text)
        of_words = [
            {int(found[1]) for one in word.weighed if (found := TOKEN.fullmatch(one))}
            for word in words
        ]
        return set.intersection(*of_words) if of_words else set()
