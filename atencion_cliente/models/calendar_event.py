from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..tools.activity_progress import CANCELLED

CASE = "atencion.case"
TIMES = ("start", "stop", "start_date", "stop_date", "allday", "duration")
LINKS = ("res_id", "res_model_id", "res_model")


class CalendarEvent(models.Model):
    """Events of cases: who may not see the case changes none, and the case logs each."""

    _name = "calendar.event"
    _inherit = ["atencion.bounds", "calendar.event"]

    # The events of a case are found by it.
    res_id = fields.Many2oneReference(index="btree_not_null")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_linked(vals_list)
        events = super().create(vals_list)
        for event in events._of_cases():
            # A series is told once, by its first event.
            if not event.recurrence_id or event.recurrence_id.base_event_id == event:
                event._log_on_case(self.env._("Event planned: %s", event._in_words()))
        return events

    def write(self, vals):
        watched = {*TIMES, *LINKS, "active", "name", "partner_ids"} & vals.keys()
        before = {}
        if watched:
            self._of_cases()._check_case()
            before = {event: (event._case(), event.active, event._when()) for event in self.sudo()}
        result = super().write(vals)
        for event, (case, active, when) in before.items():
            # A series that is rewritten deletes its events.
            if event.exists():
                event._log_change(case, active, when)
        if not watched.isdisjoint(LINKS):
            for event in self._of_cases():
                event.sudo()._case().with_env(self.env).check_access("read")
        return result

    def unlink(self):
        events = self._of_cases()
        events._check_case()
        events._cancel_activities()
        for event in events:
            if event.active:
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

    @api.model
    def _check_linked(self, vals_list):
        """Refuse new events of cases that the user does not see.

        :raise AccessError: of the cases
        """
        defaults = self.default_get(list(LINKS))
        case_model = self.env["ir.model"]._get_id(CASE)
        ids = set()
        for vals in vals_list:
            asked = {name: vals.get(name) or defaults.get(name) for name in LINKS}
            if asked["res_model"] == CASE or asked["res_model_id"] == case_model:
                ids.add(asked["res_id"])
        ids.discard(False)
        self.env[CASE].browse(ids).check_access("read")

    def _of_cases(self):
        """Those of the events that belong to a case which still exists."""
        # sudo: private events hide their case from who takes no part in them.
        return self.filtered(lambda event: event.sudo()._case())

    def _case(self):
        self.ensure_one()
        cases = self.env[CASE]
        return cases.browse(self.res_id).exists() if self.res_model == CASE else cases

    def _check_case(self):
        """Refuse changes by who neither sees the case nor organises the event.

        :raise AccessError: of the case
        """
        for event in self:
            if event.sudo().user_id != self.env.user:
                event.sudo()._case().with_env(self.env).check_access("read")

    def _log_change(self, case, active, when):
        """Log on the case what changed of an event since it was so."""
        now = self._case()
        words = {"event": self._in_words(), "name": self.name, "when": when}
        if case != now or active and not self.active:
            if active:
                text = self.env._("Event cancelled: %(name)s, %(when)s", **words)
                self._log_on_case(text, case)
            if not self.active:
                self._cancel_activities()
            elif now:
                self._log_on_case(self.env._("Event planned: %s", words["event"]))
        elif self.active and not active:
            self._log_on_case(self.env._("Event planned again: %s", words["event"]))
        elif when != self._when():
            text = self.env._(
                "Event moved: %(name)s, from %(when)s to %(now)s", now=self._when(), **words
            )
            self._log_on_case(text)

    def _log_on_case(self, text, case=None):
        case = self.sudo()._case() if case is None else case
        if case:
            # sudo: the organiser of an event may have lost sight of its case.
            case.sudo()._message_log(body=text)

    def _cancel_activities(self):
        """Cancel the open activities of events of cases, and keep them without the event."""
        # sudo: what Odoo planned for an event goes with it, whoever it was assigned to.
        events = self.sudo().with_context(active_test=False, mail_notrack=True)
        activities = events.activity_ids.filtered("case_id")
        activities.write({"calendar_event_id": False})
        activities.filtered("active").write({"execution_state": CANCELLED})

    def _in_words(self):
        """Name, time, place and guests of an event."""
        event = self.sudo()
        guests = ", ".join(event.partner_ids.mapped("name"))
        return ", ".join(filter(None, [event.name, event._when(), event.location, guests]))

    def _when(self):
        """The time of an event in the zone of the company of its case."""
        company = self.sudo()._case().company_id
        if not company:
            return ""
        if self.allday:
            return format_date(self.env, self.start_date)
        return format_datetime(self.env, self.start, tz=str(company._zone()), dt_format="short")
