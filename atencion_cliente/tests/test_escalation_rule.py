from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .support.escalation import EscalationCommon

REASON = "Nobody answered"
# What is refused, with words of the message. States by their codes; ``role``: the
# rule names one.
REFUSED = (
    ("it does nothing", {"role": True}),
    ("it does nothing", {}),
    ("it notifies nobody", {"notify_alert": True}),
    ("it notifies nobody", {"notify_task": True}),
    ("it notifies nobody", {"notify_email": True, "new_stage_id": "TRA"}),
    ("only apply to open ones", {"stage_id": "CLO", "new_stage_id": "REA"}),
    ("looks for closed cases", {"stage_id": "REJ", "role": True, "notify_alert": True}),
    ("Choose another", {"stage_id": "PRO", "new_stage_id": "PRO"}),
    ("it takes a resolution", {"new_stage_id": "CLO"}),
    ("it takes a resolution", {"new_stage_id": "CLO", "note": REASON}),
    ("not reactivated by a rule", {"new_stage_id": "REA"}),
    ("gives the reason why", {"new_stage_id": "REJ"}),
    ("gives the reason why", {"new_stage_id": "REJ", "note": " \n "}),
)
ACCEPTED = (
    {"role": True, "notify_task": True},
    {"new_stage_id": "TRA"},
    {"stage_id": "PRO", "new_stage_id": "WCE", "role": True, "notify_alert": True},
    {"new_stage_id": "REJ", "note": REASON},
    {"role": True, "notify_email": True, "mode": "reference", "hours": 0},
)


