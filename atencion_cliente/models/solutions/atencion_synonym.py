from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools import spanish, synonyms


class AtencionSynonym(models.Model):
    """Words that mean the same, such as those of different countries: caño, grifo, llave, canilla.

    Solutions are found by all of them. Workers keep them: a search reads no table of them.
    """

    _name = "atencion.synonym"
    _description = "Words that mean the same"
    _inherit = [
        "atencion.input",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
    ]
    _order = "name, id"

    name = fields.Char(
        "Words",
        required=True,
        help="Words or phrases that mean the same, separated by commas. A search for one of them "
        "finds the others, too.",
    )
    active = fields.Boolean(default=True)
    country_id = fields.Many2one(
        "res.country",
        help="They mean the same only for companies of this country. Empty: everywhere.",
    )
    category_id = fields.Many2one(
        "atencion.case.category",
        index="btree_not_null",
        ondelete="set null",
        help="They also find the solutions of this category and of its subcategories.",
    )

    @api.constrains("name", "category_id")
    def _check_words(self):
        """Refuse a class that finds nothing: of one word, written twice, or of none at all.

        One word is enough where a category has it.
        """
        for line, members in self._members().items():
            if len(set(filter(None, members))) < (1 if line.category_id else 2):
                raise ValidationError(
                    self.env._(
                        "“%s” has no two different words: accents, endings and words such as “de” "
                        "make none. Write two or more that mean the same, separated by commas, or "
                        "one word and its category.",
                        line.name[:60],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._store_words()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._store_words()
        return result

    def _store_words(self):
        """Store the words, so that searches correct misspelt ones, and take none for misspelt."""
        # sudo: users have no rights on the words, which only the system stores.
        self.env["atencion.solution.word"].sudo()._store(self.mapped("name"))

    @api.model
    def _meanings(self, words):
        """What each word of a search may also be written as, for the companies of the user.

        :param list words: the stems of each word
        :rtype: list[synonyms.Meaning]
        """
        return synonyms.meanings(
            words,
            self._classes(),
            # sudo: in which country a company is, is no secret.
            lambda country: country in self.env.companies.sudo().country_id.ids,
        )

    @api.model
    @ormcache()
    def _classes(self):
        """All lines as ``synonyms.WordClass``.

        :rtype: tuple[synonyms.WordClass]
        """
        # sudo: whoever searches, words mean the same.
        lines = self.sudo().search_fetch([], ["name", "country_id", "category_id"])
        tokens = self._tokens_of(lines.category_id)
        return tuple(
            synonyms.WordClass(
                members, line.country_id.id or None, tokens.get(line.category_id, ())
            )
            for line, members in lines._members().items()
        )

    def _members(self):
        """The stems of the words and phrases of each line; none of what is no word.

        :rtype: dict[models.Model, tuple[tuple[str]]]
        """
        written = {
            line: [spanish.words(part) for part in synonyms.split(line.name)] for line in self
        }
        words = set(chain.from_iterable(chain.from_iterable(written.values())))
        # sudo: users have no rights on the words.
        stems = self.env["atencion.solution.word"].sudo()._stem_of(sorted(words))
        return {
            line: tuple(tuple(stems[word] for word in part if word in stems) for part in parts)
            for line, parts in written.items()
        }

    @api.model
    def _tokens_of(self, categories):
        """The tokens of each category and of those inside it, as ``search_vector`` has them.

        :rtype: dict[models.Model, tuple[str]]
        """
        inside = categories.with_context(active_test=False).search(
            [("id", "child_of", categories.ids)]
        )
        return {
            category: tuple(
                f"cat{one.id}" for one in inside if one.parent_path.startswith(category.parent_path)
            )
            for category in categories
        }
