from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import solution_rank, spanish

# Longest part of a text that is indexed, in characters: what a solution is about is said at its
# beginning.
MAX_INDEXED_LENGTH = 20_000
# Number of matches up to which a search is ordered by rank, instead of newest first.
MAX_RANKED = 2_000
# Number of closest solutions that a search shows if no solution has all its words.
MAX_CLOSEST = 100
# What asks for the words of a text. Negations find all other solutions, which have no rank.
POSITIVE_OPERATORS = ("ilike", "=ilike", "like", "=like", "=")
# PostgreSQL's order of weights is D, C, B, A.
WEIGHTS = [solution_rank.PLACE_WEIGHTS[place] for place in "DCBA"]


class AtencionSolutionSearch(models.Model):
    """Full text search of solutions in Spanish, by PostgreSQL.

    Short name, problem and solution are searched, and the words of the category: its name and
    keywords, and those of its parents. Accents, capitals and endings are ignored. A word that
    no solution has is replaced by the known words that it may misspell (``tools.spanish``). Words
    of the same meaning are found, too, after the word itself (``tools.synonyms``).

    A search finds the solutions that contain all its words. Up to ``MAX_RANKED`` of them are
    ordered by rank: matches in the short name first, then in the problem, the category and
    the solution. More are ordered newest first. If no solution contains all the words, the
    ``MAX_CLOSEST`` best ones by ``tools.solution_rank`` are found.

    PostgreSQL generates the column ``search_vector`` from the texts, so that it is always up
    to date; it has a GIN index. It contains the category of the solution as a token
    (``cat12``). The words of categories are looked up when a search runs, so that a change of
    keywords updates no solution. PostgreSQL's statistics say how common a word is.
    """

    _inherit = "atencion.solution"

    words = fields.Char(
        search="_search_words",
        store=False,
        help="Words of the solution or of its category. Accents and endings do not "
        "matter, and misspelt words are understood.",
    )

    def init(self):
        super().init()
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE atencion_solution ADD COLUMN IF NOT EXISTS search_vector tsvector
                GENERATED ALWAYS AS (
                    setweight(%s, 'A') || setweight(%s, 'B') || setweight(%s, 'D')
                    || setweight(to_tsvector(
                        'pg_catalog.simple', 'cat' || coalesce(category_id, 0)::text), 'C')
                ) STORED""",
                *(
                    self._vector_of(SQL.identifier(column))
                    for column in ("name", "problem", "solution")
                ),
            )
        )
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS atencion_solution_search_vector"
            " ON atencion_solution USING gin (search_vector)"
        )

    @api.model
    def _vector_of(self, text):
        """SQL for the ``tsvector`` of a text, folded as ``spanish.fold`` folds a query.

        :param SQL text: expression of the text
        :rtype: SQL
        """
        folded = SQL(
            "translate(normalize(left(coalesce(%s, ''), %s)), %s, %s)",
            text,
            MAX_INDEXED_LENGTH,
            spanish.ACCENTED,
            spanish.PLAIN,
        )
        for pattern, replacement in (spanish.MARKUP, spanish.NOT_LETTERS, *spanish.ENDINGS):
            folded = SQL("regexp_replace(%s, %s, %s, 'g')", folded, pattern, replacement)
        return SQL("to_tsvector('pg_catalog.spanish', %s)", folded)

    # -------------------------------------------------------------------------
    # Search
    # -------------------------------------------------------------------------

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        ranks = []
        # The rank replaces the default order only.
        if order == self._order:
            domain = Domain(domain).map_conditions(
                lambda condition: self._ranked_condition(condition, ranks)
            )
        query = super()._search(domain, offset, limit, order, **options)
        if len(ranks) == 1 and query.order:
            query.order = SQL("%s, %s", ranks[0], query.order)
        return query

    def _ranked_condition(self, condition, ranks):
        """Replace a condition that asks for words by a domain, and add its order to ``ranks``."""
        if condition.field_expr != "words" or condition.operator not in POSITIVE_OPERATORS:
            return condition
        words = self._query_words(condition.value) if isinstance(condition.value, str) else []
        if not words:
            return condition
        found = self._count_matches(words, MAX_RANKED + 1)
        domain = self._words_domain(condition.value, words, found)
        if found and found <= MAX_RANKED:
            ranks.append(self._rank_sql(words))
        elif not found:
            (condition,) = domain.iter_conditions()
            ids = list(condition.value)
            ranks.append(
                SQL("array_position(%s::int[], %s)", ids, SQL.identifier(self._table, "id"))
            )
        return domain

    def _rank_sql(self, words):
        """The order of the solutions with all the words: those with the words themselves first.

        :rtype: SQL
        """
        vector = SQL.identifier(self._table, "search_vector")
        every = _all_of(word.weighed for word in words)
        if not any(word.synonyms for word in words):
            return SQL("ts_rank(%s::float4[], %s, %s::tsquery) DESC", WEIGHTS, vector, every)
        has_words = SQL("%s @@ %s::tsquery", vector, _all_of(word.stems for word in words))
        return SQL(
            "(%(has_words)s) DESC, ts_rank(%(weights)s::float4[], %(vector)s,"
            " CASE WHEN %(has_words)s THEN %(exact)s ELSE %(every)s END::tsquery) DESC",
            has_words=has_words,
            weights=WEIGHTS,
            vector=vector,
            exact=_all_of(word.exact for word in words),
            every=every,
        )

    def _search_words(self, operator, value):
        """The domain of a condition; Odoo negates it for the negative operators.

        Every solution contains an empty text, and none is without words.
        """
        if operator == "in":
            texts = [text for text in value if isinstance(text, str) and text.strip()]
            return Domain.OR(map(self._words_domain, texts))
        return self._words_domain(value) if operator in POSITIVE_OPERATORS else NotImplemented

    def _words_domain(self, text, words=None, found=None):
        """The domain of the solutions with all the words of a text, or else of the closest.

        :param str text: of the search
        :param list words: the words of the text, if they are known
        :param int found: the number of solutions with all the words, if it is known
        :rtype: Domain
        """
        words = self._query_words(text) if words is None else words
        if not words:
            return Domain.FALSE if (text or "").strip() else Domain.TRUE
        found = self._count_matches(words, 1) if found is None else found
        if found:
            return self._matching(_all_of(word.alternatives for word in words))
        ids = self._closest(words, Domain.TRUE, solution_rank.QueryContext(), MAX_CLOSEST)
        return Domain("id", "in", ids)

    @api.model
    def _matching(self, tsquery):
        """The domain of the solutions that match a query of PostgreSQL's full text search."""
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s @@ %s::tsquery", SQL.identifier(alias, "search_vector"), tsquery
            )
        )

    def _count_matches(self, words, limit):
        """The number of solutions with all the words that the user may read.

        :param list words: ``solution_rank.QueryWord`` objects
        :param int limit: maximum number to count
        """
        self._flush_texts()
        domain = self._matching(_all_of(word.alternatives for word in words))
        return self.env["atencion.solution"].search_count(domain, limit=limit)

    def _flush_texts(self):
        self.env["atencion.solution"].flush_model(["name", "problem", "solution", "category_id"])


def _all_of(words):
    """The full text query for solutions with each of some words, given as what it may be."""
    return " & ".join(map(_any_of, words))


def _any_of(phrases):
    """The full text query for any of some phrases, whose lexemes have letters and digits only."""
    return "(" + " | ".join(map(_phrase_query, phrases)) + ")"


def _phrase_query(phrase):
    return "(" + " & ".join(f"'{lexeme}'" for lexeme in phrase.split()) + ")"
