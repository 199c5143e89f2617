from odoo import Command
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.many_cases import ManyCases

MODEL = "atencion.case"
# Enough that PostgreSQL chooses as it does at 100,000, which take minutes to write.
MANY = 40_000
PAGE = 80
OPEN = [("closed_at", "=", False)]
DUE_FIRST = "deadline_date, id"
NOT_THERE = "nothing like this"
# They keep a rule, whether or not a search uses them.
RULES = {"pkey", "name_unique", "external_ref_unique"}
# They are chosen by the run that asks for ratings, in ``test_rating_requests``.
OF_RATINGS = {"rating_asked_index", "rating_pending_index"}
# They are chosen by the searches of rules, in ``test_escalation_performance``.
OF_ESCALATION = {
    "escalation_pending_idx",
    "open_since_idx",
    "running_since_idx",
    "running_work_idx",
    "stage_since_idx",
}


@tagged("post_install", "-at_install")
class TestIndexUse(ManyCases, AtencionCommon):
    """PostgreSQL chooses each index of the cases by itself, for something that Odoo asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rare_area = cls.env["atencion.area"].create(
            {"name": "Rare", "company_id": cls.lima.id, "member_ids": [Command.set(cls.agent2.ids)]}
        )
        cls.rare_type = cls.env["atencion.case.type"].create(
            {"name": "Rare", "area_id": cls.rare_area.id, "company_id": cls.lima.id}
        )
        cls.case = cls.create_case(
            contract_id=cls.contract.id,
            user_id=cls.supervisor.id,
            requester_phone="987654321",
            description="<p>It drips</p>",
        )
        cls.links = {
            "area_id": cls.rare_area.id,
            "block_id": cls.tower.id,
            "category_id": cls.env["atencion.case.category"].create({"name": "Rare"}).id,
            "contract_id": cls.contract.id,
            "legal_user_id": cls.legal_adviser.id,
            "origin_id": cls.case.id,
            "partner_id": cls.stranger.id,
            "place_id": cls.env["atencion.place"].create({"name": "Rare"}).id,
            "project_id": cls.project.id,
            "promoter_id": cls.promoter.id,
            "requester_id": cls.stranger.id,
            "solution_id": cls.env["atencion.solution"]
            .create({"name": "Rare", "problem": "Rare", "solution": "Rare"})
            .id,
            "type_id": cls.rare_type.id,
            "unit_id": cls.flat.id,
            "user_id": cls.agent2.id,
        }

    def _fill(self):
        """Many cases, of which one in a thousand has each link; seven in ten are closed."""
        ordinary = {"area_id": self.deeds.id, "type_id": self.type_two_days.id}
        ordinary["user_id"] = self.supervisor.id
        columns = {
            name: f"CASE WHEN mod(number, 1000) = {place} THEN {rare}"
            f" ELSE {ordinary.get(name, 'NULL')} END"
            for place, (name, rare) in enumerate(self.links.items())
        }
        columns |= {
            "stage_id": f"CASE WHEN mod(number, 1000) = 57 THEN {self.stages['TRA'].id}"
            f" ELSE {self.stages['PRO'].id} END",
            "deadline_date": "current_date + CASE WHEN mod(number, 10) < 7"
            " THEN -mod(number, 900) ELSE 1 + mod(number, 90) END",
            "deadline_at": "now() at time zone 'UTC' + interval '1 day' * CASE"
            " WHEN mod(number, 10) < 7 THEN -mod(number, 900) ELSE 1 + mod(number, 90) END",
            "attention_date": "CASE WHEN mod(number, 1000) = 80 THEN current_date"
            " WHEN mod(number, 10) < 7 THEN current_date - mod(number, 900) END",
            "attended_at": "now() at time zone 'UTC' - interval '1 day' * CASE"
            " WHEN mod(number, 1000) = 80 THEN 0"
            " WHEN mod(number, 10) < 7 THEN mod(number, 900) END",
            "received_at": "now() at time zone 'UTC' - number * interval '1 hour'",
            "closed_at": "CASE WHEN mod(number, 10) < 7 THEN now() at time zone 'UTC' END",
            "claim_filed_at": "CASE WHEN mod(number, 1000) = 60 THEN now() at time zone 'UTC' END",
            "exclude_from_kpi": "mod(number, 1000) = 70",
            "customer_unread": "mod(number, 1000) = 0",
            "rating_last_value": "CASE WHEN mod(number, 1000) = 90 THEN 5 ELSE 0 END",
            "requester_email": "'P' || number || '@example.org'",
            "acknowledged_at": "now() at time zone 'UTC' - number * interval '1 hour'",
            "mail_failed_email": "CASE WHEN mod(number, 1000) = 40 THEN 'a@example.com' END",
            "identity_proposal": "CASE WHEN mod(number, 1000) = 50 THEN '00000101' END",
            "external_ref": "'OLD-' || md5(number::text)",
            "phone_key": "'51' || (900000000 + number)",
            "subject": "'Water ' || md5(number::text)",
            "description": "'<p>It drips ' || md5(number::text) || '</p>'",
        }
        self.fill_to(MANY, **columns)
        # Some wait for somebody of their area.
        self.env.cr.execute(
            "UPDATE atencion_case SET user_id = NULL WHERE id %% 1000 = 0 AND area_id = %s",
            [self.deeds.id],
        )
        self.env.cr.execute("ANALYZE atencion_case")

    def _copy_ledger(self, columns, numbers):
        """None: it is long to write, and only cases are looked for."""

    def _asked(self):
        """What is asked, by whom, and the index that answers."""
        every = self.env[MODEL].sudo()
        page = {"limit": PAGE, "order": DUE_FIRST}
        in_state = [*OPEN, ("stage_id", "=", self.stages["TRA"].id)]
        yield "list_order", every, [], {"limit": PAGE, "order": every._order}
        yield "open_order", every, OPEN, page
        yield "deadline_order", every, [], page
        yield "kanban_order", every, in_state, page
        yield "open_deadline", every, [("alert_state", "=", "overdue")], page
        yield "attended_late", every, [("delay_days", ">", 0)], {}
        yield (
            "unassigned",
            every,
            [("user_id", "=", False), ("area_id", "=", self.deeds.id)],
            {},
        )
        lately = [("user_id", "=", self.supervisor.id), ("closed_at", ">=", "2100-01-01")]
        yield "closed_by_user", every, lately, {}
        yield "excluded", every, [("exclude_from_kpi", "=", True)], {}
        waiting = [("customer_unread", "=", True)]
        yield "customer_unread_index", every, waiting, {}
        yield "rated_index", every, [("rating_last_value", ">=", 4)], {}
        yield "mail_failed_index", every, [("mail_failed_email", "!=", False)], {}
        yield "_identity_proposal_index", every, [("identity_proposal", "!=", False)], {}
        yield "_claim_filed_at_index", every, [("claim_filed_at", "!=", False)], {}
        for name, rare in self.links.items():
            yield f"_{name}_index", every, [(name, "=", rare)], {}
        for name in ("name", "sheet_number", "external_ref", "subject", "description", "phone_key"):
            yield f"_{name}_index", every, [(name, "ilike", NOT_THERE)], {}

    def _plan(self, model, domain, options):
        return self.explain(model._search(domain, **options).select())

    def test_each_index_is_chosen(self):
        self._fill()
        tried = set()
        for suffix, model, domain, options in self._asked():
            index = f"atencion_case_{suffix}"
            tried.add(index)
            with self.subTest(index=index):
                self.assertIn(index, self._plan(model, domain, options))
        plan = self.explain(self.env[MODEL]._acknowledged_lately("p1234@example.org"))
        self.assertIn("atencion_case_requester_email_index", plan)
        self.assertRegex(plan, r"Index Cond: .*acknowledged_at", "all addresses are alike")
        tried.add("atencion_case_requester_email_index")
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'atencion_case'")
        there = {name for (name,) in self.env.cr.fetchall()}
        elsewhere = {f"atencion_case_{suffix}" for suffix in RULES | OF_ESCALATION | OF_RATINGS}
        self.assertEqual(there - elsewhere, tried, "each index answers something")

    def test_who_wrote_a_mail_is_found(self):
        self.env.cr.execute(
            "INSERT INTO res_partner (name, active, email_normalized)"
            " SELECT 'P', true, 'p' || number || '@example.org'"
            " FROM generate_series(1, 20000) number"
        )
        self.env.cr.execute("ANALYZE res_partner")
        people = self.env["res.partner"].sudo()
        query = people._search([("email_normalized", "=", "p1234@example.org")])
        self.assertIn("res_partner_email_normalized_index", self.explain(query.select()))
