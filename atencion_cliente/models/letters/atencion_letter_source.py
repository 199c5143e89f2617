from odoo import api, models
from odoo.exceptions import ValidationError

from ...report.letter_value import WRITERS
from ...tools import letter_language as language
from ...tools.letter_fields import PRINTED
from .atencion_document_template import CASE, CHECKS

# Problems that one message names.
MAX_PROBLEMS = 8


class AtencionLetterSource(models.Model):
    """What the sources of letters may say: which fields they print, and for whom."""

    _inherit = "atencion.document.template"

    @api.model
    def _check_sources(self, vals):
        """Refuse texts that a letter could not be written from.

        They are read as they were written: saving drops some of what is refused here.

        :raise ValidationError: names each wrong part and its line
        """
        for name in CHECKS.keys() & vals.keys():
            problems = CHECKS[name](str(vals[name] or ""), self._judge)
            if problems:
                raise ValidationError(self._problems_text(name, problems))

    @api.model
    def _judge(self, path):
        """The kind of problem of a path of fields of a case, None if it has none.

        It is the same at saving and at writing a letter, for whoever does it: what no
        letter prints, and what this user may not read.
        """
        model = self.env[CASE]
        *records, last = path.split(".")
        for name in records:
            field = model._fields.get(name)
            if not field or not field.relational:
                return language.FIELD
            if field.type != "many2one":
                return language.LIST
            problem = self._reading_problem(model, field)
            if problem:
                return problem
            model = self.env[field.comodel_name]
        field = model._fields.get(last)
        if not field:
            return language.FIELD
        if field.type in ("one2many", "many2many"):
            return language.LIST
        if field.type not in WRITERS:
            return language.SHAPELESS
        return self._reading_problem(model, field)

    @api.model
    def _reading_problem(self, model, field):
        """Why a letter of this user cannot show a field, None if it can."""
        printed = self._letter_fields()
        known = field.manual or field.name in printed.get(model._name, ())
        if not known or field.relational and field.comodel_name not in printed:
            return language.CLOSED
        target = self.env[field.comodel_name] if field.relational else model
        if not model._has_field_access(field, "read") or not target.has_access("read"):
            return language.DENIED
        return None

    @api.model
    def _letter_fields(self):
        """The names of the fields that letters may print, by model: addons add theirs.

        :rtype: dict[str, frozenset[str]]
        """
        return PRINTED

    @api.model
    def _problems_text(self, name, problems):
        lines = [
            self.env._(
                "Line %(line)s: %(problem)s",
                line=problem.line,
                problem=self._problem_text(problem),
            )
            for problem in problems[:MAX_PROBLEMS]
        ]
        label = self._fields[name]._description_string(self.env)
        return "\n".join([self.env._("Field “%s” of the template:", label), *lines])

    @api.model
    def _problem_text(self, problem):
        texts = {
            language.CALL: self.env._(
                "“%s” calls a function, which a letter does not. Write the field alone: dates "
                "and numbers are shown as the letter's language writes them."
            ),
            language.CLOSED: self.env._(
                "“%s” is not for letters. They print what a customer may know of the case: "
                "choose a field from the list of fields."
            ),
            language.CODE: self.env._(
                "“%s” is not a field of the case. Write it as object.name or "
                "object.unit_id.name, and a text for an empty one as object.name or 'text'."
            ),
            language.DENIED: self.env._(
                "you may not read “%s”. Ask an administrator to take it out of the template."
            ),
            language.DIRECTIVE: self.env._(
                "“%s” is not allowed. A letter knows t-out, t-if and t-else."
            ),
            language.ELEMENT: self.env._("%s cannot be in a letter. Remove it."),
            language.FIELD: self.env._(
                "there is no field “%s”. Check its name in the list of fields."
            ),
            language.INLINE: self.env._(
                '“%s” only works in the subject. In the text, write <t t-out="object.name"/>.'
            ),
            language.LIST: self.env._(
                "“%s” is a list, and a letter shows one value. Use a field of the case that "
                "writes the list, such as object.letter_missing_documents."
            ),
            language.LOOP: self.env._(
                "“%s” is a loop, and a letter has none. Use a field of the case that writes "
                "the list, such as object.letter_missing_documents."
            ),
            language.ORPHAN: self.env._("“%s” must directly follow an element with t-if."),
            language.PRIVATE: self.env._(
                "“%s” is private: names that begin with _ are not for letters."
            ),
            language.SHAPELESS: self.env._(
                "“%s” is neither a text, a number, a date nor a record, so a letter cannot show it."
            ),
            language.UNCLOSED: self.env._("“%s” is never closed with }}."),
        }
        return texts[problem.kind] % problem.words
