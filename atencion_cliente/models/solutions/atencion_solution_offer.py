from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ...tools import solution_rank
from ..base.present import present
from ..base.public_method import ID, TEXT, public
from .atencion_solution_search import WEIGHTS, _any_of

MAX_OFFERED = 5
MAX_COMPARED = 20
# Number of solutions that are found by rare words, and number of solutions that are ranked.
MAX_CANDIDATES = 600
MAX_RANKED = 60
# Number of common words that a solution must contain together, and number of solutions that
# are found by them, or by the words of a category.
COMMON_WORDS = 3
MAX_BY_COMMON_WORDS = 300
# Longest part of a description that is used, in characters of HTML: what a case is about is
# said at its beginning.
MAX_TEXT_LENGTH = 4_000
MAX_PREVIEW_LENGTH = 300


class AtencionSolutionOffer(models.Model):
    """Suggests solutions for a case while it is being written.

    The candidates are:

    * the newest 600 solutions with any of the rare words of the case;
    * the newest 300 with its first three common words together;
    * the newest 300 with words of the same meaning;
    * the newest 300 of the categories whose keywords occur most often in the case.

    The 60 best matches of PostgreSQL among them are ranked by text, category, type, place
    and measured success (``tools.solution_rank``).
    """

    _inherit = "atencion.solution"

    @api.model
    @api.readonly
    @public(
        **dict.fromkeys(("subject", "description"), TEXT),
        **dict.fromkeys(("category_id", "type_id", "company_id", "case_id", "place_id"), ID),
    )
    def suggest(
        self,
        subject,
        description="",
        category_id=None,
        type_id=None,
        company_id=None,
        case_id=None,
        place_id=None,
    ):
        """The five solutions that fit a case best. The case may be unsaved.

        It runs with the rights of the user. Revoked solutions, solutions of confidential cases
        and of reopened ones, and the solution of the case itself are not offered.

        :param str subject: of the case
        :param str description: of the case, HTML
        :param int category_id: of the case
        :param int type_id: of the case
        :param int company_id: of the case; by default the current company of the user
        :param int case_id: the case, if it is saved
        :param int place_id: of the case
        :return: the best solution first, each with its id, name, beginning of the text,
            category, number of cases in which it was applied, and success
        :rtype: list[dict]
        """
        self.browse().check_access("read")
        words = self._query_words(subject, (description or "")[:MAX_TEXT_LENGTH])
        if not words:
            return []
        domain = (
            Domain("state", "=", "active")
            & Domain("is_confidential", "=", False)
            & Domain("is_case_open", "=", False)
            & Domain("company_id", "=", company_id or self.env.company.id)
        )
        if case_id:
            # sudo: agents may not read the field ``case_id``.
            own = self.sudo()._search([("case_id", "=", case_id)])
            domain &= Domain("id", "not in", own)
        context = self._query_context(category_id, type_id, place_id)
        offers = {}
        for solution in self.browse(self._closest(words, domain, context, MAX_COMPARED)):
            offer = solution._offer_values()
            # Solutions with the same text are offered once, as the one that fits best.
            offers.setdefault(offer["text"], offer)
            if len(offers) == MAX_OFFERED:
                break
        return list(offers.values())

    def _offer_values(self):
        self.ensure_one()
        text = html2plaintext(self.solution or "", include_references=False).strip()
        return {
            "id": self.id,
            "name": self.name,
            "text": text[:MAX_PREVIEW_LENGTH] + ("…" if len(text) > MAX_PREVIEW_LENGTH else ""),
            "category": self.category_id.display_name or "",
            "applied_count": self.applied_count,
            "measured_count": self.measured_count,
            "success_rate": self.success_rate,
        }

    def _query_context(self, category_id, type_id, place_id=None):
        category = self.env["atencion.case.category"].browse(category_id or ())
        return solution_rank.QueryContext(
            category.id or None,
            present(category).parent_id.id or None,
            type_id or None,
            place_id or None,
        )

    def _closest(self, words, domain, context, limit):
        """The solutions that fit best, the best first.

        :param list words: ``solution_rank.QueryWord`` objects
        :param domain: of the solutions to choose from
        :param solution_rank.QueryContext context: category and type of the case
        :param int limit: maximum number of solutions
        :return: ids
        :rtype: list[int]
        """
        self._flush_texts()
        candidates = SQL(" UNION ").join(
            SQL("(%s)", self._candidates(domain, query, limit))
            for query, limit in self._candidate_queries(words)
        )
        weighed = [phrase for word in words for phrase in word.weighed]
        lexemes = list({lexeme for word in words for lexeme in word.lexemes})
        rows = self.env.execute_query(
            SQL(
                """
                SELECT best.id, best.category_id, category.parent_id, best.type_id,
                    best.place_id, found.lexemes, found.places
                FROM (
                    SELECT id, category_id, type_id, place_id, search_vector
                    FROM atencion_solution
                    WHERE id IN (%s)
                    ORDER BY ts_rank(%s::float4[], search_vector, %s::tsquery) DESC, id DESC
                    LIMIT %s) AS best
                LEFT JOIN atencion_case_category category ON category.id = best.category_id,
                LATERAL (
                    SELECT array_agg(lexeme) AS lexemes,
                        array_agg((SELECT min(weight) FROM unnest(weights) weight)) AS places
                    FROM unnest(best.search_vector)
                    WHERE lexeme = ANY(%s)) AS found""",
                candidates,
                WEIGHTS,
                _any_of(weighed),
                max(MAX_RANKED, limit),
                lexemes,
            )
        )
        counts = self.browse(row[0] for row in rows)._success_counts()
        candidates = (
            solution_rank.Candidate(
                id_,
                dict(zip(lexemes, places, strict=True)),
                category,
                parent,
                case_type,
                *counts.get(id_, (0, 0)),
                place,
            )
            for id_, category, parent, case_type, place, lexemes, places in rows
        )
        return solution_rank.best(words, candidates, context, limit)

    def _candidates(self, domain, tsquery, limit):
        """SQL that selects the ids of the newest matching solutions.

        :param str tsquery: query of PostgreSQL's full text search
        :rtype: SQL
        """
        return (
            self.env["atencion.solution"]
            ._search(domain & self._matching(tsquery), order="id desc", limit=limit)
            .select()
        )

    def _candidate_queries(self, words):
        """The queries that find the candidates, each with its maximum number of solutions.

        :return: pairs of a query of PostgreSQL's full text search and a limit
        :rtype: list[tuple[str, int]]
        """
        rare, common = solution_rank.selective(words, self._estimated_count(), MAX_CANDIDATES)
        queries = []
        if rare:
            stems = [stem for word in rare for stem in word.stems]
            queries.append((_any_of(stems), MAX_CANDIDATES))
        if common:
            # Words of the subject come first.
            first = [word for word in words if word in common][:COMMON_WORDS]
            queries.append((" & ".join(_any_of(word.stems) for word in first), MAX_BY_COMMON_WORDS))
        synonyms = list(dict.fromkeys(one for word in words for one in word.synonyms))
        if synonyms:
            queries.append((_any_of(synonyms), MAX_BY_COMMON_WORDS))
        token_counts = Counter(token for word in words for token in word.tokens)
        if token_counts:
            highest = max(token_counts.values())
            tokens = [token for token, count in token_counts.items() if count == highest]
            queries.append((_any_of(tokens), MAX_BY_COMMON_WORDS))
        return queries

    def _estimated_count(self):
        rows = self.env.execute_query(
            SQL("SELECT reltuples FROM pg_class WHERE oid = 'atencion_solution'::regclass")
        )
        return max(rows[0][0], 0)
