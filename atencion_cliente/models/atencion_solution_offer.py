from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ..tools import solution_rank
from .atencion_solution_search import WEIGHTS, _any_of

MOST_OFFERED = 5
# Solutions that the rare words of a case may find, and those ranked at last.
MOST_CANDIDATES = 1_000
MOST_RANKED = 60
# Common words that a solution without any rare word must have, all of them.
COMMON_TOGETHER = 3
# A case is about what its text begins with. In letters of HTML.
LONGEST_TEXT = 4_000
LONGEST_PREVIEW = 300


class AtencionSolutionOffer(models.AbstractModel):
    """The solutions that fit a case, offered while it is written.

    Candidates are the newest 1,000 solutions that have any of the rare words of the case,
    or its three rarest common ones together; of these, the 60 that have most of the words
    are ranked by text, category and measured success (``tools.solution_rank``).
    """

    _name = "atencion.solution.offer"
    _description = "Offer of solutions"

    @api.model
    @api.readonly
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
        text = f"{subject or ''}\n{html2plaintext((description or '')[:LONGEST_TEXT])}"
        words = self._asked_words(text)
        if not words:
            return []
        domain = (
            Domain("state", "=", "active")
            & Domain("is_confidential", "=", False)
            & Domain("company_id", "=", company_id or self.env.company.id)
        )
        if case_id:
            domain &= Domain("case_id", "!=", case_id)
        asked = self._asked_of(category_id, type_id)
        ids = self._closest(words, domain, asked, MOST_OFFERED)
        return [solution._offer_values() for solution in self.browse(ids)]

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
        query = self.env["atencion.solution"]._search(
            domain & self._matching(self._candidate_query(words)),
            order="id desc",
            limit=MOST_CANDIDATES,
        )
        lexemes = [lexeme for word in words for lexeme in word.lexemes]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT best.id, best.category_id, category.parent_id, best.type_id,
                    found.lexemes, found.places
                FROM (
                    SELECT * FROM (%s) AS candidate
                    ORDER BY ts_rank(%s::float4[], search_vector, %s::tsquery) DESC, id DESC
                    LIMIT %s) AS best
                LEFT JOIN atencion_case_category category ON category.id = best.category_id,
                LATERAL (
                    SELECT array_agg(lexeme) AS lexemes,
                        array_agg((SELECT min(weight) FROM unnest(weights) weight)) AS places
                    FROM unnest(best.search_vector)
                    WHERE lexeme = ANY(%s)) AS found""",
                query.select(
                    *(
                        SQL.identifier(self._table, column)
                        for column in ("id", "category_id", "type_id", "search_vector")
                    )
                ),
                WEIGHTS,
                " | ".join(map(_any_of, words)),
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

    def _candidate_query(self, words):
        """The query of PostgreSQL for solutions worth ranking, few whatever the words."""
        rare, common = solution_rank.selective(words, self._estimated_count(), MOST_CANDIDATES)
        queries = [_any_of(word) for word in rare]
        if common:
            queries.append(
                "(" + " & ".join(_any_of(word) for word in common[:COMMON_TOGETHER]) + ")"
            )
        return " | ".join(queries)

    def _estimated_count(self):
        rows = self.env.execute_query(
            SQL("SELECT reltuples FROM pg_class WHERE oid = 'atencion_solution'::regclass")
        )
        return max(rows[0][0], 0)
