from odoo import api, fields, models

from .atencion_case_history_import import HISTORY


class AtencionCaseImport(models.Model):
    """The Excel template of cases, and the check of a row before any is created."""

    _inherit = "atencion.case"

    _fields_in_project = ("unit_id",)
    _completed_lines = frozenset(HISTORY)

    @api.model
    def _row_checker(self):
        initial = self.env["atencion.case.stage"]._initial_stage(False)

        def check(values):
            self._check_request_day(values)
            (vals,), histories = self._take_histories([values])
            for history in histories.values():
                self._simulate_history(self._with_reception(vals), history, initial)

        return check

    @api.model
    def _check_request_day(self, vals):
        """Refuse a request before the first day of its company."""
        company = self._company_in(vals)
        day = fields.Date.to_date(vals.get("request_date"))
        moment = fields.Datetime.to_datetime(vals.get("received_at"))
        for received in (day and company._start_of(day), moment):
            if received:
                self._refuse_early(company, received, self._new_name(vals))

    @api.model
    def _row_checks(self, vals_list):
        self._prefetch_property(vals_list)
        return super()._row_checks(vals_list)

    @api.model
    def _import_title(self):
        return self.env._("Cases")

    @api.model
    def _import_rules(self):
        return [
            self.env._(
                "Each case gets a new number; the number it had is kept, and finds the case. "
                "What was due before the import is not escalated: the rules act on what "
                "becomes due from now on."
            ),
            *(
                [
                    self.env._(
                        "The states that a case went through: the first in its own row, each "
                        "other one in a row below that fills the columns of the history only. "
                        "Without them, a case goes from its request to its state in one step, "
                        "on the day it was closed or attended."
                    )
                ]
                if self._may_import_histories()
                else []
            ),
        ]

    @api.model
    def _import_columns(self):
        columns = {
            **self._import_case_columns(),
            **self._import_person_columns(),
            **self._import_state_columns(),
        }
        if self._may_import_histories():
            return columns
        return {path: hint for path, hint in columns.items() if path.split("/")[0] not in HISTORY}

    @api.model
    def _import_case_columns(self):
        return {
            "external_ref": self.env._("The number it had. Refused if it was imported before."),
            "subject": "",
            "description": "",
            "type_id": self.env._("Its code or name."),
            "category_id": self.env._("Its name, or its whole path: Works / Leaks."),
            "priority": "",
            "source_id": "",
            "project_id": self.env._("Its code or name."),
            "unit_id": self.env._(
                "Its code in the project. Without the column of the project: PROJECT / 101."
            ),
            "place_id": self.env._("Where in the unit it is: the name of a place."),
            "contract_id": self.env._("Its number. It fills holder, unit and project."),
        }

    @api.model
    def _import_person_columns(self):
        return {
            "partner_id": self.env._(
                "Identity number, or exact name. Empty: the holder of the contract."
            ),
            "requester_id": self.env._(
                "Who asks, if registered: identity number, or exact name. If not, fill the "
                "columns that follow."
            ),
            "requester_firstname": "",
            "requester_lastname": "",
            "requester_identity": "",
            "requester_phone": "",
            "requester_email": "",
            "requester_relation": "",
        }

    @api.model
    def _import_state_columns(self):
        return {
            "request_date": self.env._("A date. Empty: today, or the first date of its history."),
            "attention_date": self.env._("The day the customer was attended."),
            "closed_at": self.env._("A date, with or without the time, in your time zone."),
            "area_id": self.env._("Where it is now. Empty: the area of its type."),
            "user_id": self.env._("Login, or exact name."),
            "stage_id": self.env._("Its state now: name or code. Empty: the first one."),
            "stage_note": self.env._("Why it is in its state."),
            "resolution": self.env._("How it was solved. A case that was upheld needs it."),
            "response": "",
            "customer_comment": "",
            "history_ids/stage_id": self.env._("A state that it entered: name or code."),
            "history_ids/entered_at": "",
            "history_ids/note": self.env._("Why. Only the first may go without it."),
            "history_ids/area_id": self.env._("The area that had it, if it was another one."),
            "history_ids/user_id": self.env._("Who changed it: login, or exact name."),
        }
