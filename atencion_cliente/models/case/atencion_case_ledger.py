from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..base.moment_text import moment_text


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
        if "received_at" in vals:
            self._follow_reception()

    def _close_ledger_entries(self, moment):
        """End the open entry of each case.

        A clock that was set back does not block a case: an entry that began later than the
        moment ends when it began.

        :param datetime.datetime moment: UTC
        :return: the UTC moment at which the entry of each case ended, by case id
        :rtype: dict[int, datetime.datetime]
        """
        entries = self._open_entries()
        ends = {entry: max(moment, entry.entered_at) for entry in entries}
        for end, ended in entries.grouped(ends.get).items():
            ended.write({"left_at": end})
        # The index that allows one open entry per case sees the database only.
        entries.flush_recordset(["left_at"])
        return dict.fromkeys(self.ids, moment) | {
            entry.case_id.id: end for entry, end in ends.items()
        }

    def _open_entries(self):
        return (
            self.env["atencion.case.history"]
            .sudo()
            .search_fetch(
                [("case_id", "in", self.ids), ("left_at", "=", False)], ["case_id", "entered_at"]
            )
        )

    def _open_ledger_entries(self, moments, notes, change=None, is_first=False):
        """Begin an entry for each case, with its present state and area.

        :param dict moments: UTC moment by case id
        :param dict notes: text by case id
        :param StageChange change: the change of state that it records, if it is one
        :param bool is_first: whether the cases are new
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
                    "is_first": is_first,
                    "closed": case.stage_id.is_closed,
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
                entry
                | registration
                | {"case_id": case.id, "company_id": case.company_id.id, "is_first": not place}
                for case, entries in zip(self, ledgers, strict=True)
                for place, entry in enumerate(entries)
            ]
        )

    def _start_ledger(self, notes):
        """Begin the first entry of new cases, at the moment the case was received.

        :param dict notes: text by case id
        """
        received = {case.id: case.received_at for case in self}
        self._open_ledger_entries(received, notes, is_first=True)

    def _begin_ledger_entry(self, note):
        """End the open entry of each case and begin the next, at the same moment.

        :param str note: the same for all
        """
        moments = self._close_ledger_entries(self._moment())
        self._open_ledger_entries(moments, dict.fromkeys(self.ids, note))

    def _follow_reception(self):
        """Let what began with the first entry begin when the case was received.

        The entry itself stays as it was written: it counts from the reception of its case.

        :raise ValidationError: the case had changed its state before
        """
        entries = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids)], order="entered_at, id")
        )
        by_case = entries.grouped("case_id")
        for case in self:
            rows = by_case.get(case, entries.browse())
            ended = rows[:1].left_at
            if ended and ended < case.received_at:
                raise ValidationError(
                    self.env._(
                        "%(case)s: it changed on %(moment)s, and cannot have been "
                        "received after that. Choose an earlier request date.",
                        case=case.display_name,
                        moment=moment_text(self.env, ended),
                    )
                )
            begun = {
                "paused_since": case.paused_since and all(rows.mapped("paused")),
                "stage_since": len(rows.stage_id) <= 1,
            }
            follows = [name for name, since_first in begun.items() if since_first]
            if follows:
                case._write_checked(dict.fromkeys(follows, case.received_at))
