from datetime import timedelta

from odoo import api, fields, models

from ...tools.deadline import Basis, deadline, moved_by_calendar
from .atencion_case_clock import Limit


class AtencionCaseDeadline(models.Model):
    """The day on which a case must be answered at the latest (``tools.deadline``).

    The deadline of a claim is a promise by law. It keeps what it was counted from, so that only a
    change of the case moves it, such as its type or a pause: what the calendar has moved
    meanwhile stays out of it, and is proposed to an administrator.
    """

    _inherit = "atencion.case"

    deadline_date = fields.Date(
        "Deadline", compute="_compute_deadline_date", store=True, precompute=True
    )
    proposed_deadline = fields.Date(
        "Proposed deadline",
        compute="_compute_deadline_date",
        store=True,
        precompute=True,
        copy=False,
        groups="base.group_user",
        help="The deadline of a claim, counted with the calendar of now. A claim that was filed "
        "is not moved by a change of the calendar: an administrator decides.",
    )
    deadline_basis = fields.Json(
        "Basis of the deadline",
        compute="_compute_deadline_date",
        store=True,
        precompute=True,
        copy=False,
        exportable=False,
        groups="base.group_user",
        help="What the deadline of a claim was counted from.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {
            "deadline_date",
            "proposed_deadline",
            "deadline_basis",
        }

    @api.depends(
        "clock_start",
        "has_limit",
        "limit_days",
        "count_mode",
        "attention_date",
        "paused_since",
        "company_id",
    )
    def _compute_deadline_date(self):
        limited = self.filtered(lambda case: case.has_limit and case.clock_start)
        pauses = limited._pauses()
        for case in self:
            limit = Limit(case.has_limit, case.limit_days, case.count_mode)
            day = case._deadline_from(case.clock_start, limit, pauses)
            is_claim = case.claim_filed_at or case.form == "claim"
            held = case._moved_by_calendar() if is_claim and day else timedelta()
            case.deadline_date = day and day - held
            # What is attended has its deadline for good: there is nothing to decide.
            case.proposed_deadline = day if held and not case.attention_date else False
            if not is_claim:
                case.deadline_basis = False
            elif day:
                # Without a limit the former basis stays: the limit may come back.
                case.deadline_basis = case._basis_of_deadline(pauses)

    def _deadline_from(self, start, limit, pauses):
        """The deadline of the case, with the calendar of now.

        :param datetime.date start: the day from which it counts
        :param Limit limit: what it may take
        :param dict pauses: the pauses of cases, by their ids
        :return: False without a limit
        :rtype: datetime.date | bool
        """
        self.ensure_one()
        if not limit.has_limit or not start:
            return False
        spans = pauses.get(self._origin.id, ())
        working = self._days_that_count(limit.count_mode)
        return deadline(start, limit.limit_days, spans, self.attention_date or None, working)

    def _days_that_count(self, mode):
        return self.company_id._working_days() if mode == "working" else None

    # -------------------------------------------------------------------------
    # What the deadline of a claim was counted from
    # -------------------------------------------------------------------------

    def _basis_of_deadline(self, pauses):
        """What the deadline, as it is now, was counted from, in values of JSON.

        :param dict pauses: the pauses of cases, by their ids
        """
        self.ensure_one()
        basis = Basis(
            self.clock_start,
            self.limit_days,
            self.count_mode,
            tuple(pauses.get(self._origin.id, ())),
            self.attention_date or None,
            self.deadline_date,
        )
        return basis.as_json()

    def _moved_by_calendar(self):
        """How far only changes of the calendar would move the deadline since it was counted.

        A clock that starts on another day is counted anew: after a reopening, or a correction.

        :rtype: datetime.timedelta
        """
        basis = self.deadline_basis and Basis.from_json(self.deadline_basis)
        if not basis or basis.start != self.clock_start:
            return timedelta()
        return moved_by_calendar(basis, self._days_that_count(basis.mode))
