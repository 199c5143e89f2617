from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.case.stage_change import StageChange
from .support.common import NOTE
from .support.many_cases import ManyCases
from .support.notices import SPANISH
from .support.ratings import TYPED, RatingsCommon

RUN = "odoo.addons.atencion_cliente.models.portal.atencion_case_rating_request"
# PostgreSQL chooses the same indexes at 100,000, which take a minute and a half to write.
MANY = 10_000
# Statements of a run that finds nothing.
NOTHING_DUE = 3


@tagged("post_install", "-at_install")
class TestRatingRequests(RatingsCommon):
    """Who is asked how satisfied they are, when, and how often."""

    def test_requester_is_asked_once_after_the_wait(self):
        case = self.closed_case(**self.typed)
        self.assertEqual(
            [len(self.run_at(hours)) for hours in (0, 23, 24, 25, 300)], [0, 0, 1, 0, 0]
        )
        mail = self.mails_to(TYPED)
        rating = self.ratings_of(case)
        for value in (5, 3, 1):
            self.assertIn(f"/rate/{rating.access_token}/{value}", mail.body_html)
        for said in ("Diego", case.name, case.subject, self.lima.name):
            self.assertIn(said, mail.body_html)
        self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
        self.assertEqual(mail.author_id, self.lima.partner_id)
        self.assertEqual((rating.atencion_email, rating.atencion_reopening), (TYPED, 1))
        self.assertEqual(
            (rating.parent_res_model, rating.parent_res_id),
            (
                "atencion.area",
                self.repairs.id,
            ),
        )
        self.assertTrue(case.rating_asked_at)

    def test_wait_of_the_company(self):
        self.lima.atencion_rating_wait_hours = 0
        self.closed_case(**self.typed)
        self.assertTrue(self.run_at(0))
        self.lima.atencion_rating_wait_hours = 72
        self.closed_case(requester_email="ana@example.com")
        self.assertFalse(self.run_at(71))
        self.assertTrue(self.run_at(72))
        for hours in (-1, 721, 1.0e9, "x"):
            with self.assertRaises(ValidationError):
                self.lima.write({"atencion_rating_wait_hours": hours})

    def test_who_is_not_asked(self):
        silent = self.type_no_limit
        silent.ask_rating = False
        refused = {
            "claim": self.closed_case(type_id=self.type_claim.id, requester_email="a@example.com"),
            "type": self.closed_case(type_id=silent.id, requester_email="b@example.com"),
            "no address": self.closed_case(),
            "archived": self.closed_case(requester_email="c@example.com"),
            "excluded": self.closed_case(requester_email="d@example.com"),
            "reopened": self.closed_case(requester_email="e@example.com"),
        }
        refused["archived"].active = False
        refused["excluded"].exclude_from_kpi = True
        with self.at(1):
            self.move(refused["reopened"], "REA")
            self.end_transaction()
        rejected = self.closed_case(code="REJ", requester_email="f@example.com")
        self.queue().unlink()
        self.assertEqual(self.asked(), rejected)
        self.assertFalse(self.env["atencion.case"].search([("rating_pending", "=", True)]))
        self.type_claim.ask_rating = True
        claim = self.closed_case(type_id=self.type_claim.id, requester_email="g@example.com")
        self.assertEqual(self.asked(), claim)

    def test_closing_by_a_rule_and_by_an_import_asks_nobody(self):
        rule = self.env["atencion.escalation.rule"].create(
            {
                "name": "Closes",
                "company_id": self.lima.id,
                "hours": 1,
                "new_stage_id": self.stages["REJ"].id,
                "note": NOTE,
            }
        )
        with self.at(0):
            by_rule = self.create_case(**self.typed)
            by_rule._apply_stage_change(StageChange(self.stages["REJ"], NOTE, rule=rule))
            imported = self.create_case(**self.typed).with_context(tracking_disable=True)
            self.move(imported, "REJ")
            self.end_transaction()
        self.assertFalse(self.asked())

    def test_each_closing_asks_and_keeps_its_rating(self):
        case = self.closed_case(**self.typed)
        self.run_at(24)
        first = self.ratings_of(case)
        case.rating_apply(1, rating=first, feedback="Nobody called")
        with self.at(30):
            self.move(case, "REA")
            case.resolution = "<p>Pipe changed</p>"
            for code in ("TRA", "PRO", "CLO"):
                self.move(case, code)
            self.end_transaction()
        self.assertEqual(self.asked(30 + 24), case.browse(), "asked six days ago")
        with self.at(24 * 9):
            self.move(case, "REA")
            case.resolution = "<p>Wall painted</p>"
            self.move(case, "CLO")
            self.end_transaction()
        self.assertEqual(self.asked(24 * 10), case)
        second = self.ratings_of(case) - first
        self.assertEqual(second.atencion_reopening, 3)
        self.assertEqual(second.parent_res_id, self.deeds.id)
        self.assertEqual(first.parent_res_id, self.repairs.id, "of the area that closed it then")
        case.rating_apply(5, rating=second)
        self.assertEqual(case.satisfaction, 5)
        for said in ("Satisfied", "Unsatisfied", "Nobody called"):
            self.assertIn(said, case.rating_history)

    def test_another_closed_state_is_no_second_closing(self):
        case = self.closed_case(**self.typed)
        self.assertEqual(self.asked(), case)
        with self.at(24 * 20):
            on = self.on(self.supervisor, case)
            on._change_stage(self.stages["REJ"], NOTE, forced=True)
            self.end_transaction()
        self.assertFalse(self.asked(24 * 30))

    def test_seven_days_of_quiet(self):
        self.closed_case(requester_id=self.holder.id)
        self.closed_case(**self.typed)
        self.assertEqual(len(self.run_at(24)), 2)
        # By the contact, by the address, and in another company.
        self.holder.email = "new@example.com"
        again = (
            self.closed_case(24, requester_id=self.holder.id),
            self.closed_case(24, requester_email=f"Diego <{TYPED.upper()}>"),
        )
        other = self.closed_case(24, type_id=self.type_chile.id, **self.typed)
        self.assertEqual(self.asked(48), other)
        self.assertFalse(any(case.rating_pending for case in again))
        later = self.closed_case(24 * 7, requester_id=self.holder.id)
        self.assertEqual(self.asked(24 * 8 + 1), later)

    def test_two_cases_of_one_customer_ask_once(self):
        second = self.closed_case(1, **self.typed)
        first = self.closed_case(0, **self.typed)
        self.assertEqual(self.asked(30), first)
        self.assertFalse(second.rating_pending)

    def test_to_whom(self):
        """The requester, at their own address or the typed one; without one, the holder."""
        with_address = {"requester_id": self.coholder.id, "partner_id": self.holder.id}
        self.closed_case(**with_address)
        self.closed_case(partner_id=self.stranger.id)
        self.assertEqual(self.run_at(24).recipient_ids, self.coholder | self.stranger)
        ratings = self.env["rating.rating"].search([("atencion_email", "!=", False)])
        self.assertEqual(ratings.partner_id, self.coholder | self.stranger)

    def test_confidential_case_asks_its_requester_alone(self):
        case = self.closed_case(
            requester_id=self.coholder.id, partner_id=self.holder.id, is_confidential=True
        )
        self.assertEqual(self.run_at(24).recipient_ids, self.coholder)
        self.assertFalse(self.on(self.agent, self.ratings_of(case)).has_access("read"))

    def test_in_the_language_of_the_customer(self):
        self.coholder.lang = SPANISH
        template = self.env.ref("atencion_cliente.mail_template_case_rating")
        template.with_context(lang=SPANISH).subject = "{{ object.name }} · ¿Qué tal?"
        self.closed_case(requester_id=self.coholder.id)
        self.assertIn("¿Qué tal?", self.run_at(24).subject)

    def test_one_that_fails_does_not_stop_the_others(self):
        broken = self.closed_case(requester_email="a@example.com")
        fine = self.closed_case(requester_email="b@example.com")
        cases = self.env.registry["atencion.case"]
        create = cases._request_ratings

        def fail(self, addresses):
            if broken in self:
                raise RuntimeError("Broken addon")
            return create(self, addresses)

        with patch.object(cases, "_request_ratings", fail), mute_logger(RUN):
            self.assertEqual(self.asked(), fine)
        self.assertFalse(broken.rating_asked_at, "nothing half done")
        self.assertEqual(self.asked(25), broken)

    def test_without_the_template_nobody_is_asked(self):
        self.env.ref("atencion_cliente.mail_template_case_rating").active = False
        case = self.closed_case(**self.typed)
        self.assertFalse(self.run_at(24))
        self.assertTrue(case.rating_pending)

    def test_nobody_writes_what_the_run_keeps(self):
        case = self.on(self.manager, self.closed_case(**self.typed))
        for values in ({"rating_pending": False}, {"rating_asked_at": "2026-03-01 00:00:00"}):
            with self.assertRaises(AccessError):
                case.write(values)
        self.assertFalse(case.copy().rating_pending)

    def test_a_new_type_asks_unless_it_is_of_claims(self):
        self.assertTrue(self.type_no_limit.ask_rating)
        self.assertFalse(self.type_claim.ask_rating)


