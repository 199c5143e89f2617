import random
from collections import Counter, defaultdict
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..tools import escalation
from .support.escalation import START, EscalationCommon
from .support.recalculation import RecalculationCommon

# Each case of a world is a sequence of its own.
CASES = 100
TURNS = 9


@tagged("post_install", "-at_install")
class TestEscalationProperty(RecalculationCommon, EscalationCommon):
    """Whatever people do between runs: rules fire once, nothing due is missed, and
    clocks and ledger agree.

    The generator is Python's: the addon's tests need no more than Odoo does.
    """

    def test_any_history_of_cases_and_rules(self):
        self.play(seed=1)

    def test_any_other_history(self):
        self.play(seed=2)

    def play(self, seed):
        with self.subTest(seed=seed), self.enter_registry_test_mode():
            World(self, random.Random(seed)).play()

    def ledger_entries(self, case):
        """As in other tests, but read for all cases of a world at once."""
        return self.ledgers[case]


class World:
    """Cases, rules and people who change them at random, with a run after each turn."""

    def __init__(self, test, chance):
        self.test, self.chance = test, chance
        self.env = test.env
        self.now = START
        self.areas = test.repairs | test.deeds
        self.types = test.type_two_days | test.type_no_limit | test.type_working
        with freeze_time(self.now):
            self.cases = self._create_cases()
            self.rules = self._create_rules()
            self.env.flush_all()

    def play(self):
        for _turn in range(TURNS):
            self.now += timedelta(minutes=self.chance.choice((1, 15, 60, 400, 1000, 3000)))
            with freeze_time(self.now):
                self._change_cases()
                if self.chance.random() < 0.5:
                    self._change_rules()
                moved = self._run()
                self._check(moved)

    # -------------------------------------------------------------------------
    # What happens
    # -------------------------------------------------------------------------

    def _create_cases(self):
        kinds = self.types.ids
        values = [
            self.test.case_values(
                type_id=self.chance.choice(kinds),
                priority=self.chance.choice("0123"),
                received_at=START,
                resolution="<p>Done</p>",
            )
            for _number in range(CASES)
        ]
        cases = self.env["atencion.case"].with_context(tracking_disable=True).create(values)
        self.env["atencion.case.document"].create(
            [{"case_id": case.id, "name": "Photographs", "mandatory": False} for case in cases]
        )
        return cases

    def _create_rules(self):
        return self.env["atencion.escalation.rule"].create(
            [
                {
                    "name": f"Rule {number}",
                    "company_id": self.test.lima.id,
                    "sequence": self.chance.randrange(3),
                    "note": "Nobody answered",
                    "role_id": self.test.luis_role.id,
                    "notify_task": True,
                }
                | self._criteria()
                for number in range(9)
            ]
        )

    def _criteria(self):
        """What a rule asks for and where it moves, at random."""
        pick = self.chance.choice
        stages = self.test.stages
        stage = pick((None, None, "PRO", "WRC", "WCE", "TRA", "REA"))
        targets = [None, None, "TRA", "WCE", "PRO", "WRC", "RIT", "REJ"]
        target = pick([code for code in targets if code is None or code != stage])
        return {
            "hours": pick((0, 0.5, 1, 6, 10.25, 24, 48)),
            "hours_basis": pick(("open", "running", "running", "stage")),
            "calendar_mode": pick(("natural", "working")),
            "stage_id": stage and stages[stage].id,
            "new_stage_id": target and stages[target].id,
            "priority": pick((False, False, False, "1", "3")),
            "area_id": pick((False, False, *self.areas.ids)),
            "type_id": pick((False, False, *self.types.ids)),
            "mode": pick(("active", "active", "active", "reference")),
        }

    def _change_cases(self):
        """People change cases: those that change alike change together."""
        groups = defaultdict(self.cases.browse)
        for case in self.cases:
            groups[self._change_of(case)] |= case
        for change, cases in groups.items():
            if change:
                cases.write(dict(change))
        self.env.flush_all()

    def _change_of(self, case):
        """What somebody does to a case: values to write, as pairs."""
        stages = case.stage_id.next_stage_ids.sorted("id")
        other = (self.areas - case.area_id)[:1].id
        stage = self.chance.choice(stages)
        move = {"stage_id": stage.id, "stage_note": "Because"}
        if stage.requires_area_change:
            move["area_id"] = other
        if stage.requires_resolution:
            # A case that was reopened is solved anew.
            move["resolution"] = "<p>Done</p>"
        earlier = case.request_date - timedelta(days=1)
        change = self.chance.choice(
            [{}] * 6
            + [move] * 4
            + [
                {"area_id": other},
                {"priority": self.chance.choice("0123")},
                {"type_id": self.chance.choice(self.types.ids)},
                {"active": not case.active},
                {"request_date": earlier},
            ]
        )
        return tuple(change.items())

    def _change_rules(self):
        """An administrator changes a rule, the calendar, or whether rules act at all."""
        rule = self.chance.choice(self.rules)
        lima = self.test.lima
        shift = lima.resource_calendar_id.copy({"attendance_ids": [Command.clear()]})
        shift.attendance_ids = [
            Command.create({"name": "Early", "dayofweek": "2", "hour_from": 6, "hour_to": 9})
        ]
        day = (self.now + timedelta(days=self.chance.randrange(-2, 3))).date()
        self.chance.choice(
            (
                lambda: rule.write(self._criteria()),
                lambda: rule.write({"hours": rule.hours / 2}),
                lambda: rule.write({"active": not rule.active}),
                rule.action_let_fire_again,
                self.rules.action_let_fire_again,
                lambda: self.test.add_days_off(lima, str(day)),
                lambda: self.test.deeds.write({"resource_calendar_id": shift.id}),
                lambda: lima.write({"atencion_escalation_mode": "reference"}),
                lambda: lima.write({"atencion_escalation_mode": "off"}),
                lambda: lima.write({"atencion_escalation_mode": "active"}),
            )
        )()
        self.env.flush_all()

    def _run(self):
        """Run both scheduled actions; the cases that the rules moved."""
        before = {case.id: len(case.history_ids) for case in self.cases}
        self.env.flush_all()
        with self.test.registry.cursor() as cr:
            env = self.env(cr=cr, user=self.env.ref("base.user_root").id, context={})
            env["atencion.recalculation"]._cron_recalculate()
            env["atencion.case"]._cron_escalate()
        self.env.invalidate_all()
        return self.cases.filtered(lambda case: len(case.history_ids) != before[case.id])

    # -------------------------------------------------------------------------
    # Checks
    # -------------------------------------------------------------------------

    def _check(self, moved):
        test = self.test
        test.assertFalse(self.rules.filtered("last_error").mapped("last_error"))
        fired = self._check_log()
        test.ledgers = (
            self.env["atencion.case.history"]
            .search([("case_id", "in", self.cases.ids)], order="entered_at, id")
            .grouped("case_id")
        )
        for case in self.cases:
            test.assertContiguous(case)
            if not case.closed_at:
                test.assertClocks(case)
        test.assertCounted(self.cases)
        self._check_nothing_is_due(self.cases - moved, fired)

    def _check_log(self):
        """Rules fire once for a key, and move a case ten times per reopening at most."""
        test = self.test
        logs = self.env["atencion.escalation.log"].search([("case_id", "in", self.cases.ids)])
        keys = Counter((log.case_id.id, log._as_key()) for log in logs)
        test.assertEqual(set(keys.values()), {1} if keys else set())
        moves = Counter(
            (log.case_id.id, log.reopening)
            for log in logs
            if log.to_stage_id and log.mode == "active"
        )
        test.assertLessEqual(max(moves.values(), default=0), escalation.MOST_MOVES)
        by_rule = sum(len(case.history_ids.filtered("rule_id")) for case in self.cases)
        test.assertEqual(by_rule, sum(moves.values()), "the log has each move of a rule")
        fired = defaultdict(set)
        for case_id, key in keys:
            fired[case_id].add(key)
        return fired

    def _check_nothing_is_due(self, cases, fired):
        """What the pure rule would let fire now has fired: no search missed it."""
        mode = self.test.lima.atencion_escalation_mode
        rules = [rule._as_rule() for rule in self.rules if rule.active and mode != "off"]
        for case in cases:
            facts = case._escalation_facts(fired[case.id])
            choice = escalation.choose(facts, rules, self.now, case._working_hours())
            self.test.assertFalse(choice.fired, case.name)
