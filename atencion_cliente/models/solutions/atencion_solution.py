from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty

from ...tools.solution_rank import SUCCESS_DAYS, success_share
from ..base.public_method import public

TEXTS = ("name", "problem", "solution")
REVOCATION = ("revoked_by_id", "revoked_on")


class AtencionSolution(models.Model):
    """How a case was solved, as guidance for similar cases.

    All agents of the company read solutions, also those of cases that they may not see. So
    names, numbers and addresses of customers are masked, and a file can be opened only by
    users who may read the note that it is attached to.
    """

    _name = "atencion.solution"
    _description = "Solution"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.bounds",
        "atencion.server.only",
        "atencion.readable.links",
        "atencion.private.label",
    ]
    _next_actions = ("atencion_cliente.atencion_case_action",)
    _order = "id desc"
    _check_company_auto = True
    _server_only_fields = frozenset({*REVOCATION, "is_edited"})

    name = fields.Char("Short name", required=True, index="trigram")
    # The label of a case contains its subject, so agents see ``case_number`` instead.
    case_id = fields.Many2one(
        "atencion.case",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        groups="atencion_cliente.group_supervisor",
    )
    case_number = fields.Char(related="case_id.name", store=True, precompute=True, index="trigram")
    problem = fields.Html(help="What the customer reported, without personal data.")
    solution = fields.Html(required=True)
    category_id = fields.Many2one(
        "atencion.case.category", index="btree_not_null", check_company=True
    )
    type_id = fields.Many2one("atencion.case.type", index="btree_not_null", check_company=True)
    area_id = fields.Many2one(
        "atencion.area", string="Service area", index="btree_not_null", check_company=True
    )
    place_id = fields.Many2one("atencion.place", index="btree_not_null", check_company=True)
    unit_kind = fields.Selection("_unit_kinds", string="Kind of unit")
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._today(),
        help="Day on which the case was closed.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="Files of the notes of the case and of its resolution: not copies. Whoever may "
        "read the note opens them.",
    )
    state = fields.Selection(
        [("active", "In force"), ("revoked", "Revoked")],
        required=True,
        default="active",
        copy=False,
        index=True,
    )
    revoked_reason = fields.Text("Reason of the revocation", copy=False)
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    revoked_on = fields.Datetime(readonly=True, copy=False)
    is_edited = fields.Boolean(
        "Edited by hand",
        readonly=True,
        copy=False,
        help="Someone wrote its texts. When its case is closed again they stay as they are.",
    )
    is_confidential = fields.Boolean(
        "Of a confidential case",
        compute="_compute_is_confidential",
        store=True,
        precompute=True,
        copy=False,
        help="Only supervisors read it, and it is never offered.",
    )
    is_case_open = fields.Boolean(
        "Its case is open again",
        compute="_compute_is_case_open",
        search="_search_is_case_open",
        compute_sudo=True,
        help="Its case was reopened: it is not offered until the case is closed again.",
    )
    applied_case_ids = fields.One2many(
        "atencion.case", "solution_id", string="Applied in", copy=False
    )
    applied_count = fields.Integer("Times applied", compute="_compute_success")
    measured_count = fields.Integer(
        "Cases measured",
        compute="_compute_success",
        help="Cases in which it was applied that closed as upheld, and were reopened or "
        "stayed closed for 60 days.",
    )
    success_rate = fields.Float(
        "Success",
        compute="_compute_success",
        help="Share of the measured cases that were not reopened within 60 days of closing, "
        "closer to a half while only few cases count: (those not reopened + 1) / (all + 2).",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.model
    def _unit_kinds(self):
        return self.env["atencion.unit"]._fields["kind"]._description_selection(self.env)

    # -------------------------------------------------------------------------
    # Computes
    # -------------------------------------------------------------------------

    @api.depends("case_id.is_confidential")
    def _compute_is_confidential(self):
        for solution in self:
            # After the deletion of its case, a solution stays as confidential as it was.
            if solution.case_id:
                solution.is_confidential = solution.case_id.sudo().is_confidential
            else:
                solution.is_confidential = solution.is_confidential

    # Without dependencies: they would search the solution at every closing of a case.
    def _compute_is_case_open(self):
        for solution in self:
            solution.is_case_open = bool(solution.case_id) and not solution.case_id.closed_at

    def _search_is_case_open(self, operator, _value):
        if operator != "in":
            return NotImplemented
        # sudo: agents may not read the field ``case_id``, and learn nothing of the case here.
        closed_at = self.env["atencion.case"].sudo()._field_to_sql("item", "closed_at")
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXISTS (SELECT FROM atencion_case item WHERE item.id = %s AND %s IS NULL)",
                model.sudo()._field_to_sql(alias, "case_id", query),
                closed_at,
            ),
            predicate=lambda solution: solution.is_case_open,
        )

    @api.depends("applied_case_ids")
    def _compute_success(self):
        # sudo: all cases of the company count, also those that the user may not read.
        applied = dict(
            self.env["atencion.case"]
            .sudo()
            .with_context(active_test=False)
            ._read_group(
                [("solution_id", "in", self.ids), ("exclude_from_kpi", "=", False)],
                ["solution_id"],
                ["__count"],
            )
        )
        counts = self._success_counts()
        for solution in self:
            stayed_closed, measured = counts.get(solution.id, (0, 0))
            solution.applied_count = applied.get(solution.sudo(), 0)
            solution.measured_count = measured
            solution.success_rate = success_share(stayed_closed, measured)

    def _success_counts(self):
        """How many of the cases in which each solution was applied stayed closed.

        Closings as upheld after the solution was applied are counted. A case failed if it was
        reopened within ``SUCCESS_DAYS`` of a closing. It stayed closed if it was closed for at
        least as long. Other cases are not measured yet.

        :return: number of cases that stayed closed and number of measured cases, by solution id
        :rtype: dict[int, tuple[int, int]]
        """
        if not self.ids:
            return {}
        self.env["atencion.case.history"].flush_model(
            ["case_id", "entered_at", "left_at", "closed"]
        )
        self.env["atencion.case"].flush_model(
            ["solution_id", "solution_applied_at", "exclude_from_kpi"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT solution_id, count(*) FILTER (WHERE NOT failed), count(*)
                FROM (
                    SELECT item.solution_id,
                        bool_or(coalesce(entry.left_at < entry.entered_at + %(success)s, FALSE)
                            AND next.closed IS NOT TRUE) AS failed,
                        bool_or(coalesce(entry.left_at, %(now)s)
                            >= entry.entered_at + %(success)s) AS lasted
                    FROM atencion_case item
                    JOIN atencion_case_history entry ON entry.case_id = item.id
                        AND entry.entered_at >= item.solution_applied_at
                    JOIN atencion_case_stage stage ON stage.id = entry.stage_id
                        AND stage.outcome = 'upheld'
                    LEFT JOIN atencion_case_history next ON next.case_id = item.id
                        AND next.entered_at = entry.left_at AND next.id > entry.id
                    WHERE item.solution_id = ANY(%(ids)s)
                        AND item.exclude_from_kpi IS NOT TRUE
                    GROUP BY item.id) AS applied
                WHERE failed OR lasted
                GROUP BY solution_id""",
                success=SQL("make_interval(days => %s)", SUCCESS_DAYS),
                now=fields.Datetime.now(),
                ids=self.ids,
            )
        )
        return {id_: (stayed_closed, measured) for id_, stayed_closed, measured in rows}

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.constrains("solution")
    def _check_solution(self):
        for solution in self:
            if is_html_empty(solution.solution):
                raise ValidationError(
                    self.env._(
                        "%s: write how the problem was solved.",
                        solution.name,
                    )
                )

    def _write_client_values(self, vals):
        if not vals.keys().isdisjoint(TEXTS):
            vals["is_edited"] = True
        super()._write_client_values(vals)

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self.filtered(lambda solution: solution.state == "revoked")._record_revocation()
        self._store_words()

    def _prepare_write(self, vals, carried):
        carried["changed_state"] = self.filtered(
            lambda solution: solution.state != vals.get("state")
        )
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if "state" in vals:
            carried["changed_state"]._record_revocation()
        elif "revoked_reason" in vals:
            self._check_revocation()
        if not vals.keys().isdisjoint(TEXTS):
            self._store_words()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        # sudo: cases that the user may not read count, too.
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        applied = cases.search([("solution_id", "in", self.ids)], limit=1).solution_id
        if applied:
            raise UserError(
                self.env._(
                    "“%s” was applied in cases, which refer to it. Revoke it: it is not "
                    "offered any more.",
                    applied.name,
                )
            )

    # -------------------------------------------------------------------------
    # Revocation
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_open_case(self):
        """Open the case that the solution comes from.

        :raise AccessError: the user may not read the case
        """
        # sudo: agents may not read the field ``case_id``; the case checks their right on it.
        case = self.sudo().case_id.sudo(False)
        if not case.has_access("read"):
            raise AccessError(
                self.env._(
                    "The case of this solution is not among the ones you see. Ask a "
                    "supervisor, or its assignee to add you as a follower."
                )
            )
        return case.get_formview_action()
