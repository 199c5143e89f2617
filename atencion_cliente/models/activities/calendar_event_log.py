from odoo import models
from odoo.tools import format_date, format_datetime

from ..base.server_context import server_value, with_server_value

CASE = "atencion.case"
# Context key: the events of a series are being rewritten, and the series is logged as one.
REWRITTEN = "atencion_series"
SERIES_UPDATES = ("all_events", "future_events")


class CalendarEvent(models.Model):
    """The lines about its events in the log of a case.

    They tell what changed for people: Odoo moves a series by archiving its events and creating
    others, and the visits stand all the same.
    """

    _inherit = "calendar.event"

    def _facts(self):
        """What the log tells of an event."""
        self.ensure_one()
        # sudo: private events hide what they are from users who do not take part.
        event = self.sudo()
        return {
            "case": event._case(),
            "active": event.active,
            "when": event._when(),
            "place": event.location or "",
            "guests": event.partner_ids,
        }

    # -------------------------------------------------------------------------
    # One event
    # -------------------------------------------------------------------------

    def _log_change(self, before=None):
        """Log on the case what changed of an event.

        :param dict before: its facts before the change; None if it was of no case
        """
        now = self._facts()
        before = before or now | {"case": self.env[CASE], "when": ""}
        if now["case"] != before["case"] or before["active"] and not now["active"]:
            self._log_end(before, now)
        elif now["active"] and not before["active"]:
            self._log_on_case(self.env._("Event planned again: %s", self._in_words()))
        elif now["active"]:
            self._log_details(before, now)

    def _log_end(self, before, now):
        """Log an event that was cancelled, or linked to another case."""
        if before["case"] and before["active"]:
            text = self.env._(
                "Event cancelled: %(name)s, %(when)s", name=self.sudo().name, when=before["when"]
            )
            self._log_on_case(text, before["case"])
        if not now["active"]:
            self._cancel_activities()
        elif now["case"]:
            self._log_on_case(self.env._("Event planned: %s", self._in_words()))

    def _log_details(self, before, now):
        name, details = self.sudo().name, self._details(before, now)
        if before["when"] != now["when"]:
            moved = self.env._(
                "Event moved: %(name)s, from %(when)s to %(now)s",
                name=name,
                when=before["when"],
                now=now["when"],
            )
            self._log_on_case("; ".join([moved, *details]))
        elif details:
            self._log_on_case(
                self.env._(
                    "Event changed: %(name)s, %(when)s; %(changes)s",
                    name=name,
                    when=now["when"],
                    changes="; ".join(details),
                )
            )

    def _details(self, before, now):
        """What changed of the place and the guests, in words.

        :rtype: list[str]
        """
        details = []
        if before["place"] != now["place"]:
            none = self.env._("none")
            details.append(
                self.env._(
                    "place: %(before)s → %(now)s",
                    before=before["place"] or none,
                    now=now["place"] or none,
                )
            )
        added, removed = now["guests"] - before["guests"], before["guests"] - now["guests"]
        if added:
            details.append(self.env._("guests added: %s", ", ".join(added.mapped("name"))))
        if removed:
            details.append(self.env._("guests removed: %s", ", ".join(removed.mapped("name"))))
        return details

    # -------------------------------------------------------------------------
    # A series
    # -------------------------------------------------------------------------

    def _of_rewritten_series(self, vals):
        """The event from which Odoo rewrites a series with these values, if it does.

        :param dict vals: of a change
        """
        update = vals.get("recurrence_update")
        # A series that becomes a single event loses its other events: they are cancelled.
        ends = vals.get("recurrency") is False
        if update not in SERIES_UPDATES or ends or len(self) != 1 or not self.recurrence_id:
            return self.browse()
        return self if update == "future_events" else self.recurrence_id.base_event_id or self

    def _rewriting_series(self):
        """The event, in a context in which single events are not logged."""
        return with_server_value(self, REWRITTEN, True)

    def _log_series(self, before):
        """Log a series that was rewritten from this event on, as one.

        :param dict before: the facts of the event before the change
        """
        first = self.exists()
        events = first.recurrence_id.calendar_event_ids.filtered("active").sorted("start")
        if first not in events:
            first = events[:1] or first
        if not first:
            return
        now = first._facts()
        details, count = first._details(before, now), len(events) or 1
        words = {"name": first.sudo().name, "when": now["when"], "count": count}
        if before["when"] != now["when"]:
            text = self.env._(
                "Series rescheduled from %(when)s: %(name)s, events: %(count)s", **words
            )
        else:
            text = self.env._("Series changed from %(when)s: %(name)s, events: %(count)s", **words)
        first._log_on_case("; ".join([text, *details]), now["case"] or before["case"])

    # -------------------------------------------------------------------------
    # Words
    # -------------------------------------------------------------------------

    def _log_on_case(self, text, case=None):
        case = self.sudo()._case() if case is None else case
        if case and not server_value(self.env, REWRITTEN):
            # sudo: the organizer of an event may not see its case any longer.
            case.sudo()._message_log(body=text)

    def _in_words(self):
        """The name, the time, the place and the guests of an event, as a text."""
        event = self.sudo()
        guests = ", ".join(event.partner_ids.mapped("name"))
        return ", ".join(filter(None, [event.name, event._when(), event.location, guests]))

    def _when(self):
        """The time of an event, as a text, in the time zone of the company of its case."""
        company = self.sudo()._case().company_id
        if not company:
            return ""
        if self.allday:
            return format_date(self.env, self.start_date)
        return format_datetime(self.env, self.start, tz=str(company._zone()), dt_format="short")
