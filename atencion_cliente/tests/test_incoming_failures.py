# Texts of customers are not translated.
# pylint: disable=translation-required
from psycopg2 import OperationalError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.mail_digest import source_digest
from .support.incoming import STRANGER
from .support.register import RegisterCommon

RULES = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestIncomingFailures(RegisterCommon):
    """What cannot be filed is kept, tried again, and decided about by administrators."""

    def reply(self, text="It leaks"):
        return self.mail(self.customer.email, text, In_Reply_To=self.sent_message.message_id)

    def failed(self, text="It leaks"):
        with self.failing(ValueError("No such unit")):
            return self.receive(self.reply(text))

    def held(self):
        return self.receive(self.mail(None, From="Nobody <>"))

    def run_job(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"atencion_cliente.ir_cron_{name}").method_direct_trigger()

    def refused_by_the_database(self, raw):
        """Bring a mail while the database refuses the transaction, as often as it is tried."""
        with self.failing(self.broken()), self.enter_registry_test_mode():
            try:
                self.receive(raw)
            except OperationalError:
                return
        self.fail("Whoever brings the mail has to know.")

    # -------------------------------------------------------------------------
    # Failures
    # -------------------------------------------------------------------------

    def test_any_error_keeps_the_mail(self):
        before = self.case.message_ids
        raw = self.reply()
        with self.failing(ValueError("No such unit")):
            row = self.receive(raw)
        self.assertIs(self.result, False)
        self.assertEqual((row.outcome, row.detail), ("failed", "ValueError: No such unit"))
        self.assertEqual(row._source_file().raw, raw)
        self.assertEqual(self.case.message_ids, before)
        self.assertFalse(self.mails)
        self.assertTrue(row.to_do_id)

    def test_processed_again(self):
        row = self.failed()
        row.with_user(self.manager).action_process_again()
        self.assertEqual((row.outcome, row.case_id), ("message", self.case))
        self.assertIn("It leaks", self.case.message_ids[0].body)
        self.assertEqual(row.decided_by_id, self.manager)
        self.assertFalse(row.to_do_id, "nothing waits any longer")
        with self.assertRaisesRegex(UserError, "was filed"):
            row.with_user(self.manager).action_process_again()

    def test_failure_of_a_button_is_told(self):
        row = self.failed()
        with self.failing(ValueError("No such unit")):
            action = row.with_user(self.manager).action_process_again()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("No such unit", action["params"]["message"])

    def test_brought_again_while_it_waits(self):
        raw = self.reply()
        with self.failing(ValueError("No")):
            row = self.receive(raw)
        self.assertFalse(self.receive(raw))
        self.assertEqual(row.outcome, "failed")

    def test_passing_error_is_tried_again(self):
        with self.failing(OSError("No space left")):
            row = self.receive(self.reply())
        self.assertEqual(row.outcome, "open")
        self.assertFalse(row.to_do_id)
        self.run_job("file_mail_again")
        self.assertEqual(row.outcome, "open", "not yet")
        row.next_attempt_at = fields.Datetime.now()
        self.run_job("file_mail_again")
        self.assertEqual((row.outcome, row.case_id), ("message", self.case))

    def test_error_of_the_database(self):
        """The mail is kept in a transaction of its own; the one that files it closes its row."""
        raw = self.reply()
        self.refused_by_the_database(raw)
        row = self.register.search([], limit=1)
        self.assertEqual((row.outcome, row.attempts), ("open", 1))
        self.assertEqual(row._source_file().raw, raw)
        self.refused_by_the_database(raw)
        self.assertEqual(self.register.search([("digest", "=", row.digest)]), row)
        self.assertFalse(self.receive(raw), "no other row")
        self.assertEqual((row.outcome, row.case_id), ("message", self.case))
        self.assertFalse(self.receive(raw))

    def test_given_up_after_some_attempts(self):
        with self.failing(OSError("No network")):
            row = self.receive(self.reply())
            pauses = []
            for _number in range(10):
                now = fields.Datetime.now()
                row.next_attempt_at = now
                self.run_job("file_mail_again")
                if row.outcome != "open":
                    break
                pauses.append(round((row.next_attempt_at - now).total_seconds() / 60))
        self.assertEqual(pauses, sorted(pauses))
        self.assertEqual((row.outcome, len(pauses)), ("failed", 6))
        self.assertTrue(row.to_do_id)

    def test_person_who_answers_to_the_bounce_address(self):
        """Odoo takes it for a report, and files none."""
        row = self.receive(
            self.mail(
                self.customer.email,
                To="bounce@homes.example",
                In_Reply_To=self.sent_message.message_id,
            )
        )
        self.assertEqual((row.kind, row.outcome), ("person", "message"))

    def test_what_odoo_leaves_out_waits(self):
        """It ignores who answers to its own refusals."""
        row = self.receive(self.mail(References="<1-loop-detection-bounce-email@homes.example>"))
        self.assertEqual((row.kind, row.outcome), ("person", "held"))
        self.assertTrue(row.source)

    def test_nobody_is_told_of_a_failure(self):
        with self.failing(ValueError("No"), "message_new"):
            row = self.receive(self.mail())
        self.assertEqual(row.outcome, "failed", row.detail)
        self.assertFalse(self.mails)

    # -------------------------------------------------------------------------
    # Decisions
    # -------------------------------------------------------------------------

    def test_case_of_a_machine_that_is_a_person(self):
        row = self.receive(self.mail(Precedence="list", text="I am a person"))
        before = self.cases()
        action = row.with_user(self.manager).action_create_case()
        self.assertEqual(row.outcome, "case", row.detail)
        self.assertEqual(self.cases() - before, row.case_id)
        self.assertEqual(action["res_id"], row.case_id.id)

    def test_area_is_chosen_for_a_mail_without_any(self):
        raw = self.mail(To="catchall@homes.example")
        row = self.register.create(
            {"digest": source_digest(raw), "outcome": "failed", "company_id": self.lima.id}
        )
        row._keep_source(raw)
        action = row.with_user(self.manager).action_create_case()
        self.assertEqual(action["res_model"], "atencion.incoming.mail.filing")
        dialog = (
            self.env["atencion.incoming.mail.filing"]
            .with_user(self.manager)
            .create({"mail_id": row.id, "area_id": self.repairs.id})
        )
        self.assertEqual(dialog.text.strip(), "Hello")
        self.assertEqual(dialog.email_from, row.email_from)
        shown = row.with_user(self.manager).with_context(bin_size=True)
        self.assertEqual(shown.text.strip(), "Hello", "as the web client reads it")
        dialog.action_file()
        self.assertEqual((row.outcome, row.case_id.area_id), ("case", self.repairs), row.detail)

    def test_dismissed(self):
        row = self.held()
        dialog = (
            self.env["atencion.incoming.mail.dismissal"]
            .with_user(self.manager)
            .create({"mail_ids": [Command.set(row.ids)], "reason": "Advertising"})
        )
        dialog.action_dismiss()
        self.assertEqual((row.outcome, row.detail), ("dropped", "Advertising"))
        self.assertFalse(row.to_do_id)

    def test_retention(self):
        filed = self.receive(self.reply())
        held = self.held()
        old = fields.Datetime.subtract(fields.Datetime.now(), days=31)
        self.env.cr.execute("UPDATE atencion_incoming_mail SET create_date = %s", [old])
        self.env.invalidate_all()
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_retention_days", "0")
        self.run_job("delete_old_mail")
        self.assertTrue(filed.exists())
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_retention_days", "30")
        self.run_job("delete_old_mail")
        self.assertFalse(filed.exists())
        self.assertTrue(held.exists())
        held.outcome = "dropped"
        file = held._source_file()
        self.run_job("delete_old_mail")
        self.assertFalse(held.exists() or file.exists())

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    @mute_logger(*RULES)
    def test_who_reads(self):
        row = self.failed()
        nowhere = self.register.create({"digest": "y", "subject": "Of no company"})
        for user, rows, raw in (
            (self.manager, row | nowhere, True),
            (self.supervisor, row, False),
            (self.agent, self.register, False),
            (self.area_user, self.register, False),
            (self.outsider, self.register, False),
            (self.customer, self.register, False),
        ):
            with self.subTest(user=user.login):
                on = self.on(user, self.register)
                if not rows:
                    with self.assertRaises(AccessError):
                        on.search([])
                    continue
                self.assertEqual(on.search([("id", "in", (row | nowhere).ids)]), rows)
                seen = on.browse(row.id)
                self.assertEqual("source" in on.fields_get(), raw)
                file = self.on(user, row._source_file())
                if raw:
                    self.assertTrue(seen.source and file.raw)
                    continue
                for read in (lambda s=seen: s.read(["source"]), lambda f=file: f.read(["raw"])):
                    with self.assertRaises(AccessError):
                        read()

    @mute_logger(*RULES)
    def test_only_administrators_decide(self):
        row = self.failed()
        for user in (self.supervisor, self.agent, self.customer):
            for call in ("action_process_again", "action_create_case", "action_dismiss"):
                with self.subTest(user=user.login, call=call), self.assertRaises(AccessError):
                    getattr(self.on(user, row), call)()
        for user in (self.supervisor, self.manager):
            for call in (
                lambda r: r.write({"outcome": "dropped"}),
                lambda r: r.unlink(),
                lambda r: r.create({"digest": "z"}),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call(self.on(user, row))
        self.assertEqual(row.outcome, "failed")

    def manager_of_chile(self):
        return new_test_user(
            self.env,
            "test_manager_chile",
            groups="atencion_cliente.group_manager",
            company_id=self.santiago.id,
            company_ids=[Command.set(self.santiago.ids)],
            context={"no_reset_password": True},
        )

    @mute_logger(*RULES)
    def test_administrator_of_another_company(self):
        row, other = self.failed(), self.manager_of_chile()
        seen = row.with_user(other).with_context(allowed_company_ids=self.santiago.ids)
        self.assertFalse(seen.search([("id", "=", row.id)]))
        with self.assertRaises(AccessError):
            seen.action_process_again()

    def test_only_the_gateway_brings_mails(self):
        with self.assertRaises(AccessError):
            self.env["mail.thread"].with_user(self.agent).message_process(False, self.mail())
        self.assertFalse(self.register.search([("email_normalized", "=", STRANGER)]))

    # -------------------------------------------------------------------------
    # Dry run
    # -------------------------------------------------------------------------

    def dialog(self, source, user=None):
        user = user or self.manager
        dialogs = self.env["atencion.incoming.mail.trial"].with_user(user)
        dialogs = dialogs.with_context(allowed_company_ids=user.company_ids.ids)
        dialog = dialogs.create({"source": source})
        with self.enter_registry_test_mode():
            dialog.action_try()
        return dialog

    def test_dry_run(self):
        numbers = self.env["ir.sequence"].search([("code", "=", "atencion.case")])
        drawn = numbers.mapped("number_next_actual")
        cases, mails = self.cases(), self.env["mail.mail"].search([])
        with self.mock_mail_gateway():
            dialog = self.dialog(self.mail().decode())
            self.assertFalse(self._mails)
        self.assertEqual((dialog.kind, dialog.outcome), ("person", "case"), dialog.detail)
        self.assertIn(STRANGER, dialog.mails or "")
        self.assertEqual(dialog.area, self.repairs.display_name)
        self.assertEqual(dialog.type, self.type_two_days.display_name)
        self.assertEqual(self.cases(), cases)
        numbers.invalidate_recordset()
        self.assertEqual(numbers.mapped("number_next_actual"), drawn)
        self.assertEqual(self.env["mail.mail"].search([]), mails)
        self.assertFalse(self.register.search([("email_normalized", "=", STRANGER)]))
        answer = self.dialog(self.reply().decode())
        self.assertEqual((answer.outcome, answer.case), ("message", self.case.display_name))
        machine = self.dialog(self.mail(Auto_Submitted="auto-replied").decode())
        self.assertEqual((machine.kind, machine.outcome), ("auto", "dropped"))
        other = self.dialog(self.mail(To="x@example.org").decode())
        self.assertFalse(other.is_ours)
        with self.failing(ValueError("No <such> unit"), "message_new"):
            failed = self.dialog(self.mail().decode())
        self.assertEqual(failed.outcome, "failed")

    def test_dry_run_shows_what_the_administrator_may_see(self):
        other = self.manager_of_chile()
        for raw, outcome in ((self.reply(), "message"), (self.mail(), "case")):
            with self.subTest(outcome):
                dialog = self.dialog(raw.decode(), other)
                self.assertEqual(dialog.outcome, outcome, dialog.detail)
                self.assertEqual(dialog.case, "A case that you cannot see")
                self.assertFalse(dialog.area or dialog.type)
                self.assertFalse(dialog.mails)

    @mute_logger(*RULES)
    def test_dry_run_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self.dialog(self.mail().decode(), self.supervisor)
