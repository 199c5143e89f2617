# Texts of customers are not translated.
# pylint: disable=translation-required
from itertools import count

from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .support.area_mail import AreaMailCommon
from .support.many_cases import ManyCases

FEW, MANY = 100, 10_000
# Most statements that each mail may take (measured: see each test).
NEW_CASE = 45
TOLD_OF_NEW_CASE = 57
ANSWER = 33
TOLD_OF_ANSWER = 39
REOPENING = 60
PEOPLE = 12


@tagged("post_install", "-at_install")
class TestPerformanceMail(ManyCases, AreaMailCommon):
    """Statements of mails that come in: few, and as many at 10,000 cases as at 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.followed_case()
        cls.numbers = count(1)
        cls.people = cls.env["res.partner"].create(
            [
                {"name": f"Buyer {number}", "email": f"buyer{number}@example.org"}
                for number in range(PEOPLE)
            ]
        )
        units = cls.env["atencion.unit"].create(
            [
                {"name": f"Flat {number}", "code": f"P-{number}", "block_id": cls.tower.id}
                for number in range(PEOPLE)
            ]
        )
        for unit, partner in zip(units, cls.people, strict=True):
            cls._contract(f"CT-P{unit.id}", unit, {partner: 100})

    def _process_next(self, make):
        """How many statements the next buyer's mail takes, until its transaction ends."""
        raw = make(self.people[next(self.numbers) % PEOPLE]).as_bytes()
        gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
        self.cr.flush()
        self.begin_anew()
        before = self.cr.sql_log_count
        self.assertTrue(gateway.message_process(False, raw))
        self.cr.flush()
        return self.cr.sql_log_count - before

    def _at_both_sizes(self, make, most):
        """A mail takes at most so many statements, the same at both sizes."""
        counts = {}
        # The first count of all also reads what every later one finds read.
        with self.mock_mail_gateway():
            for total in (FEW, FEW, MANY):
                self.fill_to(total)
                counts[total] = self._process_next(make)
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the table")
        self.assertLessEqual(counts[MANY], most)

    def test_new_case_of_a_holder(self):
        # Measured: 45 statements, with contract, register and acknowledgement.
        self._at_both_sizes(
            lambda buyer: self.letter(buyer.email, text=f"Gotea {next(self.numbers)}"), NEW_CASE
        )

    def _tell_two(self):
        """The area tells two people of cases and of what is written: by e-mail, in the inbox."""
        by_mail, in_inbox = (
            self._create_user(f"told_{medium}", "supervisor", self.lima, notification_type=medium)
            for medium in ("email", "inbox")
        )
        self.repairs.notification_ids = [
            (5,),
            (0, 0, {"user_id": by_mail.id, "notify_email": True}),
            (0, 0, {"user_id": in_inbox.id, "notify_alert": True}),
        ]

    def test_new_case_of_which_people_are_told(self):
        # Measured: 57 statements.
        self._tell_two()
        self._at_both_sizes(
            lambda buyer: self.letter(buyer.email, text=f"Gotea {next(self.numbers)}"),
            TOLD_OF_NEW_CASE,
        )

    def test_answer_of_which_people_are_told(self):
        # Measured: 39 statements.
        self._tell_two()
        self._at_both_sizes(self._answers(), TOLD_OF_ANSWER)

    def _answers(self, closed=False):
        """Answers of buyers, each to a case of theirs whose assignee reads in Odoo."""
        self.agent.notification_type = "inbox"
        asked = {}
        for buyer in self.people:
            case = self.create_case(partner_id=buyer.id, user_id=self.agent.id)
            asked[buyer] = case.message_post(
                body="We come on Monday", message_type="comment", subtype_xmlid="mail.mt_comment"
            ).message_id
            if closed:
                self.close(case)
        self.env.cr.flush()

        def make(buyer):
            return self.letter(
                buyer.email,
                subject="Re: Gotea",
                text=f"Good {next(self.numbers)}",
                In_Reply_To=asked[buyer],
                References=asked[buyer],
            )

        return make

    def test_answer(self):
        # Measured: 33 statements.
        self._at_both_sizes(self._answers(), ANSWER)

    def test_answer_that_reopens(self):
        # Measured: 60 statements, with the mail that tells its customer.
        self._at_both_sizes(self._answers(closed=True), REOPENING)
