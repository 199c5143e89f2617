import functools

from odoo import api, fields, models
from odoo.exceptions import UserError

from .case.atencion_case_clock import DECIDING_COLUMNS, KEPT_COLUMNS
from .case.atencion_case_requester import PHONES
from .documents.atencion_case_document_flow import collecting_changes
from .imports.atencion_import import import_run

# What decides the documents of a case, and the list of them.
LISTING = ("document_ids", "type_id", "requester_relation")


class AtencionCaseCourse(models.Model):
    """The order of what happens when a case is created or changed.

    It is loaded last, so that its hooks run around those of all concerns.
    """

    _inherit = "atencion.case"

    @api.model
    def _prepare_create(self, vals_list, carried):
        vals_list, pasts = self._take_pasts(vals_list)
        self._read_property(vals_list)
        first = functools.cache(self.env["atencion.case.stage"]._initial_stage)
        prepared = [self._complete_new_case(vals, first) for vals in vals_list]
        carried["requests"] = vals_list
        carried["ledgers"] = {
            place: self._live_through(prepared[place], past, first(False))
            for place, past in pasts.items()
        }
        self._number_values(prepared)
        # Who registers a case for another area sees it, and so adds documents to it,
        # as its follower: once it is there.
        carried["documents"] = [vals.pop("document_ids", None) for vals in prepared]
        return super()._prepare_create(prepared, carried)

    def _after_create(self, vals_list, carried):
        self._refuse_to_hide()
        super()._after_create(vals_list, carried)
        lived = self._with_past(carried)
        lived._write_past(carried["ledgers"].values())
        listing, changes = collecting_changes(self)
        for case, commands in zip(listing, carried["documents"], strict=True):
            if commands:
                case.document_ids = commands
        self._normalize_phones()
        begun = self - lived
        (begun | lived.filtered("stage_id.waits_for_documents"))._add_required_documents()
        requests = dict(zip(self.ids, carried["requests"], strict=True))
        begun._start_ledger({case.id: requests[case.id].get("stage_note") for case in begun})
        moved = begun._enter_requested_stages(requests)
        self._follow_documents(changes, still=moved | lived)
        imported = self if import_run(self.env) else lived
        (self - imported)._launch_activity_plan()
        imported._log_due_rules_as_imported()

    def _prepare_write(self, vals, carried):
        if "attention_date" in vals:
            # The attention freezes the deadline: what decides it is settled before.
            first = {name: vals[name] for name in DECIDING_COLUMNS if name in vals}
            if first:
                self._write_checked(first)
                vals = {name: vals[name] for name in vals if name not in first}
            self._recompute_recordset(KEPT_COLUMNS)
        return super()._prepare_write(vals, carried)

    # Odoo's is called by ``_write_checked``.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        self = self._without_client_context()
        vals = self._clean_input(vals)
        self._refuse_out_of_bounds([vals])
        self._refuse_server_only(vals)
        self._refuse_other_company(vals)
        self._log_figures(vals)
        vals = self._fill_property(dict(vals))
        stage = self.env["atencion.case.stage"].browse(vals.pop("stage_id", None) or ())
        note = vals.pop("stage_note", None)
        area = self.env["atencion.area"].browse(vals.get("area_id") or ())
        if stage.requires_area_change and vals.pop("area_id", None):
            # A case that already was transferred only goes on to the other area.
            self.filtered(lambda case: case.stage_id == stage).area_id = area
        handed = self._to_hand_over(vals)
        cases, changes = self, None
        if not vals.keys().isdisjoint(LISTING):
            cases, changes = collecting_changes(self)
        if vals:
            cases._write_checked(vals)
        cases._follow_up(vals, handed)
        if stage:
            self._change_stage(stage, note, area)
        else:
            self._require_change_for_note(note)
        self._follow_documents(changes, still=self if stage else None)
        return True

    def _refuse_other_company(self, vals):
        """Refuse to move a case, with its number and ledger, to another company."""
        if "company_id" in vals and self.company_id.ids != [vals["company_id"]]:
            raise UserError(
                self.env._(
                    "A case stays in its company. Register a new case in the other "
                    "company, and archive this one."
                )
            )

    def _to_hand_over(self, vals):
        """The cases that get another area, followed by who hands them over."""
        if not vals.get("area_id"):
            return self.browse()
        handed = self.filtered(lambda case: case.area_id.id != vals["area_id"])
        handed._follow()
        return handed

    def _follow_up(self, vals, handed):
        """Do what follows from written values."""
        if not vals.keys().isdisjoint(PHONES):
            self._normalize_phones()
        if not vals.keys().isdisjoint(("type_id", "requester_relation")):
            self._revise_documents()
        if not vals.keys().isdisjoint(("received_at", "request_date")):
            self._move_ledger_start()
        if handed:
            handed._change_area()

    def _complete_new_case(self, vals, first):
        """The values of a new case, complete but for its number.

        :param first: ``atencion.case.stage._initial_stage``, or what remembers its answers
        """
        vals = self._fill_property(dict(vals))
        vals.setdefault("company_id", self.env.company.id)
        day = fields.Date.to_date(vals.pop("request_date", None))
        if day:
            company = self.env["res.company"].browse(vals["company_id"])
            received = fields.Datetime.to_datetime(vals.get("received_at"))
            if not received or company._day_of(received) != day:
                vals["received_at"] = company._start_of(day)
        vals.setdefault("received_at", fields.Datetime.now())
        stage = first(self._misses_documents(vals))
        vals["stage_id"] = stage.id
        vals["stage_since"] = vals["received_at"]
        if stage.pauses_clock:
            vals["paused_since"] = vals["received_at"]
        return vals

    def _enter_requested_stages(self, requested):
        """Move new cases to the state they were created with, under its conditions.

        A case starts where its documents say; an initial state asks for nothing else.

        :param dict requested: the values that each case was created with, by its id
        :return: the cases that were moved
        """
        requests = {}
        for case in self:
            vals = requested[case.id]
            stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
            if stage and stage != case.stage_id and not stage.is_initial:
                key = (stage, vals.get("stage_note"))
                requests.setdefault(key, self.browse())
                requests[key] |= case
        moved = self.browse()
        for (stage, note), cases in requests.items():
            cases._change_stage(stage, note)
            moved |= cases
        return moved
