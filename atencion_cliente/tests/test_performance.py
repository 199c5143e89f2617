from contextlib import closing

from odoo.tests import tagged

from .support.client_requests import ClientRequests
from .support.common import NOTE, AtencionCommon
from .support.many_cases import ManyCases

MODEL = "atencion.case"
FEW, MANY = 100, 10_000
PAGE = 80
CREATED = 50
CHANGED = 100
# The order of the list, which kanban columns have, too.
ORDER = "deadline_date, id"
# Most statements that each kind of work may take (measured: see each test).
LIST_OF_SUPERVISOR = 9
LIST_OF_AGENT = 9
KANBAN = 12
PIVOT = 2
FORM = 24
CREATION_PER_CASE = 1
CHANGE_PER_CASE = 3
CREATION_OF_ONE = 32
CREATION_WITH_MAIL = 55
CLOSING_OF_ONE = 41
CHANGE_OF_ONE = 10


@tagged("post_install", "-at_install")
class TestPerformance(ClientRequests, ManyCases, AtencionCommon):
    """Statements of the daily work: few, and as many at 10,000 cases as at 100.

    Statement counts do not depend on the machine, as times do. Screens are asked for what the
    web client asks, its hidden columns included; work ends as a transaction does, with its
    notices and mails.
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

    def _statements(self, work):
        """How many statements some work takes, with warm caches of the registry."""
        self.begin_anew()
        with closing(self.cr.savepoint(flush=False)):
            work()
            self.cr.flush()
        self.cr.flush()
        self.begin_anew()
        before = self.cr.sql_log_count
        work()
        # What Odoo does before it commits: notices and mails are written.
        self.cr.flush()
        return self.cr.sql_log_count - before

    def _at_both_sizes(self, work, most):
        """The work takes at most so many statements, the same at both sizes."""
        counts = {}
        # The first count of all also reads what every later one finds read.
        for total in (FEW, FEW, MANY):
            self.fill_to(total)
            counts[total] = self._statements(work)
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the table")
        self.assertLessEqual(counts[MANY], most)

    def _read_list(self, user):
        read = self.open_screen(user, "list", methods=["web_search_read"])

        def work():
            page = read()["web_search_read"]
            self.assertEqual(len(page["records"]), PAGE)
            self.assertTrue(page["records"][0]["alert_label"])

        return work

    def test_list_of_a_supervisor(self):
        # Measured: 9 statements.
        self._at_both_sizes(self._read_list(self.supervisor), LIST_OF_SUPERVISOR)

    def test_list_of_a_restricted_agent(self):
        # Measured: 9 statements.
        self._at_both_sizes(self._read_list(self.agent), LIST_OF_AGENT)

    def test_creation_in_a_batch(self):
        # Measured: 35 statements for 50 cases, with those of two people who are told.
        self._tell_two()
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

    def test_kanban_as_the_browser_opens_it(self):
        # Measured: 12 statements.
        self._at_both_sizes(self.open_screen(self.supervisor, "kanban"), KANBAN)

    def test_pivot_as_the_browser_opens_it(self):
        # Measured: 2 statements.
        self._at_both_sizes(self.open_screen(self.supervisor, "pivot"), PIVOT)

    def test_form_as_the_browser_opens_it(self):
        # Measured: 24 statements; of a case without property fewer.
        opened = self.open_screen(self.supervisor, "form", self.case)

        def work():
            [values] = opened()["web_read"]
            self.assertEqual(values["name"], self.case.name)
            self.assertTrue(values["timeline"])

        self._at_both_sizes(work, FORM)

    def _tell_two(self):
        """One person of the area is told in their inbox, another one by e-mail."""
        self.repairs.ack_template_id = False
        self.area_user.notification_type = "inbox"
        self.env["atencion.area.notification"].create(
            [
                {"area_id": self.repairs.id, "user_id": self.area_user.id, "notify_alert": True},
                {"area_id": self.repairs.id, "user_id": self.agent2.id, "notify_email": True},
            ]
        )

    def _create_one(self, most, **vals):
        """The case that was created last, within so many statements at both sizes."""
        model = self.on(self.agent, self.env[MODEL])
        values = self.case_values(user_id=self.agent.id, **vals)
        created = []
        self._at_both_sizes(lambda: created.append(model.create(dict(values))), most)
        return created[-1]

    def _told_of(self, case):
        """How people were notified of a case."""
        notices = self.env["mail.notification"].search(
            [("mail_message_id.model", "=", MODEL), ("mail_message_id.res_id", "=", case.id)]
        )
        return set(notices.mapped("notification_type"))

    def test_creation_of_one_that_tells_two_people(self):
        # Measured: 32 statements.
        self._tell_two()
        case = self._create_one(CREATION_OF_ONE, partner_id=self.holder.id)
        self.assertEqual(self._told_of(case), {"inbox", "email"})

    def test_creation_of_one_with_a_mail_to_its_customer(self):
        # Measured: 55 statements.
        template = self.repairs.ack_template_id
        self.assertTrue(template)
        self._tell_two()
        self.repairs.ack_template_id = template
        self.holder.email = "rosa@example.com"
        case = self._create_one(
            CREATION_WITH_MAIL, contract_id=self.contract.id, requester_phone="987654321"
        )
        self.assertEqual(self._told_of(case), {"inbox", "email"})
        self.assertTrue(self._mails_to_customer(case))

    def _mails_to_customer(self, case):
        mails = self.env["mail.mail"].search([("model", "=", MODEL), ("res_id", "in", case.ids)])
        return mails.filtered(lambda mail: self.holder in mail.recipient_ids)

    def test_closing_of_one_with_a_mail_to_its_customer(self):
        # Measured: 41 statements.
        self.holder.email = "rosa@example.com"
        cases = self.create_cases(6, contract_id=self.contract.id, user_id=self.agent.id)
        waiting = list(self.on(self.agent, cases))
        values = {
            "stage_id": self.stages["CLO"].id,
            "stage_note": NOTE,
            "resolution": "<p>Repaired</p>",
        }
        self._at_both_sizes(lambda: waiting.pop().write(dict(values)), CLOSING_OF_ONE)
        self.assertTrue(self._mails_to_customer(cases.filtered("closed_at")))

    def test_change_of_state_of_one(self):
        # Measured: 10 statements. Nobody is told: its customer gets no mail in this state.
        self.stages["WCE"].customer_template_id = False
        waiting = list(self.on(self.agent, self.create_cases(6, user_id=self.agent.id)))
        values = {"stage_id": self.stages["WCE"].id, "stage_note": NOTE}
        self._at_both_sizes(lambda: waiting.pop().write(dict(values)), CHANGE_OF_ONE)
