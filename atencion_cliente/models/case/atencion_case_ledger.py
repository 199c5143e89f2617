from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime


class AtencionCaseLedger(models.Model):
    """The ledger of a case: it closes one interval and opens the next.

    Nobody has the right to write the ledger, so it is written with ``sudo``, after
    the right to change the case was checked.
    """

    _inherit = "atencion.case"

    history_ids = fields.One2many(
        "atencion.case.history",
        "case_id",
        string="State history",
        copy=False,
        groups="base.group_user",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"history_ids"}

    def _close_intervals(self, moment):
        """End the open interval of each case.

        :param datetime.datetime moment: UTC
        """
        intervals = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids), ("left_at", "=", False)])
        )
        intervals.write({"left_at": moment})
        # The index that allows one open interval a case sees the database only.
        intervals.flush_recordset(["left_at"])

    def _open_intervals(self, moments, note, forced=False, rule=None):
        """Begin an interval for each case, as the case stands now.

        :param dict moments: UTC moment by case id
        :param note: text, the same for all, or a dict by case id
        :param rule: the escalation rule that moved the cases, if one did
        """
        self.env["atencion.case.history"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "stage_id": case.stage_id.id,
                    "area_id": case.area_id.id,
                    "user_id": self.env.uid,
                    "entered_at": moments[case.id],
                    "note": note.get(case.id) if isinstance(note, dict) else note,
                    "forced": forced,
                    "rule_id": rule.id if rule else False,
                    "paused": case.stage_id.pauses_clock,
                }
                for case in self.sudo()
            ]
        )

    def _write_ledger(self, ledgers):
        """The intervals of cases that were created with their past.

        Each says who registered it and when: its own user and moments are only told.

        :param list ledgers: the intervals of each case, as values
        """
        registration = {"registered_by_id": self.env.uid, "registered_at": fields.Datetime.now()}
        self.env["atencion.case.history"].sudo().create(
            [
                interval | registration | {"case_id": case.id, "company_id": case.company_id.id}
                for case, intervals in zip(self, ledgers, strict=True)
                for interval in intervals
            ]
        )

    def _start_ledger(self, notes):
        """The first interval of new cases: it begins when the case was received."""
        self._open_intervals({case.id: case.received_at for case in self}, notes)

    def _turn_ledger(self, note, forced=False, moment=None):
        """Close the open interval and begin the next, at the same moment."""
        moment = moment or self._moment()
        self._close_intervals(moment)
        self._open_intervals(dict.fromkeys(self.ids, moment), note, forced)

    def _move_ledger_start(self):
        """Let the first interval begin when the case was received.

        The reception of a case can be corrected; its ledger leaves no hole.

        :raise ValidationError: the case had changed its state before
        """
        intervals = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids)], order="entered_at, id")
        )
        for case, rows in intervals.grouped("case_id").items():
            first = rows[0]
            if first.left_at and first.left_at < case.received_at:
                raise ValidationError(
                    self.env._(
                        "%(case)s: it changed on %(moment)s, and cannot have been "
                        "received after that. Choose an earlier request date.",
                        case=case.display_name,
                        moment=format_datetime(self.env, first.left_at),
                    )
                )
            if first.entered_at != case.received_at:
                begun = {
                    "paused_since": all(rows.mapped("paused")),
                    "stage_since": len(rows.stage_id) == 1,
                }
                moved = [name for name, since_first in begun.items() if since_first]
                first.entered_at = case.received_at
                case._write_checked(dict.fromkeys(moved, case.received_at))
