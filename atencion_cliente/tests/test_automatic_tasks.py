from odoo.tests import tagged

from ..tools import audience
from .support.notices import NoticesCommon

ALERT, TASK, EMAIL = audience.CHANNELS


@tagged("post_install", "-at_install")
class TestAutomaticTasks(NoticesCommon):
    """To-dos that no person planned end with what they are about."""

    def finished(self, case):
        return self.env["mail.activity"].search([("case_id", "=", case.id), ("active", "=", False)])

    def case_with_tasks(self):
        """A case of which ana has the to-do of her area, and carla that of a rule."""
        self.add_recipient(self.ana, TASK)
        case = self.create_case()
        case._queue_notices(self.carla, (TASK,), ("rule", self.firing(self.rule())))
        self.end_transaction()
        return case

    def rule(self, name="Late"):
        return self.env["atencion.escalation.rule"].create(
            {
                "name": name,
                "company_id": self.lima.id,
                "hours": 2,
                "new_stage_id": self.stages["WCE"].id,
            }
        )

    @staticmethod
    def firing(rule):
        return {"rule_id": rule.id, "hours": 2}

    def test_those_of_an_area_end_when_the_case_leaves_it(self):
        for transfer in (False, True):
            with self.subTest(transfer=transfer):
                self.repairs.notification_ids.unlink()
                case = self.case_with_tasks()
                if transfer:
                    self.move(self.on(self.agent, case), "TRA")
                else:
                    self.on(self.agent, case).area_id = self.deeds
                self.end_transaction()
                ended = self.finished(case)
                self.assertEqual(ended.user_id, self.ana)
                self.assertIn("went to another area", ended.feedback)
                self.assertEqual(case.all_activity_ids.filtered("active").user_id, self.carla)
                self.assertIn("went to another area", " ".join(case.message_ids.mapped("body")))

    def test_an_open_to_do_says_that_the_customer_wrote(self):
        """Who asked for to-dos only would not hear it otherwise."""
        self.add_recipient(self.ana, TASK)
        case = self.create_case()
        self.end_transaction()
        task = case.all_activity_ids
        self.assertEqual(task.user_id, self.ana)
        case._queue_notices(self.ana, (TASK,), (audience.WROTE, {"message_id": 0}))
        self.end_transaction()
        self.assertEqual(case.all_activity_ids, task, "it is brought up to date")
        self.assertIn("wrote", task.summary)

    def test_a_person_of_both_areas_gets_the_to_do_of_the_new_one(self):
        self.add_recipient(self.ana, TASK)
        self.add_recipient(self.ana, TASK, area=self.deeds)
        case = self.create_case()
        self.end_transaction()
        case.area_id = self.deeds
        self.end_transaction()
        task = self.tasks_of(self.ana).filtered(lambda one: one.res_id == case.id)
        self.assertIn("came to Deeds", task.summary)

    def test_all_automatic_ones_end_with_the_case(self):
        case = self.case_with_tasks()
        planned = self.on(self.agent, case).activity_schedule(
            "mail.mail_activity_data_todo", summary="Call", user_id=self.agent.id
        )
        planned.sudo().automated = False
        self.move(self.on(self.agent, case), "REJ")
        self.end_transaction()
        self.assertEqual(self.finished(case).user_id, self.ana | self.carla)
        self.assertIn("was closed", self.finished(case)[0].feedback)
        self.assertEqual(case.activity_ids.ids, planned.ids)

    def test_never_one_with_files(self):
        case = self.case_with_tasks()
        task = self.tasks_of(self.ana)
        task.attachment_ids = self.env["ir.attachment"].create({"name": "plan.txt", "raw": b"x"})
        self.move(self.on(self.agent, case), "REJ")
        self.end_transaction()
        self.assertTrue(task.active)
        self.assertEqual(self.finished(case).user_id, self.carla)

    def test_none_is_born_on_what_ended_in_the_same_transaction(self):
        self.add_recipient(self.ana, TASK)
        self.move(self.create_case(), "REJ")
        self.create_case().area_id = self.deeds
        self.end_transaction()
        self.assertFalse(self.tasks_of(self.ana))

    def test_a_reply_on_a_closed_case_is_to_do(self):
        self.add_recipient(self.ana, TASK)
        case = self.known_case(requester_id=self.customer.partner_id.id)
        self.move(case, "REJ")
        self.end_transaction()
        self.on(self.customer, case).message_post(
            body="Not so", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.end_transaction()
        self.assertIn("Not so", self.tasks_of(self.ana).summary)

    def test_a_rule_brings_an_older_to_do_up_to_date(self):
        self.add_recipient(self.ana, TASK)
        case = self.create_case()
        self.end_transaction()
        first, second = self.rule("First"), self.rule("Second")
        for rule in (first, second, second):
            notified = case._queue_notices(self.ana, (TASK,), ("rule", self.firing(rule)))
            self.end_transaction()
            task = self.tasks_of(self.ana)
            self.assertEqual(len(task), 1)
            self.assertIn(rule.name, task.summary)
        self.assertEqual(notified[case.id].skipped, [(self.ana.id, TASK, audience.TASK_OPEN)])
        for said in ("New case in Repairs", "First", "Second"):
            self.assertIn(said, task.note)
        self.assertEqual(task.note.count("Second"), 1)
        # It is of the rule now, and stays when the case leaves the area.
        case.area_id = self.deeds
        self.end_transaction()
        self.assertTrue(task.active)
