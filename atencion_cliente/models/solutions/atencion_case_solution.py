import re

from lxml import html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import html2plaintext, is_html_empty

from ...tools.privacy import redact
from ..base.public_method import ID, TEXT, public

EMBEDDED = re.compile(r"/web/(?:image|content)/(\d+)")


class AtencionCaseSolution(models.Model):
    """What cases give to the solutions, and take from them.

    A case that closes in a state that requires a resolution gives a solution: of its
    subject and description, and of its resolution. It gives none if it is confidential or
    excluded from the indicators, or if its resolution is the text that it took from
    another solution. Closed again, it brings its solution up to date; a text that a
    supervisor edited stays, and one that he revoked gives way to a new solution.
    """

    _inherit = "atencion.case"

    solution_id = fields.Many2one(
        "atencion.solution",
        string="Solution applied",
        copy=False,
        index="btree_not_null",
        # A solution that was applied is not deleted: it says so itself.
        ondelete="set null",
        check_company=True,
        tracking=True,
        groups="base.group_user",
        domain="[('state', '=', 'active'), ('company_id', '=', company_id)]",
        help="The solution of an earlier case that guided this one. It counts as applied "
        "once a case.",
    )
    solution_applied_at = fields.Datetime(
        "Solution applied on", readonly=True, copy=False, groups="base.group_user"
    )
    recorded_solution_ids = fields.Many2many(
        "atencion.solution",
        compute="_compute_recorded_solution_ids",
        compute_sudo=True,
        string="Solution recorded",
        groups="base.group_user",
        help="What the solutions keep of how this case was solved.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"solution_applied_at"}

    def _compute_recorded_solution_ids(self):
        solutions = self.env["atencion.solution"].search([("case_id", "in", self.ids)])
        by_case = solutions.grouped("case_id")
        for case in self:
            case.recorded_solution_ids = by_case.get(case._origin, solutions.browse())

    # -------------------------------------------------------------------------
    # Applying
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list, carried):
        moment = self._moment()
        completed = []
        for vals in vals_list:
            solution = self.env["atencion.solution"].browse(vals.get("solution_id") or ())
            solution._check_applicable()
            completed.append(vals | ({"solution_applied_at": moment} if solution else {}))
        return super()._prepare_create(completed, carried)

    def _prepare_write(self, vals, carried):
        if "solution_id" in vals:
            solution = self.env["atencion.solution"].browse(vals["solution_id"] or ())
            changed = self.filtered(lambda case: case.solution_id != solution)
            if changed:
                solution._check_applicable()
            carried["solution"] = changed
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if carried.get("solution"):
            applied_at = bool(vals["solution_id"]) and self._moment()
            carried["solution"]._write_checked({"solution_applied_at": applied_at})

    @api.model
    @api.readonly
    @public(solution_id=ID, resolution=TEXT)
    def merge_solution(self, solution_id, resolution=""):
        """The resolution of a case after a solution is applied: its text is added.

        Nothing that was written is lost, and what is there already is not added again.

        :param int solution_id: of a solution that the user reads and that is not revoked
        :param str resolution: as it stands, HTML
        :return: HTML
        """
        solution = self.env["atencion.solution"].browse(solution_id or ()).exists()
        if not solution:
            raise MissingError(self.env._("The solution was deleted. Choose another one."))
        solution._check_applicable()
        written = resolution or ""
        if is_html_empty(written):
            return solution.solution
        if _plain(solution.solution) in _plain(written):
            return written
        return Markup(written) + solution.solution

    @public(one=True, solution_id=ID)
    def apply_solution(self, solution_id):
        """Apply a solution to a case: its text goes to the resolution, and it counts.

        :param int solution_id: of an active solution of the company of the case
        :raise AccessError: the user may not write the case
        :raise ValidationError: the solution is revoked
        """
        self.check_access("write")
        self.write(
            {
                "resolution": self.merge_solution(solution_id, self.resolution),
                "solution_id": solution_id,
            }
        )
        return True

    # -------------------------------------------------------------------------
    # Recording
    # -------------------------------------------------------------------------

    def _write_stage_change(self, change):
        super()._write_stage_change(change)
        if change.stage.is_closed and change.stage.requires_resolution:
            self._record_solutions()

    def _record_solutions(self):
        """Record how cases that just closed were solved."""
        # sudo: who closes a case records its solution, without a right on the others.
        cases = self.sudo().filtered(lambda case: case._gives_solution())
        Solution = self.env["atencion.solution"].sudo()
        known = Solution.search(Domain("case_id", "in", cases.ids), order="id").grouped("case_id")
        created = []
        for case in cases:
            values = case._solution_values()
            own = known.get(case, Solution)[-1:]
            if not own:
                created.append(values)
            elif own.state == "revoked":
                if _plain(own.solution) != _plain(values["solution"]):
                    created.append(values)
            elif not own.is_edited:
                own._write_checked(values)
        Solution.create(created)

    def _gives_solution(self):
        self.ensure_one()
        if self.is_confidential or self.exclude_from_kpi or is_html_empty(self.resolution):
            return False
        return not self.solution_id or _plain(self.resolution) != _plain(self.solution_id.solution)

    def _solution_values(self):
        """What the solutions keep of a case, without what tells who the customer is."""
        self.ensure_one()
        people, others = self._identifying_texts()

        def masked(text):
            return redact(text, people, others)

        subject = masked(self.subject)
        problem = Markup("<p>%s</p>") % subject
        return {
            "name": subject,
            "problem": problem + _masked_html(self.description, masked),
            "solution": _masked_html(self.resolution, masked),
            "case_id": self.id,
            "category_id": self.category_id.id,
            "type_id": self.type_id.id,
            "area_id": self.area_id.id,
            "unit_kind": self.unit_id.kind,
            "date": self.company_id._day_of(self.closed_at),
            "attachment_ids": [fields.Command.set(self._solution_attachments().ids)],
            "company_id": self.company_id.id,
        }

    def _identifying_texts(self):
        """Names of the persons of a case; names of its companies, and identity numbers."""
        self.ensure_one()
        partners = self.partner_id | self.requester_id | self.contract_id.holder_ids.partner_id
        persons = partners.filtered(lambda partner: not partner.is_company)
        unregistered = " ".join(filter(None, [self.requester_firstname, self.requester_lastname]))
        people = [*persons.mapped("name"), unregistered]
        numbers = [*partners.mapped("vat"), self.requester_identity]
        companies = (partners - persons).mapped("name")
        return list(filter(None, people)), list(filter(None, [*companies, *numbers]))

    def _solution_attachments(self):
        """Files of the notes of a case, and those that its resolution shows.

        Not the customer's documents: they are of him, not of how the case was solved.
        """
        embedded = map(int, EMBEDDED.findall(self.resolution or ""))
        files = self.note_ids.attachment_ids | self.env["ir.attachment"].browse(embedded)
        return files.exists()


def _plain(text):
    return " ".join(html2plaintext(text or "").split())


def _masked_html(text, masked):
    """HTML with what identifies the customer masked, tag by tag."""
    if is_html_empty(text):
        return Markup()
    root = html.fragment_fromstring(text, create_parent="div")
    for element in root.iter():
        if isinstance(element.tag, str) and element.text:
            element.text = masked(element.text)
        if element.tail:
            element.tail = masked(element.tail)
    inner = html.tostring(root, encoding="unicode")
    return Markup(inner.removeprefix("<div>").removesuffix("</div>"))
