from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .test_activity import ActivityCommon

HOSTILE = "<script>alert(1)</script>"
# 10:00 in Lima, in UTC.
START = datetime(2030, 5, 6, 15)


class EventsCommon(ActivityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case.write(
            {
                "partner_id": cls.holder.id,
                "requester_id": cls.holder.id,
                "contract_id": cls.contract.id,
                "unit_id": cls.flat.id,
            }
        )
        cls.env = cls.env(context=dict(cls.env.context, no_mail_to_attendees=True))

    def event(self, user=None, case=None, **vals):
        """An event with the default values of the button of the case."""
        case = self.on(user or self.agent, case or self.case)
        context = case.action_new_event()["context"] | {"no_mail_to_attendees": True}
        values = {"start": START, "stop": START + timedelta(hours=1)} | vals
        return case.env["calendar.event"].with_context(**context).create(values)

    def lines(self, case=None):
        """The lines of the log of the case, the latest first."""
        case = case or self.case
        case.invalidate_recordset(["message_ids"])
        return [html2plaintext(body) for body in case.message_ids.mapped("body")]


@tagged("post_install", "-at_install")
class TestCaseEvents(EventsCommon):
    # -------------------------------------------------------------------------
    # Default values
    # -------------------------------------------------------------------------

    def test_new_event_is_prepared_from_the_case(self):
        event = self.event()
        self.assertEqual(event.res_model, "atencion.case")
        self.assertEqual(event.res_id, self.case.id)
        self.assertEqual(event.user_id, self.agent)
        self.assertEqual(event.partner_ids, self.holder | self.agent.partner_id)
        self.assertIn(self.case.name, event.name)
        self.assertIn("A-101", event.location)
        self.assertIn("Gardens", event.location)
        self.assertIn("Water under the sink", event.description)
        self.assertEqual(self.case.event_ids.ids, event.ids)
        self.assertEqual(self.case.event_count, 1)

    def test_own_reminder_invites_nobody(self):
        action = self.on(self.agent, self.case).action_new_reminder()
        self.assertEqual(action["context"]["default_partner_ids"], self.agent.partner_id.ids)

    def test_requester_who_is_not_registered_is_named(self):
        case = self.create_case(
            user_id=self.agent.id,
            requester_firstname="Ana",
            requester_lastname=HOSTILE,
            requester_phone="+51987654321",
        )
        context = self.on(self.agent, case).action_new_event()["context"]
        self.assertEqual(context["default_partner_ids"], self.agent.partner_id.ids)
        self.assertIn("Ana", context["default_description"])
        self.assertIn("+51", context["default_description"])
        self.assertNotIn("<script>", context["default_description"])

    def test_form_opens_prepared(self):
        case = self.on(self.agent, self.case)
        action = case.action_new_event()
        form = Form(case.env["calendar.event"].with_context(**action["context"]))
        self.assertEqual(form.name, case.display_name)
        self.assertEqual(form.save().res_id, case.id)

    # -------------------------------------------------------------------------
    # Log of the case
    # -------------------------------------------------------------------------

    def test_creating_moving_and_cancelling_write_one_line_each(self):
        event = self.event(name="Visit")
        line = self.lines()[0]
        for words in ("Event planned: Visit", "05/06/2030 10:00", "A-101", "Rosa Quispe"):
            self.assertIn(words, line.replace("\u202f", " "))
        count = len(self.lines())
        event.write(
            {"start": START + timedelta(days=1), "stop": START + timedelta(days=1, hours=1)}
        )
        line = self.lines()[0].replace("\u202f", " ")
        self.assertIn("Event moved: Visit, from 05/06/2030 10:00 AM to 05/07/2030 10:00 AM", line)
        self.assertEqual(len(self.lines()), count + 1)
        event.write({"description": "<p>Ring the bell</p>"})
        self.assertEqual(len(self.lines()), count + 1, "nothing moved")
        event.write({"active": False})
        self.assertIn("Event cancelled: Visit", self.lines()[0])
        count += 1
        event.unlink()
        self.assertEqual(sum("Event cancelled" in line for line in self.lines()), 1)

    def test_event_deleted_or_archived_is_logged_and_its_activity_kept(self):
        for cancel in (
            lambda event: event.unlink(),
            lambda event: event.action_archive(),
            lambda event: event.activity_ids.unlink_w_meeting(),
        ):
            event = self.event(name="Visit")
            activity = event.activity_ids
            self.assertEqual(activity.case_id, self.case)
            cancel(event)
            self.assertProgress(activity, "cancelled", 0, finished=True)
            self.assertEqual(sum("Event cancelled: Visit" in line for line in self.lines()[:2]), 1)

    def test_done_meeting_outlives_its_event(self):
        event = self.event()
        activity = event.activity_ids
        activity.action_done()
        event.unlink()
        self.assertProgress(activity, "done", 100, finished=True)

    def test_event_planned_again_is_logged(self):
        event = self.event(name="Visit")
        event.action_archive()
        event.action_unarchive()
        self.assertIn("Event planned again: Visit", self.lines()[0])

    def test_series_is_logged_once(self):
        count = len(self.lines())
        event = self.event(
            name="Weekly visit",
            recurrency=True,
            rrule_type_ui="weekly",
            interval=1,
            end_type="count",
            count=4,
            mon=True,
        )
        self.assertEqual(len(event.recurrence_id.calendar_event_ids), 4)
        self.assertEqual(len([line for line in self.lines() if "planned: Weekly" in line]), 1)
        self.assertLessEqual(len(self.lines()) - count, 1)

    def series(self):
        event = self.event(
            name="Weekly visit",
            recurrency=True,
            rrule_type_ui="weekly",
            interval=1,
            end_type="count",
            count=4,
            mon=True,
        )
        return event.recurrence_id.calendar_event_ids.sorted("start")

    def test_moved_series_says_from_when_and_cancels_nothing(self):
        for update, first, day in (
            ("all_events", 0, "05/06/2030"),
            ("future_events", 2, "05/20/2030"),
        ):
            with self.subTest(update):
                event = self.series()[first]
                count = len(self.lines())
                later = {
                    "start": event.start + timedelta(hours=1),
                    "stop": event.stop + timedelta(hours=1),
                }
                event.write(later | {"recurrence_update": update})
                lines = [line.replace("\u202f", " ") for line in self.lines()]
                self.assertEqual(len(lines), count + 1)
                self.assertIn(f"Series rescheduled from {day} 11:00 AM (before: ", lines[0])
                self.assertIn("Weekly visit", lines[0])
                self.assertIn(f"events: {4 - first}", lines[0])
                self.assertFalse([line for line in lines if "cancelled" in line])

    def test_changed_place_of_a_series_is_one_line(self):
        event = self.series()[0]
        count = len(self.lines())
        event.write({"location": "Notary", "recurrence_update": "all_events"})
        self.assertEqual(len(self.lines()), count + 1)
        self.assertIn("Notary", self.lines()[0])
        self.assertIn("Series changed", self.lines()[0])

    def test_ended_series_is_still_cancelled(self):
        event = self.series()[0]
        event.write({"recurrency": False, "recurrence_update": "all_events"})
        self.assertEqual(len([line for line in self.lines() if "cancelled" in line]), 3)

    def test_place_and_guests_are_logged(self):
        event = self.event(name="Visit", location="Site")
        event.write({"location": "Notary"})
        self.assertIn("Event changed: Visit", self.lines()[0])
        self.assertIn("place: Site → Notary", self.lines()[0])
        event.write({"partner_ids": [(4, self.coholder.id), (3, self.holder.id)]})
        self.assertIn("guests added: Luis Paredes", self.lines()[0])
        self.assertIn("guests removed: Rosa Quispe", self.lines()[0])
        later = {"start": START + timedelta(days=1), "stop": START + timedelta(days=1, hours=1)}
        count = len(self.lines())
        event.write(later | {"location": "Site"})
        self.assertEqual(len(self.lines()), count + 1)
        self.assertIn("Event moved: Visit", self.lines()[0])
        self.assertIn("place: Notary → Site", self.lines()[0])

    def test_names_are_text_in_the_log(self):
        self.event(name=HOSTILE)
        self.assertNotIn("<script>", self.case.message_ids[0].body)
        self.assertIn("&lt;script&gt;", self.case.message_ids[0].body)

    def test_all_day_event_is_logged_with_its_day(self):
        self.event(name="Handover", allday=True, start_date=START.date(), stop_date=START.date())
        self.assertIn("Handover, 05/06/2030", self.lines()[0])

    def test_event_that_is_linked_later_or_to_another_case(self):
        other = self.create_case(user_id=self.agent.id)
        event = self.event(name="Visit")
        event.res_id = other.id
        self.assertIn("Event cancelled: Visit", self.lines()[0])
        self.assertIn("Event planned: Visit", self.lines(other)[0])

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_event_of_a_case_that_the_user_does_not_see_is_refused(self):
        event = self.event()
        # Without meeting types: Odoo itself would refuse the activity that it plans for them.
        meetings = self.env["mail.activity.type"].search([("category", "=", "meeting")])
        meetings.category = "default"
        hidden = self.on(self.deeds_agent, self.case)
        with self.assertRaises(AccessError):
            hidden.action_new_event()
        links = {"res_model_id": self.case_model, "res_id": self.case.id}
        events = hidden.env["calendar.event"]
        with self.assertRaises(AccessError):
            events.create({"name": "Look", "start": START, "stop": START} | links)
        with self.assertRaises(AccessError):
            events.with_context(
                default_res_model="atencion.case", default_res_id=self.case.id
            ).create({"name": "Look", "start": START, "stop": START})
        own = events.create({"name": "Look", "start": START, "stop": START})
        with self.assertRaises(AccessError):
            own.write(links)
        theirs = self.on(self.deeds_agent, event)
        for vals in ({"start": START + timedelta(days=1)}, {"active": False}, {"res_id": 0}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                theirs.write(vals)
        with self.assertRaises(AccessError):
            theirs.unlink()
        self.assertEqual(event.start, START)

    def test_private_event_is_not_changed_by_users_who_do_not_take_part(self):
        self.agent.with_user(self.agent).calendar_default_privacy = "private"
        event = self.event()
        self.assertFalse(event.privacy, "private by the setting of its organizer")
        theirs = self.on(self.deeds_agent, event)
        for change in (lambda: theirs.unlink(), lambda: theirs.write({"active": False})):
            self.env.invalidate_all()
            # Odoo empties the event in the cache, which later code reads.
            self.assertFalse(theirs.read(["res_model"])[0]["res_model"])
            with self.assertRaises(AccessError):
                change()
        self.assertTrue(event.exists())

    def test_nobody_plans_for_another_on_a_case_that_they_do_not_see(self):
        meetings = self.env["mail.activity.type"].search([("category", "=", "meeting")])
        meetings.category = "default"
        values = {
            "name": "Look",
            "start": START,
            "stop": START + timedelta(hours=1),
            "res_model_id": self.case_model,
            "res_id": self.case.id,
            "user_id": self.agent.id,
            "partner_ids": [(6, 0, self.agent.partner_id.ids)],
        }
        events = self.on(self.deeds_agent, self.env["calendar.event"])
        for privacy in ("private", "public", False):
            with self.subTest(privacy=privacy), self.assertRaises(AccessError):
                events.create(values | {"privacy": privacy})

    def test_organizer_who_no_longer_sees_the_case_moves_their_event(self):
        event = self.event()
        self.case.write({"user_id": False, "area_id": self.deeds.id})
        self.case.message_unsubscribe(self.agent.partner_id.ids)
        self.assertFalse(self.on(self.agent, self.case).has_access("read"))
        self.on(self.agent, event).write({"start": START + timedelta(days=1)})
        self.assertIn("Event moved", self.lines()[0])

    def test_events_of_confidential_cases_are_private(self):
        self.case.write({"is_confidential": True})
        event = self.event()
        self.assertEqual(event.privacy, "private")
        self.assertEqual(self.on(self.outsider, event).display_name, "Busy")

    def test_events_of_other_records_are_not_affected(self):
        event = self.env["calendar.event"].create(
            {"name": "Lunch", "start": START, "stop": START + timedelta(hours=1)}
        )
        theirs = self.on(self.outsider, event)
        theirs.write({"start": START + timedelta(days=1)})
        theirs.unlink()
        self.assertFalse(event.exists())
