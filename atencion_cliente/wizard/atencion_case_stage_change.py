from odoo import api, fields, models
from odoo.tools import is_html_empty

from ..models.base.public_method import public


class AtencionCaseStageChange(models.TransientModel):
    """The dialog of a change of state: its note, and what the new state requires."""

    _name = "atencion.case.stage.change"
    _description = "Change the state of cases"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_ids = fields.Many2many("atencion.case", required=True)
    allowed_stage_ids = fields.Many2many(
        "atencion.case.stage", compute="_compute_allowed_stage_ids"
    )
    stage_id = fields.Many2one(
        "atencion.case.stage",
        string="New state",
        required=True,
        domain="[('id', 'in', allowed_stage_ids)]",
    )
    refusals = fields.Json(
        "What refuses each state", compute="_compute_refusals", compute_sudo=False
    )
    note = fields.Text(required=True)
    forced = fields.Boolean(
        "Force",
        help="A supervisor may make a move that the states do not allow, with a "
        "reason. The history records it as forced.",
    )
    can_force = fields.Boolean(compute="_compute_can_force")
    requires_area_change = fields.Boolean(
        related="stage_id.requires_area_change", related_sudo=False
    )
    is_closed = fields.Boolean(related="stage_id.is_closed", related_sudo=False)
    requires_resolution = fields.Boolean(related="stage_id.requires_resolution", related_sudo=False)
    present_area_ids = fields.Many2many(
        "atencion.area", compute="_compute_present_area_ids", compute_sudo=False
    )
    area_id = fields.Many2one(
        "atencion.area", string="New area", domain="[('id', 'not in', present_area_ids)]"
    )
    resolution = fields.Html(
        compute="_compute_resolution", compute_sudo=False, store=True, readonly=False
    )

    @api.depends("case_ids", "forced")
    def _compute_allowed_stage_ids(self):
        every_stage = self.env["atencion.case.stage"].search([])
        for change in self:
            allowed = every_stage
            if not change.forced:
                for stage in change.case_ids.stage_id:
                    allowed &= stage.next_stage_ids
            change.allowed_stage_ids = allowed

    @api.depends("case_ids", "allowed_stage_ids", "forced")
    def _compute_refusals(self):
        """States that cannot be chosen, with the reason, before anything is written."""
        for change in self:
            stages = change.allowed_stage_ids._origin
            hindrances = change.case_ids._origin._stage_hindrances(stages, forced=change.forced)
            change.refusals = {str(stage_id): text for stage_id, text in hindrances.items()}

    @api.depends("case_ids")
    def _compute_present_area_ids(self):
        for change in self:
            change.present_area_ids = change.case_ids.area_id

    @api.depends_context("uid")
    def _compute_can_force(self):
        self.can_force = self.env.user.has_group("atencion_cliente.group_supervisor")

    @api.depends("case_ids")
    def _compute_resolution(self):
        for change in self:
            case = change.case_ids
            change.resolution = case.resolution if len(case) == 1 else False

    @public(one=True)
    def action_apply(self):
        """Change the state of the cases, all or none.

        :return: closes the dialog, and tells of cases that somebody had changed already
        """
        cases = self._cases_to_change()
        changed = cases.filtered(lambda case: case.stage_id == self.stage_id)
        if self.requires_resolution and not is_html_empty(self.resolution):
            # How the others were resolved is written already.
            changed._log_other_resolution(self.resolution)
        self._write_before_change(cases - changed)
        told = cases._change_stage(self.stage_id, self.note, self.area_id, forced=self.forced)
        close = {"type": "ir.actions.act_window_close"}
        return cases._notification_of_repeated(told, close) if told else close

    def _cases_to_change(self):
        return self.case_ids

    def _write_before_change(self, cases):
        """Write what the new state requires on cases that are not in it yet."""
        if self.requires_resolution and not is_html_empty(self.resolution):
            cases.write({"resolution": self.resolution})
