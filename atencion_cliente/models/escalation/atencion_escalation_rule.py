from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import escalation
from ...tools.bounds import MAX_HOURS
from ..case.stage_change import StageChange

# What a run of the rules writes. A change of any other field makes the next run search all
# cases for the rule, not only those that have become due since the last run.
BOOKKEEPING = frozenset({"searched_at", "last_error", "last_error_at"})


class AtencionEscalationRule(models.Model):
    """An escalation rule: which cases have waited too long, and what then happens to them.

    It notifies the users of a role, moves the case to another state, or both.
    """

    _name = "atencion.escalation.rule"
    _description = "Escalation rule"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.bounds",
        "atencion.notify.channels",
        "atencion.server.only",
        "atencion.live.links",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.traced",
    ]
    _order = "sequence, id"
    _check_company_auto = True
    _in_example = True
    _server_only_fields = BOOKKEEPING | {"rule_version"}
    _max_values = {"hours": MAX_HOURS}
    _live_links = frozenset({"area_id", "new_area_id", "new_stage_id", "stage_id", "type_id"})

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, tracking=True
    )
    mode = fields.Selection(
        [("active", "Acts"), ("reference", "Only records")],
        required=True,
        default="active",
        help="A rule that only records writes in the escalation log what it would have "
        "done, and touches nothing.",
        tracking=True,
    )
    company_mode = fields.Selection(related="company_id.atencion_escalation_mode")

    # When
    stage_id = fields.Many2one(
        "atencion.case.stage",
        string="State",
        ondelete="restrict",
        domain=[("is_closed", "=", False)],
        tracking=True,
    )
    area_id = fields.Many2one(
        "atencion.area",
        string="Service area",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    type_id = fields.Many2one(
        "atencion.case.type",
        string="Case type",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    priority = fields.Selection(
        # Labels in the user's language: those of a function are not translated by themselves.
        selection=lambda self: (
            self.env["atencion.case"]._fields["priority"]._description_selection(self.env)
        ),
        tracking=True,
    )
    hours = fields.Float(
        default=24,
        required=True,
        help="The rule fires when the case has waited so many hours.",
        tracking=True,
    )
    hours_basis = fields.Selection(
        [
            (escalation.OPEN, "Since it was received or reactivated"),
            (escalation.RUNNING, "The same, less its pauses"),
            (escalation.STAGE, "Since it entered its state"),
        ],
        "Hours count",
        required=True,
        default=escalation.OPEN,
        tracking=True,
    )
    calendar_mode = fields.Selection(
        [("natural", "All hours"), ("working", "Working hours")],
        "Which hours",
        required=True,
        default="natural",
        help="Working hours are those of the area, or else of the company, without holidays.",
        tracking=True,
    )

    # Then
    role_id = fields.Many2one(
        "res.role", string="Notify the role", ondelete="restrict", tracking=True
    )
    new_stage_id = fields.Many2one(
        "atencion.case.stage",
        string="Change the state to",
        ondelete="restrict",
        domain=[
            ("requires_resolution", "=", False),
            ("restarts_clock", "=", False),
            ("outcome", "!=", "upheld"),
        ],
        tracking=True,
    )
    closes = fields.Boolean(related="new_stage_id.is_closed", tracking=False)
    transfers = fields.Boolean(related="new_stage_id.requires_area_change", tracking=False)
    new_area_id = fields.Many2one(
        "atencion.area",
        string="Transfer to",
        ondelete="restrict",
        check_company=True,
        help="Empty: the case stays in its area, without an assignee.",
        tracking=True,
    )
    note = fields.Text(
        "Note of the change",
        translate=True,
        help="Written in the state history. It is required to close a case as not upheld: "
        "the reason why.",
        tracking=True,
    )

    rule_version = fields.Integer(
        "Version of the rule",
        default=1,
        required=True,
        readonly=True,
        copy=False,
        help="1 for a new rule, and one more each time that it is let fire again. Only what "
        "fired in the same version keeps the rule from firing again.",
    )
    searched_at = fields.Datetime("Last applied on", readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    last_error_at = fields.Datetime("Last failed on", readonly=True, copy=False)
    log_ids = fields.One2many("atencion.escalation.log", "rule_id", readonly=True, copy=False)
    log_count = fields.Integer("Times fired", compute="_compute_log_count")

    _hours_not_negative = models.Constraint("CHECK (hours >= 0)", "Hours cannot be negative.")
    # A much longer time would begin before the first date that Python has.
    _hours_not_endless = models.Constraint(
        "CHECK (hours <= 87600)", "A rule waits 87,600 hours at most: ten years."
    )

    def _compute_log_count(self):
        counts = dict(
            self.env["atencion.escalation.log"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.log_count = counts.get(rule, 0)

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    # "name" is required and so always among the values of a new rule: every new rule is
    # checked, even if it has no other value.
    @api.constrains(
        "name",
        "stage_id",
        "role_id",
        "notify_alert",
        "notify_task",
        "notify_email",
        "new_stage_id",
        "note",
    )
    def _check_rule(self):
        for rule in self:
            refusal = rule._refusal()
            if refusal:
                raise ValidationError(
                    self.env._("Rule %(rule)s: %(refusal)s", rule=rule.name or "", refusal=refusal)
                )

    def _refusal(self):
        """Why the rule makes no sense, and what to do about it; None if it is valid."""
        self.ensure_one()
        target, channels = self.new_stage_id, self._channels()
        refusals = [
            (
                not channels and not target,
                self.env._("it does nothing. Choose whom it notifies, or the new state."),
            ),
            (
                channels and not self.role_id,
                self.env._("it notifies nobody. Choose the role to notify."),
            ),
            (
                self.stage_id.is_closed,
                self.env._("it looks for closed cases. Rules only apply to open ones."),
            ),
            (
                target and target == self.stage_id,
                self.env._("the new state is the one that it looks for. Choose another."),
            ),
            (
                target.requires_resolution or target.outcome == "upheld",
                self.env._("a case is not closed as upheld by a rule: it takes a resolution."),
            ),
            (
                target.restarts_clock,
                self.env._("a case is not reactivated by a rule: it applies to open ones."),
            ),
            (
                target.is_closed and not (self.note or "").strip(),
                self.env._("write the note that gives the reason why cases are closed."),
            ),
        ]
        return next((text for refused, text in refusals if refused), None)

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model
    def _refuse_server_only_of_new(self, vals_list):
        # No form has these fields, so that even an empty value in them is refused.
        for vals in vals_list:
            self._refuse_server_only(vals)
        return vals_list

    def _write_client_values(self, vals):
        # The next run searches all cases for the changed rule, which may work now.
        super()._write_client_values(
            vals | {"searched_at": False, "last_error": False, "last_error_at": False}
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fired(self):
        for model in ("atencion.escalation.log", "atencion.case.history"):
            # sudo: the user may not read all the rows.
            row = self.env[model].sudo().search([("rule_id", "in", self.ids)], limit=1)
            if row:
                raise UserError(
                    self.env._(
                        "Rule %s has fired, and the log of the cases names it. Archive it: "
                        "it will not fire again.",
                        row.rule_id.name,
                    )
                )

    def _stage_change(self):
        """The change of state that the rule makes, in the language of its environment.

        :rtype: StageChange
        """
        self.ensure_one()
        return StageChange(self.new_stage_id, self.note or self.name, self.new_area_id, rule=self)
