from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime


class AtencionCaseLedger(models.Model):
    """The ledger of a case: whatever changes its state or area ends an entry and begins the next.

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

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if not vals.keys().isdisjoint(("received_at", "request_date")):
            self._move_ledger_start()

    def _close_ledger_entries(self, moment):
        """End the open entry of each case.

        :param datetime.datetime moment: UTC
        """
        entries = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids), ("left_at", "=", False)])
        )
        entries.write({"left_at": moment})
        # The index that allows one open entry per case sees the database only.
        entries.flush_recordset(["left_at"])

    def _open_ledger_entries(self, moments, notes, change=None):
        """Begin an entry for each case, with its present state and area.

        :param dict moments: UTC moment by case id
        :param dict notes: text by case id
        :param StageChange change: the change of state that it records, if it is one
        """
        self.env["atencion.case.history"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "stage_id": case.stage_id.id,
                    "area_id": case.area_id.id,
                    "user_id": self.env.uid,
                    "entered_at": moments[case.id],
                    "note": notes.get(case.id),
                    "forced": bool(change and change.forced),
                    "rule_id": change.rule.id if change and change.rule else False,
                    "paused": case.stage_id.pauses_clock,
                }
                for case in self.sudo()
            ]
        )

    def _write_ledger(self, ledgers):
        """Write the entries of cases that were created with their history.

        Each says who registered it and when: the user and the moments in it are as they were given.

        :param list ledgers: the entries of each case, as values
        """
        registration = {"registered_by_id": self.env.uid, "registered_at": fields.Datetime.now()}
        self.env["atencion.case.history"].sudo().create(
            [
                entry | registration | {"case_id": case.id, "company_id": case.company_id.id}
                for case, entries in zip(self, ledgers, strict=True)
                for entry in entries
            ]
        )

    def _start_ledger(self, notes):
        """Begin the first entry of new cases, at the moment the case was received.

        :param dict notes: text by case id
        """
        self._open_ledger_entries({case.id: case.received_at for case in self}, notes)

    def _begin_ledger_entry(self, note):
        """End the open entry of each case and begin the next, at the same moment.

        :param str note: the same for all
        """
        moment = self._moment()
        self._close_ledger_entries(moment)
        self._open_ledger_entries(dict.fromkeys(self.ids, moment), dict.fromkeys(self.ids, note))

    def _move_ledger_start(self):
        """Let the first entry begin when the case was received.

        The reception of a case can be corrected; its ledger has no gap.

        :raise ValidationError: the case had changed its state before
        """
        entries = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids)], order="entered_at, id")
        )
        for case, rows in entries.grouped("case_id").items():
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
