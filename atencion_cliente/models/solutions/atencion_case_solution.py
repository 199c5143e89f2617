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
    """Records solutions of closed cases, and applies solutions to open ones.

    A case that closes in a state that requires a resolution records a solution, made of its
    subject, description and resolution. It records none if it is confidential, excluded from
    the indicators, or if its resolution is the text of an applied solution. When the case is
    closed again, its solution is updated, unless a supervisor edited it. If the solution was
    revoked, a new one is recorded.
    """

    _inherit = "atencion.case"

    solution_id = fields.Many2one(
        "atencion.solution",
        string="Solution applied",
        copy=False,
        index="btree_not_null",
        # ``atencion.solution`` refuses the deletion of an applied solution with its own message.
        ondelete="set null",
        check_company=True,
        tracking=True,
        groups="base.group_user",
        domain="[('state', '=', 'active'), ('is_case_open', '=', False), "
        "('company_id', '=', company_id)]",
        help="The solution of an earlier case that guided this one. It counts as applied "
        "once per case.",
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
        help="The solution that was recorded when this case was closed.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"solution_applied_at"}

    @api.model
    def _get_row_sources(self):
        source = ("atencion.solution", "case_id")
        return super()._get_row_sources() | {"recorded_solution_ids": source}

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
        """Append the text of a solution to a resolution, unless it contains that text already.

        :param int solution_id: of a solution that the user may read and that is not revoked
        :param str resolution: the present resolution, HTML
        :return: the new resolution, HTML
        :raise MissingError: the solution was deleted
        :raise AccessError: the user may not read the solution
        :raise ValidationError: the solution is revoked
        """
        solution = self.env["atencion.solution"].browse(solution_id or ()).exists()
        if not solution:
            raise MissingError(self.env._("The solution was deleted. Choose another one."))
        solution._check_applicable()
        written = resolution or ""
        if is_html_empty(written):
            return solution.solution
        if _comparable_text(solution.solution) in _comparable_text(written):
            return written
        return Markup(written) + solution.solution

    @public(one=True, solution_id=ID)
    def apply_solution(self, solution_id):
        """Apply a solution to the case: add its text to the resolution, and link it.

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
        """Create or update the solutions of cases that were just closed."""
        # sudo: agents have no right to write solutions.
        cases = self.sudo().filtered(lambda case: case._has_solution_to_record())
        Solution = self.env["atencion.solution"].sudo()
        known = Solution.search(Domain("case_id", "in", cases.ids), order="id").grouped("case_id")
        created = []
        for case in cases:
            values = case._solution_values()
            own = known.get(case, Solution)[-1:]
            if not own:
                created.append(values)
            elif own.state == "revoked":
                if _comparable_text(own.solution) != _comparable_text(values["solution"]):
                    created.append(values)
            elif not own.is_edited:
                own._write_checked(values)
        Solution.create(created)

    def _has_solution_to_record(self):
        self.ensure_one()
        if self.is_confidential or self.exclude_from_kpi or is_html_empty(self.resolution):
            return False
        return not self.solution_id or _comparable_text(self.resolution) != _comparable_text(
            self.solution_id.solution
        )

    def _solution_values(self):
        """The values of the solution of the case, with personal data masked.

        :rtype: dict
        """
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
            "place_id": self.place_id.id,
            "unit_kind": self.unit_id.kind,
            "date": self.company_id._day_of(self.closed_at),
            "attachment_ids": [fields.Command.set(self._solution_attachments().ids)],
            "company_id": self.company_id.id,
        }

    def _identifying_texts(self):
        """The texts to mask: names of persons, and names of companies with identity numbers.

        :rtype: tuple[list[str], list[str]]
        """
        self.ensure_one()
        contract = self.contract_id.with_context(active_test=False)
        partners = self.partner_id | self.requester_id | contract.holder_ids.partner_id
        partners |= contract.representative_ids.partner_id
        persons = partners.filtered(lambda partner: not partner.is_company)
        unregistered = " ".join(filter(None, [self.requester_firstname, self.requester_lastname]))
        people = [*persons.mapped("name"), unregistered]
        numbers = [*partners.mapped("vat"), self.requester_identity]
        companies = (partners - persons).mapped("name")
        return list(filter(None, people)), list(filter(None, [*companies, *numbers]))

    def _solution_attachments(self):
        """The files of the notes of the case, and those embedded in its resolution.

        The documents of the customer are left out, because they are personal.
        """
        embedded = map(int, EMBEDDED.findall(self.resolution or ""))
        files = self.note_ids.attachment_ids | self.env["ir.attachment"].browse(embedded)
        return files.exists()


def _comparable_text(text):
    return " ".join(html2plaintext(text or "").split())


def _masked_html(text, masked):
    """Mask the texts of HTML, element by element.

    :param masked: function that masks a plain text
    :rtype: Markup
    """
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
