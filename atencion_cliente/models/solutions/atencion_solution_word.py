from odoo import fields, models
from odoo.tools import SQL

from ...tools import spanish

# Nearest words that are looked at for each unknown one.
NEAREST = 12
LEAST_SIMILAR = "0.25"


class AtencionSolutionWord(models.Model):
    """The words that solutions and categories have, to tell which one is misspelt.

    Read and written by SQL only. Words stay when the last solution that has them goes:
    a correction that finds nothing does no harm.
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

    def _learn(self, texts):
        """Remember the words of texts."""
        words = sorted({word for text in texts for word in spanish.words(text)})
        words = [word for word in words if len(word) >= spanish.SHORTEST_CORRECTED]
        # Two transactions may both learn a word. Twice is harmless, and neither waits.
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

    def _stems(self, words):
        """The stems of words, and for unknown ones the stems of those they may misspell.

        Words without meaning have none.

        :param list words: plain words (``spanish.words``)
        :rtype: dict[str, list[str]]
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.word, stem.lexemes[1], EXISTS (
                    SELECT FROM atencion_solution_word known WHERE known.stem = stem.lexemes[1])
                FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(word, cut, number),
                    ts_lexize('pg_catalog.spanish_stem', asked.cut) AS stem(lexemes)
                WHERE stem.lexemes[1] IS NOT NULL
                ORDER BY asked.number""",
                words,
                list(map(spanish.cut, words)),
            )
        )
        stems = {word: [stem] for word, stem, _known in rows}
        unknown = [
            word
            for word, _stem, known in rows
            if not known and len(word) >= spanish.SHORTEST_CORRECTED and not word.isdigit()
        ]
        for word, stem in self._corrections(unknown):
            if stem not in stems[word]:
                stems[word].append(stem)
        return stems

    def _corrections(self, words):
        """Unknown words, each with the stem of a known one that it may misspell.

        Those that sound the same, or else those that Python finds near enough.
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
        silent = set(words) - {word for word, _stem in found}
        return found + self._near_words({word: sounds[word] for word in words if word in silent})

    def _near_words(self, sounds):
        """Words, by how they sound, each with the stems of the known ones near it."""
        if not sounds or not self.env.registry.has_trigram:
            return []
        # Letters that are swapped share few trigrams; Python judges what is found.
        self.env.execute_query(
            SQL("SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE)", LEAST_SIMILAR)
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.word, near.word, near.stem
                FROM unnest(%s::text[], %s::text[]) AS asked(word, sound),
                    LATERAL (
                        SELECT word, stem
                        FROM atencion_solution_word
                        WHERE sound %% asked.sound
                        ORDER BY similarity(sound, asked.sound) DESC, word
                        LIMIT %s) AS near""",
                list(sounds),
                list(sounds.values()),
                NEAREST,
            )
        )
        return [(word, stem) for word, near, stem in rows if spanish.is_misspelling(word, near)]
