from contextlib import contextmanager

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .support.escalation import START, EscalationCommon

ENGINE = "odoo.addons.atencion_cliente.models.escalation.atencion_escalation_rule_run"


@tagged("post_install", "-at_install")
class TestEscalationRun(EscalationCommon):
    """What a run finds, moves and leaves, on the real scheduled action."""

    def assertFiresAt(self, when, case, rules):
        """A run so many hours after the start lets these rules have fired on a case."""
        self.run_after(when)
        self.assertEqual(self.fired(case), rules, f"{when} h")

    def log_of(self, case, rule):
        return case.escalation_log_ids.filtered(lambda log: log.rule_id == rule)

    # -------------------------------------------------------------------------
    # What is found
    # -------------------------------------------------------------------------

    def test_ten_runs_notify_once(self):
        case = self.case_at_start()
        self.rule(
            role_id=self.team.id, notify_alert=True, notify_task=True, notify_email=True
        ).new_stage_id = self.stages["WCE"]
        for turn in range(10):
            self.run_after(24 + turn / 4)
        for user in (self.ana, self.luis):
            counts = [len(found(user, case)) for found in (self.alerts, self.tasks, self.mails)]
            self.assertEqual(counts, [1, 1, 1])
        self.assertEqual(len(case.escalation_log_ids), 1)
        self.assertEqual(self.ledger_entries(case).mapped("stage_id.code"), ["PRO", "WCE"])

    def test_pauses_stop_a_running_rule_only(self):
        case = self.case_at_start()
        plain, running = self.rule(), self.rule(hours_basis="running")
        with self.after(10):
            self.move(case, "WRC")
        self.assertFiresAt(23.9, case, self.env["atencion.escalation.rule"])
        self.assertFiresAt(30, case, plain)
        with self.after(40):
            self.move(case, "PRO")
        self.assertFiresAt(53.9, case, plain)
        self.assertFiresAt(54, case, plain | running)
        self.assertEqual(self.log_of(case, running).hours, 24)

    def test_new_rule_finds_cases_that_were_paused_after_its_hours(self):
        case = self.case_at_start()
        with self.after(10):
            self.move(case, "WRC")
        self.run_after(11)
        # Ten hours and less than half a second more: whole seconds count.
        reached = self.rule(hours=10.0001, hours_basis="running")
        self.assertFiresAt(12, case, reached)
        reached |= self.rule(hours=10, hours_basis="running")
        reached |= self.rule(hours=6, hours_basis="running", calendar_mode="working")
        self.rule(hours=10.001, hours_basis="running")
        self.rule(hours=9.001, hours_basis="running", calendar_mode="working")
        self.assertFiresAt(99, case, reached)

    def test_case_that_matches_later_fires_at_the_next_run(self):
        """Long after the hours have passed, and were searched for."""
        changes = (
            ({"priority": "3"}, {"priority": "3"}),
            ({"area_id": self.deeds.id}, {"area_id": self.deeds.id}),
            ({"type_id": self.type_no_limit.id}, {"type_id": self.type_no_limit.id}),
            ({"stage_id": "WCE"}, {"stage_id": self.stages["WCE"].id, "stage_note": "Asked"}),
            ({"hours": 60, "priority": "2"}, {"priority": "2", "request_date": "2025-03-01"}),
        )
        cases = [self.case_at_start() for _change in changes]
        rules = [self.rule(**criteria) for criteria, _change in changes]
        for hours in (24, 30, 40):
            self.run_after(hours)
        with self.after(41):
            for case, (_criteria, change) in zip(cases, changes, strict=True):
                self.assertFalse(case.escalation_log_ids)
                case.write(change)
        self.run_after(41.25)
        for case, rule in zip(cases, rules, strict=True):
            with self.subTest(change=rule.name):
                self.assertEqual(self.fired(case), rule)
        self.assertFalse(any(case.escalation_pending for case in cases))

    def test_case_registered_late_fires_at_the_next_run(self):
        rule = self.rule(hours=24)
        self.run_after(300)
        with self.after(310):
            case = self.create_case(received_at=START)
        self.assertFiresAt(310.25, case, rule)

    def test_rule_edited_later_finds_what_it_missed_and_repeats_nothing(self):
        case = self.case_at_start()
        early, late = self.rule(hours=24), self.rule(hours=500)
        self.assertFiresAt(30, case, early)
        early.write({"name": "Renamed", "hours": 26})
        late.hours = 25
        self.assertFiresAt(30.25, case, early | late)
        self.assertFiresAt(30.5, case, early | late)
        self.assertEqual(len(case.escalation_log_ids), 2)

    def test_archived_rule_rests_until_it_is_back(self):
        case = self.case_at_start()
        rule = self.rule()
        rule.active = False
        self.assertFiresAt(30, case, rule.browse())
        rule.active = True
        self.assertFiresAt(31, case, rule)

    def test_holiday_removed_lets_the_hours_have_passed(self):
        case = self.case_at_start()
        holiday = self.add_days_off(self.lima, "2025-03-03")
        rule = self.rule(hours=4, calendar_mode="working")
        self.assertFiresAt(8, case, rule.browse())
        with self.after(9):
            holiday.unlink()
        self.assertFiresAt(9.25, case, rule)

    def test_holiday_added_in_time_holds_the_rule(self):
        case = self.case_at_start()
        rule = self.rule(hours=12, calendar_mode="working")
        self.run_after(10)
        with self.after(11):
            self.add_days_off(self.lima, "2025-03-04")
        self.assertFiresAt(30, case, rule.browse())
        # Eight hours on Monday, four on Wednesday.
        self.assertFiresAt(52, case, rule)

    def test_archived_case_rests_until_it_is_back(self):
        case = self.case_at_start()
        case.active = False
        rule = self.rule()
        self.assertFiresAt(30, case, rule.browse())
        case.active = True
        self.assertFiresAt(31, case, rule)

    def test_archived_area_is_searched_too(self):
        case = self.case_at_start()
        self.archive_in_use(self.repairs)
        rule = self.rule(hours=4, calendar_mode="working")
        self.run_after(3)
        self.assertFiresAt(4, case, rule)

    def test_rules_of_another_company_do_not_touch(self):
        case, chilean = self.case_at_start(), self.case_at_start(type_id=self.type_chile.id)
        rule, other = self.rule(), self.rule(company_id=self.santiago.id)
        self.assertFiresAt(30, case, rule)
        self.assertEqual(self.fired(chilean), other)

    def test_company_turns_escalation_off_and_on(self):
        case = self.case_at_start()
        rule = self.rule(new_stage_id="WCE", role_id=self.luis_role.id, notify_alert=True)
        self.lima.atencion_escalation_mode = "off"
        self.assertFiresAt(30, case, rule.browse())
        self.lima.atencion_escalation_mode = "reference"
        self.assertFiresAt(31, case, rule)
        self.assertEqual(case.stage_code, "PRO")
        self.assertFalse(self.alerts(self.luis, case))
        self.lima.atencion_escalation_mode = "active"
        for hours in (32, 33):
            self.run_after(hours)
        self.assertEqual(
            case.escalation_log_ids.sorted("id").mapped("mode"), ["reference", "active"]
        )
        self.assertEqual(case.stage_code, "WCE")
        self.assertEqual(len(self.alerts(self.luis, case)), 1)

    # -------------------------------------------------------------------------
    # Moves
    # -------------------------------------------------------------------------

    def test_a_rule_whose_state_a_case_has_leaves_the_move_to_the_next(self):
        case = self.case_at_start("WCE")
        first = self.rule(new_stage_id="WCE", sequence=1)
        self.rule(new_stage_id="REJ", note="Too late", sequence=2, mode="reference")
        self.rule(new_stage_id="PRO", sequence=3)
        self.run_after(24)
        self.assertEqual(case.stage_code, "PRO")
        log = self.log_of(case, first)
        self.assertFalse(log.to_stage_id)
        self.assertIn("was in it", log.detail)

    def test_transfer_goes_to_the_area_of_the_rule_or_stays_in_its_own(self):
        case, other = (self.case_at_start(user_id=self.agent.id) for _turn in range(2))
        other.priority = "3"
        self.rule(new_stage_id="TRA", new_area_id=self.deeds.id, priority="1")
        self.rule(new_stage_id="TRA", priority="3")
        self.run_after(24)
        self.assertEqual((case.area_id, other.area_id), (self.deeds, self.repairs))
        for one in (case, other):
            self.assertEqual(one.stage_code, "TRA")
            self.assertFalse(one.user_id)
            self.assertContiguous(one)

    def test_a_rule_closes_as_not_upheld(self):
        case = self.case_at_start("WRC")
        rule = self.rule(hours=15, new_stage_id="REJ", note="The documents never came")
        # It still is the 3rd of March in Lima.
        self.run_after(15.5)
        self.assertEqual(case.stage_code, "REJ")
        self.assertEqual((str(case.attention_date), case.paused_since), ("2025-03-03", False))
        row = self.ledger_entries(case)[-1]
        self.assertEqual((row.rule_id, row.user_id), (rule, self.env.ref("base.user_root")))
        self.assertEqual({row.note, case.stage_note}, {rule.note})
        self.assertContiguous(case)

    def test_refused_moves_are_logged_and_people_notified(self):
        free = self.create_case_at_start()
        case = self.case_at_start()
        # From PRO there is no way to RIT, and WRC waits for a document.
        leap = self.rule(new_stage_id="RIT", role_id=self.luis_role.id, notify_alert=True)
        self.run_after(24)
        wait = self.rule(new_stage_id="WRC", role_id=self.luis_role.id, notify_alert=True)
        self.run_after(25)
        for rule, one, words in (
            (leap, case, "it cannot change to"),
            (leap, free, "it cannot change to"),
            (wait, free, "no document is pending"),
        ):
            with self.subTest(rule=rule.new_stage_id.code, case=one.id):
                log = self.log_of(one, rule)
                self.assertIn(words, log.detail)
                self.assertFalse(log.to_stage_id)
                self.assertEqual(log.user_ids, self.luis)
        self.assertEqual((free.stage_code, case.stage_code), ("PRO", "WRC"))
        self.assertEqual(len(self.alerts(self.luis, free)), 2)
        self.run_after(26)
        self.assertEqual(len(free.escalation_log_ids), 2)

    def create_case_at_start(self):
        with self.after(0):
            return self.create_case(received_at=START)

    def test_the_eleventh_move_since_the_reopening_is_left_to_the_manager(self):
        case = self.case_at_start()
        states = ("PRO", "WCE")
        for number in range(1, 13):
            self.rule(
                hours=number, stage_id=states[(number - 1) % 2], new_stage_id=states[number % 2]
            )
        for number in range(1, 11):
            self.run_after(number)
        self.assertEqual(len(self.ledger_entries(case)), 11)
        self.assertFalse(self.tasks(self.ana, case))
        for number in (11, 12, 13):
            self.run_after(number)
        self.assertEqual((case.stage_code, len(self.ledger_entries(case))), ("PRO", 11))
        self.assertEqual(len(self.tasks(self.ana, case)), 1)
        self.assertIn("too often", case.escalation_log_ids.sorted("id")[-1].detail)
        with self.after(20):
            self.move(case, "REJ")
            self.move(case, "REA")
            self.move(case, "PRO")
        self.run_after(25)
        self.assertEqual(case.stage_code, "WCE", "moves are counted per reopening")

    # -------------------------------------------------------------------------
    # Faults
    # -------------------------------------------------------------------------

    @contextmanager
    def fault(self, case, rule):
        """The database refuses what a rule does to a case."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE atencion_escalation_log ADD CONSTRAINT fault"
                " CHECK (case_id <> %s OR rule_id <> %s) NOT VALID",
                case.id,
                rule.id,
            )
        )
        with mute_logger(ENGINE, "odoo.sql_db"):
            yield
        self.env.cr.execute("ALTER TABLE atencion_escalation_log DROP CONSTRAINT fault")

    def test_a_fault_stops_nothing_else_and_is_made_up_for(self):
        faulty, fine = self.case_at_start(), self.case_at_start()
        rule = self.rule(new_stage_id="WCE", role_id=self.luis_role.id, notify_alert=True)
        other = self.rule(hours=25, role_id=self.team.id, notify_email=True)
        with self.fault(faulty, rule):
            for hours in (25, 26):
                self.run_after(hours)
                self.assertEqual(self.fired(fine), rule | other)
                self.assertEqual(self.fired(faulty), other)
            self.assertEqual((faulty.stage_code, fine.stage_code), ("PRO", "WCE"))
            self.assertFalse(self.alerts(self.luis, faulty))
            self.assertIn(faulty.name, rule.last_error)
            self.assertIn("fault", rule.last_error)
            self.assertTrue(rule.last_error_at)
            self.assertFalse(other.last_error)
            with self.after(27):
                late = self.create_case(received_at=START)
            self.run_after(28)
            self.assertEqual(self.fired(late), rule | other)
        self.run_after(29)
        self.assertEqual(faulty.stage_code, "WCE")
        self.assertFalse(rule.last_error or rule.last_error_at)
        self.run_after(30)
        for case in (faulty, fine, late):
            self.assertEqual(len(case.escalation_log_ids), 2)
            self.assertEqual(len(self.alerts(self.luis, case)), 1)
            self.assertEqual(len(self.mails(self.luis, case)), 1)
            self.assertContiguous(case)

    @mute_logger("odoo.addons.atencion_cliente.models.notices.atencion_case_notice_mail")
    def test_a_template_that_raises_takes_no_notice_away(self):
        case = self.case_at_start()
        template = self.env.ref("atencion_cliente.mail_template_case_notice")
        rule = self.rule(role_id=self.luis_role.id, notify_email=True)
        other = self.rule(new_stage_id="WCE", role_id=self.ana_role.id, notify_alert=True)
        # Odoo tries a template on some case when it is saved: it only fails on this one.
        self.case_at_start()
        template.body_html = f'<p t-out="1 / (object.id - {case.id})"/>'
        self.run_after(24)
        self.assertEqual(self.fired(case), rule | other)
        self.assertEqual(case.stage_code, "WCE")
        self.assertIn("24 hours have passed", self.mails(self.luis, case).body_html)
        self.assertEqual(len(self.alerts(self.ana, case)), 1)
        self.run_after(25)
        self.assertEqual(len(self.mails(self.luis, case)), 1)

    # -------------------------------------------------------------------------
    # Retention
    # -------------------------------------------------------------------------

    def test_retention_deletes_the_log_of_closed_cases_only(self):
        still_open, closed = self.case_at_start(), self.case_at_start()
        chilean = self.case_at_start(type_id=self.type_chile.id)
        self.rule()
        self.rule(hours=24 * 40)
        self.rule(company_id=self.santiago.id)
        self.run_after(24)
        self.run_after(24 * 40)
        with self.after(24 * 40):
            for case in (closed, chilean):
                self.move(case, "REJ")
        self.lima.atencion_log_retention_days = 30
        with self.after(24 * 41):
            self.env["atencion.escalation.log"]._gc_closed_cases()
        kept = [len(case.escalation_log_ids) for case in (still_open, closed, chilean)]
        self.assertEqual(kept, [2, 1, 1])
        self.run_after(24 * 42)
        self.assertEqual(len(still_open.escalation_log_ids), 2)
