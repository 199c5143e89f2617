from odoo import models
from odoo.tools import format_date

from ..base.moment_text import moment_text
from ..base.server_context import server_value, with_server_value
from .calendar_event import CASE, SERIES_UPDATES

# Context key: the events of a series are being rewritten, and the series is logged as one.
REWRITTEN = "atencion_series"
# Context key: the event itself tells what changes of its guests and of its activities.
EVENT_TOLD = "atencion_event_told"


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
        return with_server_value(self._told(), REWRITTEN, True)

    def _told(self):
        """The events, in a context in which guests and activities are not logged one by one."""
        return with_server_value(self, EVENT_TOLD, True)

    def _facts_of_series(self):
        """What the log tells of a series from this event on."""
        self.ensure_one()
        events = self._series_from()
        return self._facts() | {
            "starts": events.mapped("start"),
            "rule": self.sudo().recurrence_id.name,
            "known": self._every_event().ids,
        }

    def _series_from(self):
        """The planned events of the series, from this one on."""
        # sudo: private events of a series count as well.
        events = self.sudo().recurrence_id.calendar_event_ids
        return events.filtered(lambda one: one.active and one.start >= self.start).sorted("start")

    def _every_event(self):
        """All events of the case of this one, also cancelled ones."""
        events = self.sudo().with_context(active_test=False)
        return events.search([("res_model", "=", CASE), ("res_id", "=", events._case().id)])

    def _log_series(self, before):
        """Log a series that was rewritten from this event on, as one.

        :param dict before: as ``_facts_of_series`` told before the change
        """
        first = self._first_rewritten(before)
        if not first:
            return
        now = first._facts_of_series()
        details = first._details(before, now)
        if before["rule"] != now["rule"] and before["rule"] and now["rule"]:
            rules = {"before": before["rule"], "now": now["rule"]}
            details.append(self.env._("repeats: %(before)s → %(now)s", **rules))
        words = {
            "name": first.sudo().name,
            "when": now["when"],
            "before": before["when"],
            "count": len(now["starts"]) or 1,
        }
        if before["starts"] != now["starts"]:
            text = self.env._(
                "Series rescheduled from %(when)s (before: %(before)s): %(name)s, "
                "events: %(count)s",
                **words,
            )
        else:
            text = self.env._("Series changed from %(when)s: %(name)s, events: %(count)s", **words)
        first._log_on_case("; ".join([text, *details]), now["case"] or before["case"])

    def _first_rewritten(self, before):
        """The first event of a series that was rewritten.

        Odoo detaches this event if it is on none of the new days, and creates others.

        :param dict before: as ``_facts_of_series`` told before the change
        """
        first = self.exists()
        if not first.sudo().recurrence_id and before["case"]:
            events = self.env["calendar.event"].sudo()
            created = events.search(
                [
                    ("res_model", "=", CASE),
                    ("res_id", "=", before["case"].id),
                    ("recurrence_id", "!=", False),
                    ("id", "not in", before["known"]),
                ],
                order="start",
                limit=1,
            )
            return created.with_env(self.env) or first
        planned = first.sudo().recurrence_id.calendar_event_ids.filtered("active").sorted("start")
        return first if first in planned else (planned[:1].with_env(self.env) or first)

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
        return moment_text(self.env, self.start, str(company._zone()))
