from datetime import datetime
from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import transitions
from .atencion_import import QUIET
from .atencion_refused_rows import import_run

# Values of a new case that say what happened to it before it was registered here.
HISTORY = ("history_ids", "closed_at")


class Step(NamedTuple):
    """A change of state in the history of a case; the moment is UTC."""

    stage: models.Model
    moment: datetime
    note: str | None
    area: models.Model
    user_id: int


class ImportedHistory(NamedTuple):
    """The steps of a case in another system, the oldest first.

    ``closed_at``: the moment, in UTC, at which the importer says it was closed.
    """

    steps: list[Step]
    closed_at: datetime | None


class AtencionCaseHistoryImport(models.Model):
    """Cases that are registered with the history they had in another system.

    A supervisor creates a case with lines of ``history_ids``, or imports it with a state
    and the date it was attended or closed. Its ledger is written as if each change had
    been made here at its moment, under the same conditions. The old system had other
    rules: what the matrix refuses is forced, and the ledger says so. Which documents the
    case waited for at that time is not known, and not asked.
    """

    _inherit = "atencion.case"

    @api.model
    def _refuse_server_only_of_new(self, vals_list):
        """Accept the history of a new case from supervisors.

        :raise AccessError: the user is no supervisor
        """
        histories = [{name: vals[name] for name in HISTORY if vals.get(name)} for vals in vals_list]
        if any(histories) and not self._may_import_histories():
            raise AccessError(
                self.env._("Only a supervisor may register what happened to a case before.")
            )
        without_history = [
            {name: value for name, value in vals.items() if name not in HISTORY}
            for vals in vals_list
        ]
        checked = super()._refuse_server_only_of_new(without_history)
        return [vals | history for vals, history in zip(checked, histories, strict=True)]

    @api.model
    def _may_import_histories(self):
        return self.env.user.has_group("atencion_cliente.group_supervisor")

    @api.model
    def _prepare_create(self, vals_list, carried):
        vals_list, histories = self._take_histories(vals_list)
        prepared = super()._prepare_create(vals_list, carried)
        initial = histories and self.env["atencion.case.stage"]._initial_stage(False)
        carried["ledgers"] = {
            place: self._simulate_history(prepared[place], history, initial)
            for place, history in histories.items()
        }
        return prepared

    @api.model
    def _creator(self, carried):
        creator = super()._creator(carried)
        return creator.with_context(**QUIET) if carried["ledgers"] else creator

    def _after_create(self, vals_list, carried):
        # Before anything follows: whoever imports a case goes on seeing it, with its ledger.
        if import_run(self.env):
            self._follow_unseen()
        with_history = self._with_history(carried)
        with_history._write_imported_ledger(carried["ledgers"].values())
        with_history._keep_chosen_state()
        super()._after_create(vals_list, carried)

    def _with_history(self, carried):
        """The new cases that were created with their history."""
        return self.browse(self.ids[place] for place in carried["ledgers"])

    def _imported(self, carried):
        """The new cases that come from another system, with their history or without."""
        return self if import_run(self.env) else self._with_history(carried)

    # -------------------------------------------------------------------------
    # History in the values
    # -------------------------------------------------------------------------

    @api.model
    def _take_histories(self, vals_list):
        """Take the history out of the values of new cases.

        :return: copies of the values, and the ``ImportedHistory`` of each case that has one,
            by its place in the list
        """
        vals_list = [dict(vals) for vals in vals_list]
        imports = bool(import_run(self.env)) and self._may_import_histories()
        histories = {
            place: self._take_history(vals)
            for place, vals in enumerate(vals_list)
            if any(vals.get(name) for name in HISTORY) or imports and vals.get("stage_id")
        }
        return vals_list, histories

    @api.model
    def _take_history(self, vals):
        """Take the history out of the values of a new case.

        The state of the case is its last step, if the lines do not end in it already.

        :rtype: ImportedHistory
        """
        steps = sorted(self._as_steps(vals), key=lambda step: step.moment)
        closed_at = fields.Datetime.to_datetime(vals.pop("closed_at", None))
        moments = [*(step.moment for step in steps), closed_at]
        vals["received_at"], *moments, closed_at = self._with_hours(vals, moments)
        steps = [step._replace(moment=moment) for step, moment in zip(steps, moments, strict=True)]
        stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
        if stage and (not steps or steps[-1].stage != stage):
            moment = self._entered_last(vals, stage, closed_at, steps[-1:])
            area = self.env["atencion.area"]
            steps.append(Step(stage, moment, vals.get("stage_note"), area, self.env.uid))
        return ImportedHistory(steps, closed_at)

    @api.model
    def _entered_last(self, vals, stage, closed_at, last):
        """When a case entered its state: when it was closed or attended, or else now.

        :param last: its last step before, if any is known
        """
        attended = fields.Date.to_date(vals.get("attention_date"))
        if closed_at or not (stage.is_closed and attended):
            return closed_at or fields.Datetime.now()
        company = self._company_in(vals)
        # Only the day is known: the earliest moment of it that is not before the last step.
        known = [step.moment for step in last]
        return max(company._start_of(attended), vals["received_at"], *known)

    @api.model
    def _as_steps(self, vals):
        """The steps in lines of ``history_ids``.

        :raise ValidationError: a line lacks its state or its moment
        """
        for command in vals.pop("history_ids", None) or ():
            is_new = isinstance(command, (list, tuple)) and command[0] == Command.CREATE
            line = self.env["atencion.case.history"]._clean_input(command[2] if is_new else {})
            self.env["atencion.case.history"]._refuse_out_of_bounds([line])
            if not (line.get("stage_id") and line.get("entered_at")):
                raise ValidationError(
                    self.env._(
                        "%s: each line of its state history has a state and the moment it "
                        "was entered.",
                        self._new_name(vals),
                    )
                )
            yield Step(
                self.env["atencion.case.stage"].browse(line["stage_id"]),
                fields.Datetime.to_datetime(line["entered_at"]),
                line.get("note"),
                self.env["atencion.area"].browse(line.get("area_id") or ()),
                line.get("user_id") or self.env.uid,
            )

    # -------------------------------------------------------------------------
    # Simulation
    # -------------------------------------------------------------------------

    @api.model
    def _simulate_history(self, vals, history, initial):
        """Take a new case through the steps of its history, under their conditions.

        It begins with the first step if that is of the moment it was received and in an
        open state, or else in the initial state.

        :param dict vals: complete values; changed to the state in which the history ends
        :param ImportedHistory history: what happened to the case
        :param initial: the ``atencion.case.stage`` in which cases begin
        :return: its ledger, as values without the case
        :rtype: list[dict]
        :raise ValidationError: a condition of a step fails; the message says which
        """
        company = self._company_in(vals)
        received = fields.Datetime.to_datetime(vals["received_at"])
        self._check_moments(vals, received, history)
        self._check_areas(vals, history)
        first, moves = self._first_step(vals, received, history.steps, initial)
        ledger = [self._ledger_entry(first)]
        standing = transitions.Standing(
            stage_since=received,
            paused_since=received if first.stage.pauses_clock else None,
        )
        for step in moves:
            last = ledger[-1]
            area = self._area_of(step, last["area_id"], vals)
            if step.stage.id == last["stage_id"] and area.id == last["area_id"]:
                last["note"] = "\n".join(filter(None, [last["note"], step.note]))
                continue
            step = step._replace(area=area)
            forced = self._is_forced(vals, last, step)
            day = company._day_of(step.moment)
            standing = transitions.enter(standing, step.stage._as_rule(), step.moment, day)
            last["left_at"] = step.moment
            ledger.append(self._ledger_entry(step) | {"forced": forced})
        self._complete_final_state(vals, standing, ledger, history)
        return ledger

    @api.model
    def _first_step(self, vals, received, steps, initial):
        """The step in which a case began, and those after it."""
        if steps and steps[0].moment == received and not steps[0].stage.is_closed:
            first, moves = steps[0], steps[1:]
        else:
            first = Step(initial, received, None, self.env["atencion.area"], self.env.uid)
            moves = steps
        Area = self.env["atencion.area"]
        own = Area.browse(vals.get("area_id") or ())
        usual = self.env["atencion.case.type"].browse(vals.get("type_id") or ()).area_id
        # Without any transfer, the case was always in the area where it is.
        stays = own and not any(step.area or step.stage.requires_area_change for step in moves)
        return first._replace(area=first.area or (own if stays else usual or own)), moves

    @api.model
    def _area_of(self, step, area_id, vals):
        """The area of a step: a transfer that names none goes to the area of the case."""
        Area = self.env["atencion.area"]
        if step.area:
            return step.area
        destination = step.stage.requires_area_change and vals.get("area_id")
        return Area.browse(destination or area_id)

    @api.model
    def _ledger_entry(self, step):
        return {
            "stage_id": step.stage.id,
            "area_id": step.area.id,
            "user_id": step.user_id,
            "entered_at": step.moment,
            "note": step.note,
            "paused": step.stage.pauses_clock,
            "closed": step.stage.is_closed,
        }

    @api.model
    def _complete_final_state(self, vals, standing, ledger, history):
        """Complete the values of a case with the state in which its history ends."""
        last = ledger[-1]
        self._check_end(vals, standing, last, history)
        attended = vals.get("attention_date")
        self._move_former_resolution(vals, ledger)
        vals.update(vars(standing), stage_id=last["stage_id"], area_id=last["area_id"])
        vals["stage_note"] = last["note"]
        if attended:
            vals["attention_date"] = attended

    @api.model
    def _move_former_resolution(self, vals, ledger):
        """How a case was solved and answered that was reopened since goes with its closing."""
        closings = [place for place, entry in enumerate(ledger) if entry["closed"]]
        after = ledger[closings[-1] + 1 :][:1] if closings else []
        Stage = self.env["atencion.case.stage"]
        if any(Stage.browse(entry["stage_id"]).restarts_clock for entry in after):
            ledger[closings[-1]].update(
                {name: vals.pop(name, False) for name in transitions.SOLVED}
            )

    def _write_imported_ledger(self, ledgers):
        """Write the ledgers of cases, and compute anew what follows from their pauses."""
        self._write_ledger(ledgers)
        paused = self.browse(
            case.id
            for case, ledger in zip(self, ledgers, strict=True)
            if any(entry["paused"] for entry in ledger)
        )
        for name in ("deadline_date", "running_since"):
            self.env.add_to_compute(self._fields[name], paused)
