from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_case_events import START, EventsCommon

WEEKLY = {
    "name": "Weekly visit",
    "recurrency": True,
    "rrule_type_ui": "weekly",
    "interval": 1,
    "end_type": "count",
    "count": 4,
    "mon": True,
}


@tagged("post_install", "-at_install")
class TestEventLog(EventsCommon):
    """What a case tells of the guests of its events, and of series on other days."""

    def attendees(self):
        return self.on(self.agent, self.env["calendar.attendee"])

    def test_guests_that_come_and_go_by_themselves_are_logged(self):
        event = self.event(name="Visit")
        guest = self.attendees().create({"event_id": event.id, "partner_id": self.coholder.id})
        self.assertIn("Event changed: Visit", self.lines()[0])
        self.assertIn("guests added: Luis Paredes", self.lines()[0])
        guest.write({"partner_id": self.stranger.id})
        self.assertIn("guests added: Jorge Salazar", self.lines()[0])
        self.assertIn("guests removed: Luis Paredes", self.lines()[0])
        count = len(self.lines())
        guest.write({"state": "accepted"})
        self.assertEqual(len(self.lines()), count)
        guest.unlink()
        self.assertIn("guests removed: Jorge Salazar", self.lines()[0])
        rosa = event.attendee_ids.filtered(lambda one: one.partner_id == self.holder)
        event.write({"attendee_ids": [Command.delete(rosa.id)]})
        self.assertIn("guests removed: Rosa Quispe", self.lines()[0])

    def test_the_form_of_the_event_tells_once(self):
        count = len(self.lines())
        event = self.event(name="Visit")
        self.assertEqual(len(self.lines()), count + 1)
        event.write({"partner_ids": [Command.link(self.coholder.id)]})
        self.assertEqual(len(self.lines()), count + 2)

    def test_guests_of_other_events_are_not_logged(self):
        event = self.env["calendar.event"].create(
            {"name": "Lunch", "start": START, "stop": START + timedelta(hours=1)}
        )
        count = len(self.lines())
        self.attendees().create({"event_id": event.id, "partner_id": self.holder.id}).unlink()
        self.assertEqual(len(self.lines()), count)

    def test_series_on_other_days_is_rescheduled(self):
        for update, first, day in (
            ("all_events", 0, "05/06/2030"),
            ("future_events", 2, "05/20/2030"),
        ):
            with self.subTest(update):
                series = self.event(**WEEKLY).recurrence_id.calendar_event_ids.sorted("start")
                count = len(self.lines())
                series[first].write({"recurrence_update": update, "mon": False, "wed": True})
                lines = [line.replace("\u202f", " ") for line in self.lines()]
                self.assertEqual(len(lines), count + 1, lines[:4])
                self.assertIn("Series rescheduled from", lines[0])
                self.assertIn(f"before: {day} 10:00 AM", lines[0])
                self.assertIn("Weekly visit", lines[0])
                self.assertFalse([line for line in lines if "cancelled" in line])

    def test_moved_series_says_the_former_day(self):
        event = self.event(**WEEKLY)
        later = {"start": START + timedelta(hours=1), "stop": START + timedelta(hours=2)}
        event.write(later | {"recurrence_update": "all_events"})
        line = self.lines()[0].replace("\u202f", " ")
        self.assertIn("from 05/06/2030 11:00 AM (before: 05/06/2030 10:00 AM)", line)

    def test_other_users_rewrite_no_series(self):
        event = self.event(**WEEKLY)
        theirs = self.on(self.deeds_agent, event)
        with self.assertRaises(AccessError):
            theirs.write({"recurrence_update": "future_events", "mon": False, "wed": True})
