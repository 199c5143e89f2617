from contextlib import closing, suppress

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.base.contained import contained
from ..tools import audience
from .support.notices import NoticesCommon

ALERT, TASK, EMAIL = audience.CHANNELS
SENDER = "odoo.addons.atencion_cliente.models.notices.atencion_case_notice_mail"


@tagged("post_install", "-at_install")
class TestNotices(NoticesCommon):
    """Who is notified of which event; each person gets one notice per transaction."""

    # -------------------------------------------------------------------------
    # Events
    # -------------------------------------------------------------------------

    def test_each_event_notifies_the_lines_that_ask_for_it(self):
        self.add_recipient(self.ana, ALERT, on_update=False)
        self.add_recipient(self.bruno, ALERT, on_create=False)
        on_create, on_update, nobody = self.ana, self.bruno, self.env["res.users"]
        case = self.known_case(resolution="<p>Old</p>")
        seen = self.on(self.agent, case)
        loose = self.env["atencion.note"].create({"name": "Call"})

        def note_from_its_own_form():
            self.env["atencion.note"].create({"name": "Visit", "case_ids": case.ids})

        events = [
            ("created", lambda: self.create_case(), on_create),
            ("priority", lambda: case.write({"priority": "3"}), on_update),
            ("state", lambda: self.move(seen, "WCE"), on_update),
            ("assignee", lambda: case.write({"user_id": self.agent.id}), on_update),
            ("resolution", lambda: case.write({"resolution": "<p>New</p>"}), on_update),
            ("note", lambda: self.add_note(case), on_update),
            ("note's form", note_from_its_own_form, on_update),
            ("note linked", lambda: loose.write({"case_ids": case.ids}), on_update),
            ("note gone", lambda: case.write({"note_ids": [(5,)]}), nobody),
            ("subject", lambda: case.write({"subject": "Other"}), nobody),
            ("same priority", lambda: case.write({"priority": "3"}), nobody),
            ("to other area", lambda: case.write({"area_id": self.deeds.id}), nobody),
            ("and back", lambda: case.write({"area_id": self.repairs.id}), on_create),
            ("same area", lambda: case.write({"area_id": self.repairs.id}), nobody),
        ]
        for event, happen, recipients in events:
            with self.subTest(event=event):
                before = {user: self.notified(user) for user in (self.ana, self.bruno)}
                happen()
                self.end_transaction()
                for user, messages in before.items():
                    self.assertEqual(len(self.notified(user) - messages), int(user in recipients))

    def test_one_transaction_makes_one_notice(self):
        self.add_recipient(self.bruno, ALERT, EMAIL)
        case = self.known_case()
        case.priority = "3"
        self.move(case, "WCE")
        case.user_id = self.agent
        self.end_transaction()
        message = self.notified(self.bruno)
        self.assertEqual(len(message), 1)
        for said in ("Tramitación", self.agent.name):
            self.assertIn(said, message.body)
        self.assertEqual(len(self.mails_to(self.bruno.partner_id)), 1)

    def test_what_changes_while_a_case_is_registered_is_its_registration(self):
        self.add_recipient(self.ana, ALERT)
        self.add_recipient(self.carla, EMAIL, on_create=False)
        case = self.create_case()
        self.move(case, "WCE")
        self.add_note(case)
        self.end_transaction()
        self.assertIn("New case in Repairs", self.notified(self.ana).body)
        self.assertNotIn("changed", self.notified(self.ana).body)
        self.assertFalse(self.mails_to(self.carla.partner_id))

    def test_transfer_notifies_the_new_area_with_its_note(self):
        self.add_recipient(self.ana, ALERT, area=self.deeds)
        self.add_recipient(self.bruno, ALERT, area=self.deeds, on_create=False)
        self.deeds.manager_id = self.carla
        case = self.known_case()
        self.move(self.on(self.agent, case), "TRA", note="The deed is wrong")
        self.end_transaction()
        self.assertIn("The deed is wrong", self.notified(self.ana).body)
        self.assertFalse(self.notified(self.bruno), "for the new area it did not change")
        self.assertFalse(self.notified(self.carla, "email"), "the manager only if nobody else")

    def test_manager_is_notified_of_a_transfer_to_an_area_without_recipients(self):
        self.deeds.manager_id = self.ana
        moved, transferred = self.known_case(), self.known_case()
        moved.area_id = self.deeds
        self.move(transferred, "TRA")
        self.end_transaction()
        self.assertEqual(self.notified(self.ana).mapped("res_id"), transferred.ids)

    def test_a_deleted_line_notifies_nobody(self):
        line = self.add_recipient(self.ana, ALERT)
        self.known_case()
        line.notify_alert = False
        self.create_case()
        line.notify_alert = True
        line.unlink()
        self.create_case()
        self.end_transaction()
        self.assertFalse(self.notified(self.ana))

    def test_imports_notify_nobody(self):
        self.add_recipient(self.ana, ALERT, TASK, EMAIL)
        quiet = self.env["atencion.case"].with_context(tracking_disable=True)
        case = quiet.create(self.case_values())
        case.priority = "3"
        self.end_transaction()
        self.assertFalse(self.notified(self.ana) or self.tasks_of(self.ana))
        self.assertFalse(self.mails_to(self.ana.partner_id))

    # -------------------------------------------------------------------------
    # Savepoints
    # -------------------------------------------------------------------------

    def test_what_is_rolled_back_notifies_nobody(self):
        self.add_recipient(self.ana, ALERT)
        case = self.known_case()
        with closing(self.cr.savepoint()) as savepoint:
            case.priority = "3"
            savepoint.rollback()
        self.end_transaction()
        self.assertFalse(self.notified(self.ana))

    def test_what_a_savepoint_keeps_makes_one_notice(self):
        self.add_recipient(self.ana, ALERT)
        case = self.known_case()
        with self.cr.savepoint():
            case.priority = "3"
        self.assertEqual(len(self.notified(self.ana)), 1)
        self.end_transaction()
        self.assertEqual(len(self.notified(self.ana)), 1)

    def test_what_a_contained_block_undoes_is_in_no_notice(self):
        self.add_recipient(self.ana, ALERT)
        case = self.known_case()
        case.priority = "3"
        # Odoo's assertRaises has a savepoint of its own, which sends what is queued.
        with suppress(RuntimeError), contained(self.env):
            case.resolution = "<p>Seal</p>"
            case.user_id = self.ana
            self.create_case()
            raise RuntimeError
        self.assertFalse(case.user_id)
        self.assertFalse(self.notified(self.ana), "not before the end of the transaction")
        self.end_transaction()
        message = self.notified(self.ana)
        self.assertEqual(message.res_id, case.id)
        self.assertIn("Priority", message.body)
        self.assertNotIn("Resolution", message.body)

    def test_what_a_contained_block_keeps_is_notified_at_the_end(self):
        self.add_recipient(self.ana, ALERT)
        case = self.known_case()
        with contained(self.env):
            case.priority = "3"
        self.assertFalse(self.notified(self.ana))
        self.end_transaction()
        self.assertEqual(len(self.notified(self.ana)), 1)

    def test_a_case_deleted_at_once_notifies_nobody(self):
        self.add_recipient(self.ana, ALERT, TASK)
        self.create_case().unlink()
        self.end_transaction()
        self.assertFalse(self.notified(self.ana) or self.tasks_of(self.ana))

    # -------------------------------------------------------------------------
    # Who
    # -------------------------------------------------------------------------

    def test_author_gets_a_task_and_no_other_notice(self):
        self.add_recipient(self.ana, ALERT, TASK, EMAIL)
        self.on(self.ana, self.env["atencion.case"]).create(self.case_values())
        self.end_transaction()
        self.assertFalse(self.notified(self.ana) or self.mails_to(self.ana.partner_id))
        self.assertEqual(len(self.tasks_of(self.ana)), 1)

    def test_assignee_gets_one_notice_whenever_they_become_it(self):
        self.add_recipient(self.ana, ALERT)
        early, late = self.known_case(), self.known_case()
        early.user_id = self.ana
        for case in (early, late):
            case.priority = "3"
        late.user_id = self.ana
        self.end_transaction()
        self.assertEqual(self.notified(self.ana).mapped("res_id"), [early.id, late.id])
        for body in self.notified(self.ana).mapped("body"):
            self.assertIn("assigned to you", body)
            self.assertIn("Priority", body)

    def test_who_may_not_know_is_skipped_with_the_reason(self):
        case = self.known_case()
        hidden = self.known_case(is_confidential=True, user_id=self.agent.id)
        self.carla.partner_id.email = False
        retired = self.agent
        nobody = (None,)
        table = [
            (case, self.portal_holder, audience.CHANNELS, [(*nobody, audience.NOT_INTERNAL)]),
            (case, self.agent_chile, audience.CHANNELS, [(*nobody, audience.OTHER_COMPANY)]),
            (hidden, self.ana, audience.CHANNELS, [(*nobody, audience.CONFIDENTIAL)]),
            (hidden, self.agent, (EMAIL,), []),
            (hidden, self.supervisor, (EMAIL,), []),
            (case, self.carla, (EMAIL,), [(EMAIL, audience.NO_ADDRESS)]),
            (case, self.carla, (ALERT,), []),
        ]
        for asked_case, user, channels, skipped in table:
            with self.subTest(user=user.login, channels=channels):
                found = asked_case._queue_notices(user, channels, ("created", {}))
                notified = found[asked_case.id]
                self.assertEqual(notified.skipped, [(user.id, *skip) for skip in skipped])
                self.assertEqual(bool(notified.channels_by_user), not skipped)
        retired.active = False
        notified = case._queue_notices(retired, audience.CHANNELS, ("created", {}))[case.id]
        self.assertEqual(notified.skipped, [(retired.id, None, audience.INACTIVE)])
        self.end_transaction()
        self.assertFalse(self.mails_to(self.portal_holder.partner_id))
        self.assertTrue(self.chats(self.carla), "it needs no address")

    def test_a_case_that_becomes_confidential_drops_the_notices_that_wait(self):
        self.add_recipient(self.ana, ALERT, TASK, EMAIL)
        case = self.known_case(user_id=self.agent.id)
        case.priority = "3"
        case.is_confidential = True
        self.end_transaction()
        self.assertFalse(self.notified(self.ana) or self.tasks_of(self.ana))
        self.assertFalse(self.mails_to(self.ana.partner_id))

    def test_legal_adviser_is_notified_of_their_confidential_case(self):
        case = self.known_case(is_confidential=True, legal_user_id=self.legal_adviser.id)
        notified = case._queue_notices(self.legal_adviser, (EMAIL,), ("created", {}))
        self.assertEqual(notified[case.id].channels_by_user, {self.legal_adviser.id: (EMAIL,)})

    def test_no_mail_to_an_alias_of_ours(self):
        domain = self.env["mail.alias.domain"].create({"name": "homes.example"})
        self.lima.alias_domain_id = domain
        self.carla.partner_id.email = f"Repairs <{domain.catchall_email}>"
        self.add_recipient(self.carla, ALERT, EMAIL)
        case = self.create_case()
        notified = case._queue_notices(self.carla, (EMAIL,), ("created", {}))
        self.assertEqual(notified[case.id].skipped, [(self.carla.id, EMAIL, audience.OUR_ALIAS)])
        self.end_transaction()
        self.assertFalse(self.mails_to(self.carla.partner_id))
        self.assertEqual(len(self.chats(self.carla)), 1)

    def test_customers_get_no_notice(self):
        self.add_recipient(self.ana, ALERT, EMAIL)
        self.repairs.ack_template_id = False
        case = self.create_case(partner_id=self.holder.id, requester_id=self.coholder.id)
        case.message_subscribe((self.holder | self.coholder).ids)
        self.move(case, "WCE")
        case.write({"priority": "3", "user_id": self.agent.id, "resolution": "<p>Ours</p>"})
        self.add_note(case)
        self.end_transaction()
        customers = (self.holder | self.coholder).ids
        self.assertFalse(
            self.env["mail.notification"].search([("res_partner_id", "in", customers)])
        )
        self.assertFalse(self.mails_to(self.holder) | self.mails_to(self.coholder))

    # -------------------------------------------------------------------------
    # Author
    # -------------------------------------------------------------------------

    def test_author_is_who_did_it_and_odoobot_for_rules(self):
        case = self.known_case()
        reasons = [
            (("created", {}), self.agent.partner_id),
            (("warning", {"deadline": "2026-01-31"}), self.env.ref("base.partner_root")),
        ]
        for reason, author in reasons:
            self.on(self.agent, case)._queue_notices(self.ana, (ALERT,), reason)
            self.end_transaction()
            self.assertEqual(self.notified(self.ana)[-1].author_id, author)
        self.on(self.ana, case.sudo())._queue_notices(self.ana, (ALERT,), reason)
        self.end_transaction()
        self.assertEqual(len(self.notified(self.ana)), 3, "who runs the rules is notified, too")

    # -------------------------------------------------------------------------
    # Access
    # -------------------------------------------------------------------------

    def test_recipient_opens_the_case_and_gets_no_other_mail(self):
        # ana is no member of the area of these cases.
        alerted, busy = (self.known_case(area_id=self.deeds.id) for _number in range(2))
        for case, channels in ((alerted, (ALERT,)), (busy, (ALERT, TASK))):
            self.assertFalse(self.on(self.ana, case).has_access("read"))
            case._queue_notices(self.ana, channels, ("created", {}))
            case._queue_notices(self.supervisor, (ALERT,), ("created", {}))
        self.end_transaction()
        self.env["mail.mail"].search([]).unlink()
        for case in (alerted, busy):
            self.assertTrue(self.on(self.ana, case).has_access("read"))
            follower = case.message_follower_ids.filtered(
                lambda one: one.partner_id == self.ana.partner_id
            )
            self.assertFalse(follower.subtype_ids)
            self.assertNotIn(self.supervisor.partner_id, case.message_partner_ids)
            case.message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.mails_to(self.ana.partner_id))

    # -------------------------------------------------------------------------
    # To-dos
    # -------------------------------------------------------------------------

    def test_task_has_the_deadline_and_is_not_repeated(self):
        self.add_recipient(self.carla, TASK)
        self.add_recipient(self.bruno, TASK)
        case = self.create_case()
        undated = self.create_case(type_id=self.type_no_limit.id)
        self.end_transaction()
        tasks = self.tasks_of(self.carla).sorted("res_id")
        self.assertEqual(tasks.mapped("res_id"), [case.id, undated.id])
        self.assertEqual(tasks[0].date_deadline, case.deadline_date)
        self.assertEqual(tasks[1].date_deadline, self.lima._today())
        self.assertEqual(set(tasks.mapped("activity_category")), {"default"})
        self.assertIn("New case in Repairs", tasks[0].summary)
        self.assertFalse(self.mails_to(self.carla.partner_id), "the list is where it shows")
        case.priority = "3"
        notified = case._queue_notices(self.carla, (TASK,), ("warning", {"deadline": "2026-01-31"}))
        self.assertEqual(notified[case.id].skipped, [(self.carla.id, TASK, audience.TASK_OPEN)])
        self.end_transaction()
        self.assertEqual(len(self.tasks_of(self.carla)), 2)
        tasks[0].action_done()
        case.priority = "2"
        self.end_transaction()
        self.assertEqual(len(self.tasks_of(self.carla)), 2, "one is done, one is new")

    def test_a_task_created_by_hand_does_not_count(self):
        case = self.known_case()
        self.env["mail.activity"].create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "res_id": case.id,
                "res_model_id": self.env["ir.model"]._get_id("atencion.case"),
                "user_id": self.ana.id,
            }
        )
        case._queue_notices(self.ana, (TASK,), ("created", {}))
        self.end_transaction()
        self.assertEqual(len(self.tasks_of(self.ana)), 2)

    def test_day_of_a_task_without_a_deadline_is_of_the_company(self):
        self.add_recipient(self.ana, TASK)
        self.create_case(type_id=self.type_no_limit.id)
        self.end_transaction()
        today = self.lima._day_of(fields.Datetime.now())
        self.assertEqual(self.tasks_of(self.ana).date_deadline, today)

    # -------------------------------------------------------------------------
    # Failure
    # -------------------------------------------------------------------------

    def test_template_that_fails_leaves_the_plain_text(self):
        template = self.env.ref("atencion_cliente.mail_template_case_notice")
        template.body_html = '<p t-out="object.no_such_field"/>'
        self.add_recipient(self.carla, EMAIL)
        self.add_recipient(self.ana, ALERT)
        with self.assertLogs(SENDER, "ERROR"), mute_logger("odoo.addons.mail"):
            self.create_case()
            self.end_transaction()
        self.assertIn("New case in Repairs", self.mails_to(self.carla.partner_id).body_html)
        self.assertEqual(len(self.notified(self.ana)), 1)
