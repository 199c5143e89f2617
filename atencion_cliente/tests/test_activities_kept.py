from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_activity import ActivityCommon

QUIET = {"mail_notrack": True, "tracking_disable": True}


@tagged("post_install", "-at_install")
class TestActivitiesKept(ActivityCommon):
    """What was done on a case or a contract stays as it was done, and what left it is told."""

    def finished(self, **vals):
        activity = self.plan(**vals)
        self.on(self.agent, activity).action_feedback(feedback="She agrees")
        return activity

    def said(self, record=None):
        record = record or self.case
        record.invalidate_recordset(["message_ids"])
        return " ".join(record.message_ids.mapped("body"))

    def of_contract(self, **vals):
        model = self.env["ir.model"]._get_id("atencion.contract")
        return self.plan(res_model_id=model, res_id=self.contract.id, **vals)

    def test_a_finished_activity_is_not_rewritten_nor_moved(self):
        partner = self.env["ir.model"]._get_id("res.partner")
        while (other := self.create_case(user_id=self.agent.id)).id == self.contract.id:
            pass
        changes = (
            {"summary": "Other"},
            {"note": "<p>Other</p>"},
            {"feedback": "He refuses"},
            {"date_deadline": self.today + timedelta(days=9)},
            {"date_start": self.today - timedelta(days=9)},
            {"user_id": self.agent2.id},
            {"res_id": other.id},
            {"case_id": other.id},
            {"res_id": False, "res_model_id": False},
            {"res_model_id": partner, "res_id": self.holder.id},
            {"active": True, "summary": "Other"},
        )
        done = self.finished()
        cancelled = self.plan()
        self.on(self.agent, cancelled).action_cancel()
        of_contract = self.of_contract()
        of_contract.action_done()
        for user in (self.agent, self.supervisor, self.manager):
            for activity in (done, cancelled, of_contract):
                for vals in changes:
                    with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                        self.on(user, activity).write(dict(vals))
            with self.subTest(user=user.login), self.assertRaises(UserError):
                command = Command.update(done.id, {"summary": "Other"})
                self.on(user, self.case).write({"all_activity_ids": [command]})
        self.assertEqual((done.summary, done.feedback), ("Call the plumber", "She agrees"))
        self.on(self.agent, done).write({"summary": done.summary, "user_id": self.agent.id})
        self.on(self.agent, done).action_reopen()
        self.on(self.agent, done).write({"summary": "Other"})
        self.assertIn("Activity opened again", self.said())

    def test_a_corrected_day_is_logged(self):
        done = self.finished()
        self.on(self.agent, done).write({"date_done": self.today - timedelta(days=2)})
        self.assertIn("done on", self.said())

    def test_an_open_one_that_is_moved_away_leaves_a_line(self):
        partner = self.env["ir.model"]._get_id("res.partner")
        other = self.create_case(user_id=self.agent.id)
        for vals in (
            {"res_model_id": partner, "res_id": self.holder.id},
            {"res_id": other.id},
            {"res_model_id": False, "res_id": False},
        ):
            with self.subTest(vals=vals):
                case = self.create_case(user_id=self.agent.id)
                activity = self.on(self.agent, self.plan(case)).with_context(**QUIET)
                activity.write(vals)
                self.assertIn("moved to another record: ", self.said(case))
        self.assertIn("moved here", self.said(other))

    def test_an_open_one_that_is_deleted_leaves_a_line(self):
        for quiet in ({}, QUIET):
            case = self.create_case(user_id=self.agent.id)
            self.on(self.agent, self.plan(case)).with_context(**quiet).unlink()
            self.assertIn("Activity cancelled", self.said(case))
        self.on(self.manager, self.of_contract()).unlink()
        self.assertIn("Activity deleted: Call the plumber", self.said(self.contract))

    def test_a_finished_one_of_a_contract_is_deleted_by_administrators_only(self):
        activity = self.of_contract()
        activity.action_done()
        with self.assertRaisesRegex(UserError, "kept with its"):
            self.on(self.supervisor, activity).unlink()
        self.on(self.manager, activity).unlink()
        self.assertFalse(activity.exists())

    def test_an_administrator_who_deletes_a_finished_one_leaves_a_line(self):
        done = self.finished()
        self.on(self.manager, done).unlink()
        self.assertIn("Activity deleted: Call the plumber", self.said())

    def test_another_day_of_an_open_one_is_logged(self):
        activity = self.on(self.agent, self.plan())
        activity.with_context(**QUIET).write({"date_deadline": self.today + timedelta(days=9)})
        self.assertIn("due on", self.said())
        self.assertEqual(self.said().count("due on"), 1)

    def test_activities_of_contacts_are_rewritten_and_deleted(self):
        partner = self.env["ir.model"]._get_id("res.partner")
        activity = self.plan(res_model_id=partner, res_id=self.holder.id)
        activity.action_done()
        mine = self.on(self.agent, activity)
        mine.write({"summary": "Other", "res_id": self.coholder.id})
        mine.unlink()
        self.assertFalse(activity.exists())
