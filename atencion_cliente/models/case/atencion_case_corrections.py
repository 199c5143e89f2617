from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import alert
from ..base.public_method import public
from ..base.server_context import server_value, with_server_value

RECEPTION = ("request_date", "received_at")
LATE = (alert.OVERDUE, alert.ATTENDED_LATE)
# What makes an overdue case one that is not, in the values of a change.
MOVERS = frozenset(
    {
        *("type_id", "priority", *RECEPTION, "attention_date", "exclude_from_kpi"),
        *("reactivated_at", "paused_since", "deadline_date"),
    }
)


class AtencionCaseCorrections(models.Model):
    """Who may correct when a case was received, and the trace that a correction leaves.

    That moment starts the clock. Whoever may write the case corrects it on the day the case
    is registered, unless it is or was overdue; later only a supervisor does, with a reason. The
    system itself (``sudo``) is not limited, but leaves the same trace.
    """

    _inherit = "atencion.case"

    correction_ids = fields.One2many(
        "atencion.case.correction",
        "case_id",
        string="Corrections",
        copy=False,
        groups="base.group_user",
    )
    is_reception_open = fields.Boolean(
        "The request date may be corrected", compute="_compute_is_reception_open"
    )

    was_overdue = fields.Boolean(
        "Was overdue",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="It was overdue, or attended late, on the day of its registration when something of "
        "it was changed. Since then only a supervisor corrects its request date.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"correction_ids", "was_overdue"}

    @api.depends("create_date", "alert_state", "was_overdue", "company_id")
    def _compute_is_reception_open(self):
        for case in self:
            case.is_reception_open = not case._origin.create_date or (
                case._is_registered_today()
                # sudo: the customer does not read the mark.
                and not case.sudo().was_overdue
                and case._origin.alert_state not in LATE
            )

    def _is_registered_today(self):
        registered, company = self._origin.create_date, self.company_id
        return bool(registered) and company._day_of(registered) == company._today()

    # -------------------------------------------------------------------------
    # Who may
    # -------------------------------------------------------------------------

    def _write_client_values(self, vals):
        self._refuse_late_correction(vals)
        if not self.env.su and vals.get("received_at"):
            self._refuse_after_registration(fields.Datetime.to_datetime(vals["received_at"]))
        super()._write_client_values(vals)

    def _refuse_late_correction(self, vals):
        """Refuse to change the reception of a case other than on the day it is registered.

        :param dict vals: values of a client
        :raise UserError: names the cases, and who may correct them
        """
        if self.env.su or vals.keys().isdisjoint(RECEPTION):
            return
        late = self.filtered(
            lambda case: case._has_other_reception(vals) and not case.is_reception_open
        )
        if late:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(case)s: the request date starts its clock. It is corrected on the "
                        "day of the registration, while the case is not overdue. Ask a "
                        "supervisor, who corrects it with a reason by “Correct request date”.",
                        case=case.display_name,
                    )
                    for case in late
                )
            )

    def _has_other_reception(self, vals):
        """Whether the case was received at another moment, or on another day, than these."""
        self.ensure_one()
        day = fields.Date.to_date(vals.get("request_date"))
        moment = fields.Datetime.to_datetime(vals.get("received_at"))
        return bool(day and day != self.request_date or moment and moment != self.received_at)

    def _refuse_after_registration(self, moment):
        """Refuse that cases were received after they were registered.

        :param datetime.datetime moment: naive, in UTC
        :raise UserError: names the first such case, and when it was registered
        """
        for case in self:
            registered = case.create_date.replace(microsecond=0)
            if moment > max(registered, case.received_at):
                raise UserError(
                    self.env._(
                        "%(case)s was registered on %(moment)s, and cannot have been received "
                        "after that. Choose an earlier date or hour.",
                        case=case.display_name,
                        moment=case._timeline_moment(registered),
                    )
                )

    # -------------------------------------------------------------------------
    # Correction by a supervisor
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_correct_request_date(self):
        """Ask for the right request date and the reason.

        :raise AccessError: the user is no supervisor
        """
        self._check_may_correct()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct request date"),
            "res_model": "atencion.case.reception.correction",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _check_may_correct(self):
        self.check_access("write")
        if not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may correct the request date later."))

    def _correct_reception(self, moment, reason):
        """Correct when the case was received, at any time.

        :param datetime.datetime moment: naive, in UTC
        :param str reason: kept with the correction, and in the log
        :raise AccessError: the user is no supervisor
        :raise UserError: without a reason, without a change, or after the registration
        """
        self.ensure_one()
        self._check_may_correct()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write the reason for the correction."))
        if moment == self.received_at:
            raise UserError(self.env._("The case has this request date already. Choose another."))
        self._refuse_after_registration(moment)
        # Logged whatever the context of the client says.
        logged = self.with_context(tracking_disable=False, mail_notrack=False)
        logged._track_set_log_message(reason)
        explained = with_server_value(logged, "atencion_correction_reason", reason)
        explained._write_checked({"received_at": moment})

    # -------------------------------------------------------------------------
    # Trace
    # -------------------------------------------------------------------------

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(self._with_one_reception(vals), carried)
        if not MOVERS.isdisjoint(vals):
            self._remember_overdue()
        if "received_at" in vals:
            carried["receptions"] = {case: case.received_at for case in self}
        return vals

    def _remember_overdue(self):
        """Mark the cases that are overdue now: a change may be about to hide it.

        A type without limit and back again, or a reopening, would open the request date anew.
        """
        # sudo: the mark is the system's; the right to change the case was checked.
        late = self.sudo().filtered(
            lambda case: (
                case._is_registered_today() and not case.was_overdue and case.alert_state in LATE
            )
        )
        if late:
            late._write_checked({"was_overdue": True})

    def _with_one_reception(self, vals):
        """The values without the moment of reception, if it is not of the day that is given."""
        day = fields.Date.to_date(vals.get("request_date"))
        moment = fields.Datetime.to_datetime(vals.get("received_at"))
        if not day or not moment:
            return vals
        agree = all(company._day_of(moment) == day for company in self.company_id)
        left_out = "request_date" if agree else "received_at"
        return {name: value for name, value in vals.items() if name != left_out}

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        before = carried.get("receptions", {})
        corrected = self.filtered(lambda case: case in before and case.received_at != before[case])
        corrected._record_corrections(before)
        # Otherwise their deadline is kept; but it counted from what was wrong.
        for case in corrected.filtered("attention_date"):
            if not case.reactivated_at:
                case._write_checked({"clock_start": case.request_date})

    def _record_corrections(self, before):
        """Record that these cases were received at another moment than it was said before.

        A case that is being registered has no ledger yet: nothing of it is corrected.

        :param dict before: the moment in UTC by case
        """
        now = self._moment()
        reason = server_value(self.env, "atencion_correction_reason")
        # sudo: nobody may write corrections; the right to change the case was checked.
        registered = self.sudo().filtered("history_ids")
        registered.env["atencion.case.correction"].create(
            [
                {
                    "case_id": case.id,
                    "field_name": "received_at",
                    "old_value": before[case],
                    "new_value": case.received_at,
                    "user_id": self.env.uid,
                    "reason": reason,
                    "moment": now,
                }
                for case in registered
            ]
        )
