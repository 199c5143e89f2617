import dataclasses

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import is_html_empty

from ...tools import transitions
from ..base.public_method import public

DONE_DOCUMENTS = ("received", "waived")


class AtencionCaseLifecycle(models.Model):
    """States of a case: one path for every way of changing them."""

    _inherit = "atencion.case"

    stage_id = fields.Many2one(
        "atencion.case.stage",
        string="State",
        required=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env["atencion.case.stage"]._initial_stage(False),
        group_expand="_expand_stages",
    )
    stage_code = fields.Char(related="stage_id.code")
    is_closed = fields.Boolean(related="stage_id.is_closed")
    stage_note = fields.Text(
        "Notes / documents",
        copy=False,
        groups="base.group_user",
        help="Why the case is in its state. Each change of state carries a note.",
    )
    reopen_count = fields.Integer("Times reopened", readonly=True, copy=False)

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"reopen_count"}

    @api.model
    def _expand_stages(self, stages, _domain):
        return stages.search([])

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @public()
    def action_change_stage(self):
        """Ask for the new state and its note, for one case or many."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change state"),
            "res_model": "atencion.case.stage.change",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_ids": self.ids,
                "default_stage_id": self.env.context.get("atencion_stage_id"),
            },
        }

    # -------------------------------------------------------------------------
    # Business
    # -------------------------------------------------------------------------

    def _change_stage(self, stage, note, area=None, forced=False, rule=None):
        """Move cases to a state: the only way in which one changes.

        Cases that already are in the state stay as they are.

        :param stage: the ``atencion.case.stage`` to enter
        :param str note: why; required
        :param area: the ``atencion.area`` that takes over, for a transfer
        :param bool forced: a supervisor insists against matrix and documents
        :param rule: the ``atencion.escalation.rule`` that moves them, if one does
        :raise AccessError: the user may not write a case, or may not force
        :raise ValidationError: a condition fails; the message says which, and
            what to do
        """
        self = self._without_client_context()
        self.check_access("write")
        if forced and not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may force a change of state."))
        cases = self.filtered(lambda case: case.stage_id != stage)
        note = (note or "").strip()
        refused = cases._stage_refusals(stage, note, area, forced, rule)
        if refused:
            raise ValidationError("\n".join(text for texts in refused.values() for text in texts))
        if cases:
            cases._apply_stage(stage, note, area, forced, rule)

    def _stage_refusals(self, stage, note, area=None, forced=False, rule=None):
        """What refuses a change: for each case that it is refused, a line a condition.

        A rule without an area transfers a case to the tray of its own area.

        :rtype: dict[int, list[str]]
        """
        codes, missing = self._stage_refusal_codes(stage, note, area, forced, rule)
        return {
            case.id: [
                case._refusal_message(code, stage, missing.get(case.id)) for code in codes[case.id]
            ]
            for case in self
            if case.id in codes
        }

    def _stage_refusal_codes(self, stage, note, area=None, forced=False, rule=None):
        """What refuses a change, without words.

        :return: codes of ``tools.transitions`` by case id; names of the mandatory
            documents that are missing, by case id
        """
        pending, missing = self._pending_documents()
        target = stage._as_rule()
        origins = {
            origin: (origin._as_rule(), stage in origin.next_stage_ids) for origin in self.stage_id
        }
        refused = {}
        for case in self:
            origin, allowed = origins[case.stage_id]
            move = transitions.Move(
                origin=origin,
                target=target,
                allowed=allowed,
                has_note=bool(note),
                has_resolution=not is_html_empty(case.resolution),
                changes_area=bool(rule) or bool(area) and area != case.area_id,
                has_pending_document=case.id in pending,
                misses_mandatory_document=case.id in missing,
                forced=forced,
            )
            codes = transitions.refusals(move)
            if codes:
                refused[case.id] = codes
        return refused, missing

    def _pending_documents(self):
        """Documents still to come, by case.

        :return: ids of the cases with any document pending; names of the mandatory
            documents that are missing, by case id
        """
        documents = self.env["atencion.case.document"].search_fetch(
            [("case_id", "in", self.ids), ("state", "not in", DONE_DOCUMENTS)],
            ["case_id", "name", "mandatory", "state"],
        )
        waiting = documents.filtered(lambda doc: doc.state != "in_transit")
        missing = {
            case.id: lines.mapped("name")
            for case, lines in documents.filtered("mandatory").grouped("case_id").items()
        }
        return set(waiting.case_id.ids), missing

    def _refusal_message(self, code, stage, missing):
        self.ensure_one()
        names = {
            "case": self.display_name,
            "origin": self.stage_id.name,
            "stage": stage.name,
            "next": ", ".join(self.stage_id.next_stage_ids.mapped("name")),
            "documents": ", ".join(missing or []),
        }
        messages = {
            transitions.NOT_ALLOWED: self.env._(
                "%(case)s: from “%(origin)s” it cannot change to “%(stage)s”. It may "
                "change to: %(next)s. A supervisor may force it, with a reason.",
                **names,
            ),
            transitions.NOTE_MISSING: self.env._(
                "%(case)s: write a note that says why it changes to “%(stage)s”.",
                **names,
            ),
            transitions.REASON_MISSING: self.env._(
                "%(case)s: write the reason why it changes to “%(stage)s”.", **names
            ),
            transitions.NO_PENDING_DOCUMENT: self.env._(
                "%(case)s: no document is pending. Add to its documents what the "
                "customer has to hand over, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.DOCUMENTS_MISSING: self.env._(
                "%(case)s: mandatory documents are missing: %(documents)s. Mark them "
                "as received or waived, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.AREA_MISSING: self.env._(
                "%(case)s: choose the other area that the case is transferred to.",
                **names,
            ),
            transitions.RESOLUTION_MISSING: self.env._(
                "%(case)s: write the resolution, then change it to “%(stage)s”.",
                **names,
            ),
        }
        return messages[code]

    def _apply_stage(self, stage, note, area, forced, rule):
        """Write a change whose conditions are met: case, ledger, log."""
        moment = self._moment()
        origins = {case.id: case.stage_id for case in self}
        self._close_intervals(moment)
        if stage.requires_area_change and not rule:
            self._follow()
        by_values = {}
        for case in self:
            values = case._stage_values(stage, note, area, moment, rule)
            by_values.setdefault(tuple(values.items()), []).append(case.id)
        for values, ids in by_values.items():
            # The log below tells the change; tracking would tell it again.
            self.browse(ids).with_context(mail_notrack=True)._write_checked(dict(values))
        self._open_intervals(dict.fromkeys(self.ids, moment), note, forced, rule)
        self._log_stage_change(origins, stage, note, forced)

    def _stage_values(self, stage, note, area, moment, rule):
        """The values that a case takes in its new state."""
        self.ensure_one()
        before = self._standing()
        day = self.company_id._day_of(moment)
        after = transitions.enter(before, stage._as_rule(), moment, day, by_rule=bool(rule))
        values = {"stage_id": stage.id, "stage_note": note}
        # What stays as it was is not written: an attention date freezes the deadline anew.
        values |= {
            name: value for name, value in vars(after).items() if value != getattr(before, name)
        }
        if stage.requires_area_change:
            values["area_id"] = (area or self.area_id).id
            values["user_id"] = False
        return values

    def _standing(self):
        """Where the case stands, for the pure rule.

        :rtype: transitions.Standing
        """
        self.ensure_one()
        names = (field.name for field in dataclasses.fields(transitions.Standing))
        # An empty date is False in Odoo, which a counter never is.
        return transitions.Standing(
            **{name: None if (value := self[name]) is False else value for name in names}
        )

    def _log_stage_change(self, origins, stage, note, forced):
        template = Markup("<p><b>%s → %s</b> %s</p><p>%s</p>")
        mark = self.env._("(forced)") if forced else ""
        self._message_log_batch(
            bodies={
                case.id: template % (origins[case.id].name, stage.name, mark, note) for case in self
            }
        )

    def _follow(self):
        """Let who hands a case to another area follow it, and not lose sight of it."""
        self.message_subscribe(partner_ids=self.env.user.partner_id.ids)

    def _change_area(self):
        """Begin a new interval for cases that another area took, state unchanged."""
        # The case may be out of the user's sight now.
        for area, cases in self.sudo().grouped("area_id").items():
            cases._turn_ledger(self.env._("Area changed to %s.", area.name))

    @api.model
    def _require_change_for_note(self, note):
        if note:
            raise UserError(
                self.env._(
                    "A note goes with a change of state. Use “Change state”, or write "
                    "in the log of the case."
                )
            )
