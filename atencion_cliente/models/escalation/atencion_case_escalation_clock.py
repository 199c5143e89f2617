from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import escalation

# A change of these fields may let other rules fire, or the same rules at another moment.
ESCALATION_FIELDS = frozenset(
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
    """The moments from which escalation rules count the hours of a case.

    When a pause ends, the stored start of the clocks without pauses becomes later by the
    duration of the pause. So the search of due cases compares a single column. The start is
    always computed from the whole ledger: adding to the stored value would add up errors.
    """

    _inherit = "atencion.case"

    reopening = fields.Integer(
        "Reopening number",
        default=1,
        aggregator=None,
        required=True,
        readonly=True,
        copy=False,
        help="1 for a new case, and one more at each reactivation. Rules fire once per reopening.",
    )
    stage_entry = fields.Integer(
        "Entry into the state",
        default=1,
        aggregator=None,
        required=True,
        readonly=True,
        copy=False,
        help="1 for a new case, and one more at each change of state made by a person. Rules "
        "that count the hours in the state fire once per entry.",
    )
    open_since = fields.Datetime(
        "Open since",
        compute="_compute_open_since",
        store=True,
        precompute=True,
        help="When it was received or last reactivated.",
    )
    stage_since = fields.Datetime("In its state since", readonly=True, copy=False)
    running_since = fields.Datetime(
        "Open since, without pauses",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="When it was received or last reactivated, later by the duration of its pauses.",
    )
    running_work_since = fields.Datetime(
        "Open since, without pauses, in working hours",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        help="When it was received or last reactivated, later by the working hours of its "
        "pauses. The working hours are those of the area.",
    )
    paused_hours = fields.Float(
        "Hours until the pause",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        aggregator=None,
        help="Hours that the case had waited when its current pause began.",
    )
    paused_work_hours = fields.Float(
        "Working hours until the pause",
        compute="_compute_running_clocks",
        store=True,
        precompute=True,
        aggregator=None,
        help="Working hours that the case had waited when its current pause began.",
    )
    escalation_pending = fields.Boolean(
        "To be processed by the rules",
        default=True,
        readonly=True,
        copy=False,
        help="The case has changed since the rules were last applied to it.",
    )

    _escalation_pending_idx = models.Index("(id) WHERE escalation_pending IS TRUE")
    _open_since_idx = models.Index("(company_id, open_since) WHERE closed_at IS NULL")
    _stage_since_idx = models.Index("(company_id, stage_since) WHERE closed_at IS NULL")
    _running_since_idx = models.Index("(company_id, running_since) WHERE closed_at IS NULL")
    _running_work_idx = models.Index("(company_id, running_work_since) WHERE closed_at IS NULL")

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {
            "reopening",
            "stage_entry",
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
        if not ESCALATION_FIELDS.isdisjoint(vals):
            vals = vals | {"escalation_pending": True}
        return super()._prepare_write(vals, carried)

    @api.depends("received_at", "reactivated_at")
    def _compute_open_since(self):
        for case in self:
            case.open_since = case.reactivated_at or case.received_at

    # It depends on closed_at because a calendar may change while a case is closed.
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
                waited = case.paused_since - case.running_since
                case.paused_hours = waited.total_seconds() / 3600
                case.paused_work_hours = (
                    working_hours.between(case.running_work_since, case.paused_since)
                    if working_hours
                    else case.paused_hours
                )

    def _working_hours(self):
        """The working hours of the case's area, or else of its company.

        :return: None without a company
        :rtype: working_hours.WorkingHours | None
        """
        self.ensure_one()
        company = self.company_id
        # sudo: agents have no rights on calendars.
        calendar = self.area_id.sudo().resource_calendar_id
        return company._working_hours(calendar) if company else None

    def _escalation_clock(self):
        """The clocks of the case, as ``tools.escalation`` reads them.

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
        """Compute the clocks in working hours again, because a calendar has changed.

        Only cases with pauses are computed: the clock of the others does not depend on it.
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
        """Set whether the next run of the rules has to process the cases.

        It is written in SQL, so that it changes neither who wrote a case last nor when.

        :param bool pending: whether it has to
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
