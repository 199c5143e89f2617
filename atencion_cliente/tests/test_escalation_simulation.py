from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .support.escalation import START, EscalationCommon
from .support.row_counts import RowCounts

HOSTILE = "<script>alert(1)</script>"


class SimulationCommon(RowCounts, EscalationCommon):
    def simulate(self, rule, hours, days=30):
        """What a rule would do so many hours after the start."""
        self.env.flush_all()
        with self.after(hours):
            return rule._simulate(START + timedelta(hours=hours), days)

    def due_cases(self, rule, hours):
        return [found.case_id for found in self.simulate(rule, hours).due_cases]

    def past_firings(self, rule, hours, days=30):
        """Hours after the start at which a rule would have fired, the earliest first."""
        runs = self.simulate(rule, hours, days).past_firings
        return [(run - START) / timedelta(hours=1) for run, _case_id in reversed(runs)]

    def dialog(self, rule, user=None):
        """The dialog as a client opens it."""
        rule = self.on(user or self.manager, rule)
        action = rule.action_simulate()
        dialogs = rule.env[action["res_model"]].with_context(**action["context"])
        return Form(dialogs)

    def words(self, form):
        return " ".join(html2plaintext(form.result).split())


@tagged("post_install", "-at_install")
class TestSimulationNow(SimulationCommon):
    """What a rule would do now is what it does when it acts."""

    def test_it_catches_what_the_next_run_fires_on(self):
        old, young, other = self.case_at_start(), self.case_at_start(), self.case_at_start("WCE")
        young._write_checked({"received_at": START + timedelta(hours=5)})
        rule = self.rule(stage_id="PRO", role_id=self.team.id, notify_task=True)
        self.assertEqual(self.due_cases(rule, 23.9), [])
        self.assertEqual(self.due_cases(rule, 24), old.ids)
        (found,) = self.simulate(rule, 25).due_cases
        self.assertEqual((found.hours, found.since), (25, START))
        self.run_after(25)
        self.assertEqual(self.due_cases(rule, 30), young.ids)
        self.run_after(30)
        self.assertEqual(self.env["atencion.escalation.log"].search([]).case_id, old | young)
        self.assertFalse(other.escalation_log_ids)

    def test_archived_and_recording_rules_are_simulated_as_if_they_acted(self):
        case = self.case_at_start()
        rule = self.rule(mode="reference")
        self.run_after(25)
        self.assertEqual(case.escalation_log_ids.mode, "reference")
        self.assertEqual(self.due_cases(rule, 26), case.ids)
        rule.active = False
        self.lima.atencion_escalation_mode = "off"
        self.assertEqual(self.due_cases(rule, 26), case.ids)

    def test_whom_it_would_notify_and_whom_not(self):
        self.case_at_start()
        self.case_at_start()
        self.ana.active = False
        self.luis.email = False
        rule = self.rule(role_id=self.team.id, notify_alert=True, notify_email=True)
        found = self.simulate(rule, 24)
        self.assertEqual(found.notified, {(self.luis.id, "alert"): 2})
        self.assertEqual(
            found.skipped,
            {(self.ana.id, None, "inactive"): 2, (self.luis.id, "email", "no_address"): 2},
        )
        self.assertEqual(found.not_notified, 0)

    def test_nobody_left_is_the_manager_and_without_one_nobody(self):
        self.case_at_start()
        orphan = self.case_at_start()
        orphan.area_id = self.deeds
        rule = self.rule(role_id=self.nobody_role.id, notify_alert=True)
        found = self.simulate(rule, 24)
        self.assertEqual(found.notified, {(self.ana.id, "alert"): 1})
        self.assertEqual(found.not_notified, 1)

    def test_what_it_would_move_and_what_the_matrix_refuses(self):
        moved, there, refused = (self.case_at_start(code) for code in ("PRO", "WCE", "WRC"))
        rule = self.rule(new_stage_id="WCE")
        blocked = {found.case_id: found.blocked for found in self.simulate(rule, 24).due_cases}
        self.assertEqual(blocked, {moved.id: None, there.id: "there", refused.id: "refused"})
        with self.after(24):
            words = self.words(self.dialog(rule))
        self.assertIn("It is in that state already.", words)
        self.assertIn("from “Waiting for documents” it cannot change to “In formalities”", words)
        self.run_after(24)
        self.assertEqual(
            [case.stage_code for case in (moved, there, refused)], ["WCE", "WCE", "WRC"]
        )