@tagged("post_install", "-at_install")
class TestRatingSearch(ManyCases, RatingsCommon):
    """A run costs what it finds, and not what there is."""

    def _copy_ledger(self, columns, numbers):
        """None: only cases are looked for."""

    def statements(self, hours):
        self.env.flush_all()
        with self.at(hours), self.enter_registry_test_mode():
            before = self.cr.sql_log_count
            with self.registry.cursor() as cr:
                self.env(cr=cr)["atencion.case"]._cron_ask_for_ratings()
            return self.cr.sql_log_count - before

    def test_search_uses_the_index_and_an_idle_run_is_cheap(self):
        self.case = self.closed_case(**self.typed)
        asked = "CASE WHEN mod(number, 1000) = 1 THEN now() at time zone 'UTC' END"
        self.fill_to(MANY, rating_pending="mod(number, 1000) = 0", rating_asked_at=asked)
        model_id = self.env["ir.model"]._get_id("atencion.case")
        rating = self.env["rating.rating"].create(
            {"res_model_id": model_id, "res_id": self.case.id, "atencion_email": TYPED}
        )
        self.copy_record(rating, MANY, {"res_id": "number", "atencion_email": "number::text"})
        self.env.cr.execute("ANALYZE rating_rating")
        model = self.env["atencion.case"]
        self.assertIn("atencion_case_rating_pending_index", self.explain(model._due_ratings_sql()))
        lately = self.explain(model._asked_lately_sql({TYPED, self.holder.id}))
        self.assertIn("atencion_case_rating_asked_index", lately)
        self.env.cr.execute("UPDATE atencion_case SET rating_pending = FALSE")
        self.statements(30)
        self.assertLessEqual(self.statements(30), NOTHING_DUE)

    def test_statements_of_a_batch_do_not_grow_with_it(self):
        for number in range(3):
            self.closed_case(requester_email=f"few{number}@example.com")
        few = self.statements(24)
        for number in range(30):
            self.closed_case(24 * 30, requester_email=f"many{number}@example.com")
        many = self.statements(24 * 31)
        self.assertLessEqual((many - few) / 27, 6)
