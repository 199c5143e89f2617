from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_activity import ActivityCommon


@tagged("post_install", "-at_install")
class TestActivityPlan(ActivityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env.ref("mail.mail_activity_data_call")
        cls.leak_plan = cls.plan_of("Leak", ("Call", 0), ("Inspect", 2))
        cls.type_two_days.activity_plan_id = cls.leak_plan

    @classmethod
    def plan_of(cls, name, *steps, **vals):
        return cls.env["mail.activity.plan"].create(
            {
                "name": name,
                "res_model": "atencion.case",
                "company_id": cls.lima.id,
                "template_ids": [
                    Command.create(
                        {
                            "activity_type_id": cls.call.id,
                            "summary": summary,
                            "delay_count": days,
                            "delay_from": "after_plan_date",
                        }
                    )
                    for summary, days in steps
                ],
            }
            | vals
        )

    def planned(self, case):
        return [
            (activity.summary, activity.user_id, activity.date_deadline)
            for activity in case.all_activity_ids
        ]

    def test_new_case_has_the_activities_of_its_type(self):
        """They go to its assignee, or to the manager of its area, or to nobody."""
        day = timedelta(days=2)
        for vals, user in (
            ({"user_id": self.agent.id}, self.agent),
            ({}, self.area_user),
            ({"area_id": self.deeds.id}, self.env["res.users"]),
        ):
            with self.subTest(vals=vals):
                case = self.create_case(**vals)
                self.assertEqual(
                    self.planned(case),
                    [("Call", user, self.today), ("Inspect", user, self.today + day)],
                )
                self.assertEqual(case.activity_ids, case.all_activity_ids)

    def test_plan_may_name_the_responsible(self):
        step = self.leak_plan.template_ids[0]
        step.write({"responsible_type": "other", "responsible_id": self.deeds_agent.id})
        case = self.create_case(user_id=self.agent.id)
        self.assertEqual(
            [user for _summary, user, _day in self.planned(case)], [self.deeds_agent, self.agent]
        )

    def test_each_activity_is_planned_once(self):
        review = self.plan_of("Review", ("Call", 1), ("Write", 3))
        self.type_working.activity_plan_id = review
        case = self.create_case()
        case.activity_ids[0].action_done()
        case.write({"type_id": self.type_working.id})
        self.assertEqual(case.all_activity_ids.mapped("summary"), ["Call", "Inspect", "Write"])
        case.write({"type_id": self.type_two_days.id})
        case.write({"type_id": self.type_two_days.id, "priority": "3"})
        self.assertEqual(len(case.all_activity_ids), 3)

    def test_several_cases_and_a_duplicate_have_their_own(self):
        cases = self.create_cases(2)
        cases |= cases[0].copy()
        self.assertEqual([len(case.all_activity_ids) for case in cases], [2, 2, 2])

    def test_plans_that_do_not_apply(self):
        closed = self.create_case(
            stage_id=self.stages["CLO"].id, stage_note="By phone", resolution="<p>Told</p>"
        )
        self.assertFalse(closed.all_activity_ids)
        self.archive_in_use(self.leak_plan)
        self.assertFalse(self.create_case().all_activity_ids)
        self.leak_plan.write({"active": True, "company_id": self.santiago.id})
        self.assertFalse(self.create_case().all_activity_ids)
        self.leak_plan.company_id = False
        self.assertTrue(self.create_case().all_activity_ids)

    def test_case_for_an_area_that_the_user_does_not_see_gets_its_plan(self):
        self.deeds.manager_id = self.deeds_agent
        case = self.on(self.agent, self.env["atencion.case"]).create(
            self.case_values(area_id=self.deeds.id)
        )
        self.assertEqual(
            [user for _summary, user, _day in self.planned(case.sudo())],
            [self.deeds_agent] * 2,
        )

    def test_nobody_is_mailed_for_each_activity(self):
        mails = self.env["mail.mail"].search_count([])
        self.create_case()
        self.env.flush_all()
        notices = self.env["mail.notification"].search(
            [("mail_message_id.model", "=", "atencion.case"), ("mail_mail_id", "!=", False)]
        )
        self.assertFalse(
            notices.filtered(lambda row: "Call" in (row.mail_message_id.subject or ""))
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_administrators_of_the_addon_change_plans_of_cases_only(self):
        other = self.plan_of("Partners", ("Call", 0), res_model="res.partner")
        manager = self.on(self.manager, self.leak_plan)
        manager.write({"name": "Leaks"})
        manager.template_ids[0].summary = "Call at once"
        manager.copy().unlink()
        self.assertTrue(self.on(self.manager, other).name, "everybody may read it")
        with self.assertRaises(AccessError):
            self.on(self.manager, other).name = "No"
        with self.assertRaises(AccessError):
            self.on(self.manager, other.template_ids).unlink()
        with self.assertRaises(AccessError):
            self.on(self.supervisor, self.leak_plan).name = "No"
