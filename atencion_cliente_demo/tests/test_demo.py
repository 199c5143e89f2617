from collections import Counter, defaultdict
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import groupby

from odoo.addons.atencion_cliente.tools.working_days import MONDAY_TO_FRIDAY, WorkingDays
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..content import cases, conversations
from ..content.book import MODULE
from ..content.holidays import peruvian_days_off
from ..content.people import COLLEAGUES, CUSTOMER_LOGIN
from ..content.rules import RULES

STATES = {
    "WRC": 14, "RIT": 8, "PRO": 30, "WCE": 12, "TRA": 6, "REA": 5, "CLO": 35, "REJ": 10,
}  # fmt: skip
OPEN_ALERTS = {"overdue": 28, "due_today": 3, "on_time": 34, "none": 10}
CLOSED_ALERTS = {"attended_on_time": 30, "attended_late": 15}
REPEATED_WITHIN = timedelta(days=90)


class DemoCase(TransactionCase):
    """The demo data, loaded in the transaction of the tests.

    What the installation loaded is relative to another day: it goes first.
    """

    today = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        demo = cls.env["atencion.demo"]
        cls.remove_demo()
        cls.sent_before = cls.sent()
        demo._load(cls.today)
        cls.env.flush_all()
        cls.cases = cls.env["atencion.case"].browse(cls.demo(key).id for key in cases.PLANS)

    @classmethod
    def remove_demo(cls):
        """Delete the records as uninstalling the addon does: the latest first, claims too."""
        data = cls.env["ir.model.data"].search(
            [("module", "=", MODULE), ("name", "=like", r"demo\_%")], order="id desc"
        )
        uninstalling = cls.env(context={MODULE_UNINSTALL_FLAG: True})
        for model, rows in groupby(data, lambda row: row.model):
            uninstalling[model].browse(row.res_id for row in rows).exists().unlink()
        data.exists().unlink()

    @classmethod
    def demo(cls, key):
        return cls.env.ref(f"{MODULE}.demo_{key.lower().replace('-', '_')}")

    @classmethod
    def sent(cls):
        models = ("mail.mail", "mail.notification")
        return {model: cls.env[model].search_count([]) for model in models}

    def totals(self, field, domain=()):
        """How many demo cases there are by value of a field."""
        groups = self.env["atencion.case"]._read_group(
            [("id", "in", self.cases.ids), *domain], [field], ["__count"]
        )
        return {
            value.display_name if hasattr(value, "_name") else value: count
            for value, count in groups
        }

    def assertTotals(self):
        self.assertEqual(Counter(case.stage_id.code for case in self.cases), STATES)
        self.assertEqual(
            Counter(case.form for case in self.cases), {"attention": 78, "request": 20, "claim": 22}
        )
        self.assertEqual(self.totals("alert_state", [("is_closed", "=", False)]), OPEN_ALERTS)
        self.assertEqual(self.totals("alert_state", [("is_closed", "=", True)]), CLOSED_ALERTS)


