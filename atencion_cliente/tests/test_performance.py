from contextlib import closing

from lxml import etree

from odoo.tests import tagged

from .support.common import NOTE, AtencionCommon
from .support.many_cases import ManyCases

MODEL = "atencion.case"
FEW, MANY = 100, 10_000
PAGE = 80
# What the web client asks for when the list of cases is opened.
OPEN = [("closed_at", "=", False)]
ORDER = "deadline_date, id"
SHORT = {"atencion_short_label": True}
CREATED = 50
CHANGED = 100
# Most statements that each kind of work may take (measured: see each test).
LIST_OF_SUPERVISOR = 14
LIST_OF_AGENT = 16
CREATION_PER_CASE = 14
CHANGE_PER_CASE = 3
CREATION_OF_ONE = 48
CHANGE_OF_ONE = 16


@tagged("post_install", "-at_install")
class TestPerformance(ManyCases, AtencionCommon):
    """Statements of the daily work: few, and as many at 10,000 cases as at 100.

    Statement counts do not depend on the machine, as times do.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            contract_id=cls.contract.id,
            user_id=cls.agent.id,
            requester_phone="987654321",
            description="<p>It drips</p>",
        )

    def _statements(self, work, most):
        """How many statements some work takes, with warm caches of the registry."""
        with closing(self.cr.savepoint(flush=False)):
            work()
            self.env.flush_all()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(most):
            before = self.cr.sql_log_count
            work()
            self.env.flush_all()
        return self.cr.sql_log_count - before

    def _at_both_sizes(self, work, most):
        """The work takes at most so many statements, the same at both sizes."""
        counts = {}
        # The first count of all also reads what every later one finds read.
        for total in (FEW, FEW, MANY):
            self.fill_to(total)
            counts[total] = self._statements(work, most)
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the table")

    def _list_columns(self, user):
        """What the browser asks for: the columns of the list, also those that are not shown."""
        arch = self.on(user, self.env[MODEL]).get_view(view_type="list")["arch"]
        names = [node.get("name") for node in etree.fromstring(arch).iter("field")]
        fields = self.env[MODEL]._fields
        return {
            name: {"fields": {"display_name": {}}, "context": SHORT}
            if fields[name].type == "many2one"
            else {}
            for name in names
        }

    def _read_list(self, user):
        columns = self._list_columns(user)
        model = self.on(user, self.env[MODEL])

        def work():
            page = model.web_search_read(OPEN, columns, limit=PAGE, order=ORDER)
            self.assertEqual(len(page["records"]), PAGE)
            self.assertTrue(page["records"][0]["alert_label"])

        return work

    def test_list_of_a_supervisor(self):
        # Measured: 9 statements.
        self._at_both_sizes(self._read_list(self.supervisor), LIST_OF_SUPERVISOR)

    def test_list_of_a_restricted_agent(self):
        # Measured: 10 statements.
        self._at_both_sizes(self._read_list(self.agent), LIST_OF_AGENT)

    def test_creation_in_a_batch(self):
        # Measured: 95 statements for 50 cases.
        model = self.on(self.agent, self.env[MODEL])
        values = self.case_values(
            contract_id=self.contract.id,
            requester_firstname="Diego",
            requester_phone="987654321",
        )
        self._at_both_sizes(
            lambda: model.create([dict(values) for _number in range(CREATED)]),
            CREATION_PER_CASE * CREATED,
        )

    def test_change_of_state_in_bulk(self):
        # Measured: 14 statements for 100 cases.
        cases = self.create_cases(CHANGED, user_id=self.agent.id)
        seen = self.on(self.agent, cases)
        there_and_back = {"PRO": self.stages["WCE"].id, "WCE": self.stages["PRO"].id}

        def work():
            stage_id = there_and_back[cases[0].stage_code]
            seen.write({"stage_id": stage_id, "stage_note": NOTE})

        self._at_both_sizes(work, CHANGE_PER_CASE * CHANGED)

    def test_creation_of_one(self):
        # Measured: 46 statements; some ask whether the user reads what the case links to.
        model = self.on(self.agent, self.env[MODEL])
        values = self.case_values(contract_id=self.contract.id, requester_phone="987654321")
        self._statements(lambda: model.create(dict(values)), CREATION_OF_ONE)

    def test_change_of_state_of_one(self):
        # Measured: 14 statements.
        seen = self.on(self.agent, self.case)
        values = {"stage_id": self.stages["WCE"].id, "stage_note": NOTE}
        self._statements(lambda: seen.write(dict(values)), CHANGE_OF_ONE)
