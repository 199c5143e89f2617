from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.deadline import Pause, shortest_limit

# Fields that decide the deadline, and computed fields that stay as they are once the case is
# attended.
DECIDING_COLUMNS = ("type_id", "priority", "request_date", "received_at")
LIMIT_FIELDS = ("has_limit", "has_max_days", "limit_days", "limit_hours", "count_mode")
FIXED_WHEN_ATTENDED = ("clock_start", *LIMIT_FIELDS)


class Limit(NamedTuple):
    """What a case may take: maximum days and hours, None without such a limit, and their mode."""

    days: int | None
    hours: int | None
    mode: str


class AtencionCaseClock(models.Model):
    """Dates of a case, and what its deadline is counted from.

    Moments are stored in UTC; dates are days in the company's zone.
    """

    _inherit = "atencion.case"

    received_at = fields.Datetime(
        "Received on",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        tracking=True,
        help="The rules count their hours from it. If only an earlier day is known, it is the end "
        "of the working hours of that day.",
    )
    request_date = fields.Date(
        "Request date",
        compute="_compute_request_date",
        inverse="_inverse_request_date",
        store=True,
        precompute=True,
        copy=False,
        help="Day of the request, in the company's time zone.",
    )
    expected_date = fields.Date("Expected resolution", copy=False, tracking=True)
    attention_date = fields.Date(
        "Attention date",
        copy=False,
        tracking=True,
        help="Day the customer was attended. It stops the count of days.",
    )
    closed_at = fields.Datetime("Closed on", copy=False)
    paused_since = fields.Datetime(readonly=True, copy=False)
    reactivated_at = fields.Datetime("Reactivated on", readonly=True, copy=False)
    # An attended case keeps the start and the limit it had, so both are stored.
    clock_start = fields.Date(
        "Counts from",
        compute="_compute_clock_start",
        store=True,
        precompute=True,
        help="The request date, or the day of the last reactivation.",
    )
    has_limit = fields.Boolean(
        "Has a deadline", compute="_compute_limit", store=True, precompute=True
    )
    # An integer cannot be empty, and 0 days are a real limit: the same day.
    has_max_days = fields.Boolean(
        "Has maximum days", compute="_compute_limit", store=True, precompute=True
    )
    limit_days = fields.Integer(
        "Maximum days", compute="_compute_limit", store=True, precompute=True, aggregator=None
    )
    limit_hours = fields.Integer(
        "Maximum hours",
        compute="_compute_limit",
        store=True,
        precompute=True,
        aggregator=None,
        help="0: its type has no limit in hours.",
    )
    count_mode = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        "Counts",
        compute="_compute_limit",
        store=True,
        precompute=True,
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {
            "closed_at",
            "paused_since",
            "reactivated_at",
            *FIXED_WHEN_ATTENDED,
        }

    def _write_checked(self, vals):
        """Write the attention date last: it keeps the deadline as it is at that moment."""
        if "attention_date" not in vals:
            return super()._write_checked(vals)
        first = {name: vals[name] for name in DECIDING_COLUMNS if name in vals}
        if first:
            super()._write_checked(first)
            vals = {name: vals[name] for name in vals if name not in first}
        self._recompute_recordset(FIXED_WHEN_ATTENDED)
        result = super()._write_checked(vals)
        # They were attended by now, whenever Odoo would compute it.
        self._recompute_recordset(["attended_at"])
        return result

    @api.depends("received_at", "company_id")
    def _compute_request_date(self):
        for case in self:
            company = case.company_id or self.env.company
            case.request_date = case.received_at and company._day_of(case.received_at)

    @api.depends("request_date", "reactivated_at", "attention_date", "company_id")
    def _compute_clock_start(self):
        for case in self - self._attended():
            case.clock_start = case._start_from(case.request_date)

    def _start_from(self, request_date):
        """The day from which a request of a day counts: later, if it was reactivated."""
        self.ensure_one()
        again = self.reactivated_at
        return self.company_id._day_of(again) if again else request_date

    @api.depends("type_id", "priority", "company_id", "attention_date")
    def _compute_limit(self):
        self.company_id._read_for_cases()
        for case in self - self._attended():
            limit = case._limit_of_now()
            case.has_limit = limit.days is not None or limit.hours is not None
            case.has_max_days = limit.days is not None
            case.limit_days, case.limit_hours = limit.days or 0, limit.hours or 0
            case.count_mode = limit.mode

    def _limit(self):
        """What the case may take, as it was taken when it was registered or reclassified.

        :rtype: Limit
        """
        self.ensure_one()
        days = self.limit_days if self.has_max_days else None
        return Limit(days, self.limit_hours or None, self.count_mode)

    def _limit_of_now(self):
        """What the type and the priority of the case allow as they are configured now.

        :rtype: Limit
        """
        self.ensure_one()
        case_type, company = self.type_id, self.company_id
        days = shortest_limit(
            case_type._limit_in("days"),
            company._priority_limit(self.priority or "1") if company else None,
        )
        return Limit(days, case_type._limit_in("hours"), case_type.count_mode or "calendar")

    def _attended(self):
        """The attended cases, whose deadline does not change any more."""
        return self.filtered(lambda case: case.attention_date and case._origin.id)

    def _in_days(self, spans):
        """Pauses of the case, beginnings and ends in UTC, in days of its company.

        :rtype: list[Pause]
        """
        day_of = self.company_id._day_of
        return [Pause(day_of(begin), end and day_of(end)) for begin, end in spans]

    def _paused_spans(self):
        """The pauses of each case by its ledger: beginnings and ends in UTC.

        A pause goes on when the case passes from one area to another. Its end is None
        while it lasts.

        :rtype: dict[models.Model, list[tuple[datetime.datetime, datetime.datetime | None]]]
        """
        spans = {}
        ids = self._origin.ids
        if not ids:
            return spans
        # sudo: whoever may change a case has its pauses counted.
        entries = (
            self.env["atencion.case.history"]
            .sudo()
            .search_fetch(
                [("case_id", "in", ids), ("paused", "=", True)],
                ["case_id", "is_first", "entered_at", "left_at"],
                order="case_id, entered_at, id",
            )
        )
        for entry in entries:
            known = spans.setdefault(entry.case_id, [])
            begin = entry.began_at
            if known and known[-1][1] == begin:
                begin = known.pop()[0]
            known.append((begin, entry.left_at or None))
        return spans

    def _closing_day(self):
        self.ensure_one()
        return self.closed_at and self.company_id._day_of(self.closed_at)

    @api.constrains("attention_date", "request_date", "closed_at")
    def _check_attention_date(self):
        for case in self:
            attended = case.attention_date
            if not attended and case.closed_at:
                raise ValidationError(
                    self.env._(
                        "%(case)s is closed: its attention date can be corrected, not removed.",
                        case=case.display_name,
                    )
                )
            if attended and case.request_date and attended < case.request_date:
                raise ValidationError(
                    self.env._(
                        "%(case)s: the attention date cannot be before the request "
                        "date. Correct one of them.",
                        case=case.display_name,
                    )
                )
            # The closing is never in the future, even if the clock was set back since.
            today = max(case.company_id._today(), case._closing_day() or date.min)
            if attended and attended > today:
                raise ValidationError(
                    self.env._(
                        "%(case)s: the attention date cannot be in the future. Write "
                        "it the day the customer is attended.",
                        case=case.display_name,
                    )
                )
