from odoo import api, models
from odoo.exceptions import ValidationError

from ...report.letter_value import WRITERS
from ...tools import letter_language as language
from ...tools.letter_fields import PRINTED
from .atencion_document_template import CASE, CHECKS

# Maximum number of problems in one message.
MAX_PROBLEMS = 8


class AtencionLetterSource(models.Model):
    """Checks the texts of templates: only fields for letters that the user may read."""

    _inherit = "atencion.document.template"

    @api.model
    def _check_sources(self, vals):
        """Refuse template texts that a letter cannot be rendered from.

        They are checked before they are saved, because Odoo removes invalid parts of HTML when
        it saves it, and the user should know of them.

        :raise ValidationError: names each invalid part and its line
        """
        for name in CHECKS.keys() & vals.keys():
            problems = CHECKS[name](str(vals[name] or ""), self._path_problem)
            if problems:
                raise ValidationError(self._problems_text(name, problems))

    @api.model
    def _path_problem(self, path):
        """The problem of a path of fields, both when a template is saved and when it is used.

        :param str path: names of fields from the case on, as ``unit_id.project_id.name``
        :return: a kind of problem of ``tools.letter_language``; None for a path that letters
            may print and that the user may read
        :rtype: str | None
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
        """The problem of a field that a letter of this user cannot show, None if it can."""
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
        """The names of the fields that letters may print, by model; other addons extend it.

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
