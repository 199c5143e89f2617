from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import escalation

# A change of these may let other rules match, or the same rules at another moment.
FACTS = frozenset(
    {
        "active",
        "area_id",
        "attention_date",
        "closed_at",
        "deadline_date",
        "exclude_from_kpi",
        "paused_since",
        "priority",
        "reactivated_at",
        "received_at",
        "request_date",
        "stage_id",
        "type_id",
    }
)


class AtencionCaseEscalationClock(models.Model):
    """The clocks that escalation rules read.

    Pauses move a stored start forward when the case resumes, so that the search of
    what is due only compares one column. The ledger decides: the starts are derived
    from its intervals, never added up.
    """

    _inherit = "atencion.case"

    life = fields.Integer(
        default=1,
        required=True,
        readonly=True,
        copy=False,
        help="Grows at each reactivation.",
    )
    visit = fields.Integer(
        "Visit of the state",
        default=1,
        required=True,
        readonly=True,
        copy=False,
        help="Grows at each change of state made by a person.",
    )
    open_since = fields.Datetime(
        "Counts since",
        compute="_compute_open_since",
        store=True,
        precompute=True,
        help="When it was received, or reactivated.",
    )
    stage_since = fields.Datetime("In its state since", readonly=True, copy=False)
    running_since = fields.Datetime(
        "Waiting since, less pauses",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="When it was received or reactivated, later by the time of its pauses.",
    )
    running_work_since = fields.Datetime(
        "Working hours since, less pauses",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="As the clock that runs, for the working hours of the area.",
    )
    paused_hours = fields.Float(
        "Hours until the pause",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="Hours that had run when the pause that lasts began.",
    )
    paused_work_hours = fields.Float(
        "Working hours until the pause",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="Working hours that had run when the pause that lasts began.",
    )
    escalation_pending = fields.Boolean(
        "To be looked at by the rules",
        default=True,
        readonly=True,
        copy=False,
        help="Something changed since the rules were last applied to the case.",
    )

    _escalation_pending_idx = models.Index("(id) WHERE escalation_pending IS TRUE")
    _open_since_idx = models.Index("(company_id, open_since) WHERE closed_at IS NULL")
    _stage_since_idx = models.Index("(company_id, stage_since) WHERE closed_at IS NULL")
    _running_since_idx = models.Index("(company_id, running_since) WHERE closed_at IS NULL")
    _running_work_idx = models.Index("(company_id, running_work_since) WHERE closed_at IS NULL")

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {
            "life",
            "visit",
            "open_since",
            "stage_since",
            "running_since",
            "running_work_since",
            "paused_hours",
            "paused_work_hours",
            "escalation_pending",
        }

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        return [vals | {"stage_since": vals["received_at"]} for vals in prepared]

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self._imported(carried)._log_due_rules_as_imported()

    def _prepare_write(self, vals, carried):
        if not FACTS.isdisjoint(vals):
            vals = vals | {"escalation_pending": True}
        return super()._prepare_write(vals, carried)

    @api.depends("received_at", "reactivated_at")
    def _compute_open_since(self):
        for case in self:
            case.open_since = case.reactivated_at or case.received_at

    # A calendar may have changed while a case was closed.
    @api.depends("open_since", "paused_since", "closed_at", "area_id", "company_id")
    def _compute_running_clocks(self):
        pauses = self._paused_spans()
        for case in self:
            opened = case.open_since
            working_hours = case._working_hours()
            ended = [span for span in pauses.get(case._origin, ()) if span[1]]
            case.running_since = escalation.running_since(opened, ended)
            case.running_work_since = (
                escalation.running_work_since(opened, ended, working_hours)
                if working_hours
                else case.running_since
            )
            case.paused_hours = case.paused_work_hours = 0.0
            if case.paused_since:
                held = case.paused_since - case.running_since
                case.paused_hours = held.total_seconds() / 3600
                case.paused_work_hours = (
                    working_hours.between(case.running_work_since, case.paused_since)
                    if working_hours
                    else case.paused_hours
                )

    def _working_hours(self):
        """The working hours that count for the case: its area's, or its company's."""
        self.ensure_one()
        company = self.company_id
        # Agents have no rights on calendars.
        calendar = self.area_id.sudo().resource_calendar_id
        return company._working_hours(calendar) if company else None

    def _escalation_clock(self):
        """Where the clocks of the case stand, for the pure rule.

        :rtype: escalation.Clock
        """
        self.ensure_one()
        paused = bool(self.paused_since)
        return escalation.Clock(
            open_since=self.open_since,
            running_since=self.running_since,
            running_work_since=self.running_work_since,
            stage_since=self.stage_since,
            paused_hours=self.paused_hours if paused else None,
            paused_work_hours=self.paused_work_hours if paused else None,
        )

    @api.model
    def _restart_working_clocks(self):
        """Derive the working clocks anew: working time is no longer what it was.

        Only that of a case with pauses depends on it.
        """
        moved = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s <> %s",
                model._field_to_sql(alias, "running_since", query),
                model._field_to_sql(alias, "open_since", query),
            )
        )
        cases = self.sudo().with_context(active_test=False)
        cases = cases.search(
            Domain("closed_at", "=", False) & (Domain("paused_since", "!=", False) | moved)
        )
        self.env.add_to_compute(self._fields["running_work_since"], cases)
        self.env.add_to_compute(self._fields["paused_work_hours"], cases)

    def _mark_pending(self, pending):
        """Remember, or forget, that the rules have to look at the cases.

        Bookkeeping, in SQL: it changes neither who wrote a case last nor when.
        """
        if self:
            self.flush_recordset(["escalation_pending"])
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET escalation_pending = %s WHERE id IN %s",
                    SQL.identifier(self._table),
                    pending,
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["escalation_pending"], flush=False)
