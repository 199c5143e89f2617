import dataclasses
import functools

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import transitions
from ..base.public_method import public
from .stage_change import StageChange


class AtencionCaseLifecycle(models.Model):
    """The states of a case, and the one path by which every change of state goes."""

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
    # Not tracked as those of the state are: the log has the state itself.
    stage_code = fields.Char(related="stage_id.code", tracking=False)
    is_closed = fields.Boolean(related="stage_id.is_closed", tracking=False)
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
        found = stages.search([])
        found._show_kept()
        return found

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
    # New cases
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list, carried):
        """A new case begins in the first state that its documents allow.

        The state that it is created with is entered afterwards, under its conditions.
        """
        prepared = super()._prepare_create(vals_list, carried)
        carried["requested_states"] = [
            (vals.get("stage_id"), vals.get("stage_note")) for vals in prepared
        ]
        first = functools.cache(self.env["atencion.case.stage"]._initial_stage)
        for vals in prepared:
            stage = first(self._misses_documents(vals))
            vals["stage_id"] = stage.id
            vals["paused_since"] = vals["received_at"] if stage.pauses_clock else False
        return prepared

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        requested = dict(zip(self.ids, carried["requested_states"], strict=True))
        begun = self - self._with_history(carried)
        begun._start_ledger({case.id: requested[case.id][1] for case in begun})
        begun._enter_requested_states(requested)

    def _enter_requested_states(self, requested):
        """Move new cases to the state they were created with, under its conditions.

        A case starts where its documents say; an initial state asks for nothing else.

        :param dict requested: the id of a state, and the note, by the id of the case
        """
        cases_by_request = self.grouped(lambda case: requested[case.id])
        for (stage_id, note), cases in cases_by_request.items():
            stage = self.env["atencion.case.stage"].browse(stage_id or ())
            moving = cases.filtered(lambda case, stage=stage: case.stage_id != stage)
            if moving and stage and not stage.is_initial:
                moving._change_stage(stage, note)

    # -------------------------------------------------------------------------
    # Changes by a client
    # -------------------------------------------------------------------------

    def _write_client_values(self, vals):
        """A state among the values is entered once the other values are written.

        :raise UserError: a note comes without a state
        """
        change = self._take_stage_change(vals)
        handed_over = self._to_hand_over(vals)
        super()._write_client_values(vals)
        if handed_over:
            handed_over._change_area()
        if change.stage:
            self._tell_repeated(self._apply_stage_change(change))
        elif change.note:
            raise UserError(
                self.env._(
                    "A note goes with a change of state. Use “Change state”, or write "
                    "in the log of the case."
                )
            )

    def _take_stage_change(self, vals):
        """Take the change of state out of the values of a client.

        :rtype: StageChange
        """
        change = StageChange(
            self.env["atencion.case.stage"].browse(vals.pop("stage_id", None) or ()),
            vals.pop("stage_note", None),
            self.env["atencion.area"].browse(vals.get("area_id") or ()),
        )
        if change.stage.requires_area_change and vals.pop("area_id", None) and not change.has_note:
            # Without a note, a case that was transferred already only gets the other area.
            self.filtered(lambda case: case.stage_id == change.stage).area_id = change.area
        return change

    def _to_hand_over(self, vals):
        """The cases that get another area, followed by the user who hands them over."""
        if not vals.get("area_id"):
            return self.browse()
        handed_over = self.filtered(lambda case: case.area_id.id != vals["area_id"])
        handed_over._follow()
        return handed_over

    # -------------------------------------------------------------------------
    # Change of state
    # -------------------------------------------------------------------------

    def _change_stage(self, stage, note, area=None, forced=False):
        """Move cases to a state, see ``StageChange`` for the parameters.

        :return: what to tell the user about cases that somebody had changed already
        :rtype: list[str]
        :raise AccessError: the user may not write a case, or may not force
        :raise ValidationError: a condition fails; the message says which, and
            what to do
        """
        return self._apply_stage_change(StageChange(stage, note, area, forced))

    def _apply_stage_change(self, change):
        """Make a change of state: every way of changing it ends here.

        Cases that are in the state already stay as they are, and keep the note in their log.

        :param StageChange change: what is asked for
        :return: what to tell the user about cases that somebody had changed already
        :rtype: list[str]
        :raise AccessError: as ``_change_stage``
        :raise ValidationError: as ``_change_stage``
        """
        self = self._without_client_context()
        self.check_access("write")
        if change.forced and not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may force a change of state."))
        change = change._replace(note=(change.note or "").strip())
        cases = self.filtered(
            lambda case: case.stage_id != change.stage or case._is_transferred_on(change)
        )
        refused = cases._stage_refusals(change)
        if refused:
            raise ValidationError("\n".join(text for texts in refused.values() for text in texts))
        if cases:
            cases._write_stage_change(change)
        return (self - cases)._keep_repeated_note(change)

    def _is_transferred_on(self, change):
        """Whether a change transfers a case, which was transferred already, to another area."""
        return (
            change.stage.requires_area_change
            and bool(change.area)
            and change.area != self.area_id
            and change.has_note
        )

    def _write_stage_change(self, change):
        """Write a change whose conditions are met: case, ledger, log."""
        origins = {case.id: case.stage_id for case in self}
        if change.stage.is_closed:
            self._read_people_of_closing()
        moments = self._close_ledger_entries(self._moment())
        if change.stage.requires_area_change and not change.rule:
            self._follow()
        by_values = {}
        for case in self:
            values = case._stage_values(change, moments[case.id])
            by_values.setdefault(tuple(values.items()), []).append(case.id)
        for values, ids in by_values.items():
            # The log below has the change; tracking would log it again.
            self.browse(ids).with_context(mail_notrack=True)._write_checked(dict(values))
        self._open_ledger_entries(moments, dict.fromkeys(self.ids, change.note), change)
        self._log_stage_change(origins, change)

    def _read_people_of_closing(self):
        """Read at once who is named in the log, the solution and the mail of a closing."""
        # sudo: they are read ahead, each for a use that has its own rights.
        cases = self.sudo()
        people = cases.partner_id | cases.requester_id | cases.company_id.partner_id
        (people | cases.env.user.partner_id).mapped("email_normalized")

    def _stage_values(self, change, moment):
        """The values that a case takes in its new state.

        :param StageChange change: what is asked for
        :param datetime.datetime moment: UTC
        """
        self.ensure_one()
        stage = change.stage
        before = self._standing()
        day = self.company_id._day_of(moment)
        after = transitions.enter(before, stage._as_rule(), moment, day, by_rule=bool(change.rule))
        values = {"stage_id": stage.id, "stage_note": change.note}
        # Only what changes is written: writing an attention date settles the deadline anew.
        values |= {
            name: value for name, value in vars(after).items() if value != getattr(before, name)
        }
        if stage.requires_area_change:
            values["area_id"] = (change.area or self.area_id).id
            values["user_id"] = False
        return values

    def _standing(self):
        """What a change of state depends on, and changes, for the pure rule.

        :rtype: transitions.Standing
        """
        self.ensure_one()
        names = (field.name for field in dataclasses.fields(transitions.Standing))
        # An empty date is False in Odoo; a counter never is.
        return transitions.Standing(
            **{name: None if (value := self[name]) is False else value for name in names}
        )

    def _log_stage_change(self, origins, change):
        template = Markup("<p><b>%s → %s</b> %s</p><p>%s</p>")
        mark = self.env._("(forced)") if change.forced else ""
        self._message_log_batch(
            bodies={
                case.id: template % (origins[case.id].name, change.stage.name, mark, change.note)
                for case in self
            }
        )

    def _follow(self):
        """Let the user who hands a case to another area follow it, and so go on seeing it."""
        self.message_subscribe(partner_ids=self.env.user.partner_id.ids)

    def _change_area(self):
        """Begin a ledger entry for cases that another area took, state unchanged."""
        # sudo: the user may not see the case in its new area.
        for area, cases in self.sudo().grouped("area_id").items():
            cases._begin_ledger_entry(self.env._("Area changed to %s.", area.name))
