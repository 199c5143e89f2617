from odoo import api, fields, models

from ...tools.activity_progress import CANCELLED

CASE = "atencion.case"
LINKS = frozenset({"res_id", "res_model_id", "res_model"})
SERIES_UPDATES = ("all_events", "future_events")
# Fields of an event whose changes the log of its case shows.
LOGGED_FIELDS = LINKS | {
    *("start", "stop", "start_date", "stop_date", "allday", "duration"),
    *("active", "location", "name", "partner_ids"),
}
# Others that only those may change who may change the event.
GUARDED_FIELDS = frozenset({"description", "privacy", "show_as", "user_id", "videocall_location"})


class CalendarEvent(models.Model):
    """Events of cases: only users who see the case, or organize the event, change them.

    The case logs their changes. Events without a case cause no additional statements.
    """

    _name = "calendar.event"
    _inherit = ["atencion.bounds", "calendar.event"]

    # Indexed to find the events of a case.
    res_id = fields.Many2oneReference(index="btree_not_null")

    @api.model_create_multi
    def create(self, vals_list):
        events = super(CalendarEvent, self._told()).create(vals_list)
        events = events.with_env(self.env)
        ours = events._of_cases()
        ours._check_case_is_seen()
        for event in ours:
            # A series is logged once, for its first event.
            if not event.recurrence_id or event.recurrence_id.base_event_id == event:
                event._log_on_case(self.env._("Event planned: %s", event._in_words()))
        return events

    def write(self, vals):
        rewrites = vals.get("recurrence_update") in SERIES_UPDATES
        if LOGGED_FIELDS.isdisjoint(vals) and not rewrites:
            if not GUARDED_FIELDS.isdisjoint(vals):
                self._of_cases()._check_case()
            return super().write(vals)
        linked, in_series = not LINKS.isdisjoint(vals), "recurrence_update" in vals
        ours = self._of_cases()
        ours._check_case()
        series = self._of_rewritten_series(vals) if ours and not linked else self.browse()
        if series:
            before = series._facts_of_series()
            result = super(CalendarEvent, ours._rewriting_series()).write(vals)
            series._log_series(before)
            return result
        before = {event: event._facts() for event in ours}
        result = super(CalendarEvent, self._told()).write(vals)
        # Rewriting a series deletes its events.
        if linked:
            now = (self.exists() if in_series else self)._of_cases()
            now._check_case_is_seen()
            ours |= now
        for event in ours.exists():
            event._log_change(before.get(event))
        return result

    def unlink(self):
        # Odoo reads the alarms of deleted events: this reads the model in the same statement.
        self.fetch(["alarm_ids", "res_model"])
        ours = self._of_cases()
        ours._check_case()
        ours._cancel_activities()
        for event in ours.filtered("active"):
            event._log_on_case(self.env._("Event cancelled: %s", event._in_words()))
        return super().unlink()

    def _is_bounded(self, name, vals):
        if self:
            return bool(self._of_cases())
        asked = {
            link: vals.get(link) or self.env.context.get(f"default_{link}")
            for link in ("res_model", "res_model_id")
        }
        case_model = self.env["ir.model"]._get_id(CASE)
        return asked["res_model"] == CASE or asked["res_model_id"] == case_model

    def _of_cases(self):
        """Those of the events that belong to an existing case.

        For other events it reads nothing that Odoo does not read anyway.
        """
        me = self.env.user
        hidden = self.filtered(
            lambda event: (
                not event.res_model
                and event.user_id != me
                and event._check_private_event_conditions()
            )
        )
        if hidden:
            # Odoo has emptied hidden events in the cache, including those of cases.
            hidden.invalidate_recordset()
        # sudo: private events hide their case from users who do not take part.
        linked = (self - hidden).filtered(lambda event: event.res_model == CASE).sudo()
        linked |= hidden.sudo().filtered(lambda event: event.res_model == CASE)
        cases = set(self.env[CASE].browse(linked.mapped("res_id")).exists().ids)
        return linked.filtered(lambda event: event.res_id in cases).with_env(self.env)

    def _case(self):
        self.ensure_one()
        cases = self.env[CASE]
        return cases.browse(self.res_id).exists() if self.res_model == CASE else cases

    def _check_case(self):
        """Refuse changes by users who neither see the case nor organize the event.

        :raise AccessError: the user may not read the case
        """
        # sudo: private events hide their organizer from other users.
        organised = self.browse()
        if not self.env.user._is_auditor():
            organised = self.sudo().filtered(lambda event: event.user_id == self.env.user)
        (self - organised)._check_case_is_seen()

    def _check_case_is_seen(self):
        """Refuse events of cases that the user does not see, or only reads as an auditor.

        :raise AccessError: the user may not write in a case
        """
        # An empty set would check the rights on the model, which users of the calendar lack.
        if self:
            # sudo: private events hide their case from users who do not take part.
            cases = self.env[CASE].browse(self.sudo().mapped("res_id"))
            cases.check_access(cases._mail_post_access)

    def _cancel_activities(self):
        """Cancel the open activities of events of cases, and detach them from the event."""
        if not self:
            return
        # sudo: activities of other users are cancelled with the event, too.
        events = self.sudo().with_context(active_test=False, mail_notrack=True)
        activities = events.activity_ids.filtered("case_id")
        activities.write({"calendar_event_id": False})
        activities.filtered("active").write({"execution_state": CANCELLED})
