from odoo.tests import tagged

from ..tools.audience import ALERT, EMAIL, TASK
from .support.common import NOTE
from .support.notices import NoticesCommon


@tagged("post_install", "-at_install")
class TestNoticeFollowers(NoticesCommon):
    """A notice lets people open a case until it is closed, and only who could not open it."""

    def follows(self, user, case):
        case.invalidate_recordset(["message_partner_ids"])
        return user.partner_id in case.message_partner_ids

    def sees(self, user, case):
        self.env.invalidate_all()
        return self.on(user, case).has_access("read")

    def tell(self, user, case, *channels):
        case._queue_notices(user, channels or (ALERT,), ("created", {}))
        self.end_transaction()

    def close(self, case, by=None):
        closing = {
            "stage_id": self.stages["CLO"].id,
            "stage_note": NOTE,
            "resolution": "<p>Done</p>",
        }
        self.on(by or self.supervisor, case).write(closing)
        self.end_transaction()

    def test_only_who_could_not_open_the_case_follows(self):
        # Of the area are agent and agent2 (users) and area_user; deeds_agent is of another.
        tray = self.known_case()
        taken = self.known_case(user_id=self.agent.id)
        expected = {
            self.agent: (False, False),
            self.agent2: (False, True),
            self.area_user: (False, False),
            self.deeds_agent: (True, True),
            self.supervisor: (False, False),
        }
        for user, follow in expected.items():
            for case, follows in zip((tray, taken), follow, strict=True):
                followed_before = self.follows(user, case)
                for channel in (ALERT, TASK, EMAIL):
                    with self.subTest(user=user.login, case=case.name, channel=channel):
                        self.tell(user, case, channel)
                        self.assertTrue(self.sees(user, case))
                        self.assertEqual(self.follows(user, case), follows or followed_before)

    def test_it_ends_when_the_case_is_closed(self):
        case = self.known_case(user_id=self.agent.id)
        self.tell(self.deeds_agent, case, ALERT, TASK)
        self.assertTrue(self.sees(self.deeds_agent, case))
        log = case.message_ids
        self.close(case)
        self.assertFalse(self.follows(self.deeds_agent, case))
        self.assertFalse(self.sees(self.deeds_agent, case))
        self.assertLessEqual(log, case.message_ids, "the log keeps what was said")
        self.assertTrue(self.sees(self.agent, case), "the assignee sees it by working on it")

    def test_a_later_notice_begins_it_again(self):
        case = self.known_case(user_id=self.agent.id)
        self.add_recipient(self.deeds_agent, ALERT)
        self.tell(self.deeds_agent, case)
        self.close(case)
        told = len(self.notified(self.deeds_agent, "inbox")) + self.chats_of(self.deeds_agent)
        self.assertTrue(told, "they were told of the closing, too")
        self.assertFalse(self.sees(self.deeds_agent, case))
        self.on(self.supervisor, case).write(
            {"stage_id": self.stages["REA"].id, "stage_note": NOTE}
        )
        self.end_transaction()
        self.assertTrue(self.sees(self.deeds_agent, case))
        self.close(case)
        self.assertFalse(self.sees(self.deeds_agent, case))

    def chats_of(self, user):
        return self.env["mail.message"].search_count(
            [
                ("model", "=", "discuss.channel"),
                ("author_id", "=", self.env.ref("base.partner_root").id),
            ]
        )

    def test_who_follows_by_choice_stays(self):
        case = self.known_case(user_id=self.agent.id)
        follow = {
            "before the notice": lambda: self.follow(case, self.deeds_agent),
            "added after it": lambda: self.follow(case, self.legal_adviser),
            "wrote": lambda: self.on(self.agent2, case).message_post(
                body="Mine, too", message_type="comment", subtype_xmlid="mail.mt_comment"
            ),
        }
        follow.pop("before the notice")()
        people = (self.deeds_agent, self.legal_adviser, self.agent2)
        for user in people:
            self.tell(user, case)
        for act in follow.values():
            act()
        self.close(case)
        for user in people:
            with self.subTest(user=user.login):
                self.assertTrue(self.sees(user, case))

    def follow(self, case, user):
        self.on(self.supervisor, case).message_subscribe(partner_ids=user.partner_id.ids)

    def test_who_worked_on_it_stays(self):
        case = self.known_case(user_id=self.agent.id)
        self.tell(self.deeds_agent, case)
        self.on(self.deeds_agent, case).user_id = self.agent2
        self.close(case)
        self.assertTrue(self.sees(self.deeds_agent, case), "who gave it to a colleague")
        other = self.known_case(user_id=self.agent.id)
        self.tell(self.deeds_agent, other)
        self.close(other, by=self.deeds_agent)
        self.assertTrue(self.sees(self.deeds_agent, other), "who closed it")

    def test_merged_contacts(self):
        case = self.known_case(user_id=self.agent.id)
        twin = self.env["res.partner"].create({"name": "Twin"})
        case.message_subscribe(twin.ids)
        case._add_silent_followers({(case.id, self.deeds_agent.partner_id.id)})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twin | self.deeds_agent.partner_id).ids, self.deeds_agent.partner_id)
        self.close(case)
        self.assertTrue(self.follows(self.deeds_agent, case))
