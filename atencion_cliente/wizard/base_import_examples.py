import re
from decimal import Decimal

from odoo import api, models
from odoo.tools import format_date

from ..tools import typed_date
from ..tools.typed_number import is_ambiguous, read
from .base_import_reading import shown

UTF_8 = ("", "ascii", "utf-8", "utf-8-sig")
# A word with a letter beside ASCII. A blank of another width is one: it may be an “á” of MS-DOS.
FOREIGN_WORD = re.compile(r"\S*[^\x00-\x7f]\S*", re.ASCII)
# How the screen writes what ``strptime`` has.
SCREEN_FORMATS = {"%d": "DD", "%m": "MM", "%Y": "YYYY", "%y": "YY"}


class BaseImportExamples(models.TransientModel):
    """What the screen of an import of ours shows before anything is created.

    The first date and the first number of the file that may mean two things, what they are taken
    for, and the options that would take them for the other.
    """

    _inherit = "base_import.import"

    @api.model
    def _examples(self, options, samples, rows):
        """The lines to show: a ``text``, whether it is a ``warning``, and perhaps a ``choice``.

        :param dict options: of the screen, complete
        :param samples: ``Samples`` of the file
        :param list rows: of the file
        :rtype: list[dict]
        """
        lines = [
            self._example_of_letters(options, rows),
            self._example_of_dates(options, samples.dates),
            self._example_of_numbers(options, samples.numbers),
            self._unreadable_date(options, samples.dates),
        ]
        return [line for line in lines if line]

    @api.model
    def _example_of_letters(self, options, rows):
        """The encoding, unless it is UTF-8, which cannot be mistaken."""
        encoding = options.get("encoding") or ""
        cells = (cell for row in rows for cell in row if isinstance(cell, str))
        word = next(filter(None, map(FOREIGN_WORD.search, cells)), None)
        if encoding in UTF_8 or not word:
            return None
        return _line(
            self.env._(
                "The letters of the file are read as %(encoding)s: “%(word)s”. If they are wrong, "
                "choose another encoding.",
                encoding=encoding,
                word=word[0][:40],
            )
        )

    @api.model
    def _example_of_dates(self, options, texts):
        """A date that would be another one in the other order, or that shows the order itself."""
        day_first = self._is_day_first(options)
        text = next(filter(typed_date.is_ambiguous, texts), None)
        if text:
            read = self._is_read_as(text, self._date_in_words(self._moment(text, options)))
            other = self._date_in_words(typed_date.read(text, not day_first))
            label = self.env._("Read it as %s", other)
            return _line(read, label, _order_options(text, not day_first))
        text = next((text for text in texts if typed_date.format_of(text, day_first)), None)
        moment = text and self._moment(text, options)
        if not moment or day_first == self._language_day_first():
            return None
        if day_first:
            why = self.env._("The dates of this file have the day first.")
        else:
            why = self.env._("The dates of this file have the month first.")
        return _line(f"{self._is_read_as(text, self._date_in_words(moment))} {why}")

    @api.model
    def _unreadable_date(self, options, texts):
        """A warning of the first date that is none, or none in the order of the others."""
        day_first = self._is_day_first(options)
        text = next((text for text in texts if not self._moment(text, options)), None)
        if not text:
            return None
        other = typed_date.read(text, not day_first)
        if not other:
            said = self.env._("“%s” is not a date that can be read without doubt.", shown(text))
            return _line(said, is_warning=True)
        if day_first:
            said = self.env._("“%s” is no date with the day first.", shown(text))
        else:
            said = self.env._("“%s” is no date with the month first.", shown(text))
        label = self.env._("Read it as %s", self._date_in_words(other))
        return _line(said, label, _order_options(text, not day_first), is_warning=True)

    @api.model
    def _example_of_numbers(self, options, texts):
        """A number that may be a thousand, or have three decimals."""
        text = next(filter(is_ambiguous, texts), None)
        if not text:
            return None
        thousands = options.get("float_thousand_separator") or ""
        other = "," if thousands == "." else "."
        meaning, meant = (self._number_in_words(text, sign) for sign in (thousands, other))
        if meaning == meant:
            other = "." if other == "," else ","
            meant = self._number_in_words(text, other)
        decimal = "." if other == "," else ","
        return _line(
            self._is_read_as(text, meaning),
            self.env._("Read it as %s", meant),
            {"float_thousand_separator": other, "float_decimal_separator": decimal},
        )

    @api.model
    def _is_read_as(self, text, meaning):
        return self.env._("“%(typed)s” is read as %(meaning)s.", typed=shown(text), meaning=meaning)

    @api.model
    def _date_in_words(self, moment):
        return format_date(self.env, moment.date(), date_format="long")

    @api.model
    def _number_in_words(self, text, thousands):
        """A number without signs between its thousands, with the language's decimal sign."""
        number, _word = read(text, thousands)
        return format(Decimal(number).normalize(), "f").replace(".", self._language_decimal())


def _line(text, label="", options=None, is_warning=False):
    choice = {"label": label, "options": options} if options else False
    return {"text": text, "warning": is_warning, "choice": choice}


def _order_options(text, day_first):
    """The options, as the screen writes them, that read a date in an order."""
    written = typed_date.format_of(text, day_first)
    for part, letters in SCREEN_FORMATS.items():
        written = written.replace(part, letters)
    return {"date_format": written, "datetime_format": f"{written} HH:mm:ss"}
