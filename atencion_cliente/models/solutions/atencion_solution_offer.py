from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ...tools import solution_rank
from ..base.public_method import ID, TEXT, public
from .atencion_solution_search import WEIGHTS, _any_of

MOST_OFFERED = 5
MOST_LOOKED_AT = 20
# Solutions that the rare words of a case may find, and those ranked at last.
MOST_CANDIDATES = 600
MOST_RANKED = 60
# Common words that another solution must have together, and how many of those, and of
# those of the category, are looked at.
TOGETHER = 3
MOST_TOGETHER = 300
# A case is about what its text begins with. In letters of HTML.
LONGEST_TEXT = 4_000
LONGEST_PREVIEW = 300


class AtencionSolutionOffer(models.Model):
    """The solutions that fit a case, offered while it is written.

    Candidates are the newest 600 solutions that have any of the rare words of the case, the
    newest 300 that have its first three common ones together, and the newest 300 of the
    category most of whose customers' words it has. The 60 of them that have most of the
    words are ranked by text, category and measured success (``tools.solution_rank``).
    """

    _inherit = "atencion.solution"

    @api.model
    @api.readonly
    @public(subject=TEXT, description=TEXT, category_id=ID, type_id=ID, company_id=ID, case_id=ID)
    def suggest(
        self, subject, description="", category_id=None, type_id=None, company_id=None, case_id=None
    ):
        """The solutions that fit a case best, five at most. The case may be unsaved.

        Runs with the rights of the user, and only for one of his companies: revoked
        solutions, those of confidential cases and of the case itself are not offered.

        :param str subject: of the case
        :param str description: of the case, HTML
        :param int company_id: of the case; the user's by default
        :return: for each its id, name, beginning of the text, category, times applied
            and success
        :rtype: list[dict]
        """
        self.browse().check_access("read")
        words = self._asked_words(subject, (description or "")[:LONGEST_TEXT])
        if not words:
            return []
        domain = (
            Domain("state", "=", "active")
            & Domain("is_confidential", "=", False)
            & Domain("company_id", "=", company_id or self.env.company.id)
        )
        if case_id:
            # sudo: agents do not read which case a solution comes from.
            own = self.sudo().search([("case_id", "=", case_id)])
            domain &= Domain("id", "not in", own.ids)
        asked = self._asked_of(category_id, type_id)
        offers = {}
        for solution in self.browse(self._closest(words, domain, asked, MOST_LOOKED_AT)):
            offer = solution._offer_values()
            # One text is offered once, from the solution that fits best.
            offers.setdefault(offer["text"], offer)
            if len(offers) == MOST_OFFERED:
                break
        return list(offers.values())

    def _offer_values(self):
        self.ensure_one()
        text = html2plaintext(self.solution or "", include_references=False).strip()
        return {
            "id": self.id,
            "name": self.name,
            "text": text[:LONGEST_PREVIEW] + ("…" if len(text) > LONGEST_PREVIEW else ""),
            "category": self.category_id.display_name or "",
            "applied_count": self.applied_count,
            "measured_count": self.measured_count,
            "success_rate": self.success_rate,
        }

    def _asked_of(self, category_id, type_id):
        category = self.env["atencion.case.category"].browse(category_id or ())
        return solution_rank.Asked(
            category.id or None, category.exists().parent_id.id or None, type_id or None
        )

    def _closest(self, words, domain, asked, most):
        """The ids of the solutions of a domain that fit best, the best first.

        :param list words: of the case, as ``solution_rank.Word``
        :param asked: category and type of the case, as ``solution_rank.Asked``
        :param int most: so many at most
        """
        self._flush_texts()
        candidates = SQL(" UNION ").join(
            SQL("(%s)", self._candidates(domain, query, limit))
            for query, limit in self._candidate_queries(words)
        )
        lexemes = [lexeme for word in words for lexeme in word.lexemes]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT best.id, best.category_id, category.parent_id, best.type_id,
                    found.lexemes, found.places
                FROM (
                    SELECT id, category_id, type_id, search_vector
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
                _any_of(lexemes),
                max(MOST_RANKED, most),
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
                kind,
                *counts.get(id_, (0, 0)),
            )
            for id_, category, parent, kind, lexemes, places in rows
        )
        return solution_rank.best(words, candidates, asked, most)

    def _candidates(self, domain, tsquery, limit):
        """SQL of the ids of the newest solutions of a domain that match."""
        return (
            self.env["atencion.solution"]
            ._search(domain & self._matching(tsquery), order="id desc", limit=limit)
            .select()
        )

    def _candidate_queries(self, words):
        """Queries of PostgreSQL for solutions worth ranking, each with how many at most."""
        rare, common = solution_rank.selective(words, self._estimated_count(), MOST_CANDIDATES)
        queries = []
        if rare:
            stems = [stem for word in rare for stem in word.stems]
            queries.append((_any_of(stems), MOST_CANDIDATES))
        if common:
            # The subject comes first.
            first = [word for word in words if word in common][:TOGETHER]
            queries.append((" & ".join(_any_of(word.stems) for word in first), MOST_TOGETHER))
        spoken = Counter(token for word in words for token in word.tokens)
        if spoken:
            most = max(spoken.values())
            tokens = [token for token, count in spoken.items() if count == most]
            queries.append((_any_of(tokens), MOST_TOGETHER))
        return queries

    def _estimated_count(self):
        rows = self.env.execute_query(
            SQL("SELECT reltuples FROM pg_class WHERE oid = 'atencion_solution'::regclass")
        )
        return max(rows[0][0], 0)
