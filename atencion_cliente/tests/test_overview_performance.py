import re

from odoo import Command
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.many_cases import ManyCases

FEW, MANY = 100, 10_000
# Measured: the user, the open cases, what is their own, events, and their areas.
STATEMENTS = 5


@tagged("post_install", "-at_install")
class TestOverviewPerformance(ManyCases, AtencionCommon):
    """The figures cost the same number of statements, whatever the number of cases and areas."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(user_id=cls.agent.id)

    def _statements(self, user):
        """What a user gets, and the statements it takes with warm caches of the registry."""
        for _time in range(2):
            cases = self.on(user, self.env["atencion.case"])
            self.begin_anew()
            before = self.cr.sql_log_count
            found = cases.get_overview()
        return found, self.cr.sql_log_count - before

    def test_statements_are_flat(self):
        for user in (self.supervisor, self.agent):
            counts = {}
            for total in (FEW, FEW, MANY):
                self.fill_to(total)
                found, counts[total] = self._statements(user)
                self.assertGreaterEqual(found["areas"][0]["figures"]["open"], total)
            with self.subTest(user=user.login):
                self.assertEqual(counts[FEW], counts[MANY])
                self.assertLessEqual(counts[MANY], STATEMENTS)

    def test_statements_do_not_grow_with_the_areas(self):
        for user in (self.supervisor, self.agent):
            counts = []
            for count in (5, 20):
                self._join_areas(user, count)
                found, statements = self._statements(user)
                self.assertGreaterEqual(len(found["areas"]), count)
                counts.append(statements)
            with self.subTest(user=user.login):
                self.assertEqual(*counts)

    def _join_areas(self, user, count):
        """Let a user be a member of so many more areas."""
        area = {"company_id": self.lima.id, "member_ids": [Command.set(user.ids)]}
        self.env["atencion.area"].create(
            [area | {"name": f"{user.login} {count} {number}"} for number in range(count)]
        )

    def test_open_cases_are_counted_from_an_index(self):
        """A column that is not in it would read each open case, with its texts."""
        cases = self.on(self.supervisor, self.env["atencion.case"])
        statement = cases._figures_statement(*cases._open_figures())
        asked = set(re.findall(r'"atencion_case"\."(\w+)"', statement.code))
        self.assertIn("stage_entry", asked)
        self.env.cr.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'atencion_case_open_order'::regclass"
        )
        there = {name for (name,) in self.env.cr.fetchall()}
        # The condition of the index.
        self.assertLessEqual(asked - {"closed_at"}, there)
