from collections import Counter
from itertools import chain

from odoo import api, models
from odoo.tools import SQL

from ...tools import solution_rank, spanish
from .atencion_solution_search import MAX_INDEXED_LENGTH


class AtencionSolutionQuery(models.Model):
    """What the words of a search stand for: their stems, categories, and words of the same meaning.

    Misspelt words are corrected by ``atencion.solution.word``, words of the same meaning are those
    of ``atencion.synonym``.
    """

    _inherit = "atencion.solution"

    def _store_words(self):
        """Store the words of the solutions, so that searches correct misspelt ones."""
        texts = [
            text and text[:MAX_INDEXED_LENGTH]
            for solution in self
            for text in (solution.name, solution.problem, solution.solution)
        ]
        # sudo: users have no rights on the words, which only the system stores.
        self.env["atencion.solution.word"].sudo()._store(texts)

    @api.model
    def _query_words(self, subject, description=""):
        """The first words of a search, each with the lexemes by which solutions contain it.

        :param str subject: of the case, or the text of the search
        :param str description: of the case, HTML
        :rtype: list[solution_rank.QueryWord]
        """
        most = spanish.MAX_WORDS
        first = spanish.words((subject or "")[:MAX_INDEXED_LENGTH], most * 4)
        more = spanish.words(description[:MAX_INDEXED_LENGTH], most * 4)
        words = list(dict.fromkeys([*first, *more]))
        if not words:
            return []
        # sudo: users have no rights on the words.
        stems = self.env["atencion.solution.word"].sudo()._stems(words)
        lexemes = {}
        for word, found in list(stems.items())[:most]:
            # Words with the same stem count as one word.
            lexemes.setdefault(found[0], (found, word in first))
        return self._with_meanings(list(lexemes.values()))

    def _with_meanings(self, found):
        """The words of a search with their categories, shares, and words of the same meaning.

        :param list found: pairs of the stems of a word, and whether it is in the subject
        :rtype: list[solution_rank.QueryWord]
        """
        stems = [own for own, _in_subject in found]
        meanings = self.env["atencion.synonym"]._meanings(stems)
        others = [
            [phrase for phrase in meaning.phrases if " " not in phrase] for meaning in meanings
        ]
        tokens, shares = self._category_tokens_and_shares(set(chain(*stems, *others)))

        words = []
        for (own, in_subject), meaning, other in zip(found, meanings, others, strict=True):
            exact = dict.fromkeys([*_tokens_of(own, tokens), *meaning.tokens])
            meant = _tokens_meant([*own, *other], tokens) if other else []
            synonyms = [
                one
                for one in dict.fromkeys([*meaning.phrases, *meant])
                if one not in exact and one not in own
            ]
            related = dict.fromkeys(_tokens_of(other, tokens)).keys() - {*exact, *synonyms}
            words.append(
                solution_rank.QueryWord(
                    tuple(own),
                    tuple(exact),
                    # A word that no solution has is as common as what means the same.
                    _share_of(own, shares) or _share_of(other, shares),
                    in_subject,
                    tuple(synonyms),
                    tuple(sorted(related)),
                )
            )
        return words

    def _category_tokens_and_shares(self, lexemes):
        """The tokens of the categories that have each lexeme, and of their subcategories.

        The second result is the share of the solutions that have each lexeme, from 0 to 1; rare
        lexemes are missing.

        :rtype: tuple[dict[str, list[str]], dict[str, float]]
        """
        Category = self.env["atencion.case.category"]
        Category.flush_model(["name", "keywords", "parent_path"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT lexeme, 'cat' || inside.id AS token, NULL::real
                FROM atencion_case_category category,
                    unnest(tsvector_to_array(category.search_vector)) AS lexeme,
                    atencion_case_category inside
                WHERE category.active IS TRUE AND lexeme = ANY(%s)
                    AND inside.parent_path LIKE category.parent_path || '%%'
                UNION ALL
                SELECT common.lexeme, NULL, common.share
                FROM pg_stats, unnest(
                    most_common_elems::text::text[], most_common_elem_freqs
                ) AS common(lexeme, share)
                WHERE schemaname = current_schema() AND tablename = 'atencion_solution'
                    AND attname = 'search_vector' AND common.lexeme = ANY(%s)
                ORDER BY token""",
                list(lexemes),
                list(lexemes),
            )
        )
        tokens, shares = {lexeme: [] for lexeme in lexemes}, {}
        for lexeme, token, share in rows:
            if token:
                tokens[lexeme].append(token)
            else:
                shares[lexeme] = share
        return tokens, shares


def _tokens_of(lexemes, tokens):
    return [token for lexeme in lexemes for token in tokens[lexeme]]


def _tokens_meant(lexemes, tokens):
    """The tokens of the categories with most of the words of a class.

    “Llave” is of a door, too: the category of taps has more of “caño, grifo, llave”.
    """
    counts = Counter(_tokens_of(lexemes, tokens))
    return [token for token in counts if counts[token] == max(counts.values())]


def _share_of(lexemes, shares):
    return max((shares.get(lexeme, 0.0) for lexeme in lexemes), default=0.0)
