from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..tools import audience
from .support.notices import NoticesCommon


@tagged("post_install", "-at_install")
class TestDeparture(NoticesCommon, HttpCase):
    """Open cases of a user who leaves have somebody, or are in the tray of their area."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].browse(cls.manager.id).group_ids |= cls.env.ref(
            "base.group_erp_manager"
        )
        cls.open_case = cls.known_case(user_id=cls.agent.id)
        cls.closed_case = cls.known_case(user_id=cls.agent.id)
        cls.move(cls.closed_case, "REJ")
        cls.env.cr.flush()

    def lines(self, case):
        case.invalidate_recordset(["message_ids"])
        return " ".join(case.message_ids.mapped("body"))

    def archive_on_screen(self, user):
        """What the web client gets when the manager archives a user."""
        self.env.flush_all()
        self.authenticate(self.manager.login, self.manager.login)
        call = {"model": "res.users", "method": "action_archive", "args": [user.ids], "kwargs": {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw/res.users/action_archive", call)

    def dialog(self, successor=None):
        action = self.archive_on_screen(self.agent)
        self.env.invalidate_all()
        dialog = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        dialog.successor_id = successor
        return dialog

    def test_archiving_asks_to_whom_the_open_cases_go(self):
        dialog = self.dialog()
        self.assertEqual(dialog.case_count, 1)
        self.assertTrue(self.agent.active, "nothing happened yet")
        dialog.action_apply()
        self.assertFalse(self.agent.active)
        self.assertFalse(self.open_case.user_id, "in the tray of the area")
        self.assertEqual(self.open_case.area_id, self.repairs)
        self.assertEqual(self.closed_case.user_id, self.agent, "what was, stays")
        self.assertIn(f"{self.agent.name} left", self.lines(self.open_case))
        self.assertIn("the tray of Repairs", self.lines(self.open_case))
        self.assertNotIn("left", self.lines(self.closed_case))

    def test_a_closed_case_is_reopened_without_those_who_left(self):
        case = self.closed_case
        case.legal_user_id = self.agent2
        (self.agent | self.agent2).write({"active": False})
        self.on(self.supervisor, case).write({"resolution": "<p>Again</p>"})
        self.move(self.on(self.supervisor, case), "REA")
        self.assertFalse(case.user_id | case.legal_user_id)

    def test_somebody_takes_over(self):
        activity = self.on(self.agent, self.open_case).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.agent.id
        )
        self.dialog(self.agent2).action_apply()
        self.assertEqual(self.open_case.user_id, self.agent2)
        self.assertIn(f"goes to {self.agent2.name}", self.lines(self.open_case))
        self.assertEqual(activity.exists().user_id, self.agent2)

    def test_manager_of_the_area_is_told(self):
        before = self.notified(self.area_user)
        self.dialog().action_apply()
        self.end_transaction()
        told = self.notified(self.area_user) - before
        self.assertEqual(told.mapped("res_id"), self.open_case.ids)
        self.assertIn(self.agent.name, told.body)
        self.assertEqual(audience.AUDIENCES[audience.LEFT], (audience.MANAGER,))

    def test_every_way_of_leaving_frees_the_cases(self):
        portal = self.env.ref("base.group_portal")
        ways = (
            lambda user: user.write({"active": False}),
            lambda user: user.action_archive(),
            lambda user: user.with_context(tracking_disable=True).write({"active": False}),
            lambda user: user.write({"group_ids": [Command.set(portal.ids)]}),
        )
        for number, leave in enumerate(ways):
            user = self.agent.copy({"login": f"test_leaver{number}"})
            case = self.known_case(user_id=user.id, legal_user_id=user.id)
            with self.subTest(number):
                leave(user)
                self.assertFalse(case.user_id)
                self.assertFalse(case.legal_user_id)
                self.assertIn(f"{user.name} left", self.lines(case))

    def test_user_without_open_cases_is_archived_at_once(self):
        self.assertFalse(self.archive_on_screen(self.agent2))
        self.env.invalidate_all()
        self.assertFalse(self.agent2.active)

    def test_who_takes_over_works_here(self):
        for wrong in (self.agent, self.customer, self.outsider):
            with self.subTest(wrong.login), self.assertRaises(UserError):
                self.dialog(wrong).action_apply()
        self.assertTrue(self.agent.active)

    def test_case_of_another_company_goes_to_the_tray(self):
        self.agent.company_ids |= self.santiago
        case = self.create_case(type_id=self.type_chile.id, user_id=self.agent.id)
        self.dialog(self.agent2).action_apply()
        self.assertEqual(self.open_case.user_id, self.agent2)
        self.assertFalse(case.user_id)

    def test_confidential_case_goes_to_nobody_by_chance(self):
        self.open_case.write({"is_confidential": True, "legal_user_id": self.legal_adviser.id})
        self.dialog().action_apply()
        self.assertFalse(self.open_case.user_id)
        self.assertEqual(self.open_case.legal_user_id, self.legal_adviser)

    def test_reopened_case_of_who_left_has_nobody(self):
        self.dialog().action_apply()
        self.move(self.closed_case, "REA")
        self.assertFalse(self.closed_case.user_id)

    # -------------------------------------------------------------------------
    # Who may be assigned
    # -------------------------------------------------------------------------

    def test_archived_and_portal_users_are_no_assignees(self):
        self.agent2.active = False
        self.env.flush_all()
        mine = self.on(self.supervisor, self.open_case)
        for user in (self.agent2, self.customer):
            for name in ("user_id", "legal_user_id"):
                with self.subTest(user.login, field=name):
                    with self.assertRaises(ValidationError):
                        mine.write({name: user.id})
                    with self.assertRaises(ValidationError):
                        self.create_case(**{name: user.id})
                    forged = mine.with_context(**{f"default_{name}": user.id})
                    with self.assertRaises(ValidationError):
                        forged.create(self.case_values())
        fields, row = ["subject", "type_id", "area_id"], ["From a file", "Leak", "Repairs"]
        answer = self.on(self.supervisor, self.env["atencion.case"]).load(
            [*fields, "user_id/.id"], [[*row, str(self.customer.id)]]
        )
        self.assertFalse(answer["ids"])
