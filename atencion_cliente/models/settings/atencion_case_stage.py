from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import is_html_empty, ormcache

from ...tools import transitions
from ..base.public_method import public

# Flags that decide which changes of state are allowed; fields of ``tools.transitions.Stage``.
MOVE_FLAGS = (
    "is_closed",
    "restarts_clock",
    "requires_resolution",
    "requires_area_change",
    "requires_pending_document",
    "waits_for_documents",
    "pauses_clock",
)

# Flags that decide whether the cases of a state are closed, and how.
CLOSING_FLAGS = ("is_closed", "outcome")


class AtencionCaseStage(models.Model):
    """A state of a case.

    States are data, so that a company can rename them and add others. Code reads their
    flags, never a name, a code or an XML id.
    """

    _name = "atencion.case.stage"
    _description = "Case state"
    _inherit = [
        "atencion.input",
        "atencion.in.use",
        "atencion.live.links",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.reference",
        "atencion.traced",
    ]
    _copied_labels = ("name", "code")
    _naming_fields = ("code", "name")
    _order = "sequence, id"
    _case_link = "stage_id"
    _setting_links = (
        ("atencion.escalation.rule", "stage_id"),
        ("atencion.escalation.rule", "new_stage_id"),
    )
    _live_links = frozenset({"customer_template_id"})

    name = fields.Char(required=True, translate=True, tracking=True)
    short_name = fields.Char(
        "Short name",
        translate=True,
        help="Shown in the list of cases. Empty: the name.",
        tracking=True,
    )
    code = fields.Char(required=True, copy=False, tracking=True)
    sequence = fields.Integer(default=10, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    fold = fields.Boolean("Folded in kanban")
    is_initial = fields.Boolean(
        "Initial state", help="New cases start in the first initial state.", tracking=True
    )
    is_closed = fields.Boolean("Closes the case", tracking=True)
    outcome = fields.Selection([("upheld", "Upheld"), ("rejected", "Not upheld")], tracking=True)
    pauses_clock = fields.Boolean(
        help="Days in this state move the deadline: the case waits for the customer.", tracking=True
    )
    restarts_clock = fields.Boolean(
        "Reopens the case",
        help="The deadline counts again from the day the case enters this state.",
        tracking=True,
    )
    requires_resolution = fields.Boolean(tracking=True)
    requires_area_change = fields.Boolean(
        "Transfers the case",
        help="The change names another area, which is notified, and clears the assignee.",
        tracking=True,
    )
    requires_pending_document = fields.Boolean(
        help="A case enters only while a document is pending. New cases with "
        "mandatory documents start in the first such state.",
        tracking=True,
    )
    waits_for_documents = fields.Boolean(
        help="To work on the case from here, its mandatory documents must have been "
        "received or waived.",
        tracking=True,
    )
    next_stage_ids = fields.Many2many(
        "atencion.case.stage",
        "atencion_case_stage_transition_rel",
        "stage_id",
        "next_stage_id",
        string="May change to",
        tracking=True,
    )
    customer_label = fields.Char(
        translate=True, help="What the customer reads. Empty: the name.", tracking=True
    )
    customer_template_id = fields.Many2one(
        "mail.template",
        string="Mail to the customer",
        domain=[("model", "=", "atencion.case")],
        ondelete="set null",
        help="Sent to the requester and the holder when a case enters the state. Empty: "
        "they get none.",
        tracking=True,
    )

    _code_unique = models.UniqueIndex("(code)", "Another state has this code.")

    @api.depends_context("atencion_short_label", "atencion_stage_code")
    @api.depends("name", "short_name", "code")
    def _compute_display_name(self):
        context = self.env.context
        if not (context.get("atencion_short_label") or context.get("atencion_stage_code")):
            return super()._compute_display_name()
        for stage in self:
            if context.get("atencion_stage_code"):
                stage.display_name = f"{stage.name} ({stage.code})"
            else:
                stage.display_name = stage.short_name or stage.name
        return None

    @api.model
    @api.readonly
    @public()
    def get_flow(self):
        """The states as the bar of a case and the kanban show them, archived ones, too.

        :return: each with its ``id``, short ``display_name``, ``active``, ``is_initial``,
            ``is_closed``, and the ids of the states that may follow
        :rtype: list[dict]
        :raise AccessError: the user may not read states
        """
        self.browse().check_access("read")
        return [dict(state) for state in self._flow()]

    @api.model
    @ormcache("self.env.lang")
    def _flow(self):
        """``get_flow``, kept by each worker until a state changes."""
        # sudo: all who may read states read the same ones.
        stages = self.sudo().with_context(active_test=False, atencion_short_label=True).search([])
        return [
            {
                "id": stage.id,
                "display_name": stage.display_name,
                "active": stage.active,
                "is_initial": stage.is_initial,
                "is_closed": stage.is_closed,
                "next_stage_ids": stage.next_stage_ids.ids,
            }
            for stage in stages
        ]

    def _customer_text(self, response):
        """What the customer reads of a case in this state.

        A closed case without an answer is not said to be answered: it has the name of the state.

        :param str response: the answer to the customer, as HTML
        """
        self.ensure_one()
        if self.is_closed and is_html_empty(response):
            return self.name
        return self.customer_label or self.name

    @api.constrains("is_closed", "outcome", "pauses_clock", "restarts_clock")
    def _check_flags(self):
        for stage in self:
            if stage.is_closed != bool(stage.outcome):
                raise ValidationError(
                    self.env._(
                        "State %(stage)s: a state that closes the case has an outcome, "
                        "upheld or rejected, and the others have none.",
                        stage=stage.name,
                    )
                )
            if stage.is_closed and (stage.pauses_clock or stage.restarts_clock):
                raise ValidationError(
                    self.env._(
                        "State %(stage)s: a state that closes the case neither pauses "
                        "the clock nor reopens the case.",
                        stage=stage.name,
                    )
                )

    def write(self, vals):
        self._refuse_to_flip(vals)
        result = super().write(vals)
        if not all(vals.get(name, True) for name in ("active", "is_initial")):
            self._refuse_without_initial()
        return result

    def _refuse_to_flip(self, vals):
        """Refuse to change whether a state closes its cases, and how, while it holds cases.

        :raise UserError: names the state, and says how many cases it holds
        """
        flipped = self.filtered(
            lambda stage: any(stage[name] != vals[name] for name in CLOSING_FLAGS if name in vals)
        )
        # sudo: cases that the user may not read count, too.
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        for stage in flipped:
            count = cases.search_count([("stage_id", "=", stage.id)])
            if count:
                raise UserError(
                    self.env._(
                        "State %(stage)s holds cases (%(count)s): whether it closes them, and "
                        "with which outcome, stays as it is. Create another state instead.",
                        stage=stage.name,
                        count=count,
                    )
                )

    def _refuse_without_initial(self, leaving=()):
        """Refuse to take away the last state in which new cases start.

        :param leaving: ids of the states that are being deleted
        :raise UserError: says what to do first
        """
        stages = self.sudo().with_context(active_test=True)
        domain = [("is_initial", "=", True), ("id", "not in", list(leaving))]
        if not stages.search_count(domain, limit=1):
            raise UserError(
                self.env._(
                    "New cases would have no state to start in. Mark another state as initial "
                    "first."
                )
            )

    @api.model
    def _move_cases(self, cases, target, note):
        cases._change_stage(target, note)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_initial(self):
        if any(stage.active and stage.is_initial for stage in self):
            self._refuse_without_initial(leaving=self.ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if (
            self.env["atencion.case.history"]
            .sudo()
            .search_count([("stage_id", "in", self.ids)], limit=1)
        ):
            raise ValidationError(
                self.env._("A state that cases have been in is archived, not deleted.")
            )

    def _as_rule(self):
        """The flags of the state, as the rules of changes of state take them.

        :rtype: transitions.Stage
        """
        self.ensure_one()
        return transitions.Stage(**{flag: self[flag] for flag in MOVE_FLAGS})

    def _leads_to(self, stage):
        """Whether a case in this state may go to another one, or stay in it."""
        self.ensure_one()
        # Whether each of the next states is archived would cost a statement of its own.
        following = self.with_context(active_test=False).next_stage_ids
        return stage == self or stage.active and stage in following

    @api.model
    def _initial_stage(self, misses_documents):
        """The state in which a new case starts.

        :param bool misses_documents: whether mandatory documents are missing
        :return: one state; none if there are no states
        """
        stages = self._in_order().filtered("active")
        waiting = stages.filtered("requires_pending_document")
        initial = stages.filtered("is_initial") or stages
        return (waiting if misses_documents and waiting else initial)[:1]