@tagged("post_install", "-at_install")
class TestEscalationRule(EscalationCommon):
    """What a rule may be, and who may make it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.on(cls.manager, cls.env["atencion.escalation.rule"])

    def values(self, vals):
        vals = {"name": "Rule", "company_id": self.lima.id, "hours": 24} | vals
        if vals.pop("role", False):
            vals["role_id"] = self.ana_role.id
        for name in ("stage_id", "new_stage_id"):
            if name in vals:
                vals[name] = self.stages[vals[name]].id
        return vals

    @contextmanager
    def assertRefused(self, words, kind=ValidationError):
        """The block is refused with a message that has these words, and undone."""
        with self.assertRaises(kind) as refusal:
            yield
        self.assertIn(words, str(refusal.exception))

    def good_rule(self):
        return self.Rule.create(
            self.values({"stage_id": "PRO", "new_stage_id": "WCE", "role": True})
            | {"notify_alert": True}
        )

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    def test_senseless_rules_are_refused_with_the_reason(self):
        for words, vals in REFUSED:
            with self.subTest(vals=vals), self.assertRefused(words):
                self.Rule.create(self.values(vals))

    def test_good_rules_are_saved(self):
        for vals in ACCEPTED:
            with self.subTest(vals=vals):
                self.assertTrue(self.Rule.create(self.values(vals)))

    def test_a_rule_is_refused_by_a_change_as_when_it_is_made(self):
        rule = self.good_rule()
        stages = {code: stage.id for code, stage in self.stages.items()}
        for words, vals in (
            ("it notifies nobody", {"role_id": False}),
            ("it does nothing", {"notify_alert": False, "new_stage_id": False}),
            ("looks for closed cases", {"stage_id": stages["CLO"]}),
            ("Choose another", {"stage_id": stages["WCE"]}),
            ("Choose another", {"new_stage_id": stages["PRO"]}),
            ("it takes a resolution", {"new_stage_id": stages["CLO"]}),
            ("not reactivated by a rule", {"new_stage_id": stages["REA"]}),
            ("gives the reason why", {"new_stage_id": stages["REJ"]}),
        ):
            with self.subTest(vals=vals), self.assertRefused(words):
                rule.write(vals)
        rule.write({"new_stage_id": stages["REJ"], "note": REASON})
        with self.assertRefused("gives the reason why"):
            rule.note = False

    def test_states_of_a_company_of_its_own_follow_their_flags(self):
        rejected = {"is_closed": True, "outcome": "rejected"}
        resolved, refused = self.env["atencion.case.stage"].create(
            [
                {"name": "Solved", "code": "SOL", "requires_resolution": True} | rejected,
                {"name": "Refused", "code": "REF"} | rejected,
            ]
        )
        with self.assertRefused("it takes a resolution"):
            self.Rule.create(self.values({"note": REASON}) | {"new_stage_id": resolved.id})
        self.Rule.create(self.values({"note": REASON}) | {"new_stage_id": refused.id})

    def test_an_import_is_refused_row_by_row(self):
        columns = ["name", "hours", "new_stage_id/id", "role_id", "notify_alert"]
        rows = [
            ["Good", "24", "atencion_cliente.stage_tra", "", ""],
            ["Closes", "24", "atencion_cliente.stage_clo", "", ""],
            ["Silent", "24", "", "", "True"],
            ["Early", "-1", "", "Ana", "True"],
        ]
        before = self.Rule.search_count([])
        result = self.Rule.with_company(self.lima).load(columns, rows)
        shown = "\n".join(message["message"] for message in result["messages"])
        for words in ("it takes a resolution", "it notifies nobody", "from 0 to 87600"):
            self.assertIn(words, shown)
        self.assertFalse(result["ids"])
        self.assertEqual(self.Rule.search_count([]), before)
        result = self.Rule.with_company(self.lima).load(columns, rows[:1])
        self.assertEqual(self.Rule.browse(result["ids"]).company_id, self.lima)

    def test_hours_are_neither_negative_nor_endless(self):
        for hours in (-0.01, 87601, 10**12, float("inf"), float("nan")):
            with self.subTest(hours=hours), self.assertRaises(ValidationError):
                self.Rule.create(self.values({"new_stage_id": "TRA", "hours": hours}))
        self.Rule.create(self.values({"new_stage_id": "TRA", "hours": 87600}))
        self.run_after(24)

    def test_everything_of_a_rule_is_of_its_company(self):
        for vals in (
            {"area_id": self.service_chile.id},
            {"type_id": self.type_chile.id},
            {"new_area_id": self.service_chile.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.Rule.create(self.values({"new_stage_id": "TRA"}) | vals)

    def test_rules_act_in_the_order_of_the_list(self):
        rules = self.Rule.create(
            [self.values({"new_stage_id": "TRA", "sequence": number}) for number in (30, 20, 20)]
        )
        found = self.Rule.search([("id", "in", rules.ids)])
        self.assertEqual(found, rules[1] | rules[2] | rules[0])
        rules[0].sequence = 1
        self.assertEqual(self.Rule.search([("id", "in", rules.ids)])[0], rules[0])

    # -------------------------------------------------------------------------
    # Firing again
    # -------------------------------------------------------------------------

    def test_a_copy_has_no_log_and_the_first_version(self):
        case, rule = self.case_at_start(), self.good_rule()
        self.run_after(24)
        rule.action_let_fire_again()
        self.assertEqual((rule.log_count, rule.rule_version), (1, 2))
        self.run_after(25)
        copy = rule.copy()
        self.assertEqual((copy.log_count, copy.rule_version), (0, 1))
        self.assertEqual((copy.searched_at, copy.last_error), (False, False))
        self.assertEqual((copy.stage_id, copy.role_id), (rule.stage_id, rule.role_id))
        self.assertNotEqual(copy.name, rule.name)
        self.assertEqual(case.escalation_log_ids.rule_id, rule)

    def test_a_new_version_lets_a_rule_fire_again_and_keeps_the_log(self):
        case, rule = self.case_at_start(), self.rule()
        for hours in (24, 25):
            self.run_after(hours)
        rule.with_user(self.manager).action_let_fire_again()
        for hours in (26, 27):
            self.run_after(hours)
        self.assertEqual(case.escalation_log_ids.sorted("id").mapped("rule_version"), [1, 2])
        self.assertEqual(len(self.alerts(self.ana, case)), 2)

    def test_only_an_administrator_lets_a_rule_fire_again(self):
        rule = self.rule()
        for user in (self.agent, self.supervisor, self.customer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, rule).action_let_fire_again()
        self.assertEqual(rule.rule_version, 1)

    def test_a_rule_that_fired_is_archived_not_deleted(self):
        self.case_at_start()
        rule, other = self.good_rule(), self.good_rule()
        other.hours = 99
        self.run_after(24)
        with self.assertRefused("Archive it", UserError):
            (rule | other).unlink()
        # The log of closed cases is deleted some day; the history of a case is kept.
        self.env["atencion.escalation.log"].search([("rule_id", "=", rule.id)]).unlink()
        with self.assertRefused("Archive it", UserError):
            rule.unlink()
        rule.active = False
        other.unlink()
        self.assertFalse(other.exists())

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_no_client_writes_what_a_run_writes(self):
        rule = self.good_rule()
        for vals in (
            {"rule_version": 7},
            {"searched_at": "2025-03-03 00:00:00"},
            {"last_error": False},
            {"last_error_at": "2025-03-03 00:00:00"},
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(AccessError):
                    rule.write(vals)
                with self.assertRaises(AccessError):
                    self.Rule.create(self.values({"new_stage_id": "TRA"}) | vals)
                with self.assertRaises(AccessError):
                    # A client may put anything that JSON has in a context.
                    rule.with_context(atencion_server=True).write(vals)

    def test_no_client_writes_the_clocks_and_counters_of_a_case(self):
        case = self.case_at_start()
        for name, value in (
            ("reopening", 9),
            ("stage_entry", 9),
            ("open_since", "2025-01-01 00:00:00"),
            ("stage_since", "2025-01-01 00:00:00"),
            ("running_since", "2025-01-01 00:00:00"),
            ("running_work_since", "2025-01-01 00:00:00"),
            ("paused_hours", 99),
            ("paused_work_hours", 99),
            ("escalation_pending", False),
            ("escalation_log_ids", [Command.clear()]),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.on(self.manager, case).write({name: value})

    def test_nobody_touches_the_log(self):
        case, rule = self.case_at_start(), self.rule()
        self.run_after(24)
        log = case.escalation_log_ids
        administrator = self.env.ref("base.user_admin")
        administrator.company_ids |= self.lima
        administrator.group_ids |= self.env.ref("atencion_cliente.group_manager")
        vals = {
            name: log[name] or False
            for name in ("rule_version", "reopening", "stage_entry", "fired_at", "mode", "hours")
        } | {"case_id": case.id, "rule_id": rule.id}
        for user in (self.manager, administrator):
            mine, my_rule = self.on(user, log), self.on(user, rule)
            attempts = {
                "create": lambda mine=mine: mine.create(vals | {"stage_entry": 5}),
                "write": lambda mine=mine: mine.write({"hours": 1}),
                "unlink": mine.unlink,
                "by the rule": lambda rule=my_rule: rule.write({"log_ids": [Command.clear()]}),
                "deleted by the rule": lambda rule=my_rule: rule.write(
                    {"log_ids": [Command.delete(log.id)]}
                ),
                "added by the rule": lambda rule=my_rule: rule.write(
                    {"log_ids": [Command.create(vals | {"stage_entry": 5})]}
                ),
            }
            for name, attempt in attempts.items():
                with self.subTest(user=user.login, attempt=name):
                    with self.assertRaises(AccessError):
                        attempt()
                        self.env.flush_all()
        self.assertEqual(case.escalation_log_ids, log)
        self.assertEqual(log.hours, 24)

    def test_who_reads_rules_and_log(self):
        case = self.case_at_start(user_id=self.agent.id)
        rule = self.rule()
        self.run_after(24)
        log = case.escalation_log_ids
        self.assertEqual(self.on(self.agent, rule).log_count, 1)
        self.assertEqual(self.on(self.agent, log).detail.splitlines()[0][0], "✓")
        # A colleague sees neither the case nor what rules did to it.
        self.assertEqual(self.on(self.agent2, rule).log_count, 0)
        for user in (self.agent2, self.deeds_agent, self.agent_chile, self.customer, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, log).read(["rule_id"])
        for user in (self.agent_chile, self.customer, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, rule).read(["name"])

    def test_portal_sees_nothing_of_escalation(self):
        case = self.case_at_start(partner_id=self.holder.id, requester_id=self.holder.id)
        self.rule()
        self.run_after(24)
        mine = self.on(self.portal_holder, case)
        self.assertTrue(mine.subject)
        with self.assertRaises(AccessError):
            mine.read(["escalation_log_ids"])
        for model in ("atencion.escalation.log", "atencion.escalation.rule"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.on(self.portal_holder, self.env[model]).search([])
