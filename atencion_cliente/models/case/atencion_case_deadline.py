from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from ...tools import hour_limit
from ...tools.deadline import Basis, deadline, moved_by_calendar
from ..base.moment_text import moment_text, moment_with_zone
from .atencion_case_clock import LIMIT_FIELDS


class Deadline(NamedTuple):
    """The day of a deadline, its moment in UTC and its unit; all False without a limit."""

    day: object = False
    at: object = False
    unit: object = False


class AtencionCaseDeadline(models.Model):
    """Until when a case must be answered (``tools.deadline``, ``tools.hour_limit``).

    The day of the deadline is always stored, so that whatever sorts and filters by days goes on;
    its moment counts where the hours of the type decide it.

    The deadline of a claim is a promise by law. It keeps what it was counted from, so that only a
    change of the case moves it, such as its type or a pause: what the calendar has moved
    meanwhile stays out of it, and is proposed to an administrator. A limit in hours, which a
    supervisor has given to what was a claim, is no such promise.
    """

    _inherit = "atencion.case"

    deadline_date = fields.Date(
        "Deadline", compute="_compute_deadline_date", store=True, precompute=True
    )
    deadline_at = fields.Datetime(
        "Due at",
        compute="_compute_deadline_date",
        store=True,
        precompute=True,
        help="The moment until which the case must be answered. Of a limit in days it is the "
        "last second of the day, in the company's time zone.",
    )
    deadline_unit = fields.Selection(
        [("days", "Days"), ("hours", "Hours")],
        "Deadline by",
        compute="_compute_deadline_date",
        store=True,
        precompute=True,
        help="Which limit is the earlier one: that in hours, or that in days.",
    )
    attended_at = fields.Datetime(
        "Attended at",
        compute="_compute_attended_at",
        store=True,
        precompute=True,
        copy=False,
        help="The first moment of the attention date at which the system knows that the customer "
        "was attended: the date was written, or the case closed. Of a date that was written "
        "later it is the end of the day.",
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
            "deadline_at",
            "deadline_unit",
            "attended_at",
            "proposed_deadline",
            "deadline_basis",
        }

    # Not on closed_at: who was attended before stays so when the case closes.
    @api.depends("attention_date")
    def _compute_attended_at(self):
        now = fields.Datetime.now()
        for case in self:
            day, company = case.attention_date, case.company_id
            moments = (case.attended_at, case.closed_at, now)
            known = [moment for moment in moments if moment and company._day_of(moment) == day]
            case.attended_at = day and hour_limit.attended_at(company._end_of(day), known)

    @api.depends(
        "clock_start",
        "received_at",
        "reactivated_at",
        *LIMIT_FIELDS,
        "attention_date",
        "attended_at",
        "paused_since",
        "company_id",
    )
    def _compute_deadline_date(self):
        limited = self.filtered(lambda case: case.has_limit and case.clock_start)
        pauses = limited._paused_spans()
        for case in self:
            due = case._deadline_from(case.clock_start, case._limit(), pauses)
            is_claim = not case.limit_hours and (case.claim_filed_at or case.form == "claim")
            held = case._moved_by_calendar() if is_claim and due.day else timedelta()
            # What is attended has its deadline for good: there is nothing to decide.
            case.proposed_deadline = due.day if held and not case.attention_date else False
            case._set_deadline(case._deadline_on(due.day - held) if held else due)
            if not is_claim:
                case.deadline_basis = False
            elif due.day:
                # Without a limit the former basis stays: the limit may come back.
                case.deadline_basis = case._basis_of_deadline(pauses)

    def _set_deadline(self, due):
        self.deadline_date, self.deadline_at, self.deadline_unit = due

    def _deadline(self):
        """The deadline that the case has.

        :rtype: Deadline
        """
        self.ensure_one()
        return Deadline(self.deadline_date, self.deadline_at, self.deadline_unit)

    def _deadline_on(self, day):
        """The deadline at the end of a day.

        :rtype: Deadline
        """
        return Deadline(day, self.company_id._end_of(day), "days")

    def _deadline_from(self, start, limit, pauses):
        """The deadline of the case, with the calendar of now.

        :param datetime.date start: the day from which it counts
        :param Limit limit: what it may take
        :param dict pauses: the pauses of cases in UTC, by case
        :rtype: Deadline
        """
        self.ensure_one()
        spans = pauses.get(self._origin, ())
        by_days = Deadline()
        if start and limit.days is not None:
            working = self._days_that_count(limit.mode)
            attended = self.attention_date or None
            by_days = self._deadline_on(
                deadline(start, limit.days, self._in_days(spans), attended, working)
            )
        if not start or limit.hours is None:
            return by_days
        due = hour_limit.earlier(by_days.at or None, self._hours_end(limit, spans))
        return (
            Deadline(self.company_id._day_of(due.at), due.at, "hours") if due.in_hours else by_days
        )

    def _hours_end(self, limit, spans):
        """The moment at which the maximum hours of the case end, with the calendar of now."""
        return hour_limit.due_at(
            self._hours_start(),
            limit.hours,
            [hour_limit.Span(*span) for span in spans],
            self.attended_at or None,
            self._hours_that_count(limit.mode),
        )

    def _hours_start(self):
        """The moment from which hours count: the case was received, or last reactivated."""
        return self.reactivated_at or self.received_at

    def _hours_that_count(self, mode):
        # Those of the company: an area's serve rules only, so that a transfer moves no deadline.
        return self.company_id._working_hours() if mode == "working" else None

    def _days_that_count(self, mode):
        return self.company_id._working_days() if mode == "working" else None

    def _deadline_text(self, due=None):
        """A deadline as people read it: its day, with the hour where hours decide it.

        The hour says whose clocks show it: customers and colleagues live in other zones, too.

        :param Deadline due: by default the one that the case has
        :return: an empty text without a deadline
        """
        due = due or self._deadline()
        if due.unit == "hours":
            return moment_with_zone(self.env, due.at, str(self.company_id._zone()))
        return format_date(self.env, due.day)

    def _company_moment(self, moment):
        """A moment in UTC as the clocks of the company show it."""
        return moment_text(self.env, moment, str(self.company_id._zone()))

    # -------------------------------------------------------------------------
    # What the deadline of a claim was counted from
    # -------------------------------------------------------------------------

    def _basis_of_deadline(self, pauses):
        """What the deadline, as it is now, was counted from, in values of JSON.

        :param dict pauses: the pauses of cases in UTC, by case
        """
        self.ensure_one()
        basis = Basis(
            self.clock_start,
            self.limit_days,
            self.count_mode,
            tuple(self._in_days(pauses.get(self._origin, ()))),
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
