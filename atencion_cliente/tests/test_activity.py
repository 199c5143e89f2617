from datetime import timedelta

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .support.common import AtencionCommon

FORM = "atencion_cliente.mail_activity_view_form"


class ActivityCommon(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(user_id=cls.agent.id)
        cls.case_model = cls.env["ir.model"]._get_id("atencion.case")
        cls.today = cls.lima._today()

    def plan(self, case=None, **vals):
        """An activity of a case, as the chatter creates it."""
        values = {
            "res_model_id": self.case_model,
            "res_id": (case or self.case).id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": "Call the plumber",
            "user_id": self.agent.id,
            "date_deadline": self.today,
        }
        return self.env["mail.activity"].create(values | vals)

    def assertProgress(self, activity, state, progress, finished=False):
        """Assert state, percentage, archiving and day of an activity."""
        self.assertRecordValues(
            activity,
            [
                {
                    "execution_state": state,
                    "progress": progress,
                    "active": not finished,
                    "date_done": self.today if finished else False,
                }
            ],
        )

    def log(self, case=None):
        return (case or self.case).message_ids.mapped("body")


@tagged("post_install", "-at_install")
class TestActivity(ActivityCommon):
    # -------------------------------------------------------------------------
    # The same record from every view
    # -------------------------------------------------------------------------

    def test_done_gives_the_same_record_from_every_view(self):
        """Systray and list, chatter, kanban card, form and RPC."""
        ways = {
            "done": lambda activity: activity.action_done(),
            "feedback": lambda activity: activity.action_feedback(feedback="Seal changed"),
            "next": lambda activity: activity.action_feedback_schedule_next(),
            "by type": lambda activity: self.on(self.agent, self.case).activity_feedback(
                ["mail.mail_activity_data_todo"], only_automated=False
            ),
            "state": lambda activity: activity.write({"execution_state": "done"}),
            "percentage": lambda activity: activity.write({"progress": 100}),
            "archive": lambda activity: activity.action_archive(),
            "web": lambda activity: activity.web_save({"progress": 100}, {"progress": {}}),
        }
        for way, finish in ways.items():
            with self.subTest(way=way):
                activity = self.plan()
                before = len(self.case.message_ids)
                finish(self.on(self.agent, activity))
                self.assertProgress(activity, "done", 100, finished=True)
                self.assertEqual(len(self.case.message_ids) - before, 1, "logged once")
                self.assertIn("Call the plumber", self.log()[0])
                self.assertFalse(self.case.activity_ids)

    def test_feedback_stays_with_the_activity_and_in_the_log(self):
        for finish in (
            lambda activity: activity.action_feedback(feedback="Seal changed"),
            lambda activity: activity.write({"progress": 100, "feedback": "Seal changed"}),
        ):
            activity = self.plan()
            finish(self.on(self.agent, activity))
            self.assertEqual(activity.feedback, "Seal changed")
            self.assertIn("Seal changed", self.log()[0])

    def test_done_twice_is_logged_once(self):
        activity = self.plan()
        activity.action_feedback()
        before = len(self.case.message_ids)
        activity.action_feedback()
        activity.action_done()
        activity.write({"progress": 100})
        self.assertEqual(len(self.case.message_ids), before)

    def test_cancelled_is_kept_however_it_was_cancelled(self):
        ways = {
            "list": lambda activity: activity.action_cancel(),
            "chatter": lambda activity: activity.unlink(),
            "state": lambda activity: activity.write({"execution_state": "cancelled"}),
            "by type": lambda activity: self.case.activity_unlink(
                ["mail.mail_activity_data_todo"], only_automated=False
            ),
        }
        for way, cancel in ways.items():
            with self.subTest(way=way):
                activity = self.plan(progress=40)
                cancel(self.on(self.agent, activity))
                self.assertProgress(activity, "cancelled", 40, finished=True)
                self.assertIn("Activity cancelled: Call the plumber", self.log()[0])
                activity.write({"summary": "Call the other plumber"})
                self.assertProgress(activity, "cancelled", 40, finished=True)

    def test_reopened_goes_on(self):
        done, dropped = self.plan(), self.plan(progress=40)
        done.action_done()
        dropped.action_cancel()
        self.on(self.agent, done | dropped).action_reopen()
        self.assertProgress(done, "pending", 0)
        self.assertProgress(dropped, "in_progress", 40)
        self.assertEqual(sum("opened again" in body for body in self.log()), 2)
        done.action_done()
        done.write({"progress": 60})
        self.assertProgress(done, "in_progress", 60)
        done.action_done()
        done.action_unarchive()
        self.assertProgress(done, "pending", 0)

    def test_percentage_and_state_follow_each_other(self):
        activity = self.plan()
        activity.progress = 30
        self.assertProgress(activity, "in_progress", 30)
        activity.execution_state = "pending"
        self.assertProgress(activity, "pending", 0)
        activity.execution_state = "in_progress"
        self.assertProgress(activity, "in_progress", 0)

    def test_new_activity_may_be_finished_already(self):
        for vals, state, progress in (
            ({"progress": 100}, "done", 100),
            ({"execution_state": "done"}, "done", 100),
            ({"active": False}, "done", 100),
            ({"execution_state": "cancelled"}, "cancelled", 0),
        ):
            with self.subTest(vals=vals):
                self.assertProgress(self.plan(**vals), state, progress, finished=True)
        self.assertProgress(self.plan(active=True, progress=10), "in_progress", 10)

    def test_several_at_once(self):
        activities = self.plan() | self.plan(progress=50) | self.plan(self.create_case())
        before = activities.mapped("summary")
        self.on(self.agent, activities).write({"execution_state": "done", "priority": "3"})
        for activity in activities:
            self.assertProgress(activity, "done", 100, finished=True)
        self.assertEqual(set(activities.mapped("priority")), {"3"})
        self.assertEqual(activities.mapped("summary"), before)

    def test_next_activity_is_triggered_once_from_every_view(self):
        call = self.env.ref("mail.mail_activity_data_call")
        kind = self.env["mail.activity.type"].create(
            {"name": "Inspect", "chaining_type": "trigger", "triggered_next_type_id": call.id}
        )
        for vals in ({"progress": 100}, {"active": False}):
            case = self.create_case(user_id=self.agent.id)
            self.plan(case, activity_type_id=kind.id).write(vals)
            self.assertEqual(case.activity_ids.activity_type_id, call)

    def test_form_shows_the_other_value_at_once(self):
        view = "atencion_cliente.mail_activity_view_form"
        form = Form(self.on(self.agent, self.plan()), view=view)
        form.progress = 100
        self.assertEqual(form.execution_state, "done")
        form.execution_state = "in_progress"
        self.assertEqual(form.progress, 0)
        form.progress = 55
        activity = form.save()
        self.assertProgress(activity, "in_progress", 55)

    def test_finished_on_is_the_day_of_the_company(self):
        self.lima.resource_calendar_id.tz = "Pacific/Kiritimati"
        activity = self.plan(date_deadline="2030-01-01")
        activity.action_done()
        self.assertEqual(activity.date_done, self.lima._today())
        self.lima.resource_calendar_id.tz = "Pacific/Pago_Pago"
        activity.action_reopen()
        activity.action_done()
        self.assertEqual(activity.date_done, self.lima._today())

    def test_finish_day_can_be_corrected(self):
        activity = self.plan()
        activity.action_done()
        activity.date_done = self.today - timedelta(days=2)
        activity.write({"progress": 100})
        self.assertEqual(activity.date_done, self.today - timedelta(days=2))

    # -------------------------------------------------------------------------
    # Refusals
    # -------------------------------------------------------------------------

    def test_contradictions_are_refused(self):
        day = timedelta(days=1)
        changes = {
            "from 0 to 100, it cannot be 101": {"progress": 101},
            "from 0 to 100, it cannot be -1": {"progress": -1},
            "less than 100 %": {"execution_state": "in_progress", "progress": 100},
            "done is 100 %": {"execution_state": "done", "progress": 50},
            "after it is due": {"date_start": self.today + day},
            "is not finished": {"date_done": self.today},
        }
        for words, vals in changes.items():
            activity = self.plan()
            with self.subTest(vals=vals), self.assertRaises(ValidationError) as refusal:
                self.on(self.agent, activity).write(vals)
            self.assertIn(words, str(refusal.exception))
            if "date_done" not in vals:
                with self.subTest(created=vals), self.assertRaises(ValidationError):
                    self.plan(**vals)

    def test_what_starts_on_a_day_to_come_may_be_finished_before(self):
        later, early = self.today + timedelta(days=3), self.today - timedelta(days=1)
        table = {
            "action": (lambda activity: activity.action_done(), self.today),
            "state": (lambda activity: activity.write({"execution_state": "done"}), self.today),
            "day": (
                lambda activity: activity.write({"execution_state": "done", "date_done": early}),
                early,
            ),
        }
        for way, (finish, day) in table.items():
            with self.subTest(way=way):
                activity = self.plan(date_start=later, date_deadline=later)
                finish(self.on(self.agent, activity))
                self.assertFalse(activity.active)
                self.assertEqual((activity.date_start, activity.date_done), (day, day))
        activity = self.plan(date_start=later, date_deadline=later)
        activity.action_cancel()
        self.assertProgress(activity, "cancelled", 0, finished=True)
        self.assertEqual(activity.date_start, later)

    def test_done_before_it_started_is_refused(self):
        early = self.today - timedelta(days=1)
        activity = self.plan(date_start=self.today)
        with self.assertRaises(ValidationError) as refusal:
            self.on(self.agent, activity).write({"execution_state": "done", "date_done": early})
        self.assertIn("Correct its start date", str(refusal.exception))

    def test_end_day_is_typed(self):
        early, later = self.today - timedelta(days=2), self.today + timedelta(days=1)
        activity = self.plan()
        with Form(self.on(self.agent, activity), view=FORM) as form:
            form.execution_state = "done"
            self.assertEqual((form.progress, form.date_done), (100, self.today))
            form.date_done = early
        self.assertEqual((activity.active, activity.date_done), (False, early))
        new = self.plan(execution_state="done", date_done=early)
        self.assertEqual((new.active, new.progress, new.date_done), (False, 100, early))
        for refused in (later, "no day"):
            activity = self.plan()
            with self.subTest(day=refused), self.assertRaises(ValidationError):
                activity.write({"execution_state": "done", "date_done": refused})

    def test_finished_activities_are_deleted_by_administrators_only(self):
        activity = self.plan()
        activity.action_done()
        for user in (self.agent, self.supervisor):
            with self.assertRaises(UserError) as refusal:
                self.on(user, activity).unlink()
            self.assertIn("kept with it", str(refusal.exception))
        self.on(self.manager, activity).unlink()
        self.assertFalse(activity.exists())

    def test_activities_go_with_their_case(self):
        done, planned = self.plan(), self.plan()
        done.action_done()
        self.on(self.manager, self.case).unlink()
        self.assertFalse((done | planned).exists())

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_who_sees_the_case_follows_its_activities(self):
        activity = self.plan(user_id=self.agent2.id)
        self.on(self.supervisor, activity).write({"progress": 20})
        for change in (
            lambda records: records.write({"progress": 50}),
            lambda records: records.action_cancel(),
            lambda records: records.unlink(),
            lambda records: records.read(["summary"]),
        ):
            with self.assertRaises(AccessError):
                change(self.on(self.deeds_agent, activity))
        self.assertProgress(activity, "in_progress", 20)

    def test_assignee_who_does_not_see_the_case_finishes_their_activity(self):
        activity = self.plan(user_id=self.outsider.id)
        self.case.message_unsubscribe(self.outsider.partner_id.ids)
        mine = self.on(self.outsider, activity)
        self.assertFalse(self.case.with_user(self.outsider).has_access("read"))
        mine.write({"progress": 70})
        mine.action_done()
        self.assertProgress(activity, "done", 100, finished=True)
        spec = {"summary": {}, "case_id": {"fields": {"display_name": {}}}}
        self.assertEqual(mine.web_read(spec)[0]["summary"], "Call the plumber")
        other = self.plan(user_id=self.outsider.id)
        self.case.message_unsubscribe(self.outsider.partner_id.ids)
        self.on(self.outsider, other).unlink()
        self.assertProgress(other, "cancelled", 0, finished=True)

    def test_activity_is_not_moved_to_a_case_that_the_user_does_not_see(self):
        hidden = self.create_case(area_id=self.deeds.id)
        activity = self.plan()
        for vals in ({"case_id": hidden.id}, {"res_id": hidden.id}):
            with self.assertRaises(AccessError):
                self.on(self.agent, activity).write(vals)
        with self.assertRaises(AccessError):
            self.on(self.agent, self.env["mail.activity"]).create(
                {"case_id": hidden.id, "summary": "Look"}
            )

    def test_people_without_the_service_move_activities_of_other_models(self):
        partner = self.env["ir.model"]._get_id("res.partner")
        activity = self.plan(res_model_id=partner, res_id=self.holder.id, user_id=self.outsider.id)
        mine = self.on(self.outsider, activity)
        mine.write({"res_id": self.coholder.id})
        mine.browse().write({"res_id": self.coholder.id})
        self.assertEqual(activity.res_id, self.coholder.id)

    def test_activities_of_other_models_stay_as_odoo_has_them(self):
        partner = self.env["ir.model"]._get_id("res.partner")
        vals = {"res_model_id": partner, "res_id": self.holder.id}
        done, dropped, started = (self.plan(**vals) for _number in range(3))
        done.action_done()
        self.assertRecordValues(
            done, [{"active": False, "execution_state": "pending", "progress": 0}]
        )
        dropped.unlink()
        self.assertFalse(dropped.exists())
        started.write({"date_start": self.today + timedelta(days=9)})
        started.action_cancel()
        self.assertFalse(started.exists())

    # -------------------------------------------------------------------------
    # The case
    # -------------------------------------------------------------------------

    def test_case_lists_an_activity_once_as_soon_as_it_is_planned(self):
        self.assertFalse(self.case.all_activity_ids)
        activity = self.plan()
        self.assertEqual(self.case.all_activity_ids.ids, activity.ids)
        self.assertEqual(self.case.activity_ids.ids, activity.ids)

    def test_case_lists_open_and_finished_ones(self):
        planned, done, dropped = (self.plan() for _number in range(3))
        done.action_done()
        dropped.action_cancel()
        case = self.on(self.agent, self.case)
        self.assertEqual(case.all_activity_ids, planned | done | dropped)
        self.assertEqual(case.activity_ids, planned)

    def test_activities_are_added_and_changed_in_the_case(self):
        case = self.on(self.agent, self.case)
        todo = self.env.ref("mail.mail_activity_data_todo")
        case.write(
            {
                "all_activity_ids": [
                    Command.create({"summary": "Visit", "activity_type_id": todo.id})
                ]
            }
        )
        activity = self.case.all_activity_ids
        self.assertRecordValues(
            activity, [{"res_model": "atencion.case", "res_id": self.case.id, "summary": "Visit"}]
        )
        case.write({"all_activity_ids": [Command.update(activity.id, {"progress": 100})]})
        self.assertProgress(activity, "done", 100, finished=True)
        with Form(case) as form, form.all_activity_ids.new() as line:
            line.summary = "Second visit"
        self.assertEqual(self.case.activity_ids.mapped("summary"), ["Second visit"])

    def test_menu_finds_what_each_filter_says(self):
        planned = self.plan(date_deadline=self.today + timedelta(days=3))
        late = self.plan(date_deadline=self.today - timedelta(days=3))
        done, dropped = self.plan(), self.plan()
        done.action_done()
        dropped.action_cancel()
        every = planned | late | done | dropped
        view = self.env.ref("atencion_cliente.mail_activity_view_search")
        action = self.env.ref("atencion_cliente.mail_activity_action")
        self.assertEqual(action.search_view_id, view)
        expected = {
            "open": planned | late,
            "overdue": late,
            "upcoming": planned,
            "done": done,
            "cancelled": dropped,
            "mine": planned | late,
        }
        model = self.on(self.agent, self.env["mail.activity"])
        for name, found in expected.items():
            domain = self._filter_domain(view, name) + [("id", "in", every.ids)]
            with self.subTest(filter=name):
                self.assertEqual(model.search(domain), found.sorted("date_deadline"))

    def _filter_domain(self, view, name):
        node = etree.fromstring(view.arch).find(f".//filter[@name='{name}']")
        return safe_eval(node.get("domain"), {"uid": self.agent.id})
