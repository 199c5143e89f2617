from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..base.public_method import public
from .atencion_case_clock import LIMIT_FIELDS

# Computed fields that follow the calendar, in the order in which they depend on each other.
BY_CALENDAR = ("request_date", "clock_start", "deadline_date")
# Most cases of one dialog.
MAX_CASES = 2_000


class Recount(NamedTuple):
    """The request date and the ``Deadline`` of a case, counted with the calendar of now."""

    request_date: object
    deadline: object


class AtencionCaseRecalculation(models.Model):
    """Deadlines that are counted again: after a change of the calendar, or by a supervisor.

    After a change of the calendar (``atencion.recalculation``) the open and unattended cases
    follow it. Their maximum days stay as they are: changed limits hold for new cases, unless a
    supervisor counts chosen cases again. What was filed as a claim is not moved by a
    calendar: its new day is proposed, and an administrator applies it. Whatever moves is
    logged with the reason.
    """

    _inherit = "atencion.case"

    is_recalculating = fields.Boolean(
        "Deadlines are being recalculated",
        compute="_compute_is_recalculating",
        groups="base.group_user",
    )

    @api.depends("company_id")
    def _compute_is_recalculating(self):
        companies = self.env["atencion.recalculation"]._companies_in_progress()
        if not companies:
            self.is_recalculating = False
            return
        for case in self:
            case.is_recalculating = bool(
                case.company_id.id in companies and not case.closed_at and not case.attention_date
            )

    # -------------------------------------------------------------------------
    # Count again
    # -------------------------------------------------------------------------

    def _recount(self, with_limits=False):
        """The days of the cases as they would be counted now; nothing is changed.

        :param bool with_limits: with the maximum days that type and priority have now,
            instead of those that the case has
        :rtype: dict[models.Model, Recount]
        """
        pauses = self._paused_spans()
        result = {}
        for case in self:
            request_date = case.company_id._day_of(case.received_at)
            limit = case._limit_of_now() if with_limits else case._limit()
            start = case._start_from(request_date)
            result[case] = Recount(request_date, case._deadline_from(start, limit, pauses))
        return result

    def _moved_by(self, recounts):
        """The cases whose days are others than those of the recounts."""
        return self.filtered(
            lambda case: Recount(case.request_date, case._deadline()) != recounts[case]
        )

    def _apply_recounts(self, reason, with_limits=False):
        """Count the deadlines of these cases again, and log what moved.

        :param str reason: why, for people
        """
        before = {case: (case.request_date, case._deadline()) for case in self}
        claims = self.filtered("deadline_basis")
        if claims:
            # They take over what the calendar has moved.
            claims._write_checked({"deadline_basis": False})
        for name in (*LIMIT_FIELDS, *BY_CALENDAR) if with_limits else BY_CALENDAR:
            self.env.add_to_compute(self._fields[name], self)
        self.flush_recordset()
        for company, cases in self.grouped("company_id").items():
            cases.with_context(lang=company.partner_id.lang)._log_recounts(before, reason)
        # Another deadline may be near enough to warn of it.
        self._mark_pending(True)

    def _log_recounts(self, before, reason):
        """Log for each case of one company which days moved, and why.

        :param dict before: request date and deadline of each case before
        """
        texts, bodies = {}, {}
        for case in self:
            move = (*before[case], case.request_date, case._deadline())
            if move not in texts:
                texts[move] = case._recount_text(*move, reason)
            if texts[move]:
                bodies[case.id] = texts[move]
        self.browse(bodies)._message_log_batch(bodies)

    def _recount_text(self, old_day, old_deadline, day, deadline, reason):
        """What moved, in words; empty if people read the same as before."""
        moves = (
            ("request_date", format_date(self.env, old_day), format_date(self.env, day)),
            ("deadline_date", self._deadline_text(old_deadline), self._deadline_text(deadline)),
        )
        none = self.env._("none")
        moved = "; ".join(
            f"{self._fields[name]._description_string(self.env)} {old or none} → {new or none}"
            for name, old, new in moves
            if old != new
        )
        return moved and self.env._(
            "Recalculated: %(moves)s. Reason: %(reason)s.", moves=moved, reason=reason
        )

    # -------------------------------------------------------------------------
    # After a change of the calendar
    # -------------------------------------------------------------------------

    def _follow_calendar(self, reason):
        """Move the deadlines of open cases, and propose those of filed claims.

        :param str reason: what changed, for people
        :return: how many cases moved, and how many claims have a proposed day
        :rtype: tuple[int, int]
        """
        recounts = self._recount()
        claims = self.filtered(lambda case: case.claim_filed_at and not case.limit_hours)
        moved = (self - claims)._moved_by(recounts)
        moved._apply_recounts(reason)
        claims._end_days()
        return len(moved), claims._propose(recounts)

    def _end_days(self):
        """Set when the day of each deadline ends: of a claim that is kept, in another zone, too."""
        kept = self.filtered("deadline_date")
        for due, cases in kept.grouped(lambda case: case._deadline_on(case.deadline_date)).items():
            changed = cases.filtered(lambda case, due=due: case.deadline_at != due.at)
            if changed:
                changed._write_checked({"deadline_at": due.at})

    def _propose(self, recounts):
        """Propose other deadlines of filed claims, and withdraw what is proposed no longer.

        :return: how many have a proposal
        :rtype: int
        """

        def proposal(case):
            day = recounts[case].deadline.day
            return day if day != case.deadline_date else False

        count = 0
        for day, cases in self.grouped(proposal).items():
            changed = cases.filtered(lambda case, day=day: case.proposed_deadline != day)
            if changed:
                changed._write_checked({"proposed_deadline": day})
            count += len(cases) if day else 0
        return count

    # -------------------------------------------------------------------------
    # By people
    # -------------------------------------------------------------------------

    @public()
    def action_recalculate_deadlines(self):
        """Show which deadlines would move if the chosen cases were counted again.

        :raise AccessError: the user is no supervisor
        """
        return self._open_recalculation(with_limits=True)

    @public()
    def action_apply_proposed_deadlines(self):
        """Show the proposed deadlines of claims, to apply them.

        :raise AccessError: the user is no administrator
        """
        if not self.env.user.has_group("atencion_cliente.group_manager"):
            raise AccessError(
                self.env._("Only an administrator may move the deadline of a filed claim.")
            )
        return self._open_recalculation(with_limits=False)

    def _open_recalculation(self, with_limits):
        self._check_may_recalculate()
        dialog = self.env["atencion.deadline.change"].create(
            {"case_ids": [fields.Command.set(self.ids)], "with_limits": with_limits}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recalculate deadlines"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_may_recalculate(self):
        """Refuse who may not count these cases again.

        :raise AccessError: the user is no supervisor, or may not write the cases
        :raise UserError: no cases, or too many
        """
        self.check_access("write")
        if not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may recalculate deadlines."))
        if not self:
            raise UserError(self.env._("Choose the cases whose deadlines are to be recalculated."))
        if len(self) > MAX_CASES:
            raise UserError(
                self.env._(
                    "These are %(count)s cases. Choose at most %(most)s at a time.",
                    count=len(self),
                    most=MAX_CASES,
                )
            )

    def _recalculable(self):
        """Those of the cases that the user may count again: open, not attended.

        What was filed as a claim is an administrator's.
        """
        is_manager = self.env.user.has_group("atencion_cliente.group_manager")
        return self.filtered(
            lambda case: (
                not case.closed_at
                and not case.attention_date
                and (is_manager or not case.claim_filed_at)
            )
        )

    def _open_claims(self):
        """The filed claims among the cases that a calendar could move."""
        return self.filtered(
            lambda case: case.claim_filed_at and not case.closed_at and not case.attention_date
        )

    def _recalculate(self, with_limits, reason=None):
        """Count the deadlines of cases again, as a supervisor.

        :param bool with_limits: with the maximum days of now
        :param str reason: written by the user
        :return: the cases that moved
        """
        self._check_may_recalculate()
        cases = self._recalculable()
        moved = cases._moved_by(cases._recount(with_limits))
        what = self.env._("maximum days of now") if with_limits else self.env._("calendar")
        text = self.env._("recalculated by %(user)s (%(what)s)", user=self.env.user.name, what=what)
        # sudo: the rights on the cases were checked; only the system writes deadlines.
        moved.sudo()._apply_recounts(f"{reason}; {text}" if reason else text, with_limits)
        return moved