@tagged("post_install", "-at_install")
class TestDemo(DemoCase):
    # -------------------------------------------------------------------------
    # Totals
    # -------------------------------------------------------------------------

    def test_totals_by_state_kind_and_alert(self):
        self.assertTotals()

    def test_sixteen_claims_and_six_complaints(self):
        self.assertEqual(self.totals("claim_type_id"), {False: 98, "Reclamo": 16, "Queja": 6})

    def test_categories_of_services_are_weighted_as_in_the_market(self):
        services = self.cases.filtered(lambda case: case.form == "attention")
        self.assertEqual(
            Counter(case.category_id.name for case in services),
            {
                "Sanitario y gasfitería": 23,
                "Filtraciones y humedad": 18,
                "Carpintería de madera (puertas y clósets)": 14,
                "Pisos y zócalos": 12,
                "Muros y fisuras": 11,
            },
        )

    def test_units_and_contracts(self):
        projects = self.demo("LJ") | self.demo("PA")
        contracts = self.env["atencion.contract"].search([("project_id", "in", projects.ids)])
        units = projects.unit_ids
        self.assertEqual(
            Counter(units.mapped("kind")), {"apartment": 48, "parking": 8, "storage": 4}
        )
        self.assertEqual(
            Counter(contract.project_id.code for contract in contracts), {"LJ": 28, "PA": 12}
        )
        self.assertEqual(
            Counter(contracts.mapped("state")),
            {"quotation": 2, "draft_deed": 4, "deed": 6, "delivered": 28},
        )
        today = self.env.ref("base.main_company")._today()
        handovers = [(today - day).days for day in contracts.mapped("handover_date") if day]
        self.assertEqual((min(handovers), max(handovers), len(handovers)), (20, 1500, 28))

    def test_holders(self):
        projects = self.demo("LJ") | self.demo("PA")
        contracts = self.env["atencion.contract"].search([("project_id", "in", projects.ids)])
        by_buyer = Counter(contract.partner_id for contract in contracts)
        self.assertEqual(by_buyer.pop(self.demo("p09")), 6)
        self.assertEqual(by_buyer.pop(self.demo("p15")), 5)
        self.assertEqual(Counter(by_buyer.values()), {2: 11, 1: 7})
        shared = contracts.filtered(lambda contract: len(contract.holder_ids) == 2)
        shares = [tuple(contract.holder_ids.mapped("share")) for contract in shared]
        self.assertEqual(Counter(shares), {(50, 50): 3, (60, 40): 1})

    def test_parking_and_storage_go_with_the_flat_of_their_contract(self):
        contract = self.demo("contract_LJ-A-101")
        self.assertEqual(
            contract.unit_ids.main_unit_id.annex_ids | self.demo("LJ-A-101"), contract.unit_ids
        )

    def test_observations_of_the_last_handover_are_cases(self):
        contract = self.demo("contract_LJ-B-104")
        checks = contract.handover_check_ids
        observed = checks.filtered(lambda check: check.result == "observed")
        cases = self.cases.filtered(
            lambda case: case.contract_id == contract and case.type_id == self.demo("type_handover")
        )
        self.assertEqual(observed.case_id, cases)
        self.assertEqual(contract.handover_observed_count, 1, "one is left for the button")
        self.assertFalse(contract.handover_pending_count)

    def test_most_cases_are_of_the_first_year(self):
        first_year = self.cases.filtered(
            lambda case: (
                case.contract_id.handover_date
                and 0 <= (case.request_date - case.contract_id.handover_date).days < 365
            )
        )
        self.assertEqual(len(first_year), 96)
        self.assertEqual(
            first_year,
            self.cases.browse(
                self.demo(key).id for key, plan in cases.PLANS.items() if cases.in_first_year(plan)
            ),
        )

    def test_cases_without_contract_and_of_others_than_holders(self):
        self.assertEqual(len(self.cases.filtered(lambda case: not case.contract_id)), 5)
        others = self.demo("p22") | self.demo("p23")
        self.assertEqual(len(self.cases.filtered(lambda case: case.requester_id in others)), 5)

    def test_representative_of_a_buyer_abroad(self):
        power = self.demo("power_LJ-A-403")
        self.assertTrue(power.is_in_force)
        asked = self.cases.filtered(lambda case: case.requester_id == power.partner_id)
        self.assertEqual(asked.contract_id, power.contract_id)
        self.assertEqual(set(asked.mapped("requester_relation")), {"proxy"})

    def test_warranties_of_all_kinds(self):
        states = {"covered", "expired", "unknown", False}
        self.assertEqual(set(self.cases.mapped("warranty_state")), states)
        today = self.env.ref("base.main_company")._today()
        in_force = self.demo("LJ-A-101").warranty_ids.filtered(lambda row: row.date_end >= today)
        structure = self.env.ref("atencion_cliente.warranty_element_structure")
        self.assertEqual(in_force.element_id, structure, "the oldest has no other left")

    def test_ages_go_from_today_to_four_hundred_days(self):
        today = self.env.ref("base.main_company")._today()
        ages = [(today - day).days for day in self.cases.mapped("request_date")]
        self.assertEqual((min(ages), max(ages)), (0, 400))

    def test_nine_sheets_hold_several_requirements(self):
        sheets = defaultdict(lambda: self.cases.browse())
        for case in self.cases:
            sheets[case.sheet_number] |= case
        shared = [sheet for sheet in sheets.values() if len(sheet) > 1]
        self.assertEqual(sorted(map(len, shared)), [2, 2, 2, 2, 3, 3, 3, 4, 4])
        for sheet in shared:
            for header in ("contract_id", "unit_id", "requester_id", "request_date", "source_id"):
                self.assertEqual(len({case[header] for case in sheet}), 1, header)
            self.assertEqual(len(sheet.category_id), len(sheet), "a requirement each")
            self.assertEqual(len(sheet.filtered("origin_id")), len(sheet) - 1)

    def test_six_cases_repeat_an_earlier_one(self):
        repeated = [
            case
            for case in self.cases.filtered("unit_id")
            if self.cases.filtered(
                lambda other, case=case: (
                    other.unit_id == case.unit_id
                    and other.category_id == case.category_id
                    and timedelta(0) < case.received_at - other.received_at <= REPEATED_WITHIN
                )
            )
        ]
        self.assertEqual(len(repeated), 6)

    def test_what_surrounds_the_cases(self):
        ratings = self.env["rating.rating"].search(
            [("res_model", "=", "atencion.case"), ("res_id", "in", self.cases.ids)]
        )
        self.assertEqual((len(ratings), set(ratings.mapped("consumed"))), (20, {True}))
        rated = self.cases.browse(ratings.mapped("res_id"))
        self.assertTrue(all(rated.mapped("is_closed")))
        self.assertEqual(sum(self.cases.mapped("event_count")), 6)
        unread = self.cases.filtered("customer_unread")
        self.assertIn(conversations.FLOOD, unread.mapped("subject"))
        self.assertFalse(any(unread.mapped("is_closed")))

    def test_every_case_is_talked_about(self):
        """In the order in which it happened, among the changes of state."""
        for case in self.cases:
            log = case.message_ids.filtered(lambda msg: msg.message_type == "comment" or msg.body)
            written = log.filtered(lambda msg: msg.message_type == "comment").sorted("id")
            self.assertTrue(written, case.subject)
            self.assertNotIn("{", "".join(written.mapped("body")))
            changes = log.filtered(lambda msg: "→" in msg.body)
            dates = (written | changes).sorted("id").mapped("date")
            self.assertEqual(dates, sorted(dates), case.subject)
            self.assertGreaterEqual(dates[0], case.received_at)
        own = {message.text for message in conversations.MESSAGES}
        bodies = "".join(self.cases.message_ids.mapped("body"))
        self.assertFalse([text for text in own if text not in bodies])

    def test_people_read_notifications_in_both_ways(self):
        users = self.env["res.users"].browse(
            self.demo(f"user_{login}").id for login, one in COLLEAGUES.items() if one.active
        )
        habits = Counter(users.mapped("notification_type"))
        self.assertEqual(habits, {"inbox": 4, "email": 2})

    def test_contracts_have_their_files(self):
        projects = self.demo("LJ") | self.demo("PA")
        contracts = self.env["atencion.contract"].search([("project_id", "in", projects.ids)])
        for contract in contracts:
            files = self.env["ir.attachment"].search(
                [("res_model", "=", contract._name), ("res_id", "=", contract.id)]
            )
            certificates = contract.handover_attachment_ids
            self.assertEqual(bool(certificates), bool(contract.handover_date), contract.name)
            self.assertEqual(bool(files - certificates), contract.state != "quotation")

    # -------------------------------------------------------------------------
    # Rules
    # -------------------------------------------------------------------------

    def test_every_change_is_one_that_the_states_allow(self):
        for case in self.cases:
            rows = case.history_ids.sorted(lambda row: (row.entered_at, row.id))
            self.assertEqual(rows[0].began_at, case.received_at)
            self.assertEqual(rows[-1].stage_id, case.stage_id)
            self.assertEqual(rows[-1].area_id, case.area_id)
            self.assertFalse(rows[-1].left_at)
            for before, after in zip(rows, rows[1:], strict=False):
                self.assertEqual(before.left_at, after.entered_at)
                self.assertIn(after.stage_id, before.stage_id.next_stage_ids)
            self.assertTrue(all(rows.mapped("note")))
            self.assertFalse(any(rows.mapped("forced")))

    def test_each_state_has_what_it_asks_for(self):
        for case in self.cases:
            states = set(case.document_ids.mapped("state"))
            if case.stage_id.code == "WRC":
                self.assertTrue(states & {"pending", "rejected"}, case.subject)
            if case.stage_id.code == "RIT":
                self.assertEqual(states, {"in_transit"}, case.subject)
            if case.stage_id.code == "CLO":
                self.assertTrue(case.resolution, case.subject)
            if case.stage_id.code in ("PRO", "WCE", "REA", "CLO"):
                self.assertFalse(case.missing_document_count, case.subject)
            self.assertEqual(bool(case.attention_date), case.is_closed)

    def test_nothing_happens_in_the_future(self):
        now = fields.Datetime.now()
        moments = self.cases.mapped("received_at") + self.cases.history_ids.mapped("entered_at")
        moments += self.cases.message_ids.mapped("date")
        self.assertLessEqual(max(moments), now)

    def test_log_of_a_change_has_its_day(self):
        for case in self.cases:
            changes = case.history_ids.sorted("id")[1:].mapped("entered_at")
            logs = case.message_ids.filtered(lambda msg: "→" in msg.body)
            self.assertEqual(logs.sorted("id").mapped("date"), changes)

    def test_nobody_is_told(self):
        self.assertEqual(self.sent(), self.sent_before)

    def test_numbers_follow_the_reception(self):
        ordered = self.cases.sorted("received_at")
        self.assertEqual(
            [case.name.split("-")[1] for case in ordered],
            [str(case.request_date.year) for case in ordered],
        )
        numbers = [int(case.name.rpartition("-")[2]) for case in ordered]
        self.assertEqual(len(set(numbers)), 120)

    def test_plans_are_told_apart_by_subject(self):
        subjects = Counter(plan.subject for plan in cases.PLANS.values())
        self.assertEqual(set(subjects.values()), {1})

    # -------------------------------------------------------------------------
    # Escalation
    # -------------------------------------------------------------------------

    def _escalate(self):
        """Run the scheduled action; the log of it."""
        logs = self.env["atencion.escalation.log"]
        before = logs.search([])
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("atencion_cliente.ir_cron_escalate").method_direct_trigger()
        self.env.invalidate_all()
        return logs.search([]) - before

    def test_rules_rest_until_an_administrator_switches_one_on(self):
        self._escalate()
        rule = self.demo("rule_transfer")
        self.assertFalse(rule.active)
        a_day_ago = fields.Datetime.now() - timedelta(days=1)
        due = self.cases.filtered(
            lambda case: case.stage_id == rule.stage_id and case.stage_since <= a_day_ago
        )
        rule.active = True
        logs = self._escalate()
        self.assertEqual(logs.rule_id, rule)
        self.assertEqual(set(logs.case_id.ids), set(due.ids))
        self.assertEqual(set(logs.case_id.mapped("stage_id.code")), {"PRO"})
        self.assertEqual(logs.case_id.history_ids.rule_id, rule)
        # One who holds the role has left: the log says so.
        manager = self.demo("user_jefe")
        told = logs.filtered(lambda log: manager in log.user_ids)
        self.assertTrue(told)
        for log in told:
            self.assertIn(manager.name, log.detail)
            self.assertIn(self.demo("user_antiguo").name, log.detail)
        alerts = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", manager.partner_id.id),
                ("notification_type", "=", "inbox"),
                ("mail_message_id.model", "=", "atencion.case"),
            ]
        )
        self.assertLessEqual(set(told.case_id.ids), set(alerts.mail_message_id.mapped("res_id")))

    def test_only_the_rule_that_only_records_is_switched_on(self):
        rules = self.env["atencion.escalation.rule"].with_context(active_test=False)
        demo = rules.browse(self.demo(f"rule_{key}").id for key in RULES)
        on = demo.filtered("active")
        self.assertEqual((on, on.mode), (self.demo("rule_high"), "reference"))
        logs = self._escalate().filtered("rule_id")
        self.assertEqual((logs.rule_id, set(logs.mapped("mode"))), (on, {"reference"}))

    def test_rules_catch_cases_of_the_demo(self):
        """Each shows something to who switches it on, but for the month without documents."""
        rules = self.env["atencion.escalation.rule"].with_context(active_test=False)
        demo = rules.browse(self.demo(f"rule_{key}").id for key in RULES)
        demo.active = True
        # Before the second working day after it, a case of the weekend has few working hours.
        self.demo("rule_urgent").calendar_mode = "natural"
        self.assertEqual(
            set(self._escalate().rule_id.ids), set((demo - self.demo("rule_withdrawal")).ids)
        )

    # -------------------------------------------------------------------------
    # Users, loading
    # -------------------------------------------------------------------------

    def test_portal_user_sees_her_cases_only(self):
        customer = self.demo(f"user_{CUSTOMER_LOGIN}")
        seen = self.env["atencion.case"].with_user(customer).search([])
        own = self.cases.filtered(lambda case: case.partner_id == customer.partner_id)
        self.assertEqual(seen, own.sorted(lambda case: (case.received_at, case.id), reverse=True))
        self.assertEqual(len(own), 8)

    def test_users_see_what_their_group_says(self):
        Case = self.env["atencion.case"]
        seen = {
            login: len(Case.with_user(self.demo(f"user_{login}")).search([]) & self.cases)
            for login in ("agente", "jefe", "supervisor")
        }
        self.assertEqual(seen["supervisor"], 120)
        self.assertLess(seen["agente"], seen["jefe"])
        self.assertLess(seen["jefe"], 120)
        self.assertGreater(seen["agente"], 10)

    def test_passwords_are_the_logins(self):
        active = [login for login, colleague in COLLEAGUES.items() if colleague.active]
        for login in (*active, CUSTOMER_LOGIN):
            user = self.demo(f"user_{login}")
            credential = {"type": "password", "login": login, "password": login}
            user.with_user(user)._check_credentials(credential, {"interactive": False})

    def test_loading_twice_adds_nothing(self):
        data = self.env["ir.model.data"].sudo()
        demo = [("module", "=", MODULE), ("name", "=like", r"demo\_%")]
        before = data.search(demo)
        cases_before = self.env["atencion.case"].search_count([])
        self.env["atencion.demo"]._load()
        self.assertEqual(data.search(demo), before)
        self.assertEqual(self.env["atencion.case"].search_count([]), cases_before)
        self.assertEqual(set(before.mapped("noupdate")), {True})

    def test_deadlines_of_peru(self):
        holidays = {*peruvian_days_off(2026), *peruvian_days_off(2027)}
        week = WorkingDays(MONDAY_TO_FRIDAY, holidays)
        for filed, due in (
            (date(2026, 10, 5), date(2026, 10, 27)),
            (date(2026, 7, 20), date(2026, 8, 14)),
            (date(2026, 12, 1), date(2026, 12, 24)),
            (date(2026, 12, 24), date(2027, 1, 18)),
        ):
            self.assertEqual(week.add(filed, 15), due)


@tagged("post_install", "-at_install")
class TestDemoOnAnotherDay(DemoCase):
    """The same totals on a Monday in March, before dawn."""

    today = date(2027, 3, 1)

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2027-03-01 05:10:00"))
        super().setUpClass()

    def test_totals_are_the_same(self):
        self.assertTotals()
        self.assertLessEqual(max(self.cases.mapped("received_at")), fields.Datetime.now())