@tagged("post_install", "-at_install")
class TestSimulationReplay(SimulationCommon):
    """What a rule would have done is what the scheduled action did."""

    def test_ledger_by_people(self):
        case = self.case_at_start()
        rules = [
            self.rule(name=basis, hours=3, hours_basis=basis, calendar_mode=mode)
            for basis in ("open", "running", "stage")
            for mode in ("natural", "working")
        ]
        self.change_and_run(
            case, ((2, "WRC"), (5.1, "PRO"), (9, "REJ"), (12, "REA"), (25, "WCE")), 30
        )
        fired = {rule: [] for rule in rules}
        for log in case.escalation_log_ids.sorted("id"):
            fired[log.rule_id].append((log.fired_at - START) / timedelta(hours=1))
        for rule in rules:
            with self.subTest(rule=rule.name, mode=rule.calendar_mode):
                self.assertTrue(fired[rule])
                self.assertEqual(self.past_firings(rule, 30.25), fired[rule])

    def change_and_run(self, case, changes, until):
        """Let people change a case, and run the scheduled action whenever it is due."""
        moments = {quarter / 4: None for quarter in range(4 * until + 1)} | dict(changes)
        for hours, code in sorted(moments.items(), key=lambda moment: moment[0]):
            if code:
                with self.after(hours):
                    case.document_ids.state = "pending" if code == "WRC" else "received"
                    self.move(case, code)
                    self.env.flush_all()
            if hours % 0.25 == 0:
                self.run_after(hours)

    def test_window_and_closed_cases(self):
        case = self.case_at_start()
        rule = self.rule(hours=24)
        with self.after(30):
            self.move(case, "CLO")
        self.assertEqual(self.past_firings(rule, 48, days=2), [24])
        self.assertEqual(self.past_firings(rule, 24 * 4, days=2), [])
        self.assertEqual(self.past_firings(rule, 24, days=2), [])
        self.assertEqual(self.past_firings(rule, 48, days=0), [])

    def test_type_and_priority_are_read_now(self):
        case = self.case_at_start()
        rule = self.rule(hours=24, priority="3", type_id=self.type_two_days.id)
        self.assertEqual(self.past_firings(rule, 48), [])
        case.priority = "3"
        self.assertEqual(self.past_firings(rule, 48), [24])
        case.type_id = self.type_no_limit
        self.assertEqual(self.past_firings(rule, 48), [])

    def test_other_company(self):
        self.case_at_start(type_id=self.type_chile.id)
        self.assertEqual(self.past_firings(self.rule(hours=24), 48), [])

    def test_statements_do_not_grow_with_cases(self):
        rule = self.rule(
            hours=1, calendar_mode="working", role_id=self.team.id,
            notify_alert=True, notify_task=True, notify_email=True, new_stage_id="RIT",
        )  # fmt: skip
        counts = []
        for _size in range(2):
            for _case in range(5):
                self.case_at_start()
            self.simulate(rule, 24)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.simulate(rule, 24)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual((len(found.due_cases), len(found.past_firings)), (10, 10))
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestSimulationDialog(SimulationCommon):
    def test_it_writes_nothing(self):
        case = self.case_at_start()
        rule = self.rule(
            name=HOSTILE, hours=24, role_id=self.team.id, notify_alert=True,
            notify_task=True, notify_email=True, new_stage_id="WCE",
        )  # fmt: skip
        with self.after(26), self.assertNothingWritten():
            form = self.dialog(rule)
            self.assertEqual((form.rule_id, form.days), (rule, 30))
            words = self.words(form)
            self.assertIn("Cases that it would catch now: 1", words)
            self.assertIn("Times it would have fired in the last 30 days: 1 Cases: 1.", words)
            self.assertIn(f"Moved to “{self.stages['WCE'].name}”: 1", words.replace("*", ""))
            self.assertIn(case.name, words)
            self.assertIn("alert: 1, task: 1, and e-mail: 1", words)
            self.assertNotIn("<script", form.result)
            form.days = 0
            self.assertIn("in the last 0 days: 0", self.words(form))
            # So does a client when the page is left.
            dialogs = self.on(self.manager, self.env["atencion.escalation.simulation"])
            self.assertEqual(dialogs.web_save({"rule_id": rule.id, "days": 7}, {"days": {}}), [])
        self.assertEqual(case.stage_code, "PRO")

    def test_tables_are_cut_and_totals_shown(self):
        self.create_cases(101, received_at="2025-03-03 13:00:00")
        with self.after(48):
            words = self.words(self.dialog(self.rule(hours=24)))
        self.assertIn("Cases that it would catch now: 101", words)
        self.assertIn("The 100 that have waited longest are shown.", words)
        self.assertIn("Times it would have fired in the last 30 days: 101 Cases: 101.", words)
        self.assertIn("The latest 100 are shown.", words)

    def test_names_are_no_markup(self):
        self.case_at_start(subject=HOSTILE)
        rule = self.rule(role_id=self.team.id, notify_alert=True, new_stage_id="RIT")
        self.ana.name = HOSTILE
        self.stages["PRO"].name = HOSTILE
        with self.after(26):
            form = self.dialog(rule)
        self.assertGreater(self.words(form).count(HOSTILE), 3)
        self.assertNotIn("<script", form.result)

    def test_it_says_what_keeps_the_rule_from_acting(self):
        rule = self.rule(mode="reference")
        rule.active = False
        self.lima.atencion_escalation_mode = "off"
        words = self.words(self.dialog(rule))
        for text in ("The rule is archived", "The rule only records", "Escalation is off in"):
            self.assertIn(text, words)
        self.assertIn("It would catch no open case.", words)

    def test_only_who_administers_the_rules_simulates(self):
        rule = self.rule()
        for user in (self.agent, self.area_user, self.supervisor, self.outsider, self.customer):
            with self.subTest(user=user.login):
                seen = self.on(user, rule)
                with self.assertRaises(AccessError):
                    seen.action_simulate()
                with self.assertRaises(AccessError):
                    seen._simulate(START, 30)
                dialogs = seen.env["atencion.escalation.simulation"]
                with self.assertRaises(AccessError):
                    Form(dialogs.with_context(default_rule_id=rule.id))

    def test_rule_of_another_company_is_not_simulated(self):
        rule = self.rule()
        self.manager.write(
            {"company_id": self.santiago.id, "company_ids": [Command.set(self.santiago.ids)]}
        )
        with self.assertRaises(AccessError):
            self.on(self.manager, rule)._simulate(START, 30)
