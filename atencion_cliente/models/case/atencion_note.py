from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty
from odoo.tools.mail import html_to_inner_content

from ...tools.commands import referred_ids

SUMMARY_LENGTH = 120


class AtencionNote(models.Model):
    """A note or file that may concern several cases, kept once.

    Users who see one of its cases see a note; one without a case is seen by its author.
    """

    _name = "atencion.note"
    _description = "Case note"
    _inherit = [
        "atencion.input",
        "atencion.bounds",
        "atencion.readable.links",
        "atencion.private.label",
        "atencion.attached.files",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Short name", required=True, index="trigram")
    date = fields.Date("Effective date", required=True, default=fields.Date.context_today)
    body = fields.Html()
    summary = fields.Char("Text", compute="_compute_summary")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")
    case_ids = fields.Many2many("atencion.case", string="Cases", check_company=True)
    case_count = fields.Integer("Number of cases", compute="_compute_case_count")
    is_seen = fields.Boolean("Seen", compute="_compute_is_seen", search="_search_is_seen")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.depends("body")
    def _compute_summary(self):
        for note in self:
            note.summary = html_to_inner_content(note.body or "")[:SUMMARY_LENGTH]

    @api.depends("case_ids")
    def _compute_case_count(self):
        # sudo: a count says nothing of the cases that the user does not see.
        cases = self.env["atencion.case"].sudo()
        counts = dict(cases._read_group([("note_ids", "in", self.ids)], ["note_ids"], ["__count"]))
        for note in self:
            note.case_count = counts.get(note._origin, 0)

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("case_ids", "create_uid")
    def _compute_is_seen(self):
        seen = self.sudo().search(self._search_is_seen("in", [True]) & Domain("id", "in", self.ids))
        for note in self:
            note.is_seen = note in seen

    def _search_is_seen(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        # Odoo evaluates rules as superuser, in Python too: a search leaves in the cache of
        # ``case_ids`` no case that the user may not see.
        cases = self.env["atencion.case"].sudo(False)._search([])
        links = self._fields["case_ids"]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """(EXISTS (
                    SELECT FROM %(links)s link
                    WHERE link.%(note)s = %(id)s AND link.%(case)s IN %(cases)s)
                OR %(author)s = %(user)s AND NOT EXISTS (
                    SELECT FROM %(links)s link WHERE link.%(note)s = %(id)s))""",
                links=SQL.identifier(links.relation),
                note=SQL.identifier(links.column1),
                case=SQL.identifier(links.column2),
                id=SQL.identifier(alias, "id"),
                author=SQL.identifier(alias, "create_uid"),
                user=self.env.uid,
                cases=cases.subselect(),
                to_flush=links,
            )
        )

    @api.constrains("body", "attachment_ids")
    def _check_content(self):
        for note in self:
            if is_html_empty(note.body) and not note.attachment_ids:
                raise ValidationError(
                    self.env._(
                        "Note %(note)s is empty: write its text or attach a file.",
                        note=note.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean_input(vals) for vals in vals_list]
        for vals in vals_list:
            cases = self._referred_cases(vals)
            if cases:
                vals.setdefault("company_id", cases[0].company_id.id)
        notes = super().create(vals_list)
        for note in notes:
            note._every_case()._notify_changed_fields(["note_ids"])
        return notes

    def write(self, vals):
        vals = self._clean_input(vals)
        self._referred_cases(vals)
        linked = self if "case_ids" in vals else self.browse()
        before = {note.id: note._every_case() for note in linked}
        result = super().write(vals)
        for note in linked:
            (note._every_case() - before[note.id])._notify_changed_fields(["note_ids"])
        return result

    def _every_case(self):
        """The cases of a note, also those that the user does not see.

        Searched, because what the superuser reads of a field stays in the cache of all users.
        """
        # sudo: a note is announced on all its cases.
        return self.env["atencion.case"].sudo().search([("note_ids", "in", self.ids)])

    def _referred_cases(self, vals):
        """The cases that values link a note to, or unlink it from.

        :raise AccessError: the user may not change one of them
        """
        cases = self.env["atencion.case"].browse(referred_ids(vals.get("case_ids")))
        cases.check_access("write")
        return cases
