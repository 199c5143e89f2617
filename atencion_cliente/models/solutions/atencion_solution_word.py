from odoo import fields, models
from odoo.tools import SQL

from ...tools import spanish

# Number of similar known words that are compared with each unknown word.
MAX_NEAR_WORDS = 12
MIN_SIMILARITY = "0.25"


class AtencionSolutionWord(models.Model):
    """The words of solutions and categories, by which misspelt words are corrected.

    They are read and written by SQL only. A word stays after the deletion of its last
    solution: a correction that finds nothing is harmless.
    """

    _name = "atencion.solution.word"
    _description = "Word of the solutions"
    _inherit = ["atencion.readable.links"]
    _log_access = False
    _rec_name = "word"

    word = fields.Char(required=True)
    stem = fields.Char(required=True, index=True)
    sound = fields.Char(required=True, index="trigram")

    _word_index = models.Index("(word)")
    _sound_index = models.Index("(sound)")

    def _store(self, texts):
        """Store the words of texts that are not known yet."""
        words = sorted({word for text in texts for word in spanish.words(text)})
        words = [word for word in words if len(word) >= spanish.MIN_CORRECTED_LENGTH]
        # There is no unique index, so that transactions do not wait for each other. A word that
        # is stored twice is harmless.
        self.env.execute_query(
            SQL(
                """
                INSERT INTO atencion_solution_word (word, stem, sound)
                SELECT new.word, stem.lexemes[1], new.sound
                FROM unnest(%s::text[], %s::text[], %s::text[]) AS new(word, cut, sound),
                    ts_lexize('pg_catalog.spanish_stem', new.cut) AS stem(lexemes)
                WHERE stem.lexemes[1] IS NOT NULL AND NOT EXISTS (
                    SELECT FROM atencion_solution_word known WHERE known.word = new.word)
                RETURNING id""",
                words,
                list(map(spanish.cut, words)),
                list(map(spanish.sound, words)),
            )
        )

    def _stem_of(self, words):
        """The stem of each word that is none of PostgreSQL's stop words.

        :param list words: plain words (``spanish.words``)
        :rtype: dict[str, str]
        """
        columns = SQL("query.word, stem.lexemes[1]")
        return dict(self.env.execute_query(self._select_stems(columns, words)))

    def _select_stems(self, columns, words):
        """Select columns of ``query.word`` and ``stem.lexemes``, for each word that has a stem."""
        return SQL(
            """
            SELECT %s
            FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS query(word, cut, number),
                ts_lexize('pg_catalog.spanish_stem', query.cut) AS stem(lexemes)
            WHERE stem.lexemes[1] IS NOT NULL
            ORDER BY query.number""",
            columns,
            words,
            list(map(spanish.cut, words)),
        )

    def _stems(self, words):
        """The stems of words, and of the known words that an unknown word may misspell.

        :param list words: plain words (``spanish.words``)
        :return: stems by word, without PostgreSQL's stop words
        :rtype: dict[str, list[str]]
        """
        columns = SQL(
            """query.word, stem.lexemes[1], EXISTS (
                SELECT FROM atencion_solution_word known WHERE known.stem = stem.lexemes[1])"""
        )
        rows = self.env.execute_query(self._select_stems(columns, words))
        stems = {word: [stem] for word, stem, _known in rows}
        unknown = [
            word
            for word, _stem, known in rows
            if not known and len(word) >= spanish.MIN_CORRECTED_LENGTH and not word.isdigit()
        ]
        for word, stem in self._corrections(unknown):
            if stem not in stems[word]:
                stems[word].append(stem)
        return stems

    def _corrections(self, words):
        """The stems of the known words that unknown words may misspell.

        Known words with the same sound have priority; others must be similar enough for
        ``spanish.is_misspelling``.

        :return: pairs of an unknown word and a stem
        """
        if not words:
            return []
        sounds = {word: spanish.sound(word) for word in words}
        rows = self.env.execute_query(
            SQL(
                "SELECT sound, stem FROM atencion_solution_word WHERE sound = ANY(%s) ORDER BY id",
                list(sounds.values()),
            )
        )
        found = [(word, stem) for word in words for sound, stem in rows if sound == sounds[word]]
        without_match = set(words) - {word for word, _stem in found}
        return found + self._near_words(
            {word: sounds[word] for word in words if word in without_match}
        )

    def _near_words(self, sounds):
        """The stems of known words that are similar to unknown words.

        :param dict sounds: the sound of each unknown word
        :return: pairs of an unknown word and a stem
        """
        if not sounds or not self.env.registry.has_trigram:
            return []
        # Words with swapped letters share few trigrams: search widely, then compare in Python.
        # The threshold is set before the first word is searched, which refers to it. The index
        # has Odoo's ``unaccent``, though sounds have no accents.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT query.word, near.word, near.stem
                FROM (
                    SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE) OFFSET 0
                ) AS threshold(value),
                    unnest(%s::text[], %s::text[]) AS query(word, sound),
                    LATERAL (
                        SELECT word, stem
                        FROM atencion_solution_word
                        WHERE %s %% query.sound AND threshold.value IS NOT NULL
                        ORDER BY similarity(sound, query.sound) DESC, word
                        LIMIT %s) AS near""",
                MIN_SIMILARITY,
                list(sounds),
                list(sounds.values()),
                self.env.registry.unaccent(SQL("sound")),
                MAX_NEAR_WORDS,
            )
        )
        return [(word, stem) for word, near, stem in rows if spanish.is_misspelling(word, near)]
