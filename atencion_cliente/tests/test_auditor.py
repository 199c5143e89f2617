import inspect
from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .support.common import NOTE, AtencionCommon
from .support.row_counts import RowCounts

VERBS = ("write", "create", "unlink")
# Only the system reads what it notes of words, and of mails that were not delivered.
READ_BY_NOBODY = ("atencion.solution.word", "atencion.delivery.failure")


@tagged("post_install", "-at_install")
class TestAuditor(AtencionCommon, RowCounts):
    """An auditor reads all cases of their companies and changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls._create_user("auditor", "auditor", cls.lima)
        cls.plain = cls.create_case(user_id=cls.agent.id, contract_id=cls.contract.id)
        cls.secret = cls.create_case(is_confidential=True, description="<p>Secret</p>")
        cls.chile = cls.create_case(type_id=cls.type_chile.id)
        cls.note = cls.env["atencion.note"].create(
            {"name": "Visit", "company_id": cls.lima.id, "case_ids": [(6, 0, cls.secret.ids)]}
        )
        cls.secret.message_post(body="Told", subtype_xmlid="mail.mt_note")
        cls.env.flush_all()

    def test_role_is_outside_the_ladder(self):
        group = self.env.ref("atencion_cliente.group_auditor")
        self.assertFalse(group.privilege_id)
        self.assertFalse(self.auditor.has_group("atencion_cliente.group_user"))

    def test_reads_every_case_of_their_companies(self):
        cases = self.on(self.auditor, self.env["atencion.case"])
        every = self.plain | self.secret | self.chile
        found = cases.search([("id", "in", every.ids)])
        self.assertEqual(found, self.plain | self.secret)
        for case in found:
            self.assertTrue(case.subject)
            self.assertTrue(self.on(self.auditor, case.history_ids).mapped("note") or True)
        self.assertTrue(self.on(self.auditor, self.secret.history_ids).has_access("read"))
        self.assertIn("Told", self.on(self.auditor, self.secret).message_ids.mapped("preview"))
        self.assertEqual(self.on(self.auditor, self.note).name, "Visit")

    def test_every_opening_is_recorded(self):
        rows = self.env["atencion.case.access"]
        self.on(self.auditor, self.secret).web_read({"description": {}, "resolution": {}})
        row = rows.search([("case_id", "=", self.secret.id), ("user_id", "=", self.auditor.id)])
        self.assertEqual(len(row), 1)
        self.assertIn(row, self.on(self.auditor, rows).search([]))

    def test_opens_every_menu_and_view(self):
        root = self.env.ref("atencion_cliente.atencion_cliente_menu_root")
        menus = self.env["ir.ui.menu"].with_user(self.auditor)
        seen = menus.browse(menus._visible_menu_ids())
        self.assertIn(root, seen)
        every = self.env["ir.ui.menu"].search([("id", "child_of", root.id)]) & seen
        actions = [action for action in every.mapped("action") if action]
        self.assertGreater(len(actions), 20)
        for action in actions:
            if action._name != "ir.actions.act_window":
                continue
            model = self.on(self.auditor, self.env[action.res_model])
            kinds = action.view_mode.split(",")
            with self.subTest(action=action.name):
                views = model.get_views([(False, kind) for kind in kinds if kind != "activity"])
                self.assertTrue(views["views"])
                model.search([], limit=3)

    def test_exports(self):
        action = self.on(self.auditor, self.plain | self.secret).action_export_xlsx()
        self.assertTrue(action)

    def test_has_no_right_to_write_any_model_of_ours(self):
        for model in self.env.values():
            if model._name.startswith("atencion.") and not model._abstract:
                for verb in VERBS:
                    with self.subTest(model=model._name, verb=verb):
                        self.assertFalse(self.on(self.auditor, model).has_access(verb))

    def test_reads_what_staff_read(self):
        for model in self.env.values():
            if model._name.startswith("atencion.") and not (
                model._abstract or model.is_transient() or model._name in READ_BY_NOBODY
            ):
                with self.subTest(model=model._name):
                    self.assertTrue(self.on(self.auditor, model).has_access("read"))

    def test_no_public_method_of_ours_writes(self):
        """Walk the registry: every public method, on a record of its model."""
        called = 0
        for model in self.env.values():
            if model._abstract or model._name.startswith(("ir.", "base")):
                continue
            names = [
                name
                for name, method in inspect.getmembers(type(model), inspect.isfunction)
                if getattr(method, "is_public", False)
            ]
            record = names and model.sudo().search([], limit=1)
            if model._name == "atencion.case":
                record = self.plain
            for name in names if record else ():
                mine = self.on(self.auditor, record)
                with self.subTest(model=model._name, method=name), self.assertNothingWritten():
                    with suppress(UserError, TypeError), self.cr.savepoint():
                        getattr(mine, name)()
                    called += 1
        self.assertGreater(called, 30)

    def test_no_channel_of_odoo_writes(self):
        env = self.env
        partner = self.auditor.partner_id.ids
        ir_model = env["ir.model"]._get_id("atencion.case")
        todo = env.ref("mail.mail_activity_data_todo").id
        for target in (self.plain, self.secret, self.repairs, self.type_two_days):
            named = {"res_model": target._name, "res_id": target.id}

            def on(model):
                return self.on(self.auditor, self.env[model])

            mine = self.on(self.auditor, target)
            model_id = env["ir.model"]._get_id(target._name)
            doors = {
                "message": lambda mine=mine: mine.message_post(body="Hello"),
                "note": lambda mine=mine: mine.message_post(
                    body="Hello", subtype_xmlid="mail.mt_note"
                ),
                "message record": lambda target=target: on("mail.message").create(
                    {"model": target._name, "res_id": target.id, "body": "Hello"}
                ),
                "follow": lambda mine=mine: mine.message_subscribe(partner_ids=partner),
                "follower record": lambda named=named: on("mail.followers").create(
                    named | {"partner_id": partner[0]}
                ),
                "file": lambda named=named: on("ir.attachment").create(
                    named | {"name": "a.txt", "raw": b"a"}
                ),
                "scheduled": lambda target=target: on("mail.scheduled.message").create(
                    {
                        "model": target._name,
                        "res_id": target.id,
                        "author_id": partner[0],
                        "body": "Later",
                        "scheduled_date": "2090-01-01 00:00:00",
                    }
                ),
            }
            if target._name == "atencion.case":
                doors |= {
                    "activity": lambda named=named, model_id=model_id: on("mail.activity").create(
                        {
                            "res_model_id": model_id,
                            "res_id": named["res_id"],
                            "activity_type_id": todo,
                            "user_id": self.auditor.id,
                        }
                    ),
                    "schedule": lambda mine=mine: mine.activity_schedule(
                        "mail.mail_activity_data_todo"
                    ),
                    "event": lambda named=named: on("calendar.event").create(
                        named
                        | {
                            "res_model_id": ir_model,
                            "name": "Visit",
                            "start": "2026-01-01 10:00:00",
                            "stop": "2026-01-01 11:00:00",
                        }
                    ),
                    "state": lambda mine=mine: mine._change_stage(self.stages["WCE"], NOTE),
                    "copy": lambda mine=mine: mine.copy(),
                    "composer": lambda target=target: (
                        on("mail.compose.message")
                        .create(
                            {"model": target._name, "res_ids": repr(target.ids), "body": "Hello"}
                        )
                        ._action_send_mail()
                    ),
                }
            for name, door in doors.items():
                with self.subTest(door=name, target=target._name):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        door()

    def test_no_event_of_others_is_changed_nor_own_ones_linked(self):
        env = self.env
        link = {"res_model_id": env["ir.model"]._get_id("atencion.case"), "res_id": self.plain.id}
        times = {"name": "Visit", "start": "2030-01-01 10:00", "stop": "2030-01-01 11:00"}
        event = env["calendar.event"].create(times | link)
        self.env.flush_all()
        own = self.on(self.auditor, env["calendar.event"]).create(times)
        other = self.on(self.auditor, event)
        for door in (
            lambda: other.write({"name": "Moved"}),
            lambda: other.write({"user_id": self.auditor.id}),
            lambda: other.write({"description": "<p>Moved</p>"}),
            lambda: other.write({"active": False}),
            lambda: other.unlink(),
            lambda: own.write(link),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                door()
        own.write({"name": "Still mine"})

    def test_nothing_is_added_to_events_of_cases(self):
        env = self.env
        times = {"name": "Visit", "start": "2030-01-01 10:00", "stop": "2030-01-01 11:00"}
        link = {"res_model_id": env["ir.model"]._get_id("atencion.case"), "res_id": self.plain.id}
        guests = {"partner_ids": [Command.set((self.holder | self.auditor.partner_id).ids)]}
        events = env["calendar.event"].create([times | link | guests, times | link | guests])
        self.env.flush_all()
        # Their own one, too, made before they became an auditor.
        self.env.cr.execute(
            "UPDATE calendar_event SET user_id = %s WHERE id = %s",
            [self.auditor.id, events[1].id],
        )
        self.env.invalidate_all()

        guest = self.coholder.id

        def on(model):
            return self.on(self.auditor, env[model])

        for event in events:
            named = {"res_model": event._name, "res_id": event.id}
            mine = self.on(self.auditor, event)
            doors = {
                "guest": lambda mine=mine: mine.write({"partner_ids": [Command.link(guest)]}),
                "guest line": lambda mine=mine: mine.write(
                    {"attendee_ids": [Command.create({"partner_id": guest})]}
                ),
                "guest record": lambda event=event: on("calendar.attendee").create(
                    {"event_id": event.id, "partner_id": guest}
                ),
                "guest moved": lambda event=event: self.on(
                    self.auditor, event.attendee_ids[:1]
                ).write({"partner_id": guest}),
                "guest deleted": lambda event=event: self.on(
                    self.auditor, event.attendee_ids
                ).unlink(),
                "file": lambda named=named: on("ir.attachment").create(
                    named | {"name": "a.txt", "raw": b"a"}
                ),
                "post": lambda mine=mine: mine.message_post(body="Hello"),
                "message record": lambda event=event: on("mail.message").create(
                    {"model": event._name, "res_id": event.id, "body": "Hello"}
                ),
                "color": lambda mine=mine: mine.write({"show_as": "free"}),
            }
            for name, door in doors.items():
                with self.subTest(name, own=event.user_id == self.auditor):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        door()
                        self.env.flush_all()
        own = on("calendar.event").create(times | guests)
        own.message_post(body="Hello")
        own.attendee_ids[:1].unlink()
        self.assertTrue(self.on(self.agent, events[0]).message_post(body="Hello"))

    def test_an_auditor_has_no_part_in_the_work(self):
        """Not as assignee, adviser, manager, member or line of an area, nor by a to-do."""
        uid = self.auditor.id
        for door in (
            lambda: self.plain.write({"user_id": uid}),
            lambda: self.plain.write({"legal_user_id": uid}),
            lambda: self.deeds.write({"manager_id": uid}),
            lambda: self.deeds.write({"member_ids": [Command.link(uid)]}),
            lambda: self.env["atencion.area.notification"].create(
                {"area_id": self.deeds.id, "user_id": uid, "notify_task": True}
            ),
            lambda: self.plain.activity_schedule("mail.mail_activity_data_todo", user_id=uid),
        ):
            with self.assertRaisesRegex(ValidationError, "auditor"), self.cr.savepoint():
                door()

    def test_the_cases_of_who_becomes_an_auditor_go_to_the_tray(self):
        self.plain.user_id = self.agent
        self.agent.group_ids = [
            Command.unlink(self.env.ref("atencion_cliente.group_user").id),
            Command.link(self.env.ref("atencion_cliente.group_auditor").id),
        ]
        self.assertFalse(self.plain.user_id)

    def test_who_becomes_an_auditor_by_a_group_leaves_their_cases(self):
        group = self.env.ref("atencion_cliente.group_auditor")
        clerks = self.env["res.groups"].create({"name": "Clerks"})
        doors = {
            "users of the group": lambda user: group.write({"user_ids": [Command.link(user.id)]}),
            "users of one that implies it": lambda user: (
                clerks.write({"implied_ids": [Command.link(group.id)]}),
                clerks.write({"user_ids": [Command.link(user.id)]}),
            ),
            "a new group": lambda user: self.env["res.groups"].create(
                {
                    "name": "Inspectors",
                    "user_ids": [Command.link(user.id)],
                    "implied_ids": [Command.link(group.id)],
                }
            ),
            "a group that comes to imply it": lambda user: (
                clerks.write({"implied_ids": [Command.unlink(group.id)]}),
                clerks.write({"user_ids": [Command.link(user.id)]}),
                clerks.write({"implied_ids": [Command.link(group.id)]}),
            ),
        }
        for number, (name, door) in enumerate(doors.items()):
            user = self.agent.copy({"login": f"test_inspector{number}"})
            case = self.create_case(user_id=user.id)
            self.env.flush_all()
            user.group_ids = self.env.ref("base.group_user")
            self.assertEqual(case.user_id, user)
            with self.subTest(name):
                door(user)
                self.assertTrue(user._is_auditor())
                self.assertFalse(case.user_id)

    def test_the_link_of_a_customer_gives_no_right(self):
        """Otherwise the token of the case, which they may read, lets them write to customers."""
        thread = self.on(self.auditor, self.env["atencion.case"])
        for case in (self.plain, self.secret):
            token = case._portal_ensure_token()
            self.assertFalse(
                thread._get_thread_with_access(case.id, mode="write", token=token), case.name
            )
            self.assertEqual(thread._get_thread_with_access(case.id, token=token), case)
            nobody = self.env["atencion.case"].with_user(self.env.ref("base.public_user"))
            self.assertTrue(nobody._get_thread_with_access(case.id, token=token))

    def test_auditor_has_no_other_role(self):
        with self.assertRaisesRegex(ValidationError, "auditor"):
            self.auditor.group_ids += self.env.ref("atencion_cliente.group_user")
        with self.assertRaisesRegex(ValidationError, "auditor"):
            self.supervisor.group_ids += self.env.ref("atencion_cliente.group_auditor")
        # By the form of the group, and by a group that implies both.
        group = self.env.ref("atencion_cliente.group_auditor")
        with self.assertRaisesRegex(ValidationError, "auditor"), self.cr.savepoint():
            group.user_ids += self.supervisor
        self.env.invalidate_all()
        self.outsider.group_ids += group
        self.assertTrue(self.on(self.outsider, self.secret).has_access("read"))

    def test_customers_still_answer_in_the_portal(self):
        self.plain.requester_id = self.holder
        message = self.on(self.portal_holder, self.plain).message_post(
            body="Thanks", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(message.author_id, self.holder)
